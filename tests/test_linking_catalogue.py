"""The things that others may want to find."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import small_graph
from release import store
from ukjapan_graph.errors import SourceError
from ukjapan_graph.linking.alike.catalogue import OUTSIDE, Catalogue, outside_names
from ukjapan_graph.linking.alike.ways import ALL as KINDS
from ukjapan_graph.namespaces import PREFIXES, THINGS, shorten

ALT = NamedNode(PREFIXES["skos"] + "altLabel")


@pytest.fixture(scope="module")
def catalogue():
    """Of the small graph."""
    outside = [
        Quad(
            NamedNode(THINGS + "person/ada-quay"),
            ALT,
            Literal("エイダ", language="ja"),
            NamedNode("https://o.example/"),
        )
    ]
    return Catalogue(small_graph.store(), outside)


def test_things_of_the_world_only(catalogue):
    """Things with a class are there, sorted; passages, mentions, statements and terms are not."""
    kinds = {key.partition("/")[0] for key in catalogue.things}
    assert kinds <= set(KINDS)
    assert list(catalogue.things) == sorted(catalogue.things)
    assert "instrument/ferry-pact" in catalogue.things


def test_names_and_where_they_are_from(catalogue):
    """The label first, then other names, then those of documents; descriptions are no names."""
    thing = catalogue.things["instrument/ferry-pact"]
    assert [(c.text, c.source) for c in thing.names] == [
        ("Ferry Pact", "label"),
        ("Crossing Treaty", "other"),
        ("the Boat Treaty", "document"),
    ]
    assert (thing.label, thing.note, thing.iri) == (
        "Ferry Pact", "Between two towns.", THINGS + "instrument/ferry-pact",
    )  # fmt: skip


def test_classes_given_and_those_that_follow(catalogue):
    """Both are known, and only those of the ontology are counted."""
    thing = catalogue.things["instrument/harbour-accord"]
    assert [shorten(iri) for iri in thing.classes] == ["ukj:Agreement"]
    assert {shorten(iri) for iri in thing.all_classes} == {"ukj:Agreement", "ukj:Instrument"}
    assert catalogue.classes[PREFIXES["ukj"] + "Agreement"] == 4


def test_what_is_only_proposed_is_no_value(catalogue):
    """A likely identity and an inferred fact are not told as values."""
    values = (
        catalogue.things["instrument/tide-table"].values
        | catalogue.things["instrument/night-protocol"].values
    )
    assert not {shorten(p) for p in values} & {"ukj:likelySameAs", "ukj:buildsOn"}


def test_a_thing_by_any_of_its_identifiers():
    """Identifier, prefixed name and IRI lead to it; a foreign identifier to whatever is linked so."""
    found = Catalogue(store())
    for given in ("state/japan", "state:japan", THINGS + "state/japan"):
        assert found.thing(given).label == "Japan"
    assert found.thing("state/nowhere") is None
    assert found.identifiers["wd:Q17"] == found.identifiers[PREFIXES["wd"] + "Q17"] == ["state/japan"]


def test_names_from_outside(tmp_path):
    """They are read from the file beside the release, labels alone; without the file there are none."""
    release = tmp_path / "graph.nq"
    assert outside_names(release) == []
    graph, person = "<https://o.example/page>", f"<{THINGS}person/ada-quay>"
    (tmp_path / OUTSIDE).write_text(
        f'{person} <{ALT.value}> "エイダ"@ja {graph} .\n{person} <{PREFIXES["ukj"]}x> "1" {graph} .\n',
        encoding="utf-8",
    )
    assert [quad.object.value for quad in outside_names(release)] == ["エイダ"]
    (tmp_path / OUTSIDE).write_text("no triples", encoding="utf-8")
    with pytest.raises(SourceError, match=OUTSIDE):
        outside_names(release)
