"""The front page, and how the server is."""

from __future__ import annotations

import json

from starlette.requests import Request

from ukjapan_graph import __version__
from ukjapan_graph.endpoint import html
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.service import Service


async def front(service: Service, request: Request) -> Reply:
    """What this is, and the questions one can ask."""
    about = (
        "<p>What the United Kingdom and Japan agreed on defence and security: every answer says what the "
        "documents say, how firmly, and where to look.</p>\n"
    )
    return reply(
        "text/html", html.page("UK–Japan defence cooperation", about, html.listing(service.queries.values()))
    )


async def style(service: Service, request: Request) -> Reply:
    """The one style sheet."""
    return reply("text/css", html.STYLE.encode())


async def health(service: Service, request: Request) -> Reply:
    """That the server lives, what it serves, and its limits."""
    state = {
        "version": __version__,
        "release": service.hash,
        "limits": service.limits._asdict(),
        "running": service.pool.running,
        "waiting": service.pool.waiting,
        "stopped": service.pool.killed,
    }
    return reply("application/json", json.dumps(state, indent=1).encode() + b"\n", kept=False)


async def ready(service: Service, request: Request) -> Reply:
    """Whether queries can be answered now.

    :raises Problem: 503, they cannot
    """
    if not service.pool.ready:
        raise Problem(503, "The server starts or closes; ask again soon", "closing", {"Retry-After": "5"})
    return reply("text/plain", b"ready\n", kept=False)


async def metrics(service: Service, request: Request) -> Reply:
    """Numbers in the text format of Prometheus."""
    pool = service.pool
    lines = [
        ("ukjapan_queries_running", "gauge", "Queries that run now", pool.running),
        ("ukjapan_queries_waiting", "gauge", "Queries that wait for a worker", pool.waiting),
        ("ukjapan_queries_stopped_total", "counter", "Queries stopped by a limit", pool.killed),
        ("ukjapan_release_quads", "gauge", "Quads in the release", sum(service.graphs.values())),
    ]
    text = "".join(f"# HELP {n} {about}\n# TYPE {n} {kind}\n{n} {value}\n" for n, kind, about, value in lines)
    return reply("text/plain; version=0.0.4; charset=utf-8", text.encode(), kept=False)
