"""The HTTP server under the application: granian, in the process that talks to clients."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ukjapan_graph.endpoint.app import application
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.spawning import Executed, Forked
from ukjapan_graph.errors import SourceError, UkjapanError

if TYPE_CHECKING:
    from granian.server.embed import Server

#: Seconds in which a client must have sent the head of its request.
HEAD_SECONDS = 10


def serve(
    path: str, host: str, port: int, limits: Limits, *, services: Iterable[str] = (), log: str = "none"
) -> None:
    """Serve the release file ``path`` until SIGINT or SIGTERM; then answers at work are finished first.

    :param services: the addresses that SERVICE in a client's query may name
    :param log: a line for each request on standard error: "none", "text" or "json"; never with the query
    :raises SourceError: the release cannot be read
    :raises UkjapanError: granian is not installed, or the address cannot be had
    """
    _check_free(host, port)
    release = _hash(path)
    # Before anything else is loaded or starts a thread: workers are forks, where the system has them.
    spawner = (Forked if hasattr(os, "fork") else Executed)(path, limits, services)
    try:
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings
        from granian.server.embed import Server
    except ImportError as error:
        raise UkjapanError(
            f"serving needs {error.name}; install with: pip install 'ukjapan-graph[serve]'"
        ) from None
    spawner.check()
    pool = Pool(spawner, limits, release)
    server = Server(
        application(pool, log=log),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=64 * 1024),
        log_enabled=False,
    )
    with contextlib.suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(_run(server, pool))


async def _run(server: Server, pool: Pool) -> None:
    """Serve until a signal; then take no more queries, finish those at work, and end."""
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
    await pool.close()
    server.stop()
    # A client that keeps its connection open would keep the server waiting.
    await asyncio.wait([serving], timeout=1)
    sys.stderr.flush()
    os._exit(0 if stop.is_set() else UkjapanError.exit_code)


def _hash(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not loaded here
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error


def _check_free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UkjapanError(
                f"{host}:{port} cannot be had: {error.strerror}; choose another with --port"
            ) from None
