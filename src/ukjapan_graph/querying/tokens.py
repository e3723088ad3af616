"""The words of a SPARQL text: what is code, and what is only a string, an IRI, a name or a comment.

Binding a parameter and refusing ``SERVICE`` must never be fooled by a word inside a string, so both
look at tokens and never at the text. The terminals follow SPARQL 1.1, section 19.8; letters are
taken as Unicode letters, which is as wide as the standard where it matters here.
"""

from __future__ import annotations

import re
from collections import namedtuple
from functools import lru_cache

from ukjapan_graph.errors import QuerySyntaxError

Token = namedtuple("Token", "kind text start")
Token.__doc__ = """One token: ``kind`` (string, iri, variable, language, name, number, word or mark), its
``text`` as written, and ``start``, its place in the whole text in code points counted from 0."""

_TERMINALS = re.compile(
    r'''(?P<space>[ \t\r\n]+|\#[^\r\n]*)
    |(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
              |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w[\w\u00b7\u0300-\u036f\u203f\u2040]*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d](?:[\w.\-]*[\w\-])?)?:
              (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)
                 (?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)?)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>\^\^|&&|\|\||[!<>]=|.)''',
    re.VERBOSE | re.DOTALL,
)


def tokenise(text: str) -> list[Token]:
    r"""The tokens of ``text`` in order, without white space and comments.

    A ``\u`` escape outside a string is refused: SPARQL 1.1, section 19.2, would have it read before
    the tokens are, engines differ in whether they do, and it could hide a word from this reader.

    :raises QuerySyntaxError: such an escape, or a string that does not end
    """
    return list(_tokens(text))


@lru_cache(maxsize=2)  # one query is read several times in a row: for its form, its graphs, its prefixes
def _tokens(text: str) -> tuple[Token, ...]:
    found = []
    for match in _TERMINALS.finditer(text):
        kind = match.lastgroup
        if kind == "space":
            continue
        token = Token(kind, match[0], match.start())
        if kind == "mark" and token.text in "\"'":
            raise syntax_error("a string starts here and does not end", text, token)
        if kind != "string" and "\\" in token.text and (kind != "name" or "\\u" in token.text.lower()):
            raise syntax_error(
                "a \\u escape is read only in a string: write the character itself", text, token
            )
        found.append(token)
    return tuple(found)


def is_word(token: Token, *words: str) -> bool:
    """Whether ``token`` is one of the keywords ``words`` (given in capitals), in any case."""
    return token.kind == "word" and token.text.upper() in words


def place(text: str, start: int) -> tuple[int, int]:
    """Line and column, both counted from 1, of the code point ``start`` of ``text``."""
    before = text[:start]
    line = before.count("\n")
    return line + 1, start - (before.rfind("\n") + 1) + 1


def syntax_error(reason: str, text: str, token: Token, *, where: str = "query") -> QuerySyntaxError:
    """The error that ``reason`` is wrong at ``token`` of ``text``."""
    return QuerySyntaxError(reason, text, *place(text, token.start), where=where)


def declared_prefixes(tokens: list[Token]) -> list[tuple[Token, str]]:
    """The (token of the prefix, IRI) of each ``PREFIX`` line, in order; a token's text ends in ":"."""
    return [
        (name, iri.text[1:-1])
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if is_word(word, "PREFIX") and name.kind == "name" and iri.kind == "iri"
    ]


def used_prefixes(tokens: list[Token]) -> dict[str, Token]:
    """Each prefix (without ":") that a name in ``tokens`` uses, with the first token that does."""
    used: dict[str, Token] = {}
    for before, token in zip([None, *tokens], tokens, strict=False):
        declares = before is not None and is_word(before, "PREFIX")
        if token.kind == "name" and not declares and not token.text.startswith("_:"):
            used.setdefault(token.text.partition(":")[0], token)
    return used
