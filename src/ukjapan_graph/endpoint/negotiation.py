"""Which format a client wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ukjapan_graph.endpoint.problem import Problem

_RANGE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+", re.ASCII)
_WEIGHT = re.compile(r"\d+\.?\d*|\.\d+", re.ASCII)
#: What lies between marks. No two of the choices take the same letter, so that no text takes long to be read.
_BETWEEN = {mark: re.compile(rf'(?:[^"{mark}]|"(?:[^"\\]|\\.)*"?)+', re.DOTALL) for mark in ",;"}


def choose(accept: str | None, offered: Sequence[str]) -> str:
    """The media type of ``offered`` that ``accept``, the value of the header, likes best.

    Of types liked equally the earlier of ``offered`` is taken. Without a header, the first. A more specific
    range decides over a wider one (RFC 9110, 12.5.1); a range that is no range is passed over.

    :raises Problem: 406, none is acceptable; the detail lists what there is
    """
    ranges = _ranges(accept or "*/*") or ([] if accept else [("*/*", 1.0)])
    best, chosen = 0.0, None
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > best:
            best, chosen = quality, media_type
    if chosen is None:
        raise Problem(
            406,
            f"This can be had as {', '.join(offered)}; the request accepts {accept}",
            "not-acceptable",
            {"Vary": "Accept"},
        )
    return chosen


def is_named(accept: str | None, offered: Sequence[str]) -> bool:
    """Whether ``accept`` names one of ``offered`` in full and does not refuse it."""
    return any(name in offered and weight > 0 for name, weight in _ranges(accept or ""))


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Each range, in lower case, and its weight; what is no range, or has a weight that is none, is left out."""
    found = []
    for part in _BETWEEN[","].findall(accept):
        name, _, rest = part.partition(";")
        values = (parameter.partition("=") for parameter in _BETWEEN[";"].findall(rest))
        weight = next((value.strip() for key, _, value in values if key.strip().lower() == "q"), "1")
        if _RANGE.fullmatch(name.strip()) and _WEIGHT.fullmatch(weight):
            found.append((name.strip().lower(), min(float(weight), 1.0)))
    return found


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that ``media_type`` is in; 0 where it is in none."""
    wider = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    for candidate in wider:
        weights = [weight for name, weight in ranges if name == candidate]
        if weights:
            return max(weights)
    return 0.0
