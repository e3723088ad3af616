"""Facts of two releases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from two_releases import release
from ukjapan_graph.changes import facts
from ukjapan_graph.changes.facts import compare, differences, sentence, table
from ukjapan_graph.namespaces import expand

PACT = "instrument:harbour-accord ukj:buildsOn instrument:ferry-pact ."


def told(old, new, kind=None):
    """The changes in words: kind, fact, status before and after, with the places."""
    return [
        (
            change.kind,
            sentence(change),
            *(" + ".join(f"{g.status} {g.grade} {g.where.label}" for g in side) for side in change[4:]),
        )
        for change in compare(old, new)
        if kind in (None, change.kind)
    ]


def test_no_change():
    """A release compared with itself has no changed fact."""
    assert compare(release(), release()) == ()


def test_added_and_gone():
    """A fact that a passage states anew is new; read backwards it is gone."""
    old, new = (
        release(),
        release(
            {
                "instrument:ferry-pact ukj:signedOn": "instrument:ferry-pact ukj:beganAs place:lighthouse ; ukj:signedOn"
            }
        ),
    )

    assert told(old, new) == [
        ("added", "Ferry Pact → began as → the lighthouse", "", "stated  Gazette 1903, 1")
    ]
    assert told(new, old) == [
        ("gone", "Ferry Pact → began as → the lighthouse", "stated  Gazette 1903, 1", "")
    ]


def test_stated_becomes_inferred():
    """What was stated and is only proposed now has another status, with its grade."""
    edits = {
        "passage:gazette.S2 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }": "",
        "passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }": "",
        "inference:night-on-pact a ukj:Inference ; ukj:subject instrument:night-protocol": (
            "inference:night-on-pact a ukj:Inference ; ukj:subject instrument:harbour-accord"
        ),
    }
    ((kind, fact, before, after),) = told(release(), release(edits), "status")

    assert (kind, fact) == ("status", "Harbour Accord → builds on → Ferry Pact")
    assert before == "stated  Gazette 1903, 2 + stated  Almanac, 1"
    assert after == "inferred weak inference:night-on-pact"


def test_stated_becomes_entailed():
    """A fact that moves from a passage to its reading is entailed now."""
    edits = {
        "passage:almanac.S1 { instrument": "reading:gazette.S2 { instrument",
        "passage:gazette.S2 { ": "reading:gazette.S2 { ",
    }

    assert told(release(), release(edits), "status") == [
        (
            "status",
            "Harbour Accord → builds on → Ferry Pact",
            "stated  Gazette 1903, 2 + stated  Almanac, 1",
            "entailed  Gazette 1903, 2 (reading)",
        )
    ]


def test_another_grade():
    """An inference that became stronger changes the status of what it proposes."""
    ((kind, _, before, after),) = told(release(), release({"grade:weak ;": "grade:strong ;"}))

    assert (kind, before.split()[:2], after.split()[:2]) == (
        "status",
        ["inferred", "weak"],
        ["inferred", "strong"],
    )


def test_corroboration_lost():
    """A fact that one of two passages states no longer is as firm as before, on other grounds."""
    found = told(release(), release({f"passage:almanac.S1 {{ {PACT} }}": ""}))

    assert [(kind, after) for kind, _, _, after in found] == [("support", "stated  Gazette 1903, 2")]


def test_a_premise_more():
    """An inference that rests on one more passage is a change of grounds."""
    found = compare(
        release(),
        release({"ukj:premise passage:gazette.S10": "ukj:premise passage:almanac.S1 , passage:gazette.S10"}),
    )

    assert [change.kind for change in found] == ["support"]
    assert [place.label for place in found[0].after[0].near] == [
        "Gazette 1903, 1",
        "Gazette 1903, 10",
        "Almanac, 1",
    ]


def test_silence_about_everything_ends():
    """Where a silence about every object ends and such a fact comes, it was not stated and is stated now."""
    silence = "silence:pact-in-force a ukj:Silence ; ukj:subject instrument:ferry-pact"
    edits = {
        silence: silence.replace("ferry-pact", "tide-table"),
        "instrument:ferry-pact ukj:signedOn": (
            'instrument:ferry-pact ukj:inForceFrom "1904-01-01"^^xsd:date ; ukj:signedOn'
        ),
    }
    found = told(release(), release(edits))

    assert [(kind, fact, before[:10], after) for kind, fact, before, after in found] == [
        ("status", "Ferry Pact → in force from → 1904-01-01", "not stated", "stated  Gazette 1903, 1"),
        (
            "added",
            "Tide Table, or: a | pipe → in force from → anything",
            "",
            "not stated  No document says that the pact is in force.",
        ),
    ]
    assert told(release(edits), release(), "status")[0][1:3] == (
        "Ferry Pact → in force from → 1904-01-01",
        "stated  Gazette 1903, 1",
    )


def test_words_and_addresses_are_no_facts():
    """Another label, gloss, reason or range changes no fact."""
    edits = {
        '"Harbour Accord"@en': '"Harbour Treaty"@en',
        '"The pact was signed."@en': '"Signed was the pact."@en',
        "ukj:start 50": "ukj:start 55",
        '"Both are about crossings."@en': '"Crossings."@en',
    }

    assert compare(release(), release(edits)) == ()


def test_what_a_release_says_of_itself_is_no_fact():
    """Counts and versions of the dataset are about the release, not about the world."""
    assert compare(release(), release(more="graph:dataset { <https://x.example/d> ukj:counts 3 . }")) == ()


def test_document_order():
    """Changes stand in the order of the passages that make them, not of their names."""
    new = release(
        more="""
        passage:gazette.S10 { place:lighthouse ukj:seenFrom state:eastport . }
        passage:gazette.S2 { place:lighthouse ukj:seenFrom state:westport . }
        """
    )

    assert [change.after[0].where.label for change in compare(release(), new)] == [
        "Gazette 1903, 2",
        "Gazette 1903, 10",
    ]


GRAPHS = (
    "passage:a.S1",
    "passage:a.S2",
    "reading:a.S1",
    "graph:entities",
    "graph:entailed",
    "graph:inferences",
)
things = st.sampled_from([NamedNode(expand(f"place:p{n}")) for n in range(3)])
properties = st.sampled_from([NamedNode(expand(name)) for name in ("ukj:near", "ukj:far")])
plain = st.builds(
    Quad,
    things,
    properties,
    things | st.sampled_from([Literal("1"), Literal("1", language="en")]),
    st.sampled_from([NamedNode(expand(name)) for name in GRAPHS]),
)


@st.composite
def claims(draw):
    """An inference or a silence on a fact, as quads."""
    silent = draw(st.booleans())
    kind, graph = ("silence", "graph:silences") if silent else ("inference", "graph:inferences")
    node, graph = NamedNode(expand(f"{kind}:n{draw(st.integers(0, 3))}")), NamedNode(expand(graph))
    parts = {"ukj:subject": draw(things), "ukj:predicate": draw(properties)}
    if not silent or draw(st.booleans()):
        parts["ukj:object"] = draw(things)
    if not silent:
        parts["ukj:grade"] = NamedNode(expand(f"grade:{draw(st.sampled_from(facts.GRADES[:3]))}"))
    return [Quad(node, NamedNode(expand(name)), value, graph) for name, value in parts.items()]


datasets = st.builds(
    lambda quads, nodes: {*quads, *(quad for node in nodes for quad in node)},
    st.lists(plain, max_size=12),
    st.lists(claims(), max_size=3),
)


@settings(deadline=None)
@given(datasets)
def test_nothing_from_itself(quads):
    """No dataset differs from itself."""
    assert differences(table(quads), table(quads)) == {}


@settings(deadline=None)
@given(datasets, datasets)
def test_mirrored(left, right):
    """Backwards, each change has its two sides exchanged, and there are no others."""
    there, back = (differences(table(a), table(b)) for a, b in ((left, right), (right, left)))

    assert {key: (after, before) for key, (before, after) in there.items()} == back


@settings(deadline=None)
@given(datasets, datasets)
def test_every_fact_is_accounted_for(left, right):
    """What the two have in common, and the changes, make up all facts of either."""
    old, new = table(left), table(right)
    changed = differences(old, new)
    same = {key: state for key, state in old.items() if new.get(key) == state}
    ended = {(*key[:2], None) for key in changed}

    assert {key for key in new if key not in same} - ended <= {
        key for key, (_, after) in changed.items() if after
    }
    assert {key for key in old if key not in same} - ended <= {
        key for key, (before, _) in changed.items() if before
    }
    for key, (before, after) in changed.items():
        assert before in (old.get(key, ()), old.get((*key[:2], None)))
        assert after in (new.get(key, ()), new.get((*key[:2], None)))


@pytest.mark.parametrize("status", facts.STATUSES)
def test_statuses_are_ordered(status):
    """A fact has the status of its firmest ground, whatever else holds it."""
    graphs = {
        "stated": "passage:a.S1",
        "entailed": "graph:entailed",
        "inferred": "graph:inferences",
        "held": "graph:entities",
    }
    fact = (NamedNode(expand("place:a")), NamedNode(expand("ukj:near")), NamedNode(expand("place:b")))
    weaker = [graphs[s] for s in facts.STATUSES[facts.STATUSES.index(status) :] if s in graphs]
    quads = [Quad(*fact, NamedNode(expand(graph))) for graph in weaker]
    silence, graph = NamedNode(expand("silence:s")), NamedNode(expand("graph:silences"))
    for part, value in zip(("subject", "predicate", "object"), fact, strict=True):
        quads.append(Quad(silence, NamedNode(expand(f"ukj:{part}")), value, graph))

    assert table(quads)[fact][0].status == status
