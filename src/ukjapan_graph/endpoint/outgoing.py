"""Responses on their way to clients: the headers of every one, and long bodies in blocks.

A client that takes its time has its answer kept here as long. So it has to take each block in time, and what all
have not taken yet has its limit.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from ukjapan_graph.endpoint import refusals
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.reply import Reply, refusal

Send = Callable[[dict], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

#: Bytes that are handed on at once; a body that has no more goes as it is.
BLOCK = 64 * 1024
#: Seconds in which a client has to take a block.
SECONDS = 10.0

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


class Outbox:
    """Sends answers, within ``limits``: at once as many bytes of long ones as all workers may give together.

    :ivar held: bytes of long answers that have not been taken whole, by client
    """

    def __init__(self, limits: Limits) -> None:
        self._room = limits.largest * limits.workers
        self.held: Counter[str] = Counter()

    async def send(self, scope: dict, send: Send, answer: Reply, headers: Headers | None = None) -> None:
        """Send ``answer`` to the request of ``scope``, or, where there is no room for it, a refusal.

        To a client that does not take a block in time no more is sent, and its connection is closed: by the length
        that it was told it knows that the answer is not whole.

        :param headers: those of the response, where they are known already
        """
        client = (scope.get("client") or ("",))[0]
        body = b"" if scope["method"] == "HEAD" else answer.body
        if len(body) > BLOCK and (refused := self._refused(client, len(body))):
            answer, headers, body = refused, None, refused.body
        start = {"type": "http.response.start", "status": answer.status, "headers": headers or raw(answer)}
        if len(body) <= BLOCK:
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        self.held[client] += len(body)
        try:
            await send(start)
            await _in_blocks(send, body)
        except TimeoutError:
            pass
        finally:
            self.held[client] -= len(body)
            if not self.held[client]:
                del self.held[client]

    async def emptied(self, seconds: float) -> None:
        """Return when all is taken, or after so many ``seconds``."""
        end = asyncio.get_running_loop().time() + seconds
        while self.held and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)

    def _refused(self, client: str, size: int) -> Reply | None:
        """No client may have more than half of the room, but for one answer."""
        if self.held[client] and self.held[client] + size > self._room // 2:
            return refusal(refusals.busy("You have not taken the answers that you were given before"))
        if self.held.total() + size > max(self._room, size):
            return refusal(refusals.crowded())
        return None


def raw(answer: Reply) -> Headers:
    """The headers of the response: those of every one, those of ``answer``, and the length of a body."""
    own = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
    named = {name for name, _ in own}
    headers = [header for header in _ALWAYS if header[0] not in named] + own
    if answer.status not in (204, 304):
        headers.append((b"content-length", str(len(answer.body)).encode()))
    return headers


async def _in_blocks(send: Send, body: bytes) -> None:
    """:raises TimeoutError: a block was not taken in time"""
    for start in range(0, len(body), BLOCK):
        block = body[start : start + BLOCK]
        async with asyncio.timeout(SECONDS):
            await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
