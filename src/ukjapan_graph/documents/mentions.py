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


def locate(name: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of the first occurrence of ``name``, as whole words, in ``text[start:end]``.

    Letters, case and punctuation must be the same; white space may be any. None where the name is absent.
    """
    words = r"\s+".join(re.escape(word) for word in name.split())
    match = re.compile(rf"(?<!\w){words}(?!\w)").search(text[:end], start) if words else None
    return match.span() if match else None


def stands(name: str, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is ``name``, white space aside."""
    return collapsed(text[start:end]) == collapsed(name)
