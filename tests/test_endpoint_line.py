"""Who is served first, and that no worker is lost."""

import asyncio

import pytest

from ukjapan_graph.endpoint.line import Line
from ukjapan_graph.endpoint.spawning import Worker


def worker(number: int) -> Worker:
    """A worker that is only a number."""
    return Worker(number, None, None)


def test_who_has_least_at_work_is_served_first():
    """Of those who wait, the one with least at work; among equals, who came first."""

    async def play() -> list[str]:
        line, order = Line(), []
        for client in ("many", "many", "few", "many"):
            line.stand(client).add_done_callback(lambda place, client=client: order.append(client))
        for number in range(3):
            line.give(worker(number))
        await asyncio.sleep(0)
        assert (dict(line.at_work), len(line)) == ({"many": 2, "few": 1}, 1)
        assert line.is_unfair_to_someone("many") is False
        line.stand("none")
        assert line.is_unfair_to_someone("many") is True
        return order

    assert asyncio.run(play()) == ["many", "few", "many"]


def test_an_idle_worker_is_given_at_once():
    """Nobody stands in line where a worker is idle."""

    async def play() -> None:
        line, idle = Line(), worker(1)
        line.give(idle)
        assert await line.wait("one", line.stand("one"), 1) is idle
        assert (line.idle, len(line), line.at_work["one"]) == ([], 0, 1)
        line.done("one")
        assert not line.at_work

    asyncio.run(play())


def test_who_leaves_takes_no_worker_along():
    """Whoever waits too long, or leaves, leaves the line; a worker given at that moment goes to the next."""

    async def play() -> None:
        line, one = Line(), worker(1)
        with pytest.raises(TimeoutError):
            await line.wait("late", line.stand("late"), 0.01)
        assert len(line) == 0

        leaving = asyncio.ensure_future(line.wait("leaving", line.stand("leaving"), 5))
        staying = asyncio.ensure_future(line.wait("staying", line.stand("staying"), 5))
        await asyncio.sleep(0)
        line.give(one)
        leaving.cancel()
        assert await staying is one
        assert dict(line.at_work) == {"staying": 1}
        with pytest.raises(asyncio.CancelledError):
            await leaving

    asyncio.run(play())
