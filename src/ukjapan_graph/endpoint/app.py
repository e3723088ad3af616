"""The ASGI application: it reads requests, keeps answers, and leaves the answering to workers.

The process that it runs in holds no data and evaluates nothing, so nothing that anybody asks can stop it.
"""

from __future__ import annotations

from collections.abc import Collection

from ukjapan_graph.endpoint import incoming, request, state
from ukjapan_graph.endpoint.incoming import Receive
from ukjapan_graph.endpoint.kept import Kept
from ukjapan_graph.endpoint.log import line_writer
from ukjapan_graph.endpoint.outgoing import Outbox, Send
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.proxies import Behind
from ukjapan_graph.endpoint.reply import Reply, empty, from_bytes, if_changed, refusal
from ukjapan_graph.endpoint.routes import READ, find

#: Answers given without a worker, by name.
HERE = {"health": state.health, "ready": state.ready, "metrics": state.metrics}


class Application:
    """Answers HTTP with the workers of ``pool``, which whoever makes this starts and closes, through ``outbox``.

    :ivar kept: where answers that do not change go
    """

    kept: Kept

    def __init__(self, pool: Pool, outbox: Outbox) -> None:
        self.pool, self.outbox = pool, outbox

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            found = await self._answer(scope, receive)
        except Problem as problem:
            found = refusal(problem)
        except incoming.Left:
            return
        except Exception:
            found = refusal(Problem(500, "The server failed; the fault is not in the request"))
        self.kept.keep(scope, found)
        if scope["method"] in READ:
            found = if_changed(found, scope["headers"])
        await self.outbox.send(scope, send, found)

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
        body = await incoming.body(scope, receive, self.pool.limits) if method == "POST" else b""
        order = request.pack(request.from_scope(scope, name, parts, body))
        client = (scope.get("client") or ("",))[0]
        return from_bytes(await incoming.unless_left(receive, self.pool.answer(order, client)))


def application(
    pool: Pool, outbox: Outbox | None = None, *, log: str = "none", proxies: Collection[str] = ()
) -> Kept | Behind:
    """The ASGI application in front of ``pool``.

    :param outbox: what sends the answers, for who wants to know when all are sent
    :param log: "none", or "text" or "json" for a line on standard error for each request
    :param proxies: addresses of the proxies that are believed
    """
    outbox = outbox or Outbox(pool.limits)
    app = Application(pool, outbox)
    app.kept = Kept(app, outbox, pool.limits.kept, line_writer(log))
    return Behind(app.kept, proxies) if proxies else app.kept


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
