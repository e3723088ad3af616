"""From a name, perhaps with a class and some properties, to the things that may be meant.

The score of a candidate, from 0 to 100, is how alike the names are. Where properties are given, two fifths of
it are what agrees of them; a property that the graph has no value of neither proves nor disproves, and costs a
twentieth. A name that only a document uses counts a little less than one that the thing has. Candidates of one
score are in the order of their identifiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from ukjapan_graph.linking.alike.catalogue import Called, Catalogue, Quads, Thing
from ukjapan_graph.linking.alike.matching import Index
from ukjapan_graph.linking.alike.names import name
from ukjapan_graph.linking.alike.properties import Properties, Property
from ukjapan_graph.namespaces import PREFIXES, expand

#: Candidates that score less are left out.
LEAST = 50.0
#: What decides for a match: the score, and how far the next candidate must be behind.
CERTAIN, AHEAD = 97.0, 2.0
_USED_BY_A_DOCUMENT, _ANOTHER_CLASS, _UNKNOWN_VALUE = 0.95, 0.5, 0.95

#: What each feature of a candidate means.
FEATURES = {
    "name": "How alike the names are, from 0 to 100.",
    "exact_name": "Whether the thing is called just so, but for case, accents and signs.",
    "name_used_by_document": "Whether the name that fits best is only one that a document uses.",
    "name_from_outside": "Whether the name that fits best comes from another page than the documents.",
    "type": "Whether the thing is of the class asked for.",
    "identifier": "Whether the thing has just the identifier that was asked for, here or elsewhere.",
    "property:…": "How well the value given for the property agrees, from 0 to 100; left out where the graph has none.",
}


class Question(NamedTuple):
    """What is looked for.

    :ivar text: a name, an identifier here or elsewhere; "" where only properties are given
    :ivar classes: IRIs of classes
    :ivar strict: ``any`` or ``all`` of the classes; with ``should`` another class only costs half the score
    :ivar properties: each with the values given, of which one is enough
    """

    text: str
    classes: tuple[str, ...] = ()
    strict: str = "any"
    properties: tuple[tuple[Property, tuple[object, ...]], ...] = ()
    limit: int = 10


class Candidate(NamedTuple):
    """A thing that may be meant, how likely from 0 to 100, whether without doubt, and why."""

    thing: Thing
    score: float
    match: bool
    features: dict[str, float | bool]


class Reconciler:
    """Finds things in a catalogue.

    :ivar catalogue: the things
    :ivar properties: theirs
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.properties = Properties(catalogue)
        self._called: list[tuple[Thing, Called]] = []
        for thing in catalogue.things.values():
            seen = set()
            for called in thing.names:
                if called.name.words and called.name not in seen:
                    seen.add(called.name)
                    self._called.append((thing, called))
        persons = [n for n, (thing, _) in enumerate(self._called) if thing.kind == "person"]
        self._index = Index([called.name for _, called in self._called], persons)

    def candidates(self, asked: Question) -> list[Candidate]:
        """The things that may be meant, best first; at most ``asked.limit`` of them."""
        found: list[Candidate] = []
        for thing, features, score in self._named(asked):
            if asked.classes:
                features["type"] = fits = _fits(thing, asked)
                if not fits and asked.strict != "should":
                    continue
                score *= 1 if fits else _ANOTHER_CLASS
            score = round(self._weighed(thing, asked, features, score), 2)
            if score >= LEAST:
                found.append(Candidate(thing, score, False, features))
        found.sort(key=lambda c: (-c.score, c.thing.id))
        certain = asked.text and found and found[0].score >= CERTAIN
        if certain and all(c.score <= found[0].score - AHEAD for c in found[1:2]):
            found[0] = found[0]._replace(match=found[0].features.get("type", True) is True)
        return found[: asked.limit]

    def _named(self, asked: Question) -> Iterable[tuple[Thing, dict[str, float | bool], float]]:
        """Every thing that is called like it, what speaks for it, and its score by name."""
        if not asked.text:
            for thing in self.catalogue.things.values():
                yield thing, {}, 100.0
            return
        known = self.catalogue.thing(asked.text)
        same = [known.id] if known else self._elsewhere(asked.text)
        for key in same:
            yield self.catalogue.things[key], {"identifier": True}, 100.0
        best: dict[str, tuple[float, float, Called]] = {}
        words = name(asked.text)
        for number, likeness in self._index.alike(words):
            thing, called = self._called[number]
            score = likeness * (_USED_BY_A_DOCUMENT if called.source == "document" else 1)
            if thing.id not in best or score > best[thing.id][0]:
                best[thing.id] = score, likeness, called
        for key, (score, likeness, called) in sorted(best.items()):
            if key not in same:
                features = {
                    "name": likeness,
                    "exact_name": called.name.words == words.words,
                    "name_used_by_document": called.source == "document",
                    "name_from_outside": called.source == "outside",
                }
                yield self.catalogue.things[key], features, score

    def _elsewhere(self, text: str) -> list[str]:
        return self.catalogue.identifiers.get(text, self._bare_identifiers.get(text, []))

    @cached_property
    def _bare_identifiers(self) -> dict[str, list[str]]:
        """Identifiers of Wikidata without their prefix: no other neighbour's tell what they are."""
        start = PREFIXES.get("wd", "\0")
        return {
            text.removeprefix(start): things
            for text, things in self.catalogue.identifiers.items()
            if text.startswith(start)
        }

    def _weighed(self, thing: Thing, asked: Question, features: dict, score: float) -> float:
        """``score`` with what the properties say for and against; puts that into ``features``."""
        agreed: list[float] = []
        for row, given in asked.properties:
            found = [self.properties.agreement(thing, row, value) for value in given]
            if not found or found[0] is None:
                score *= _UNKNOWN_VALUE
                continue
            features[f"property:{row.id}"] = best = max(found)
            agreed.append(best)
        if not agreed:
            return score if asked.text else 0.0
        share = sum(agreed) / len(agreed) / 100
        return score * (0.6 + 0.4 * share) if asked.text else score * share


def reconciler(store: Quads, outside: Sequence = ()) -> Reconciler:
    """Whoever finds things in ``store``, under names from ``outside`` too."""
    return Reconciler(Catalogue(store, outside))


def class_named(catalogue: Catalogue, given: str) -> str | None:
    """The IRI of the class with the prefixed name, IRI or local name ``given``; None where there is none."""
    for iri in (given, expand(given), PREFIXES["ukj"] + given):
        if iri in catalogue.classes:
            return iri
    return None


def _fits(thing: Thing, asked: Question) -> bool:
    every = all if asked.strict == "all" else any
    return every(iri in thing.all_classes for iri in asked.classes)
