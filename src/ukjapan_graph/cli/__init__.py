"""The command ``ukjapan``: finds the command asked for, loads it alone, and turns errors into exit codes.

0 done · 1 findings · 2 wrong call · 3 could not run · 4 stopped by a limit · 130 interrupted. Data goes to
standard output, talk to standard error.
"""

from __future__ import annotations

import contextlib
import os
import sys

from ukjapan_graph.cli import verbs
from ukjapan_graph.errors import COULD_NOT_RUN, DONE, UkjapanError

INTERRUPTED = 130

#: Command, its module in this package, and what it does in one line.
COMMANDS: verbs.Verbs = {
    "ask": ("ask", "ask a saved question"),
    "queries": ("queries", "list, show or test the saved questions"),
    "sparql": ("sparql", "ask in SPARQL: text, a file, or - for standard input"),
    "show": ("show", "what each passage says of a thing"),
    "why": ("why", "the passages behind a fact"),
    "validate": ("validate", "check the data against the shapes and checks"),
    "reason": ("reason", "prove the ontology and the data consistent, or show what clashes"),
    "diff": ("diff", "what changed between two releases, and which version that makes"),
    "build": ("build", "make the release file from the sources"),
    "fmt": ("fmt", "put the sources into their one form"),
    "documents": ("documents", "check the passages against the documents, draft new ones"),
    "serve": ("serve", "serve the graph over HTTP: SPARQL, saved questions, linked data"),
    "export": ("export", "write the dataset in another format"),
    "link": ("link", "the links to outside graphs: judge them; set outside facts against the documents"),
    "load": ("load", "put the release into a triple store, and prove that it is there"),
}

_USAGE = """\
usage: ukjapan COMMAND …

What the UK and Japan agreed on defence, how firmly the documents say so, and where.

commands:
{verbs}
Each command explains itself: ukjapan COMMAND --help
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line ``argv`` (by default the process's own) and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stdout is None:
        return _failed("standard output is closed; leave it open, or send it to a file")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a letter gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        try:
            code = _run(argv)
        except SystemExit as error:  # after --help, say
            code = error.code if isinstance(error.code, int) else DONE
        sys.stdout.flush()
    except UkjapanError as error:
        _failed(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough.
        _away_with_output()
        return DONE
    except OSError as error:
        _away_with_output()
        where = f"{error.filename}: " if error.filename else "the output cannot be written: "
        return _failed(f"{where}{error.strerror or error}")
    return code


def _failed(reason: str) -> int:
    with contextlib.suppress(OSError):
        print(f"ukjapan: {reason}", file=sys.stderr)
    return COULD_NOT_RUN


def _away_with_output() -> None:
    """Let go of what standard output does not take, or Python tries it again when it closes the stream."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: list[str]) -> int:
    if argv[:1] == ["--version"]:
        from ukjapan_graph import __version__

        print(__version__)
        return DONE
    return verbs.run(argv, COMMANDS, program="ukjapan", kind="command", usage=_USAGE)
