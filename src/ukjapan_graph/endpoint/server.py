"""The HTTP server under the application: granian, one process that talks, beside the workers that answer."""

from __future__ import annotations

import json
import os
from typing import Any

from ukjapan_graph.endpoint.pool import Limits
from ukjapan_graph.errors import UkjapanError

_SETTINGS = "UKJAPAN_SERVE"
#: Seconds in which a client must have sent the head of its request.
HEAD_SECONDS = 10


def serve(path: str, host: str, port: int, limits: Limits, *, log: str = "none") -> None:
    """Serve the release file ``path`` until SIGINT or SIGTERM.

    :param log: a line for each request on standard error: "none", "text" or "json"; never with the query
    :raises UkjapanError: granian or Starlette is not installed, or the address cannot be had
    """
    try:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings
    except ImportError as error:
        raise UkjapanError(
            f"serving needs {error.name}; install with: pip install 'ukjapan-graph[serve]'"
        ) from None
    _check_free(host, port)
    os.environ[_SETTINGS] = json.dumps({"path": path, "limits": limits._asdict(), "log": log})
    Granian(
        "ukjapan_graph.endpoint.server:create",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=64 * 1024),
        workers_kill_timeout=int(limits.seconds) + 5,
        log_level="warning",
    ).serve()


def create() -> Any:
    """The application, with the settings that :func:`serve` left in the environment."""
    from ukjapan_graph.endpoint.app import application
    from ukjapan_graph.endpoint.service import Service

    settings = json.loads(os.environ[_SETTINGS])
    service = Service(settings["path"], Limits(**settings["limits"]))
    return application(service, log=settings["log"])


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
