"""Other encodings of statements: each says the same as the named graphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

import release
from commands import ukjapan
from rdf_strategies import TERMS
from ukjapan_graph.data.encodings import ENCODINGS, STATEMENT, annotated, nanopubs, reified

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PART = NamedNode("http://purl.org/dc/terms/isPartOf")
NP, PROV = "http://www.nanopub.org/nschema#", "http://www.w3.org/ns/prov#"


def values(quads, predicate):
    """Subject to objects of a predicate."""
    found = {}
    for quad in quads:
        if quad.predicate.value == predicate:
            found.setdefault(quad.subject, []).append(quad.object)
    return found


def from_reified(text):
    """The quads that reification says."""
    quads = list(parse(text, format=RdfFormat.N_TRIPLES))
    parts = [values(quads, RDF + part) for part in ("subject", "predicate", "object")]
    graphs = values(quads, PART.value)
    named = {node: tuple(part[node][0] for part in parts) for node in values(quads, RDF + "subject")}
    plain = {(q.subject, q.predicate, q.object) for q in quads if not _is_statement(q.subject)}
    assert plain == set(named.values())
    assert all(len(part[node]) == 1 for part in parts for node in named)
    return {Quad(*triple, graph) for node, triple in named.items() for graph in graphs[node]}


def from_annotated(text):
    """The quads that reifiers say."""
    quads = list(parse(text, format=RdfFormat.N_TRIPLES))
    reifies, graphs = values(quads, RDF + "reifies"), values(quads, PART.value)
    plain = {Triple(q.subject, q.predicate, q.object) for q in quads if not _is_statement(q.subject)}
    assert plain == {triple for (triple,) in reifies.values()}
    return {
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for node, (triple,) in reifies.items()
        for graph in graphs[node]
    }


def from_nanopubs(text):
    """The quads that nanopublications say, each of them well formed."""
    by_graph = {}
    for quad in parse(text, format=RdfFormat.TRIG):
        by_graph.setdefault(quad.graph_name, []).append(quad)
    heads = [quads for graph, quads in by_graph.items() if graph.value.endswith("#head")]
    found = set()
    for head in heads:
        (node,) = {quad.subject for quad in head}
        parts = {
            quad.predicate.value.removeprefix(NP): quad.object for quad in head if NP in quad.predicate.value
        }
        assert set(parts) == {"hasAssertion", "hasProvenance", "hasPublicationInfo"}
        (source,) = values(by_graph[parts["hasProvenance"]], PROV + "wasDerivedFrom")[parts["hasAssertion"]]
        assert {quad.subject for quad in by_graph[parts["hasPublicationInfo"]]} == {node}
        found |= {Quad(q.subject, q.predicate, q.object, source) for q in by_graph[parts["hasAssertion"]]}
    assert len(by_graph) == 4 * len(heads)
    return found


def _is_statement(node):
    return isinstance(node, NamedNode) and node.value.startswith(STATEMENT)


DECODERS = {"reified": from_reified, "annotated": from_annotated, "nanopubs": from_nanopubs}
NODES = st.sampled_from([NamedNode(f"http://x/{name}") for name in "abcd"])
QUADS = st.sets(st.builds(Quad, NODES, NODES, NODES | TERMS, NODES), max_size=20)


@pytest.mark.parametrize("name", ENCODINGS)
def test_release_says_the_same(name):
    """Read back, an encoding of the release is the release: every triple in every one of its graphs."""
    quads = set(release.store())

    assert DECODERS[name](ENCODINGS[name](quads)) == quads


@pytest.mark.parametrize("name", ENCODINGS)
@given(quads=QUADS)
@settings(max_examples=50, deadline=None)
def test_any_quads_say_the_same(name, quads):
    """So is any encoding of any quads, and it does not depend on their order."""
    text = ENCODINGS[name](sorted(quads, key=str))

    assert DECODERS[name](text) == quads
    assert ENCODINGS[name](sorted(quads, key=str, reverse=True)) == text


def test_no_blank_nodes_and_no_named_graphs():
    """Statements have names; triples stand in the default graph."""
    a = NamedNode("http://x/a")
    for encode in (reified, annotated):
        quads = list(parse(encode([Quad(a, a, a, a)]), format=RdfFormat.N_TRIPLES))
        assert {quad.graph_name for quad in quads} == {DefaultGraph()}
        assert "_:" not in encode([Quad(a, a, a, a)])
    assert "_:" not in nanopubs([Quad(a, a, a, a)])


def test_command(tmp_path):
    """``export --statements`` writes an encoding, of chosen graphs as well, and compressed."""
    import gzip

    ran = ukjapan("export", "--statements", "annotated", "--graph", "silences")
    chosen = {quad for quad in release.store() if quad.graph_name.value.endswith("graph/silences")}
    assert (ran.code, from_annotated(ran.out)) == (0, chosen)
    assert ukjapan("export", "--statements", "nanopubs", "--output", str(tmp_path / "np.trig.gz")).code == 0
    assert from_nanopubs(gzip.decompress((tmp_path / "np.trig.gz").read_bytes())) == set(release.store())
    assert ukjapan("export", "--statements", "reified", "--format", "turtle").code == 2
    assert ukjapan("export", "--statements", "spoken").code == 2
