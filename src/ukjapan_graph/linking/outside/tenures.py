"""The tenures of the outside facts: who held which office, surely and possibly, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.data.bounds import span_of
from ukjapan_graph.linking.outside.spans import Span, joined
from ukjapan_graph.namespaces import PREFIXES, kind_of

_UKJ = PREFIXES["ukj"]


class Tenure(NamedTuple):
    """One tenure in the words of one source.

    :ivar node: the tenure
    :ivar source: the outside source, which is the graph it stands in
    :ivar sure: the days on which the source surely has the person in office; None where it gives too little
    :ivar possible: the days on which it may have
    """

    node: NamedNode
    person: NamedNode
    office: NamedNode
    source: NamedNode
    sure: Span | None
    possible: Span


class Tenures:
    """All tenures of the world view ``store``; those without a readable start are left out."""

    def __init__(self, store: Store) -> None:
        self._all: list[Tenure] = []
        for quad in store.quads_for_pattern(None, _term("tenureOf"), None, None):
            office = next(
                store.quads_for_pattern(quad.subject, _term("tenureIn"), None, quad.graph_name), None
            )
            if office is None or kind_of(quad.graph_name.value) != "outside":
                continue
            first, known, ends, last = (
                _day(store, quad.subject, name)
                for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
            )
            if first is None or known is None:
                continue
            sure = Span(known, ends) if ends is not None and known <= ends else None
            self._all.append(
                Tenure(quad.subject, quad.object, office.object, quad.graph_name, sure, Span(first, last))
            )
        self._all = [self._ended(tenure) for tenure in self._all]
        self._all.sort(key=lambda t: (t.possible.first, t.node.value))

    def _ended(self, tenure: Tenure) -> Tenure:
        """``tenure``; where its source gives no end and another source does, possible until then and no longer."""
        if tenure.possible.last is not None:
            return tenure
        ends = [
            other.possible.last
            for other in self._all
            if (other.person, other.office) == (tenure.person, tenure.office)
            and other.possible.last is not None
            and other.possible.last >= tenure.possible.first
        ]
        return tenure._replace(possible=Span(tenure.possible.first, max(ends))) if ends else tenure

    def of(self, person: NamedNode, office: NamedNode) -> list[Tenure]:
        """The tenures of ``person`` in ``office``, by their start."""
        return [tenure for tenure in self._all if (tenure.person, tenure.office) == (person, office)]

    def holders(self, office: NamedNode, days: Span) -> list[Tenure]:
        """The tenures that surely cover all of ``days`` in ``office``, by their start."""
        return [t for t in self._all if t.office == office and t.sure is not None and t.sure.covers(days)]


def sure(tenures: Iterable[Tenure]) -> list[Span]:
    """The days on which some of ``tenures`` surely lasted."""
    return joined(tenure.sure for tenure in tenures if tenure.sure is not None)


def possible(tenures: Iterable[Tenure]) -> list[Span]:
    """The days on which some of ``tenures`` may have lasted."""
    return joined(tenure.possible for tenure in tenures)


def _day(store: Store, node: NamedNode, name: str) -> date | None:
    """The bound ``name``; of a month or year its first or last day; None where there is none, or no date."""
    quad = next(store.quads_for_pattern(node, _term(name), None, None), None)
    days = span_of(quad.object) if quad and isinstance(quad.object, Literal) else None
    return days[name.startswith("latest")] if days else None


def _term(name: str) -> NamedNode:
    return NamedNode(_UKJ + name)
