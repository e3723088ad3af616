"""What the front page says before the terms: what this is, how much there is, how to read it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.publishing.links import ALIGNMENTS, LISTS, PASSAGES, QUERIES, RULES, SHAPES
from ukjapan_graph.publishing.material import Index, Material, graph_of, is_passage
from ukjapan_graph.publishing.neighbours import neighbours
from ukjapan_graph.publishing.shapes_in_words import ShapeGroup
from ukjapan_graph.publishing.terms import KINDS, Term

_UNIT = re.compile(r"([A-Z]+)([0-9]*)")


class Head(NamedTuple):
    """What the ontology says of itself."""

    iri: str
    title: str
    description: str
    version: str
    version_iri: str
    licences: list[str]
    creators: list[str]
    prefix: str
    namespace: str


class Count(NamedTuple):
    """A number of things, and the address on the pages where they are, or ""."""

    number: int
    what: str
    href: str


class Address(NamedTuple):
    """A passage taken apart: its IRI, and the IRI of its document, its section, letters and number."""

    iri: str
    document: str
    section: str
    letters: str
    number: str


def head(ontology: Index) -> Head:
    """The ontology's own description; where it has none, what can be said all the same."""
    iri = next(iter(ontology.things("owl:Ontology")), PREFIXES["ukj"].rstrip("#"))
    return Head(
        iri,
        ontology.text(iri, "dcterms:title") or "Ontology",
        ontology.text(iri, "dcterms:description"),
        ontology.text(iri, "owl:versionInfo"),
        next(iter(ontology.iris(iri, "owl:versionIRI")), ""),
        ontology.iris(iri, "dcterms:license"),
        [term.value for term in ontology.values(iri, "dcterms:creator")],
        ontology.text(iri, "vann:preferredNamespacePrefix") or "ukj",
        ontology.text(iri, "vann:preferredNamespaceUri") or PREFIXES["ukj"],
    )


def counts(material: Material, terms: list[Term], groups: list[ShapeGroup], listed: int) -> list[Count]:
    """How much there is of everything, in the order of the pages."""
    graph = material.graph
    kinds = {kind: sum(term.kind == kind for term in terms) for kind in KINDS.values()}
    facts = {(q.subject, q.predicate, q.object) for q in graph.quads if is_passage(graph_of(q))}
    plural = {"class": "classes", "annotation property": "annotation properties"}
    plural |= {kind: kind[:-1] + "ies" for kind in kinds if kind.endswith("property")}
    return [
        *(Count(kinds[kind], plural[kind], f"#{section(kind)}") for kind in kinds),
        Count(listed, "listed values", LISTS),
        Count(sum(len(group.rules) for group in groups), "constraints", SHAPES),
        Count(len(material.checks), "checks", f"{SHAPES}#sec-checks"),
        Count(len(material.rules), "entailment rules", RULES),
        Count(len(material.queries), "saved queries", QUERIES),
        Count(sum(len(one.ties) for one in neighbours(material.alignments)), "alignments", ALIGNMENTS),
        Count(len(graph.things("ukj:Document")), "documents", PASSAGES),
        Count(len(graph.things("ukj:Passage")), "passages", PASSAGES),
        Count(len(facts), "triples that passages state", ""),
        Count(len(graph.things("ukj:Inference")), "inferences", ""),
        Count(len(graph.things("ukj:Silence")), "silences", ""),
    ]  # fmt: skip


def section(kind: str) -> str:
    """The anchor of the section of terms of ``kind``; no local name of a term has a hyphen."""
    return "sec-" + kind.replace(" ", "-")


def address(graph: Index) -> Address | None:
    """A passage that shows how an address is made: of those whose letters stand for one section of their
    document, the one that most terms give as their source. None where there is no such passage.
    """
    sections: dict[tuple[str, str], set[str]] = {}
    candidates = []
    for iri in graph.things("ukj:Passage"):
        unit, document = (
            _UNIT.match(graph.text(iri, "ukj:unit")),
            "".join(graph.iris(iri, "ukj:inDocument")[:1]),
        )
        if unit and document:
            section = graph.text(iri, "ukj:section")
            sections.setdefault((document, unit[1]), set()).add(section)
            if section and unit[2] and unit[0] == graph.text(iri, "ukj:unit"):
                candidates.append(Address(iri, document, section, unit[1], unit[2]))
    fitting = [one for one in candidates if len(sections[one.document, one.letters]) == 1]
    return min(
        fitting,
        key=lambda one: (-len(graph.pointing("dcterms:source", one.iri)), natural(one.iri)),
        default=None,
    )
