"""Words with links in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ukjapan_graph.namespaces import shorten


class Ref(NamedTuple):
    """A thing named in a phrase; ``words`` is what to call it, by default its short name."""

    iri: str
    words: str = ""


class Code(NamedTuple):
    """A few characters to be shown as they are, such as a pattern."""

    text: str


Phrase = list[str | Ref | Code]


def plain(phrase: Iterable[str | Ref | Code]) -> str:
    """``phrase`` without its links."""
    return "".join(_word(part) for part in phrase)


def listing(parts: Sequence[str | Ref | Code | Phrase], joint: str = "and") -> Phrase:
    """``parts`` one after another: a, b and c."""
    return list(_listing(parts, joint))


def _listing(parts: Sequence[str | Ref | Code | Phrase], joint: str) -> Iterator[str | Ref | Code]:
    for number, part in enumerate(parts):
        if number:
            yield f" {joint} " if number == len(parts) - 1 else ", "
        yield from part if type(part) is list else [part]


def _word(part: str | Ref | Code) -> str:
    if isinstance(part, Ref):
        return part.words or shorten(part.iri)
    return part.text if isinstance(part, Code) else part
