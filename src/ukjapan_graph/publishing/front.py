"""What the front page says before the terms: what this is, how much there is, how to read it."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import PREFIXES, kind_of
from ukjapan_graph.publishing.axioms import ancestors
from ukjapan_graph.publishing.links import ALIGNMENTS, LISTS, PASSAGES, QUERIES, RULES, SHAPES
from ukjapan_graph.publishing.material import Index, Material, graph_of, is_passage
from ukjapan_graph.publishing.phrases import Phrase, Ref
from ukjapan_graph.publishing.shapes_in_words import ShapeGroup
from ukjapan_graph.publishing.terms import KINDS, Term

_UNIT = re.compile(r"([A-Z]+)([0-9]*)")
_ENTAILED = PREFIXES["graph"] + "entailed"


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


class Answer(NamedTuple):
    """One of the kinds of answer: its IRI, what it means, and one example with where to look."""

    iri: str
    label: str
    definition: str
    example: Phrase
    where: list[str]


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
        Count(sum(len(index.facts(p)) for index in material.alignments.values() for p in _ties(index)),
              "alignments", ALIGNMENTS),
        Count(len(graph.things("ukj:Document")), "documents", PASSAGES),
        Count(len(graph.things("ukj:Passage")), "passages", PASSAGES),
        Count(len(facts), "triples that passages state", ""),
        Count(len(graph.things("ukj:Inference")), "inferences", ""),
        Count(len(graph.things("ukj:Silence")), "silences", ""),
    ]  # fmt: skip


def section(kind: str) -> str:
    """The anchor of the section of terms of ``kind``; no local name of a term has a hyphen."""
    return "sec-" + kind.replace(" ", "-")


def _ties(index: Index) -> list[str]:
    return sorted(
        {q.predicate.value for q in index.quads if q.subject.value.startswith(PREFIXES["ukj"])}
    )


def answers(graph: Index, terms: list[Term]) -> list[Answer]:
    """The kinds of answer in their order, with examples that are about one property where that can be."""
    about = {term.iri: _examples(graph, term.iri) for term in terms if term.kind.endswith("property")}
    rank = {
        term.iri: (-len(about[term.iri]), term.kind != "object property", -len(term.silences), natural(term.iri))
        for term in terms
        if term.iri in about
    }
    order = sorted(about, key=rank.__getitem__)
    statuses = graph.things("ukj:Status")
    statuses.sort(key=lambda iri: (int(graph.text(iri, "ukj:rank") or 0), natural(iri)))
    found = []
    for iri in statuses:
        example: Phrase
        example, where = next((about[p][iri] for p in order if iri in about[p]), ([], []))
        found.append(Answer(iri, graph.label(iri), graph.text(iri, "skos:definition"), example, where))
    return found


def _examples(graph: Index, iri: str) -> dict[str, tuple[Phrase, list[str]]]:
    """One example of each kind of answer with the property ``iri``, and the passages it points to."""
    status = {name: PREFIXES["status"] + name for name in ("stated", "entailed", "inferred", "not-stated")}
    found: dict[str, tuple[Phrase, list[str]]] = {}
    quads = sorted(graph.facts(iri), key=lambda q: (natural(graph_of(q)), natural(q.subject.value), str(q.object)))
    for quad in reversed(quads):
        if is_passage(graph_of(quad)):
            found[status["stated"]] = _fact(graph, quad.subject.value, iri, quad.object), [graph_of(quad)]
    for wider in sorted({iri, *ancestors(graph, iri, "rdfs:subPropertyOf")}, key=lambda name: name != iri):
        entailed = [q for q in graph.facts(wider) if graph_of(q) == _ENTAILED or kind_of(graph_of(q)) == "reading"]
        stated = {(q.subject, q.object): graph_of(q) for q in quads if is_passage(graph_of(q))}
        for quad in sorted(entailed, key=lambda q: (natural(q.subject.value), str(q.object))):
            passage = stated.get((quad.subject, quad.object), "")
            if kind_of(graph_of(quad)) == "reading":
                passage = next(iter(graph.iris(graph_of(quad), "ukj:readingOf")), "")
            if passage and status["entailed"] not in found:
                found[status["entailed"]] = _fact(graph, quad.subject.value, wider, quad.object), [passage]
    for node in reversed(graph.subjects("ukj:predicate", iri)):
        if kind_of(node) == "silence":
            found[status["not-stated"]] = [graph.label(node)], graph.iris(node, "ukj:nearestPassage")
        elif kind_of(node) == "inference" and graph.values(node, "ukj:object"):
            subject, value = graph.values(node, "ukj:subject")[0].value, graph.values(node, "ukj:object")[0]
            grade = [f" ({graph.label(one)})" for one in graph.iris(node, "ukj:grade")]
            found[status["inferred"]] = (
                [*_fact(graph, subject, iri, value), *grade],
                graph.iris(node, "ukj:premise"),
            )
    return found


def _fact(graph: Index, subject: str, predicate: str, value: NamedNode | Literal) -> Phrase:
    end: str = graph.label(value.value) if isinstance(value, NamedNode) else value.value
    return [graph.label(subject), " → ", Ref(predicate, graph.label(predicate)), " → ", end]


def address(graph: Index) -> Address | None:
    """The passage that shows best how an address is made: the one that most terms give as their source."""
    cited = graph.facts("dcterms:source")
    uses: dict[str, int] = {}
    for quad in cited:
        uses[quad.object.value] = uses.get(quad.object.value, 0) + 1
    with_section = [iri for iri in graph.things("ukj:Passage") if graph.text(iri, "ukj:section")]
    passages = [iri for iri in with_section if _UNIT.fullmatch(graph.text(iri, "ukj:unit"))]
    if not passages:
        return None
    iri = min(passages, key=lambda one: (-uses.get(one, 0), natural(one)))
    unit = _UNIT.fullmatch(graph.text(iri, "ukj:unit"))
    assert unit is not None
    return Address(
        iri, next(iter(graph.iris(iri, "ukj:inDocument")), ""), graph.text(iri, "ukj:section"), unit[1], unit[2]
    )

