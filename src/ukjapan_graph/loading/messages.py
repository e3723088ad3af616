"""From differences to requests: the fewest that leave a store holding the release, and no reader half of it.

Where an update request is done as a whole or not at all, everything goes in one: what is extra, what is missing,
the default graph, the receipt. What is too large for that is first put into staging graphs that nothing refers
to, and taken over from there in one update. A first load, which replaces nothing, goes by whole graphs, the
receipt last; it begins with a list of the graphs it may leave, which goes when it is done. For stores of which
each operation stands alone see :mod:`ukjapan_graph.loading.piecewise`.

Every request adds or removes named triples only, so that sending it twice, or two loaders at once, do no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.operations import (
    ALL,
    REGISTER,
    block,
    dropping,
    portions,
    registration,
    staging,
    triples,
    update,
    values,
    withdrawal,
)
from ukjapan_graph.loading.piecewise import piecewise
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, LOADING, Receipt, listing
from ukjapan_graph.loading.spool import by_size, bytes_of, text_of
from ukjapan_graph.loading.survey import Survey
from ukjapan_graph.loading.transport import Message

_QUADS = "application/n-quads"

_Taken = tuple[str, Collection[str]]  # a graph, "" for the default graph, and what is extra there


def loading(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str] = ()
) -> Iterator[Message]:
    """The requests that make the store hold ``release``, and ``receipt``; none where it does already.

    :param staged: staging graphs of a load that was stopped, to be dropped at the end
    """
    if found.agrees and found.receipt is not None and found.receipt.hash == receipt.hash:
        left = [*staged, *([REGISTER] if staged else ()), *([LOADING] if found.unfinished else ())]
        if left:
            yield update(site, dropping(left), "clear away what a stopped load left", 0)
        return
    if site.profile.whole:
        yield from _as_a_whole(site, found, release, receipt, staged)
    else:
        yield from piecewise(site, found, release, receipt, staged)


def unloading(site: Site, graphs: Sequence[str], staged: Sequence[str], count: int) -> Iterator[Message]:
    """The requests that take ``graphs`` out of the store, and all that a loader left there."""
    texts = []
    if not site.profile.union:
        # The default graph holds the merge; what somebody else has put there is not in our graphs.
        for names in portions(graphs, 200):
            texts.append(f"DELETE {{ {ALL} }} WHERE {{ {values(names)} GRAPH ?g {{ {ALL} }} }}")
    texts += dropping([*graphs, *staged, REGISTER, GRAPH, LOADING])
    about = f"take out {len(graphs)} graphs"
    if site.profile.whole:
        yield update(site, texts, about, count)
        return
    yield from withdrawal(site, graphs)
    for part in portions(texts, 50):
        yield update(site, part, about, 0)


def _as_a_whole(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    texts, added = [], _Inserts(site)
    taken: list[_Taken] = []
    removed: set[str] = set()
    for difference in found.graphs:
        wanted = release.graphs.get(difference.graph, ())
        if difference.blank:
            texts.append(f"DELETE WHERE {{ GRAPH <{difference.graph}> {{ {ALL} }} }}")
            added.add(difference.graph, wanted)
        else:
            removed.update(difference.extra)
            if difference.extra:
                taken.append((difference.graph, difference.extra))
            if difference.missing:
                added.add(difference.graph, difference.missing)
    fill = []
    if not site.profile.union:
        for lines in release.graphs.values() if removed else ():
            removed.difference_update(lines)
        if removed:
            taken.append(("", removed))
        # Once the graphs are as they should be, the store can fill its default graph from them itself.
        for names in portions(found.hidden, 200):
            fill.append(f"INSERT {{ {ALL} }} WHERE {{ {values(names)} GRAPH ?g {{ {ALL} }} }}")
    finish = [*dropping([GRAPH]), f"INSERT DATA {{ {block(GRAPH, sorted(receipt.triples()))} }}"]
    finish += dropping([LOADING, *staged, *([REGISTER] if staged else ())])
    around = sum(len(text.encode()) for text in (*texts, *fill, *finish))
    around += sum(bytes_of(lines) + 2 * len(lines) + len(graph) + 40 for graph, lines in taken)
    if site.quads and found.receipt is None and not (texts or taken or fill):
        # Nothing to take out, and quads are read faster than an update.
        yield from _in_portions(site, release, added, texts, taken, finish)
    elif added.size + around <= site.profile.portion:
        texts += [_deletion(*one) for one in taken]
        yield update(
            site, [*texts, added.text, *fill, *finish], "send what differs, all at once", added.count
        )
    elif found.receipt is None:
        yield from _in_portions(site, release, added, texts, taken, [*fill, *finish])
    else:
        yield from _staged(site, release, added, texts, taken, [*fill, *finish])


def _in_portions(
    site: Site, release: Release, added: _Inserts, before: list[str], taken: list[_Taken], after: list[str]
) -> Iterator[Message]:
    """Where there is no release yet to keep whole: graph after graph, as many as fit into each request."""
    if before:
        yield update(site, before, "take out what is extra", 0)
    for graph, lines in taken:
        for portion in by_size(lines, site.profile.portion):
            yield update(site, [_deletion(graph, portion)], "take out what is extra", 0)
    small, large = added.by_whether_it_fits(site.profile.portion)
    yield from _sent(site, small.after(listing(graph for graph, _, _ in added.graphs)), "send")
    if large.graphs:
        yield from _staged(site, release, large, [], [], after)
    else:
        yield update(site, after, "leave the receipt", 0)


def _staged(
    site: Site, release: Release, added: _Inserts, before: list[str], taken: list[_Taken], after: list[str]
) -> Iterator[Message]:
    """What is missing, and what is extra, in portions into staging graphs; then taken over in one update."""
    names = {graph: staging(release.hash, number) for number, (graph, _, _) in enumerate(added.graphs)}
    out = {graph: staging(release.hash, len(names) + number) for number, (graph, _) in enumerate(taken)}
    aside_names = [*names.values(), *out.values()]
    yield registration(site, aside_names)
    aside = _Inserts(site)
    for graph, lines, _ in added.graphs:
        aside.add(names[graph], lines, seen=False)
    for graph, lines in taken:
        aside.add(out[graph], lines, seen=False)
    yield from _sent(site, aside, "stage")
    take = []
    for graph, name in out.items():
        where = f"GRAPH <{graph}> {{ {ALL} }}" if graph else ALL
        take.append(f"DELETE {{ {where} }} WHERE {{ GRAPH <{name}> {{ {ALL} }} }}")
    take += [f"ADD SILENT <{name}> TO <{graph}>" for graph, name in names.items()]
    if not site.profile.union:
        take += [f"ADD SILENT <{name}> TO DEFAULT" for name in names.values()]
    drop = dropping([*aside_names, REGISTER])
    yield update(site, [*before, *take, *after, *drop], "take over all at once", 0)


def _deletion(graph: str, lines: Collection[str]) -> str:
    return f"DELETE DATA {{ {block(graph, lines) if graph else triples(lines)} }}"


def _sent(site: Site, added: _Inserts, verb: str) -> Iterator[Message]:
    for batch in added.portions(site.profile.portion):
        about = f"{verb} {len(batch.graphs)} graphs"
        yield batch.posted(about) if site.quads else update(site, [batch.text], about, batch.count)


class _Inserts:
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

    def after(self, names: Collection[str]) -> _Inserts:
        """The same, and first of all the list of the graphs, so that it is there before any of them."""
        whole = _Inserts(self._site)
        whole.add(LOADING, names, seen=False)
        for graph, lines, seen in self.graphs:
            whole.add(graph, lines, seen=seen)
        return whole

    def by_whether_it_fits(self, size: int) -> tuple[_Inserts, _Inserts]:
        """The graphs that fit into a portion of ``size`` bytes, and those that do not."""
        both = small, large = _Inserts(self._site), _Inserts(self._site)
        for graph, lines, seen in self.graphs:
            (small if self._size(graph, lines, seen) <= size else large).add(graph, lines, seen=seen)
        return both

    def _size(self, graph: str, lines: Collection[str], seen: bool) -> int:
        """Bytes of ``lines``, at most, written twice where they are ``seen``."""
        return (
            (1 + seen) * (bytes_of(lines) + 2 * len(lines)) + len(lines) * (len(graph) + 3) + len(graph) + 20
        )

    def portions(self, size: int) -> Iterator[_Inserts]:
        """The same in portions of ``size`` bytes at most, each of whole graphs where these are not larger."""
        batch = _Inserts(self._site)
        for graph, lines, seen in self.graphs:
            whole = self._size(graph, lines, seen) <= size
            for portion in [lines] if whole else by_size(lines, size // 4):
                if batch.graphs and batch.size + self._size(graph, portion, seen) > size:
                    yield batch
                    batch = _Inserts(self._site)
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
        seen = "".join(triples(lines) for _, lines, seen in self.graphs if seen)
        blocks = "\n".join(block(graph, lines) for graph, lines, _ in self.graphs)
        return f"INSERT DATA {{ {seen}{blocks} }}"

    def _quads(self) -> bytes:
        parts = [triples(lines) for _, lines, seen in self.graphs if seen]
        parts += [text_of(lines, f" <{graph}> .\n") for graph, lines, _ in self.graphs]
        return "".join(parts).encode()
