"""Two releases side by side."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

import small_graph
from two_releases import queries, release, rules, write
from ukjapan_graph.changes import semver
from ukjapan_graph.changes.comparison import PARTS, compare
from ukjapan_graph.changes.release import Release

OLD = release()
PASSAGE = """graph:documents { passage:almanac.S2 a ukj:Passage ; ukj:inDocument document:almanac ;
  ukj:start 40 ; skos:prefLabel "Almanac, 2"@en . }"""
WITH_TERM = "ukj:Paper a owl:Class ; owl:disjointWith ukj:Agreement ."
ALMANAC = 'ukj:shortTitle "Almanac"@en .'
BUILDS_ON, SIGNED_BY = queries()


def ontology(text):
    """A release whose ontology says ``text`` too."""
    return release(more=f"graph:ontology {{ {text} }}")


def with_queries(*of):
    """A release with these saved queries."""
    return release(with_queries=of)


CASES = {
    "term-gone": (ontology("ukj:near a owl:ObjectProperty ."), OLD),
    "entailment-lost": (OLD, release({"rdfs:subPropertyOf ukj:restsOn": "rdfs:seeAlso ukj:restsOn"})),
    "axiom-changed": (OLD, ontology("ukj:buildsOn rdfs:domain ukj:Agreement .")),
    "entailment-gained": (OLD, ontology("ukj:signedOn rdfs:subPropertyOf ukj:inForceFrom .")),
    "query-gone": (OLD, with_queries(SIGNED_BY)),
    "query-broken": (OLD, with_queries(BUILDS_ON, SIGNED_BY._replace(parameters=SIGNED_BY.parameters[:1]))),
    "thing-gone": (release(more=PASSAGE), OLD),
    "term-deprecated": (OLD, ontology("ukj:buildsOn owl:deprecated true .")),
    "term-added": (OLD, ontology("ukj:near a owl:ObjectProperty .")),
    "axiom-with-term": (OLD, ontology(WITH_TERM)),
    "query-added": (with_queries(SIGNED_BY), OLD),
    "query-widened": (OLD, with_queries(BUILDS_ON._replace(columns=(*BUILDS_ON.columns, ("why", ""))), SIGNED_BY)),
    "fact-status": (OLD, release({"grade:weak ;": "grade:strong ;"})),
    "fact-gone": (OLD, release({"instrument:harbour-accord ukj:follows instrument:ferry-pact .": ""})),
    "answer-changed": (OLD, release({'"1903-04-30"^^xsd:date': '"1903-04-29"^^xsd:date'})),
    "thing-added": (OLD, release(more=PASSAGE)),
    "fact-added": (OLD, release(more="passage:gazette.S10 { place:lighthouse ukj:seenFrom state:eastport . }")),
    "fact-support": (OLD, release({"ukj:premise passage:gazette.S10 ,": "ukj:premise"})),
    "address-changed": (OLD, release({"ukj:start 50": "ukj:start 55"})),
    "words": (OLD, release({'"Harbour Accord"@en': '"Harbour Treaty"@en'})),
    "query-rewritten": (OLD, with_queries(BUILDS_ON._replace(summary="What?"), SIGNED_BY)),
    "other": (OLD, release({ALMANAC: f"{ALMANAC} document:almanac ukj:status status:stated ."})),
}  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule, *_ in semver.RULES])
def test_every_rule(rule):
    """Each rule of versions has a pair of releases in which it finds what it is for."""
    found = compare(*CASES[rule]).verdict
    levels = {name: level for name, level, *_ in semver.RULES}

    assert rule in [reason.rule for reason in found.reasons]
    assert semver.LEVELS.index(found.level) >= semver.LEVELS.index(levels[rule])


@pytest.mark.parametrize(
    ("rule", "level"),
    [(rule, level) for rule, level, *_ in semver.RULES if rule not in ("axiom-with-term",)],
)
def test_the_level_is_that_of_the_strongest(rule, level):
    """Where nothing stronger goes with it, the change has the level of the rule."""
    found = compare(*CASES[rule]).verdict

    assert found.reasons[0].level == found.level == level


def test_axioms_with_new_terms_are_minor():
    """An axiom that relates an old term to a new one breaks nothing."""
    assert compare(*CASES["axiom-with-term"]).verdict.level == "minor"


def test_the_same_release():
    """A release and itself: nothing, whatever is asked for, and no reason for a version."""
    found = compare(OLD, release())

    assert not found
    assert found.changed_parts() == found.gone == found.added == found.notes == ()
    assert (found.verdict.level, found.verdict.finding) == ("none", "")


def test_parts():
    """Only what is asked for is compared; a verdict needs all of it."""
    new = release({'"1903-04-30"^^xsd:date': '"1903-04-29"^^xsd:date'})

    for part in PARTS:
        found = compare(OLD, new, only=[part])
        assert found.verdict is None
        assert [name for name in PARTS if getattr(found, name) is not None] == [part]
        assert bool(found) == (part in ("facts", "answers"))
    assert compare(OLD, new).changed_parts() == ("facts", "answers")


def test_notes():
    """What could not be compared is said."""
    old = release(carried=False)
    new = release(more=PASSAGE, carried=False)

    assert [note[:30] for note in compare(old, new).notes] == [
        "Rules are not compared: not bo",
        "Whether the same facts entail ",
    ]


def test_paths_and_progress(tmp_path):
    """Releases may be given by path, and progress is told from nothing to less than all."""
    steps = []
    old, new = write(OLD, tmp_path / "old.nq"), write(release(more=PASSAGE), tmp_path / "new.nq")
    found = compare(old, new, progress=lambda what, done, total: steps.append((what, done, total)))

    assert [side.name for side in (found.old, found.new)] == [str(old), str(new)]
    assert found.new.quads - found.old.quads == len(found.added) - len(found.gone)
    assert steps[0][0] == "reading"
    assert all(done < total for _, done, total in steps)


def _terms(change):
    """The fact of a change without labels, which each side has of its own."""
    return tuple(getattr(part, "iri", str(part)) for part in change.fact)


lines = st.sets(st.sampled_from(sorted(f"{quad} ." for quad in OLD.quads)), max_size=40)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines, lines)
def test_the_difference_applied_gives_the_new_release(less, other):
    """Without the gone quads and with the added ones the old release is the new one, and back."""
    everything = {f"{quad} ." for quad in OLD.quads}
    old, new = everything - less, everything - other
    sides = [Release("x", parse("\n".join(side), format=RdfFormat.N_QUADS)) for side in (old, new)]
    there, back = (
        compare(*sides, only=["facts", "things", "terms"]),
        compare(*reversed(sides), only=["facts", "things"]),
    )

    assert (old - set(there.gone)) | set(there.added) == new
    assert (there.gone, there.added) == (back.added, back.gone)
    mirror = {"added": "gone", "gone": "added", "status": "status", "support": "support"}
    assert sorted((mirror[c.kind], *_terms(c)) for c in there.facts) == sorted(
        (c.kind, *_terms(c)) for c in back.facts
    )
    assert [thing.iri for thing in there.things.added] == [thing.iri for thing in back.things.gone]


def test_rules_used():
    """The small releases are built by rules of the project, so that what they entail is real."""
    assert sorted(rule.name for rule in rules()) == sorted(small_graph.RULES)
