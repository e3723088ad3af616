"""Stretches of days: a span is its first and its last day, both within; None for the last means no end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """The days from ``first`` to ``last``, both within; without end where ``last`` is None."""

    first: date
    last: date | None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        if self.last is None:
            return f"from {self.first} on"
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"

    def meet(self, other: Span) -> Span | None:
        """The days of both; None where there is none."""
        first = max(self.first, other.first)
        lasts = [last for last in (self.last, other.last) if last is not None]
        last = min(lasts, default=None)
        return Span(first, last) if last is None or first <= last else None

    def covers(self, other: Span) -> bool:
        """Whether every day of ``other`` is one of this."""
        return self.meet(other) == other


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as possible, in order: what overlaps or follows the day after is one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.first, s.last or date.max)):
        before = found[-1] if found else None
        if before is None or (before.last is not None and span.first > _after(before.last)):
            found.append(span)
        elif before.last is not None and (span.last is None or span.last > before.last):
            found[-1] = Span(before.first, span.last)
    return found


def common(left: Iterable[Span], right: Iterable[Span]) -> list[Span]:
    """The days that lie both in some span of ``left`` and in some of ``right``, as few spans as possible."""
    right = list(right)
    return joined(met for one in left for other in right if (met := one.meet(other)))


def _after(day: date) -> date:
    return day + _DAY if day < date.max else day
