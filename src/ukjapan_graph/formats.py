"""One table of formats: name typed by people, file suffix, media type, who can hold named graphs."""

from __future__ import annotations

from typing import NamedTuple

from ukjapan_graph.errors import UnknownNameError


class GraphFormat(NamedTuple):
    """A serialisation of RDF.

    :ivar media_type: as registered with IANA
    :ivar quads: whether it can hold named graphs
    :ivar native: whether pyoxigraph reads and writes it (otherwise rdflib does)
    :ivar w3c: its name below http://www.w3.org/ns/formats/
    """

    name: str
    suffix: str
    media_type: str
    quads: bool
    native: bool
    w3c: str


GRAPH_FORMATS = {
    f.name: f
    for f in (
        GraphFormat("nquads", ".nq", "application/n-quads", True, True, "N-Quads"),
        GraphFormat("trig", ".trig", "application/trig", True, True, "TriG"),
        GraphFormat("turtle", ".ttl", "text/turtle", False, True, "Turtle"),
        GraphFormat("ntriples", ".nt", "application/n-triples", False, True, "N-Triples"),
        GraphFormat("jsonld", ".jsonld", "application/ld+json", True, True, "JSON-LD"),
        GraphFormat("rdfxml", ".rdf", "application/rdf+xml", False, True, "RDF_XML"),
    )
}


class ResultFormat(NamedTuple):
    """A format of W3C for the answer to a SELECT or ASK.

    :ivar media_type: as registered with IANA
    :ivar w3c: its name below http://www.w3.org/ns/formats/
    """

    name: str
    media_type: str
    w3c: str


RESULT_FORMATS = {
    f.name: f
    for f in (
        ResultFormat("json", "application/sparql-results+json", "SPARQL_Results_JSON"),
        ResultFormat("xml", "application/sparql-results+xml", "SPARQL_Results_XML"),
        ResultFormat("csv", "text/csv", "SPARQL_Results_CSV"),
        ResultFormat("tsv", "text/tab-separated-values", "SPARQL_Results_TSV"),
    )
}


def graph_format(name: str) -> GraphFormat:
    """The format called ``name``, or with that suffix or media type.

    :raises UnknownNameError: no such format
    """
    for known in GRAPH_FORMATS.values():
        if name.lower() in known[:3] or f".{name.lower()}" == known.suffix:
            return known
    raise UnknownNameError("graph format", name, [], see=f"Known: {', '.join(GRAPH_FORMATS)}.")
