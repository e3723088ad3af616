"""From differences to requests: the fewest that leave a store holding the release, and no reader half of it.

Where an update request is done as a whole or not at all, everything goes in one: what is extra, what is missing,
the default graph, the receipt. What is too large for that is first put into staging graphs that nothing refers
to, and taken over from there in one update; a first load, which replaces nothing, goes graph after graph, the
receipt last. Where each operation stands alone, a graph that is not there yet
comes in one piece, a graph that has changed by its differences, and the receipt goes first and comes back last.
What takes several requests begins with a list of the graphs it may leave, which goes when it is done.

Every request adds or removes named triples only, so that sending it twice, or two loaders at once, do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ukjapan_graph.loading.compact import turtle
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, LOADING, Receipt, listing
from ukjapan_graph.loading.spool import by_size, bytes_of, text_of
from ukjapan_graph.loading.survey import Difference, Survey
from ukjapan_graph.loading.transport import Message

#: The graph that names the staging graphs, so that those of a load that was stopped can be cleared away.
REGISTER = GRAPH + "/staging"
_PART = "http://purl.org/dc/terms/hasPart"
_STAGING = "urn:ukjapan:staging:"
_UPDATE, _QUADS = "application/sparql-update", "application/n-quads"
_ALL = "?s ?p ?o"


def loading(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str] = ()
) -> Iterator[Message]:
    """The requests that make the store hold ``release``, and ``receipt``; none where it does already.

    :param staged: staging graphs of a load that was stopped, to be dropped at the end
    """
    if found.agrees and found.receipt is not None and found.receipt.hash == receipt.hash:
        left = [*staged, *([REGISTER] if staged else ()), *([LOADING] if found.unfinished else ())]
        if left:
            texts = [f"DROP SILENT GRAPH <{name}>" for name in left]
            yield _update(site, texts, "clear away what a stopped load left", 0)
        return
    if site.profile.whole:
        yield from _as_a_whole(site, found, release, receipt, staged)
    else:
        yield from _piece_by_piece(site, found, release, receipt)


def unloading(site: Site, graphs: Sequence[str], staged: Sequence[str], count: int) -> Iterator[Message]:
    """The requests that take ``graphs`` out of the store, and all that a loader left there."""
    texts = []
    if not site.profile.union:
        # The default graph holds the merge; what somebody else has put there is not in our graphs.
        for names in _portions(graphs, 200):
            texts.append(f"DELETE {{ {_ALL} }} WHERE {{ {_values(names)} GRAPH ?g {{ {_ALL} }} }}")
    texts += [f"DROP SILENT GRAPH <{name}>" for name in (*graphs, *staged, REGISTER, GRAPH, LOADING)]
    about = f"take out {len(graphs)} graphs"
    if site.profile.whole:
        yield _update(site, texts, about, count)
        return
    yield from withdrawal(site, graphs)
    for part in _portions(texts, 50):
        yield _update(site, part, about, 0)


def withdrawal(site: Site, graphs: Iterable[str]) -> Iterator[Message]:
    """The requests that take the receipt out of the store, and keep on record which ``graphs`` may be there."""
    for portion in _by_number(listing(graphs), site.profile.inline):
        yield _update(site, [f"INSERT DATA {{ {_block(LOADING, portion)} }}"], "name the graphs", 0)
    yield _update(site, [f"DROP SILENT GRAPH <{GRAPH}>"], "withdraw the receipt", 0)


def _as_a_whole(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    texts, added = [], _Inserts(site)
    removed: set[str] = set()
    for difference in found.graphs:
        wanted = release.graphs.get(difference.graph, ())
        if difference.blank:
            texts.append(f"DELETE WHERE {{ GRAPH <{difference.graph}> {{ {_ALL} }} }}")
            added.add(difference.graph, wanted)
        else:
            removed.update(difference.extra)
            if difference.extra:
                texts.append(f"DELETE DATA {{ {_block(difference.graph, difference.extra)} }}")
            if difference.missing:
                added.add(difference.graph, difference.missing)
    fill = []
    if not site.profile.union:
        for lines in release.graphs.values() if removed else ():
            removed.difference_update(lines)
        if removed:
            texts.append(f"DELETE DATA {{ {_triples(removed)} }}")
        # Once the graphs are as they should be, the store can fill its default graph from them itself.
        for names in _portions(found.hidden, 200):
            fill.append(f"INSERT {{ {_ALL} }} WHERE {{ {_values(names)} GRAPH ?g {{ {_ALL} }} }}")
    finish = [f"DROP SILENT GRAPH <{GRAPH}>", f"INSERT DATA {{ {_block(GRAPH, sorted(receipt.triples()))} }}"]
    finish.append(f"DROP SILENT GRAPH <{LOADING}>")
    if staged:
        finish += [f"DROP SILENT GRAPH <{name}>" for name in (*staged, REGISTER)]
    around = sum(len(text.encode()) for text in (*texts, *fill, *finish))
    if site.quads and found.receipt is None and not (texts or fill):
        # Nothing to take out, and quads are read faster than an update.
        yield from _in_portions(site, added, texts, finish)
    elif added.size + around <= site.profile.portion:
        yield _update(
            site, [*texts, added.text, *fill, *finish], "send what differs, all at once", added.count
        )
    elif found.receipt is None:
        yield from _in_portions(site, added, texts, [*fill, *finish])
    else:
        yield from _staged(site, release, added, texts, [*fill, *finish])


def _in_portions(site: Site, added: _Inserts, before: list[str], after: list[str]) -> Iterator[Message]:
    """Where there is no release yet to keep whole: graph after graph, as many as fit into each request."""
    if before:
        yield _update(site, before, "take out what is extra", 0)
    for batch in added.after_their_names().portions(site.profile.portion):
        about = f"send {len(batch.graphs)} graphs"
        yield batch.posted(about) if site.quads else _update(site, [batch.text], about, batch.count)
    yield _update(site, after, "leave the receipt", 0)


def _staged(
    site: Site, release: Release, added: _Inserts, before: list[str], after: list[str]
) -> Iterator[Message]:
    """What is missing in portions into staging graphs, then taken over from there in one update."""
    names = {graph: f"{_STAGING}{release.hash[:16]}:{i}" for i, graph in enumerate(release.graphs)}
    graphs = [graph for graph, _, _ in added.graphs]
    parts = sorted(f"<{REGISTER}> <{_PART}> <{names[graph]}>" for graph in graphs)
    yield _update(site, [f"INSERT DATA {{ {_block(REGISTER, parts)} }}"], "name the staging graphs", 0)
    aside = _Inserts(site)
    for graph, lines, _ in added.graphs:
        aside.add(names[graph], lines, seen=False)
    for batch in aside.portions(site.profile.portion):
        about = f"stage {len(batch.graphs)} graphs"
        yield batch.posted(about) if site.quads else _update(site, [batch.text], about, batch.count)
    take = [f"ADD SILENT <{names[graph]}> TO <{graph}>" for graph in graphs]
    if not site.profile.union:
        take += [f"ADD SILENT <{names[graph]}> TO DEFAULT" for graph in graphs]
    drop = [f"DROP SILENT GRAPH <{names[graph]}>" for graph in graphs]
    yield _update(
        site, [*before, *take, *drop, *after, f"DROP SILENT GRAPH <{REGISTER}>"], "take over all at once", 0
    )


def _piece_by_piece(site: Site, found: Survey, release: Release, receipt: Receipt) -> Iterator[Message]:
    if not found.agrees:
        old = found.receipt.graphs if found.receipt else ()
        yield from withdrawal(site, {*release.graphs, *old}.difference(found.unfinished))
    for difference in found.graphs:
        yield from _one_graph(site, difference, release.graphs.get(difference.graph, ()))
    # The hash comes last: without it a receipt that was begun is none.
    lines = sorted(receipt.triples(), key=lambda line: ("sha256:" in line, line))
    # What is no receipt may be in its graph: two at once, of two loaders.
    before = [f"DROP SILENT GRAPH <{GRAPH}>"]
    for portion in _portions(lines, site.profile.inline):
        yield _update(site, [*before, f"INSERT DATA {{ {_block(GRAPH, portion)} }}"], "leave the receipt", 0)
        before = []
    yield _update(site, [f"DROP SILENT GRAPH <{LOADING}>"], "strike the list of graphs", 0)


def _one_graph(site: Site, difference: Difference, wanted: Collection[str]) -> Iterator[Message]:
    graph, missing, extra = difference.graph, difference.missing, difference.extra
    about, inline = f"send {graph}", site.profile.inline
    if difference.blank:
        yield _update(site, [f"DELETE WHERE {{ GRAPH <{graph}> {{ {_ALL} }} }}"], f"empty {graph}", 0)
        missing, extra = wanted, ()
    if missing and not extra and site.graphs and (difference.count == 0 or difference.blank):
        for portion in by_size(missing, site.profile.portion):
            yield _addition(site, graph, portion, about)
        return
    if len(missing) + len(extra) <= inline and missing and extra:
        text = f"DELETE {{ {_block(graph, extra)} }} INSERT {{ {_block(graph, missing)} }} WHERE {{}}"
        yield _update(site, [text], about, len(missing))
        return
    for word, lines in (("INSERT", missing), ("DELETE", extra)):
        for portion in _by_number(lines, inline):
            yield _update(site, [f"{word} DATA {{ {_block(graph, portion)} }}"], about, len(portion))


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

    def after_their_names(self) -> _Inserts:
        """The same, and first of all the list of the graphs, so that it is there before any of them."""
        whole = _Inserts(self._site)
        whole.add(LOADING, listing(graph for graph, _, _ in self.graphs), seen=False)
        for graph, lines, seen in self.graphs:
            whole.add(graph, lines, seen=seen)
        return whole

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
        seen = "".join(_triples(lines) for _, lines, seen in self.graphs if seen)
        blocks = "\n".join(_block(graph, lines) for graph, lines, _ in self.graphs)
        return f"INSERT DATA {{ {seen}{blocks} }}"

    def _quads(self) -> bytes:
        parts = [_triples(lines) for _, lines, seen in self.graphs if seen]
        parts += [text_of(lines, f" <{graph}> .\n") for graph, lines, _ in self.graphs]
        return "".join(parts).encode()


def _addition(site: Site, graph: str, lines: Collection[str], about: str) -> Message:
    """Add ``lines`` to ``graph``: by Graph Store Protocol where there is one, else by an update."""
    if not site.graphs:
        return _update(site, [f"INSERT DATA {{ {_block(graph, lines)} }}"], about, len(lines))
    compact = site.profile.compact
    body = lambda: (turtle(sorted(lines)) if compact else _triples(lines)).encode()  # noqa: E731
    media = "text/turtle" if compact else "application/n-triples"
    return Message(about, "POST", site.graphs, body, media, graph, triples=len(lines), beside=True)


def _update(site: Site, texts: Sequence[str | Callable[[], str]], about: str, triples: int) -> Message:
    """An update of these operations; those that are large are made when they are sent."""

    def body() -> bytes:
        made = (text if isinstance(text, str) else text() for text in texts)
        return " ;\n".join(text for text in made if text).encode()

    return Message(about, "POST", site.update, body, _UPDATE, triples=triples)


def _values(names: Iterable[str]) -> str:
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def _block(graph: str, lines: Collection[str]) -> str:
    return f"GRAPH <{graph}> {{\n{_triples(lines)}}}"


def _triples(lines: Collection[str]) -> str:
    return text_of(lines, " .\n")


def _by_number(lines: Collection[str], number: int) -> Iterator[Sequence[str]]:
    return _portions(sorted(lines), number or max(len(lines), 1))


def _portions(items: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), number):
        yield items[start : start + number]
