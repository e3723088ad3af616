"""An answer to a request, whole before the first byte of it is sent."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ukjapan_graph.endpoint.problem import MEDIA_TYPE, Problem

#: Of every response: no sniffing, no scripts, no frames; data may be read from any page, without credentials.
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Total-Count, Repr-Digest",
}
_TEXT = ("text/", "application/sparql-results+xml")


class Reply(NamedTuple):
    """A response: status, headers in the order to be sent, and the whole body.

    :ivar kept: whether the same request has the same answer as long as the server runs
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    kept: bool = True


def reply(media_type: str, body: bytes, *, headers: dict[str, str] | None = None, kept: bool = True) -> Reply:
    """200 with a body in ``media_type``; text says that it is UTF-8, and what is kept has an entity tag."""
    own = {"Content-Type": _full(media_type), "Vary": "Accept"} | (headers or {})
    if kept:
        own.setdefault("ETag", f'"{hashlib.sha256(media_type.encode() + body).hexdigest()[:32]}"')
        own.setdefault("Cache-Control", "public, max-age=60")
    else:
        own.setdefault("Cache-Control", "no-store")
    return Reply(200, _with_all(own), body, kept)


def empty(status: int, headers: dict[str, str]) -> Reply:
    """A response without a body: a redirection, an answer to OPTIONS."""
    return Reply(status, _with_all(headers), b"")


def refusal(problem: Problem) -> Reply:
    """The response that tells ``problem``."""
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"} | problem.headers
    return Reply(problem.status, _with_all(headers), problem.body(), kept=False)


def if_changed(answer: Reply, etags: str | None) -> Reply:
    """304 without a body where ``etags``, the value of If-None-Match, names the answer's (RFC 9110, 13.1.2)."""
    tag = dict(answer.headers).get("ETag")
    if not tag or not etags or answer.status != 200:
        return answer
    known = {one.strip().removeprefix("W/") for one in etags.split(",")}
    if tag not in known and "*" not in known:
        return answer
    return answer._replace(
        status=304, body=b"", headers=tuple(h for h in answer.headers if h[0] != "Content-Type")
    )


def _full(media_type: str) -> str:
    is_text = media_type.startswith(_TEXT[0])
    return f"{media_type}; charset=utf-8" if is_text and "charset" not in media_type else media_type


def _with_all(headers: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((EVERYWHERE | headers).items())
