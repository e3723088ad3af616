"""The service described: SPARQL 1.1 Service Description, VoID, prefixes and saved queries.

What the release says of itself in ``graph:dataset``, counts included, is repeated; added is what is so of this
service alone, and the named graphs that the release counts only together.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, serialize

from ukjapan_graph.data.dataset import DATASET, GRAPH
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from ukjapan_graph.namespaces import PREFIXES, expand

_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]


def describe(service: Service, base: str) -> list[Triple]:
    """What the service is and holds, as it is reached under ``base`` (``http://127.0.0.1:7878``).

    Prefixes and saved queries are told as SIB's editor and Yasgui read them: sh:declare, and
    sh:SPARQLExecutable with sh:select and rdfs:comment.
    """
    return [*_service(service, base), *_graphs(service, base), *_queries(service, base)]


def write(triples: list[Triple], media_type: str) -> bytes:
    """``triples`` in a format of graphs."""
    form = RdfFormat.from_media_type(media_type)
    if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD):
        return serialize(triples, format=form, prefixes=PREFIXES)
    return serialize(triples, format=form)


def _service(service: Service, base: str) -> Iterator[Triple]:
    endpoint = NamedNode(f"{base}/sparql")
    yield Triple(endpoint, _TYPE, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values()):
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(_FORMATS + form.w3c))
    yield Triple(endpoint, _sd("defaultDataset"), DATASET)
    for name, iri in sorted(PREFIXES.items()):
        node = NamedNode(f"{base}/sparql#prefix-{name}")
        yield Triple(DATASET, _term("sh:declare"), node)
        yield Triple(node, _term("sh:prefix"), Literal(name))
        yield Triple(node, _term("sh:namespace"), Literal(iri, datatype=NamedNode(_XSD + "anyURI")))


def _graphs(service: Service, base: str) -> Iterator[Triple]:
    store, default = service.store, NamedNode(f"{base}/.well-known/void#default-graph")
    said = [quad.triple for quad in store.quads_for_pattern(None, None, None, GRAPH)]
    yield from said
    for name in (_sd("Dataset"), _void("Dataset")):
        yield Triple(DATASET, _TYPE, name)
    yield Triple(DATASET, _void("sparqlEndpoint"), NamedNode(f"{base}/sparql"))
    for form in GRAPH_FORMATS.values():
        yield Triple(DATASET, _void("dataDump"), NamedNode(f"{base}/dump/ukjapan-graph{form.suffix}"))
    count = _count(sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph())))
    yield Triple(DATASET, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))
    yield Triple(default, _void("triples"), count)
    if not said:
        yield Triple(DATASET, _void("triples"), count)
    named = {triple.object.value for triple in said if triple.predicate == _sd("name")}
    for number, (iri, triples) in enumerate(service.graphs.items()):
        if iri not in named:
            node = NamedNode(f"{base}/.well-known/void#graph-{number}")
            yield Triple(DATASET, _sd("namedGraph"), node)
            yield Triple(node, _TYPE, _sd("NamedGraph"))
            yield Triple(node, _sd("name"), NamedNode(iri))
            yield Triple(node, _TYPE, _void("Dataset"))
            yield Triple(node, _void("triples"), _count(triples))


def _queries(service: Service, base: str) -> Iterator[Triple]:
    for name, query in service.queries.items():
        node = NamedNode(f"{base}/queries/{name}")
        yield Triple(node, _TYPE, _term("sh:SPARQLExecutable"))
        yield Triple(node, _TYPE, _term("sh:SPARQLSelectExecutable"))
        yield Triple(node, _term("rdfs:comment"), Literal(query.summary, language="en"))
        yield Triple(node, _term("rdfs:label"), Literal(query.summary, language="en"))
        yield Triple(node, _term("sh:prefixes"), DATASET)
        yield Triple(node, _term("sh:select"), Literal(query.text))
        yield Triple(node, NamedNode("https://schema.org/target"), NamedNode(f"{base}/sparql"))
        for tag in query.tags:
            yield Triple(node, NamedNode("https://schema.org/keywords"), Literal(tag))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(_XSD + "integer"))


def _sd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sd"] + name)


def _void(name: str) -> NamedNode:
    return NamedNode(PREFIXES["void"] + name)


def _term(name: str) -> NamedNode:
    return NamedNode(expand(name))
