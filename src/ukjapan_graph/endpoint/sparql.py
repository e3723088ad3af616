"""SPARQL, the graph store and dumps over HTTP."""

from __future__ import annotations

import base64
import hashlib
from email.utils import parsedate_to_datetime

from pyoxigraph import NamedNode
from starlette.requests import Request

from ukjapan_graph.data.export import export
from ukjapan_graph.endpoint import description, html, negotiation
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import read
from ukjapan_graph.endpoint.reply import Reply, empty, reply
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.endpoint.worker import GRAPHS
from ukjapan_graph.errors import UnknownNameError
from ukjapan_graph.formats import GRAPH_FORMATS, graph_format

_EXAMPLE = "SELECT ?area ?number WHERE { ?area ukj:listNumber ?number } ORDER BY ?number\n"


async def query(service: Service, request: Request) -> Reply:
    """A SPARQL query; without one, the service description, or to a browser a form."""
    body = await _body(service, request) if request.method == "POST" else b""
    asked = read(request.method, request.scope["query_string"], request.headers.get("content-type"), body)
    accept = request.headers.get("accept")
    if asked.query is not None:
        client = request.client.host if request.client else ""
        return await service.sparql(asked, accept, client, f"{base(request)}/sparql")
    if request.method == "POST":
        raise Problem(400, "There is no query; send query=…", "no-query")
    media_type = negotiation.choose(accept, (*GRAPHS, "text/html"))
    if media_type == "text/html":
        return reply(media_type, html.page("SPARQL", html.query_form(_EXAMPLE)))
    return reply(media_type, description.write(description.describe(service, base(request)), media_type))


async def void(service: Service, request: Request) -> Reply:
    """The dataset described, where others look for it (VoID, 7.2)."""
    media_type = negotiation.choose(request.headers.get("accept"), tuple(GRAPHS))
    return reply(media_type, description.write(description.describe(service, base(request)), media_type))


async def store(service: Service, request: Request) -> Reply:
    """One graph, the default graph, or without either the whole dataset (Graph Store HTTP Protocol, 5.2)."""
    accept, given = request.headers.get("accept"), request.query_params
    graph, default = given.get("graph"), "default" in given
    if graph is not None and default:
        raise Problem(400, "Name a graph or say default, not both", "two-graphs")
    if graph is not None and graph not in service.graphs:
        raise Problem(
            404, f"There is no graph <{graph}> here; the service description lists them", "unknown-graph"
        )
    triples = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
    whole = graph is None and not default
    media_type = negotiation.choose(accept, ("application/n-quads", "application/trig") if whole else triples)
    name = NamedNode(graph) if graph is not None else None
    quads = service.store.quads_for_pattern(None, None, None, name)
    return reply(media_type, export(quads, graph_format(media_type)))


async def dump(service: Service, request: Request) -> Reply:
    """The whole release in one of the formats, by the suffix of its name."""
    name = request.path_params["name"]
    stem, _, suffix = name.partition(".")
    try:
        form = graph_format("." + suffix)
    except UnknownNameError:
        form = None
    if stem != "ukjapan-graph" or form is None:
        names = ", ".join(f"ukjapan-graph{known.suffix}" for known in GRAPH_FORMATS.values())
        raise Problem(404, f"There is no dump {name}; there are {names}", "no-such-dump")
    headers = {"Last-Modified": service.modified}
    since = request.headers.get("if-modified-since")
    if since and not request.headers.get("if-none-match") and not _is_later(service.modified, since):
        return empty(304, headers)
    data = export(service.store, form)
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return reply(form.media_type, data, headers=headers | {"Repr-Digest": f"sha-256=:{digest}:"})


def base(request: Request) -> str:
    """Where the client reached the server: scheme and host, without a slash at the end."""
    return str(request.base_url).rstrip("/")


async def _body(service: Service, request: Request) -> bytes:
    """The body of the request.

    :raises Problem: 413, it is longer than may be; what comes after that is not read
    """
    limit = service.limits.body
    data = bytearray()
    async for block in request.stream():
        data += block
        if len(data) > limit:
            raise Problem(413, f"A body may have {limit:,} bytes", "too-long", {"Connection": "close"})
    return bytes(data)


def _is_later(modified: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(modified) > parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return True
