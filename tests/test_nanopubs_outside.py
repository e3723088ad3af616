"""The exported nanopublications before the library that others read nanopublications with."""

import socket

import pytest

import release
from ukjapan_graph.data.encodings import nanopubs

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore")]  # it warns of its own dependencies

PARTS = ("head", "assertion", "provenance", "pubinfo")


@pytest.fixture(scope="module")
def outside():
    """The library's module; it is installed for these tests alone."""
    try:
        import nanopub
    except ModuleNotFoundError:
        pytest.fail("nanopub is not installed: pip install nanopub", pytrace=False)
    return nanopub


def read(outside, quads):
    """What the library makes of the nanopublication of ``quads``, which are of one graph."""
    from rdflib import ConjunctiveGraph

    graph = ConjunctiveGraph()
    graph.parse(data=nanopubs(quads), format="trig")
    return outside.Nanopub(rdf=graph)


def test_valid(outside, monkeypatch):
    """It finds each of them valid, with all triples of its graph in the assertion, and asks nobody for that."""

    def refuse(*_, **__):
        raise AssertionError("the library goes to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    graphs = {}
    for quad in release.store():
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    passages = [name for name in sorted(graphs) if "/passage/" in name]
    assert len(passages) > 100

    for name in passages:
        found = read(outside, graphs[name])
        assert found.is_valid
        assert len(found.assertion) == len(graphs[name])


def test_not_valid(outside):
    """It tells when a part is missing: the test above can fail."""
    from rdflib import ConjunctiveGraph

    quads = [quad for quad in release.store() if "/passage/" in quad.graph_name.value]
    one = [quad for quad in quads if quad.graph_name == quads[0].graph_name]
    whole = nanopubs(one)
    for part in PARTS[1:]:
        blocks = [
            block
            for block in whole.split("\n\n")
            if f"#{'info' if part == 'pubinfo' else part}> {{" not in block
        ]
        graph = ConjunctiveGraph()
        graph.parse(data="\n\n".join(blocks), format="trig")
        with pytest.raises(Exception, match=r"(?i)empty|graph|nanopub"):
            assert outside.Nanopub(rdf=graph).is_valid
