"""From what people type to the thing they mean."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import small_graph
from ukjapan_graph.answering import names
from ukjapan_graph.errors import AmbiguousNameError, ParameterError, UnknownNameError
from ukjapan_graph.namespaces import expand, shorten

LABEL, UNIT = (NamedNode(expand(name)) for name in ("skos:prefLabel", "ukj:unit"))


@pytest.fixture
def store():
    """The small dataset."""
    return small_graph.store()


@pytest.mark.parametrize(
    "name",
    [
        "ferry-pact",
        "Ferry-Pact",
        "instrument:ferry-pact",
        "https://w3id.org/ukjapan/id/instrument/ferry-pact",
        "<https://w3id.org/ukjapan/id/instrument/ferry-pact>",
        "Ferry Pact",
        "ferry pact",
        "ferrypact",
        "the Ferry  Pact",
        "FERRY_PACT",
        "Crossing Treaty",
        "crossing-treaty",
        "the Boat Treaty",
        "boat treaty",
        " ferry-pact ",
    ],
)
def test_every_way_to_name_a_thing(store, name):
    """Slug, prefixed name, IRI, label, other label and a document's own name all find the thing."""
    assert shorten(names.find(store, name).value) == "instrument:ferry-pact"
    assert shorten(names.find(store, name, "instrument").value) == "instrument:ferry-pact"


def test_description_is_no_name(store):
    """A mention that is said to be no name is no name of the thing."""
    with pytest.raises(UnknownNameError):
        names.find(store, "that paper")


def test_leading_article_of_a_label(store):
    """A label's own article makes no difference either."""
    assert shorten(names.find(store, "Lighthouse").value) == "place:lighthouse"


def test_kind_narrows(store):
    """A slug of two kinds is ambiguous, unless the kind is asked for."""
    with pytest.raises(AmbiguousNameError) as caught:
        names.find(store, "night-protocol")

    assert [name for name, _ in caught.value.candidates] == [
        "instrument:night-protocol",
        "topic:night-protocol",
    ]
    assert shorten(names.find(store, "night-protocol", "topic").value) == "topic:night-protocol"


def test_ambiguous_label(store):
    """A label of two things is refused with both, by name and label."""
    with pytest.raises(AmbiguousNameError) as caught:
        names.find(store, "mayor")

    assert caught.value.candidates == [("person:ada-quay", "Ada Quay"), ("person:ben-quay", "Ben Quay")]


def test_scales_come_last(store):
    """A step of a scale is meant by a bare name only where no other thing has the name."""
    store.add(Quad(NamedNode(expand("genre:almanac")), LABEL, Literal("Eastport"), NamedNode("http://g")))

    assert shorten(names.find(store, "hoped").value) == "force:hoped"
    assert shorten(names.find(store, "Eastport").value) == "state:eastport"
    assert shorten(names.find(store, "Eastport", "genre").value) == "genre:almanac"


def test_unit_of_a_passage(store):
    """A passage is found by its number in its document, if no other document has that number."""
    for name in ("gazette.S10", "gazette.S2", "almanac.S2"):
        unit = Literal(name.split(".")[1])
        store.add(Quad(NamedNode(expand(f"passage:{name}")), UNIT, unit, NamedNode("http://g")))

    assert shorten(names.find(store, "s10").value) == "passage:gazette.S10"
    with pytest.raises(AmbiguousNameError):
        names.find(store, "S2")


def test_passage_before_its_reading(store):
    """The bare name of a passage means the passage, not the reading of the same name."""
    assert shorten(names.find(store, "gazette.S2").value) == "passage:gazette.S2"
    assert shorten(names.find(store, "gazette.S2", "reading").value) == "reading:gazette.S2"


@pytest.mark.parametrize("name", ["ferri-pact", "Ferry Pakt", "instrument:fery-pact"])
def test_misspelt(store, name):
    """A misspelt name is refused with the nearest one."""
    with pytest.raises(UnknownNameError) as caught:
        names.find(store, name)

    assert caught.value.nearest[0] == "instrument:ferry-pact"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "the",
        "-",
        "javascript:alert(1)",
        "http://a> . ?x ?y ?w . <http://b",
        "https://w3id.org/ukjapan/id/instrument/%zz",
        "https://example.org/unknown",
        "person:ferry-pact",
        '" } #',
        "é",
        "\x00",
        "\udc80",
        "x" * 5000,
    ],
)
def test_nothing_of_that_name(store, name):
    """What names nothing is refused, whatever it holds."""
    with pytest.raises(UnknownNameError):
        names.find(store, name)


def test_wrong_kind(store):
    """A thing written out whose kind is not the one asked for is refused with its kind."""
    with pytest.raises(ParameterError, match="kind person but of the kind instrument"):
        names.find(store, "instrument:ferry-pact", "person")
    with pytest.raises(ParameterError, match="of the kind term"):
        names.find(store, "ukj:buildsOn", "person")


def test_kind_without_such_a_thing(store):
    """A name of a thing of another kind is unknown for the kind asked for."""
    with pytest.raises(UnknownNameError, match="no person called 'ferry-pact'"):
        names.find(store, "ferry-pact", "person")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("buildsOn", "ukj:buildsOn"),
        ("builds on", "ukj:buildsOn"),
        ("builds-on", "ukj:buildsOn"),
        ("ukj:buildsOn", "ukj:buildsOn"),
        ("https://w3id.org/ukjapan/ns#buildsOn", "ukj:buildsOn"),
        ("follows", "ukj:follows"),
        ("Agreement", "ukj:Agreement"),
        ("prefLabel", "skos:prefLabel"),
        ("a", "rdf:type"),
        ("type", "rdf:type"),
    ],
)
def test_find_term(store, name, expected):
    """A class or property is found by prefixed name, IRI, local name or label, ours first."""
    assert shorten(names.find_term(store, name).value) == expected


def test_misspelt_term(store):
    """A misspelt term is refused with the nearest one."""
    with pytest.raises(UnknownNameError) as caught:
        names.find_term(store, "bildsOn")

    assert caught.value.nearest[0] == "ukj:buildsOn"


def test_entity(store):
    """An entity has its IRI, name, label and kind, and reads as its label."""
    node = NamedNode(expand("person:ada-quay"))

    entity = names.entity(store, node)

    assert entity == (node.value, "person:ada-quay", "Ada Quay")
    assert (entity.kind, str(entity)) == ("person", "Ada Quay")
