"""A store seen without its default graph."""

from pyoxigraph import NamedNode, Quad, Store

from ukjapan_graph.endpoint.evaluation import add_merge
from ukjapan_graph.endpoint.view import NamedGraphs

S, P, ONE, TWO = (NamedNode(f"http://ferry.example/{name}") for name in ("s", "p", "one", "two"))
QUADS = {Quad(S, P, S, ONE), Quad(S, P, S, TWO), Quad(S, P, P, TWO)}


def test_only_named_graphs_are_seen():
    """Patterns find each quad in its named graph, none in the merge; the merge holds each triple once."""
    store = Store()
    store.extend(QUADS)
    view = NamedGraphs(add_merge(store))

    assert set(view) == QUADS
    assert set(view.quads_for_pattern(S, None, None, None)) == QUADS
    assert list(view.quads_for_pattern(None, None, None, ONE)) == [Quad(S, P, S, ONE)]
    assert set(view.named_graphs()) == {ONE, TWO}
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert [row["n"].value for row in view.query(count, use_default_graph_as_union=True)] == ["2"]
