"""Saved queries as part of the graph: what each asks, with its parameters and its SPARQL."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

QUERIES = NamedNode(PREFIXES["graph"] + "queries")


def quads(queries: Iterable[SavedQuery]) -> list[Quad]:
    """``queries`` in ``graph:queries``, so that any SPARQL store can list and run them.

    A query is ``query:<name>``, with its text under ``sh:select`` of the SHACL vocabulary; a parameter is
    ``query:<name>.<parameter>``. Names and values that people type are plain strings; sentences are English.
    """
    return [quad for query in queries for quad in _query(query)]


def _query(query: SavedQuery) -> Iterable[Quad]:
    node = NamedNode(PREFIXES["query"] + query.name)
    for name in ("ukj:SavedQuery", "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable"):
        yield _quad(node, RDF_TYPE, NamedNode(expand(name)))
    yield _quad(node, "skos:prefLabel", _english(query.summary))
    if query.description:
        yield _quad(node, "dcterms:description", _english(query.description))
    for tag in query.tags:
        yield _quad(node, "schema:keywords", Literal(tag))
    for question in query.questions:
        yield _quad(node, "ukj:answersQuestion", Literal(question))
    yield _quad(node, "ukj:columnNames", Literal(" ".join(name for name, _ in query.columns)))
    yield _quad(node, "ukj:whenSilent", _english(query.silence))
    yield _quad(node, "sh:select", Literal(query.text))
    for position, parameter in enumerate(query.parameters, 1):
        own = NamedNode(f"{node.value}.{parameter.name}")
        yield _quad(node, "ukj:parameter", own)
        yield from _parameter(own, parameter, position)


def _parameter(node: NamedNode, parameter: Parameter, position: int) -> Iterable[Quad]:
    yield _quad(node, RDF_TYPE, NamedNode(expand("ukj:Parameter")))
    if parameter.about:
        yield _quad(node, "skos:prefLabel", _english(parameter.about))
    yield _quad(node, "ukj:parameterName", Literal(parameter.name))
    yield _quad(node, "ukj:parameterType", Literal(parameter.type))
    # As typed, never an IRI: a default is no fact about the thing it names.
    yield _quad(node, "ukj:defaultValue", Literal(parameter.default))
    yield _quad(node, "ukj:position", Literal(str(position), datatype=NamedNode(XSD + "integer")))


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(expand(predicate) or predicate), value, QUERIES)


def _english(sentence: str) -> Literal:
    return Literal(sentence, language="en")
