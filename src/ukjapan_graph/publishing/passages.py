"""The documents and their passages: where each stands, and what it says in our words."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import Literal

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import PREFIXES, is_ours
from ukjapan_graph.publishing.material import Index

_LETTERS = re.compile(r"[A-Z]+")


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
    """A document with its passages in its own order; ``addresses`` are where it can be read."""

    iri: str
    label: str
    titles: list[Literal]
    genre: str
    date: str
    addresses: list[str]
    units: list[tuple[str, str, int]]
    passages: list[Passage]


def documents(graph: Index, ontology: Index) -> list[Document]:
    """Every document, by date and name, undated ones last."""
    found = [_document(graph, ontology, iri) for iri in graph.things("ukj:Document")]
    return sorted(found, key=lambda one: (not one.date, one.date, natural(one.iri)))


def _document(graph: Index, ontology: Index, iri: str) -> Document:
    passages = graph.subjects("ukj:inDocument", iri)
    passages.sort(key=lambda one: (graph.number(one, "ukj:start") or 0, natural(one)))
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
        graph.texts(iri, "dcterms:title"),
        graph.label(genre[0]) if genre else "",
        graph.text(iri, "ukj:documentDate"),
        sorted(outside),
        _units(told, graph.label(iri)),
        told,
    )


def _passage(graph: Index, ontology: Index, iri: str) -> Passage:
    start, end, line = (graph.text(iri, f"ukj:{name}") for name in ("start", "end", "line"))
    place = (
        f"line {line}, characters {start} to {end}"
        if line and end
        else f"from character {start}"
        if start
        else ""
    )
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
    return [(letters, _common(labels), len(labels)) for letters, labels in found.items()]


def _common(labels: list[str]) -> str:
    """What all of ``labels`` start with, without a number at its end."""
    first, last = min(labels), max(labels)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same].rstrip(" ,0123456789")
