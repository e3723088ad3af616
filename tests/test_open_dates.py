"""Dates without a year, and the years that tenures leave of them."""

import pytest

from small_world import CORPUS, OUTSIDE, world
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.open_dates import open_dates
from ukjapan_graph.linking.outside.tenures import Tenures

#: The mayor without an end, which leaves the summit without one too.
ENDLESS = OUTSIDE.replace(' ; ukj:tenureUntil "1904-12-31"^^xsd:date', "")


def told(*parts):
    """The one open date of a small world."""
    store = world(*parts)
    (line,) = open_dates(store, Tenures(store))
    return line


def infer(*facts):
    """What is inferred of when the news of the summit was."""
    return "graph:inferences {" + "".join(f" event:summit-news {fact} ." for fact in facts) + "}"


def test_a_tenure_without_an_end():
    """Years are told up to the last day that a source knows of, and that there may be later ones."""
    line = told(CORPUS, ENDLESS.replace('"1905"^^xsd:gYear', '"1907"^^xsd:gYear'))
    assert line.verdict == lines.OPEN
    assert line.outcome == (
        "where all shown in office held it (from 1903-02-01 on): 1904-01-21, 1905-01-21, 1906-01-21 or a later year"
    )


def test_a_second_tenure_without_an_end():
    """Who comes back into office, and is there still, may be meant by either time."""
    again = """outside:almanac { tenure:ada-again a ukj:Tenure ; ukj:tenureOf person:ada-quay ;
      ukj:tenureIn office:mayor ; ukj:tenureFrom "1910-01-01"^^xsd:date . }"""
    line = told(CORPUS, OUTSIDE, again)
    assert line.outcome.endswith(
        "(1903-02-01 to 1904-12-31 or from 1910-01-01 on): 1904-01-21, 1910-01-21 or a later year"
    )


def test_a_tenure_that_began_on_29_february():
    """A day that the next year does not have is no hindrance."""
    line = told(CORPUS, ENDLESS.replace('"1902-03-01"', '"1904-02-29"'))
    assert line.outcome.endswith("(from 1904-02-29 on): 1905-01-21 or a later year")


def test_a_29_february_without_a_year():
    """The next one may be years after all that is known; it is no contradiction."""
    line = told(CORPUS.replace("--01-21", "--02-29"), ENDLESS.replace('"1902-03-01"', '"1904-03-01"'))
    assert line.verdict == lines.OPEN
    assert line.outcome.endswith(": 1908-02-29 or a later year")


def test_the_documents_own_bounds_narrow_what_has_no_end():
    """Where something says how late it was at the latest, no later year is left."""
    line = told(CORPUS, ENDLESS, infer('ukj:latest "1905-06-01"^^xsd:date'))
    assert line.outcome == (
        "where all shown in office held it (from 1903-02-01 on): 1904-01-21, 1905-01-21 or a later year; "
        "of these within what the documents let infer: 1904-01-21 or 1905-01-21"
    )
    later = told(CORPUS, ENDLESS, infer('ukj:earliest "1907-01-01"^^xsd:date'))
    assert (later.verdict, later.outcome[-14:]) == (lines.OPEN, ": a later year")


def test_bounds_that_leave_no_year():
    """Where the documents' own bounds leave none of the years, that is a finding."""
    line = told(CORPUS, OUTSIDE, infer('ukj:earliest "1904-02-01"^^xsd:date'))
    assert line.verdict == lines.CONFLICT
    assert line.outcome.endswith("within what the documents let infer: none")


@pytest.mark.parametrize(("day", "verdict"), [("1912-01-21", lines.OPEN), ("1912-01-22", lines.CONFLICT)])
def test_an_outside_date_after_all_that_sources_know(day, verdict):
    """A tenure without an end reaches to whatever day an outside source has for the event."""
    line = told(CORPUS, ENDLESS, f'outside:almanac {{ event:summit ukj:date "{day}"^^xsd:date . }}')
    assert line.verdict == verdict


@pytest.mark.parametrize("day", ["--13-21", "--02-30"])
def test_a_day_that_no_year_has(day):
    """What is no day is no day in any year, with or without an end of the tenures."""
    for outside in (OUTSIDE, ENDLESS):
        line = told(CORPUS.replace("--01-21", day), outside)
        assert (line.verdict, "no such day" in line.outcome) == (lines.CONFLICT, True)


def test_whom_outside_does_not_know():
    """A person without a tenure outside narrows nothing, and is named."""
    line = told(CORPUS, OUTSIDE.replace("person:ben-mole ;", "person:somebody ;"))
    assert "(1902-03-01 to 1904-12-31): 1903-01-21 or 1904-01-21; outside is silent on " in line.outcome
    nobody = told(
        CORPUS, OUTSIDE.replace("person:ben-mole ;", "person:a ;").replace("person:ada-quay ;", "person:b ;")
    )
    assert (nobody.verdict, nobody.tenures) == (lines.SILENT, ())


def test_a_date_with_a_year_is_not_open():
    """Where a passage gives the whole date too, there is nothing to work out."""
    store = world(CORPUS, OUTSIDE, 'passage:log.S2 { event:summit-news ukj:date "1904-01-21"^^xsd:date . }')
    assert list(open_dates(store, Tenures(store))) == []
