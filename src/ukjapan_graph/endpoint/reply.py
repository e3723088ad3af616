"""An answer to a request, whole before the first byte of it is sent."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ukjapan_graph.endpoint.problem import MEDIA_TYPE, Problem
from ukjapan_graph.endpoint.request import packed, unpacked


class Reply(NamedTuple):
    """A response: status, its own headers in the order to be sent, and the whole body.

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
    return Reply(200, tuple(own.items()), body, kept)


def empty(status: int, headers: dict[str, str]) -> Reply:
    """A response without a body: a redirection, an answer to OPTIONS."""
    return Reply(status, tuple(headers.items()), b"")


def refusal(problem: Problem) -> Reply:
    """The response that tells ``problem``."""
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"} | problem.headers
    return Reply(problem.status, tuple(headers.items()), problem.body(), kept=False)


def to_bytes(answer: Reply) -> bytes:
    """``answer`` as the content of a frame."""
    return packed([answer.status, answer.headers, answer.kept], answer.body)


def from_bytes(content: bytes) -> Reply:
    """The way back from :func:`to_bytes`."""
    (status, headers, kept), body = unpacked(content)
    return Reply(status, tuple(map(tuple, headers)), body, kept)


def _full(media_type: str) -> str:
    is_text = media_type.startswith("text/")
    return f"{media_type}; charset=utf-8" if is_text and "charset" not in media_type else media_type
