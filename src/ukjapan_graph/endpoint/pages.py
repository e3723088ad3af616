"""The front page and the style sheet."""

from __future__ import annotations

from ukjapan_graph.endpoint import html
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service


def front(service: Service, request: Request) -> Reply:
    """What this is, and the questions one can ask."""
    about = (
        "<p>What the United Kingdom and Japan agreed on defence and security: every answer says what the "
        "documents say, how firmly, and where to look.</p>\n"
        "<p>To match the names in a table of your own with the things here, give OpenRefine (or any other client of "
        'the Reconciliation API) the address <a href="/reconcile"><code>/reconcile</code></a> of this server.</p>\n'
    )
    return reply(
        "text/html", html.page("UK–Japan defence cooperation", about, html.listing(service.queries.values()))
    )


def style(service: Service, request: Request) -> Reply:
    """The one style sheet."""
    return reply("text/css", html.STYLE.encode())
