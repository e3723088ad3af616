"""The bounds that the build gives a tenure."""

import pytest
from pyoxigraph import RdfFormat, parse

from small_project import HEADER
from ukjapan_graph.data.tenures import tenure_bounds


def bounds(body, dated=""):
    """The bounds of the one tenure with the properties ``body``, of a source dated ``dated``."""
    source = f"graph:external {{ outside:almanac a ukj:OutsideSource {dated} . }}"
    text = f"{HEADER}{source} outside:almanac {{ tenure:a a ukj:Tenure ; {body} . }}"
    found = tenure_bounds(parse(text.encode(), format=RdfFormat.TRIG))
    return {t.predicate.value.partition("#")[2]: t.object.value for t in found}


def test_days_stay_days_and_years_get_both_ends():
    """A day bounds from both sides; of a month or year only first and last day are known."""
    assert bounds('ukj:tenureFrom "1903-02"^^xsd:gYearMonth ; ukj:tenureUntil "1904"^^xsd:gYear') == {
        "earliestStart": "1903-02-01",
        "latestStart": "1903-02-28",
        "earliestEnd": "1904-01-01",
        "latestEnd": "1904-12-31",
    }


@pytest.mark.parametrize(
    ("dated", "end"),
    [
        ("", None),
        ('; ukj:sourceDate "1905-06"^^xsd:gYearMonth', "1905-06-01"),
        ('; ukj:sourceDate "1901"^^xsd:gYear', None),
    ],
)
def test_without_an_end_the_source_knows_up_to_its_own_day(dated, end):
    """Where no end is given, nothing says when it ended, and the source vouches only until it was written."""
    found = bounds('ukj:tenureFrom "1903-02-01"^^xsd:date', dated)
    assert (found.get("earliestEnd"), found.get("latestEnd")) == (end, None)


def test_what_is_no_date_bounds_nothing():
    """A start or end that is ill written is left to the shapes."""
    assert bounds('ukj:tenureFrom "May"') == {}
    assert "earliestEnd" not in bounds(
        'ukj:tenureFrom "1903"^^xsd:gYear ; ukj:tenureUntil "soon"', '; ukj:sourceDate "1905"^^xsd:gYear'
    )
