"""An engine with a limit on time: each query runs in a process of its own, which is killed when time is up.

Nothing less stops a query: the embedded engine has no timeout and cannot be interrupted from Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from ukjapan_graph.answering.engines import Embedded, Engine, Rows, open_store, rows_of
from ukjapan_graph.errors import LimitError, QuerySyntaxError, UkjapanError, UsageError


class Limited(Engine):
    """An :class:`~ukjapan_graph.answering.engines.Engine` on the release file ``path`` and those ``beside`` it.

    Its methods also raise :class:`LimitError` when an answer takes longer than ``seconds``; the time to
    start the process and read the file counts. There is an answer in full or none.
    """

    def __init__(self, path: str | Path, seconds: float, *, beside: Sequence[str | Path] = ()) -> None:
        self.path, self.seconds, self.beside = path, seconds, tuple(beside)

    def select(self, text: str) -> Rows:
        return rows_of(parse_query_results(self._answer(text, "SELECT"), format=QueryResultsFormat.JSON))

    def ask(self, text: str) -> bool:
        return bool(parse_query_results(self._answer(text, "ASK"), format=QueryResultsFormat.JSON))

    def construct(self, text: str) -> list[Triple]:
        quads = parse(self._answer(text, "CONSTRUCT", "DESCRIBE"), format=RdfFormat.N_TRIPLES)
        return sorted({quad.triple for quad in quads}, key=str)

    def _answer(self, text: str, *forms: str) -> bytes:
        order = json.dumps(
            {"paths": [str(p) for p in (self.path, *self.beside)], "text": text, "forms": forms}
        ).encode()
        # -P keeps the working folder's files from standing in for modules; -I where this process has it.
        flag = "-I" if sys.flags.isolated else "-P"
        try:
            done = subprocess.run(
                [sys.executable, flag, "-m", __name__],
                input=order,
                capture_output=True,
                timeout=self.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise LimitError(
                f"stopped after {self.seconds:g} s without an answer; narrow the query or raise --timeout"
            ) from None
        if done.returncode == 0:
            return done.stdout
        if done.returncode == UsageError.exit_code:
            fault = json.loads(done.stdout)
            if "line" in fault:
                raise QuerySyntaxError(fault["reason"], text, fault["line"], fault["column"])
            raise UsageError(fault["reason"])
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise UkjapanError(last or f"the query's process ended with {done.returncode}")


def serve() -> int:
    """Answer the one order on standard input; on a mistake in the query, say which, as JSON."""
    order = json.load(sys.stdin)
    try:
        engine = Embedded.of_merge(open_store(*map(Path, order["paths"])))
        answer = engine.answer(order["text"], *order["forms"])
    except QuerySyntaxError as error:
        json.dump({"reason": error.reason, "line": error.line, "column": error.column}, sys.stdout)
        return error.exit_code
    except UsageError as error:
        json.dump({"reason": str(error)}, sys.stdout)
        return error.exit_code
    except UkjapanError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    rows = order["forms"][0] in ("SELECT", "ASK")
    answer.serialize(sys.stdout.buffer, QueryResultsFormat.JSON if rows else RdfFormat.N_TRIPLES)
    return 0


if __name__ == "__main__":
    sys.exit(serve())
