"""The routes: which address is answered by what. An ASGI application on Starlette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ukjapan_graph.endpoint import linked, questions, sparql, state
from ukjapan_graph.endpoint.kept import Kept
from ukjapan_graph.endpoint.log import line_writer
from ukjapan_graph.endpoint.problem import TITLES, Problem
from ukjapan_graph.endpoint.reply import Reply, empty, if_changed, refusal
from ukjapan_graph.endpoint.service import Service

Answer = Callable[[Service, Request], Awaitable[Reply]]

_READ = ("GET", "HEAD")
_ROUTES: tuple[tuple[str, Answer, tuple[str, ...]], ...] = (
    ("/", state.front, _READ),
    ("/style.css", state.style, _READ),
    ("/sparql", sparql.query, (*_READ, "POST")),
    ("/query", sparql.query, (*_READ, "POST")),
    ("/store", sparql.store, _READ),
    ("/dump/{name}", sparql.dump, _READ),
    ("/.well-known/void", sparql.void, _READ),
    ("/queries", questions.index, _READ),
    ("/queries/{name}", questions.ask, _READ),
    ("/openapi.json", questions.openapi_document, _READ),
    ("/id/{kind}/{slug}", linked.thing, _READ),
    ("/page/{kind}/{slug}", linked.page, _READ),
    ("/data/{kind}/{slug}", linked.data, _READ),
    ("/ns", linked.terms, _READ),
    ("/ns/{term}", linked.term, _READ),
    ("/health", state.health, _READ),
    ("/ready", state.ready, _READ),
    ("/metrics", state.metrics, _READ),
)


def application(service: Service, *, log: str = "none") -> Kept:
    """The ASGI application that serves ``service``; its workers live as long as its lifespan.

    :param log: "none", or "text" or "json" for a line on standard error for each request
    """

    @asynccontextmanager
    async def lifespan(app: Starlette):
        await service.pool.start()
        yield
        await service.pool.close()

    kept = Kept(log=line_writer(log))

    def route(path: str, answer: Answer, methods: tuple[str, ...]) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.method == "OPTIONS":
                return _response(_options(methods), request)
            try:
                found = await answer(service, request)
            except Problem as problem:
                found = refusal(problem)
            except ClientDisconnect:
                found = refusal(Problem(400, "The client left before its request was whole", "left"))
            kept.keep(request.scope, found)
            return _response(found, request)

        return Route(path, endpoint, methods=[*methods, "OPTIONS"])

    async def wrong(request: Request, error: HTTPException) -> Response:
        detail = "There is nothing at this address" if error.status_code == 404 else str(error.detail)
        status = error.status_code if error.status_code in TITLES else 500
        return _response(refusal(Problem(status, detail, headers=dict(error.headers or {}))), request)

    async def failed(request: Request, error: Exception) -> Response:
        return _response(refusal(Problem(500, "The server failed; the fault is not in the request")), request)

    kept.app = Starlette(
        routes=[route(*entry) for entry in _ROUTES],
        lifespan=lifespan,
        exception_handlers={HTTPException: wrong, Exception: failed},
    )
    # An address with a slash too many is another address; a redirection would repeat the client's Host.
    kept.app.router.redirect_slashes = False
    return kept


def _response(found: Reply, request: Request) -> Response:
    found = if_changed(found, request.headers.get("if-none-match"))
    response = Response(b"" if request.method == "HEAD" else found.body, found.status)
    response.raw_headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in found.headers]
    if found.status not in (204, 304):
        response.raw_headers.append((b"content-length", str(len(found.body)).encode()))
    return response


def _options(methods: tuple[str, ...]) -> Reply:
    allowed = ", ".join([*methods, "OPTIONS"])
    return empty(
        204,
        {
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )
