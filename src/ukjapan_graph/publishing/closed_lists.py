"""The lists whose values are fixed: forces, phases, statuses and the like."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.publishing.material import Index, full, graph_of, is_passage

#: What places a value among others, or records where a link of it comes from.
_NO_USE = frozenset(
    map(
        full,
        (
            "skos:broader", "skos:broaderTransitive", "skos:narrower", "skos:narrowerTransitive",
            "skos:hasTopConcept", "owl:annotatedSource",
        ),
    )
)  # fmt: skip


class Value(NamedTuple):
    """A member of a closed list.

    :ivar mark: its notation, or its number in a list of a document
    :ivar depth: how many broader members stand above it
    :ivar used: how many things of the data point to it; its place among others and its links are no use
    :ivar stated: passages that give its number
    """

    iri: str
    labels: list[Literal]
    definition: list[Literal]
    notes: list[Literal]
    mark: str
    depth: int
    used: int
    stated: list[str]


class ClosedList(NamedTuple):
    """A scheme with its members in order."""

    iri: str
    label: str
    definition: list[Literal]
    values: list[Value]


def closed_lists(graph: Index) -> tuple[list[ClosedList], list[tuple[str, int]]]:
    """The schemes all of whose members are defined or numbered; and the others, with their size."""
    closed, others = [], []
    for scheme in graph.things("skos:ConceptScheme"):
        members = graph.subjects("skos:inScheme", scheme)
        fixed = (graph.texts(m, "skos:definition") or graph.texts(m, "ukj:listNumber") for m in members)
        if members and all(fixed):
            values = [_value(graph, member, depth) for member, depth in _ordered(graph, members)]
            closed.append(
                ClosedList(scheme, graph.label(scheme), graph.texts(scheme, "skos:definition"), values)
            )
        else:
            others.append((scheme, len(members)))
    return closed, others


def _ordered(graph: Index, members: list[str]) -> list[tuple[str, int]]:
    """Members with their depth: by rank, number and name, narrower ones below what is broader."""
    inside = set(members)

    def key(iri: str) -> tuple:
        number = graph.number(iri, "ukj:rank") or graph.number(iri, "ukj:listNumber") or 0
        return number, natural(graph.label(iri).lower()), natural(iri)

    def below(iri: str, depth: int, trail: frozenset[str]) -> list[tuple[str, int]]:
        narrower = [m for m in members if iri in graph.iris(m, "skos:broader") and m not in trail]
        lower = (step for m in sorted(narrower, key=key) for step in below(m, depth + 1, trail | {m}))
        return [(iri, depth), *lower]

    tops = [m for m in members if not inside & set(graph.iris(m, "skos:broader"))]
    found = [step for top in sorted(tops, key=key) for step in below(top, 0, frozenset({top}))]
    seen = {iri for iri, _ in found}
    return [*dict.fromkeys(found), *((m, 0) for m in sorted(members, key=key) if m not in seen)]


def _value(graph: Index, iri: str, depth: int) -> Value:
    numbered = [q for q in graph.facts("ukj:listNumber") if q.subject.value == iri]
    used = {quad.subject.value for quad in graph.users(iri) if quad.predicate.value not in _NO_USE}
    return Value(
        iri,
        graph.texts(iri, "skos:prefLabel"),
        graph.texts(iri, "skos:definition"),
        graph.texts(iri, "skos:scopeNote"),
        graph.text(iri, "skos:notation") or graph.text(iri, "ukj:listNumber"),
        depth,
        len(used),
        sorted({graph_of(q) for q in numbered if is_passage(graph_of(q))}, key=natural),
    )
