"""Work done side by side, in order, on as many connections as there are lanes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from ukjapan_graph.loading.transport import Transport

T, R = TypeVar("T"), TypeVar("R")


class Lanes:
    """Connections, one for each thread that needs one at the same time; they stay open until closed.

    :param open: makes a connection
    """

    def __init__(self, open: Callable[[], Transport]) -> None:
        self._open = open
        self._free: deque[Transport] = deque()
        self._all: list[Transport] = []

    def do(self, work: Callable[[Transport], R]) -> R:
        """``work`` with a connection that nobody else uses meanwhile."""
        try:
            transport = self._free.pop()
        except IndexError:
            transport = self._open()
            self._all.append(transport)
        try:
            return work(transport)
        finally:
            self._free.append(transport)

    def close(self) -> None:
        """Close every connection."""
        for transport in self._all:
            transport.__exit__()


def side_by_side(work: Callable[[T], R], items: Iterable[T], lanes: int) -> Iterator[R]:
    """``work`` of each of ``items``, in their order, ``lanes`` of them at once.

    What ``work`` raises is raised in its place; after that nothing more is begun, and what has begun is waited
    for, so that nothing goes on behind the caller's back.
    """
    if lanes <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(lanes) as pool:
        begun: deque[Future[R]] = deque()
        try:
            for item in items:
                begun.append(pool.submit(work, item))
                if len(begun) > 2 * lanes:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for future in begun:
                future.cancel()
