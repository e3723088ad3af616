"""Changed facts in words."""

from two_releases import release
from ukjapan_graph.changes.facts import compare
from ukjapan_graph.changes.telling_facts import counted, sections

OLD = release()
STATEMENT = """passage:gazette.S10 {{
  statement:gazette.{} a ukj:Expectation ; ukj:gloss "{}"@en ; ukj:holder person:ada-quay ;
    ukj:force force:hoped ; ukj:about instrument:tide-table . }}
"""


def told(old, new):
    """Title to items of the sections that are not empty."""
    found = sections(compare(old, new))
    return {section.title: [tuple(item) for item in section.items] for section in found if section.items}


def test_by_passage():
    """New facts stand under the passage that states them, in document order; backwards they are gone."""
    new = release(
        more="""
        passage:gazette.S10 { place:lighthouse ukj:seenFrom state:eastport . }
        passage:gazette.S2 { place:lighthouse ukj:seenFrom state:westport . }
        """
    )
    expected = [
        ("Gazette 1903, 2", ("the lighthouse → seen from → Westport",)),
        ("Gazette 1903, 10", ("the lighthouse → seen from → Eastport",)),
    ]

    assert told(OLD, new) == {"New: stated by passages": expected}
    assert told(new, OLD) == {"Gone: stated by passages": expected}


def test_a_statement_is_one_line():
    """A new statement is told by its gloss, with its force and whose it is."""
    new = release(more=STATEMENT.format("S10-2", "More is hoped for."))

    assert told(OLD, new)["New: stated by passages"] == [
        ("Gazette 1903, 10", ("More is hoped for. [hoped; Ada Quay]",))
    ]


def test_what_another_passage_adds_to_statements():
    """Facts that a passage adds to statements of another are told once for all of them."""
    two = STATEMENT.format("S10-2", "More.") + STATEMENT.format("S10-3", "Less.")
    more = "passage:gazette.S2 {{ statement:gazette.{} ukj:voice person:ada-quay . }}"
    new = release(more=two + more.format("S10-2") + more.format("S10-3"))
    one = release(more=more.format("S10"))

    assert told(OLD, new)["New: stated by passages"][0] == (
        "Gazette 1903, 2",
        ("voice → Ada Quay: of 2 statements",),
    )
    assert told(OLD, one)["New: stated by passages"] == [
        ("Gazette 1903, 2", ("A night ferry is hoped for. → voice → Ada Quay",))
    ]


def test_another_status():
    """Another status is told with what it was and is, and where; a document is named once."""
    held = "graph:entities { place:lighthouse ukj:seenFrom state:eastport . }"
    more = held + "".join(
        f"passage:gazette.S{n} {{ place:lighthouse ukj:seenFrom state:eastport . }}" for n in (1, 2)
    )

    assert told(release(more=held), release(more=more)) == {
        "Facts with another status": [
            (
                "the lighthouse → seen from → Eastport: held → stated",
                ("before: kept among the graph:entities", "now: Gazette 1903, 1; 2"),
            )
        ]
    }


def test_other_grounds():
    """Corroboration gained and lost names the passages."""
    almanac = "passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }"
    title, line = "Facts on other grounds", "Harbour Accord → builds on → Ferry Pact: stated"

    assert told(OLD, release({almanac: ""})) == {title: [(line, ("no longer: Almanac, 1",))]}
    assert told(release({almanac: ""}), OLD) == {title: [(line, ("also: Almanac, 1",))]}


def test_other_premises():
    """An inference or silence that is still there is told by the passages that came or went."""
    edits = {
        "ukj:premise passage:gazette.S10 , passage:gazette.S1": "ukj:premise passage:gazette.S10",
        "ukj:nearestPassage passage:gazette.S1": "ukj:nearestPassage passage:almanac.S1",
    }

    assert told(OLD, release(edits)) == {
        "Facts on other grounds": [
            (
                "Night Protocol → builds on → Ferry Pact: inferred (weak)",
                ("premise, no longer: Gazette 1903, 1",),
            ),
            (
                "Ferry Pact → in force from → anything: not stated",
                ("nearest passage, no longer: Gazette 1903, 1", "nearest passage, also: Almanac, 1"),
            ),
        ]
    }


def test_inferred_and_not_stated():
    """An inference has its grade and premises, a silence its gloss and the nearest passages."""
    new = release(
        more="""
        graph:inferences { inference:two a ukj:Inference ; ukj:subject instrument:tide-table ;
          ukj:predicate ukj:buildsOn ; ukj:object instrument:ferry-pact ; ukj:grade grade:weak ;
          ukj:premise passage:gazette.S2 . }
        graph:silences { silence:two a ukj:Silence ; ukj:subject instrument:tide-table ;
          ukj:predicate ukj:signedOn ; ukj:gloss "Nobody says when."@en ; ukj:nearestPassage passage:gazette.S1 . }
        """
    )

    assert told(OLD, new) == {
        "New: inferred": [
            ("Tide Table, or: a | pipe → builds on → Ferry Pact (weak)", ("from: Gazette 1903, 2",))
        ],
        "New: not stated": [("Nobody says when.", ("nearest: Gazette 1903, 1",))],
    }


def test_by_property():
    """What the project keeps, and what follows by rules, stands by property with its number."""
    new = release(
        more="""
        graph:entities { instrument:pier-deed a ukj:Agreement ; ukj:between state:eastport , state:westport . }
        """
    )
    found = told(OLD, new)

    assert [line for line, _ in found["New: kept by the project"]] == ["between (2)", "is a (1)"]
    assert found["New: following by rules"] == [("is a (1)", ("instrument:pier-deed → is a → instrument",))]


def test_counted():
    """A number goes with the singular or the plural."""
    assert (counted(1, "class"), counted(2, "class"), counted(0, "fact")) == (
        "1 class",
        "2 classes",
        "0 facts",
    )
