"""One query evaluated, its result whole or refused."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store

from ukjapan_graph.answering.engines import explain
from ukjapan_graph.endpoint.dataset import OWN, Dataset
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.formats import GRAPH_FORMATS, RESULT_FORMATS

#: Media types of results of SELECT and ASK, and of graphs; the first is what whoever has no wish gets.
RESULTS = tuple(form.media_type for form in RESULT_FORMATS.values())
GRAPHS = tuple(
    GRAPH_FORMATS[name].media_type for name in ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")
)

#: With a refusal that says nothing is wrong with the words of the request.
LATER = {"Retry-After": "60"}


class Query(NamedTuple):
    """A query ready to be evaluated.

    :ivar text: with prefixes declared
    :ivar added: how many lines were put before it
    :ivar graphs: what it is put to
    :ivar base: against which relative IRIs are read (RFC 3986, 5.1)
    :ivar asks_others: whether it holds SERVICE
    :ivar varies: whether its answer may be another next time
    """

    text: str
    added: int = 0
    graphs: Dataset = OWN
    base: str | None = None
    asks_others: bool = False
    varies: bool = False


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


def evaluate(store: Store, query: Query, media_type: str, largest: int) -> bytes:
    """The result of ``query`` in ``media_type``.

    :param store: its default graph is the merge of its named graphs
    :param largest: bytes of the result
    :raises Problem: 400, the query does not parse; 502, somebody else whom it asks fails; 503, the result is too
        large, or takes too much memory
    """
    sink = Sink(largest)
    graphs = {
        key: [NamedNode(iri) for iri in iris]
        for key, iris in (("default_graph", query.graphs.default), ("named_graphs", query.graphs.named))
        if iris is not None
    }
    if len(graphs.get("default_graph", ())) > 1:
        # The engine would tell a triple once for each graph that holds it; a merge holds it once.
        store, graphs["default_graph"] = _merged(store, **graphs), [DefaultGraph()]
    try:
        found = store.query(query.text, base_iri=query.base, **graphs)
        form = QueryResultsFormat if media_type in RESULTS else RdfFormat
        found.serialize(sink, form.from_media_type(media_type))
    except SyntaxError as error:
        told = explain(error, query.text, query.added)
        raise Problem(400, told.reason, "syntax", line=told.line, column=told.column) from None
    except MemoryError:
        raise Problem(503, "The query needs more memory than it may have", "memory", LATER) from None
    except Exception as error:
        if isinstance(error, TooLarge) or isinstance(error.__cause__, TooLarge) or "TooLarge" in str(error):
            raise Problem(
                503, f"The result is larger than {largest:,} bytes; ask for less, with LIMIT", "size", LATER
            ) from None
        if query.asks_others:
            raise Problem(502, f"The service that the query asks failed: {error}", "service") from None
        raise Problem(500, f"The query could not be evaluated: {error}", "failure") from None
    return bytes(sink.data)


def add_merge(store: Store) -> Store:
    """``store`` with the merge of its named graphs as its default graph."""
    # The engine's own words for it take a third of the memory that a set of all triples would.
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def _merged(store: Store, default_graph: list[NamedNode], named_graphs: list[NamedNode]) -> Store:
    """The graphs ``named_graphs`` of ``store``, and as default graph the merge of ``default_graph``."""
    found = Store()
    for graph in named_graphs:
        found.extend(store.quads_for_pattern(None, None, None, graph))
    for graph in default_graph:
        found.extend(Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    return found
