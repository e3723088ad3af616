"""Behind a proxy: who asks, and how the server was reached, as the proxy tells it; and nobody else."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import Any

_SCHEMES = ("http", "https")
_HOP = re.compile(r"\s*,\s*")


class Behind:
    """The application, for requests that may come through one of ``proxies``.

    What a request from there has in ``X-Forwarded-For`` and ``X-Forwarded-Proto``, the names that proxies use in
    fact, is believed: of several, the last that is no proxy of ours, since what is before it anybody may have
    written. The proxy must pass the header Host on.

    :param app: the ASGI application behind
    :param proxies: addresses, compared whole
    """

    def __init__(self, app: Any, proxies: Collection[str]) -> None:
        self.app, self._proxies = app, frozenset(proxies)

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        client = scope.get("client")
        if client and client[0] in self._proxies:
            told = {name: b", ".join(v for n, v in scope["headers"] if n == name) for name in _NAMES}
            scope = dict(scope, client=(self._client(told[_FOR].decode("latin-1")) or client[0], 0))
            scheme = _HOP.split(told[_PROTO].decode("latin-1").strip())[-1].lower()
            if scheme in _SCHEMES:
                scope["scheme"] = scheme
        await self.app(scope, receive, send)

    def _client(self, hops: str) -> str:
        for hop in reversed(_HOP.split(hops.strip())):
            try:
                address = str(ip_address(hop.strip("[]")))
            except ValueError:
                return ""
            if address not in self._proxies:
                return address
        return ""


_FOR, _PROTO = _NAMES = (b"x-forwarded-for", b"x-forwarded-proto")
