"""The service described: SPARQL 1.1 Service Description, VoID, prefixes and saved queries."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.endpoint.worker import GRAPHS, RESULTS
from ukjapan_graph.namespaces import PREFIXES, TERMS, expand

_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
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
    form = GRAPHS[media_type]
    if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD):
        return serialize(triples, format=form, prefixes=PREFIXES)
    return serialize(triples, format=form)


def _service(service: Service, base: str) -> Iterator[Triple]:
    endpoint = NamedNode(f"{base}/sparql")
    yield Triple(endpoint, _TYPE, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for media_type in (*RESULTS, *GRAPHS):
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(_FORMATS + _NAMES[media_type]))
    whole = NamedNode(f"{base}/.well-known/void#dataset")
    yield Triple(endpoint, _sd("defaultDataset"), whole)
    for name, iri in sorted(PREFIXES.items()):
        node = NamedNode(f"{base}/sparql#prefix-{name}")
        yield Triple(whole, _term("sh:declare"), node)
        yield Triple(node, _term("sh:prefix"), Literal(name))
        yield Triple(node, _term("sh:namespace"), Literal(iri, datatype=NamedNode(_XSD + "anyURI")))


def _graphs(service: Service, base: str) -> Iterator[Triple]:
    whole = NamedNode(f"{base}/.well-known/void#dataset")
    default = NamedNode(f"{base}/.well-known/void#default-graph")
    for name in (_sd("Dataset"), _void("Dataset")):
        yield Triple(whole, _TYPE, name)
    title = next(iter(service.store.quads_for_pattern(_ontology(), _term("dcterms:title"), None, None)), None)
    yield Triple(whole, _term("dcterms:title"), title.object if title else Literal("ukjapan-graph"))
    yield Triple(whole, _void("sparqlEndpoint"), NamedNode(f"{base}/sparql"))
    yield Triple(whole, _void("dataDump"), NamedNode(f"{base}/dump/ukjapan-graph.nq"))
    yield Triple(whole, _void("uriSpace"), Literal("https://w3id.org/ukjapan/"))
    yield Triple(whole, _void("vocabulary"), NamedNode(TERMS))
    yield Triple(whole, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))
    merged = {quad.triple for quad in service.store}
    yield Triple(whole, _void("triples"), _count(len(merged)))
    yield Triple(default, _void("triples"), _count(len(merged)))
    for kind, key in (("classPartition", "class"), ("propertyPartition", "property")):
        counts: dict[NamedNode, int] = {}
        for triple in merged:
            if kind == "propertyPartition":
                counts[triple.predicate] = counts.get(triple.predicate, 0) + 1
            elif triple.predicate == _TYPE:
                counts[triple.object] = counts.get(triple.object, 0) + 1
        for number, (term, count) in enumerate(sorted(counts.items(), key=str)):
            part = NamedNode(f"{base}/.well-known/void#{key}-{number}")
            yield Triple(whole, _void(kind), part)
            yield Triple(part, _void(key), term)
            yield Triple(part, _void("entities" if key == "class" else "triples"), _count(count))
    for number, (iri, count) in enumerate(service.graphs.items()):
        named = NamedNode(f"{base}/.well-known/void#named-graph-{number}")
        graph = NamedNode(f"{base}/.well-known/void#graph-{number}")
        yield Triple(whole, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(iri))
        yield Triple(named, _sd("graph"), graph)
        yield Triple(graph, _TYPE, _sd("Graph"))
        yield Triple(graph, _void("triples"), _count(count))


def _queries(service: Service, base: str) -> Iterator[Triple]:
    whole = NamedNode(f"{base}/.well-known/void#dataset")
    for name, query in service.queries.items():
        node = NamedNode(f"{base}/queries/{name}")
        yield Triple(node, _TYPE, _term("sh:SPARQLExecutable"))
        yield Triple(node, _TYPE, _term("sh:SPARQLSelectExecutable"))
        yield Triple(node, _term("rdfs:comment"), Literal(query.summary, language="en"))
        yield Triple(node, _term("rdfs:label"), Literal(query.summary, language="en"))
        yield Triple(node, _term("sh:prefixes"), whole)
        yield Triple(node, _term("sh:select"), Literal(query.text))
        yield Triple(node, NamedNode("https://schema.org/target"), NamedNode(f"{base}/sparql"))
        for tag in query.tags:
            yield Triple(node, NamedNode("https://schema.org/keywords"), Literal(tag))


def _ontology() -> NamedNode:
    return NamedNode(TERMS.removesuffix("#"))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(_XSD + "integer"))


def _sd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sd"] + name)


def _void(name: str) -> NamedNode:
    return NamedNode(PREFIXES["void"] + name)


def _term(name: str) -> NamedNode:
    return NamedNode(expand(name))
