"""Entities, documents and passages of two releases: what came, went, was renamed, reworded or moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.answering.names import Entity
from ukjapan_graph.changes.release import ASIDE, Release, Term
from ukjapan_graph.changes.words import is_address, is_word
from ukjapan_graph.namespaces import PREFIXES, kind_of

_GRAPH = PREFIXES["graph"]
_ASIDE = ASIDE | {_GRAPH + "entailed"}
_LABEL = PREFIXES["skos"] + "prefLabel"
#: Kinds of node that other people may cite, beside whatever stands among the entities.
_CITED = {"document", "passage", "tension"}


class Renaming(NamedTuple):
    """A thing whose English label is another, or that stands under another IRI with the same label.

    :ivar before: the thing in the old release, with its old label
    :ivar after: the thing in the new release
    """

    before: Entity
    after: Entity


class ValueChange(NamedTuple):
    """A property of a thing whose values are others; values as text, sorted."""

    thing: Entity
    property: Entity
    gone: tuple[str, ...]
    added: tuple[str, ...]


class Things(NamedTuple):
    """What changed of the things that facts are about.

    :ivar added: entities, documents, passages and tensions that are new; sorted by IRI, passages in document
        order
    :ivar gone: those that are there no longer
    :ivar renamed: those with another English label, or the same label under another IRI (these stand among
        the added and the gone too)
    :ivar readdressed: passages, mentions and documents with another range, fingerprint, place or name used
    :ivar reworded: other labels, glosses, notes and reasons of whatever is in both releases
    """

    added: tuple[Entity, ...]
    gone: tuple[Entity, ...]
    renamed: tuple[Renaming, ...]
    readdressed: tuple[ValueChange, ...]
    reworded: tuple[ValueChange, ...]


def compare(old: Release, new: Release) -> Things:
    """What changed of the things of two releases."""
    before, after = inventory(old), inventory(new)
    gone = _entities(old, before - after)
    added = _entities(new, after - before)
    renamed, readdressed, reworded = _moved(gone, added), [], []
    values = _values(old, old.quads - new.quads), _values(new, new.quads - old.quads)
    for subject, predicate in sorted(values[0].keys() | values[1].keys()):
        if not (_is_there(old, subject) and _is_there(new, subject)):
            continue
        change = _change(old, new, subject, predicate, values)
        if is_address(predicate):
            readdressed.append(change)
        elif predicate == _LABEL and old.entity(subject).label != new.entity(subject).label:
            renamed.append(Renaming(old.entity(subject), new.entity(subject)))
        else:
            reworded.append(change)
    return Things(added, gone, tuple(renamed), tuple(readdressed), tuple(reworded))


def rewordings(old: Release, new: Release) -> dict[Literal, Literal]:
    """What each text of the old release has become in the new, where one thing said one and now the other."""
    sides: list[dict[tuple, list[Literal]]] = [{}, {}]
    for side, quads in zip(sides, (old.quads - new.quads, new.quads - old.quads), strict=True):
        for quad in quads:
            if is_word(quad.predicate.value) and isinstance(quad.object, Literal):
                side.setdefault((quad.subject, quad.predicate, quad.graph_name), []).append(quad.object)
    both = ((sides[0][key], sides[1][key]) for key in sides[0].keys() & sides[1].keys())
    pairs = sorted(((a[0], b[0]) for a, b in both if len(a) == len(b) == 1), key=str)
    return dict(reversed(pairs))


def inventory(release: Release) -> set[str]:
    """IRIs of all entities, documents, passages and tensions."""
    found = {quad.subject.value for quad in release.graphs.get(_GRAPH + "entities", ())}
    for graph in ("documents", "tensions"):
        subjects = {quad.subject.value for quad in release.graphs.get(_GRAPH + graph, ())}
        found |= {iri for iri in subjects if kind_of(iri) in _CITED}
    return found


def _entities(release: Release, iris: Iterable[str]) -> tuple[Entity, ...]:
    def key(iri: str) -> tuple:
        kind = kind_of(iri)
        return (kind, release.order(iri) if kind == "passage" else (), iri)

    return tuple(release.entity(iri) for iri in sorted(iris, key=key))


def _moved(gone: Iterable[Entity], added: Iterable[Entity]) -> list[Renaming]:
    """Things that are gone and have come again: the only ones of their kind with their label."""
    places: dict[tuple[str, str], tuple[list, list]] = {}
    for side, things in enumerate((gone, added)):
        for thing in things:
            places.setdefault((thing.kind, thing.label), ([], []))[side].append(thing)
    pairs = (pair for _, pair in sorted(places.items()))
    return [Renaming(left[0], right[0]) for left, right in pairs if len(left) == len(right) == 1]


def _values(release: Release, quads: Iterable) -> dict[tuple[str, str], set[str]]:
    """Values of the words and addresses in ``quads``, by subject and predicate; terms are left to others."""
    found: dict[tuple[str, str], set[str]] = {}
    for quad in quads:
        if quad.graph_name.value in _ASIDE:
            continue
        predicate = quad.predicate.value
        if is_word(predicate) or (quad.graph_name.value == _GRAPH + "documents" and is_address(predicate)):
            found.setdefault((quad.subject.value, predicate), set()).add(_text(quad.object))
    return found


def _change(old: Release, new: Release, subject: str, predicate: str, values: tuple) -> ValueChange:
    gone, added = (side.get((subject, predicate), set()) for side in values)
    thing = new.entity(subject)
    return ValueChange(
        thing, new.relation(NamedNode(predicate)), tuple(sorted(gone - added)), tuple(sorted(added - gone))
    )


def _is_there(release: Release, subject: str) -> bool:
    quads = release.store.quads_for_pattern(NamedNode(subject), None, None, None)
    return next(quads, None) is not None


def _text(term: Term) -> str:
    if isinstance(term, NamedNode):
        return term.value
    return f"{term.value} ({term.language})" if term.language not in (None, "en") else term.value
