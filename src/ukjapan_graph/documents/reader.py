"""From raw text to units: what of a document can be cited."""

from __future__ import annotations

from bisect import bisect_right

from ukjapan_graph.documents.clauses import by_clause
from ukjapan_graph.documents.layouts import Layout
from ukjapan_graph.documents.paragraphs import paragraphs
from ukjapan_graph.documents.text import lines
from ukjapan_graph.documents.units import Unit, by_sentence


def segment(text: str, layout: Layout, *, path: object = "") -> list[Unit]:
    """The units of ``text``, in order of their start.

    Every letter and digit is in a unit, and in one only, except that a page number may lie inside another
    unit. Numbers are unique.

    :raises SourceError: two units would have one number (see :mod:`.clauses`); names ``path`` and the line
    """
    clean, found = paragraphs(text, layout)
    units = by_clause(clean, found, path) if layout.clauses else by_sentence(clean, found, layout)
    begins = [line.start for line in lines(text)]
    placed = (unit._replace(line=bisect_right(begins, unit.start)) for unit in units)
    return sorted(placed, key=lambda unit: (unit.start, -unit.end))
