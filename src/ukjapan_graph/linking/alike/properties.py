"""The properties of things, as others ask for them: those of the graph, and a few that lead further.

A property of the graph has its prefixed name (``ukj:ofState``). The others have a plain word, and are what
people have in the columns of their tables: ``name``, ``office``, ``holder``, ``state``, ``date``, ``identifier``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.linking.alike.catalogue import Catalogue, Thing
from ukjapan_graph.linking.alike.matching import similarity
from ukjapan_graph.linking.alike.names import name
from ukjapan_graph.namespaces import THINGS, expand, shorten

Term = NamedNode | Literal
#: From here on, a value given for a property is that of the thing.
AGREES = 85.0

_STATES = (
    "ofState",
    "accreditedTo",
    "between",
    "signatoryState",
    "signedForState",
    "location",
    "destination",
)


class Property(NamedTuple):
    """A property.

    :ivar id: what it is asked for by
    :ivar values: the values of a thing, in order
    """

    id: str
    label: str
    definition: str
    values: Callable[[Thing], Iterable[Term]]


class Properties:
    """The properties of the things of ``catalogue``.

    :ivar all: by identifier: those of the plain words, then the others sorted
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        further = (
            ("name", "name", "Any name of the thing here or in a document.", _names),
            ("office", "office held", "An office in which a document shows the person.", self._offices),
            ("holder", "holder", "A person whom a document shows in the office.", self._holders),
            ("state", "state", "A state that the thing is of, binds or takes place in.", self._states),
            ("date", "date", "When a document dates the thing, or a stage of it.", catalogue.dates),
            ("identifier", "identifier elsewhere", "The same thing in another graph.", _identifiers),
        )
        self.all = {row[0]: Property(*row) for row in further}
        used = sorted({p for thing in catalogue.things.values() for p in thing.values})
        for iri in used:
            label, definition = catalogue.terms.get(iri, ("", ""))
            own = shorten(iri)
            self.all[own] = Property(own, label or _local(iri), definition, _direct(iri))

    def named(self, given: str) -> Property | None:
        """The property with the identifier, or the IRI, ``given``; None where there is none."""
        return self.all.get(given) or self.all.get(shorten(given))

    def of_class(self, iri: str) -> list[Property]:
        """The properties of which any thing of the class ``iri`` has a value; of any class where it is ""."""
        things = [thing for thing in self._catalogue.things.values() if not iri or iri in thing.all_classes]
        return [row for row in self.all.values() if any(next(iter(row.values(t)), None) for t in things)]

    def agreement(self, thing: Thing, row: Property, given: object) -> float | None:
        """How well ``given`` agrees with the best value, from 0 to 100; None where the thing has no value.

        :param given: a text, number or truth, or a dictionary with ``id`` or ``name`` of a thing
        """
        if isinstance(given, dict):
            given = given.get("id") or given.get("name") or ""
        text = (
            str(given).lower()
            if isinstance(given, bool)
            else f"{given:g}"
            if isinstance(given, float)
            else str(given)
        )
        values = list(row.values(thing))
        return max((self._agrees(value, text) for value in values), default=None)

    def _agrees(self, value: Term, text: str) -> float:
        if isinstance(value, Literal):
            if value.value == text:
                return 100.0
            if value.datatype.value.rpartition("#")[2] in ("date", "gYear", "gYearMonth"):
                return 100.0 if same_time(value.value, text) else 0.0
            found = similarity(name(text), name(value.value))
            return found if found >= AGREES else 0.0
        if text in (value.value, shorten(value.value), value.value.removeprefix(THINGS)):
            return 100.0
        thing = self._catalogue.things.get(value.value.removeprefix(THINGS))
        if thing is None:
            return 0.0
        asked, person = name(text), thing.kind == "person"
        found = max((similarity(asked, c.name, person=person) for c in thing.names), default=0.0)
        return found if found >= AGREES else 0.0

    def _offices(self, thing: Thing) -> list[Term]:
        return [NamedNode(o) for p, o in self._catalogue.attested(thing) if p == thing.iri]

    def _holders(self, thing: Thing) -> list[Term]:
        return [NamedNode(p) for p, o in self._catalogue.attested(thing) if o == thing.iri]

    def _states(self, thing: Thing) -> list[Term]:
        found = {term for p in _STATES for term in thing.values.get(expand(f"ukj:{p}"), ())}
        for office in self._offices(thing):
            held = self._catalogue.things.get(office.value.removeprefix(THINGS))
            found.update(held.values.get(expand("ukj:ofState"), ()) if held else ())
        return sorted((t for t in found if t.value.startswith(THINGS + "state/")), key=str)


def _names(thing: Thing) -> list[Term]:
    """Names from outside are for finding things: told as values, nobody could tell where they are from."""
    return [
        Literal(c.text, language=c.language) if c.language else Literal(c.text)
        for c in thing.names
        if c.source != "outside"
    ]


def _identifiers(thing: Thing) -> list[Term]:
    return [Literal(term.value) for term in thing.values.get(expand("skos:exactMatch"), ())]


def _direct(iri: str) -> Callable[[Thing], Iterable[Term]]:
    return lambda thing: thing.values.get(iri, ())


def same_time(known: str, given: str) -> bool:
    """Whether the one lies within the other: 2017 and 2017-01-26, but not 2017-01 and 2017-10."""
    given = given.partition("T")[0].strip()
    short, long = sorted((known, given), key=len)
    return len(short) >= 4 and (long == short or long.startswith(short + "-"))


def _local(iri: str) -> str:
    """The local name with its words apart: ``exact match``."""
    local = iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()
