"""The HTTP server under the application: granian, in the process that talks to clients."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterable

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from ukjapan_graph.endpoint.app import application
from ukjapan_graph.endpoint.outgoing import Outbox
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.errors import UkjapanError

#: Seconds in which a client must have sent the head of its request, the first and any other on its connection.
HEAD_SECONDS = 10
#: Connections that may be open at once.
CONNECTIONS = 1024
#: Files that the process has open beside them, for its workers and itself, at most.
_OTHER_FILES = 128


def run(pool: Pool, host: str, port: int, log: str = "none", proxies: Iterable[str] = ()) -> None:
    """Answer with the workers of ``pool`` until SIGINT or SIGTERM; the process ends with it."""
    outbox = Outbox(pool.limits)
    server = Server(
        application(pool, outbox, log=log, proxies=frozenset(proxies)),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        # Who may speak HTTP/2 as well is waited for without end, to tell which it is.
        http=HTTPModes.http1,
        websockets=False,
        backlog=CONNECTIONS,
        backpressure=_connections(),
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=64 * 1024),
        log_enabled=False,
    )
    with contextlib.suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(_run(server, pool, outbox))


def _connections() -> int:
    try:
        import resource
    except ImportError:  # not on every system
        return CONNECTIONS
    return max(1, min(CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _OTHER_FILES))


async def _run(server: Server, pool: Pool, outbox: Outbox) -> None:
    """Serve until a signal; then take no more queries, finish and send those at work, and end."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await pool.start()
    except Problem as problem:
        print(f"ukjapan: error: {problem}", file=sys.stderr, flush=True)
        os._exit(UkjapanError.exit_code)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait([serving, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        why = serving.exception() or "it gave no reason"
        print(f"ukjapan: error: the HTTP server has ended: {why}", file=sys.stderr, flush=True)
    await pool.close()
    await outbox.emptied(pool.limits.seconds)
    server.stop()
    # A client that keeps its connection open would keep the server waiting.
    await asyncio.wait([serving], timeout=1)
    sys.stderr.flush()
    os._exit(0 if stop.is_set() else UkjapanError.exit_code)
