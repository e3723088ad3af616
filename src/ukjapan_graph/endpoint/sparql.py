"""SPARQL, the graph store and dumps over HTTP."""

from __future__ import annotations

import base64
import hashlib

from pyoxigraph import DefaultGraph, NamedNode

from ukjapan_graph.data.export import export
from ukjapan_graph.endpoint import description, html, negotiation
from ukjapan_graph.endpoint.evaluation import GRAPHS
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import read
from ukjapan_graph.endpoint.reply import Reply, reply, unchanged
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.errors import UnknownNameError
from ukjapan_graph.formats import GRAPH_FORMATS, graph_format

_EXAMPLE = "SELECT ?area ?number WHERE { ?area ukj:listNumber ?number } ORDER BY ?number\n"


def query(service: Service, request: Request) -> Reply:
    """A SPARQL query; without one, the service description, or to a browser a form."""
    query_string = request.query_string.encode("latin-1")
    asked = read(request.method, query_string, request.headers.get("content-type"), request.body)
    if asked.query is not None:
        return service.sparql(asked, request.accept, f"{request.base}/sparql")
    if request.method == "POST":
        raise Problem(400, "There is no query; send query=…", "no-query")
    media_type = negotiation.choose(request.accept, (*GRAPHS, "text/html"))
    if media_type == "text/html":
        return reply(media_type, html.page("SPARQL", html.query_form(_EXAMPLE)))
    return reply(media_type, description.write(description.describe(service, request.base), media_type))


def void(service: Service, request: Request) -> Reply:
    """The dataset described, where others look for it (VoID, 7.2)."""
    media_type = negotiation.choose(request.accept, GRAPHS)
    return reply(media_type, description.write(description.describe(service, request.base), media_type))


def store(service: Service, request: Request) -> Reply:
    """One graph, the default graph, or without either the whole dataset (Graph Store HTTP Protocol, 5.2)."""
    given = [(name, value) for name, value in request.parameters if name in ("graph", "default")]
    if len(given) > 1:
        raise Problem(400, "Name one graph, or say default", "two-graphs")
    graph, default = dict(given).get("graph"), "default" in dict(given)
    if graph is not None and graph not in service.graphs:
        raise Problem(
            404, f"There is no graph <{graph}> here; the service description lists them", "unknown-graph"
        )
    triples = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
    whole = graph is None and not default
    media_type = negotiation.choose(
        request.accept, ("application/n-quads", "application/trig") if whole else triples
    )
    name = DefaultGraph() if default else NamedNode(graph) if graph is not None else None
    quads = service.store.quads_for_pattern(None, None, None, name)
    if not whole and media_type == "application/ld+json":
        # One graph, which whoever reads it may put where they like, so it goes without its name.
        return reply(media_type, description.write(sorted((q.triple for q in quads), key=str), media_type))
    return reply(media_type, export(quads, graph_format(media_type)))


def dump(service: Service, request: Request) -> Reply:
    """The whole release in one of the formats, by the suffix of its name."""
    name = request.parts["name"]
    stem, _, suffix = name.partition(".")
    try:
        form = graph_format("." + suffix)
    except UnknownNameError:
        form = None
    if stem != "ukjapan-graph" or form is None:
        names = ", ".join(f"ukjapan-graph{known.suffix}" for known in GRAPH_FORMATS.values())
        raise Problem(404, f"There is no dump {name}; there are {names}", "no-such-dump")
    data = export(service.store, form)
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    headers = {"Last-Modified": service.modified, "Repr-Digest": f"sha-256=:{digest}:"}
    answer = reply(form.media_type, data, headers=headers)
    since = request.headers.get("if-modified-since")
    if since and not request.headers.get("if-none-match") and not _is_later(service.modified, since):
        return unchanged(answer)
    return answer


def _is_later(modified: str, since: str) -> bool:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(modified) > parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return True
