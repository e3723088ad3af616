"""Saved queries as resources."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from pyoxigraph import QueryResultsFormat, parse_query_results

from ukjapan_graph.answering.engines import Rows, rows_of
from ukjapan_graph.endpoint import html, negotiation, openapi, silent
from ukjapan_graph.endpoint.evaluation import RESULTS
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service

_JSON = "application/sparql-results+json"
_HTML = "text/html"
_LARGEST_PAGE = 10_000
_DIGITS = re.compile("[0-9]{1,9}")


def index(service: Service, request: Request) -> Reply:
    """All saved queries."""
    media_type = negotiation.choose(request.accept, ("application/json", _HTML))
    if media_type == _HTML:
        return reply(_HTML, html.page("Questions", html.listing(service.queries.values())))
    found = [
        {
            "name": query.name,
            "question": query.summary,
            "parameters": [p.name for p in query.parameters],
            "columns": [name for name, _ in query.columns],
            "href": f"{request.base}/queries/{query.name}",
        }
        for query in service.queries.values()
    ]
    return reply("application/json", json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")


def openapi_document(service: Service, request: Request) -> Reply:
    """The OpenAPI document."""
    document = openapi.document(service, request.base)
    return reply("application/json", json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def ask(service: Service, request: Request) -> Reply:
    """The answer to a saved query; its parameters are those of the address."""
    name = request.parts["name"]
    values: dict[str, str] = {}
    for key, value in request.parameters:
        if key in values:
            raise Problem(400, f"{key} is given twice", "parameter")
        values[key] = value
    page, size = (_number(values, key) for key in ("page", "page_size"))
    accept, query = request.accept, service.query(name)
    wanted = values.pop("format", None)
    media_type = service.wanted(wanted, accept, (*RESULTS, _HTML))
    text = service.bound(query, values)
    if size is None and page not in (None, 1):
        raise Problem(400, "page needs page_size: how many rows a page has", "parameter")
    headers = {}
    if size is not None:
        total = len(_rows(service, text).rows)
        headers = _links(name, values | ({"format": wanted} if wanted else {}), page or 1, size, total)
        text = f"{text}\nLIMIT {size} OFFSET {((page or 1) - 1) * size}\n"
    if media_type != _HTML:
        body = service.run(text, media_type)
        if silent.is_empty(media_type, body):
            notice = f"{request.base}/queries/{name}/silence"
            body = silent.pointing(media_type, body, notice)
            link = f'<{notice}>; rel="describedby"; type="text/plain"'
            headers["Link"] = ", ".join(filter(None, [headers.get("Link"), link]))
        return reply(media_type, body, headers=headers)
    found = _rows(service, text)
    answer = html.table(service.store, found.columns, found.rows) if found.rows else html.silence(query)
    return reply(_HTML, html.page(query.summary, html.question(query, values), answer), headers=headers)


def silence(service: Service, request: Request) -> Reply:
    """What it means that a saved query has no rows: an answer without rows points here."""
    query = service.query(request.parts["name"])
    media_type = negotiation.choose(request.accept, ("text/plain", _HTML))
    if media_type == _HTML:
        return reply(_HTML, html.page(query.summary, html.silence(query)))
    return reply(media_type, f"{query.silence}\n".encode())


def _rows(service: Service, text: str) -> Rows:
    return rows_of(parse_query_results(service.run(text, _JSON), format=QueryResultsFormat.JSON))


def _number(values: dict[str, str], key: str) -> int | None:
    text = values.pop(key, None)
    if text is None:
        return None
    if not (_DIGITS.fullmatch(text) and 1 <= int(text) <= _LARGEST_PAGE):
        raise Problem(
            400, f"{key} is a whole number from 1 to {_LARGEST_PAGE:,}, not {text[:20]}", "parameter"
        )
    return int(text)


def _links(name: str, values: dict[str, str], page: int, size: int, total: int) -> dict[str, str]:
    """Headers that lead to the other pages (RFC 8288), and the number of rows in all."""
    last = max(1, -(-total // size))
    if page > last:
        raise Problem(404, f"There is no page {page}; the last is {last}", "no-such-page")

    def link(number: int, relation: str) -> str:
        return (
            f'</queries/{name}?{urlencode({**values, "page": number, "page_size": size})}>; rel="{relation}"'
        )

    links = [link(1, "first"), link(last, "last")]
    links += [link(page - 1, "prev")] if page > 1 else []
    links += [link(page + 1, "next")] if page < last else []
    return {"Link": ", ".join(links), "X-Total-Count": str(total)}
