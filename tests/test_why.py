"""Why a fact is in the dataset."""

import pytest

import small_graph
from ukjapan_graph.answering.why import explain, understand
from ukjapan_graph.errors import AmbiguousNameError, UnknownNameError, UsageError


@pytest.fixture(scope="module")
def store():
    """The small dataset."""
    return small_graph.store()


def test_stated(store):
    """A stated fact has every passage that states it, in document order, with what it says."""
    e = explain(store, "harbour-accord", "builds on", "ferry-pact")

    assert [(g.status, g.graph.label, g.gloss) for g in e.grounds] == [
        ("stated", "Gazette 1903, 2", "The accord grew out of the pact."),
        ("stated", "Almanac, 1", "The accord, again, rests on the pact."),
    ]
    assert [part.label for part in e.asked] == ["Harbour Accord", "builds on", "Ferry Pact"]
    assert e.is_said


def test_entailed(store):
    """A reading gives its passage and reason; what the ontology entails says so."""
    (reading,) = explain(store, "harbour-accord", "follows", "ferry-pact").grounds
    (entailed,) = explain(store, "harbour-accord", "rests on", "ferry-pact").grounds

    assert (reading.status, reading.gloss) == ("entailed", "The accord grew out of the pact.")
    assert reading.reason == "Whoever grows out of a thing comes after it."
    assert (entailed.status, entailed.derivation.rule) == ("entailed", "subproperty")
    assert entailed.reason == entailed.derivation.words


def test_inferred_and_held(store):
    """A link kept among the inferences is inferred; what the project itself holds is no document's word."""
    (link,) = explain(store, "tide-table", "likelySameAs", "instrument:night-protocol").grounds
    (label,) = explain(store, "instrument:tide-table", "a", "Agreement").grounds

    assert (link.status, label.status) == ("inferred", "held")


def test_inference_is_no_ground(store):
    """A proposed fact has no ground, only the inference that proposes it."""
    e = explain(store, "Night Protocol", "buildsOn", "ferry-pact")

    assert (e.is_said, e.grounds) == (False, ())
    assert [i.name.name for i in e.inferences] == ["inference:night-on-pact"]


def test_silence(store):
    """What no document says is told by its silence; one without an object fits every object."""
    exact = explain(store, "Night Protocol", "buildsOn", "harbour-accord")
    on_a_day = explain(store, "ferry-pact", "inForceFrom", "1903-05-01")
    elsewhere = explain(store, "Night Protocol", "buildsOn", "tide-table")

    assert [s.name.name for s in exact.silences] == ["silence:night-on-accord"]
    assert [s.name.name for s in on_a_day.silences] == ["silence:pact-in-force"]
    assert (elsewhere.silences, elsewhere.is_said) == ((), False)


@pytest.mark.parametrize("any_", ["", "_", "?"])
def test_two_of_three(store, any_):
    """Any one part may be left open; each fact of the pattern then has its grounds, stated ones first."""
    subjects = explain(store, any_, "buildsOn", "ferry-pact")
    objects = explain(store, "harbour-accord", "buildsOn", any_)
    relations = explain(store, "harbour-accord", any_, "ferry-pact")

    assert {g.fact.subject.label for g in subjects.grounds} == {"Harbour Accord"}
    assert len(subjects.inferences) == 1
    assert len(objects.grounds) == 2
    assert [g.status for g in relations.grounds] == ["stated", "stated", "entailed", "entailed"]


def test_either_way(store):
    """Where the predicate is open, facts from the object to the subject are found too."""
    e = explain(store, "ada-quay", "", "ferry-pact")

    assert [str(g.fact) for g in e.grounds] == ["Ferry Pact → signed by → Ada Quay"]


def test_nearby(store):
    """What only follows points to the passages that speak of both ends; what is stated needs no pointer."""
    follows = explain(store, "harbour-accord", "rests on", "ferry-pact")

    assert [p.name for p in follows.nearby] == [
        "passage:gazette.S2",
        "reading:gazette.S2",
        "passage:almanac.S1",
    ]
    assert explain(store, "harbour-accord", "buildsOn", "ferry-pact").nearby == ()


def test_silence_of_another_relation(store):
    """Where the predicate is open, a silence about every object is not about this one."""
    assert explain(store, "ferry-pact", "", "eastport").silences == ()


def test_literal_object(store):
    """An object may be the text of a literal, or a day, whether anything has it or not."""
    stated = explain(store, "ferry-pact", "signedOn", "1903-04-30")
    unsaid = explain(store, "ferry-pact", "signedOn", "1903-05-02")
    label = explain(store, "ferry-pact", "altLabel", "crossing treaty")
    thing = explain(store, "harbour-accord", "", "Crossing Treaty")

    assert [g.graph.label for g in stated.grounds] == ["Gazette 1903, 1"]
    assert (unsaid.grounds, unsaid.asked[2]) == ((), "1903-05-02")
    assert [g.status for g in label.grounds] == ["held"]
    assert thing.asked[2].label == "Ferry Pact"


@pytest.mark.parametrize(
    ("two", "three"),
    [
        (("harbour-accord", "buildsOn"), ("harbour-accord", "buildsOn", "")),
        (("builds on", "ferry-pact"), ("", "builds on", "ferry-pact")),
        (("harbour-accord", "ferry-pact"), ("harbour-accord", "", "ferry-pact")),
        (("ferry-pact", "inForceFrom"), ("ferry-pact", "inForceFrom", "")),
        (("ferry-pact", "agreement"), ("ferry-pact", "", "agreement")),
    ],
)
def test_understand(store, two, three):
    """Of two names, the one that a property has is the predicate; a class is an object."""
    assert understand(store, *two) == three


def test_refusals(store):
    """Too little, unknown and ambiguous names are refused with what to type."""
    with pytest.raises(UsageError, match="at least two"):
        explain(store, "ferry-pact", "_", "")
    with pytest.raises(UnknownNameError, match="Did you mean instrument:ferry-pact"):
        explain(store, "fery-pact", "buildsOn", "")
    with pytest.raises(UnknownNameError, match="Did you mean ukj:buildsOn"):
        explain(store, "ferry-pact", "bildsOn", "")
    with pytest.raises(UnknownNameError, match="Did you mean instrument:ferry-pact"):
        explain(store, "harbour-accord", "buildsOn", "fery-pact")
    with pytest.raises(AmbiguousNameError):
        explain(store, "mayor", "buildsOn", "")
