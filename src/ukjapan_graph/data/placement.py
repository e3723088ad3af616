"""Whether what a source file says stands where it belongs: facts with the passage that states them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad

from ukjapan_graph.data import places
from ukjapan_graph.data.blocks import DOCUMENTS
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

_UKJ = PREFIXES["ukj"]
_TYPE = PREFIXES["rdf"] + "type"

# Kinds of thing that may be described in a file or block; elsewhere anything may.
_KINDS = {"inferences": ("inference",), "silences": ("silence",), "tensions": ("tension",)}
_DOCUMENT_KINDS = ("document", "passage", "mention", "reading")
# What may stand as a triple beside the inference that proposes it: links of likely identity claim no more
# than they say, and bounds of dates carry their basis.
_BESIDE_INFERENCES = {
    _UKJ + name for name in ("likelySameAs", "possiblySameAs", "earliest", "latest", "dateBasis")
}


class _Fault(NamedTuple):
    focus: str
    check: str
    message: str
    graph: str = ""  # block in which to look for the focus
    role: int = places.SUBJECT


def graph_findings(quads: list[Quad], name: str, path: str, content: str) -> list[Finding]:
    """What is out of place in the Turtle file ``path`` of the graph called ``name`` ("entities", …).

    :param quads: what the file says
    :param content: text of the file, to find the lines
    """
    kinds = _KINDS.get(name)
    if not kinds:
        return []
    beside = _BESIDE_INFERENCES if name == "inferences" else ()
    strange = [quad for quad in quads if quad.predicate.value not in beside]
    message = (
        f"has a fact in {path}, which describes only {_listed(kinds)} things; "
        "put it in the block of the passage that states it"
    )
    return _located([_Fault(s, "in-its-place", message) for s in _strange(strange, kinds)], path, content)


def document_findings(quads: list[Quad], path: str, content: str) -> list[Finding]:
    """What is out of place in the TriG file ``path`` of a source document; arguments as above."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(name, []).append(quad)
    metadata = graphs.pop(DOCUMENTS, [])
    documents = described_documents(metadata)
    faults = []
    if len(documents) != 1:
        message = f"the file describes {len(documents)} documents; describe the one whose passages it holds"
        faults = [_Fault(iri, "one-document", message, DOCUMENTS) for iri in documents or [""]]
    own = documents[0] if len(documents) == 1 else ""
    passages = _subjects(metadata, _TYPE, _UKJ + "Passage") & _subjects(metadata, _UKJ + "inDocument")
    readings = _subjects(metadata, _UKJ + "readingOf")
    message = "put it in the block of the passage that states it"
    for subject in sorted({quad.subject.value for quad in graphs.pop("", [])}):
        faults.append(_Fault(subject, "in-its-place", f"stands in no block; {message}"))
    for subject in _strange(metadata, _DOCUMENT_KINDS):
        allowed = f"graph:documents describes only {_listed(_DOCUMENT_KINDS)} things; {message}"
        faults.append(_Fault(subject, "in-its-place", allowed, DOCUMENTS))
    for graph in sorted(graphs):
        faults += _graph_faults(graph, own, passages, readings)
    faults += _metadata_faults(metadata, own, passages)
    return _located(faults, path, content)


def described_documents(quads: Iterable[Quad]) -> list[str]:
    """IRIs, sorted, of the documents that ``quads`` describe."""
    return sorted(_subjects(quads, _TYPE, _UKJ + "Document"))


def _graph_faults(graph: str, own: str, passages: set[str], readings: set[str]) -> Iterator[_Fault]:
    kind, slug = kind_of(graph), graph.rpartition("/")[2].partition(".")[0]
    if kind not in ("passage", "reading"):
        message = "is no passage or reading; put facts in the block of the passage that states them"
        yield _Fault(graph, "in-its-place", message, role=places.GRAPH)
    elif own and slug != own.rpartition("/")[2]:
        message = f"belongs to document:{slug}, this file to {shorten(own)}; move the block to its own file"
        yield _Fault(graph, "in-its-place", message, role=places.GRAPH)
    elif graph not in (passages if kind == "passage" else readings):
        need = "ukj:Passage with ukj:inDocument" if kind == "passage" else "ukj:Reading with ukj:readingOf"
        message = f"is not described; add it to graph:documents as a {need}, or mend its name"
        yield _Fault(graph, "passage-described", message, role=places.GRAPH)


def _metadata_faults(metadata: Iterable[Quad], own: str, passages: set[str]) -> Iterator[_Fault]:
    for quad in metadata:
        subject, tie = quad.subject.value, quad.predicate.value.removeprefix(_UKJ)
        value = getattr(quad.object, "value", "")
        if tie == "inDocument" and own and value != own:
            message = f"is in {shorten(value)}, this file is of {shorten(own)}; move it to its own file"
            yield _Fault(subject, "in-its-place", message, DOCUMENTS)
        elif tie in ("readingOf", "inPassage") and value not in passages:
            message = f"belongs to {shorten(value)}, which this file does not describe; mend one of the names"
            yield _Fault(subject, "passage-described", message, DOCUMENTS)


def _strange(quads: Iterable[Quad], kinds: tuple[str, ...]) -> list[str]:
    return sorted({quad.subject.value for quad in quads if kind_of(quad.subject.value) not in kinds})


def _subjects(quads: Iterable[Quad], predicate: str, value: str = "") -> set[str]:
    return {
        q.subject.value
        for q in quads
        if q.predicate.value == predicate and (not value or getattr(q.object, "value", "") == value)
    }


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"{kind}:" for kind in kinds)


def _located(faults: list[_Fault], path: str, content: str) -> list[Finding]:
    lines: dict[tuple[str, str, int], int] = {}
    for iri, line, role, graph, _ in places.occurrences(content) if faults else ():
        lines.setdefault((iri, graph, role), line)
    return [
        Finding(
            path,
            lines.get((fault.focus, fault.graph, fault.role), 0),
            shorten(fault.focus) if fault.focus else "",
            fault.check,
            fault.message,
        )
        for fault in faults
    ]
