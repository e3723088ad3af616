"""One query evaluated, its result whole or refused."""

import time

import pytest
from pyoxigraph import NamedNode, Quad, Store

from ukjapan_graph.endpoint.dataset import Dataset
from ukjapan_graph.endpoint.evaluation import Query, add_merge, evaluate
from ukjapan_graph.endpoint.problem import Problem

S, P, ONE, TWO, THREE = (
    NamedNode(f"http://ferry.example/{name}") for name in ("s", "p", "one", "two", "three")
)
COUNT = "SELECT (COUNT(*) AS ?n) {FROM} WHERE { PATTERN }"


@pytest.fixture(scope="module")
def store():
    """Two graphs that share one triple, and one that has another of its own."""
    store = Store()
    store.extend([Quad(S, P, S, ONE), Quad(S, P, S, TWO), Quad(S, P, P, TWO), Quad(S, P, ONE, THREE)])
    return add_merge(store)


def count(store, pattern, default=(), named=(), *, clauses=False) -> int:
    """How many solutions ``pattern`` has; with ``clauses``, the query names the graphs too."""
    words = [f"FROM <{graph.value}>" for graph in default]
    words += [f"FROM NAMED <{graph.value}>" for graph in named]
    text = COUNT.replace("{FROM}", " ".join(words) if clauses else "").replace("PATTERN", pattern)
    graphs = Dataset(tuple(g.value for g in default), tuple(g.value for g in named))
    found = evaluate(store, Query(text, graphs=graphs), "text/csv", 1000)
    return int(found.split()[1])


@pytest.mark.parametrize("clauses", [False, True])
@pytest.mark.parametrize(
    ("pattern", "default", "named", "found"),
    [
        ("?s ?p ?o", [ONE], [], 1),
        ("?s ?p ?o", [ONE, TWO], [], 2),
        ("?s ?p ?o", [ONE, TWO, THREE], [ONE], 3),
        ("GRAPH ?g { ?s ?p ?o }", [ONE, TWO], [], 0),
        ("GRAPH ?g { ?s ?p ?o }", [ONE, TWO], [TWO, THREE], 3),
        ("?s ?p ?o GRAPH ?g { ?s ?p ?o }", [ONE, TWO], [TWO], 2),
        ("?s ?p ?o", [], [TWO], 0),
    ],
)
def test_the_default_graph_is_a_merge(store, pattern, default, named, found, clauses):
    """A triple in several of the graphs is there once (SPARQL 1.1 Query, 13.1), whoever named them."""
    assert count(store, pattern, default, named, clauses=clauses) == found


def test_a_merge_of_some_graphs_takes_no_longer_than_they_are_large():
    """Graphs that are not asked for cost nothing."""
    store = Store()
    graphs = [NamedNode(f"http://ferry.example/graph/{n}") for n in range(300)]
    store.extend(Quad(S, P, graph, graph) for graph in graphs)
    store.extend(Quad(S, P, NamedNode(f"http://ferry.example/{n}"), ONE) for n in range(30_000))
    start = time.monotonic()
    assert count(store, "?s ?p ?o", graphs[:2]) == 2
    assert time.monotonic() - start < 0.1


def test_too_large(store):
    """A result above the limit is refused, and no part of it is given."""
    with pytest.raises(Problem) as caught:
        evaluate(store, Query("SELECT * { ?s ?p ?o }"), "text/csv", 50)
    assert (caught.value.status, caught.value.kind) == (503, "size")
