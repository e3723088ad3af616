"""Units, and numbering for a text of sentences, such as a press release: ``S01``, ``S02``, …."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ukjapan_graph.documents import kinds
from ukjapan_graph.documents.layouts import Layout
from ukjapan_graph.documents.paragraphs import HEADING, TEXT, Paragraph
from ukjapan_graph.documents.sentences import split


class Unit(NamedTuple):
    """One passage of a document, as the reader finds it.

    :ivar id: number in the document (``S07``, ``SC9.2``); unique there
    :ivar start: first character, in code points of the raw text, from 0
    :ivar end: position after the last character
    :ivar place: how a person cites it within the document ("Strengthening Cooperation 7")
    :ivar section: heading under which it stands; "" for none
    :ivar kind: default kind of passage, one of :data:`kinds.KINDS`
    :ivar line: line of the raw text on which it starts, from 1; 0 until the reader fills it in
    """

    id: str
    start: int
    end: int
    place: str
    section: str
    kind: str
    line: int = 0


def by_sentence(text: str, found: list[Paragraph], layout: Layout) -> Iterator[Unit]:
    """The units of paragraphs ``found`` in ``text``: each sentence, and each heading, item or contact.

    The first paragraph that is not a genre or publication line is the title. Below a teaser marker of the
    layout everything is a teaser. Lines about the publication stand in no section.
    """
    pieces = sorted(_pieces(text, found, layout), key=lambda unit: (unit.start, -unit.end))
    for number, unit in enumerate(pieces, 1):
        yield unit._replace(id=f"S{number:02}", place=f"sentence {number}")


def _pieces(text: str, found: list[Paragraph], layout: Layout) -> Iterator[Unit]:
    section, titled, teasing = "", False, False
    for paragraph in found:
        content = text[paragraph.start : paragraph.end]
        kind = kinds.guess(content, paragraph.form)
        is_title = not titled and kind in (kinds.TEXT, kinds.HEADING)
        teasing = teasing or _is_teaser(content, paragraph, layout)
        if is_title:
            titled, kind = True, kinds.METADATA
        elif kind == kinds.HEADING and not (teasing and section):
            section = kinds.plain(content)
        if teasing and kind != kinds.ARTEFACT:
            kind = kinds.TEASER
        whole = is_title or paragraph.form != TEXT
        for start, end in [paragraph[:2]] if whole else split(text, *paragraph[:2]):
            yield Unit("", start, end, "", "" if kind == kinds.METADATA else section, kind)


def _is_teaser(content: str, paragraph: Paragraph, layout: Layout) -> bool:
    return paragraph.form == HEADING and bool(layout.teaser and re.match(layout.teaser, kinds.plain(content)))
