"""How each kind of raw text is laid out, as data for the rules in the other modules."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from ukjapan_graph.errors import UnknownNameError


class Layout(NamedTuple):
    """The profile of one kind of raw text.

    :ivar name: what ``ukj:layout`` says
    :ivar wrapped: whether lines are broken by width, so that a line break ends nothing; otherwise each line
        is a paragraph
    :ivar clauses: whether units are numbered by section and clause (``SC7``); otherwise through (``S07``)
    :ivar teaser: pattern of the short line after which everything is about something else; "" for none
    """

    name: str
    wrapped: bool = False
    clauses: bool = False
    teaser: str = ""


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("declaration", wrapped=True, clauses=True),
        Layout("news-item", teaser=r"(?:More (?:from|on)|Related|Read (?:more|next))\b"),
        Layout("news-story"),
        Layout("release"),
    )
}

# Lines that say what the document is, not what happened.
GENRE_LINES = ("News item", "News story", "Press release", "Speech", "Statement")
PUBLICATION_LINE = r"(?:Published|Updated|Last updated)\b.*\d|This was published under\b"

# Lines that serve the page they stood on.
BOILERPLATE_LINE = (
    r"Follow\b|Subscribe\b|Share this\b|"
    r"(?:Photo(?:graph)?s|Images|Videos?)\b.*\bavailable (?:at|from|on)\b|"
    r"(?:Further|More) (?:photo(?:graph)?s|images)\b"
)


def layout(name: str) -> Layout:
    """The profile called ``name``.

    :raises UnknownNameError: there is none
    """
    if name in LAYOUTS:
        return LAYOUTS[name]
    see = f"Known: {', '.join(LAYOUTS)}."
    raise UnknownNameError("layout", name, difflib.get_close_matches(name, LAYOUTS, 2), see=see)
