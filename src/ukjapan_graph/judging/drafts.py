"""Drafts: files that are not, or not yet, part of the project, read as if they were."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad

from ukjapan_graph.data import catalogue
from ukjapan_graph.data.canonical import parse
from ukjapan_graph.data.entailment import entail
from ukjapan_graph.data.placement import described_documents
from ukjapan_graph.data.rules import as_data, read_rules
from ukjapan_graph.data.sources import Source, read_links, read_one, source_files
from ukjapan_graph.errors import SourceError, UkjapanError, UsageError
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, TERMS, kind_of
from ukjapan_graph.querying.queries import read_folder

# A Turtle file belongs to the graph of the first of these kinds that it describes, else to graph:entities.
_GRAPHS = {"inference": "inferences", "silence": "silences", "tension": "tensions", "graph": "documents"}


class Drafts(NamedTuple):
    """What drafts say and what they replace.

    :ivar sources: the files with the IRI of their graph ("" for TriG); paths are those of the project, else
        whole
    :ivar named: the path of each file as it was given
    :ivar quads: what they say
    :ivar findings: what is wrong with the files
    :ivar replaced: paths of the project's files that they take the place of
    :ivar described: (graph, subject) of what the Turtle files among them describe
    """

    sources: list[Source]
    named: dict[str, str]
    quads: list[Quad]
    findings: list[Finding]
    replaced: set[str]
    described: set[tuple]

    def about(self) -> set[str]:
        """IRIs of the things that the drafts describe, and of the graphs that they fill."""
        return {getattr(term, "value", "") for quad in self.quads for term in (quad.subject, quad.graph_name)}

    def keeps(self, quad: Quad) -> bool:
        """Whether ``quad`` of the project still holds beside the drafts."""
        return (quad.graph_name, quad.subject) not in self.described


def read_drafts(root: Path, files: Iterable[Path]) -> Drafts:
    """The drafts ``files``, each Turtle (entities, inferences, silences …) or TriG (a document).

    A draft takes the place of the project's file at the same path, of the one that describes the same
    document, and, if it is Turtle, of what the project says in the same graph about the same things.

    :raises UsageError: a file that is no Turtle or TriG, or that holds shapes or alignments
    """
    drafts = Drafts([], {}, [], [], set(), set())
    own = {source.path: source.graph for source in source_files(root)}
    for file in files:
        if file.suffix not in (".ttl", ".trig"):
            raise UsageError(f"{file}: a draft is Turtle (.ttl) or TriG (.trig)")
        if not file.is_file():
            raise SourceError(file, "is no file; name a draft in Turtle or TriG")
        full = file.resolve()
        name = full.relative_to(root).as_posix() if full.is_relative_to(root) else str(full)
        graph = "" if file.suffix == ".trig" else own.get(name) or _graph_of(file)
        source = Source(name, graph)
        quads, findings = read_one(root, source)
        drafts.sources.append(source)
        drafts.named[name] = str(file)
        drafts.quads.extend(quads)
        drafts.findings.extend(findings)
        drafts.described.update((quad.graph_name, quad.subject) for quad in quads if graph)
        drafts.replaced.update({name} & own.keys(), _same_document(root, quads))
    return drafts


def overlaid(root: Path, drafts: Drafts) -> list[Quad]:
    """The quads of the project below ``root`` as they would be with ``drafts`` in it.

    :raises UkjapanError: saved queries cannot be read
    """
    quads = list(drafts.quads)
    for source in source_files(root):
        if source.path not in drafts.replaced:
            quads += filter(drafts.keeps, read_one(root, source)[0])
    quads += read_links(root)[0]
    try:
        quads += catalogue.quads(read_folder(root / "queries"))
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"validating needs {error.name}; install it with: pip install 'ukjapan-graph[validate]'"
        ) from error
    return entailed(root, quads)


def entailed(root: Path, quads: Iterable[Quad]) -> list[Quad]:
    """``quads`` with what follows from them; those that stand in no graph, a fault by itself, left out.

    :raises SourceError: a rule of the project that cannot be read
    """
    rules = read_rules(root)
    named = [quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph)]
    named += as_data(rules)
    return named + entail(named, rules)


def _graph_of(file: Path) -> str:
    try:
        subjects = {quad.subject.value for quad in parse(file)}
    except SourceError:
        return PREFIXES["graph"] + "entities"  # reading it again will say what is wrong
    if any(subject.startswith(PREFIXES["shape"]) for subject in subjects):
        raise UsageError(f"{file}: shapes are no data; they are judged with the whole: ukjapan validate")
    kinds = {kind_of(subject) for subject in subjects}
    name = next((graph for kind, graph in _GRAPHS.items() if kind in kinds), "entities")
    if any(subject.startswith(TERMS) for subject in subjects):
        name = "ontology"
    return PREFIXES["graph"] + name


def _same_document(root: Path, quads: list[Quad]) -> set[str]:
    documents = set(described_documents(quads))
    others = (source for source in source_files(root) if not source.graph) if documents else ()
    return {s.path for s in others if documents & set(described_documents(read_one(root, s)[0]))}
