"""How often a term occurs in the release, and how firmly what it occurs in is said."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ukjapan_graph.data.turtle import RDF_TYPE, natural
from ukjapan_graph.namespaces import PREFIXES, kind_of
from ukjapan_graph.publishing.material import Index, graph_of, is_passage
from ukjapan_graph.publishing.phrases import Phrase, Ref

_ENTAILED = PREFIXES["graph"] + "entailed"


class Use(NamedTuple):
    """How often a term occurs: things of a class or facts with a property, each counted once.

    :ivar passages: how many passages state one
    :ivar stated: how many a passage states
    :ivar entailed: how many no passage states, and that follow
    :ivar elsewhere: of the rest, how many stand in each other named graph: (IRI, number)
    """

    count: int
    passages: int
    stated: int
    entailed: int
    elsewhere: list[tuple[str, int]]


def use(graph: Index, iri: str, kind: str) -> Use:
    """The use of the term ``iri``, a class or a property as ``kind`` says."""
    homes: dict[tuple, set[str]] = {}
    for quad in graph.pointing(RDF_TYPE, iri) if kind == "class" else graph.facts(iri):
        homes.setdefault((quad.subject, quad.object), set()).add(graph_of(quad))
    passages = {home for found in homes.values() for home in found if is_passage(home)}
    # What several graphs say counts once, where it is said most firmly.
    rest = [found for found in homes.values() if found.isdisjoint(passages)]
    others = [found for found in rest if not any(map(_follows, found))]
    elsewhere = Counter(min(found, key=natural) for found in others)
    return Use(
        len(homes),
        len(passages),
        len(homes) - len(rest),
        len(rest) - len(others),
        sorted(elsewhere.items(), key=lambda item: (-item[1], natural(item[0]))),
    )


def in_words(use: Use, kind: str) -> Phrase:
    """``use`` in words: with a number for each degree of firmness where there are several."""
    one, many = ("thing", "things") if kind == "class" else ("fact", "facts")
    parts: list[tuple[int, Phrase]] = []
    if use.stated:
        parts.append((use.stated, [f"stated in {use.passages} passage{'' if use.passages == 1 else 's'}"]))
    if use.entailed:
        parts.append((use.entailed, ["entailed"]))
    parts += [
        (number, ["in ", Ref(name)] if name else ["in no named graph"]) for name, number in use.elsewhere
    ]
    words: Phrase = [f"{use.count} {one if use.count == 1 else many}"]
    for number, part in parts:
        joint = ": " if len(words) == 1 and len(parts) > 1 else ", "
        words += [f"{joint}{number} " if len(parts) > 1 else joint, *part]
    return words


def _follows(graph: str) -> bool:
    """Whether what stands in ``graph`` follows: by the rules, or from one passage by reading it."""
    return graph == _ENTAILED or kind_of(graph) == "reading"
