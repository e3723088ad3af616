"""One table of formats: name typed by people, file suffix, media type, who can hold named graphs."""

from __future__ import annotations

from typing import NamedTuple

from ukjapan_graph.errors import UnknownNameError


class GraphFormat(NamedTuple):
    """A serialisation of RDF.

    :ivar media_type: as registered with IANA
    :ivar quads: whether it can hold named graphs
    :ivar native: whether pyoxigraph reads and writes it (otherwise rdflib does)
    """

    name: str
    suffix: str
    media_type: str
    quads: bool
    native: bool


GRAPH_FORMATS = {
    f.name: f
    for f in (
        GraphFormat("nquads", ".nq", "application/n-quads", True, True),
        GraphFormat("trig", ".trig", "application/trig", True, True),
        GraphFormat("turtle", ".ttl", "text/turtle", False, True),
        GraphFormat("ntriples", ".nt", "application/n-triples", False, True),
        GraphFormat("jsonld", ".jsonld", "application/ld+json", True, True),
        GraphFormat("rdfxml", ".rdf", "application/rdf+xml", False, True),
    )
}

ROW_FORMATS = {
    "table": "text/plain",
    "markdown": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
}


def graph_format(name: str) -> GraphFormat:
    """The format called ``name``, or with that suffix or media type.

    :raises UnknownNameError: no such format
    """
    for known in GRAPH_FORMATS.values():
        if name.lower() in known[:3] or f".{name.lower()}" == known.suffix:
            return known
    raise UnknownNameError("graph format", name, [], see=f"Known: {', '.join(GRAPH_FORMATS)}.")
