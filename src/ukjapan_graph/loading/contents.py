"""The release as a store should hold it: each graph's triples, on disk where they are many."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from ukjapan_graph.data.literals import n_triples
from ukjapan_graph.errors import SourceError, printable
from ukjapan_graph.loading.receipts import GRAPH as RESERVED
from ukjapan_graph.loading.spool import Sorter


class Release:
    """A release file.

    :ivar hash: its SHA-256, in hexadecimal
    :ivar graphs: by the IRI of each graph its triples, as N-Triples without the point, each once
    """

    def __init__(self, digest: str, graphs: Mapping[str, Collection[str]]) -> None:
        self.hash, self.graphs = digest, graphs

    @classmethod
    def read(cls, path: Path) -> Release:
        """The release in the file ``path`` (N-Quads), read once from its start to its end.

        :raises SourceError: not there, not N-Quads, or a quad without graph or with a blank node, which a
            store would multiply
        """
        found = Sorter()
        try:
            with path.open("rb") as file:
                hashed = _Hashed(file)
                for quad in parse(hashed, format=RdfFormat.N_QUADS):
                    text, graph = str(quad), quad.graph_name
                    if not isinstance(graph, NamedNode) or ("_:" in text and has_blank(quad)):
                        raise SourceError(path, f"cannot be loaded: no named graph, or a blank node: {quad}")
                    if graph.value.startswith(RESERVED):
                        raise SourceError(
                            path, f"cannot be loaded: <{graph.value}> is the loader's own graph"
                        )
                    found.add(graph.value, text.rpartition(" ")[0])
        except SyntaxError as error:
            said = printable(error.msg)
            packed = "; unpack it first" if path.suffix == ".gz" else ""
            raise SourceError(path, f"is not N-Quads: {said}{packed}", line=error.lineno) from error
        except OSError as error:
            raise SourceError(path, f"cannot be read: {error.strerror or error}") from error
        graphs = found.lines()
        if not graphs:
            # It would empty the store, and be right.
            raise SourceError(path, "holds no quads; to empty a store: ukjapan load unload")
        return cls(hashed.hash.hexdigest(), graphs)

    @cached_property
    def size(self) -> int:
        """The number of quads."""
        return sum(map(len, self.graphs.values()))


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        return data


def line(quad: Quad) -> str:
    """The triple of ``quad`` as N-Triples writes it, without the point at its end."""
    return f"{quad.subject} {quad.predicate} {n_triples(quad.object)}"


def has_blank(terms: Iterable[object]) -> bool:
    """Whether any of ``terms``, or of the triples among them, is a blank node."""
    return any(isinstance(t, BlankNode) or (isinstance(t, Triple) and has_blank(t)) for t in terms)
