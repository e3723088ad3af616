"""A bar on standard error for work that takes more than a moment, where a person is watching."""

from __future__ import annotations

import os
import sys
import time

_LONG = 20  # characters of a bar where there is room
_SHORT = 5  # a shorter one says nothing
_PAUSE = 0.1  # seconds from one drawing to the next


def bar(what: str, done: int, total: int) -> None:
    """Show that ``done`` of ``total`` steps are done and ``what`` is being done now.

    Nothing is shown where standard error is no terminal; nothing is left of the bar when ``total`` is 0.
    """
    if sys.stderr.isatty():
        _draw(f"{done}/{total} {what}", done, total)


class Bar:
    """A bar for work of very many steps, drawn now and then; ``where`` is said at its end."""

    def __init__(self, where: str) -> None:
        self._where, self._drawn, self._next = where, ("", 0, 0), 0.0

    def show(self, what: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` steps of ``what`` are done."""
        if not total or self._drawn == (what, done, total) or not sys.stderr.isatty():
            return
        now = time.monotonic()
        if now < self._next and done < total:
            return
        self._drawn, self._next = (what, done, total), now + _PAUSE
        _draw(f"{what} {done:,}/{total:,} {self._where}", done, total)

    def clear(self) -> None:
        """Leave nothing of it."""
        if self._drawn[2]:
            self._drawn = ("", 0, 0)
            _draw("", 0, 0)


def _draw(text: str, done: int, total: int) -> None:
    """``text`` after a bar, in one line of the terminal; a blank line where ``total`` is 0."""
    room = _room()
    long = min(_LONG, room // 4)
    if total and long >= _SHORT:
        text = f"[{'#' * (long * done // total):{long}}] {text}"
    sys.stderr.write(f"\r{text:{room}.{room}}" if total else f"\r{'':{room}}\r")
    sys.stderr.flush()


def _room() -> int:
    """Characters that fit into a line, one less than there are: after the last one some terminals begin another."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        columns = 0
    return max((columns or 80) - 1, 1)
