"""A process that answers queries on one release file, and that may be killed at any moment.

Orders come on standard input, answers go to standard output, each as a frame: a length in eight bytes, most
significant first, and that many bytes. An order is JSON: ``query``, ``added`` (lines put before it), ``default``
and ``named`` (lists of IRIs or null), ``media_type``, and ``base``, against which relative IRIs are read. An
answer begins with a letter: ``=`` and the result in that media type, or ``!`` and JSON with ``kind`` (syntax,
size, memory, failure) and ``detail``, and of a syntax error ``line`` and ``column``.

Arguments: the release file, the largest result in bytes, the limit on memory in bytes (0 for none).
"""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, Store

from ukjapan_graph.answering.engines import explain, open_store

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


class TooLarge(Exception):
    """A result is larger than the limit."""


class Sink:
    """Bytes, up to a limit.

    :raises TooLarge: on the write that would pass it
    """

    def __init__(self, limit: int) -> None:
        self._limit, self.data = limit, bytearray()

    def write(self, block: bytes) -> int:
        if len(self.data) + len(block) > self._limit:
            raise TooLarge
        self.data += block
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""


def answer(store: Store, order: dict, largest: int) -> bytes:
    """The content of the frame that answers ``order``."""
    sink, media_type = Sink(largest), order["media_type"]
    graphs = {
        name: [NamedNode(iri) for iri in order[key]]
        for name, key in (("default_graph", "default"), ("named_graphs", "named"))
        if order[key] is not None
    }
    if len(graphs.get("default_graph", ())) > 1:
        # The engine would tell a triple once for each graph that holds it; a merge holds it once.
        store, graphs = _merged(store, graphs["default_graph"]), {"named_graphs": graphs["named_graphs"]}
    try:
        found = store.query(order["query"], base_iri=order.get("base"), **graphs)
        form = RESULTS.get(media_type) or GRAPHS[media_type]
        found.serialize(sink, form)
    except TooLarge:
        return _failure("size", f"The result is larger than {largest:,} bytes; ask for less, with LIMIT")
    except SyntaxError as error:
        told = explain(error, order["query"], order["added"])
        return _failure("syntax", told.reason, line=told.line, column=told.column)
    except MemoryError:
        return _failure("memory", "The query needs more memory than it may have")
    except Exception as error:
        if isinstance(error.__cause__, TooLarge) or "TooLarge" in str(error):
            return _failure("size", f"The result is larger than {largest:,} bytes; ask for less, with LIMIT")
        return _failure("failure", str(error))
    return b"=" + bytes(sink.data)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The content of the next frame; None where the stream ends."""
    head = stream.read(8)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def frame(content: bytes) -> bytes:
    """``content`` as a frame."""
    return len(content).to_bytes(8, "big") + content


def add_merge(store: Store) -> Store:
    """``store`` with the merge of its named graphs as its default graph."""
    # The engine's own words for it take a third of the memory that a set of all triples would.
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def work(store: Store, orders: BinaryIO, answers: BinaryIO, largest: int, memory: int) -> None:
    """Say that it is ready, then answer orders until there are no more.

    :param memory: limit on address space in bytes; 0 for none
    """
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    content: bytes | None = b""
    while content is not None:
        answers.write(frame(answer(store, json.loads(content), largest) if content else b"ready"))
        answers.flush()
        content = read_frame(orders)


def main(argv: list[str]) -> int:
    """Be a worker on standard input and output; arguments as said above."""
    path, largest, memory = argv[0], int(argv[1]), int(argv[2])
    work(add_merge(open_store(path)), sys.stdin.buffer, sys.stdout.buffer, largest, memory)
    return 0


def _merged(store: Store, graphs: list[NamedNode]) -> Store:
    found = Store()
    found.extend(quad for quad in store if quad.graph_name in set(store.named_graphs()))
    for graph in graphs:
        found.extend(Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    return found


def _failure(kind: str, detail: str, **more: object) -> bytes:
    return b"!" + json.dumps({"kind": kind, "detail": detail, **more}).encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
