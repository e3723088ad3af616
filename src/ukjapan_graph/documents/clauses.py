"""Numbering for a text of numbered clauses under section headings, such as a joint declaration.

    T                  the title
    P0, PR1, PR2, …    the opening and the recitals
    DEC                the words that introduce the decisions
    SC-H               the heading of a section; SC from the capitals of "Strengthening Cooperation"
    SC0                what stands in the section before its first clause
    SC1, SC2, …        its clauses
    CL1, CL2, …        place and date, and whatever follows them
    PG                 a page number

An opening or clause of several sentences has a unit for each: ``SC1.1``, ``SC1.2``. Sections are part of
the number because each begins its clauses at 1 again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ukjapan_graph.documents import kinds
from ukjapan_graph.documents.paragraphs import HEADING, PAGE, Paragraph
from ukjapan_graph.documents.sentences import split
from ukjapan_graph.documents.text import lines
from ukjapan_graph.documents.units import Unit
from ukjapan_graph.errors import SourceError

_PLACE_AND_DATE = re.compile(r"[^\W\d_][^\d,;:]*, \d{1,2} [^\W\d_]+,? \d{4}\.?")
_TAKEN = frozenset(("CL", "DEC", "P", "PG", "PR", "S", "T"))


def by_clause(text: str, found: list[Paragraph], path: object = "") -> Iterator[Unit]:
    """The units of paragraphs ``found`` in ``text``, in no particular order.

    :raises SourceError: clauses of one section are not numbered upwards; names ``path`` and the line
    """
    pages = [paragraph for paragraph in found if paragraph.form == PAGE]
    for number, page in zip(_numbers(pages), pages, strict=True):
        yield Unit(f"PG{number}", *page[:2], f"page number {number}".strip(), "", kinds.ARTEFACT)
    preamble, sections, closing = _parts(text, [p for p in found if p.form != PAGE])
    yield from _preamble(text, preamble)
    codes: set[str] = set(_TAKEN)
    for section in sections:
        code = section_code(text[section[0].start : section[0].end], codes)
        yield from _section(text, section, code, path)
    for number, paragraph in enumerate(closing, 1):
        kind = kinds.METADATA if number == 1 else kinds.TEXT
        yield Unit(f"CL{number}", *paragraph[:2], f"closing {number}", "", kind)


def section_code(heading: str, taken: set[str]) -> str:
    """Capital initials of ``heading``, or its first two letters where it has one capital; added to ``taken``.

    A code that is taken gets a letter, from B on. Letters lose their accents, so that a code fits an IRI.
    """
    words = re.findall("[A-Za-z]+", unicodedata.normalize("NFKD", heading)) or ["X"]
    initials = "".join(word[0] for word in words if word[0].isupper())
    base = initials if len(initials) > 1 else words[0][:2].upper()
    found = base
    while found in taken:
        found = base + "B" if found == base else found[:-1] + chr(ord(found[-1]) + 1)
    taken.add(found)
    return found


def _parts(
    text: str, found: list[Paragraph]
) -> tuple[list[Paragraph], list[list[Paragraph]], list[Paragraph]]:
    """Title and preamble; sections, each from its heading on; closing, from place and date on."""
    parts: list[list[Paragraph]] = [[]]
    for number, paragraph in enumerate(found):
        if number and _PLACE_AND_DATE.fullmatch(text[paragraph.start : paragraph.end]):
            return parts[0], parts[1:], found[number:]
        if number and paragraph.form == HEADING:
            parts.append([])
        parts[-1].append(paragraph)
    return parts[0], parts[1:], []


def _preamble(text: str, found: list[Paragraph]) -> Iterator[Unit]:
    recitals, decided = 0, False
    for number, paragraph in enumerate(found):
        content = text[paragraph.start : paragraph.end]
        if number == 0:
            yield Unit("T", *paragraph[:2], "title", "", kinds.METADATA)
        elif number == 1 and content.endswith(","):
            yield Unit("P0", *paragraph[:2], "opening", "", kinds.TEXT)
        elif content.endswith(":") and not decided:
            decided = True
            yield Unit("DEC", *paragraph[:2], "words of decision", "", kinds.TEXT)
        else:
            recitals += 1
            yield Unit(f"PR{recitals}", *paragraph[:2], f"recital {recitals}", "", kinds.TEXT)


def _section(text: str, found: list[Paragraph], code: str, path: object) -> Iterator[Unit]:
    heading, *rest = found
    name = " ".join(kinds.plain(text[heading.start : heading.end]).split())
    yield Unit(f"{code}-H", *heading[:2], f"{name}, heading", name, kinds.HEADING)
    clauses: dict[int, list[tuple[int, int]]] = {}
    last = 0
    for paragraph in rest:
        if paragraph.number and paragraph.number <= last:
            line = sum(line.start <= paragraph.start for line in lines(text))
            raise SourceError(
                path,
                f"clause {paragraph.number} follows clause {last} of {name!r}, so its number is not its own; "
                "put the heading of the new section on a line between blank lines",
                line=line,
            )
        last = paragraph.number or last
        clauses.setdefault(last, []).extend(split(text, *paragraph[:2]))
    for number, ranges in clauses.items():
        clause = f"{name} {number}" if number else f"{name}, opening"
        for part, (start, end) in zip(_numbers(ranges), ranges, strict=True):
            place = f"{clause}, sentence {part}" if part else clause
            yield Unit(f"{code}{number}{'.' if part else ''}{part}", start, end, place, name, kinds.TEXT)


def _numbers(things: list) -> list[str]:
    """1, 2, 3, … for several things; no number for one."""
    return [str(i) for i in range(1, len(things) + 1)] if len(things) > 1 else [""] * len(things)
