"""Every error this package raises on purpose, with the exit code it leads to.

    UkjapanError                 (exit 3: could not run)
    ├── UsageError               (exit 2: the call is wrong)
    │   ├── UnknownNameError     a name that is not there; carries the nearest ones
    │   ├── AmbiguousNameError   a name that fits several things; carries them
    │   ├── ParameterError       a query parameter of the wrong type, missing or unknown
    │   └── QuerySyntaxError     SPARQL that does not parse; carries line, column and the text
    ├── FindingsError            (exit 1) something found wrong stands in the way; carries the findings
    ├── SourceError              (exit 3) a file that cannot be read or parsed; carries path and line
    ├── RemoteError              (exit 3) a server out of reach, or one that refuses or answers no sense
    └── LimitError               (exit 4: stopped by a limit)

A message says what is wrong, where, and how to mend it. No traceback reaches a user: the command
line prints ``str(error)`` and leaves with ``error.exit_code``.
"""

from __future__ import annotations

DONE, FINDINGS, USAGE, COULD_NOT_RUN, STOPPED = range(5)


def printable(text: str) -> str:
    """``text`` from elsewhere as a terminal may show it: ``?`` for what could move its cursor."""
    return "".join(c if c.isprintable() else "?" for c in text)


class UkjapanError(Exception):
    """Something this package could not do; the message says what, where and how to mend it."""

    exit_code = COULD_NOT_RUN


class UsageError(UkjapanError):
    """The call itself is wrong: mend the arguments and call again."""

    exit_code = USAGE


class UnknownNameError(UsageError):
    """No ``kind`` is called ``name``; ``nearest`` holds what was probably meant."""

    def __init__(self, kind: str, name: str, nearest: list[str], *, see: str = "") -> None:
        self.kind, self.name, self.nearest = kind, name, nearest
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no {kind} called {name!r}.{hint}{' ' + see if see else ''}")


class AmbiguousNameError(UsageError):
    """``name`` fits several things; ``candidates`` holds (name to type, label) of each."""

    def __init__(self, name: str, candidates: list[tuple[str, str]]) -> None:
        self.name, self.candidates = name, candidates
        rows = "\n".join(f"  {slug}  {label}" for slug, label in candidates)
        super().__init__(f"{name!r} fits {len(candidates)} things; type one of these names:\n{rows}")


class ParameterError(UsageError):
    """A parameter of a saved query is missing, unknown or of the wrong type."""


class QuerySyntaxError(UsageError):
    """SPARQL text that does not parse.

    ``line`` and ``column`` count from 1; the message shows the line with a caret below the column.
    """

    def __init__(self, reason: str, text: str, line: int, column: int, *, where: str = "query") -> None:
        self.reason, self.text, self.line, self.column = reason, text, line, column
        lines = text.split("\n")
        shown = lines[min(line, len(lines)) - 1].replace("\t", " ")
        caret = " " * (column - 1) + "^"
        super().__init__(f"{where}: line {line}, column {column}: {reason}\n  {shown}\n  {caret}")


class FindingsError(UkjapanError):
    """What was asked cannot be done while ``findings`` stand; the message has one a line."""

    exit_code = FINDINGS

    def __init__(self, findings: list) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))


class SourceError(UkjapanError):
    """A file that cannot be read, or does not say what its kind of file must say."""

    def __init__(self, path: object, reason: str, *, line: int | None = None) -> None:
        self.path, self.reason, self.line = str(path), reason, line
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {reason}")


class RemoteError(UkjapanError):
    """A server could not be reached, refused, or gave what is no answer.

    ``address`` is the one asked, without secrets; ``status`` the HTTP status, None where there was none.
    """

    def __init__(self, address: str, reason: str, *, status: int | None = None) -> None:
        self.address, self.reason, self.status = address, reason, status
        super().__init__(f"{address}: {reason}")


class LimitError(UkjapanError):
    """Work was stopped by a limit on time or size."""

    exit_code = STOPPED
