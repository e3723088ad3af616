"""Values bound into a saved query as RDF terms, never as text.

A parameter stands in a query as ``VALUES ?name { default }``, once or, where several sub-groups need it,
several times alike. Binding writes another term, serialised by the library, between those braces; nothing
else of the query can change, whatever the value holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.errors import ParameterError
from ukjapan_graph.namespaces import KINDS, PREFIXES
from ukjapan_graph.querying.tokens import Token, is_word, tokenise

LITERAL_TYPES = ("date", "integer", "language", "string")
NAME_TYPES = (*KINDS, "entity", "term")

_XSD = PREFIXES["xsd"]
_INTEGER = r"[+-]?[0-9]{1,18}"  # 18 digits: what every store holds in a machine word
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
_FORMS = {"date": "a day such as 2017-08-31", "integer": "a whole number", "language": "a tag such as en"}


class Block:
    """One ``VALUES ?name { … }`` of a query: its variable, where it starts, what lies in its braces."""

    __slots__ = ("end", "inside", "name", "start", "variable")

    def __init__(self, variable: Token, inside: list[Token], start: int, end: int) -> None:
        self.variable, self.inside, self.start, self.end = variable, inside, start, end
        self.name = variable.text[1:]


def blocks(text: str) -> list[Block]:
    """Every ``VALUES`` of one variable in ``text``, in order; ``start`` and ``end`` lie within its braces.

    :raises QuerySyntaxError: the text has no tokens (see :func:`ukjapan_graph.querying.tokens.tokenise`)
    """
    tokens = tokenise(text)
    found = []
    for i, token in enumerate(tokens[:-2]):
        if not is_word(token, "VALUES") or tokens[i + 1].kind != "variable" or tokens[i + 2].text != "{":
            continue
        inside = []
        for inner in tokens[i + 3 :]:
            if inner.kind == "mark" and inner.text == "}":
                found.append(Block(tokens[i + 1], inside, tokens[i + 2].start + 1, inner.start))
                break
            inside.append(inner)
    return found


def bind(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """``text`` with the value of each parameter in ``terms`` (name without ``?``) put in its place.

    The tokens of the answer are those of ``text``, save for the one value in each block.

    :raises ParameterError: the query has no ``VALUES ?name { … }`` for a name in ``terms``
    """
    if not terms:
        return text
    parts, done, seen = [], 0, set()
    for block in blocks(text):
        if block.name in terms:
            parts += [text[done : block.start], f" {terms[block.name]} "]
            done = block.end
            seen.add(block.name)
    for name in terms:
        if name not in seen:
            raise ParameterError(f"the query has no VALUES ?{name} {{ … }} to bind {name!r} in")
    return "".join([*parts, text[done:]])


def literal(kind: str, value: object) -> Literal:
    """The literal that ``value`` (as typed, or as a Python object) is for a parameter of type ``kind``.

    A date becomes an ``xsd:date`` without a time zone, an integer an ``xsd:integer`` in canonical form, a
    language tag and a string plain strings, the tag in lower case.

    :raises ParameterError: the value is not of that type
    """
    text = value if isinstance(value, str) else "" if isinstance(value, bool) else str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ParameterError(f"{text!r} is not Unicode text") from None
    if kind == "string":
        if not isinstance(value, str):
            raise ParameterError(f"{value!r} is not a string")
        return Literal(text)
    if kind == "integer" and re.fullmatch(_INTEGER, text):
        return Literal(str(int(text)), datatype=NamedNode(_XSD + "integer"))
    if kind == "date" and re.fullmatch(_DATE, text) and _is_day(text):
        return Literal(text, datatype=NamedNode(_XSD + "date"))
    if kind == "language" and re.fullmatch(_LANGUAGE, text):
        return Literal(text.lower())
    raise ParameterError(f"{value!r} is not {_FORMS[kind]}")


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
