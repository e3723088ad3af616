"""What comes from a client after the head of its request: the body, and the end of the connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.problem import Problem

Receive = Callable[[], Awaitable[dict]]
Found = TypeVar("Found")

#: Seconds after which it is looked whether the client is still there; most answers take less.
_MOMENT = 0.05


class Left(Exception):
    """The client left before it had its answer."""


async def body(scope: dict, receive: Receive, limits: Limits) -> bytes:
    """The body of the request.

    :raises Problem: 408, it takes longer to come than a query may run; 413, it is longer than may be; what comes
        after that is not read
    :raises Left: the client left before it was whole
    """
    # No length has more digits than these, or the server below has refused it.
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if told.isdigit() and int(told[:20]) > limits.body:
        raise _too_long(limits)
    try:
        async with asyncio.timeout(limits.seconds):
            return await _whole(receive, limits)
    except TimeoutError:
        detail = f"The body did not come within {limits.seconds:g} s; send it at once"
        raise Problem(408, detail, "slow", {"Connection": "close"}) from None


async def unless_left(receive: Receive, work: Awaitable[Found]) -> Found:
    """The result of ``work``, which is cancelled when the client leaves.

    :param receive: of a request whose body, where it has one, is read
    :raises Left: it left
    """
    task, left = asyncio.current_task(), asyncio.Event()

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        left.set()
        task.cancel()

    watching: list[asyncio.Task] = []
    timer = asyncio.get_running_loop().call_later(
        _MOMENT, lambda: watching.append(asyncio.ensure_future(watch()))
    )
    try:
        return await work
    except asyncio.CancelledError:
        if not left.is_set():
            raise
        task.uncancel()
        raise Left from None
    finally:
        timer.cancel()
        for one in watching:
            one.cancel()


async def _whole(receive: Receive, limits: Limits) -> bytes:
    data, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        data += message.get("body", b"")
        more = message.get("more_body", False)
        if len(data) > limits.body:
            raise _too_long(limits)
    return bytes(data)


def _too_long(limits: Limits) -> Problem:
    detail = f"A body may have {limits.body:,} bytes"
    return Problem(413, detail, "too-long", {"Connection": "close"})
