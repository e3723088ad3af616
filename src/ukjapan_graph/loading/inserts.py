"""Triples to add to many graphs, in as few requests as hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ukjapan_graph.loading.operations import block, triples, update
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import LOADING
from ukjapan_graph.loading.spool import by_size, bytes_of, pieces_of
from ukjapan_graph.loading.transport import Message
from ukjapan_graph.remote.connection import Body

_QUADS = "application/n-quads"


class Inserts:
    """Triples to add to graphs and, where the store's default graph is its own and they are to be seen, to that.

    :ivar graphs: (graph, its triples, whether they go into the default graph as well)
    :ivar size: bytes of them at most, as an update or as quads
    """

    def __init__(self, site: Site) -> None:
        self._site, self.size, self.count = site, 0, 0
        self.graphs: list[tuple[str, Collection[str], bool]] = []

    def add(self, graph: str, lines: Collection[str], *, seen: bool = True) -> None:
        """Add ``lines`` to ``graph``."""
        seen = seen and not self._site.profile.union
        self.graphs.append((graph, lines, seen))
        self.size += self._size(graph, lines, seen)
        self.count += len(lines)

    def after(self, names: Collection[str]) -> Inserts:
        """The same, and first of all the list of the graphs, so that it is there before any of them."""
        whole = Inserts(self._site)
        if names:
            whole.add(LOADING, names, seen=False)
        for graph, lines, seen in self.graphs:
            whole.add(graph, lines, seen=seen)
        return whole

    def parted(self, size: int) -> tuple[Inserts, Inserts]:
        """The graphs that fit into a portion of ``size`` bytes, and those that do not."""
        both = small, large = Inserts(self._site), Inserts(self._site)
        for graph, lines, seen in self.graphs:
            (small if self._size(graph, lines, seen) <= size else large).add(graph, lines, seen=seen)
        return both

    def _size(self, graph: str, lines: Collection[str], seen: bool) -> int:
        """Bytes of ``lines``, at most, written twice where they are ``seen``."""
        return (
            (1 + seen) * (bytes_of(lines) + 2 * len(lines)) + len(lines) * (len(graph) + 3) + len(graph) + 20
        )

    def portions(self, size: int, uncut: int = 0) -> Iterator[Inserts]:
        """The same in portions of ``size`` bytes at most, each of whole graphs where these are not larger.

        A graph of ``uncut`` bytes at most is a portion by itself.
        """
        batch = Inserts(self._site)
        for graph, lines, seen in self.graphs:
            whole = self._size(graph, lines, seen) <= max(size, uncut)
            for portion in [lines] if whole else by_size(lines, size // 4):
                if batch.graphs and batch.size + self._size(graph, portion, seen) > size:
                    yield batch
                    batch = Inserts(self._site)
                batch.add(graph, portion, seen=seen)
        if batch.graphs:
            yield batch

    def sent(self, about: str) -> Message:
        """One request that adds them: as N-Quads where the store takes them, else as an update."""
        if not self._site.quads:
            return update(self._site, [self.text], about, self.count)
        return Message(about, "POST", self._site.quads, self._quads(), _QUADS, triples=self.count)

    def text(self) -> str:
        """An operation of SPARQL Update; nothing where there is nothing to add."""
        if not self.graphs:
            return ""
        seen = "".join(triples(lines) for _, lines, seen in self.graphs if seen)
        blocks = "\n".join(block(graph, lines) for graph, lines, _ in self.graphs)
        return f"INSERT DATA {{ {seen}{blocks} }}"

    def _quads(self) -> Body:
        parts = [(lines, " .\n") for _, lines, seen in self.graphs if seen]
        parts += [(lines, f" <{graph}> .\n") for graph, lines, _ in self.graphs]
        size = sum(bytes_of(lines) + len(lines) * (len(end.encode()) - 1) for lines, end in parts)
        return Body(size, lambda: (piece for lines, end in parts for piece in pieces_of(lines, end)))
