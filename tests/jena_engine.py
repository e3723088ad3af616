"""Jena's ARQ over TDB2 as an engine, in a process of its own: a machine for Java cannot be started twice in one.

    python tests/jena_engine.py CLASSPATH FOLDER

answers the queries that come on its standard input, a JSON text a line, over the union of the named graphs that
TDB2 keeps in FOLDER: a line of JSON for each, with the body of the answer (SPARQL JSON, or N-Triples) or an error.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from servers import jena_path
from ukjapan_graph.answering.engines import Engine, Rows, prepare


class Jena(Engine):
    """An engine that asks the process ``asked``."""

    def __init__(self, asked: subprocess.Popen[str]) -> None:
        self._asked = asked

    def select(self, text: str) -> Rows:
        found = parse_query_results(self._answer(text, "SELECT"), format=QueryResultsFormat.JSON)
        return Rows(tuple(v.value for v in found.variables), [tuple(row) for row in found])

    def ask(self, text: str) -> bool:
        return bool(parse_query_results(self._answer(text, "ASK"), format=QueryResultsFormat.JSON))

    def construct(self, text: str) -> list[Triple]:
        found = parse(self._answer(text, "CONSTRUCT", "DESCRIBE"), format=RdfFormat.N_TRIPLES)
        return sorted({quad.triple for quad in found}, key=str)

    def _answer(self, text: str, *forms: str) -> bytes:
        full, _ = prepare(text, forms)
        self._asked.stdin.write(json.dumps(full) + "\n")
        self._asked.stdin.flush()
        answer = json.loads(self._asked.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["body"].encode()


@contextlib.contextmanager
def jena_engine(data: Path, fix: Path) -> Iterator[Jena]:
    """Jena on the TDB2 database in the folder ``data``; ``fix`` as in :func:`servers.jena_path`."""
    words = [sys.executable, __file__, jena_path(fix), str(data)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Jena(process)
        process.stdin.close()
        assert process.wait(60) == 0


def main(path: str, folder: str) -> None:
    """Answer until there is no more question."""
    import jpype

    jpype.startJVM(classpath=path.split(":"), convertStrings=True)
    jena = jpype.JPackage("org").apache.jena
    dataset = jena.tdb2.TDB2Factory.connectDataset(folder)
    dataset.getContext().set(jena.tdb2.TDB2.symUnionDefaultGraph, True)
    dataset.begin(jena.query.ReadWrite.READ)
    for line in sys.stdin:
        try:
            answer = _answered(jena, dataset, json.loads(line))
        except jpype.JException as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    dataset.end()


def _answered(jena: object, dataset: object, text: str) -> dict[str, str]:
    """The answer to the query ``text``."""
    import jpype

    out = jpype.JClass("java.io.ByteArrayOutputStream")()
    running = jena.query.QueryExecutionFactory.create(jena.query.QueryFactory.create(text), dataset)
    query, rows = running.getQuery(), jena.query.ResultSetFormatter
    if query.isSelectType():
        rows.outputAsJSON(out, running.execSelect())
    elif query.isAskType():
        rows.outputAsJSON(out, running.execAsk())
    else:
        model = running.execConstruct() if query.isConstructType() else running.execDescribe()
        jena.riot.RDFDataMgr.write(out, model, jena.riot.Lang.NTRIPLES)
    return {"body": out.toString("UTF-8")}


if __name__ == "__main__":
    main(*sys.argv[1:])
