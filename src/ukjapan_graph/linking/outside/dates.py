"""What the documents, and what outside sources, say of when something happened; never mixed."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from ukjapan_graph.answering.grounds import INFERENCES, term
from ukjapan_graph.data.bounds import span_of, stretch
from ukjapan_graph.linking.outside.spans import Span
from ukjapan_graph.namespaces import PREFIXES, kind_of

_PASSAGES = ("passage", "reading")
_YEARLESS = re.compile(r"--(0[1-9]|1[0-2])(?:-([0-9]{2}))?\Z")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_SAME = tuple(term(name) for name in ("likelySameAs", "possiblySameAs"))


class Said(NamedTuple):
    """A date and the graph that gives it: a passage, a reading, an outside source, or the inferences."""

    value: Literal
    graph: NamedNode

    @property
    def span(self) -> Span | None:
        """The days it names; None where it has no year."""
        days = span_of(self.value)
        return Span(*days) if days else None


class Likeness(NamedTuple):
    """Another event that is inferred, and no more than inferred, to be the same."""

    event: NamedNode
    inference: NamedNode
    grade: str


def stated(store: Store, node: NamedNode, name: str = "date") -> list[Said]:
    """The values of the ``ukj:`` property ``name`` that passages, or readings of them, give ``node``."""
    return _said(store, node, name, _PASSAGES)


def outside(store: Store, node: NamedNode, name: str = "date") -> list[Said]:
    """The same of outside sources."""
    return _said(store, node, name, ("outside",))


def days_in_corpus(store: Store, node: NamedNode) -> Span | None:
    """The days on which the documents leave it open that ``node`` took place: the stretch of the dates that they
    give it, else what is between the bounds; None where there is no date, and not both bounds."""
    spans = [said.span for said in stated(store, node) if said.span]
    if spans:
        return Span(*stretch(spans))
    bounds = bounds_in_corpus(store, node)
    return Span(*bounds) if None not in bounds else None


def bounds_in_corpus(store: Store, node: NamedNode) -> tuple[date | None, date | None]:
    """The first and the last day that passages give ``node`` as bounds, or that are inferred for it; of several
    the narrowest, and None for what is not there."""
    found = []
    for place, (name, narrowest) in enumerate((("earliest", max), ("latest", min))):
        spans = [
            span_of(quad.object)
            for quad in store.quads_for_pattern(node, term(name), None, None)
            if quad.graph_name == INFERENCES or kind_of(quad.graph_name.value) in _PASSAGES
        ]
        found.append(narrowest((span[place] for span in spans if span), default=None))
    return found[0], found[1]


def is_inferred(store: Store, node: NamedNode) -> bool:
    """Whether something says when ``node`` took place, and nothing but inferences does."""
    names = ("date", "earliest", "latest")
    return not any(stated(store, node, name) for name in names) and any(bounds_in_corpus(store, node))


def in_words(value: Literal) -> str:
    """A date without a year as people write it: "21 January", "January"; any other as it is."""
    match = _YEARLESS.match(value.value)
    if not match:
        return value.value
    month = _MONTHS[int(match[1]) - 1]
    return f"{int(match[2])} {month}" if match[2] else month


def likenesses(store: Store, node: NamedNode) -> list[Likeness]:
    """The things that an inference holds to be the same as ``node``, sorted."""
    found = set()
    for here, there in (("subject", "object"), ("object", "subject")):
        for quad in store.quads_for_pattern(None, term(here), node, INFERENCES):
            inference = quad.subject
            link = next(store.quads_for_pattern(inference, term("predicate"), None, INFERENCES), None)
            other = next(store.quads_for_pattern(inference, term(there), None, INFERENCES), None)
            grade = next(store.quads_for_pattern(inference, term("grade"), None, INFERENCES), None)
            if link and other and grade and link.object in _SAME:
                found.add(Likeness(other.object, inference, grade.object.value.rpartition("/")[2]))
    return sorted(found, key=lambda likeness: (likeness.event.value, likeness.inference.value))


def in_years(value: Literal, within: Span) -> list[Span]:
    """The days that a date without a year (``--01-21`` or ``--01``) can be, one span for each year, each cut to
    ``within``; empty where ``value`` has a year.

    :param within: with an end
    """
    match = _YEARLESS.match(value.value)
    if not match or within.last is None:
        return []
    found = []
    for year in range(within.first.year, within.last.year + 1):
        written = f"{year:04}-{match[1]}" + (f"-{match[2]}" if match[2] else "")
        kind = "date" if match[2] else "gYearMonth"
        days = span_of(Literal(written, datatype=NamedNode(PREFIXES["xsd"] + kind)))
        if days and (met := Span(*days).meet(within)):
            found.append(met)
    return found


def graphs_of(store: Store, quad_of: tuple, kinds: tuple[str, ...] = _PASSAGES) -> list[NamedNode]:
    """The graphs of ``kinds`` that hold a triple of the pattern ``quad_of``, sorted."""
    found: set[NamedNode] = {
        quad.graph_name for quad in _quads(store, quad_of) if kind_of(quad.graph_name.value) in kinds
    }
    return sorted(found, key=str)


def _quads(store: Store, pattern: tuple) -> list[Quad]:
    return list(store.quads_for_pattern(*pattern, None))


def _said(store: Store, node: NamedNode, name: str, kinds: tuple[str, ...]) -> list[Said]:
    found = {
        Said(quad.object, quad.graph_name)
        for quad in store.quads_for_pattern(node, term(name), None, None)
        if kind_of(quad.graph_name.value) in kinds and isinstance(quad.object, Literal)
    }
    return sorted(found, key=lambda said: (said.graph.value, said.value.value))
