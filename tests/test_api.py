"""The knowledge graph as a Python object."""

import pytest
from pyoxigraph import Triple

import small_graph
from ukjapan_graph import KnowledgeGraph
from ukjapan_graph.errors import SourceError, UnknownNameError


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """The small graph, opened from its release file."""
    return KnowledgeGraph.open(small_graph.write_release(tmp_path_factory.mktemp("release")))


def test_ask(graph):
    """A question is asked by name, with its parameters as keywords."""
    assert [str(row[0]) for row in graph.ask("builds-on", instrument="ferry-pact")] == ["Harbour Accord"] * 2


def test_queries(graph):
    """The saved questions are those of the release file."""
    assert [query.name for query in graph.queries()] == sorted(small_graph.QUERIES)


def test_sparql(graph):
    """Each form of query gives its own kind of answer."""
    assert graph.sparql("SELECT ?x { ?x ukj:signedOn ?day }").columns == ("x",)
    assert graph.sparql("ASK { ?x ukj:signedOn ?day }") is True
    assert isinstance(graph.sparql("DESCRIBE instrument:tide-table")[0], Triple)
    assert isinstance(graph.sparql("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")[0], Triple)


def test_entity_describe_why(graph):
    """A thing that was found can be described and asked about again."""
    pact = graph.entity("crossing treaty")

    assert (pact.name, pact.label) == ("instrument:ferry-pact", "Ferry Pact")
    assert graph.describe(pact) == graph.describe("ferry-pact")
    assert graph.why(predicate="buildsOn", object=pact) == graph.why(None, "buildsOn", "ferry-pact")


def test_unknown(graph):
    """A name that nothing has is refused."""
    with pytest.raises(UnknownNameError):
        graph.entity("nothing of the kind")


def test_open_takes_text(tmp_path):
    """A path may be text; a missing file is named."""
    with pytest.raises(SourceError, match=r"gone\.nq"):
        KnowledgeGraph.open(str(tmp_path / "gone.nq"))
