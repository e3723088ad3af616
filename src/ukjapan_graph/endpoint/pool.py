"""Worker processes: each answers one request at a time, and is killed and replaced when its time is up.

A request that takes long is let run as long as nobody waits for its worker; then one is stopped, of the client that
has most at work the one that has run longest. Who waits is served by how little of theirs is at work. So whoever asks
for little waits for a moment at most, however many others ask for too much.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import Counter
from collections.abc import Coroutine

from ukjapan_graph.endpoint import refusals
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.line import Line
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.spawning import Spawner, Worker

#: How nice to others a process is whose request takes long (0 is as others, 19 the most).
_NICE = 10
#: After so many answers a worker is replaced, so that nothing can pile up in one.
_ANSWERS = 2000
#: Seconds without a request after which the workers that it took are given back.
_AT_REST = 2.0
#: So many times as long may a query take by the clock that hardly keeps the processor busy.
_IDLING = 10


class Pool:
    """The workers that ``spawner`` makes.

    :ivar release: SHA-256 of the release file, in hexadecimal
    :ivar killed: requests stopped so far
    """

    def __init__(self, spawner: Spawner, limits: Limits, release: str = "") -> None:
        self.limits, self.release = limits, release
        self._spawner = spawner
        self.killed = 0
        self._line = Line()
        self._all: set[Worker] = set()
        self._starting = 0
        self._late: dict[Worker, asyncio.Event] = {}
        self._clients: Counter[str] = Counter()
        self._closing = False
        self._tasks: set[asyncio.Task] = set()
        self._touched = 0.0
        self._tidying: asyncio.TimerHandle | None = None

    @property
    def running(self) -> int:
        """Workers that are at work now."""
        return len(self._all) - len(self._line.idle)

    @property
    def waiting(self) -> int:
        """Requests that wait for a worker."""
        return len(self._line)

    @property
    def ready(self) -> bool:
        """Whether a worker is there to take a request, now or after another."""
        return bool(self._all or self._starting) and not self._closing

    async def start(self) -> None:
        """Start the workers that are kept ready, and wait until they are.

        :raises Problem: 500, a worker cannot read the release
        """
        count = self._kept_ready
        self._starting += count
        await asyncio.gather(*(self._spawn() for _ in range(count)))

    async def close(self) -> None:
        """Let no new request in, refuse those that wait, let those at work finish, and end the workers."""
        self._closing = True
        if self._tidying:
            self._tidying.cancel()
        self._line.refuse(refusals.closing)
        with contextlib.suppress(TimeoutError):
            # Their time is up before this is.
            async with asyncio.timeout(self.limits.seconds + 1):
                while self.running > 0:
                    await asyncio.sleep(0.02)
                while self._tasks:  # one that is being started is idle after that
                    await asyncio.gather(*self._tasks, return_exceptions=True)
                await asyncio.gather(*(worker.end() for worker in self._all), return_exceptions=True)
                self._all.clear()
        for worker in self._all:
            worker.kill()
        self._all.clear()

    async def answer(self, order: bytes, client: str) -> bytes:
        """What a worker answers to ``order``, whole.

        :param client: who asks
        :raises Problem: 429, this client has too many here, or all have; 503, the server is closing, no worker can be
            started, the request had to make room, or its worker ran out of memory; 504, it took too long
        """
        if self._closing:
            raise refusals.closing()
        if self._clients[client] >= self.limits.per_client:
            raise refusals.busy(
                f"You have {self.limits.per_client} queries here already, as many as one client may"
            )
        self._clients[client] += 1
        try:
            worker = await self._take(client)
            try:
                return await self._ask(worker, order)
            finally:
                self._line.done(client)
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    async def _take(self, client: str) -> Worker:
        if not self._line.idle and len(self._line) >= self.limits.waiting:
            raise refusals.busy(f"{len(self._line)} queries wait already, as many as may")
        place = self._line.stand(client)
        self._make_room()
        try:
            return await self._line.wait(client, place, self.limits.seconds)
        except TimeoutError:
            raise refusals.busy("All workers have been at work for as long as a query may take") from None

    async def _ask(self, worker: Worker, order: bytes) -> bytes:
        content, loop = None, asyncio.get_running_loop()
        start = loop.time()
        reading = asyncio.ensure_future(_asked(worker, order))
        try:
            await self._for_a_moment(worker, reading)
            if not reading.done():
                await self._go_on(worker, reading, loop.time() - start)
            content = reading.result()
        except (asyncio.IncompleteReadError, ConnectionError):
            raise refusals.out_of_memory() from None
        finally:
            # Also where the client has gone and this task is cancelled.
            reading.cancel()
            if content is not None and worker in self._all:
                self._put_back(worker)
            else:
                self._give_up(worker)
                self._later(worker.end())
        return content

    async def _for_a_moment(self, worker: Worker, reading: asyncio.Future) -> None:
        """Wait until the answer is there, or has taken its worker longer than a quick one may.

        That is told by the time that the processor worked for it, so that no query is long because the machine
        is busy; by the clock only where it works little, waiting for a service elsewhere.
        """
        loop, quick = asyncio.get_running_loop(), min(self.limits.quick, self.limits.seconds)
        last, worked = loop.time() + min(_IDLING * quick, self.limits.seconds), worker.worked()
        while not reading.done() and loop.time() < last and worker.worked() - worked < quick:
            await asyncio.wait({reading}, timeout=quick / 2)

    async def _go_on(self, worker: Worker, reading: asyncio.Future, taken: float) -> None:
        """Wait on, as one who can be told to make room.

        :raises Problem: 503, others waited; 504, the time is up
        """
        worker.slowed = True
        with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing
            os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)
        others = self._late[worker] = asyncio.Event()
        told = asyncio.ensure_future(others.wait())
        self._make_room()
        try:
            rest = max(0, self.limits.seconds - taken)
            await asyncio.wait({reading, told}, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
            self._late.pop(worker, None)
        if reading.done():
            return
        if others.is_set():
            raise refusals.made_room()
        raise refusals.out_of_time(self.limits.seconds)

    def _make_room(self) -> None:
        """Have more workers while requests wait; where there may be no more, stop what runs long for them.

        Half of the workers may be taken for long; all, until one comes of whom nothing is at work.
        """
        self._refill()
        while self._late and self._line and not self._closing:
            longest = max(self._late, key=lambda worker: self._line.at_work[worker.client])
            few_left = self._quick < self._lanes
            if not few_left and (self._starting or not self._line.is_unfair_to_someone(longest.client)):
                return
            self._late.pop(longest).set()
            self._give_up(longest)

    @property
    def _quick(self) -> int:
        """Workers, starting ones included, that run nothing long."""
        return len(self._all) + self._starting - len(self._late)

    def _refill(self) -> None:
        while (
            (
                self._quick < self._kept_ready
                or (len(self._line) > self._starting and self._quick < self._lanes)
            )
            and len(self._all) + self._starting < self.limits.workers
            and not self._closing
        ):
            self._starting += 1
            self._later(self._spawn())

    @property
    def _lanes(self) -> int:
        """How many workers are there for what is quick, while requests wait."""
        return max(1, self.limits.workers // 2)

    @property
    def _kept_ready(self) -> int:
        return min(self.limits.ready, self.limits.workers)

    def _tidy(self) -> None:
        """When nothing has been asked for a while: back to fresh workers, as few as are kept ready."""
        loop = asyncio.get_running_loop()
        rest = self._touched + _AT_REST - loop.time()
        if rest > 0:
            self._tidying = loop.call_later(rest, self._tidy)
            return
        self._tidying = None
        fresh = [worker for worker in self._line.idle if not worker.answered][: self._kept_ready]
        used, self._line.idle = [worker for worker in self._line.idle if worker not in fresh], fresh
        for worker in used:
            self._retire(worker)

    def _put_back(self, worker: Worker) -> None:
        worker.answered += 1
        loop = asyncio.get_running_loop()
        self._touched = loop.time()
        if self._tidying is None and not self._closing:
            self._tidying = loop.call_later(_AT_REST, self._tidy)
        if worker.slowed or worker.answered >= _ANSWERS:
            self._retire(worker)
        else:
            self._line.give(worker)

    def _give_up(self, worker: Worker) -> None:
        """Have another in place of ``worker``, which is at work; whoever has asked it ends it."""
        if worker in self._all:
            self.killed += 1
            self._all.discard(worker)
            self._refill()

    def _retire(self, worker: Worker) -> None:
        self._all.discard(worker)
        self._later(worker.end())
        self._refill()

    def _later(self, work: Coroutine) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task) -> None:
        self._tasks.discard(task)
        # A worker that could not be started is told by /ready; the next who waits has another started.
        _ = task.cancelled() or task.exception()

    async def _spawn(self) -> None:
        worker = None
        try:
            worker = await self._spawner.spawn()
            await worker.read()
        except Exception as error:  # whatever it is, nobody may wait for this worker
            if worker:
                await worker.end()
            self._starting -= 1
            if not self._all and not self._starting:
                self._line.refuse(refusals.without_workers)
            raise Problem(500, "A worker cannot be started", "worker") from error
        self._starting -= 1
        self._all.add(worker)
        self._line.give(worker)


async def _asked(worker: Worker, order: bytes) -> bytes:
    await worker.send(order)
    return await worker.read()
