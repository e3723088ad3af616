"""Operations of SPARQL Update and bodies of requests, made of triples as N-Triples without the point."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ukjapan_graph.loading.compact import turtle
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import LOADING, listing
from ukjapan_graph.loading.spool import by_size, bytes_of, text_of
from ukjapan_graph.loading.transport import Message

_UPDATE, _QUADS = "application/sparql-update", "application/n-quads"


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

    def parted(self, size: int) -> tuple[Inserts, Inserts]:
        """The graphs that fit into ``size`` bytes each, and those that do not."""
        whole, large = Inserts(self._site), Inserts(self._site)
        for graph, lines, seen in self.graphs:
            (whole if self._size(graph, lines, seen) <= size else large).add(graph, lines, seen=seen)
        return whole, large

    def after_the_names_of(self, every: Inserts) -> Inserts:
        """The same, and first of all the list of the graphs of ``every``, so that it is there before any of them."""
        whole = Inserts(self._site)
        whole.add(LOADING, listing(graph for graph, _, _ in every.graphs), seen=False)
        for graph, lines, seen in self.graphs:
            whole.add(graph, lines, seen=seen)
        return whole

    def _size(self, graph: str, lines: Collection[str], seen: bool) -> int:
        """Bytes of ``lines``, at most, written twice where they are ``seen``."""
        return (
            (1 + seen) * (bytes_of(lines) + 2 * len(lines)) + len(lines) * (len(graph) + 3) + len(graph) + 20
        )

    def portions(self, size: int) -> Iterator[Inserts]:
        """The same in portions of ``size`` bytes at most, each of whole graphs where these are not larger."""
        batch = Inserts(self._site)
        for graph, lines, seen in self.graphs:
            whole = self._size(graph, lines, seen) <= size
            for portion in [lines] if whole else by_size(lines, size // 4):
                if batch.graphs and batch.size + self._size(graph, portion, seen) > size:
                    yield batch
                    batch = Inserts(self._site)
                batch.add(graph, portion, seen=seen)
        if batch.graphs:
            yield batch

    def posted(self, about: str) -> Message:
        """One request that adds them as N-Quads."""
        return Message(about, "POST", self._site.quads or "", self._quads, _QUADS, triples=self.count)

    def text(self) -> str:
        """An operation of SPARQL Update; nothing where there is nothing to add."""
        if not self.graphs:
            return ""
        seen = "".join(triples_of(lines) for _, lines, seen in self.graphs if seen)
        blocks = "\n".join(block(graph, lines) for graph, lines, _ in self.graphs)
        return f"INSERT DATA {{ {seen}{blocks} }}"

    def _quads(self) -> bytes:
        parts = [triples_of(lines) for _, lines, seen in self.graphs if seen]
        parts += [text_of(lines, f" <{graph}> .\n") for graph, lines, _ in self.graphs]
        return "".join(parts).encode()


def addition(site: Site, graph: str, lines: Collection[str], about: str) -> Message:
    """Add ``lines`` to ``graph``: by Graph Store Protocol where there is one, else by an update."""
    if not site.graphs:
        return update(site, [f"INSERT DATA {{ {block(graph, lines)} }}"], about, len(lines))
    compact = site.profile.compact
    body = lambda: (turtle(sorted(lines)) if compact else triples_of(lines)).encode()  # noqa: E731
    media = "text/turtle" if compact else "application/n-triples"
    return Message(about, "POST", site.graphs, body, media, graph, triples=len(lines), beside=True)


def update(site: Site, texts: Sequence[str | Callable[[], str]], about: str, triples: int) -> Message:
    """An update of these operations; those that are large are made when they are sent."""

    def body() -> bytes:
        made = (text if isinstance(text, str) else text() for text in texts)
        return " ;\n".join(text for text in made if text).encode()

    return Message(about, "POST", site.update, body, _UPDATE, triples=triples)


def values(names: Iterable[str]) -> str:
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def block(graph: str, lines: Collection[str]) -> str:
    return f"GRAPH <{graph}> {{\n{triples_of(lines)}}}"


def triples_of(lines: Collection[str]) -> str:
    return text_of(lines, " .\n")


def by_number(lines: Collection[str], number: int) -> Iterator[Sequence[str]]:
    return portions(sorted(lines), number or max(len(lines), 1))


def portions(items: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), number):
        yield items[start : start + number]
