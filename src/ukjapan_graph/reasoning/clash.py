"""The smallest set of statements that cannot all hold: QuickXplain.

After U. Junker, QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def minimal(items: Sequence[T], clashes: Callable[[list[T]], bool], background: Sequence[T] = ()) -> list[T]:
    """A subset of ``items`` that clashes together with ``background``, and of which nothing can be left out.

    With n items of which k clash it asks of the order of k·log(n/k) questions. Where there are several such
    sets, the one whose items come earliest is found; [] where the background clashes by itself.

    :param clashes: whether a set of items cannot all hold; a superset of what clashes clashes too
    :raises ValueError: all of it together does not clash
    """
    held = list(background)
    if not clashes([*held, *items]):
        raise ValueError("nothing clashes")
    return [] if not items else _explain(held, held, list(items), clashes)


def minimal_in_groups(
    groups: Sequence[Sequence[T]], clashes: Callable[[list[T]], bool], background: Sequence[T] = ()
) -> list[T]:
    """As :func:`minimal` over all groups together; first finds the groups, so large inputs shrink soon."""
    flat = [tuple(group) for group in groups if group]

    def any_clash(chosen: list) -> bool:
        return clashes([*background, *(item for group in chosen for item in group)])

    few = minimal(flat, any_clash)
    return minimal([item for group in few for item in group], clashes, background)


def _explain(held: list[T], added: list[T], items: list[T], clashes: Callable[[list[T]], bool]) -> list[T]:
    if added and clashes(held):
        return []
    if len(items) == 1:
        return items
    half = len(items) // 2
    first, second = items[:half], items[half:]
    later = _explain(held + first, first, second, clashes)
    earlier = _explain(held + later, later, first, clashes)
    return earlier + later
