"""The kinds of answer, each with one example, if it can be about one and the same thing."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.turtle import natural, term_key
from ukjapan_graph.namespaces import PREFIXES, kind_of
from ukjapan_graph.publishing.axioms import ancestors
from ukjapan_graph.publishing.material import Index, graph_of, is_passage
from ukjapan_graph.publishing.phrases import Phrase, Ref
from ukjapan_graph.publishing.terms import Term

_ENTAILED = PREFIXES["graph"] + "entailed"


class Answer(NamedTuple):
    """One of the kinds of answer: its IRI, what it means, and one example with where to look."""

    iri: str
    label: str
    definition: str
    example: Phrase
    where: list[str]


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
    # What is external is no answer of the documents, and nothing in a release is.
    statuses = [iri for iri in graph.things("ukj:Status") if iri != PREFIXES["status"] + "external"]
    statuses.sort(key=lambda iri: (graph.number(iri, "ukj:rank") or 0, natural(iri)))
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
    wider = sorted(
        {iri, *ancestors(graph, iri, "rdfs:subPropertyOf")}, key=lambda name: (name != iri, natural(name))
    )
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
            words += [
                f" ({graph.label(grade).removeprefix('inferred (').rstrip(')')})"
                for grade in graph.iris(node, "ukj:grade")
            ]
            found.append(
                _Sample(PREFIXES["status"] + "inferred", value, words, graph.iris(node, "ukj:premise"))
            )
    return found


def _sample(graph: Index, status: str, quad: Quad, passage: str) -> _Sample:
    words = _fact(graph, quad.subject.value, quad.predicate.value, quad.object)
    return _Sample(PREFIXES["status"] + status, quad.object.value, words, [passage])


def _order(quad: Quad) -> tuple:
    return natural(graph_of(quad)), natural(quad.subject.value), term_key(quad.object)


def _fact(graph: Index, subject: str, predicate: str, value: NamedNode | Literal) -> Phrase:
    end: str = graph.label(value.value) if isinstance(value, NamedNode) else value.value
    return [graph.label(subject), " → ", Ref(predicate, graph.label(predicate)), " → ", end]
