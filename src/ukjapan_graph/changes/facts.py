"""Facts of two releases: what is said in one and not in the other, and what is said more or less firmly.

A fact is a triple about the world, or about what was said: all triples but terms, saved queries, words
(labels, glosses, reasons …), the addresses of passages, and what the release counts of itself. It may have
several grounds:

    stated      a passage states it
    entailed    the reading of a passage holds it, or it follows by the rules (``graph:entailed``)
    inferred    an inference proposes it, with a grade; or a link or bound kept beside the inferences
    held        the project itself keeps it (entities, mentions), on no document's word
    not stated  a silence says that no document states it; of any object, where the silence has none

Of several grounds the firmest gives the fact its status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from ukjapan_graph.answering.names import Entity
from ukjapan_graph.changes.release import ASIDE, Release, Term, Text
from ukjapan_graph.changes.words import is_address, is_word
from ukjapan_graph.namespaces import PREFIXES, kind_of

STATUSES = ("stated", "entailed", "inferred", "held", "not stated")
GRADES = ("reading", "strong", "weak", "")

#: Subject, predicate, object; the object of a silence about every object is None.
Key = tuple[NamedNode, NamedNode, Term | None]

_UKJ = PREFIXES["ukj"]
_GRAPH = PREFIXES["graph"]
_PARTS = tuple(_UKJ + name for name in ("subject", "predicate", "object"))
_GRADE = _UKJ + "grade"
_NODES = {
    _GRAPH + "inferences": ("inference", "inferred", _UKJ + "premise"),
    _GRAPH + "silences": ("silence", "not stated", _UKJ + "nearestPassage"),
}
_STATUS_OF_KIND = {"passage": "stated", "reading": "entailed"}
_STATUS_OF_GRAPH = {_GRAPH + "entailed": "entailed", _GRAPH + "inferences": "inferred"}
_DOCUMENTS = _GRAPH + "documents"
#: In ``graph:documents`` only what a mention refers to is a fact; the rest is addresses and words.
_BOOKKEEPING = {_UKJ + "status", _UKJ + "readingOf", PREFIXES["rdf"] + "type"}
_ADDRESSED = {"document", "passage", "reading", "graph"}


class Support(NamedTuple):
    """One ground in IRIs; the grade is "" for all but inferences.

    :ivar where: the passage, reading, graph, inference or silence
    :ivar near: premises of an inference, nearest passages of a silence; sorted
    """

    status: str
    grade: str
    where: str
    near: tuple[str, ...] = ()


State = tuple[Support, ...]  # firmest first, at least one


class Ground(NamedTuple):
    """One ground of a fact, for a reader; see :class:`Support`."""

    status: str
    grade: str
    where: Entity
    near: tuple[Entity, ...]


class FactChange(NamedTuple):
    """A fact with its grounds in the old release and in the new, firmest first; none where it is not there.

    :ivar kind: added, gone, status (of another status or grade), or support (the same, on other grounds)
    :ivar object: None where a silence is about every object
    """

    kind: str
    subject: Entity
    predicate: Entity
    object: Entity | Text | None
    before: tuple[Ground, ...]
    after: tuple[Ground, ...]

    @property
    def fact(self) -> tuple[Entity, Entity, Entity | Text | None]:
        """Subject, predicate and object."""
        return self[1:4]


def table(quads: Iterable[Quad]) -> dict[Key, State]:
    """Every fact of ``quads`` with its grounds."""
    found: dict[Key, set[Support]] = {}
    supports: dict[str, Support] = {}
    nodes: dict[tuple[str, str], dict[str, list[Term]]] = {}
    for quad in quads:
        graph, subject, predicate = quad.graph_name.value, quad.subject.value, quad.predicate.value
        if graph in ASIDE or is_word(predicate):
            continue
        if graph in _NODES and kind_of(subject) == _NODES[graph][0]:
            nodes.setdefault((graph, subject), {}).setdefault(predicate, []).append(quad.object)
            continue
        if graph == _DOCUMENTS and (predicate in _BOOKKEEPING or is_address(predicate)):
            continue
        if graph == _DOCUMENTS and kind_of(subject) in _ADDRESSED:
            continue
        if graph not in supports:
            status = _STATUS_OF_KIND.get(kind_of(graph)) or _STATUS_OF_GRAPH.get(graph, "held")
            supports[graph] = Support(status, "", graph)
        found.setdefault((quad.subject, quad.predicate, quad.object), set()).add(supports[graph])
    for (graph, node), values in nodes.items():
        key = tuple(min(values.get(part, [None]), key=str) for part in _PARTS)
        if not (isinstance(key[0], NamedNode) and isinstance(key[1], NamedNode)):
            continue
        _, status, near = _NODES[graph]
        grade = min((term.value.rpartition("/")[2] for term in values.get(_GRADE, ())), default="")
        passages = tuple(sorted(term.value for term in values.get(near, ())))
        found.setdefault(key, set()).add(Support(status, grade, node, passages))
    return {key: tuple(sorted(supports, key=_firmness)) for key, supports in found.items()}


def differences(old: Mapping[Key, State], new: Mapping[Key, State]) -> dict[Key, tuple[State, State]]:
    """The grounds before and after of each fact whose grounds differ; () where there are none.

    A silence about every object that ends, or begins, where such a fact comes, or goes, is told as the
    earlier, or later, status of that fact, and not as a change of its own.
    """
    found = {
        key: (old.get(key, ()), new.get(key, ()))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    }
    ended = {key[:2]: before for key, (before, after) in found.items() if key[2] is None and not after}
    begun = {key[:2]: after for key, (before, after) in found.items() if key[2] is None and not before}
    told = set()
    for key, (before, after) in found.items():
        if key[2] is None:
            continue
        if not before and key[:2] in ended:
            found[key] = (ended[key[:2]], after)
            told.add((*key[:2], None))
        elif not after and key[:2] in begun:
            found[key] = (before, begun[key[:2]])
            told.add((*key[:2], None))
    return {key: states for key, states in found.items() if key not in told}


def compare(old: Release, new: Release) -> tuple[FactChange, ...]:
    """Every change of a fact: by the first passage that speaks of it in document order, then by name."""
    touched = {quad.triple for quad in old.quads ^ new.quads}
    changed = differences(*(table(_relevant(side, touched)) for side in (old, new)))
    return tuple(
        FactChange(
            _kind(before, after),
            *_called(new if after else old, key),
            _grounds(old, new, before),
            _grounds(new, old, after),
        )
        for key, (before, after) in sorted(changed.items(), key=lambda item: _order(old, new, *item))
    )


def sentence(change: FactChange) -> str:
    """The fact of ``change`` in a line."""
    return f"{change.subject} → {change.predicate} → {'anything' if change.object is None else change.object}"


def _relevant(release: Release, touched: set[Triple]) -> Iterator[Quad]:
    """All quads that can bear on a fact with one of the triples ``touched``."""
    for quad in release.quads:
        if quad.graph_name.value in _NODES or quad.triple in touched:
            yield quad


def _kind(before: State, after: State) -> str:
    if not before or not after:
        return "gone" if before else "added"
    return "support" if before[0][:2] == after[0][:2] else "status"


def _called(release: Release, key: Key) -> tuple[Entity, Entity, Entity | Text | None]:
    return release.entity(key[0]), release.relation(key[1]), release.called(key[2])


def _grounds(release: Release, other: Release, state: State) -> tuple[Ground, ...]:
    return tuple(
        Ground(
            support.status,
            support.grade,
            release.entity(support.where),
            tuple(release.entity(iri) for iri in sorted(support.near, key=release.order)),
        )
        for support in sorted(state, key=lambda s: (*_firmness(s)[:2], release.order(s.where)))
    )


def _order(old: Release, new: Release, key: Key, states: tuple[State, State]) -> tuple:
    release, state = (new, states[1]) if states[1] else (old, states[0])
    first = min(release.order(support.where) for support in state)
    return (STATUSES.index(state[0].status), first, tuple(map(str, key)))


def _firmness(support: Support) -> tuple:
    grade = GRADES.index(support.grade) if support.grade in GRADES else len(GRADES)
    return (STATUSES.index(support.status), grade, *support)
