"""The named graphs of a store, without the merge of them that is its default graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import DefaultGraph, Quad, Store

_DEFAULT = DefaultGraph()


class NamedGraphs:
    """A store seen without its default graph: what reads a release from a store can read it from this.

    One store then serves both those who ask for the merge and those who ask which graph says what.

    :ivar merged: the store itself, whose default graph is the merge of its named graphs
    """

    def __init__(self, merged: Store) -> None:
        self.merged = merged

    def quads_for_pattern(self, *pattern: Any) -> Iterator[Quad]:
        """The quads that match; ``None`` for the graph means any named graph."""
        found = self.merged.quads_for_pattern(*pattern)
        if len(pattern) == 4 and pattern[3] is not None:
            return found
        return (quad for quad in found if quad.graph_name != _DEFAULT)

    def __iter__(self) -> Iterator[Quad]:
        return self.quads_for_pattern(None, None, None, None)

    def named_graphs(self) -> Iterator[Any]:
        """The names of the graphs."""
        return self.merged.named_graphs()

    def query(self, text: str, *, use_default_graph_as_union: bool = False) -> Any:
        """The answer to a query of one's own; in place of the union there is the merge."""
        return self.merged.query(text)
