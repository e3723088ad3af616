"""Where a name stands in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ukjapan_graph.documents import kinds
from ukjapan_graph.documents.text import collapsed
from ukjapan_graph.documents.units import Unit


def without_artefacts(text: str, units: Iterable[Unit]) -> str:
    """``text`` with a space for each character of an artefact, so that no page number splits a name."""
    for unit in units:
        if unit.kind == kinds.ARTEFACT:
            text = text[: unit.start] + " " * (unit.end - unit.start) + text[unit.end :]
    return text


def locate(name: str, text: str, start: int, end: int, longer: Iterable[str] = ()) -> tuple[int, int] | None:
    """The range of the first occurrence of ``name``, as whole words, in ``text[start:end]``.

    Letters, case and punctuation must be the same; white space may be any. An occurrence that is only part
    of one of the ``longer`` names is passed over while there is another. None where the name is absent.
    """
    found = _occurrences(name, text, start, end)
    covered = [span for other in longer for span in _occurrences(other, text, start, end)]
    free = [(a, b) for a, b in found if not any(c <= a and b <= d for c, d in covered)]
    return next(iter(free or found), None)


def _occurrences(name: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return (
        [m.span() for m in re.compile(rf"(?<!\w){words}(?!\w)").finditer(text, start, end)] if words else []
    )


def stands(name: str, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is ``name``, white space aside."""
    return collapsed(text[start:end]) == collapsed(name)
