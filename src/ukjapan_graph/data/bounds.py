"""First and last day of a date that may be only a month or a year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from ukjapan_graph.data.turtle import XSD
from ukjapan_graph.namespaces import PREFIXES

DATE, EARLIEST, LATEST = (NamedNode(PREFIXES["ukj"] + name) for name in ("date", "earliest", "latest"))

_XSD_DATE = NamedNode(XSD + "date")
_FORMS = {
    XSD + "date": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    XSD + "gYearMonth": re.compile(r"([0-9]{4})-([0-9]{2})"),
    XSD + "gYear": re.compile(r"([0-9]{4})"),
}


def date_bounds(triples: Iterable[Triple]) -> set[Triple]:
    """First and last day of each ``?s ukj:date ?d``, as ``ukj:earliest`` and ``ukj:latest`` (``xsd:date``).

    ``?d`` is an ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear`` of the years 0001 to 9999 without time
    zone; anything else gets no bounds. A bound that is there already stays the only one. Of several dates
    the bounds are those of their :func:`stretch`.
    """
    triples = list(triples)
    curated = {(t.subject, t.predicate) for t in triples if t.predicate in (EARLIEST, LATEST)}
    spans: dict = {}
    for triple in triples:
        if triple.predicate == DATE and isinstance(triple.object, Literal):
            span = span_of(triple.object)
            if span:
                spans.setdefault(triple.subject, []).append(span)
    found = set()
    for subject, days in spans.items():
        for predicate, day in zip((EARLIEST, LATEST), stretch(days), strict=True):
            if (subject, predicate) not in curated:
                found.add(Triple(subject, predicate, Literal(day.isoformat(), datatype=_XSD_DATE)))
    return found


def stretch(spans: Collection[tuple[date, date]]) -> tuple[date, date]:
    """First and last of the days common to all ``spans``; where there are none, of all the days from the first
    to the last."""
    firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
    first, last = max(firsts), min(lasts)
    return (first, last) if first <= last else (min(firsts), max(lasts))


def span_of(literal: Literal) -> tuple[date, date] | None:
    """First and last day of the day, month or year that ``literal`` names; None where it names none."""
    form = _FORMS.get(literal.datatype.value)
    match = form.fullmatch(literal.value) if form else None
    if not match:
        return None
    year, *rest = map(int, match.groups())
    try:
        if len(rest) == 2:
            day = date(year, *rest)
            return day, day
        if rest:
            return date(year, rest[0], 1), date(year, rest[0], calendar.monthrange(year, rest[0])[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:  # no such day, month (IllegalMonthError is a ValueError) or year
        return None
