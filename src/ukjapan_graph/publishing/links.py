"""Where on the pages a thing is told of, and what in a text of code names it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ukjapan_graph.namespaces import expand, is_ours, kind_of

INDEX, LISTS, SHAPES, RULES = "index.html", "lists.html", "shapes.html", "rules.html"
ALIGNMENTS, QUERIES, PASSAGES = "alignments.html", "queries.html", "passages.html"

_WEB = re.compile(r"https?://[^\s]+\Z")
_CODE = re.compile(
    r'''(?P<comment>\#[^\n]*)
    |(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
              |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>[A-Za-z][\w.-]*:(?:\w(?:[\w.-]*[\w-])?)?)
    |(?P<word>@?[A-Za-z]\w*)''',
    re.VERBOSE | re.DOTALL,
)
_WORDS = (
    "a as ask asc base bind by construct count desc distinct exists filter from graph group having if in "
    "limit max min minus named not offset optional order prefix sample select service str strstarts sum "
    "undef union values where true false"
)
_KEYWORDS = frozenset(_WORDS.split())


class Piece(NamedTuple):
    """A piece of code: what kind of token it is ("" for the rest), its text, and the IRI it names or ""."""

    kind: str
    text: str
    iri: str


class Links:
    """Addresses on the pages of whatever has a place there.

    :param terms: IRIs of the terms of the ontology
    :param listed: IRIs of what stands in the closed lists, the lists included
    :param shapes: IRIs of the shapes that have a sentence of their own
    :param told: IRIs of documents, passages and saved queries
    """

    def __init__(self, terms: set[str], listed: set[str], shapes: set[str], told: set[str]) -> None:
        self._pages = dict.fromkeys(terms, INDEX) | dict.fromkeys(listed, LISTS)
        self._pages |= dict.fromkeys(shapes, SHAPES)
        self._pages |= {iri: PASSAGES if kind_of(iri) != "query" else QUERIES for iri in told}

    def href(self, iri: str, page: str) -> str:
        """The address of ``iri`` as written on ``page``.

        On the pages, a fragment; elsewhere, the address itself where it is one of the Web and not one of our
        own; "" where there is nothing to link to.
        """
        home = self._pages.get(iri)
        if home:
            return f"{'' if home == page else home}#{anchor(iri)}"
        return iri if _WEB.match(iri) and not is_ours(iri) else ""


def anchor(iri: str) -> str:
    """The anchor of ``iri`` on its page.

    That of a term is the fragment of its IRI. Shapes, passages, documents and queries have pages of their
    own, so their last part will do; in the lists the kind is put before it.
    """
    kind, local = kind_of(iri), iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
    return f"{kind}-{local}" if kind and kind not in ("passage", "document", "query") else local


def pieces(code: str) -> list[Piece]:
    """``code``, which is Turtle, TriG or SPARQL, cut into pieces that together are the whole of it."""
    found, done = [], 0
    for match in _CODE.finditer(code):
        kind, text = match.lastgroup or "", match[0]
        if match.start() > done:
            found.append(Piece("", code[done : match.start()], ""))
        iri = ""
        if kind == "word":
            kind = "keyword" if text.lower().removeprefix("@") in _KEYWORDS else ""
        elif kind == "name":
            iri = expand(text) or ""
        elif kind == "iri":
            iri = text[1:-1]
        found.append(Piece(kind, text, iri))
        done = match.end()
    return [*found, Piece("", code[done:], "")] if done < len(code) else found


def names_in(code: str) -> set[str]:
    """IRIs that ``code`` names, outside comments and strings; those it only declares prefixes with not."""
    return {piece.iri for piece in pieces(code) if piece.iri}
