"""Between which days a tenure began and ended, as far as its source knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ukjapan_graph.data.bounds import span_of
from ukjapan_graph.data.turtle import XSD
from ukjapan_graph.namespaces import PREFIXES

_UKJ = PREFIXES["ukj"]
_XSD_DATE = NamedNode(XSD + "date")
_FROM, _UNTIL, _SOURCE_DATE = (NamedNode(_UKJ + n) for n in ("tenureFrom", "tenureUntil", "sourceDate"))


def tenure_bounds(quads: Iterable[Quad]) -> set[Triple]:
    """First and last day on which each tenure can have begun, and can have ended, as ``xsd:date``.

    A tenure stands in the graph of its source. Where that gives no end, the holder is known in office until
    the first day of the source's own date, and nothing says when it ended: it has an earliest end, but no
    latest one. Where the source has no date either, or one before the start, it has neither.
    """
    quads = list(quads)
    dated = {quad.subject: quad.object for quad in quads if quad.predicate == _SOURCE_DATE}
    starts = {quad.subject: quad for quad in quads if quad.predicate == _FROM}
    ends = {quad.subject: quad.object for quad in quads if quad.predicate == _UNTIL}
    found: set[Triple] = set()
    for tenure, quad in starts.items():
        start = _span(quad.object)
        if start is None:
            continue
        days = {"earliestStart": start[0], "latestStart": start[1]}
        end = _span(ends.get(tenure))
        if end is not None:
            days |= {"earliestEnd": end[0], "latestEnd": end[1]}
        elif tenure not in ends and (known := _span(dated.get(quad.graph_name))) and known[0] >= start[0]:
            days["earliestEnd"] = known[0]
        found |= {
            Triple(tenure, NamedNode(_UKJ + name), Literal(day.isoformat(), datatype=_XSD_DATE))
            for name, day in days.items()
        }
    return found


def _span(value: object) -> tuple[date, date] | None:
    return span_of(value) if isinstance(value, Literal) else None
