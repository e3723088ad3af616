"""The source files of the graph: which there are, which graph each is, and whether all is in its place.

    ontology/*.ttl              graph:ontology
    graph/entities/*.ttl        graph:entities
    graph/inferences.ttl        graph:inferences
    graph/silences.ttl          graph:silences
    graph/tensions.ttl          graph:tensions
    graph/dataset.ttl           graph:dataset
    graph/graphs.ttl            graph:documents
    graph/documents/*.trig      graph:documents, and the graphs of the document's passages and readings
    graph/links/*.sssom.tsv     graph:links (read by :mod:`ukjapan_graph.data.links`)

Shapes and alignments lie beside the ontology and are kept in the same form, but are not part of the graph; nor
are outside facts, which have a file of their own (see :mod:`ukjapan_graph.data.external`).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.data import link_rules, links, places
from ukjapan_graph.data.canonical import SUFFIXES, parse_bytes
from ukjapan_graph.data.placement import described_documents, document_findings, graph_findings
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of, shorten

_PLACES = (
    ("ontology/*.ttl", "ontology"),
    ("graph/entities/*.ttl", "entities"),
    ("graph/dataset.ttl", "dataset"),
    ("graph/graphs.ttl", "documents"),
    ("graph/inferences.ttl", "inferences"),
    ("graph/silences.ttl", "silences"),
    ("graph/tensions.ttl", "tensions"),
    ("graph/documents/*.trig", ""),
)
_BESIDE = ("ontology/shapes/**/*.ttl", "ontology/alignments/**/*.ttl")
_EXTERNAL = "graph/external/*.trig"
_MADE = ("graph/ukjapan-graph.nq", "graph/ukjapan-external.nq", links.SAME_AS)
_RDF_SUFFIXES = (*SUFFIXES, ".nt", ".jsonld", ".rdf", ".owl", ".n3", ".tsv")


class Source(NamedTuple):
    """A source file: its path relative to the project's root, and the IRI of its graph ("" for TriG)."""

    path: str
    graph: str


def source_files(root: Path) -> list[Source]:
    """The files that make the graph, sorted by path."""
    found = (
        Source(path.relative_to(root).as_posix(), PREFIXES["graph"] + name if name else "")
        for pattern, name in _PLACES
        for path in root.glob(pattern)
        if path.is_file()
    )
    return sorted(found)


def formatted_files(root: Path) -> list[str]:
    """Relative paths, sorted, of all files that are kept in canonical form: sources, outside facts, shapes,
    alignments."""
    beside = (path.relative_to(root).as_posix() for pattern in _BESIDE for path in root.glob(pattern))
    return sorted({*beside, *external_files(root), *(source.path for source in source_files(root))})


def external_files(root: Path) -> list[str]:
    """Relative paths, sorted, of the files of outside facts, which are no part of the release."""
    return sorted(path.relative_to(root).as_posix() for path in root.glob(_EXTERNAL) if path.is_file())


def read_all(root: Path) -> tuple[list[Quad], list[Finding]]:
    """The quads of all source files, each in its named graph, and what is wrong with the files.

    One bad file does not hide another: what can be read is read, and each fault is a finding with file
    and line, sorted. Only where there are no findings are the quads the whole graph.
    """
    quads, findings = read_statements(root)
    linked, faults = read_links(root, None if any(f.check == "readable" for f in findings) else quads)
    return quads + linked, sorted({*findings, *faults})


def read_statements(root: Path) -> tuple[list[Quad], list[Finding]]:
    """As :func:`read_all`, without the links."""
    quads: list[Quad] = []
    findings = _strangers(root)
    seen: dict[str, str] = {}
    for source in source_files(root):
        more, faults = read_one(root, source)
        quads += more
        findings += faults
        for document in () if source.graph else described_documents(more):
            if document in seen:
                message = f"is described in {seen[document]} too; keep each document in one file"
                findings.append(Finding(source.path, 0, shorten(document), "one-document", message))
            seen.setdefault(document, source.path)
    return quads, sorted(set(findings))


def read_links(root: Path, quads: list[Quad] | None = None) -> tuple[list[Quad], list[Finding]]:
    """The mapping sets as quads of ``graph:links``, and what is wrong with them, the candidates' too.

    :param quads: the graph without its links; without it the mappings are not compared with the graph
    :raises UkjapanError: there are mapping sets, and PyYAML is not installed
    """
    accepted, faults = links.read_sets(root, links.mapping_files(root))
    candidates, more = links.read_sets(root, links.mapping_files(root, candidates=True))
    wrong = link_rules.findings(accepted, candidates, quads)
    unsound = {(finding.path, finding.line) for finding in wrong}
    return links.quads(accepted, unsound), sorted({*faults, *more, *wrong})


def read_one(root: Path, source: Source) -> tuple[list[Quad], list[Finding]]:
    """As :func:`read_all`, for one file."""
    path = root / source.path
    try:
        data = read_bytes(path)
        quads = parse_bytes(data, path)
    except SourceError as error:
        return [], [Finding(source.path, error.line or 0, "", "readable", error.reason)]
    if not source.graph:
        return quads, document_findings(quads, source.path, data.decode())
    graph = NamedNode(source.graph)
    quads = [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]
    return quads, graph_findings(quads, source.graph.rpartition("/")[2], source.path, data.decode())


class Locator:
    """Finds where a thing stands in the source files; reads them once, when first asked."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._index: dict[str, tuple[tuple[bool, ...], str, int]] | None = None
        self._mappings: dict[str, tuple[str, int]] | None = None

    def find(self, name: str) -> tuple[str, int] | None:
        """Relative path and line of the place that describes ``name`` (an IRI or prefixed name).

        The place where its type is given comes first, then any where it is the subject, then any where it
        is named; within each, the documents' files come last. A saved query is its own file. None where no
        source names it.
        """
        iri = expand(name) or name.removeprefix("<").removesuffix(">")
        if kind_of(iri) == "query":
            path = f"queries/{iri.rpartition('/')[2].partition('.')[0]}.rq"
            return (path, 1) if (self._root / path).is_file() else None
        if kind_of(iri) == "mapping":
            return self._mapping(iri)
        if self._index is None:
            self._index = self._read()
        return self._index[iri][1:] if iri in self._index else None

    def _mapping(self, iri: str) -> tuple[str, int] | None:
        if self._mappings is None:
            sets = links.read_sets(self._root, links.mapping_files(self._root))[0]
            self._mappings = {links.node_of(s, row): (s.path, row.line) for s in sets for row in s.rows}
        return self._mappings.get(iri)

    def _read(self) -> dict[str, tuple[tuple[bool, ...], str, int]]:
        index: dict[str, tuple[tuple[bool, ...], str, int]] = {}
        for path in formatted_files(self._root):
            content = read_bytes(self._root / path).decode(errors="replace")
            for iri, line, role, _, typed in places.occurrences(content):
                subject = role == places.SUBJECT
                entry = ((not subject, not (subject and typed), path.endswith(".trig")), path, line)
                if iri not in index or entry < index[iri]:
                    index[iri] = entry
        return index


def locate(name: str, root: Path) -> tuple[str, int] | None:
    """One search by :class:`Locator`; for several keep a locator."""
    return Locator(root).find(name)


def _strangers(root: Path) -> list[Finding]:
    """A finding for each file of RDF that lies where the build does not look."""
    known = {*formatted_files(root), *_MADE}
    known |= {*links.mapping_files(root), *links.mapping_files(root, candidates=True)}
    lying = (
        path.relative_to(root).as_posix()
        for folder in ("ontology", "graph")
        for path in root.glob(f"{folder}/**/*")
        if path.suffix in _RDF_SUFFIXES
    )
    message = "lies where nothing reads it; move it to the folder of its kind or remove it"
    return [Finding(path, 0, "", "in-its-place", message) for path in lying if path not in known]
