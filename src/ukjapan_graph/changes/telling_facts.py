"""Changed facts in words: by passage where a passage speaks, by property where a rule does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ukjapan_graph.answering.names import Entity
from ukjapan_graph.changes.facts import FactChange, Ground, sentence
from ukjapan_graph.namespaces import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_ENTAILED = PREFIXES["graph"] + "entailed"
_SPOKEN = ("passage", "reading")
#: Nodes that stand for one thing said or shown: told in one line, not fact by fact.
_WHOLE = ("attestation", "participation", "statement")
_PLURALS = {
    "class": "classes", "property": "properties", "policy": "policies", "saved query": "saved queries",
    "series": "series", "helper": "parts of axioms", "outside term": "terms of other vocabularies",
    "entity": "entities", "prefix": "prefixes",
}  # fmt: skip


class Item(NamedTuple):
    """A line, and lines below it."""

    line: str
    below: tuple[str, ...] = ()


class Section(NamedTuple):
    """Items under a heading.

    :ivar total: how many changes they tell; 0 where that is the number of items
    :ivar brief: whether it may be cut short
    """

    title: str
    items: tuple[Item, ...]
    total: int = 0
    brief: bool = True


def counted(number: int, noun: str) -> str:
    """``number`` with the noun in the singular or plural: 1 fact, 2 facts."""
    return f"{number} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def sections(changes: Iterable[FactChange], told: Iterable[FactChange] = ()) -> Iterator[Section]:
    """``changes`` in sections, some of which may be empty; what ``told`` tells elsewhere is left out."""
    elsewhere = {change.fact for change in told}
    changes = [c for c in changes if _sort(c) != "ruled" or c.fact not in elsewhere]
    yield Section("Facts with another status", tuple(_status(c) for c in changes if c.kind == "status"))
    yield Section("Facts on other grounds", tuple(_support(c) for c in changes if c.kind == "support"))
    for kind, sign in (("added", "New"), ("gone", "Gone")):
        some = [change for change in changes if change.kind == kind]
        for title, status, told in _KINDS:
            here = [change for change in some if _sort(change) == status]
            yield Section(f"{sign}: {title}", tuple(told(here)), len(here))


def by_property(changes: Iterable[FactChange]) -> Iterator[Item]:
    """An item for each property, with its facts below."""
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(change.predicate.label, []).append(sentence(change))
    for label in sorted(found):
        yield Item(f"{label} ({len(found[label])})", tuple(found[label]))


def _by_passage(changes: Iterable[FactChange]) -> Iterator[Item]:
    """An item for each passage, in the order of ``changes``, with what it says below."""
    found: dict[Entity, list[FactChange]] = {}
    for change in changes:
        found.setdefault(_grounds(change)[0].where, []).append(change)
    for passage, some in found.items():
        subjects: dict[Entity, list[FactChange]] = {}
        for change in some:
            subjects.setdefault(change.subject, []).append(change)
        lines = [line for subject, facts in subjects.items() for line in _about(subject, facts)]
        lines += _across([change for facts in subjects.values() if _is_aside(facts) for change in facts])
        yield Item(passage.label, tuple(lines))


def _about(subject: Entity, changes: list[FactChange]) -> list[str]:
    """The facts about one subject: a statement, or the like, that comes or goes whole is one line."""
    if _is_aside(changes):
        return []
    if subject.kind not in _WHOLE:
        return [sentence(change) for change in changes]
    details = {
        name: [str(change.object) for change in changes if change.predicate.name == name]
        for name in ("ukj:force", "ukj:holder")
    }
    how = "; ".join(", ".join(values) for values in details.values() if values)
    return [f"{subject}{f' [{how}]' if how else ''}"]


def _is_aside(changes: list[FactChange]) -> bool:
    """Whether a passage says these things of what another passage states, as who it is that speaks there."""
    whole = changes[0].subject.kind in _WHOLE
    return whole and all(change.predicate.iri != _TYPE for change in changes)


def _across(changes: list[FactChange]) -> list[str]:
    """Facts in which many statements have the same to say of them, each such fact once."""
    found: dict[tuple, list[FactChange]] = {}
    for change in changes:
        found.setdefault((change.predicate, change.object), []).append(change)
    return [
        sentence(some[0])
        if len(some) == 1
        else f"{relation} → {thing}: of {counted(len(some), some[0].subject.kind)}"
        for (relation, thing), some in found.items()
    ]


def _singly(changes: Iterable[FactChange]) -> Iterator[Item]:
    for change in changes:
        ground = _grounds(change)[0]
        grade = f" ({ground.grade})" if ground.grade else ""
        yield Item(f"{sentence(change)}{grade}", _near("from", ground))


def _silences(changes: Iterable[FactChange]) -> Iterator[Item]:
    for change in changes:
        ground = _grounds(change)[0]
        yield Item(ground.where.label, _near("nearest", ground))


def _near(word: str, ground: Ground) -> tuple[str, ...]:
    return (f"{word}: {_joined(ground.near)}",) if ground.near else ()


def _joined(things: Iterable[Entity]) -> str:
    return "; ".join(thing.label for thing in things)


_KINDS: tuple[tuple[str, str, Callable[[list], Iterator[Item]]], ...] = (
    ("stated by passages", "stated", _by_passage),
    ("entailed by the reading of passages", "read", _by_passage),
    ("inferred", "inferred", _singly),
    ("not stated", "not stated", _silences),
    ("kept by the project", "held", by_property),
    ("following by rules", "ruled", by_property),
)


def _grounds(change: FactChange) -> tuple[Ground, ...]:
    return change.after or change.before


def _sort(change: FactChange) -> str:
    ground = _grounds(change)[0]
    if ground.status != "entailed":
        return ground.status
    return "read" if ground.where.kind in _SPOKEN else "ruled"


def _status(change: FactChange) -> Item:
    statuses = " → ".join(_how(grounds[0]) for grounds in (change.before, change.after))
    # Beside what a passage states, what the project keeps says nothing more.
    sides = (
        (word, [g for g in some if (g.status, g.grade) == (some[0].status, some[0].grade)])
        for word, some in (("before", change.before), ("now", change.after))
    )
    lines = [f"{word}: {_where(some)}" for word, some in sides]
    return Item(f"{sentence(change)}: {statuses}", tuple(lines))


def _support(change: FactChange) -> Item:
    before, after = ({ground.where.iri: ground for ground in side} for side in change[4:])
    lines = []
    for word, some, others in (("no longer", before, after), ("also", after, before)):
        if lone := [ground for iri, ground in some.items() if iri not in others]:
            lines.append(f"{word}: {_where(lone)}")
        for iri in sorted(some.keys() & others.keys()):
            if near := [thing for thing in some[iri].near if _is_not_among(thing, others[iri].near)]:
                what = "nearest passage" if some[iri].status == "not stated" else "premise"
                lines.append(f"{what}, {word}: {_joined(near)}")
    return Item(f"{sentence(change)}: {_how(change.after[0])}", tuple(lines))


def _is_not_among(thing: Entity, others: Iterable[Entity]) -> bool:
    """Whether none of ``others`` is this thing; their labels may be of another release."""
    return all(thing.iri != other.iri for other in others)


def _how(ground: Ground) -> str:
    return f"{ground.status} ({ground.grade})" if ground.grade else ground.status


def _where(grounds: Iterable[Ground]) -> str:
    places, document = [], ""
    for ground in grounds:
        if ground.where.iri == _ENTAILED:
            places.append("follows by the rules")
        elif ground.where.kind in ("inference", "silence"):
            near = f" (from {_joined(ground.near)})" if ground.near and ground.status == "inferred" else ""
            places.append(f"{ground.where.label}{near}")
        elif ground.where.kind in _SPOKEN:
            # "The Declaration, 3; 5" is shorter than to name the document again for every passage.
            before, comma, place = ground.where.label.rpartition(", ")
            places.append(place if comma and before == document else ground.where.label)
            document = before
            continue
        else:
            places.append(f"kept among the {ground.where.label}")
        document = ""
    return "; ".join(places)
