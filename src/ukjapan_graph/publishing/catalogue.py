"""What the pages beside the front page list: closed lists, passages, neighbours."""

from __future__ import annotations

import re
from os.path import commonprefix
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import PREFIXES, is_ours
from ukjapan_graph.publishing.material import Index, is_passage

_LETTERS = re.compile(r"[A-Z]+")
#: How a term of ours stands to one of a neighbour, in words.
TIES = {
    PREFIXES["rdfs"] + "subClassOf": "is a kind of",
    PREFIXES["rdfs"] + "subPropertyOf": "is a narrower property than",
    PREFIXES["owl"] + "equivalentClass": "is the same class as",
    PREFIXES["owl"] + "equivalentProperty": "is the same property as",
    PREFIXES["skos"] + "exactMatch": "is the same as",
    PREFIXES["skos"] + "closeMatch": "is close to",
    PREFIXES["skos"] + "broadMatch": "is narrower than",
    PREFIXES["skos"] + "narrowMatch": "is broader than",
    PREFIXES["skos"] + "relatedMatch": "is related to",
}


class Value(NamedTuple):
    """A member of a closed list.

    :ivar mark: its notation, or its number in a list of a document
    :ivar depth: how many broader members stand above it
    :ivar used: how many things point to it, from outside the list
    :ivar stated: passages that give its number
    """

    iri: str
    labels: list[Literal]
    definition: list[Literal]
    notes: list[Literal]
    mark: str
    depth: int
    used: int
    stated: list[str]


class ClosedList(NamedTuple):
    """A scheme with its members in order."""

    iri: str
    label: str
    definition: str
    values: list[Value]


class Passage(NamedTuple):
    """A passage: where it stands, what it carries, what it says in our words, which terms rest on it."""

    iri: str
    label: str
    unit: str
    section: str
    kind: str
    gloss: list[Literal]
    place: str
    triples: int
    terms: list[str]


class Document(NamedTuple):
    """A document with its passages in its own order; ``more`` is what else the data says of it."""

    iri: str
    label: str
    title: str
    genre: str
    date: str
    addresses: list[str]
    units: list[tuple[str, str, int]]
    passages: list[Passage]


class Neighbour(NamedTuple):
    """An alignment: stem of its file, title, and (term, tie, outside term)."""

    name: str
    title: str
    ties: list[tuple[str, str, str]]


def closed_lists(graph: Index) -> tuple[list[ClosedList], list[tuple[str, int]]]:
    """The schemes all of whose members are defined or numbered; and the others, with their size."""
    closed, others = [], []
    for scheme in graph.things("skos:ConceptScheme"):
        members = graph.subjects("skos:inScheme", scheme)
        fixed = (graph.texts(m, "skos:definition") or graph.texts(m, "ukj:listNumber") for m in members)
        if members and all(fixed):
            values = [_value(graph, member, depth) for member, depth in _ordered(graph, members)]
            closed.append(ClosedList(scheme, graph.label(scheme), graph.text(scheme, "skos:definition"), values))
        else:
            others.append((scheme, len(members)))
    return closed, others


def _ordered(graph: Index, members: list[str]) -> list[tuple[str, int]]:
    """Members with their depth: by rank, number and name, narrower ones below what is broader."""
    inside = set(members)

    def key(iri: str) -> tuple:
        number = graph.text(iri, "ukj:rank") or graph.text(iri, "ukj:listNumber")
        return int(number) if number.isdigit() else 0, natural(graph.label(iri).lower()), natural(iri)

    def below(iri: str, depth: int, trail: frozenset[str]) -> list[tuple[str, int]]:
        narrower = [m for m in members if iri in graph.iris(m, "skos:broader") and m not in trail]
        lower = (step for m in sorted(narrower, key=key) for step in below(m, depth + 1, trail | {m}))
        return [(iri, depth), *lower]

    tops = [m for m in members if not inside & set(graph.iris(m, "skos:broader"))]
    found = [step for top in sorted(tops, key=key) for step in below(top, 0, frozenset({top}))]
    seen = {iri for iri, _ in found}
    return [*dict.fromkeys(found), *((m, 0) for m in sorted(members, key=key) if m not in seen)]


def _value(graph: Index, iri: str, depth: int) -> Value:
    numbered = [q for q in graph.facts("ukj:listNumber") if q.subject.value == iri]
    used = {
        quad.subject.value
        for quad in graph.users(iri)
        if quad.predicate.value != PREFIXES["skos"] + "broader"
    }
    return Value(
        iri,
        graph.texts(iri, "skos:prefLabel"),
        graph.texts(iri, "skos:definition"),
        graph.texts(iri, "skos:scopeNote"),
        graph.text(iri, "skos:notation") or graph.text(iri, "ukj:listNumber"),
        depth,
        len(used),
        sorted({q.graph_name.value for q in numbered if is_passage(q.graph_name.value)}, key=natural),
    )


def documents(graph: Index, ontology: Index) -> list[Document]:
    """Every document, by date and name, undated ones last."""
    found = [_document(graph, ontology, iri) for iri in graph.things("ukj:Document")]
    return sorted(found, key=lambda one: (not one.date, one.date, natural(one.iri)))


def _document(graph: Index, ontology: Index, iri: str) -> Document:
    passages = graph.subjects("ukj:inDocument", iri)
    passages.sort(key=lambda one: (int(graph.text(one, "ukj:start") or 0), natural(one)))
    told = [_passage(graph, ontology, passage) for passage in passages]
    outside = {
        value.value
        for predicate in graph.about(iri)
        for value in graph.values(iri, predicate)
        if value.value.startswith(("http://", "https://")) and not is_ours(value.value)
        and not predicate.startswith(PREFIXES["rdf"])
    }  # fmt: skip
    genre = graph.iris(iri, "ukj:genre")
    return Document(
        iri,
        graph.label(iri),
        graph.text(iri, "dcterms:title"),
        graph.label(genre[0]) if genre else "",
        graph.text(iri, "ukj:documentDate"),
        sorted(outside),
        _units(told, graph.label(iri)),
        told,
    )


def _passage(graph: Index, ontology: Index, iri: str) -> Passage:
    start, end, line = (graph.text(iri, f"ukj:{name}") for name in ("start", "end", "line"))
    place = f"line {line}, characters {start} to {end}" if line and end else f"from character {start}" if start else ""
    kinds = graph.iris(iri, "ukj:passageKind")
    terms = ontology.subjects("dcterms:source", iri)
    return Passage(
        iri,
        graph.label(iri),
        graph.text(iri, "ukj:unit"),
        graph.text(iri, "ukj:section"),
        graph.label(kinds[0]) if kinds else "",
        graph.texts(iri, "ukj:gloss"),
        place,
        len(graph.inside(iri)),
        [term for term in terms if term.startswith(PREFIXES["ukj"])],
    )


def _units(passages: list[Passage], document: str) -> list[tuple[str, str, int]]:
    """The letters of the units of one document, what their passages' labels have in common after the name of
    the ``document``, and how many there are."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        letters = _LETTERS.match(passage.unit)
        if letters:
            label = passage.label.removeprefix(document).lstrip(", ")
            found.setdefault(letters[0], []).append(label)
    return [
        (letters, commonprefix(labels).rstrip(" ,0123456789"), len(labels)) for letters, labels in found.items()
    ]


def neighbours(alignments: dict[str, Index]) -> list[Neighbour]:
    """Each alignment, by the name of its file."""
    found = []
    for name, index in alignments.items():
        iri = next(iter(index.things("owl:Ontology")), "")
        ties = {
            (quad.subject.value, quad.predicate.value, quad.object.value)
            for quad in index.quads
            if quad.subject.value.startswith(PREFIXES["ukj"]) and isinstance(quad.object, NamedNode)
        }
        found.append(Neighbour(name, index.text(iri, "dcterms:title") or name, sorted(ties)))
    return found
