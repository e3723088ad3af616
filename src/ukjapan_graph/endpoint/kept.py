"""Answers kept: the graph does not change while it is served, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ukjapan_graph.endpoint.reply import Reply, if_changed

#: What an answer takes beside its body and what was asked, for its headers, about.
_AROUND = 2500

#: Of every response that has no such header of its own: no sniffing, no scripts, no frames; data may be read from
#: any page, without credentials.
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Total-Count, Repr-Digest",
}
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in EVERYWHERE.items()]


class Kept:
    """The application, with the answers to GET that it has given before in front of it.

    :ivar app: the ASGI application behind
    :ivar hits: requests answered from here
    :param room: how many bytes of answers may be kept
    :param log: wraps ``send`` so that each response leaves a line
    """

    def __init__(self, app: Any, room: int, log: Any = None) -> None:
        self.app, self.hits, self._log = app, 0, log
        self._room, self._used = room, 0
        self._answers: OrderedDict[tuple, tuple[list, Reply]] = OrderedDict()

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        if self._log and scope["type"] == "http":
            send = self._log(scope, send)
        key = _key(scope) if _may_be_kept(scope) else None
        found = self._answers.get(key)
        if found is None:
            await self.app(scope, receive, send)
            return
        self._answers.move_to_end(key)
        self.hits += 1
        headers, answer = found
        changed = if_changed(answer, scope["headers"])
        if changed is not answer:
            headers, answer = raw(changed), changed
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def keep(self, scope: dict, answer: Reply) -> None:
        """Keep ``answer`` to the request of ``scope``, if it may be; the longest unasked go first."""
        if (
            not answer.kept
            or answer.status != 200
            or scope["method"] != "GET"
            or len(answer.body) > self._room // 4
        ):
            return
        key = _key(scope)
        # Whether a request may do without a host depends on its version, which is not looked at here.
        if key in self._answers or not key[-1]:
            return
        self._answers[key] = (raw(answer), answer)
        self._used += _size(key, answer)
        while self._used > self._room:
            oldest, (_, old) = self._answers.popitem(last=False)
            self._used -= _size(oldest, old)


def _may_be_kept(scope: dict) -> bool:
    """Whether a request depends on nothing but address and Accept; If-None-Match is seen to here."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return not any(name == b"if-modified-since" for name, _ in scope["headers"])


def _key(scope: dict) -> tuple[str, str, bytes, bytes, bytes]:
    named = {name: b", ".join(v for n, v in scope["headers"] if n == name) for name in (b"accept", b"host")}
    return scope.get("scheme", ""), scope["path"], scope["query_string"], named[b"accept"], named[b"host"]


def _size(key: tuple[str, str, bytes, bytes, bytes], answer: Reply) -> int:
    return sum(map(len, key)) + len(answer.body) + _AROUND


def raw(answer: Reply) -> list[tuple[bytes, bytes]]:
    """The headers of the response: those of every one, those of ``answer``, and the length of a body."""
    own = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
    named = {name for name, _ in own}
    headers = [header for header in _ALWAYS if header[0] not in named] + own
    if answer.status not in (204, 304):
        headers.append((b"content-length", str(len(answer.body)).encode()))
    return headers
