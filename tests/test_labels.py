"""What a reader sees of a term."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import small_graph
from ukjapan_graph.answering import labels
from ukjapan_graph.namespaces import PREFIXES, expand


@pytest.fixture(scope="module")
def store():
    """The small dataset."""
    return small_graph.store()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("instrument:night-protocol", "Night Protocol"),
        ("ukj:buildsOn", "builds on"),
        ("statement:gazette.S10", "A night ferry is hoped for."),
        ("reading:gazette.S2", "Gazette 1903, 2 (reading)"),
        ("document:gazette", "Gazette 1903"),
        ("person:nobody", "person:nobody"),
    ],
)
def test_label(store, name, expected):
    """The label, else a short title, else the gloss, else the passage of a reading, else the name."""
    assert labels.label(store, NamedNode(expand(name))) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, "–"),
        (Literal("1903", datatype=NamedNode(PREFIXES["xsd"] + "gYear")), "1903"),
        (Literal("x", language="ja"), "x"),
        (NamedNode(PREFIXES["ukj"] + "buildsOn"), "ukj:buildsOn"),
        (NamedNode("http://example.org/x"), "<http://example.org/x>"),
        (BlankNode("b"), "_:b"),
    ],
)
def test_short(term, expected):
    """A prefixed name, a literal's own text, or that nothing is stated."""
    assert labels.short(term) == expected


def test_order_of_languages(store):
    """English goes before no language, no language before any other, and each by its text."""
    node, label = NamedNode("http://x"), NamedNode(PREFIXES["skos"] + "prefLabel")
    told = []
    for literal in (
        Literal("c", language="cy"),
        Literal("b"),
        Literal("z", language="en"),
        Literal("a", language="en"),
    ):
        store.add(Quad(node, label, literal, NamedNode("http://g")))
        told.append(labels.label(store, node))

    assert told == ["c", "b", "z", "a"]


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (PREFIXES["ukj"] + "restsOn", "rests on"),
        (PREFIXES["ukj"] + "likelySameAs", "likely same as"),
        (PREFIXES["rdf"] + "type", "is a"),
        ("http://example.org/", "http://example.org/"),
    ],
)
def test_relation(store, iri, expected):
    """A property by its label, else by the words of its local name."""
    assert labels.relation(store, NamedNode(iri)) == expected
