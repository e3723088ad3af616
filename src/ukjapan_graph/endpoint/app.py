"""The ASGI application: it reads requests, keeps answers, and leaves the answering to workers.

The process that it runs in holds no data and evaluates nothing, so nothing that anybody asks can stop it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

from ukjapan_graph.endpoint import request, state
from ukjapan_graph.endpoint.kept import Kept, raw
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.log import line_writer
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.proxies import Behind
from ukjapan_graph.endpoint.reply import Reply, empty, from_bytes, if_changed, refusal
from ukjapan_graph.endpoint.routes import READ, find

#: Answers given without a worker, by name.
HERE = {"health": state.health, "ready": state.ready, "metrics": state.metrics}

Receive = Callable[[], Awaitable[dict]]
Send = Callable[[dict], Awaitable[None]]


class _Left(Exception):
    """The client left before its request was whole."""


class Application:
    """Answers HTTP with the workers of ``pool``, which whoever makes this starts and closes.

    :ivar kept: where answers that do not change go
    """

    kept: Kept

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            found = await self._answer(scope, receive)
        except Problem as problem:
            found = refusal(problem)
        except _Left:
            return
        except Exception:
            found = refusal(Problem(500, "The server failed; the fault is not in the request"))
        self.kept.keep(scope, found)
        if scope["method"] in READ:
            found = if_changed(found, scope["headers"])
        await send({"type": "http.response.start", "status": found.status, "headers": raw(found)})
        body = b"" if scope["method"] == "HEAD" else found.body
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: dict, receive: Receive) -> Reply:
        route = find(scope["path"])
        if route is None:
            raise Problem(404, "There is nothing at this address")
        name, methods, parts = route
        method = scope["method"]
        if method == "OPTIONS":
            return _options(methods)
        if method not in methods:
            allowed = ", ".join([*methods, "OPTIONS"])
            raise Problem(405, f"{method} is not a method of this address", headers={"Allow": allowed})
        if name in HERE:
            return HERE[name](self.pool)
        body = await _body(receive, self.pool.limits) if method == "POST" else b""
        order = request.pack(request.from_scope(scope, name, parts, body))
        client = (scope.get("client") or ("",))[0]
        return from_bytes(await self.pool.answer(order, client))


def application(pool: Pool, *, log: str = "none", proxies: Collection[str] = ()) -> Kept | Behind:
    """The ASGI application in front of ``pool``.

    :param log: "none", or "text" or "json" for a line on standard error for each request
    :param proxies: addresses of the proxies that are believed
    """
    app = Application(pool)
    app.kept = Kept(app, pool.limits.kept, line_writer(log))
    return Behind(app.kept, proxies) if proxies else app.kept


async def _body(receive: Receive, limits: Limits) -> bytes:
    """The body of the request.

    :raises Problem: 408, it takes longer to come than a query may run; 413, it is longer than may be; what comes
        after that is not read
    """
    try:
        async with asyncio.timeout(limits.seconds):
            return await _whole(receive, limits.body)
    except TimeoutError:
        detail = f"The body did not come within {limits.seconds:g} s; send it at once"
        raise Problem(408, detail, "slow", {"Connection": "close"}) from None


async def _whole(receive: Receive, limit: int) -> bytes:
    data, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Left
        data += message.get("body", b"")
        more = message.get("more_body", False)
        if len(data) > limit:
            raise Problem(413, f"A body may have {limit:,} bytes", "too-long", {"Connection": "close"})
    return bytes(data)


def _options(methods: tuple[str, ...]) -> Reply:
    allowed = ", ".join([*methods, "OPTIONS"])
    return empty(
        204,
        {
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )
