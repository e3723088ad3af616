"""What speaks for a pair, and how much together."""

import pytest

from release import store
from ukjapan_graph.linking.alike.catalogue import Catalogue, outside_names
from ukjapan_graph.linking.alike.evidence import Found, comparable, related, weigh
from ukjapan_graph.linking.alike.kinds import agree
from ukjapan_graph.resources import release_file

WD = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def catalogue():
    """Of the release, with names from outside."""
    return Catalogue(store(), outside_names(release_file()))


@pytest.mark.parametrize(
    ("found", "score"),
    [
        (Found(WD + "Q1", ("Koji Tsuruoka",), (WD + "Q5",)), 100),
        (Found(WD + "Q1", ("TSURUOKA Kōji",), (WD + "Q5",)), 100),
        (Found(WD + "Q1", ("Koji Tsuruoka",), ()), 95),
        (Found(WD + "Q1", ("Koji Tsuruoka",), (WD + "Q515",)), 50),
        (Found(WD + "Q1", ("Koji Tsuruoka",), (WD + "Q5",), (), frozenset()), 90),
        (Found(WD + "Q1", ("Koji Tsuruoka",), (WD + "Q5",), (), frozenset({WD + "Q17"})), 100),
        (Found(WD + "Q1", ("Koji Tanaka",), (WD + "Q5",)), 66.7),
    ],
)
def test_scores(catalogue, found, score):
    """Another kind takes half, nothing known of it a twentieth, no tie where there could be one a tenth."""
    assert weigh(catalogue, catalogue.thing("person:koji-tsuruoka"), found).score == score


def test_what_is_told(catalogue):
    """The names that are most alike, the dates of both, what both are tied to, and all of it in a line."""
    found = Found(
        WD + "Q1", ("x", "UK-Japan ACSA", "ACSA"), (), ("2017-01-26T00:00:00Z", "1999-01-01"), frozenset()
    )
    told = weigh(catalogue, catalogue.thing("instrument:acsa"), found)
    assert (told.ours, told.theirs, told.dates) == ("ACSA", "ACSA", ("2017-01-26T00:00:00Z",))
    assert told.told().startswith("name=100; kind=unknown; dates=1; related=0 of ")


def test_ties(catalogue):
    """A person is tied to the states of the offices that a document shows the person in."""
    assert WD + "Q17" in related(catalogue, catalogue.thing("person:koji-tsuruoka"))


def test_scripts_that_cannot_be_compared(catalogue):
    """A name in another script says nothing, unless we have one in it too; a number is in all."""
    person, state = catalogue.thing("person:ben-wallace"), catalogue.thing("state:japan")
    assert not comparable(person, Found(WD + "Q1", ("Кодзи Цуруока",)))
    assert comparable(state, Found(WD + "Q1", ("日本国",)))
    assert comparable(person, Found(WD + "Q1", ("2017",)))


def test_kinds():
    """Known classes agree or differ, others say nothing; a state may pass for a place."""
    assert agree("person", [WD + "Q5"]) is True
    assert agree("person", [WD + "Q515", "http://x/"]) is False
    assert agree("person", ["http://x/"]) is None
    assert agree("state", ["https://schema.org/Place"]) is True
    assert agree("topic", [WD + "Q5"]) is None
