"""A line for each request on standard error, without what was asked."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def line_writer(kind: str) -> Callable[[dict, Any], Any] | None:
    """What wraps an ASGI ``send`` so that the response leaves a line; None where ``kind`` is "none".

    A line has the time (UTC), the client, method, path, status, bytes of the body and milliseconds. The query
    string is left out: it holds what somebody wanted to know.
    """
    if kind == "none":
        return None

    def wrap(scope: dict, send: Any) -> Any:
        start, status, size = time.monotonic(), 0, 0

        async def logged(message: dict) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                _write(kind, scope, status, size, time.monotonic() - start)

        return logged

    return wrap


def _write(kind: str, scope: dict, status: int, size: int, seconds: float) -> None:
    fields = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "client": (scope.get("client") or ("",))[0],
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 1),
    }
    # A path may hold any character; as JSON it cannot break the line.
    line = (
        json.dumps(fields) if kind == "json" else " ".join(json.dumps(v).strip('"') for v in fields.values())
    )
    sys.stderr.write(line + "\n")
