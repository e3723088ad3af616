"""The things of the graph that others may want to find: their names, classes and values.

What is told of a thing is what the documents and the entities' own file say, and what follows from it; what is
only proposed by inference is left out. Names may also come from outside: then they are known for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ukjapan_graph.errors import SourceError
from ukjapan_graph.linking.alike.names import Name, name
from ukjapan_graph.linking.alike.ways import ALL as KINDS
from ukjapan_graph.namespaces import PREFIXES, THINGS, expand, kind_of, shorten

#: Where a name comes from, best first; ``document`` is a name as a document uses it.
SOURCES = ("label", "other", "document", "outside")
#: The file beside a release that holds what other pages say.
OUTSIDE = "ukjapan-external.nq"

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_PREFERRED, _NAMING = expand("skos:prefLabel"), {expand(f"skos:{n}Label") for n in ("pref", "alt")}
_TITLE = expand("ukj:shortTitle")
_OTHERS = {expand(n) for n in ("skos:altLabel", "dcterms:title", "ukj:alsoCalled")}
_NOTES = tuple(expand(f"skos:{n}") for n in ("scopeNote", "definition"))
_UNTOLD = {_TYPE, _LABEL} | {
    expand(f"ukj:{n}") for n in ("characters", "fileName", "fingerprint", "layout", "likelySameAs",
                                 "possiblySameAs")
}  # fmt: skip
_PROPOSED = {PREFIXES["graph"] + name for name in ("inferences", "silences", "tensions")}
_ENTAILED = PREFIXES["graph"] + "entailed"
_EXACT = expand("skos:exactMatch")


class Quads(Protocol):
    """What quads are read from: a store, or a view of one."""

    def quads_for_pattern(self, *pattern: object) -> Iterable[Quad]:
        """The quads that match; None stands for any term."""


class Called(NamedTuple):
    """A name of a thing, its language ("" for none), where it is from (:data:`SOURCES`), and made comparable."""

    text: str
    language: str
    source: str
    name: Name


class Thing(NamedTuple):
    """A thing of the graph.

    :ivar id: what follows the namespace of things in its IRI: ``person/boris-johnson``
    :ivar label: what a reader sees
    :ivar note: what the project says of it, "" for nothing
    :ivar classes: IRIs of the classes that it is given, sorted
    :ivar all_classes: those and the ones that follow
    :ivar names: every name, best first
    :ivar values: by the IRI of a property, sorted terms
    """

    id: str
    label: str
    note: str
    classes: tuple[str, ...]
    all_classes: frozenset[str]
    names: tuple[Called, ...]
    values: dict[str, tuple[NamedNode | Literal, ...]]

    @property
    def iri(self) -> str:
        """The full IRI."""
        return THINGS + self.id

    @property
    def kind(self) -> str:
        """``person`` for ``person/boris-johnson``."""
        return self.id.partition("/")[0]


class Catalogue:
    """The things in ``store``.

    :param outside: quads with names from outside
    :ivar things: by identifier, sorted
    :ivar terms: what the ontology calls its classes and properties, by IRI: label and definition
    """

    def __init__(self, store: Quads, outside: Iterable[Quad] = ()) -> None:
        self._store = store
        self.terms = _terms(store)
        self._used = _used(store)
        self._outside: dict[str, list[Literal]] = defaultdict(list)
        for quad in outside:
            if quad.predicate.value in _NAMING and isinstance(quad.object, Literal):
                self._outside[quad.subject.value].append(quad.object)
        found = {
            quad.subject.value
            for quad in store.quads_for_pattern(None, NamedNode(_TYPE), None, None)
            if kind_of(quad.subject.value) in KINDS
        }
        self.things = {thing.id: thing for thing in (self._thing(iri) for iri in sorted(found))}

    @cached_property
    def classes(self) -> dict[str, int]:
        """IRI of each class that a thing belongs to, with how many do; in the order of the kinds."""
        counts: dict[str, list[int]] = {}
        for thing in self.things.values():
            for iri in thing.all_classes:
                if iri in self.terms:
                    own = counts.setdefault(iri, [KINDS.index(thing.kind), 0])
                    own[:] = min(own[0], KINDS.index(thing.kind)), own[1] + 1
        order = sorted(counts, key=lambda iri: (counts[iri][0], -counts[iri][1], iri))
        return {iri: counts[iri][1] for iri in order}

    @cached_property
    def identifiers(self) -> dict[str, list[str]]:
        """Identifiers of the same thing elsewhere, as IRI and as prefixed name, with the things here."""
        found: dict[str, list[str]] = {}
        for thing in self.things.values():
            for term in thing.values.get(_EXACT, ()):
                for text in {term.value, shorten(term.value)}:
                    found.setdefault(text, []).append(thing.id)
        return found

    def thing(self, given: str) -> Thing | None:
        """The thing with the identifier, IRI or prefixed name ``given``; None where there is none."""
        iri = expand(given) or given
        return self.things.get(iri.removeprefix(THINGS))

    def attested(self, thing: Thing) -> list[tuple[str, str]]:
        """Persons and offices that a document shows together, of which ``thing`` is one: IRIs, sorted."""
        return sorted(pair for pair in self._attestations if thing.iri in pair)

    @cached_property
    def _attestations(self) -> set[tuple[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for part in ("person", "office"):
            predicate = NamedNode(expand(f"ukj:{part}"))
            for quad in self._store.quads_for_pattern(None, predicate, None, None):
                if kind_of(quad.subject.value) == "attestation":
                    found[quad.subject.value][part] = quad.object.value
        return {(row["person"], row["office"]) for row in found.values() if len(row) == 2}

    def dates(self, thing: Thing) -> tuple[Literal, ...]:
        """When a document dates it: its own dates, and those of its stages; sorted."""
        own = [t for p in ("date", "documentDate") for t in thing.values.get(expand(f"ukj:{p}"), ())]
        for quad in self._store.quads_for_pattern(
            None, NamedNode(expand("ukj:stageOf")), NamedNode(thing.iri), None
        ):
            stage = self.things.get(quad.subject.value.removeprefix(THINGS))
            own += stage.values.get(expand("ukj:date"), ()) if stage else ()
        return tuple(sorted(set(own), key=lambda term: term.value))

    def _thing(self, iri: str) -> Thing:
        given, follows, values = set(), set(), defaultdict(set)
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None):
            predicate, graph = quad.predicate.value, quad.graph_name.value
            if predicate == _TYPE:
                (follows if graph == _ENTAILED else given).add(quad.object.value)
            elif graph not in _PROPOSED and predicate not in _UNTOLD:
                values[predicate].add(quad.object)
        told = {p: tuple(sorted(terms, key=str)) for p, terms in sorted(values.items())}
        names = tuple(self._names(iri, told))
        notes = (t.value for p in _NOTES for t in told.get(p, ()))
        return Thing(
            iri.removeprefix(THINGS),
            next((c.text for c in names), "") or shorten(iri),
            next(notes, ""),
            tuple(sorted(given or follows)),
            frozenset(given | follows),
            names,
            told,
        )

    def _names(self, iri: str, values: dict[str, tuple]) -> Iterator[Called]:
        """Names best first: by source, English first, then as they sort; each text once."""
        rows = [("label", term) for p in (_PREFERRED, _TITLE) for term in values.get(p, ())]
        rows += [("other", term) for p in sorted(_OTHERS) for term in values.get(p, ())]
        rows += [("document", term) for term in self._used.get(iri, ())]
        rows += [("outside", term) for term in self._outside.get(iri, ())]
        seen = set()
        for source, term in sorted(rows, key=_rank):
            if isinstance(term, Literal) and (term.value, term.language) not in seen:
                seen.add((term.value, term.language))
                yield Called(term.value, term.language or "", source, name(term.value))


def outside_names(release: Path) -> list[Quad]:
    """The names from outside in the file beside ``release``; none where there is no such file.

    :raises SourceError: it is there and cannot be read
    """
    path = release.with_name(OUTSIDE)
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            quads = parse(file, format=RdfFormat.N_QUADS)
            return [quad for quad in quads if quad.predicate.value in _NAMING]
    except (OSError, SyntaxError) as error:
        raise SourceError(path, f"cannot be read: {error}") from error


def _rank(row: tuple[str, Literal]) -> tuple:
    source, term = row
    language = getattr(term, "language", None) or ""
    return SOURCES.index(source), ("en", "").index(language) if language in ("en", "") else 2, term.value


def _used(store: Quads) -> dict[str, list[Literal]]:
    """The names by which documents call things; descriptions and pronouns are none."""
    kind, refers = NamedNode(expand("ukj:mentionKind")), NamedNode(expand("ukj:refersTo"))
    other = {
        quad.subject
        for quad in store.quads_for_pattern(None, kind, None, None)
        if quad.object.value != PREFIXES["kind"] + "name"
    }
    texts = {
        quad.subject: quad.object
        for quad in store.quads_for_pattern(None, NamedNode(expand("ukj:name")), None, None)
    }
    found: dict[str, list[Literal]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, refers, None, None):
        if quad.subject not in other and quad.subject in texts:
            found[quad.object.value].append(texts[quad.subject])
    return found


def _terms(store: Quads) -> dict[str, tuple[str, str]]:
    graph = NamedNode(PREFIXES["graph"] + "ontology")
    found: dict[str, list[str]] = {}
    for place, predicate in enumerate((_LABEL, expand("skos:definition"))):
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, graph):
            if quad.object.language in (None, "en"):
                found.setdefault(quad.subject.value, ["", ""])[place] = quad.object.value
    return {iri: (label, definition) for iri, (label, definition) in sorted(found.items()) if label}
