"""Stretches of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph.linking.outside.spans import Span, common, joined

DAYS = st.dates(date(1903, 1, 1), date(1903, 3, 1))


def span(first, last):
    """A span of days of January 1903; without end where ``last`` is None."""
    return Span(date(1903, 1, first), date(1903, 1, last) if last else None)


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [
        (span(1, 5), span(5, 9), span(5, 5)),
        (span(1, 5), span(6, 9), None),
        (span(1, None), span(6, 9), span(6, 9)),
        (span(1, None), span(6, None), span(6, None)),
    ],
)
def test_what_two_spans_have_in_common(left, right, met):
    """The days of both, the same from either side, ends included."""
    assert (met, met) == (left.meet(right), right.meet(left))


def test_spans_that_touch_are_one():
    """A tenure that ends on the day, or the day before, another begins goes on; a day between parts them."""
    assert joined([span(6, 9), span(1, 5)]) == [span(1, 9)]
    assert joined([span(1, 5), span(5, None)]) == [span(1, None)]
    assert joined([span(1, 5), span(7, 9)]) == [span(1, 5), span(7, 9)]
    assert joined([Span(date(9999, 12, 30), date.max), Span(date.max, date.max)]) == [
        Span(date(9999, 12, 30), date.max)
    ]


def test_spans_in_words():
    """One day, a stretch, and one without end."""
    assert [str(span(1, 1)), str(span(1, 2)), str(span(1, None))] == [
        "1903-01-01",
        "1903-01-01 to 1903-01-02",
        "from 1903-01-01 on",
    ]


@given(st.lists(st.tuples(DAYS, DAYS), max_size=5), st.lists(st.tuples(DAYS, DAYS), max_size=5), DAYS)
def test_no_day_is_lost_or_made(left, right, day):
    """A day is in the joined spans where it was in one of them, and in the common ones where in both."""
    one, two = ([Span(*sorted(pair)) for pair in pairs] for pairs in (left, right))
    in_one, in_two = (any(day in part for part in spans) for spans in (one, two))
    assert in_one == any(day in part for part in joined(one))
    assert (in_one and in_two) == any(day in part for part in common(one, two))
