"""Whether what a file of outside facts says stands where it belongs, in the graph of the source that says it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad

from ukjapan_graph.data import places
from ukjapan_graph.data.blocks import EXTERNAL
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

_SOURCE = PREFIXES["ukj"] + "OutsideSource"
#: What only the documents, and the reading of them, have: nothing outside may describe or add to it.
_OURS = (
    "document", "graph", "inference", "mention", "passage", "query", "reading", "silence", "statement",
    "tension",
)  # fmt: skip


def faults(quads: Iterable[Quad], path: str, content: str) -> list[Finding]:
    """What is out of place in the file ``path`` of outside facts.

    :param quads: what the file says
    :param content: text of the file, to find the lines
    """
    graphs: dict[str, set[str]] = {}
    described = set()
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(name, set()).add(quad.subject.value)
        is_type = quad.predicate.value == RDF_TYPE and getattr(quad.object, "value", "") == _SOURCE
        if name == EXTERNAL and is_type:
            described.add(quad.subject.value)
    found = []
    for graph in sorted(graphs):
        for focus, check, message in _graph(graph, graphs[graph], described):
            found.append((focus, graph, check, message))
    silent = described - set(graphs)
    message = "is described but says nothing; write its block, or take it out"
    found += [(source, EXTERNAL, "outside-described", message) for source in sorted(silent)]
    lines: dict[tuple[str, str], int] = {}
    for iri, line, role, graph, _ in places.occurrences(content) if found else ():
        if role in (places.SUBJECT, places.GRAPH):
            lines.setdefault((iri, iri if role == places.GRAPH else graph), line)
    return [
        Finding(path, lines.get((focus, graph), 0), shorten(focus), check, message)
        for focus, graph, check, message in found
    ]


def _graph(graph: str, subjects: set[str], described: set[str]) -> list[tuple[str, str, str]]:
    """What is wrong with the block called ``graph``: focus, check and what to do."""
    if not graph:
        message = "stands in no block; put it in that of the outside source that says it"
        return [(subject, "in-its-place", message) for subject in sorted(subjects)]
    if kind_of(graph) in ("passage", "reading"):
        message = "is a passage's or a reading's, and outside facts are not in the documents; name an outside:… source"
        return [(graph, "in-its-place", message)]
    if graph == EXTERNAL:
        allowed = {PREFIXES["graph"] + name for name in ("external", "external-entailed")}
        strange = [s for s in sorted(subjects) if kind_of(s) in _OURS and s not in allowed]
    elif kind_of(graph) == "outside":
        strange = [s for s in sorted(subjects) if kind_of(s) in (*_OURS, "outside")]
        if graph not in described:
            message = "is not described; add it to graph:external as a ukj:OutsideSource, or mend its name"
            return [(graph, "outside-described", message)]
    else:
        message = "is no outside source; put facts in the block of the source that says them: outside:…"
        return [(graph, "in-its-place", message)]
    message = "is not for outside sources to speak of; only the documents' own files describe it"
    return [(subject, "in-its-place", message) for subject in strange]
