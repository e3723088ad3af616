"""Things, terms and graphs at addresses of their own (Cool URIs for the Semantic Web, 4)."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.describe import describe
from ukjapan_graph.data.export import export
from ukjapan_graph.endpoint import html, negotiation
from ukjapan_graph.endpoint.evaluation import GRAPHS
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reply import Reply, empty, reply
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.errors import UnknownNameError
from ukjapan_graph.formats import graph_format
from ukjapan_graph.namespaces import PREFIXES, TERMS, THINGS
from ukjapan_graph.publishing import schema_org

_ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")
_HTML = "text/html"
#: The name of what schema.org has words for, in ``?format=``.
_SCHEMA = "schema"


def thing(service: Service, request: Request) -> Reply:
    """A thing is no document: 303 to a page about it, or to its data, as the client likes."""
    kind, slug = _thing(service, request)
    if dict(request.parameters).get("format") == _SCHEMA:
        return empty(303, {"Location": f"/page/{kind}/{slug}?format={_SCHEMA}", "Vary": "Accept"})
    media_type = negotiation.choose(request.accept, (*GRAPHS, _HTML))
    place = (
        f"/page/{kind}/{slug}"
        if media_type == _HTML
        else f"/data/{kind}/{slug}{graph_format(media_type).suffix}"
    )
    return empty(303, {"Location": place, "Vary": "Accept"})


def page(service: Service, request: Request) -> Reply:
    """What the documents say of a thing, for people; within it, or alone with ``format=schema``, schema.org's words."""
    kind, slug = _thing(service, request)
    node = NamedNode(f"{THINGS}{kind}/{slug}")
    wanted = dict(request.parameters).get("format")
    if wanted == _SCHEMA:
        text = schema_org.text(schema_org.described(service.store, node)) + "\n"
        return reply(schema_org.MEDIA_TYPE, text.encode())
    if wanted not in (None, "html"):
        raise Problem(
            406, f"There is no format {wanted} of a page; there are html and schema", "not-acceptable"
        )
    parts = html.description(describe(service.store, node))
    title = labels.label(service.store, node)
    return reply(_HTML, html.page(title, parts, schema_org.block(service.store, node)))


def data(service: Service, request: Request) -> Reply:
    """The same as RDF: triples with the thing at either end; of a graph, all in it."""
    kind, name = request.parts["kind"], request.parts["slug"]
    slug, _, suffix = name.rpartition(".")
    try:
        form = graph_format("." + suffix)
    except UnknownNameError as error:
        raise Problem(404, f"There is no format .{suffix} of this. {error}", "no-such-format") from None
    iri = f"{THINGS}{kind}/{slug}"
    quads = service.about(iri)
    if not quads:
        raise _nothing(iri)
    return reply(form.media_type, export(quads, form))


def terms(service: Service, request: Request) -> Reply:
    """The ontology: its terms have hash addresses below this one."""
    return _ontology(service, request)


def term(service: Service, request: Request) -> Reply:
    """A page about one term; the address of a version answers with the ontology."""
    name = request.parts["term"]
    node = NamedNode(TERMS + name) if name.isidentifier() else _ONTOLOGY
    if node != _ONTOLOGY and service.about(node.value):
        parts = html.description(describe(service.store, node))
        return reply(_HTML, html.page(labels.label(service.store, node), parts))
    version = NamedNode(f"{TERMS.removesuffix('#')}/{name}") if name.replace(".", "").isdigit() else None
    if version and any(
        service.store.quads_for_pattern(None, NamedNode(PREFIXES["owl"] + "versionIRI"), version, None)
    ):
        return _ontology(service, request)
    raise Problem(404, f"The ontology has no term {name}", "no-such-term")


def _ontology(service: Service, request: Request) -> Reply:
    formats = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", _HTML)
    media_type = negotiation.choose(request.accept, formats)
    quads = list(service.store.quads_for_pattern(None, None, None, _ONTOLOGY))
    if media_type == _HTML:
        return reply(_HTML, html.page("The ontology", html.terms(service.store, _terms(quads))))
    return reply(media_type, export(quads, graph_format(media_type)))


def _terms(quads: list[Quad]) -> list[NamedNode]:
    return sorted({q.subject for q in quads if q.subject.value.startswith(TERMS)}, key=str)


def _thing(service: Service, request: Request) -> tuple[str, str]:
    kind, slug = request.parts["kind"], request.parts["slug"]
    iri = f"{THINGS}{kind}/{slug}"
    if not service.about(iri):
        raise _nothing(iri)
    return kind, slug


def _nothing(iri: str) -> Problem:
    return Problem(404, f"Nothing here is called <{iri}>", "no-such-thing")
