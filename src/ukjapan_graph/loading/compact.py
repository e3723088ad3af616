"""N-Triples written shorter, as Turtle of the plainest kind, for a store that spends longer on reading than on storing.

Subjects and predicates that repeat are left out, and IRIs get prefixes where what is left is letters, digits
and underscores, so that no parser can stumble over an escape. Literals stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"<([^<>\\]*[/#])([A-Za-z][A-Za-z0-9_]*)>")


def turtle(lines: Iterable[str]) -> str:
    """The triples ``lines`` (N-Triples without the point, sorted) as Turtle (RDF 1.1 Turtle)."""
    short = _Short()
    parts, subject, predicate = [], "", ""
    for line in lines:
        s, p, o = line.split(" ", 2)
        # A link is seldom made twice, so that it is not kept.
        value = short.of(o) if o[0] == "<" else o
        if s != subject:
            parts.append(f"{' .' if parts else ''}\n{short[s]} {short[p]} {value}")
            subject, predicate = s, p
        elif p != predicate:
            parts.append(f" ;\n{short[p]} {value}")
            predicate = p
        else:
            parts.append(f" , {value}")
    heads = "".join(f"@prefix {prefix} <{space}> .\n" for space, prefix in short.prefixes.items())
    return f"{heads}{''.join(parts)} .\n" if parts else ""


class _Short(dict[str, str]):
    """By IRI in angle brackets what is written for it."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}

    def __missing__(self, term: str) -> str:
        self[term] = self.of(term)
        return self[term]

    def of(self, term: str) -> str:
        """What is written for ``term``."""
        if match := _NAME.fullmatch(term):
            return self.prefixes.setdefault(match[1], f"n{len(self.prefixes)}:") + match[2]
        return term
