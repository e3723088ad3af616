"""The release as a store should hold it: each graph's triples, and their merge for the default graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes


class Release:
    """A release file in memory.

    :ivar hash: its SHA-256, in hexadecimal
    :ivar graphs: by the IRI of each graph its triples, as N-Triples without the point, in a frozenset
    """

    def __init__(self, digest: str, graphs: dict[str, frozenset[str]]) -> None:
        self.hash, self.graphs = digest, graphs

    @classmethod
    def read(cls, path: Path) -> Release:
        """The release in the file ``path`` (N-Quads).

        :raises SourceError: not there, not N-Quads, or a quad without graph or with a blank node, which a
            store would multiply
        """
        data = read_bytes(path)
        found: dict[str, set[str]] = {}
        try:
            for quad in parse(data, format=RdfFormat.N_QUADS):
                if not hasattr(quad.graph_name, "value") or has_blank(quad):
                    raise SourceError(path, f"cannot be loaded: no named graph, or a blank node: {quad}")
                found.setdefault(quad.graph_name.value, set()).add(line(quad))
        except SyntaxError as error:
            raise SourceError(path, f"is not N-Quads: {error.msg}", line=error.lineno) from error
        digest = hashlib.sha256(data).hexdigest()
        return cls(digest, {graph: frozenset(found[graph]) for graph in sorted(found)})

    @cached_property
    def merge(self) -> frozenset[str]:
        """Every triple of any graph, once."""
        return frozenset().union(*self.graphs.values())

    @cached_property
    def size(self) -> int:
        """The number of quads."""
        return sum(map(len, self.graphs.values()))


def line(quad: Quad) -> str:
    """The triple of ``quad`` as N-Triples writes it, without the point at its end."""
    return f"{quad.subject} {quad.predicate} {quad.object}"


def has_blank(terms: Iterable[object]) -> bool:
    """Whether any of ``terms`` is a blank node."""
    return any(isinstance(term, BlankNode) for term in terms)
