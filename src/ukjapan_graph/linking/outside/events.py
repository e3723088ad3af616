"""Events that outside sources date, set against what the documents say or let infer of their time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.grounds import term
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.dates import (
    Said,
    bounds_in_corpus,
    days_in_corpus,
    is_inferred,
    likenesses,
    outside,
    stated,
)
from ukjapan_graph.linking.outside.lines import Line
from ukjapan_graph.linking.outside.spans import Span


def events(store: Store) -> Iterator[Line]:
    """A line for each event that outside sources date and of whose time the documents say or let infer something;
    for each that is inferred to be the same as one; and for each on which outside sources disagree."""
    dated = {
        quad.subject
        for quad in store.quads_for_pattern(None, term("date"), None, None)
        if outside(store, quad.subject)
    }
    for event in sorted(dated, key=str):
        told = [said for said in outside(store, event) if said.span]
        if not told:
            continue
        days = _common(told)
        if days is None:
            verdict = (
                lines.CONFLICT,
                labels.label(store, event),
                f"outside sources disagree: {_listed(store, told)}",
            )
            yield lines.line(store, lines.EVENT, event, verdict, (), sources=[said.graph for said in told])
            continue
        yield from _compared(store, event, event, days, told, "")
        for like in likenesses(store, event):
            how = f", if it is {labels.label(store, event)}, which is inferred ({like.grade})"
            yield from _compared(store, like.event, event, days, told, how)


def _compared(
    store: Store, inside: NamedNode, event: NamedNode, days: Span, told: list[Said], how: str
) -> Iterator[Line]:
    """``inside`` in the documents against the ``days`` that outside sources give ``event``."""
    own = days_in_corpus(store, inside)
    first, last = bounds_in_corpus(store, inside)
    said = {one.graph for one in stated(store, inside) if one.span}
    said = said or {one.graph for name in ("earliest", "latest") for one in stated(store, inside, name)}
    words = str(own)
    if own is None and (first or last):
        own = Span(first or date.min, last)
        words = f"not before {first}" if first else f"not after {last}"
    if own is None:
        return
    name = labels.label(store, inside)
    known = f"{name}: {words}" + (" (inferred)" if is_inferred(store, inside) else "")
    passages = said or _premises(store, inside)
    met = own.meet(days)
    if met is None:
        outcome = f"outside has {_listed(store, told)}{how}; one of the two is wrong"
        verdict = lines.CONFLICT
    elif met == own:
        verdict, outcome = lines.AGREES, f"outside has {days}{how}"
    else:
        verdict, outcome = lines.OPEN, f"outside has {days}{how}"
    yield lines.line(
        store, lines.EVENT, inside, (verdict, known, outcome), passages, sources=[one.graph for one in told]
    )


def _common(told: list[Said]) -> Span | None:
    """The days common to all dates; None where there is none."""
    days = told[0].span
    for said in told[1:]:
        days = days.meet(said.span) if days else None
    return days


def _listed(store: Store, told: list[Said]) -> str:
    return "; ".join(f"{said.value.value} ({labels.label(store, said.graph)})" for said in told)


def _premises(store: Store, node: NamedNode) -> set[NamedNode]:
    """The passages on which the bounds inferred for ``node`` rest."""
    return {
        premise.object
        for quad in store.quads_for_pattern(None, term("subject"), node, None)
        for bound in store.quads_for_pattern(quad.subject, term("predicate"), None, None)
        if bound.object in (term("earliest"), term("latest"))
        for premise in store.quads_for_pattern(quad.subject, term("premise"), None, None)
    }
