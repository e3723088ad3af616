"""From differences to requests: the fewest that leave a store holding the release, and no reader half of it.

Where an update request is done as a whole or not at all, everything goes in one: what is extra, what is missing,
the default graph, the receipt. What is too large for that is first put into staging graphs that nothing refers
to, and taken over from there in one update; a first load, which replaces nothing, goes graph after graph, the
receipt last. Where each operation stands alone, a graph that is not there yet
comes in one piece, a graph that has changed by its differences, and the receipt goes first and comes back last.

Every request adds or removes named triples only, so that sending it twice, or two loaders at once, do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, Receipt
from ukjapan_graph.loading.survey import Difference, Survey
from ukjapan_graph.loading.transport import Message

#: The graph that names the staging graphs, so that those of a load that was stopped can be cleared away.
REGISTER = GRAPH + "/staging"
_PART = "http://purl.org/dc/terms/hasPart"
_STAGING = "urn:ukjapan:staging:"
_UPDATE = "application/sparql-update"
_ALL = "?s ?p ?o"


def loading(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str] = ()
) -> Iterator[Message]:
    """The requests that make the store hold ``release``, and ``receipt``; none where it does already.

    :param staged: staging graphs of a load that was stopped, to be dropped at the end
    """
    if found.agrees and found.receipt is not None and found.receipt.hash == receipt.hash:
        if staged:
            texts = [f"DROP SILENT GRAPH <{name}>" for name in (*staged, REGISTER)]
            yield _update(site, texts, "clear away what a stopped load staged", 0)
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
            values = " ".join(f"<{name}>" for name in names)
            texts.append(f"DELETE {{ {_ALL} }} WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ {_ALL} }} }}")
    texts += [f"DROP SILENT GRAPH <{name}>" for name in (*graphs, *staged, REGISTER, GRAPH)]
    about = f"take out {len(graphs)} graphs"
    if site.profile.whole:
        yield _update(site, texts, about, count)
        return
    for part in _portions(texts, 50):
        yield _update(site, part, about, 0)


def _as_a_whole(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    texts, added = [], _Inserts()
    removed: set[str] = set()
    for difference in found.graphs:
        wanted = release.graphs.get(difference.graph, frozenset())
        if difference.blank:
            texts.append(f"DELETE WHERE {{ GRAPH <{difference.graph}> {{ {_ALL} }} }}")
            added.graphs[difference.graph] = sorted(wanted)
        else:
            removed.update(difference.extra)
            if difference.extra:
                texts.append(f"DELETE DATA {{ {_block(difference.graph, difference.extra)} }}")
            if difference.missing:
                added.graphs[difference.graph] = list(difference.missing)
    if not site.profile.union:
        if gone := sorted(removed - release.merge):
            texts.append(f"DELETE DATA {{ {_triples(gone)} }}")
        hidden = (line for line in found.default if line in release.merge)
        added.default = sorted({*hidden, *(line for lines in added.graphs.values() for line in lines)})
    finish = [f"DROP SILENT GRAPH <{GRAPH}>", f"INSERT DATA {{ {_block(GRAPH, sorted(receipt.triples()))} }}"]
    if staged:
        finish += [f"DROP SILENT GRAPH <{name}>" for name in (*staged, REGISTER)]
    one = _update(site, [*texts, *added.texts(), *finish], "send what differs, all at once", added.size)
    if len(one.body) <= site.profile.portion:
        yield one
    elif found.receipt is None:
        yield from _in_portions(site, added, texts, finish)
    else:
        yield from _staged(site, release, added, texts, finish)


def _in_portions(site: Site, added: _Inserts, before: list[str], after: list[str]) -> Iterator[Message]:
    """Where there is no release yet to keep whole: graph after graph, as many as fit into each update."""
    size = site.profile.portion // (2 if site.profile.union else 3)  # what goes into the default graph counts
    if before:
        yield _update(site, before, "take out what is extra", 0)
    batch, room = _Inserts(), size
    for graph, lines in added.graphs.items():
        for portion in _by_size(lines, size):
            length = sum(len(line.encode()) + 3 for line in portion)
            if batch.graphs and length > room:
                yield _update(site, batch.texts(), f"send {len(batch.graphs)} graphs", batch.size)
                batch, room = _Inserts(), size
            batch.graphs.setdefault(graph, []).extend(portion)
            if not site.profile.union:
                batch.default += portion
            room -= length
    if batch.graphs:
        yield _update(site, batch.texts(), f"send {len(batch.graphs)} graphs", batch.size)
    sent = {line for lines in added.graphs.values() for line in lines}
    rest = _Inserts()
    rest.default = [line for line in added.default if line not in sent]
    yield _update(site, [*rest.texts(), *after], "leave the receipt", rest.size)


def _staged(
    site: Site, release: Release, added: _Inserts, before: list[str], after: list[str]
) -> Iterator[Message]:
    """What is missing in portions into staging graphs, then taken over from there in one update."""
    names = {graph: f"{_STAGING}{release.hash[:16]}:{i}" for i, graph in enumerate(release.graphs)}
    parts = sorted(f"<{REGISTER}> <{_PART}> <{names[graph]}>" for graph in added.graphs)
    yield _update(site, [f"INSERT DATA {{ {_block(REGISTER, parts)} }}"], "name the staging graphs", 0)
    for graph, lines in added.graphs.items():
        for portion in _by_size(lines, site.profile.portion // 2):
            yield _addition(site, names[graph], portion, f"stage {graph}")
    take = [f"ADD SILENT <{names[graph]}> TO <{graph}>" for graph in added.graphs]
    if not site.profile.union:
        take += [f"ADD SILENT <{names[graph]}> TO DEFAULT" for graph in added.graphs]
        # What was in its graph already, and hidden, is not in any staging graph.
        staged = {line for lines in added.graphs.values() for line in lines}
        if rest := [line for line in added.default if line not in staged]:
            take.append(f"INSERT DATA {{ {_triples(rest)} }}")
    drop = [f"DROP SILENT GRAPH <{names[graph]}>" for graph in added.graphs]
    yield _update(
        site, [*before, *take, *drop, *after, f"DROP SILENT GRAPH <{REGISTER}>"], "take over all at once", 0
    )


def _piece_by_piece(site: Site, found: Survey, release: Release, receipt: Receipt) -> Iterator[Message]:
    if found.receipt is not None:
        yield _update(site, [f"DROP SILENT GRAPH <{GRAPH}>"], "withdraw the receipt", 0)
    for difference in found.graphs:
        yield from _one_graph(site, difference, release.graphs.get(difference.graph, frozenset()))
    lines = sorted(receipt.triples())
    for portion in _by_number(lines, site.profile.inline):
        yield _update(site, [f"INSERT DATA {{ {_block(GRAPH, portion)} }}"], "leave the receipt", 0)


def _one_graph(site: Site, difference: Difference, wanted: frozenset[str]) -> Iterator[Message]:
    graph, missing, extra = difference.graph, list(difference.missing), list(difference.extra)
    about, inline = f"send {graph}", site.profile.inline
    if difference.blank:
        yield _update(site, [f"DELETE WHERE {{ GRAPH <{graph}> {{ {_ALL} }} }}"], f"empty {graph}", 0)
        missing, extra = sorted(wanted), []
    if missing and not extra and site.graphs and (difference.count == 0 or difference.blank):
        for portion in _by_size(missing, site.profile.portion):
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
    """What an update adds: to each graph, and to the default graph."""

    def __init__(self) -> None:
        self.graphs: dict[str, list[str]] = {}
        self.default: list[str] = []

    @property
    def size(self) -> int:
        """How many triples."""
        return len(self.default) + sum(map(len, self.graphs.values()))

    def texts(self) -> list[str]:
        """Operations of SPARQL Update."""
        if not self.size:
            return []
        blocks = [_block(graph, lines) for graph, lines in self.graphs.items()]
        return [f"INSERT DATA {{ {_triples(self.default)}{chr(10).join(blocks)} }}"]


def _addition(site: Site, graph: str, lines: Sequence[str], about: str) -> Message:
    """Add ``lines`` to ``graph``: by Graph Store Protocol where there is one, else by an update."""
    if not site.graphs:
        return _update(site, [f"INSERT DATA {{ {_block(graph, lines)} }}"], about, len(lines))
    body = _triples(lines).encode()
    return Message(about, "POST", site.graphs, body, "application/n-triples", graph, triples=len(lines))


def _update(site: Site, texts: Iterable[str], about: str, triples: int) -> Message:
    body = " ;\n".join(texts).encode()
    return Message(about, "POST", site.update, body, _UPDATE, triples=triples)


def _block(graph: str, lines: Iterable[str]) -> str:
    return f"GRAPH <{graph}> {{\n{_triples(lines)}}}"


def _triples(lines: Iterable[str]) -> str:
    return "".join(f"{line} .\n" for line in lines)


def _by_size(lines: Sequence[str], size: int) -> Iterator[list[str]]:
    """``lines`` in portions of ``size`` bytes at most, or of one line that is longer."""
    portion, room = [], size
    for line in lines:
        length = len(line.encode()) + 3
        if portion and length > room:
            yield portion
            portion, room = [], size
        portion.append(line)
        room -= length
    if portion:
        yield portion


def _by_number(lines: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    return _portions(lines, number or max(len(lines), 1))


def _portions(items: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), number):
        yield items[start : start + number]
