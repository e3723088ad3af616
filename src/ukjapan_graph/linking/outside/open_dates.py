"""Dates that the documents leave open, and the years that outside facts would leave of them.

A day without a year ("21 January") can only lie where everybody who is shown in an office at what happened
held that office. Which years these are is worked out from the tenures; nothing is filled in. Where tenures have
no end, the years are told up to the last day that any source or document speaks of, and that there may be later
ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.grounds import term
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.capacities import capacity
from ukjapan_graph.linking.outside.dates import (
    Said,
    bounds_in_corpus,
    graphs_of,
    in_words,
    in_years,
    likenesses,
    outside,
    stated,
)
from ukjapan_graph.linking.outside.lines import Line
from ukjapan_graph.linking.outside.spans import Span, common
from ukjapan_graph.linking.outside.tenures import Tenure, Tenures, possible


def open_dates(store: Store, tenures: Tenures) -> Iterator[Line]:
    """A line for each thing to which a passage gives a day or month without a year, where somebody is shown in
    an office at it, or at what it announces."""
    given = {quad.subject for quad in store.quads_for_pattern(None, term("partialDate"), None, None)}
    for node in sorted(given, key=str):
        dates = stated(store, node, "partialDate")
        shown = _shown_at(store, node)
        if dates and shown and not any(said.span for said in stated(store, node)):
            yield _line(store, node, dates, shown, tenures)


def _line(store: Store, node: NamedNode, dates: list[Said], shown: list[NamedNode], tenures: Tenures) -> Line:
    held: list[Tenure] = []
    window = [Span(date.min, None)]
    silent = []
    for attestation in shown:
        own = tenures.of(*capacity(store, attestation))
        held += own
        if own:
            window = common(window, possible(own))
        else:
            silent.append(attestation)
    written = dates[0].value
    statement = f"{labels.label(store, node)} ({in_words(written)}, no year)"
    graphs = {said.graph for said in dates} | {g for a in shown for g in graphs_of(store, (a, None, None))}
    if not held:
        told = (lines.SILENT, statement, "outside has no tenure of those shown in office")
        return lines.line(store, lines.DATE, node, told, graphs)
    first, until = bounds_in_corpus(store, node)
    outside_dates = _outside_dates(store, node)
    spoken_of = [
        first,
        until,
        *(t.sure.last for t in held if t.sure),
        *(said.span.last for _, said in outside_dates),
    ]
    known = max(filter(None, spoken_of), default=date.min)
    years = [day for span in window for day in _days(written, span, known)]
    later = ["a later year"] if years and any(span.last is None for span in window) else []
    narrowed = [
        day for day in years if (first is None or day.last >= first) and (until is None or day.first <= until)
    ]
    left = [*narrowed, *(later if until is None else [])]
    notes = []
    if years:
        told = lines.either([*years, *later])
        notes.append(f"where all shown in office held it ({lines.either(window)}): {told}")
    else:
        held_together = lines.either(window) if window else "never together"
        notes.append(f"no such day where all shown in office held it ({held_together})")
    if years and len(left) < len([*years, *later]):
        notes.append(
            f"of these within what the documents let infer: {lines.either(left) if left else 'none'}"
        )
    if silent:
        notes.append(f"outside is silent on {', '.join(labels.label(store, a) for a in silent)}")
    fits = True
    for how, said in outside_dates:
        met = any(said.span.meet(day) for day in narrowed or years)
        fits = fits and met
        notes.append(
            f"{labels.label(store, said.graph)} dates {how} {said.value.value}{'' if met else ', which does not fit'}"
        )
    told = (lines.OPEN if left and fits else lines.CONFLICT, statement, "; ".join(notes))
    sources = [said.graph for _, said in outside_dates]
    return lines.line(store, lines.DATE, node, told, graphs, tenures=held, sources=sources)


def _days(written: Literal, span: Span, known: date) -> list[Span]:
    """The days that ``written`` can be within ``span``; where that has no end, up to the day ``known``, or the first."""
    if span.last is not None:
        return in_years(written, span)
    # From one 29 February to the next are eight years at most.
    next_ones = in_years(written, Span(span.first, date(min(span.first.year + 8, date.max.year), 12, 31)))
    return (in_years(written, Span(span.first, known)) if span.first <= known else []) or next_ones[:1]


def _outside_dates(store: Store, node: NamedNode) -> list[tuple[str, Said]]:
    """The dates with a year that outside sources give ``node``, what it announces, and what is inferred to be the
    same as one of these, each with what it is that they date."""
    found = []
    for thing in [node, *_announced(store, node)]:
        found += [(labels.label(store, thing), said) for said in outside(store, thing) if said.span]
        for like in likenesses(store, thing):
            how = f"{labels.label(store, like.event)} (inferred, {like.grade}, to be {labels.label(store, thing)})"
            found += [(how, said) for said in outside(store, like.event) if said.span]
    return found


def _shown_at(store: Store, node: NamedNode) -> list[NamedNode]:
    """The attestations of passages at ``node``, at what it announces, or ``node`` itself where it is one; sorted."""
    found = {node} if capacity(store, node) else set()
    for event in [node, *_announced(store, node)]:
        for quad in store.quads_for_pattern(None, term("inEvent"), event, None):
            if capacity(store, quad.subject) and graphs_of(store, (quad.subject, term("office"), None)):
                found.add(quad.subject)
    return sorted(found, key=str)


def _announced(store: Store, node: NamedNode) -> list[NamedNode]:
    found = {quad.object for quad in store.quads_for_pattern(node, term("announces"), None, None)}
    return sorted(found, key=str)
