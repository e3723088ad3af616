"""The line of those who wait for a worker: served first is of whom least is at work."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.spawning import Worker


class Line:
    """Workers that are idle, and requests that wait for one.

    :ivar idle: workers without work
    :ivar at_work: number of requests at work, by client
    """

    def __init__(self) -> None:
        self.idle: list[Worker] = []
        self.at_work: Counter[str] = Counter()
        self._places: list[tuple[str, asyncio.Future[Worker]]] = []

    def __len__(self) -> int:
        return len(self._places)

    def stand(self, client: str) -> asyncio.Future[Worker]:
        """A place at the end; its result is the worker that is given, at once where one is idle."""
        place = asyncio.get_running_loop().create_future()
        self._places.append((client, place))
        self._serve()
        return place

    async def wait(self, client: str, place: asyncio.Future[Worker], seconds: float) -> Worker:
        """The worker that is given for ``place``; whoever gets it says :meth:`done` when it is at work no more.

        :raises TimeoutError: none was given in time; the place is given up, as where this is cancelled
        :raises Problem: that of :meth:`refuse`
        """
        try:
            async with asyncio.timeout(seconds):
                return await place
        except (TimeoutError, asyncio.CancelledError):
            if place.done() and not place.cancelled() and not place.exception():
                # One was given at that very moment.
                self.done(client)
                self.give(place.result())
            raise
        finally:
            self._places = [one for one in self._places if one[1] is not place]

    def done(self, client: str) -> None:
        """A request of ``client`` is at work no more."""
        self.at_work[client] -= 1
        if not self.at_work[client]:
            del self.at_work[client]

    def give(self, worker: Worker) -> None:
        """``worker`` is idle: for the next in the line."""
        self.idle.append(worker)
        self._serve()

    def refuse(self, problem: Callable[[], Problem]) -> None:
        """Whoever waits gets a ``problem``, and no worker."""
        for _, place in self._places:
            if not place.done():
                place.set_exception(problem())
        self._places.clear()

    def is_unfair_to_someone(self, client: str) -> bool:
        """Whether ``client`` has several at work, and someone waits who has none."""
        return self.at_work[client] > 1 and any(not self.at_work[other] for other, _ in self._places)

    def _serve(self) -> None:
        while self.idle and self._places:
            first = min(self._places, key=lambda one: self.at_work[one[0]])
            self._places.remove(first)
            client, place = first
            if place.done():
                continue
            worker = self.idle.pop()
            worker.client = client
            self.at_work[client] += 1
            place.set_result(worker)
