"""First and last days."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from small_project import HEADER
from ukjapan_graph.data import bounds, entailment
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.namespaces import PREFIXES, shorten

XSD = PREFIXES["xsd"]


def quads(body):
    """Quads of the TriG ``body``."""
    return parse_bytes((HEADER + body).encode(), Path("x.trig"))


def entailed(body):
    """What is entailed without any rule, as short triples in order."""
    found = entailment.entail(quads(body), [])
    return [f"{shorten(q.subject.value)} {shorten(q.predicate.value)} {q.object.value}" for q in found]


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [
        ('"2017-01-26"^^xsd:date', "2017-01-26", "2017-01-26"),
        ('"2016-02"^^xsd:gYearMonth', "2016-02-01", "2016-02-29"),
        ('"2015-02"^^xsd:gYearMonth', "2015-02-01", "2015-02-28"),
        ('"1900-02"^^xsd:gYearMonth', "1900-02-01", "1900-02-28"),
        ('"2000-02"^^xsd:gYearMonth', "2000-02-01", "2000-02-29"),
        ('"2015-12"^^xsd:gYearMonth', "2015-12-01", "2015-12-31"),
        ('"2015"^^xsd:gYear', "2015-01-01", "2015-12-31"),
    ],
)
def test_dates_have_bounds(date, earliest, latest):
    """A day is its own bounds; a month and a year have their first and last day, leap years included."""
    assert entailed(f"passage:h.S1 {{ event:a ukj:date {date} }}") == [
        f"event:a ukj:earliest {earliest}",
        f"event:a ukj:latest {latest}",
    ]


@pytest.mark.parametrize(
    "date",
    [
        '"2017-02-30"^^xsd:date',
        '"2017-13"^^xsd:gYearMonth',
        '"0000"^^xsd:gYear',
        '"2017"',
        '"2017Z"^^xsd:gYear',
        "event:b",
    ],
)
def test_what_is_no_date_has_no_bounds(date):
    """An impossible day, a plain string, a time zone or a thing gives no bounds and no error."""
    assert entailed(f"passage:h.S1 {{ event:a ukj:date {date} }}") == []


def test_curated_bounds_stay_the_only_ones():
    """A bound that a source gives, inferred or stated, is kept, and only the other one is computed."""
    facts = """passage:h.S1 { event:a ukj:date "2004"^^xsd:gYear ; ukj:latest "2004-06-30"^^xsd:date .
        event:b ukj:date "2004"^^xsd:gYear }
      graph:inferences { event:b ukj:earliest "2004-03-01"^^xsd:date }"""
    assert entailed(facts) == ["event:a ukj:earliest 2004-01-01", "event:b ukj:latest 2004-12-31"]


def test_several_dates_narrow_or_widen():
    """Dates that agree bound by what they share; dates that do not, by the whole stretch."""
    facts = """passage:h.S1 { event:a ukj:date "2004"^^xsd:gYear . event:b ukj:date "2004"^^xsd:gYear }
      passage:h.S2 { event:a ukj:date "2004-02-03"^^xsd:date . event:b ukj:date "2006-05"^^xsd:gYearMonth }"""
    assert entailed(facts) == [
        "event:a ukj:earliest 2004-02-03",
        "event:a ukj:latest 2004-02-03",
        "event:b ukj:earliest 2004-01-01",
        "event:b ukj:latest 2006-05-31",
    ]


@given(st.dates(), st.sampled_from([("date", 10), ("gYearMonth", 7), ("gYear", 4)]))
def test_every_day_lies_within_its_bounds(day, form):
    """Each day lies within the bounds of its month and year, which lie in that month and year."""
    kind, length = form
    first, last = bounds.span_of(Literal(day.isoformat()[:length], datatype=NamedNode(XSD + kind)))
    assert first <= day <= last
    assert first.isoformat()[:length] == last.isoformat()[:length] == day.isoformat()[:length]


def test_bounds_are_made_once_for_equal_dates():
    """The same date in two passages gives one bound each way."""
    fact = 'event:a ukj:date "2004"^^xsd:gYear'
    made = entailment.entail(quads(f"passage:h.S1 {{ {fact} }} passage:h.S2 {{ {fact} }}"), [])
    assert len(made) == len(set(made)) == 2
