"""Where things stand in a Turtle or TriG file: what a parser throws away and a finding needs.

This reads any well-formed file, in whatever layout, and enough of a broken one to point into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SUBJECT, GRAPH, OTHER = range(3)

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<string>  \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3} | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
                 | " (?: [^"\\\n] | \\. )* " | ' (?: [^'\\\n] | \\. )* ' )
    | (?P<iri>     < [^<>"\s]* > )
    | (?P<at>      @ [A-Za-z0-9-]+ )
    | (?P<blank>   _: [^\s<>"'\[\](){};,]* )
    | (?P<name>    [^\W\d_] [\w.-]* :  (?: [\w:%\\.-]* [\w:%\\-] )? | : (?: [\w:%\\.-]* [\w:%\\-] )? )
    | (?P<number>  [+-]? (?: \d+\.\d+ | \.\d+ | \d+ ) (?: [eE][+-]?\d+ )? )
    | (?P<word>    \w+ )
    | (?P<mark>    \^\^ | [][(){}.;,] )
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A word of the file: its kind (a group of the pattern above), its text and its line, from 1."""

    kind: str
    text: str
    line: int


class Occurrence(NamedTuple):
    """An IRI where it stands in a file.

    :ivar role: :data:`SUBJECT` of a statement, name of a :data:`GRAPH` block, or :data:`OTHER`
    :ivar graph: IRI of the block it stands in; "" outside any named block
    :ivar typed: whether its type follows at once, as where a canonical file describes a thing
    """

    iri: str
    line: int
    role: int
    graph: str
    typed: bool


def read(content: str) -> Iterator[Token]:
    """The tokens of ``content`` in order, comments included; what is no token is passed over."""
    line, seen = 1, 0
    for match in _TOKEN.finditer(content):
        line += content.count("\n", seen, match.start())
        seen = match.start()
        yield Token(match.lastgroup or "", match.group(), line)


def occurrences(content: str) -> Iterator[Occurrence]:
    """Every IRI of ``content`` in order, prefixed names expanded by the file's own prefixes."""
    prefixes: dict[str, str] = {}
    tokens = [token for token in read(content) if token.kind != "comment"] + [Token("end", "", 0)] * 2
    graph = last = ""
    fresh = True  # at the start of a statement
    i = 0
    while i < len(tokens):
        kind, text, line = tokens[i]
        i += 1
        if fresh and text.lower() in ("@prefix", "prefix"):
            prefixes[tokens[i].text.removesuffix(":")] = tokens[i + 1].text[1:-1]
            i += 2
        elif kind in ("iri", "name"):
            prefix, _, local = text.partition(":")
            last = (
                text[1:-1] if kind == "iri" else prefixes.get(prefix, prefix + ":") + local.replace("\\", "")
            )
            opens = tokens[i].text == "{"
            yield Occurrence(
                last, line, GRAPH if opens else SUBJECT if fresh else OTHER, graph, tokens[i].text == "a"
            )
            fresh = False
        else:
            if kind == "mark" and text in "{}":
                graph, last = (last if text == "{" else ""), ""
            fresh = (kind == "mark" and text in (".", "{", "}")) or (fresh and text.upper() == "GRAPH")


def head(content: str) -> str:
    """The comment lines, and blank lines between them, with which ``content`` begins; "" for none."""
    match = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:#[^\n]*)?", content)
    lines = (match.group() if match else "").strip().split("\n")
    return "".join(line.rstrip() + "\n" for line in lines) if any(lines) else ""


def stray_comment(content: str) -> int:
    """Line of the first comment below the head of ``content``; 0 where there is none."""
    begun = False
    for kind, _, line in read(content):
        if kind != "comment":
            begun = True
        elif begun:
            return line
    return 0


def first_blank_node(content: str) -> int | None:
    """Line of the first blank node, in any spelling (``_:x``, ``[ ]``, ``( )``); None where none is seen."""
    spellings = (t.line for t in read(content) if t.kind == "blank" or (t.kind == "mark" and t.text in "[("))
    return next(spellings, None)
