"""Changes in words."""

from two_releases import queries, release
from ukjapan_graph.changes.comparison import compare
from ukjapan_graph.changes.telling import tell

OLD = release()
BUILDS_ON, SIGNED_BY = queries()


def sections(old, new, **more):
    """The story as title to items."""
    return {section.title: list(section.items) for section in tell(compare(old, new, **more)).sections}


def test_nothing():
    """Where nothing changed, that is all there is to tell."""
    story = tell(compare(OLD, release()))

    assert (story.summary, story.sections) == ("Nothing changed.", ())
    assert story.title.startswith("From small.nq (0.1.0, ")


def test_version():
    """The version comes first: how great a change, which number it raises, why, and what is declared."""
    new = release({"rdfs:subPropertyOf ukj:restsOn": "rdfs:seeAlso ukj:restsOn"})
    title, (asked, declared) = next(iter(sections(OLD, new).items()))

    assert title == "Version"
    assert asked == (
        "a major change; below 1.0.0 it raises the minor number (SemVer, 4): 0.2.0 or later",
        (
            "because the same facts entail one less: Harbour Accord → rests on → Ferry Pact",
            "because the axioms on a term changed: builds on",
            "because a fact is gone: Harbour Accord → rests on → Ferry Pact",
        ),
    )
    assert declared.line == "declared: 0.1.0 → 0.1.0"
    assert declared.below[0].startswith("0.1.0 is too small")


def test_summary():
    """The summary counts in the singular and the plural; words and addresses alone are not counted."""
    more = "passage:gazette.S10 { place:lighthouse ukj:seenFrom state:eastport , state:westport . }"

    assert tell(compare(OLD, release(more=more))).summary == "2 facts added."
    assert (
        tell(compare(OLD, release({"grade:weak ;": "grade:strong ;"}))).summary
        == "1 fact with another status."
    )
    assert (
        tell(compare(OLD, release({"ukj:start 50": "ukj:start 55"}))).summary
        == "Only words, addresses or counts changed."
    )


def test_what_the_ontology_does_is_told_with_the_terms():
    """A fact that follows by a new axiom is told once, under the terms."""
    new = release(more="graph:ontology { ukj:signedOn rdfs:subPropertyOf ukj:inForceFrom . }")
    found = sections(OLD, new)

    assert found["Newly follows from the same facts"] == [
        ("in force from (1)", ("Ferry Pact → in force from → 1903-04-30",))
    ]
    assert "New: following by rules" not in found
    assert found["Changed axioms and rules"] == [
        ("signed on (ukj:signedOn)", ("sub property of, now: ukj:inForceFrom",))
    ]
    assert "New: following by rules" in sections(OLD, new, only=["facts"])


def test_things():
    """New things stand by kind; a renaming has both labels; an address both values."""
    found = sections(
        OLD,
        release(
            {'"Harbour Accord"@en': '"Harbour Treaty"@en', "ukj:start 50": "ukj:start 55"},
            more='graph:entities { place:pier skos:prefLabel "the pier"@en . }',
        ),
    )

    assert found["New things"] == [("1 place", ("the pier (place:pier)",))]
    assert found["Renamed"] == [("Harbour Accord → Harbour Treaty (instrument:harbour-accord)", ())]
    assert found["Moved in the documents"] == [("Gazette 1903, 2 (passage:gazette.S2)", ("start: 50 → 55",))]


def test_terms():
    """New terms stand by kind, a class or property with its axioms."""
    found = sections(
        OLD, release(more="graph:ontology { ukj:Pact a owl:Class ; rdfs:subClassOf ukj:Agreement . }")
    )

    assert found["New terms"] == [("1 class", ("ukj:Pact: owl:Class, subClassOf ukj:Agreement",))]


def test_answers():
    """An answer has its question, what was asked for, and the rows; a query what no longer holds of it."""
    narrow = SIGNED_BY._replace(parameters=SIGNED_BY.parameters[:1], summary="What was signed?")
    almanac = "passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }"
    found = sections(OLD, release({almanac: ""}, with_queries=(BUILDS_ON, narrow)))

    assert found["Answers changed"] == [
        ("What builds on an instrument? (builds-on)", ("gone: Harbour Accord · – · Almanac, 1",))
    ]
    assert found["Saved queries changed"] == [
        ("signed-by", ("no longer as before: the parameter word is gone", "written otherwise: summary"))
    ]


def test_a_changed_row():
    """A row on another ground has what stayed, and what was and is."""
    gazette = "passage:gazette.S2 { instrument:harbour-accord ukj:buildsOn"
    almanac = "passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }"
    old = release({almanac: ""})
    new = release({almanac: "", gazette: gazette.replace("S2", "S10")})

    assert sections(old, new)["Answers changed"][0].below == (
        "Harbour Accord · –: where: Gazette 1903, 2 → Gazette 1903, 10",
    )


def test_notes():
    """What was not compared comes last."""
    found = sections(release(carried=False), OLD)

    assert list(found)[-1] == "Not compared"
