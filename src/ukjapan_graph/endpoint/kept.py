"""Answers kept: the graph does not change while it is served, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ukjapan_graph.endpoint.outgoing import Outbox, raw
from ukjapan_graph.endpoint.reply import Reply, if_changed

#: What an answer takes beside its body and what was asked, for its headers, about.
_AROUND = 2500


class Kept:
    """The application, with the answers to GET that it has given before in front of it.

    :ivar app: the ASGI application behind
    :param outbox: what sends answers
    :param room: how many bytes of answers may be kept
    :param log: wraps ``send`` so that each response leaves a line
    """

    def __init__(self, app: Any, outbox: Outbox, room: int, log: Any = None) -> None:
        self.app, self._outbox, self._log = app, outbox, log
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
        headers, answer = found
        changed = if_changed(answer, scope["headers"])
        if changed is not answer:
            headers, answer = raw(changed), changed
        await self._outbox.send(scope, send, answer, headers)

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
