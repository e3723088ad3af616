"""What the documents, and what outside sources, say of when something happened."""

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode

from small_world import CORPUS, OUTSIDE, node, world
from ukjapan_graph.linking.outside import dates
from ukjapan_graph.linking.outside.spans import Span
from ukjapan_graph.namespaces import PREFIXES

SUMMIT = node("event:summit")


def span(first, last):
    """The days from ``first`` to ``last``, given as in 1903-05-01."""
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def partial(text):
    """A date without a year."""
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + "gMonthDay"))


def dated(*facts, graph="passage:log.S2"):
    """A world in which ``graph`` says ``facts`` of the summit."""
    return world(CORPUS, OUTSIDE, *(f"{graph} {{ event:summit {fact} . }}" for fact in facts))


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        (
            ['ukj:date "1903"^^xsd:gYear', 'ukj:date "1903-05"^^xsd:gYearMonth'],
            span("1903-05-01", "1903-05-31"),
        ),
        (
            ['ukj:date "1903-05-01"^^xsd:date', 'ukj:date "1904-02-03"^^xsd:date'],
            span("1903-05-01", "1904-02-03"),
        ),
        (['ukj:date "soon"', 'ukj:date "1903"^^xsd:gYear'], span("1903-01-01", "1903-12-31")),
        (
            ['ukj:earliest "1903-01-01"^^xsd:date', 'ukj:latest "1903-02-01"^^xsd:date'],
            span("1903-01-01", "1903-02-01"),
        ),
        (['ukj:earliest "1903-01-01"^^xsd:date'], None),
        (["a ukj:Meeting"], None),
    ],
)
def test_days_in_corpus(facts, days):
    """Days common to all dates; of dates that do not agree the whole stretch; else what is between both bounds."""
    assert dates.days_in_corpus(dated(*facts), SUMMIT) == days


def test_outside_dates_are_no_dates_of_the_corpus():
    """What an outside source says is told apart, and the other way round."""
    store = dated('ukj:date "1903-05-01"^^xsd:date', graph="outside:almanac")
    assert (dates.days_in_corpus(store, SUMMIT), dates.stated(store, SUMMIT)) == (None, [])
    assert [str(said.span) for said in dates.outside(store, SUMMIT)] == ["1903-05-01"]
    assert dates.outside(dated('ukj:date "1903-05-01"^^xsd:date'), SUMMIT) == []


def test_of_several_bounds_the_narrowest():
    """A bound may be a month or a year by mistake: its first and last day count, and what is no date does not."""
    store = dated(
        'ukj:earliest "1903-01-02"^^xsd:date , "1903"^^xsd:gYear , "early"',
        'ukj:latest "1904"^^xsd:gYear , "1904-11-30"^^xsd:date',
    )
    assert dates.bounds_in_corpus(store, SUMMIT) == span("1903-01-02", "1904-11-30")


@pytest.mark.parametrize("bounds", [("earliest",), ("latest",), ("earliest", "latest")])
def test_what_only_inferences_bound_is_inferred(bounds):
    """One bound is enough; a word of a passage makes it said; where nothing says when, nothing is inferred."""
    facts = [f'ukj:{name} "1903-02-02"^^xsd:date' for name in bounds]
    assert dates.is_inferred(dated(*facts, graph="graph:inferences"), SUMMIT)
    assert not dates.is_inferred(dated(*facts), SUMMIT)
    assert not dates.is_inferred(dated(), SUMMIT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("--01-21", "21 January"),
        ("--12", "December"),
        ("--13-21", "--13-21"),
        ("--00", "--00"),
        ("1903", "1903"),
    ],
)
def test_in_words(text, words):
    """A day or month as people write it; what is none stays as it is."""
    assert dates.in_words(partial(text)) == words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("--01-21", ["1904-01-21", "1905-01-21"]),
        ("--02-29", ["1904-02-29"]),
        ("--06", ["1903-06-15 to 1903-06-30", "1904-06-01 to 1904-06-30"]),
        ("--02-30", []),
        ("--13", []),
        ("1904", []),
    ],
)
def test_in_years(text, days):
    """One stretch of days for each year, cut to the days looked at; none for a day that no year has."""
    assert [str(day) for day in dates.in_years(partial(text), span("1903-06-15", "1905-01-31"))] == days


def test_without_an_end_there_are_no_years_to_tell():
    """Of endless days nobody can list the years."""
    assert dates.in_years(partial("--01-21"), Span(date(1903, 1, 1), None)) == []


def test_likenesses_from_either_side():
    """An inference that two events are one is told of both, with its grade."""
    store, fair = world(CORPUS), node("event:first-fair")
    told = [dates.likenesses(store, event) for event in (SUMMIT, fair)]
    assert [[(like.event, like.grade) for like in found] for found in told] == [
        [(fair, "strong")],
        [(SUMMIT, "strong")],
    ]
