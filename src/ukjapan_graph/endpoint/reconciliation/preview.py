"""A thing in a small frame, for the pages of others (Reconciliation Service API 0.2, 5), and what features mean."""

from __future__ import annotations

from html import escape

from ukjapan_graph.answering import labels
from ukjapan_graph.endpoint import html
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reconciliation.reconcile import described
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.linking.alike.catalogue import Called, Thing
from ukjapan_graph.linking.alike.reconciling import FEATURES

#: Of this page alone: others may frame it. It runs nothing, loads nothing but our style, and posts nothing.
FRAMED = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors http: https:"
)
_SHOWN = 6
_SOURCES = {"document": "as a document has it", "outside": "from outside the documents"}


def preview(service: Service, request: Request) -> Reply:
    """What a thing is, what it is called and what is known of it first, with the way to its page."""
    wanted = dict(request.parameters).get("id", "")
    thing = service.reconciler.catalogue.thing(wanted)
    if thing is None:
        raise Problem(404, f"Nothing here has the identifier {wanted[:100]}", "no-such-thing")
    names = [called for called in thing.names if called.text != thing.label]
    parts = [
        f"<p>{escape(described(service.reconciler, thing))}</p>\n",
        _list("Also called", [_name(called) for called in names]),
        _list("Dates", [escape(term.value) for term in service.reconciler.catalogue.dates(thing)]),
        _list("Elsewhere", _elsewhere(service, thing)),
    ]
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(thing.label)}</title>\n"
        f'<link rel="stylesheet" href="{escape(request.base)}/style.css">\n</head>\n<body>\n'
        f'<h1><a href="{escape(request.base)}/id/{escape(thing.id)}" target="_blank" rel="noopener">'
        f"{escape(thing.label)}</a></h1>\n{''.join(parts)}</body>\n</html>\n"
    )
    return reply("text/html", page.encode(), headers={"Content-Security-Policy": FRAMED})


def features(service: Service, request: Request) -> Reply:
    """What each feature of a candidate means; with ``id``, that one alone."""
    wanted = dict(request.parameters).get("id")
    name = "property:…" if wanted and wanted.startswith("property:") else wanted
    if name is not None and name not in FEATURES:
        raise Problem(404, f"There is no feature {name[:100]}", "no-such-thing")
    rows = "".join(
        f"<dt><code>{escape(key)}</code></dt><dd>{escape(about)}</dd>\n"
        for key, about in FEATURES.items()
        if name in (None, key)
    )
    return reply("text/html", html.page("Features of candidates", f"<dl>\n{rows}</dl>\n"))


def _elsewhere(service: Service, thing: Thing) -> list[str]:
    known = service.reconciler.properties.all["identifier"].values(thing)
    return [f"<code>{escape(labels.short(term))}</code>" for term in known]


def _name(called: Called) -> str:
    where = f" <small>{_SOURCES[called.source]}</small>" if called.source in _SOURCES else ""
    language = f' lang="{escape(called.language)}"' if called.language else ""
    return f"<span{language}>{escape(called.text)}</span>{where}"


def _list(heading: str, rows: list[str]) -> str:
    if not rows:
        return ""
    more = f"<li>and {len(rows) - _SHOWN} more</li>" if len(rows) > _SHOWN else ""
    return f"<h2>{heading}</h2>\n<ul>{''.join(f'<li>{row}</li>' for row in rows[:_SHOWN])}{more}</ul>\n"
