"""Entities, documents and passages of two releases."""

from two_releases import release
from ukjapan_graph.changes.things import compare, rewordings

OLD = release()


def test_no_change():
    """A release compared with itself has the same things."""
    assert not any(compare(OLD, release()))


def test_added_and_gone():
    """A new entity and a new passage are added; read backwards they are gone."""
    new = release(
        more="""
        graph:entities { place:pier skos:prefLabel "the pier"@en . }
        graph:documents { passage:almanac.S2 a ukj:Passage ; ukj:inDocument document:almanac ;
          ukj:start 40 ; skos:prefLabel "Almanac, 2"@en . }
        """
    )

    assert [thing.name for thing in compare(OLD, new).added] == ["passage:almanac.S2", "place:pier"]
    assert [thing.name for thing in compare(new, OLD).gone] == ["passage:almanac.S2", "place:pier"]
    assert compare(OLD, new).gone == ()


def test_renamed():
    """Another English label is a renaming, and no other change."""
    found = compare(OLD, release({'"Harbour Accord"@en': '"Harbour Treaty"@en'}))

    assert [(r.before.label, r.after.label, r.after.name) for r in found.renamed] == [
        ("Harbour Accord", "Harbour Treaty", "instrument:harbour-accord")
    ]
    assert not any((found.added, found.gone, found.readdressed, found.reworded))


def test_another_identifier():
    """A thing that is gone and has come again under its old label was given another identifier."""
    found = compare(OLD, release({"place:lighthouse": "place:light-tower"}))

    assert [(r.before.name, r.after.name) for r in found.renamed] == [
        ("place:lighthouse", "place:light-tower")
    ]
    assert ([t.name for t in found.gone], [t.name for t in found.added]) == (
        ["place:lighthouse"],
        ["place:light-tower"],
    )


def test_another_address():
    """Another range of a passage, or another name used, is told with both values."""
    found = compare(OLD, release({"ukj:start 50": "ukj:start 55", '"that paper"@en': '"this paper"@en'}))

    assert [(c.thing.name, c.property.label, c.gone, c.added) for c in found.readdressed] == [
        ("mention:gazette.S2-2", "name", ("that paper",), ("this paper",)),
        ("passage:gazette.S2", "start", ("50",), ("55",)),
    ]


def test_reworded():
    """Other names, notes, glosses and reasons of what both have are rewordings; labels that follow are not."""
    found = compare(
        OLD,
        release(
            {
                '"Crossing Treaty"@en': '"Crossing Pact"@en',
                '"The pact was signed."@en': '"Signed was the pact."@en',
                '"夜間議定書"@ja': '"夜の議定書"@ja',
            }
        ),
    )

    assert [(c.thing.name, c.gone, c.added) for c in found.reworded] == [
        ("instrument:ferry-pact", ("Crossing Treaty",), ("Crossing Pact",)),
        ("instrument:night-protocol", ("夜間議定書 (ja)",), ("夜の議定書 (ja)",)),
        ("passage:gazette.S1", ("The pact was signed.",), ("Signed was the pact.",)),
    ]
    assert found.renamed == ()


def test_rewordings():
    """A text is followed to what the same thing says now, only where it says one thing before and after."""
    new = release(
        {
            '"The pact was signed."@en': '"Signed was the pact."@en',
            '"Crossing Treaty"@en': '"Crossing Pact"@en , "Boat Pact"@en',
        }
    )

    assert {a.value: b.value for a, b in rewordings(OLD, new).items()} == {
        "The pact was signed.": "Signed was the pact."
    }
