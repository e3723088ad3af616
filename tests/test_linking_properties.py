"""Properties of things, and how what others say of them agrees."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from release import store
from ukjapan_graph.linking.alike.catalogue import Catalogue
from ukjapan_graph.linking.alike.properties import Properties
from ukjapan_graph.namespaces import PREFIXES, THINGS, shorten


@pytest.fixture(scope="module")
def properties():
    """Of the release."""
    return Properties(Catalogue(store()))


@pytest.fixture(scope="module")
def things(properties):
    """The things of the release."""
    return properties._catalogue.things


def test_properties_that_lead_further(properties, things):
    """An office leads to its holders and its state, a person to both, an instrument to when it was signed."""
    hammond = things["person/philip-hammond"]

    def values(name, thing):
        return [shorten(term.value) for term in properties.all[name].values(thing)]

    assert values("office", hammond) == ["office:uk-foreign-secretary"]
    assert values("state", hammond) == ["state:united-kingdom"]
    assert "person:philip-hammond" in values("holder", things["office/uk-foreign-secretary"])
    dates = [term.value for term in properties.all["date"].values(things["instrument/acsa"])]
    assert dates == ["2016-01", "2017-01-26"]
    assert "http://www.wikidata.org/entity/Q17" in [
        term.value for term in properties.all["identifier"].values(things["state/japan"])
    ]


@pytest.mark.parametrize(
    ("thing", "name", "given", "score"),
    [
        ("person/philip-hammond", "office", "Foreign Secretary", 100),
        ("person/philip-hammond", "office", "office:uk-foreign-secretary", 100),
        ("person/philip-hammond", "office", {"id": "office/uk-foreign-secretary"}, 100),
        ("person/philip-hammond", "office", {"name": "foreign secretary"}, 100),
        ("person/philip-hammond", "office", "Ambassador", 0),
        ("person/philip-hammond", "state", "Britain", 100),
        ("person/philip-hammond", "state", "Japan", 0),
        ("person/philip-hammond", "date", "2016", None),
        ("event/acsa-signing", "date", "2017", 100),
        ("event/acsa-signing", "date", "2017-01", 100),
        ("event/acsa-signing", "date", "2017-01-26", 100),
        ("event/acsa-signing", "date", "2017-01-26T00:00:00Z", 100),
        ("event/acsa-signing", "date", "2017-02", 0),
        ("event/acsa-signing", "date", "2", 0),
        ("area/cyber-security", "ukj:listNumber", True, 0),
    ],
)
def test_agreement(properties, things, thing, name, given, score):
    """A value agrees by name or identifier, a date by lying within; nothing is said where there is no value."""
    assert properties.agreement(things[thing], properties.all[name], given) == score


def test_numbers_agree_however_they_are_given(properties, things):
    """A number may come as a number of either kind, or as text."""
    area, row = things["area/cyber-security"], properties.all["ukj:listNumber"]
    number = next(iter(row.values(area))).value
    assert [properties.agreement(area, row, kind(number)) for kind in (int, float, str)] == [100.0] * 3


def test_properties_by_name_and_of_a_class(properties):
    """IRIs are understood as well as prefixed names; a class has only properties that its things have."""
    assert properties.named(PREFIXES["ukj"] + "ofState") == properties.named("ukj:ofState")
    assert properties.named("ofState") is None
    ids = {row.id for row in properties.of_class(PREFIXES["ukj"] + "Office")}
    assert {"holder", "ukj:ofState"} <= ids
    assert "ukj:signedIn" not in ids


def test_names_from_outside_are_no_values():
    """They help to find a thing, and are not told as if the documents had them."""
    person = NamedNode(THINGS + "person/fumio-kishida")
    alt = NamedNode(PREFIXES["skos"] + "altLabel")
    outside = Quad(person, alt, Literal("岸田文雄", language="ja"), NamedNode("https://o.example/"))
    catalogue = Catalogue(store(), [outside])
    row = Properties(catalogue).all["name"]
    assert "岸田文雄" in [called.text for called in catalogue.thing(person.value).names]
    assert [term.value for term in row.values(catalogue.thing(person.value))] == ["Fumio Kishida"]
