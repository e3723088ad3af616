"""The endpoint in this process, for tests: a client on the application, with real workers behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from ukjapan_graph.endpoint.app import application
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.endpoint.spawning import Executed

FEW = Limits(seconds=10, workers=1, memory=0)


class Client:
    """Asks the application; the calls are plain ones, the loop is this object's own.

    :ivar pool: the workers that answer
    :ivar service: what they serve, in this process
    """

    def __init__(self, path: str, limits: Limits, services: Iterable[str] = ()) -> None:
        self.service = Service(path, limits, services)
        self.pool = Pool(Executed(path, limits, services), limits, "the release")
        self._loop = asyncio.new_event_loop()
        self._app = application(self.pool)
        self._loop.run_until_complete(self.pool.start())
        # An exception that reaches the transport is a fault of the server and fails the test.
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://host")

    def request(self, method: str, url: str, **more: object) -> httpx.Response:
        """The response to one request."""
        return self._loop.run_until_complete(self._http.request(method, url, **more))

    def get(self, url: str, accept: str | None = None, **more: object) -> httpx.Response:
        """The response to a GET."""
        headers = {"Accept": accept} if accept is not None else {}
        return self.request("GET", url, headers=headers | more.pop("headers", {}), **more)

    def sparql(self, query: str, accept: str | None = None, **params: object) -> httpx.Response:
        """The response to a query by GET."""
        return self.get("/sparql", accept, params={"query": query, **params})

    def together(self, *requests: tuple[str, str, dict]) -> list[httpx.Response]:
        """The responses to several requests sent at once."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self._http.request(m, u, **more) for m, u, more in requests))

        return self._loop.run_until_complete(all_of_them())

    def close(self) -> None:
        """End the workers."""
        self._loop.run_until_complete(self._http.aclose())
        self._loop.run_until_complete(self.pool.close())
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()


@contextmanager
def serving(path: str | Path, limits: Limits = FEW, services: Iterable[str] = ()) -> Iterator[Client]:
    """A client on the release file ``path``."""
    client = Client(str(path), limits, services)
    try:
        yield client
    finally:
        client.close()
