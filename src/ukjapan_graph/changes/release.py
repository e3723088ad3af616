"""A release to compare: read from wherever it lies, with names for what is in it."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ukjapan_graph.answering import grounds, labels
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.data import rules
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.namespaces import PREFIXES, shorten
from ukjapan_graph.resources import release_file
from ukjapan_graph.resources import root as own_root

ONTOLOGY = PREFIXES["graph"] + "ontology"
QUERIES = PREFIXES["graph"] + "queries"
#: Graphs without facts: terms, saved queries, and what the release says of itself.
ASIDE = frozenset((ONTOLOGY, QUERIES, PREFIXES["graph"] + "dataset"))

_GZIP = b"\x1f\x8b"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_HEADER = NamedNode(PREFIXES["owl"] + "Ontology")
_VERSION = NamedNode(PREFIXES["owl"] + "versionInfo")
_NAME = NamedNode(PREFIXES["ukj"] + "name")
_IN_PASSAGE = NamedNode(PREFIXES["ukj"] + "inPassage")

Term = NamedNode | Literal


class Text(NamedTuple):
    """A literal: its text, its language tag ("" for none) and its datatype as a prefixed name."""

    value: str
    language: str
    datatype: str

    def __str__(self) -> str:
        return self.value


class Release:
    """A release in memory.

    :ivar name: what to call it in messages
    :ivar quads: all its quads, literals in canonical form, each in a named graph
    :ivar root: the project it is the release of, where that is known
    """

    def __init__(self, name: str, quads: Iterable[Quad], root: Path | None = None) -> None:
        self.name, self.quads, self.root = name, frozenset(quads), root
        self._called: dict[Term, Entity | Text] = {}
        self._order: dict[str, tuple] = {}

    @cached_property
    def store(self) -> Store:
        """The release as a store."""
        store = Store()
        store.extend(self.quads)
        return store

    @cached_property
    def graphs(self) -> dict[str, list[Quad]]:
        """The quads of each named graph, by its IRI."""
        found: dict[str, list[Quad]] = {}
        for quad in self.quads:
            found.setdefault(quad.graph_name.value, []).append(quad)
        return found

    @property
    def version(self) -> str:
        """The ``owl:versionInfo`` of the ontology; "" where it has none, or several."""
        found = {
            version.object.value
            for header in self.store.quads_for_pattern(None, _TYPE, _HEADER, None)
            for version in self.store.quads_for_pattern(header.subject, _VERSION, None, None)
        }
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def rules(self) -> list[rules.Rule] | None:
        """The rules of entailment: those the release carries, else those of its project; None for neither.

        :raises SourceError: a rule is not written as rules are
        """
        carried = rules.carried_by(self.store)
        return carried or (rules.read_rules(self.root) if self.root else None) or None

    def entity(self, iri: str | NamedNode) -> Entity:
        """The thing with that IRI, with its name and label; a mention is called by its words and its passage."""
        node = NamedNode(iri) if isinstance(iri, str) else iri
        if node not in self._called:
            label = labels.label(self.store, node)
            if label == shorten(node.value) and (used := labels.text(self.store, node, _NAME)):
                label = f"“{used}”{self._place_of(node)}"
            self._called[node] = Entity(node.value, shorten(node.value), label)
        return self._called[node]

    def _place_of(self, mention: NamedNode) -> str:
        passage = grounds.value(self.store, mention, _IN_PASSAGE)
        return f" in {self.entity(passage).label}" if isinstance(passage, NamedNode) else ""

    def relation(self, node: NamedNode) -> Entity:
        """A property, with the label a reader sees."""
        return Entity(node.value, shorten(node.value), labels.relation(self.store, node))

    def called(self, term: Term | None) -> Entity | Text | None:
        """Any term, for a reader."""
        if isinstance(term, Literal):
            return Text(term.value, term.language or "", shorten(term.datatype.value))
        return self.entity(term) if term is not None else None

    def order(self, graph: str) -> tuple:
        """Sort key of a passage or a reading in document order; other graphs come by name after them."""
        if graph not in self._order:
            self._order[graph] = grounds.passage_order(self.store, NamedNode(graph))
        return self._order[graph]


def read(source: str | Path | None = None) -> Release:
    """The release ``source``.

    :param source: N-Quads, also packed with gzip, whatever the file is called; a project folder, for its
        release file; ``-`` for standard input; None for this project's release
    :raises SourceError: it is not there or not readable, or no release: not N-Quads, without quads, with a
        blank node, or with a triple outside any named graph
    """
    if str(source) == "-":
        return _release("standard input", sys.stdin.buffer.read(), None)
    path = Path(source) if source is not None else release_file()
    if path.is_dir():
        path = release_file(path)
        if not path.is_file():
            raise SourceError(path, "there is no release file; make it there with: ukjapan build")
    elif not path.exists():
        raise SourceError(path, "there is no such file; name a release (.nq, .nq.gz) or a project folder")
    name = "this project's release" if source is None else str(source)
    return _release(name, read_bytes(path), _project_of(path), str(path))


def _project_of(path: Path) -> Path | None:
    """The project whose release file ``path`` is."""
    root = path.resolve().parent.parent
    return root if release_file(root) == path.resolve() and (root / "ontology").is_dir() else None


def _release(name: str, data: bytes, root: Path | None, path: str = "") -> Release:
    where = path or name
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(where, f"cannot be unpacked: {error}; pack it again with gzip") from None
    try:
        quads = parse_bytes(data, Path("release.nq"))
    except SourceError as error:
        hint = "" if error.reason.startswith("a blank node") else " (a release is N-Quads)"
        raise SourceError(where, f"{error.reason}{hint}", line=error.line) from None
    if not quads:
        raise SourceError(where, "holds no quads; name a release, as ukjapan build makes it")
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            subject = shorten(quad.subject.value)
            reason = f"a triple of {subject} is in no named graph; in a release the graph says who states it"
            raise SourceError(where, f"{reason}: name a file that ukjapan build made")
    return Release(name, quads, root)


def project_cases(releases: Iterable[Release]) -> list[str]:
    """Names of the frozen answers in the projects of ``releases``: a query, and values of its parameters."""
    roots = {release.root for release in releases if release.root} or {own_root()}
    return sorted({path.stem for root in roots for path in (root / "tests" / "expected").glob("*.csv")})
