"""Each shape as sentences, and which of them are about which term."""

from __future__ import annotations

from typing import NamedTuple

from ukjapan_graph.data.turtle import RDF_TYPE, natural
from ukjapan_graph.publishing.constraints_in_words import (
    constraints,
    path_words,
    property_words,
    switched_off,
    term_words,
)
from ukjapan_graph.publishing.material import Index, full
from ukjapan_graph.publishing.phrases import Phrase, Ref, listing


class Rule(NamedTuple):
    """A constraint in words.

    :ivar iri: the shape that makes it
    :ivar words: the sentence, without its full stop
    :ivar paths: the properties it is about; none where it is about the thing itself
    :ivar message: what a data author is told who breaks it
    :ivar warning: whether breaking it is only a warning
    """

    iri: str
    words: Phrase
    paths: list[str]
    message: str
    warning: bool


class ShapeGroup(NamedTuple):
    """A shape with a target: its IRI, what it looks at, in words, and its rules."""

    iri: str
    targets: Phrase
    rules: list[Rule]


def groups(shapes: Index) -> list[ShapeGroup]:
    """Every shape that has a target and is not switched off, by name, with its own rules and its properties'."""
    every = sorted({*shapes.things("sh:NodeShape"), *shapes.things("sh:PropertyShape")}, key=natural)
    found = (_group(shapes, iri) for iri in every if not switched_off(shapes, iri))
    return [group for group in found if group.targets]


def uses(found: list[ShapeGroup]) -> dict[str, list[tuple[ShapeGroup, Rule]]]:
    """For each class the rules that look at its things, for each property those that are about its values."""
    by_term: dict[str, list[tuple[ShapeGroup, Rule]]] = {}
    for group in found:
        targets = {part.iri for part in group.targets if isinstance(part, Ref)}
        for rule in group.rules:
            for iri in sorted(targets | set(rule.paths)):
                by_term.setdefault(iri, []).append((group, rule))
    return by_term


def _group(shapes: Index, iri: str) -> ShapeGroup:
    if shapes.values(iri, "sh:path"):
        return ShapeGroup(iri, _targets(shapes, iri), [_rule(shapes, iri, property_words(shapes, iri))])
    own = constraints(shapes, iri)
    rules = [_rule(shapes, iri, ["The thing itself ", *listing(own)])] if own else []
    for prop in shapes.iris(iri, "sh:property"):
        if not switched_off(shapes, prop):
            rules.append(_rule(shapes, prop, property_words(shapes, prop)))
    return ShapeGroup(iri, _targets(shapes, iri), rules)


def _rule(shapes: Index, iri: str, words: Phrase) -> Rule:
    severity = shapes.iris(iri, "sh:severity")
    paths = [
        part.iri
        for path in shapes.values(iri, "sh:path")
        for part in path_words(shapes, path)
        if isinstance(part, Ref)
    ]
    return Rule(iri, words, paths, shapes.text(iri, "sh:message"), full("sh:Warning") in severity)


def _targets(shapes: Index, iri: str) -> Phrase:
    parts: list[Phrase] = []
    for term in shapes.iris(iri, "sh:targetClass"):
        parts.append(["every ", Ref(term)])
    if {full("rdfs:Class"), full("owl:Class")} & set(shapes.iris(iri, RDF_TYPE)):
        parts.append(["every ", Ref(iri)])
    for term in shapes.iris(iri, "sh:targetSubjectsOf"):
        parts.append(["whatever has ", Ref(term)])
    for term in shapes.iris(iri, "sh:targetObjectsOf"):
        parts.append(["whatever is a value of ", Ref(term)])
    for term in shapes.values(iri, "sh:targetNode"):
        parts.append([term_words(term)])
    return listing(parts)
