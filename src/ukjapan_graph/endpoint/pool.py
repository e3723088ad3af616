"""Worker processes: each answers one query at a time, and is killed and replaced when its time is up."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Coroutine

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.spawning import Executed, Spawner, Worker

_STATUS = {"syntax": 400, "size": 503, "memory": 503, "failure": 500}


class Pool:
    """The workers on the release file ``path``.

    :param spawner: who makes them; by default each is a new process that reads the release itself
    """

    def __init__(self, path: str, limits: Limits, spawner: Spawner | None = None) -> None:
        self.path, self.limits = path, limits
        self._spawner = spawner or Executed(path, limits)
        self.killed = 0
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._clients: Counter[str] = Counter()
        self._waiting = 0
        self._closing = False
        self._tasks: set[asyncio.Task] = set()

    @property
    def running(self) -> int:
        """Workers that are at work now."""
        return len(self._all) - self._idle.qsize()

    @property
    def waiting(self) -> int:
        """Queries that wait for a worker."""
        return self._waiting

    @property
    def ready(self) -> bool:
        """Whether a worker is there to take a query, now or after another."""
        return bool(self._all) and not self._closing

    async def start(self) -> None:
        """Start every worker and wait until each has read the release.

        :raises Problem: 500, a worker cannot read it
        """
        await asyncio.gather(*(self._spawn() for _ in range(self.limits.workers)))

    async def close(self) -> None:
        """Let no new query in, let those at work finish, and end the workers."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.seconds):
                while self.running > 0:
                    await asyncio.sleep(0.02)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in list(self._all):
            await worker.end()

    async def answer(self, order: dict, client: str) -> bytes:
        """The result of a query, whole.

        :param order: see :mod:`ukjapan_graph.endpoint.worker`
        :param client: who asks
        :raises Problem: 400 for a query that does not parse; 429, this client has too many, or all have; 503, the
            server is closing, or the query took too much memory or made too much; 504, it took too long
        """
        if self._closing:
            raise Problem(503, "The server is closing; ask again soon", "closing", {"Retry-After": "5"})
        if self._clients[client] >= self.limits.per_client:
            raise self._busy(
                f"You have {self.limits.per_client} queries here already, as many as one client may"
            )
        self._clients[client] += 1
        try:
            worker = await self._take()
            return await self._ask(worker, order)
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _take(self) -> Worker:
        if self._idle.empty() and self._waiting >= self.limits.waiting:
            raise self._busy(f"{self._waiting} queries wait already, as many as may")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._idle.get()
        except TimeoutError:
            raise self._busy("All workers have been at work for as long as a query may take") from None
        finally:
            self._waiting -= 1

    async def _ask(self, worker: Worker, order: dict) -> bytes:
        content = None
        try:
            async with asyncio.timeout(self.limits.seconds):
                await worker.send(json.dumps(order).encode())
                content = await worker.read()
        except TimeoutError:
            raise Problem(
                504,
                f"The query was stopped after {self.limits.seconds:g} s; narrow it",
                "timeout",
                {"Retry-After": "60"},
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Problem(
                503,
                "The query needs more memory than it may have; narrow it",
                "memory",
                {"Retry-After": "60"},
            ) from None
        finally:
            # Also where the client has gone and this task is cancelled.
            self._put_back(worker) if content is not None else self._replace(worker)
        if content[:1] == b"=":
            return content[1:]
        told = json.loads(content[1:])
        kind, detail = told.pop("kind"), told.pop("detail")
        raise Problem(_STATUS[kind], detail, kind, **told)

    def _put_back(self, worker: Worker) -> None:
        self._idle.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        self.killed += 1
        self._all.discard(worker)
        self._later(worker.end())
        if not self._closing:
            self._later(self._spawn())

    def _later(self, work: Coroutine) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _spawn(self) -> None:
        worker = await self._spawner.spawn()
        self._all.add(worker)
        try:
            await worker.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            self._all.discard(worker)
            raise Problem(500, f"A worker cannot read {self.path}", "worker") from None
        self._idle.put_nowait(worker)

    def _busy(self, detail: str) -> Problem:
        return Problem(429, f"{detail}; ask again soon", "busy", {"Retry-After": "1"})
