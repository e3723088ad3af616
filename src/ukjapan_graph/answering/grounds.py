"""What a fact can rest on: passages in document order, readings, inferences, silences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.namespaces import PREFIXES, kind_of

_UKJ = PREFIXES["ukj"]
INFERENCES = NamedNode(PREFIXES["graph"] + "inferences")
SILENCES = NamedNode(PREFIXES["graph"] + "silences")
ENTAILED = NamedNode(PREFIXES["graph"] + "entailed")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(_UKJ + name) for name in ("subject", "predicate", "object"))

_GRADES = ("reading", "strong", "weak")


class Fact(NamedTuple):
    """A triple for a reader; an object that is a literal is its own text."""

    subject: Entity
    predicate: Entity
    object: Entity | str

    def __str__(self) -> str:
        return f"{self.subject} → {self.predicate} → {self.object}"


class Inference(NamedTuple):
    """A fact proposed, not asserted: its grade (reading, strong, weak), the reason, and what it rests on."""

    name: Entity
    fact: Fact
    grade: str
    reason: str
    premises: tuple[Entity, ...]


class Silence(NamedTuple):
    """Something no document says (of any object, where it has none), and the passages that come nearest."""

    name: Entity
    gloss: str
    subject: Entity
    predicate: Entity
    object: Entity | str | None
    nearest: tuple[Entity, ...]


def term(name: str) -> NamedNode:
    """The ``ukj:`` term called ``name``."""
    return NamedNode(_UKJ + name)


def value(store: Store, subject: NamedNode, predicate: NamedNode) -> object:
    """The first object in order of ``subject`` and ``predicate``; None where there is none."""
    found = [quad.object for quad in store.quads_for_pattern(subject, predicate, None, None)]
    return min(found, key=str, default=None)


def values(store: Store, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    """The distinct things that ``subject`` has under ``predicate``, sorted by IRI."""
    found = {quad.object for quad in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def text(store: Store, subject: NamedNode, name: str) -> str:
    """The text of the ``ukj:`` property ``name``; "" where there is none."""
    return labels.text(store, subject, term(name))


def fact(store: Store, quad: Quad) -> Fact:
    """The triple of ``quad`` for a reader."""
    return fact_of(store, quad.subject, quad.predicate, quad.object)


def fact_of(store: Store, subject: object, predicate: object, thing: object) -> Fact:
    """The triple for a reader."""
    relation = entity(store, predicate)._replace(label=labels.relation(store, predicate))
    other = entity(store, thing) if isinstance(thing, NamedNode) else labels.short(thing)
    return Fact(entity(store, subject), relation, other)


def passage_order(store: Store, graph: NamedNode) -> tuple:
    """Sort key of a passage, or the reading of one: documents by date (undated last), then place in them.

    Outside sources come after all of these, by their own date (undated last).
    """
    if kind_of(graph.value) == "outside":
        dated = value(store, graph, term("sourceDate"))
        return ("outside", dated.value if isinstance(dated, Literal) else "9999", 0, graph.value, False, "")
    reading = kind_of(graph.value) == "reading"
    passage = (value(store, graph, term("readingOf")) if reading else None) or graph
    document = value(store, passage, term("inDocument"))
    date = value(store, document, term("documentDate")) if document else None
    start = value(store, passage, term("start"))
    return (
        date.value if isinstance(date, Literal) else "9999",
        document.value if document else passage.value.rpartition(".")[0],
        int(start.value) if isinstance(start, Literal) else 0,
        passage.value,
        reading,
        graph.value,
    )


def in_order(store: Store, passages: Iterable[NamedNode]) -> tuple[Entity, ...]:
    """The distinct ``passages``, in document order."""
    return tuple(entity(store, p) for p in sorted(set(passages), key=lambda p: passage_order(store, p)))


def status(store: Store, graph: NamedNode) -> str:
    """How firmly ``graph`` holds; unless it says so itself, a passage is stated, a reading entailed."""
    found = value(store, graph, term("status"))
    if isinstance(found, NamedNode):
        return labels.label(store, found).removeprefix("status:")
    return "entailed" if kind_of(graph.value) == "reading" else "stated"


def inferences(store: Store) -> list[Inference]:
    """All inferences: readings, then strong, then weak ones; within a grade by name."""
    found = []
    for node in _nodes(store, INFERENCES):
        parts = [value(store, node, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        if None in parts:
            continue
        grade = value(store, node, term("grade"))
        found.append(
            Inference(
                entity(store, node),
                fact_of(store, *parts),
                grade.value.rpartition("/")[2] if grade else "",
                text(store, node, "reason"),
                in_order(store, values(store, node, term("premise"))),
            )
        )
    return sorted(found, key=lambda i: ((*_GRADES, i.grade).index(i.grade), i.name.iri))


def silences(store: Store) -> list[Silence]:
    """All that is known to be said by no document, sorted by name."""
    found = []
    for node in _nodes(store, SILENCES):
        subject, predicate, thing = (value(store, node, part) for part in (_SUBJECT, _PREDICATE, _OBJECT))
        if subject is None or predicate is None:
            continue
        # The fact lends its parts their labels; where the silence is about every object, it has none.
        missing = fact_of(store, subject, predicate, thing)
        nearest = in_order(store, values(store, node, term("nearestPassage")))
        found.append(
            Silence(
                entity(store, node),
                text(store, node, "gloss"),
                missing.subject,
                missing.predicate,
                missing.object if thing is not None else None,
                nearest,
            )
        )
    return found


def _nodes(store: Store, graph: NamedNode) -> list[NamedNode]:
    """The nodes of ``graph`` that have a subject of their own, sorted."""
    return sorted({quad.subject for quad in store.quads_for_pattern(None, _SUBJECT, None, graph)}, key=str)
