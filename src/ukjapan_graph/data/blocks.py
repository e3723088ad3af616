"""The order of a TriG file: a document's can be read beside the document, one of outside facts by source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

DOCUMENTS = PREFIXES["graph"] + "documents"
EXTERNAL = PREFIXES["graph"] + "external"
_UKJ = PREFIXES["ukj"]
_WHOLE = re.compile(r"[0-9]{1,15}\Z")
_LAST = 10**15  # after every place in a text
_ALLOWED = "put facts in the block of the passage that states them, and describe it in graph:documents"


class Block(NamedTuple):
    """A block of the file: IRI of its graph, what it says, and the subject to put first ("" for none)."""

    graph: str
    quads: list[Quad]
    first: str


def in_document_order(quads: Iterable[Quad], path: object = "") -> list[Block]:
    """``quads`` of one document's file, in blocks.

    First what is said of the document; then, in the order in which they start, for each passage: what is
    said of it, its mentions and readings, the facts it states, and the facts of its readings.

    :raises SourceError: a graph (or the default graph) that is of no passage or reading described among
        ``quads``; names ``path``
    """
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(name, []).append(quad)
    metadata = graphs.pop(DOCUMENTS, [])
    starts, owners = _starts(metadata), _owners(metadata)
    described: dict[str, list[Quad]] = {passage: [] for passage in ("", *starts)}
    for quad in metadata:
        subject = quad.subject.value
        owner = subject if subject in starts else owners.get(subject, "")
        described[owner if owner in starts else ""].append(quad)
    blocks = [Block(DOCUMENTS, described[""], "")] if described[""] else []
    for passage in sorted(starts, key=lambda p: (starts[p], natural(p))):
        blocks.append(Block(DOCUMENTS, described[passage], passage))
        own = sorted((node for node, owner in owners.items() if owner == passage), key=natural)
        blocks += [Block(graph, graphs.pop(graph), "") for graph in (passage, *own) if graph in graphs]
    for name in sorted(graphs):
        graph = shorten(name) if name else "the default graph"
        raise SourceError(path, f"{graph} has no place in this file; {_ALLOWED}")
    return blocks


def in_source_order(quads: Iterable[Quad], path: object = "") -> list[Block]:
    """``quads`` of a file of outside facts, in blocks.

    First what is described beside the sources; then, by name, each source's description and what it says.

    :raises SourceError: a graph (or the default graph) that is of no outside source; names ``path``
    """
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(name, []).append(quad)
    for name in graphs:
        if name != EXTERNAL and kind_of(name) != "outside":
            graph = shorten(name) if name else "the default graph"
            raise SourceError(
                path, f"{graph} has no place in this file; put facts in the block of their source"
            )
    described = graphs.pop(EXTERNAL, [])
    sources = {quad.subject.value for quad in described if kind_of(quad.subject.value) == "outside"}
    things = [quad for quad in described if quad.subject.value not in sources]
    blocks = [Block(EXTERNAL, things, "")] if things else []
    for source in sorted({*sources, *graphs}, key=natural):
        if source in sources:
            own = [quad for quad in described if quad.subject.value == source]
            blocks.append(Block(EXTERNAL, own, source))
        if source in graphs:
            blocks.append(Block(source, graphs[source], ""))
    return blocks


def is_external(quads: Iterable[Quad]) -> bool:
    """Whether ``quads`` are those of a file of outside facts: some graph of theirs is of that kind."""
    return any(
        q.graph_name.value == EXTERNAL or kind_of(q.graph_name.value) == "outside" for q in _named(quads)
    )


def _named(quads: Iterable[Quad]) -> Iterable[Quad]:
    return (quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))


def _starts(metadata: Iterable[Quad]) -> dict[str, int]:
    """Each passage, with the place at which it starts; where none is given, after all others."""
    passages, starts = set(), {}
    for quad in metadata:
        subject, value = quad.subject.value, quad.object.value
        if value == _UKJ + "Passage":
            passages.add(subject)
        elif quad.predicate.value == _UKJ + "start" and _WHOLE.match(value):
            starts[subject] = min(int(value), starts.get(subject, _LAST))
    return {passage: starts.get(passage, _LAST) for passage in passages}


def _owners(metadata: Iterable[Quad]) -> dict[str, str]:
    """The passage of each mention and reading."""
    owners: dict[str, str] = {}
    for quad in metadata:
        if quad.predicate.value in (_UKJ + "inPassage", _UKJ + "readingOf"):
            subject, value = quad.subject.value, quad.object.value
            owners[subject] = min(value, owners.get(subject, value))
    return owners
