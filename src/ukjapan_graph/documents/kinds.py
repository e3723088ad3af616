"""A first guess at what a passage carries; the curator's word comes before it."""

from __future__ import annotations

import re

from ukjapan_graph.documents.layouts import BOILERPLATE_LINE, GENRE_LINES, PUBLICATION_LINE
from ukjapan_graph.documents.paragraphs import CONTACT, PAGE
from ukjapan_graph.documents.paragraphs import HEADING as HEADING_FORM

TEXT, METADATA, HEADING = "text", "metadata", "heading"
BOILERPLATE, ARTEFACT, TEASER = "boilerplate", "artefact", "teaser"
KINDS = (TEXT, METADATA, HEADING, BOILERPLATE, ARTEFACT, TEASER)

#: Kinds that carry claims and so must be cited; the others must not be.
CITED_KINDS = (TEXT, METADATA)

_PUBLICATION = re.compile(PUBLICATION_LINE)
_BOILERPLATE = re.compile(BOILERPLATE_LINE)
_MARKS = re.compile(r"(?:#{1,6}|[-*•–])\s+")


def plain(content: str) -> str:
    """``content`` without the mark of a heading or list item at its start."""
    return _MARKS.sub("", content, count=1) if _MARKS.match(content) else content


def is_genre(content: str) -> bool:
    """Whether ``content`` is a line that names the kind of publication and nothing else."""
    return plain(content) in GENRE_LINES


def is_publication(content: str) -> bool:
    """Whether ``content`` is a line of the page about when, or under whom, it was published."""
    return bool(_PUBLICATION.match(content))


def guess(content: str, form: str) -> str:
    """The kind of a passage with this ``content`` and form of paragraph, where its place says nothing."""
    if form == PAGE:
        return ARTEFACT
    if is_genre(content) or is_publication(content):
        return METADATA
    if form == CONTACT or _BOILERPLATE.match(plain(content)):
        return BOILERPLATE
    return HEADING if form == HEADING_FORM else TEXT
