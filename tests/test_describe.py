"""What there is on one thing."""

import pytest
from pyoxigraph import NamedNode

import small_graph
from ukjapan_graph.answering.describe import Outside, describe, quads_about
from ukjapan_graph.answering.names import find
from ukjapan_graph.answering.views import open_view
from ukjapan_graph.namespaces import THINGS, expand


@pytest.fixture(scope="module")
def store():
    """The small dataset."""
    return small_graph.store()


def described(store, name):
    """The description of the thing with this prefixed name."""
    return describe(store, NamedNode(expand(name)))


def test_identity(store):
    """Types, notes and what the entities' file says come without names and without entailed types."""
    pact, accord = described(store, "instrument:ferry-pact"), described(store, "instrument:harbour-accord")

    assert [kind.label for kind in pact.types] == ["agreement"]
    assert pact.notes == ("Between two towns.",)
    assert [fact.object.label for fact in pact.identity] == ["Eastport", "Westport"]
    assert [kind.label for kind in accord.types] == ["agreement"]


def test_names(store):
    """The names that passages use come in the order of their first use, each with its passages."""
    names = [
        (name.name, [p.label for p in name.passages])
        for name in described(store, "instrument:ferry-pact").names
    ]

    assert names == [
        ("the Boat Treaty", ["Gazette 1903, 1", "Gazette 1903, 2"]),
        ("that paper", ["Gazette 1903, 2"]),
    ]


def test_passages_in_order(store):
    """Each passage that says something comes in document order with its status; a reading has a reason."""
    passages = described(store, "instrument:ferry-pact").passages

    assert [(p.passage.label, p.status) for p in passages] == [
        ("Gazette 1903, 1", "stated"),
        ("Gazette 1903, 2", "stated"),
        ("Gazette 1903, 2 (reading)", "entailed"),
        ("Gazette 1903, 10", "stated"),
        ("Almanac, 1", "stated"),
    ]
    assert passages[2].reason == "Whoever grows out of a thing comes after it."
    assert [str(fact) for fact in passages[1].facts] == ["Harbour Accord → builds on → Ferry Pact"]


def test_statement_is_no_fact(store):
    """What is only said is shown by its gloss, force and holder, once, and not as facts."""
    hope = described(store, "instrument:night-protocol").passages[0]

    (statement,) = hope.statements
    assert hope.facts == ()
    assert (statement.gloss, statement.force) == ("A night ferry is hoped for.", "hoped")
    assert [holder.label for holder in statement.holders] == ["Ada Quay"]


def test_statement_itself(store):
    """Of a statement itself the facts are shown."""
    (passage,) = described(store, "statement:gazette.S10").passages

    assert passage.statements == ()
    assert {fact.predicate.label for fact in passage.facts} >= {"holder", "force", "about", "is a"}


def test_not_asserted(store):
    """Inferences and silences come with their subject, their object, and the passages they rest on."""
    names = ["instrument:ferry-pact", "instrument:night-protocol", "passage:gazette.S1"]
    found = [described(store, name) for name in names]

    assert [[i.name.name for i in d.inferences] for d in found] == [["inference:night-on-pact"]] * 3
    assert [[s.name.name for s in d.silences] for d in found] == [
        ["silence:pact-in-force"],
        ["silence:night-on-accord"],
        ["silence:pact-in-force"],
    ]


def test_entailed(store):
    """What follows is shown from either end, but not mentions, types, and what only widens another fact."""
    pact, accord, ada = (
        described(store, name)
        for name in ("instrument:ferry-pact", "instrument:harbour-accord", "person:ada-quay")
    )

    assert [str(fact) for fact in pact.entailed] == ["Ferry Pact → signed by → Ada Quay"]
    assert [str(fact) for fact in ada.entailed] == ["Ferry Pact → signed by → Ada Quay"]
    assert accord.entailed == ()


def test_passage_itself(store):
    """Of a passage everything it says is shown, and what follows from it."""
    passages = described(store, "passage:gazette.S2").passages

    assert [(p.passage.name, [str(f) for f in p.facts]) for p in passages] == [
        ("passage:gazette.S2", ["Harbour Accord → builds on → Ferry Pact"]),
        ("reading:gazette.S2", ["Harbour Accord → follows → Ferry Pact"]),
    ]


def test_where_to_read_it(store):
    """A document, and what is in it, tell where the public can read it; another document's, or a thing, do not."""
    where = "https://gazette.example/1903"
    copies = {
        name: describe(store, NamedNode(THINGS + name)).copy
        for name in (
            "document/gazette",
            "passage/gazette.S1",
            "passage/almanac.S1",
            "instrument/harbour-accord",
        )
    }

    assert copies == {
        "document/gazette": where,
        "passage/gazette.S1": where,
        "passage/almanac.S1": "",
        "instrument/harbour-accord": "",
    }


def test_thing_nobody_speaks_of(store):
    """A thing of which no passage speaks has an empty description."""
    d = described(store, "place:lighthouse")

    assert (d.types, d.names, d.passages, d.inferences, d.silences) == ((), (), (), (), ())


def test_quads_about(store):
    """The quads of a thing are those with it at either end, each once, sorted."""
    pact = NamedNode(expand("instrument:ferry-pact"))

    quads = quads_about(store, pact)

    assert quads == sorted(set(quads), key=str)
    assert all(pact in (quad.subject, quad.object) for quad in quads)


def test_outside_sources_come_last():
    """In the world view what outside sources say follows the passages, by their date, with address and status."""
    store = open_view("world")
    found = describe(store, find(store, "second-2plus2")).passages
    outside = [one for one in found if isinstance(one, Outside)]
    assert found[-len(outside) :] == tuple(outside)
    assert [(one.passage.name, one.status) for one in outside] == [("outside:mofa-2plus2-2016", "external")]
    assert outside[0].address == "https://www.mofa.go.jp/erp/we/gb/page4e_000368.html"
    assert not any(isinstance(one, Outside) for one in describe(open_view(), find(store, "raa")).passages)
