"""The command ``ukjapan``: finds the command asked for, loads it alone, and turns errors into exit codes.

0 done · 1 findings · 2 wrong call · 3 could not run · 4 stopped by a limit · 130 interrupted. Data goes to
standard output, talk to standard error.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from ukjapan_graph.errors import DONE, USAGE, UkjapanError, UnknownNameError

INTERRUPTED = 130

#: Command, its module in this package, and what it does in one line.
COMMANDS: dict[str, tuple[str, str]] = {
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


def main(argv: list[str] | None = None) -> int:
    """Run the command line ``argv`` (by default the process's own) and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a letter gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        code = _run(argv)
        sys.stdout.flush()
    except UkjapanError as error:
        print(f"ukjapan: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough; Python must not complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else DONE
    return code


def _run(argv: list[str]) -> int:
    name, *rest = argv or [""]
    if name in ("-h", "--help", "help"):
        print(_usage(), end="")
        return DONE
    if name == "--version":
        from ukjapan_graph import __version__

        print(__version__)
        return DONE
    if not name:
        print(_usage(), end="", file=sys.stderr)
        return USAGE
    if name not in COMMANDS:
        from difflib import get_close_matches

        nearest = get_close_matches(name, COMMANDS, cutoff=0.5)
        raise UnknownNameError("command", name, nearest, see="See: ukjapan --help")
    return import_module(f"ukjapan_graph.cli.{COMMANDS[name][0]}").run(rest)


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = "".join(f"  {name:{width}}  {about}\n" for name, (_, about) in COMMANDS.items())
    return (
        "usage: ukjapan COMMAND …\n\n"
        "What the UK and Japan agreed on defence, how firmly the documents say so, and where.\n\n"
        f"commands:\n{lines}\n"
        "Each command explains itself: ukjapan COMMAND --help\n"
    )
