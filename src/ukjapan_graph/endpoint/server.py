"""``ukjapan serve``: the process that workers come from, then the one that talks to clients."""

from __future__ import annotations

import gc
import hashlib
import os
import socket
from collections.abc import Iterable

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.template import fork_template
from ukjapan_graph.errors import SourceError, UkjapanError


def serve(
    path: str,
    host: str,
    port: int,
    limits: Limits,
    *,
    services: Iterable[str] = (),
    log: str = "none",
    proxies: Iterable[str] = (),
) -> None:
    """Serve the release file ``path`` until SIGINT or SIGTERM; then answers at work are finished first.

    :param services: the addresses that SERVICE in a client's query may name
    :param proxies: addresses of proxies before the server, which tell who asks; see
        :class:`ukjapan_graph.endpoint.proxies.Behind`
    :param log: a line for each request on standard error: "none", "text" or "json"; never with the query
    :raises SourceError: the release cannot be read
    :raises UkjapanError: granian is not installed, or the address cannot be had
    """
    address = _free(host, port)
    release = _hash(path)
    # Before anything else is loaded: what is there now is in every worker, and is not to be copied because the
    # collector of garbage has touched it. Not every system has fork.
    gc.freeze()
    control = fork_template(path, limits, services) if hasattr(os, "fork") else None
    try:
        from ukjapan_graph.endpoint.front import run
    except ImportError as error:
        raise UkjapanError(
            f"serving needs {error.name}; install with: pip install 'ukjapan-graph[serve]'"
        ) from None
    from ukjapan_graph.endpoint.pool import Pool
    from ukjapan_graph.endpoint.spawning import Executed, Forked

    executed = Executed(path, limits, services)
    spawner = Forked(control, executed) if control else executed
    spawner.check()
    run(Pool(spawner, limits, release), address, port, log, proxies)


def _hash(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not loaded here
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error


def _free(host: str, port: int) -> str:
    """The address that ``host`` stands for; of several, one of IPv4.

    :raises UkjapanError: it stands for none, or ``port`` cannot be had there
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UkjapanError(
            f"{host}:{port} cannot be had: {why}; choose another with --port or --host"
        ) from None
    return address[0]
