"""Dates that the documents leave open, and the years that outside facts would leave of them.

A day without a year ("21 January") can only lie where everybody who is shown in an office at what happened
held that office. Which years these are is worked out from the tenures; nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode, Store

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
    last = max((span.last for span in window if span.last), default=None)
    ends = [Span(s.first, s.last or last or s.first.replace(year=s.first.year + 1)) for s in window]
    years = [day for span in ends for day in in_years(written, span)]
    first, until = bounds_in_corpus(store, node)
    narrowed = [
        day for day in years if (first is None or day.last >= first) and (until is None or day.first <= until)
    ]
    notes = [
        f"where all shown in office held it ({lines.either(window)}): {lines.either(years)}" if years else ""
    ]
    if years and len(narrowed) < len(years):
        told = lines.either(narrowed) if narrowed else "none"
        notes.append(f"of these within what the documents let infer: {told}")
    if silent:
        notes.append(f"outside is silent on {', '.join(labels.label(store, a) for a in silent)}")
    dated, agreed = _dated_outside(store, node, narrowed or years)
    notes += dated
    is_open = bool(narrowed) and agreed is not False
    if not years:
        notes[0] = (
            f"no such day where all shown in office held it ({lines.either(window) if window else 'never together'})"
        )
    told = (lines.OPEN if is_open else lines.CONFLICT, statement, "; ".join(filter(None, notes)))
    sources = [said.graph for _, said in _outside_dates(store, node)]
    return lines.line(store, lines.DATE, node, told, graphs, tenures=held, sources=sources)


def _dated_outside(store: Store, node: NamedNode, years: list[Span]) -> tuple[list[str], bool | None]:
    """What outside sources date of this, in words, and whether it fits ``years``; None where they date nothing."""
    notes, fits = [], None
    for how, said in _outside_dates(store, node):
        met = any(said.span.meet(day) for day in years)
        notes.append(
            f"{labels.label(store, said.graph)} dates {how} {said.value.value}{'' if met else ', which does not fit'}"
        )
        fits = met if fits is None else fits and met
    return notes, fits


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
