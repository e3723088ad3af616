"""SPARQL 1.1 Protocol: what a request asks for."""

from __future__ import annotations

from typing import NamedTuple

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.request import pairs

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class Asked(NamedTuple):
    """A query and the dataset it is put to (SPARQL 1.1 Protocol, 2.1).

    :ivar query: the text; None where the request has none, and asks for the service description
    :ivar default_graphs: IRIs that make the default graph; with ``named_graphs`` empty too, the service's own
    :ivar named_graphs: IRIs of the named graphs
    :ivar wanted: the format by name or media type, from ``format``, which is beyond the protocol
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str | None = None


def read(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Asked:
    """What a request asks for, by GET, HEAD, or either form of POST (2.1.1 to 2.1.3).

    :param query_string: of the address, still encoded
    :param body: of a POST, whole
    :raises Problem: 400 for no query, two queries, an update, or text that is not UTF-8; 415 for another body
    """
    in_address = pairs(query_string)
    if method != "POST":
        return _asked(in_address)
    kind, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    named = dict(parameter.split("=", 1) for parameter in parameters if "=" in parameter)
    charset = named.get("charset", "").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise Problem(415, f"Text is read as UTF-8; the request has charset={charset}", "charset")
    if kind == FORM:
        return _asked([*in_address, *pairs(body)])
    if kind == UPDATE:
        raise _refused_update()
    if kind != QUERY:
        given = f"the body has {content_type}" if content_type else "the request names no type"
        raise Problem(
            415,
            f"A POST has a body of {FORM} or {QUERY}; {given}",
            "media-type",
            {"Accept-Post": f"{FORM}, {QUERY}"},
        )
    if any(name == "query" for name, _ in in_address):
        raise Problem(400, "There are two queries, in the address and in the body; send one", "two-queries")
    return _asked([*in_address, ("query", _text(body))])


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise _refused_update()
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    queries = values.get("query", [])
    if len(queries) > 1:
        raise Problem(400, f"There are {len(queries)} queries; send one", "two-queries")
    wanted = values.get("format", [None])
    return Asked(
        queries[0] if queries else None,
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        wanted[0],
    )


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: {error}", "encoding") from None


def _refused_update() -> Problem:
    return Problem(400, "This service is read-only: updates are refused", "update")
