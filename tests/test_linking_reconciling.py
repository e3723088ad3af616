"""From names to things: who is found, how surely, and in which order."""

import pytest

import small_graph
from release import store
from ukjapan_graph.linking.alike.catalogue import outside_names
from ukjapan_graph.linking.alike.reconciling import FEATURES, Question, class_named, reconciler
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.resources import release_file


@pytest.fixture(scope="module")
def found():
    """Whoever finds things in the release, under their names from outside too."""
    return reconciler(store(), outside_names(release_file()))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("KISHIDA Fumio", "person/fumio-kishida"),
        ("The Rt Hon Boris Johnson MP", "person/boris-johnson"),
        ("Foreign Secretary Philip Hammond", "person/philip-hammond"),
        ("ACSA", "instrument/acsa"),
        ("RAA", "instrument/raa"),
        ("日本", "state/japan"),
        ("岸田文雄外務大臣", "person/fumio-kishida"),
        ("Q145", "state/united-kingdom"),
        ("http://www.wikidata.org/entity/Q17", "state/japan"),
        ("person:liz-truss", "person/liz-truss"),
        ("Gen Nakatani", "person/gen-nakatani"),
    ],
)
def test_matches(found, text, key):
    """What leaves no doubt is a match, whatever the order, titles, script or kind of identifier."""
    first = found.candidates(Question(text))[0]
    assert (first.thing.id, first.match) == (key, True)


@pytest.mark.parametrize(
    "text", ["the agreement", "Philip", "Johnson", "United Kngdom", "Prime Minister", "Kishida Taro"]
)
def test_no_matches(found, text):
    """What may mean several things, or is misspelt, has candidates and no match."""
    candidates = found.candidates(Question(text))
    assert candidates
    assert not any(one.match for one in candidates)


def test_nothing_for_nothing(found):
    """A text like no name has no candidates."""
    assert found.candidates(Question("xyzzy qwfp")) == found.candidates(Question("!?")) == []


def test_candidates_are_sorted_and_their_ties_too(found):
    """By falling score, then by identifier; and never more than asked for."""
    for text in ("agreement", "meeting", "Minister", "Japan"):
        rows = [(-one.score, one.thing.id) for one in found.candidates(Question(text, limit=100))]
        assert rows == sorted(rows)
        assert [(-c.score, c.thing.id) for c in found.candidates(Question(text, limit=2))] == rows[:2]


def test_namesakes_in_the_small_graph():
    """Two mayors are two candidates of one score, and neither is a match."""
    candidates = reconciler(small_graph.store()).candidates(Question("Night Protocol"))
    assert [(one.thing.id, one.match) for one in candidates[:1]] == [("instrument/night-protocol", True)]


def test_properties_weigh(found):
    """What agrees keeps the score, what does not takes up to two fifths, what is not known a twentieth."""
    office = found.properties.all["office"]

    def score(*given):
        return found.candidates(Question("Philip Hammond", properties=tuple(given)))[0]

    agrees, differs = (
        score((office, ("Foreign Secretary",))),
        score((office, ("Ambassador of Japan to the UK",))),
    )
    unknown = score((found.properties.all["date"], ("2016",)))
    assert [one.score for one in (agrees, differs, unknown)] == [100, 60, 95]
    assert [one.match for one in (agrees, differs, unknown)] == [True, False, False]
    assert "property:date" not in unknown.features


def test_classes(found):
    """Any or all of the classes are needed, or only preferred; then no other is a match."""
    state, agent = PREFIXES["ukj"] + "State", PREFIXES["ukj"] + "Agent"
    office = PREFIXES["ukj"] + "Office"
    keys = {
        strict: {one.thing.id: one for one in found.candidates(Question("Japan", (state, office), strict))}
        for strict in ("any", "all", "should")
    }
    assert "state/japan" in keys["any"] and "state/japan" not in keys["all"]
    assert "state/japan" in {
        one.thing.id for one in found.candidates(Question("Japan", (state, agent), "all"))
    }
    only_preferred = found.candidates(Question("Japan", (office,), "should", limit=50))
    japan = next(one for one in only_preferred if one.thing.id == "state/japan")
    assert (japan.score, japan.match, japan.features["type"]) == (50.0, False, False)


def test_every_feature_is_explained(found):
    """No candidate has a feature that the table does not tell of."""
    office = found.properties.all["office"]
    questions = [
        Question(text, (PREFIXES["ukj"] + "Person",), "should")
        for text in ("Hague", "Q17", "person:liz-truss")
    ]
    questions.append(Question("Hammond", properties=((office, ("x",)),)))
    for question in questions:
        for one in found.candidates(question):
            for name in one.features:
                assert name in FEATURES or ("property:…" in FEATURES and name.startswith("property:"))


def test_class_names(found):
    """A class is known by prefixed name, IRI and local name."""
    iri = PREFIXES["ukj"] + "Person"
    assert {class_named(found.catalogue, given) for given in ("ukj:Person", iri, "Person")} == {iri}
    assert class_named(found.catalogue, "Boat") is None
