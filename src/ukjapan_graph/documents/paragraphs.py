"""From lines to paragraphs: headings, list items, numbered clauses, contacts and running text.

A paragraph ends where its layout says, at a line break or a blank line, unless that break falls inside a
sentence: copied web pages and converted print leave blank lines, and page numbers, in the middle of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ukjapan_graph.documents.layouts import Layout
from ukjapan_graph.documents.sentences import goes_on, is_open
from ukjapan_graph.documents.text import Line, lines, trimmed

TEXT, HEADING, ITEM, CLAUSE, CONTACT, PAGE = "text", "heading", "item", "clause", "contact", "page"

_PAGE_NUMBER = re.compile(r"(?:[-–—] ?)?\d{1,3}(?: ?[-–—])?|[Pp]age \d{1,3}(?: of \d{1,3})?")
_MARKED_HEADING = re.compile(r"#{1,6}\s+\S")
_ITEM = re.compile(r"[-*•–]\s+\S")
_CLAUSE = re.compile(r"(\d{1,2})\.\s+\S")
_MAIL = re.compile(r"\[[^\]]*\]\(mailto:[^)]*\)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?[\d\s()-]+")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with")
)


class Paragraph(NamedTuple):
    """A stretch of text that is one thing.

    :ivar start: first character, white space left out
    :ivar end: position after the last character
    :ivar form: one of the constants of this module
    :ivar number: label of a clause; 0 for anything else
    """

    start: int
    end: int
    form: str
    number: int = 0


def paragraphs(text: str, layout: Layout) -> tuple[str, list[Paragraph]]:
    """``text`` with its page numbers blanked out, and its paragraphs.

    A page number that interrupts a paragraph lies inside that paragraph's range and follows it in the list;
    otherwise ranges do not overlap and are in order. A line without letter or digit is in no paragraph.
    """
    every = lines(text)
    pages = [Paragraph(*trimmed(text, line.start, line.end), PAGE) for line in _page_numbers(text, every)]
    for page in pages:
        text = text[: page.start] + " " * (page.end - page.start) + text[page.end :]
    pieces = _pieces(text, every, layout)
    found = [_named(text, p, layout) for p in _joined(text, pieces, pages)]
    return text, sorted(found + pages, key=lambda p: (p.start, -p.end))


def is_short(text: str, words: int = 5) -> bool:
    """Whether ``text`` is one line of at most ``words`` words, without digits or a mark at its end."""
    plain = not re.search(r"[\d\r\n]", text) and is_open(text) and not text.endswith(",")
    return plain and len(text.split()) <= words


def is_title_case(text: str) -> bool:
    """Whether ``text`` is a short line in which every word but articles and the like has a capital."""
    return is_short(text, 8) and all(w[0].isupper() or w in _SMALL_WORDS for w in text.split())


def is_contact(text: str) -> bool:
    """Whether ``text`` is nothing but an e-mail address, or a telephone number of nine digits or more."""
    if _MAIL.fullmatch(text):
        return True
    return bool(_TELEPHONE.fullmatch(text)) and sum(c.isdigit() for c in text) >= 9


def _page_numbers(text: str, every: list[Line]) -> Iterator[Line]:
    blank = [True, *(not text[line.start : line.end].strip() for line in every), True]
    for i, line in enumerate(every):
        if blank[i] and blank[i + 2] and _PAGE_NUMBER.fullmatch(text[line.start : line.end].strip()):
            yield line


def _pieces(text: str, every: list[Line], layout: Layout) -> Iterator[Paragraph]:
    """What blank lines, marks and (in a layout that is not wrapped) line breaks keep apart."""
    piece: Paragraph | None = None
    clause = 0
    for line in every:
        start, end = trimmed(text, line.start, line.end)
        if not re.search(r"[^\W_]", text[start:end]):
            if piece:
                yield piece
            piece = None
            continue
        form, number = _form(text[start:end], layout)
        if number and piece and number != clause + 1 and not is_title_case(text[piece.start : piece.end]):
            form, number = TEXT, 0  # inside a paragraph, a figure that happens to begin a line
        clause = number or clause
        if piece and form == TEXT and layout.wrapped and piece.form != HEADING:
            piece = piece._replace(end=end)
        elif piece and is_contact(text[start:end]) and is_short(text[piece.start : piece.end]):
            piece = piece._replace(end=end, form=CONTACT)
        else:
            if piece:
                yield piece
            piece = Paragraph(start, end, form, number)
    if piece:
        yield piece


def _form(line: str, layout: Layout) -> tuple[str, int]:
    label = _CLAUSE.match(line) if layout.clauses else None
    if label:
        return CLAUSE, int(label[1])
    if _MARKED_HEADING.match(line):
        return HEADING, 0
    if _ITEM.match(line):
        return ITEM, 0
    return (CONTACT if is_contact(line) else TEXT), 0


def _joined(text: str, pieces: Iterator[Paragraph], pages: list[Paragraph]) -> Iterator[Paragraph]:
    """Pieces with those put together again that a break inside a sentence took apart."""
    last: Paragraph | None = None
    for piece in pieces:
        if last and _belongs(text, last, piece, pages):
            last = last._replace(end=piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _belongs(text: str, last: Paragraph, piece: Paragraph, pages: list[Paragraph]) -> bool:
    if piece.form != TEXT or last.form not in (TEXT, CLAUSE, ITEM):
        return False
    before, after = text[last.start : last.end], text[piece.start : piece.end]
    turned = any(last.end <= page.start < piece.start for page in pages)
    return goes_on(before, after) or (turned and is_open(before) and not is_title_case(after))


def _named(text: str, paragraph: Paragraph, layout: Layout) -> Paragraph:
    """The paragraph, called a heading where it is one without a mark."""
    content = text[paragraph.start : paragraph.end]
    short = is_title_case(content) if layout.wrapped else is_short(content)
    return paragraph._replace(form=HEADING) if paragraph.form == TEXT and short else paragraph
