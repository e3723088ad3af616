"""Saved queries of two releases and their answers."""

import pytest

from two_releases import queries, release
from ukjapan_graph.changes.answers import compare, form

OLD = release()
BUILDS_ON, SIGNED_BY = queries()
ALMANAC = "passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }"
GAZETTE = "passage:gazette.S2 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }"


def cells(rows):
    """Rows as text."""
    return [tuple("–" if cell is None else str(cell) for cell in row) for row in rows]


def test_no_change():
    """The same release answers alike."""
    assert not any(compare(OLD, release()))


def test_rows_gained_and_lost():
    """A row more or less is told with the query, what it asks, and the columns."""
    ((change,), (back,)) = (
        compare(*pair).answers for pair in ((OLD, release({ALMANAC: ""})), (release({ALMANAC: ""}), OLD))
    )

    assert (change.query, change.summary) == ("builds-on", "What builds on an instrument?")
    assert (change.columns, change.values) == (("what", "signed", "where"), {})
    assert cells(change.lost) == [("Harbour Accord", "–", "Almanac, 1")]
    assert (change.gained, change.changed, change.rewritten) == ((), (), False)
    assert (back.gained, back.lost) == (change.lost, ())


def test_row_on_another_ground():
    """A row that only another passage states is a changed row."""
    new = release({ALMANAC: "", GAZETTE: GAZETTE.replace("gazette.S2", "gazette.S10")})
    (change,) = compare(release({ALMANAC: ""}), new).answers

    assert [(a[2].label, b[2].label) for a, b in change.changed] == [("Gazette 1903, 2", "Gazette 1903, 10")]
    assert (change.gained, change.lost, change.is_bare) == ((), (), False)


def test_only_reworded():
    """A row with the same words of the same thing put otherwise only says the same in other words."""
    says = BUILDS_ON._replace(
        columns=(("says", ""),),
        text="SELECT ?says WHERE { VALUES ?instrument { instrument:ferry-pact } "
        "?passage ukj:gloss ?says } ORDER BY ?says",
    )
    edits = {'"The pact was signed."@en': '"Signed was the pact."@en'}
    (change,) = compare(release(with_queries=(says,)), release(edits, with_queries=(says,))).answers

    assert change.is_bare
    assert [(str(a[0]), str(b[0])) for a, b in change.reworded] == [
        ("The pact was signed.", "Signed was the pact.")
    ]


def test_cases():
    """A query is also asked for the values of frozen answers that both releases know, and none twice."""
    more = "passage:gazette.S10 { instrument:night-protocol ukj:buildsOn instrument:harbour-accord . }"
    cases = [
        "builds-on--instrument=harbour-accord",
        "builds-on--instrument=ferry-pact",
        "builds-on--instrument=nowhere",
        "no-such-query--x=y",
        "signed-by",
    ]
    found = compare(OLD, release(more=more), cases)

    assert [(c.query, c.values) for c in found.answers] == [("builds-on", {"instrument": "harbour-accord"})]
    assert found.unanswered == ()


def test_added_and_gone():
    """Queries come and go with what they ask."""
    fewer = release(with_queries=(SIGNED_BY,))

    assert compare(fewer, OLD).added == (("builds-on", "What builds on an instrument?"),)
    assert compare(OLD, fewer).gone == (("builds-on", "What builds on an instrument?"),)


def test_without_queries():
    """A release from before there were queries in it has none to compare, and it is said."""
    found = compare(release(with_queries=(), name="old.nq"), OLD)

    assert found.unanswered == ("old.nq carries no saved queries",)
    assert [name for name, _ in found.added] == ["builds-on", "signed-by"]


def test_a_query_that_cannot_be_asked():
    """A query that one release holds in broken form is noted, and the others are compared."""
    broken = BUILDS_ON._replace(text="SELECT ?what WHERE { VALUES ?instrument { 1 }")
    found = compare(release({ALMANAC: ""}, name="old.nq", with_queries=(broken, SIGNED_BY)), OLD)

    assert found.answers == ()
    assert found.unanswered[0].startswith("old.nq: builds-on cannot be asked")


def test_columns_in_common():
    """Rows are compared over the columns that both have."""
    text = BUILDS_ON.text.replace("SELECT ?what ?signed ?where", "SELECT ?what ?where")
    narrow = BUILDS_ON._replace(columns=BUILDS_ON.columns[::2], text=text)
    found = compare(OLD, release(with_queries=(narrow, SIGNED_BY)))

    assert found.answers == ()
    assert found.queries[0].broken == ("the column signed is gone",)


def _columns(*names):
    return {"columns": tuple((name, "") for name in names)}


def _parameter(**changes):
    return {"parameters": (BUILDS_ON.parameters[0]._replace(**changes),)}


@pytest.mark.parametrize(
    ("changes", "broken", "widened", "reworded"),
    [
        ({}, (), (), ()),
        (_columns("what", "signed"), ("the column where is gone",), (), ()),
        (
            _columns("what", "where", "signed"),
            ("the columns stand in another order: what, where, signed",),
            (),
            (),
        ),
        (_columns("what", "signed", "where", "why"), (), ("a column why",), ()),
        (
            _columns("why", "what", "signed", "where"),
            ("columns moved to make room: why, what, signed, where",),
            ("a column why",),
            (),
        ),
        ({"parameters": ()}, ("the parameter instrument is gone",), (), ()),
        (
            _parameter(type="event"),
            ("the parameter instrument takes a value of the type event, not instrument",),
            (),
            (),
        ),
        (
            _parameter(type="entity"),
            (),
            ("the parameter instrument takes a value of the type entity, not instrument",),
            (),
        ),
        (
            _parameter(default="instrument:tide-table"),
            ("the parameter instrument has the default instrument:tide-table, not instrument:ferry-pact",),
            (),
            (),
        ),
        (
            {"parameters": (*BUILDS_ON.parameters, BUILDS_ON.parameters[0]._replace(name="other"))},
            (),
            ("a parameter other",),
            (),
        ),
        (_parameter(about="something"), (), (), ("parameters",)),
        ({"summary": "What?", "text": "SELECT"}, (), (), ("summary", "SPARQL")),
    ],
)
def test_form(changes, broken, widened, reworded):
    """Each change of a query's form breaks something, adds something, or only words it otherwise."""
    assert form(BUILDS_ON, BUILDS_ON._replace(**changes))[1:] == (broken, widened, reworded)
