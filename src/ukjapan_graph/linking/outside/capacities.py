"""Every capacity that a passage shows, tested against the tenures that outside sources give."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.grounds import term, value
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.dates import days_in_corpus, graphs_of, is_inferred
from ukjapan_graph.linking.outside.lines import Line
from ukjapan_graph.linking.outside.spans import Span, common
from ukjapan_graph.linking.outside.tenures import Tenure, Tenures, possible, sure

_TYPE = NamedNode(RDF_TYPE)


def capacities(store: Store, tenures: Tenures) -> Iterator[Line]:
    """A line for each attestation of a passage: was the person in that office then?

    The days are those of the attestation's date, else of its bounds, else of the event it belongs to.
    """
    for attestation in _shown(store, "Attestation"):
        holder = capacity(store, attestation)
        if holder is None:
            continue
        days = days_in_corpus(store, attestation)
        dated = attestation
        if days is None and (event := _value(store, attestation, "inEvent")):
            days, dated = days_in_corpus(store, event), event
        passages = graphs_of(store, (attestation, _TYPE, None))
        when = _when(store, dated, days)
        statement = f"{labels.label(store, holder[0])} as {labels.label(store, holder[1])}, {when}"
        yield _line(store, lines.CAPACITY, attestation, statement, passages, tenures, holder, days)


def signatures(store: Store, tenures: Tenures) -> Iterator[Line]:
    """A line for each signature of a passage: was whoever signed in that office on the day of the signing?"""
    for signature in _shown(store, "Signature"):
        event = _value(store, signature, "inEvent")
        attestation = _value(store, signature, "inCapacity")
        holder = capacity(store, attestation) if attestation else None
        if event is None or holder is None:
            continue
        days = days_in_corpus(store, event)
        passages = graphs_of(store, (signature, _TYPE, None))
        when = _when(store, event, days)
        who, office = (labels.label(store, node) for node in holder)
        statement = f"{who} signed as {office} ({labels.label(store, event)}, {when})"
        yield _line(store, lines.SIGNATURE, signature, statement, passages, tenures, holder, days)


def capacity(store: Store, attestation: NamedNode) -> tuple[NamedNode, NamedNode] | None:
    """Person and office of ``attestation``; None where one is missing."""
    person, office = _value(store, attestation, "person"), _value(store, attestation, "office")
    return (person, office) if person and office else None


def judged(
    tenures: Tenures, holder: tuple[NamedNode, NamedNode], days: Span | None
) -> tuple[str, str, list[Tenure]]:
    """Verdict, outcome and the tenures looked at, for ``holder`` (person and office) on ``days``.

    Where ``days`` is None nothing says when; only the tenures are told.
    """
    own = tenures.of(*holder)
    if days is None:
        told = lines.either(possible(own)) if own else ""
        outcome = f"outside has the person in that office {told}" if own else "outside has no such tenure"
        return (lines.OPEN if own else lines.SILENT), outcome, own
    near = [tenure for tenure in own if tenure.possible.meet(days)]
    left = common(possible(own), [days])
    if any(span.covers(days) for span in sure(own)):
        return lines.IN_OFFICE, "the tenure covers it", near
    if not left:
        others = tenures.holders(holder[1], days)
        if own or others:
            return lines.NOT_IN_OFFICE, "", [*own, *others]
        return lines.SILENT, "outside has no tenure of this person in this office", []
    if left == [days]:
        return lines.POSSIBLE, "the tenure is not given to the day, or its end is not given", near
    return lines.OPEN, f"a tenure of outside leaves {lines.either(left)}", near


def _line(
    store: Store,
    kind: str,
    about: NamedNode,
    statement: str,
    passages: list[NamedNode],
    tenures: Tenures,
    holder: tuple[NamedNode, NamedNode],
    days: Span | None,
) -> Line:
    verdict, outcome, looked_at = judged(tenures, holder, days)
    if verdict == lines.NOT_IN_OFFICE:
        outcome = f"outside has {lines.join_tenures(store, looked_at)}; one of the two is wrong"
    told = (verdict, statement, outcome)
    return lines.line(store, kind, about, told, passages, tenures=looked_at)


def _when(store: Store, dated: NamedNode, days: Span | None) -> str:
    """The days on which ``dated`` took place, in words."""
    if days is None:
        return "on a day left open"
    return f"{days} (inferred)" if is_inferred(store, dated) else str(days)


def _shown(store: Store, name: str) -> list[NamedNode]:
    """The things of the class that some passage, or reading of one, shows; sorted."""
    found = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, term(name), None)}
    return sorted((node for node in found if graphs_of(store, (node, _TYPE, term(name)))), key=str)


def _value(store: Store, node: NamedNode, name: str) -> NamedNode | None:
    return value(store, node, term(name))
