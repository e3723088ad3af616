"""What the front page says before the terms: what this is, how much there is, how to read it."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.turtle import natural, term_key
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
    about = {term.iri: _samples(graph, term.iri) for term in terms if term.kind.endswith("property")}
    order = sorted(
        (term for term in terms if about.get(term.iri)),
        key=lambda term: (
            -len({sample.status for sample in about[term.iri]}),
            term.kind != "object property",
            -len(term.silences),
            natural(term.iri),
        ),
    )
    ranked = [sample for term in order for sample in _nearest(about[term.iri])]
    statuses = graph.things("ukj:Status")
    statuses.sort(key=lambda iri: (int(graph.text(iri, "ukj:rank") or 0), natural(iri)))
    found = []
    for iri in statuses:
        sample = next((one for one in ranked if one.status == iri), None)
        words, where = (sample.words, sample.where) if sample else ([], [])
        found.append(Answer(iri, graph.label(iri), graph.text(iri, "skos:definition"), words, where))
    return found


class _Sample(NamedTuple):
    """A fact of one kind of answer: with what value, in words, and the passages to look up."""

    status: str
    value: str
    words: Phrase
    where: list[str]


def _nearest(samples: list[_Sample]) -> list[_Sample]:
    """``samples``, first those about the value of which there are the most kinds of answer."""
    kinds: dict[str, set[str]] = {}
    for sample in samples:
        kinds.setdefault(sample.value, set()).add(sample.status)
    return sorted(samples, key=lambda one: (-len(kinds[one.value]), natural(one.value)))


def _samples(graph: Index, iri: str) -> list[_Sample]:
    """What is stated, entailed, inferred and not stated with the property ``iri``, in a fixed order."""
    facts = sorted(graph.facts(iri), key=_order)
    stated = {(q.subject, q.object): graph_of(q) for q in facts if is_passage(graph_of(q))}
    found = [_sample(graph, "stated", quad, graph_of(quad)) for quad in facts if is_passage(graph_of(quad))]
    wider = sorted({iri, *ancestors(graph, iri, "rdfs:subPropertyOf")}, key=lambda name: (name != iri, natural(name)))
    for quad in (quad for name in wider for quad in sorted(graph.facts(name), key=_order)):
        passage = stated.get((quad.subject, quad.object), "") if graph_of(quad) == _ENTAILED else ""
        if kind_of(graph_of(quad)) == "reading":
            passage = next(iter(graph.iris(graph_of(quad), "ukj:readingOf")), "")
        if passage:
            found.append(_sample(graph, "entailed", quad, passage))
    for node in graph.subjects("ukj:predicate", iri):
        value = next((term.value for term in graph.values(node, "ukj:object")), "")
        if kind_of(node) == "silence":
            where = graph.iris(node, "ukj:nearestPassage")
            found.append(_Sample(PREFIXES["status"] + "not-stated", value, [graph.label(node)], where))
        elif kind_of(node) == "inference" and value:
            subject = next(iter(graph.iris(node, "ukj:subject")), "")
            words = _fact(graph, subject, iri, graph.values(node, "ukj:object")[0])
            words += [f" ({graph.label(grade).removeprefix('inferred (').rstrip(')')})" for grade in graph.iris(node, "ukj:grade")]
            found.append(_Sample(PREFIXES["status"] + "inferred", value, words, graph.iris(node, "ukj:premise")))
    return found


def _sample(graph: Index, status: str, quad: Quad, passage: str) -> _Sample:
    words = _fact(graph, quad.subject.value, quad.predicate.value, quad.object)
    return _Sample(PREFIXES["status"] + status, quad.object.value, words, [passage])


def _order(quad: Quad) -> tuple:
    return natural(graph_of(quad)), natural(quad.subject.value), term_key(quad.object)


def _fact(graph: Index, subject: str, predicate: str, value: NamedNode | Literal) -> Phrase:
    end: str = graph.label(value.value) if isinstance(value, NamedNode) else value.value
    return [graph.label(subject), " → ", Ref(predicate, graph.label(predicate)), " → ", end]


def address(graph: Index) -> Address | None:
    """A passage that shows how an address is made: of those whose letters stand for one section of their
    document, the one that most terms give as their source. None where there is no such passage.
    """
    sections: dict[tuple[str, str], set[str]] = {}
    candidates = []
    for iri in graph.things("ukj:Passage"):
        unit, document = _UNIT.match(graph.text(iri, "ukj:unit")), "".join(graph.iris(iri, "ukj:inDocument")[:1])
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
