"""Answers kept: the graph does not change while it is served, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ukjapan_graph.endpoint.conditional import if_changed
from ukjapan_graph.endpoint.outgoing import Outbox, Response
from ukjapan_graph.endpoint.routes import READ

Key = tuple[str, str, bytes, bytes, bytes]

#: What an answer takes beside its body and what was asked, for its headers, about.
_AROUND = 1000


class Kept:
    """The application, with the answers to GET and HEAD that it has given before in front of it.

    :ivar app: the ASGI application behind
    :param outbox: what sends answers
    :param room: how many bytes of answers may be kept
    :param log: wraps ``send`` so that each response leaves a line
    """

    def __init__(self, app: Any, outbox: Outbox, room: int, log: Any = None) -> None:
        self.app, self._outbox, self._log = app, outbox, log
        self._room, self._used = room, 0
        self._answers: OrderedDict[Key, Response] = OrderedDict()

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            if self._log:
                send = self._log(scope, send)
            key = _key(scope) if scope["method"] in READ else None
            if found := self._answers.get(key):
                self._answers.move_to_end(key)
                await self._outbox.send(scope, send, if_changed(found, scope["headers"]))
                return
        await self.app(scope, receive, send)

    def keep(self, scope: dict, response: Response) -> None:
        """Keep ``response`` to the request of ``scope``, if it may be; the longest unasked go first."""
        if response.status != 200 or scope["method"] not in READ or len(response.body) > self._room // 4:
            return
        key = _key(scope)
        # Whether a request may do without a host depends on its version, which is not looked at here.
        if key in self._answers or not key[-1]:
            return
        self._answers[key] = response
        self._used += _size(key, response)
        while self._used > self._room:
            self._used -= _size(*self._answers.popitem(last=False))


def _key(scope: dict) -> Key:
    """All that the answer to a GET or HEAD depends on, but for conditions."""
    named = {name: b", ".join(v for n, v in scope["headers"] if n == name) for name in (b"accept", b"host")}
    return scope.get("scheme", ""), scope["path"], scope["query_string"], named[b"accept"], named[b"host"]


def _size(key: Key, response: Response) -> int:
    return sum(map(len, key)) + len(response.body) + _AROUND
