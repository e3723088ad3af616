"""Work done side by side, in order, on as many connections as there are lanes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
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
    for, so that nothing goes on behind the caller's back. Whoever is interrupted does not wait.
    """
    if lanes <= 1:
        yield from map(work, items)
        return
    todo: SimpleQueue[tuple[Future[R], T] | None] = SimpleQueue()
    # The standard library's pools are waited for when the program ends, however long their work takes.
    crew = [Thread(target=_labour, args=(work, todo), daemon=True) for _ in range(lanes)]
    for thread in crew:
        thread.start()
    begun: deque[Future[R]] = deque()
    try:
        for item in items:
            begun.append(Future())
            todo.put((begun[-1], item))
            if len(begun) > 2 * lanes:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    except KeyboardInterrupt:
        crew.clear()
        raise
    finally:
        for future in begun:
            future.cancel()
        for _ in range(lanes):
            todo.put(None)
        for thread in crew:
            thread.join()


def _labour(work: Callable[[T], R], todo: SimpleQueue[tuple[Future[R], T] | None]) -> None:
    while task := todo.get():
        future, item = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except BaseException as error:
                future.set_exception(error)
