"""What facts rest on, read from the dataset."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import small_graph
from ukjapan_graph.answering import grounds
from ukjapan_graph.namespaces import PREFIXES, expand


@pytest.fixture
def store():
    """The small dataset."""
    return small_graph.store()


def node(name):
    """The node with this prefixed name."""
    return NamedNode(expand(name))


def test_document_order(store):
    """Passages come by their document's date, undated last, then by place and not by name; readings after."""
    names = ["almanac.S1", "gazette.S10", "gazette.S2", "gazette.S1"]
    graphs = [*(node(f"passage:{name}") for name in names), node("reading:gazette.S2")]

    ordered = [entity.name for entity in grounds.in_order(store, graphs + graphs)]

    assert ordered == [
        "passage:gazette.S1",
        "passage:gazette.S2",
        "reading:gazette.S2",
        "passage:gazette.S10",
        "passage:almanac.S1",
    ]


def test_status(store):
    """A graph's own word on its status, else stated for a passage and entailed for a reading."""
    names = ["passage:gazette.S1", "reading:gazette.S2", "passage:other.S1", "reading:other.S1"]

    assert [grounds.status(store, node(name)) for name in names] == ["stated", "entailed"] * 2


def test_inferences(store):
    """An inference has its fact, grade, reason and premises; strong ones go before weak ones."""
    graph = grounds.INFERENCES
    parts = {"subject": "a:s", "predicate": "a:p", "object": "a:o", "grade": expand("grade:strong")}
    for name, iri in parts.items():
        store.add(Quad(node("inference:zebra"), grounds.term(name), NamedNode(iri), graph))
    store.add(Quad(node("inference:broken"), grounds.term("subject"), NamedNode("a:s"), graph))

    strong, weak = grounds.inferences(store)

    assert (strong.name.name, strong.grade, strong.reason, strong.premises) == (
        "inference:zebra",
        "strong",
        "",
        (),
    )
    assert (str(weak.fact), weak.grade) == ("Night Protocol → builds on → Ferry Pact", "weak")
    assert weak.reason == "Both are about crossings."
    assert [premise.label for premise in weak.premises] == ["Gazette 1903, 1", "Gazette 1903, 10"]


def test_silences(store):
    """A silence has its sentence, what it is about and what comes nearest; without an object it has none."""
    on_accord, in_force = grounds.silences(store)

    assert on_accord.object.label == "Harbour Accord"
    assert (in_force.subject.label, in_force.predicate.label, in_force.object) == (
        "Ferry Pact",
        "in force from",
        None,
    )
    assert in_force.gloss == "No document says that the pact is in force."
    assert [passage.label for passage in in_force.nearest] == ["Gazette 1903, 1"]


def test_fact_with_literal(store):
    """A literal in a fact is its own text."""
    day = Literal("1903-04-30", datatype=NamedNode(PREFIXES["xsd"] + "date"))

    fact = grounds.fact_of(store, node("instrument:ferry-pact"), node("ukj:signedOn"), day)

    assert str(fact) == "Ferry Pact → signed on → 1903-04-30"
