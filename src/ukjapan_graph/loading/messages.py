"""From differences to requests: the fewest that leave a store holding the release, and no reader half of it.

Where an update request is done as a whole or not at all, everything goes in one: what is extra, what is missing,
the default graph, the receipt. What is too large for that is first put into staging graphs that nothing refers
to, and taken over from there in one update; a first load, which replaces nothing, goes graph after graph, the
receipt last. Where each operation stands alone, a graph that is not there yet
comes in one piece, a graph that has changed by its differences, and the receipt goes first and comes back last.
Whatever takes several requests to add to one graph is staged there as well.
What takes several requests begins with a list of the graphs it may leave, which goes when it is done.

Every request adds or removes named triples only, so that sending it twice, or two loaders at once, do no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.operations import (
    Inserts,
    addition,
    block,
    by_number,
    portions,
    triples_of,
    update,
    values,
)
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, LOADING, Receipt, listing
from ukjapan_graph.loading.spool import by_size, bytes_of
from ukjapan_graph.loading.survey import Difference, Survey
from ukjapan_graph.loading.transport import Message

#: The graph that names the staging graphs, so that those of a load that was stopped can be cleared away.
REGISTER = GRAPH + "/staging"
_PART = "http://purl.org/dc/terms/hasPart"
_STAGING = "urn:ukjapan:staging:"
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
            yield update(site, texts, "clear away what a stopped load left", 0)
        return
    if site.profile.whole:
        yield from _as_a_whole(site, found, release, receipt, staged)
    else:
        yield from _piece_by_piece(site, found, release, receipt, staged)


def unloading(site: Site, graphs: Sequence[str], staged: Sequence[str], count: int) -> Iterator[Message]:
    """The requests that take ``graphs`` out of the store, and all that a loader left there."""
    texts = []
    if not site.profile.union:
        # The default graph holds the merge; what somebody else has put there is not in our graphs.
        for names in portions(graphs, 200):
            texts.append(f"DELETE {{ {_ALL} }} WHERE {{ {values(names)} GRAPH ?g {{ {_ALL} }} }}")
    texts += [f"DROP SILENT GRAPH <{name}>" for name in (*graphs, *staged, REGISTER, GRAPH, LOADING)]
    about = f"take out {len(graphs)} graphs"
    if site.profile.whole:
        yield update(site, texts, about, count)
        return
    yield from withdrawal(site, graphs)
    for part in portions(texts, 50):
        yield update(site, part, about, 0)


def withdrawal(site: Site, graphs: Iterable[str]) -> Iterator[Message]:
    """The requests that take the receipt out of the store, and keep on record which ``graphs`` may be there."""
    for portion in by_number(listing(graphs), site.profile.inline):
        yield update(site, [f"INSERT DATA {{ {block(LOADING, portion)} }}"], "name the graphs", 0)
    yield update(site, [f"DROP SILENT GRAPH <{GRAPH}>"], "withdraw the receipt", 0)


def _as_a_whole(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    emptied, added = [], Inserts(site)
    taken: list[tuple[str, Collection[str]]] = []  # "" for the default graph
    removed: set[str] = set()
    for difference in found.graphs:
        wanted = release.graphs.get(difference.graph, ())
        if difference.blank:
            emptied.append(f"DELETE WHERE {{ GRAPH <{difference.graph}> {{ {_ALL} }} }}")
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
            fill.append(f"INSERT {{ {_ALL} }} WHERE {{ {values(names)} GRAPH ?g {{ {_ALL} }} }}")
    finish = [f"DROP SILENT GRAPH <{GRAPH}>", f"INSERT DATA {{ {block(GRAPH, sorted(receipt.triples()))} }}"]
    finish.append(f"DROP SILENT GRAPH <{LOADING}>")
    if staged:
        finish += [f"DROP SILENT GRAPH <{name}>" for name in (*staged, REGISTER)]
    around = sum(len(text.encode()) for text in (*emptied, *fill, *finish))
    around += sum(bytes_of(lines) + 3 * len(lines) + len(graph) + 40 for graph, lines in taken)
    fits = added.size + around <= site.profile.portion
    if found.receipt is None and not (fits and (emptied or taken or fill or not site.quads)):
        # Where nothing is to be taken out, quads are read faster than an update.
        yield from _in_portions(site, release, added, emptied, taken, [*fill, *finish])
    elif fits:
        texts = [*emptied, *(_deletion(graph, lines) for graph, lines in taken)]
        yield update(
            site, [*texts, added.text, *fill, *finish], "send what differs, all at once", added.count
        )
    else:
        yield from _staged(site, release, added, emptied, taken, [*fill, *finish])


def _in_portions(
    site: Site,
    release: Release,
    added: Inserts,
    emptied: list[str],
    taken: Sequence[tuple[str, Collection[str]]],
    after: list[str],
) -> Iterator[Message]:
    """Where there is no release yet to keep whole: graph after graph, as many as fit into each request.

    Graphs that are too large for one are staged, and taken over together with the receipt.
    """
    size = site.profile.portion
    if emptied:
        yield update(site, emptied, "take out what is extra", 0)
    for graph, lines in taken:
        for portion in by_size(lines, size):
            yield update(site, [_deletion(graph, portion)], "take out what is extra", 0)
    whole, large = added.parted(size)
    for batch in whole.after_the_names_of(added).portions(size):
        yield _sent(site, batch, f"send {len(batch.graphs)} graphs")
    if large.graphs:
        yield from _staged(site, release, large, [], [], after)
    else:
        yield update(site, after, "leave the receipt", 0)


def _staged(
    site: Site,
    release: Release,
    added: Inserts,
    before: list[str],
    taken: Sequence[tuple[str, Collection[str]]],
    after: list[str],
) -> Iterator[Message]:
    """What is missing, and what is extra, in portions into staging graphs; then taken over in one update."""
    home = f"{_STAGING}{release.hash[:16]}:"
    names = {graph: f"{home}{i}" for i, graph in enumerate(release.graphs)}
    gone = {graph: f"{home}out:{i}" for i, (graph, _) in enumerate(taken)}
    graphs = [graph for graph, _, _ in added.graphs]
    staging = [*(names[graph] for graph in graphs), *gone.values()]
    yield _named(site, staging)
    aside = Inserts(site)
    for graph, lines, _ in added.graphs:
        aside.add(names[graph], lines, seen=False)
    for graph, lines in taken:
        aside.add(gone[graph], lines, seen=False)
    for batch in aside.portions(site.profile.portion):
        yield _sent(site, batch, f"stage {len(batch.graphs)} graphs")
    take = []
    for graph, name in gone.items():
        where = f"GRAPH <{graph}> {{ {_ALL} }}" if graph else _ALL
        take.append(f"DELETE {{ {where} }} WHERE {{ GRAPH <{name}> {{ {_ALL} }} }}")
    take += [f"ADD SILENT <{names[graph]}> TO <{graph}>" for graph in graphs]
    if not site.profile.union:
        take += [f"ADD SILENT <{names[graph]}> TO DEFAULT" for graph in graphs]
    drop = [f"DROP SILENT GRAPH <{name}>" for name in (*staging, REGISTER)]
    yield update(site, [*before, *take, *after, *drop], "take over all at once", 0)


def _named(site: Site, staging: Iterable[str]) -> Message:
    """Put the names of the graphs ``staging`` on record."""
    parts = sorted(f"<{REGISTER}> <{_PART}> <{name}>" for name in staging)
    return update(site, [f"INSERT DATA {{ {block(REGISTER, parts)} }}"], "name the staging graphs", 0)


def _sent(site: Site, batch: Inserts, about: str) -> Message:
    return batch.posted(about) if site.quads else update(site, [batch.text], about, batch.count)


def _deletion(graph: str, lines: Collection[str]) -> str:
    return f"DELETE DATA {{ {block(graph, lines) if graph else triples_of(lines)} }}"


def _piece_by_piece(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    if not found.agrees:
        old = found.receipt.graphs if found.receipt else ()
        yield from withdrawal(site, {*release.graphs, *old}.difference(found.unfinished))
    aside = {}
    for number, difference in enumerate(found.graphs):
        if _needs_staging(site, difference, release.graphs.get(difference.graph, ())):
            aside[difference.graph] = f"{_STAGING}{release.hash[:16]}:{number}"
    if aside:
        yield _named(site, aside.values())
    for difference in found.graphs:
        graph = difference.graph
        yield from _one_graph(site, difference, release.graphs.get(graph, ()), aside.get(graph, ""))
    # The hash comes last: without it a receipt that was begun is none.
    lines = sorted(receipt.triples(), key=lambda line: ("sha256:" in line, line))
    # What is no receipt may be in its graph: two at once, of two loaders.
    before = [f"DROP SILENT GRAPH <{GRAPH}>"]
    for portion in portions(lines, site.profile.inline):
        yield update(site, [*before, f"INSERT DATA {{ {block(GRAPH, portion)} }}"], "leave the receipt", 0)
        before = []
    for names in portions([*staged, REGISTER] if staged or aside else [], 50):
        yield update(site, [f"DROP SILENT GRAPH <{name}>" for name in names], "clear away what was staged", 0)
    yield update(site, [f"DROP SILENT GRAPH <{LOADING}>"], "strike the list of graphs", 0)


def _needs_staging(site: Site, difference: Difference, wanted: Collection[str]) -> bool:
    """Whether what is missing takes several requests, between which a reader would see half of it."""
    missing = wanted if difference.blank else difference.missing
    if site.graphs and not difference.extra and (difference.count == 0 or difference.blank):
        return bytes_of(missing) + 2 * len(missing) > site.profile.portion
    return len(missing) > site.profile.inline


def _one_graph(
    site: Site, difference: Difference, wanted: Collection[str], staging: str
) -> Iterator[Message]:
    graph, missing, extra = difference.graph, difference.missing, difference.extra
    about, inline = f"send {graph}", site.profile.inline
    if difference.blank:
        yield update(site, [f"DELETE WHERE {{ GRAPH <{graph}> {{ {_ALL} }} }}"], f"empty {graph}", 0)
        missing, extra = wanted, ()
    if staging:
        by_update = () if site.graphs else by_number(missing, inline)
        for portion in by_size(missing, site.profile.portion) if site.graphs else by_update:
            yield addition(site, staging, portion, f"stage {graph}")
        # Virtuoso adds a graph several times faster than it inserts what it has found.
        take = f"ADD SILENT <{staging}> TO <{graph}>"
        yield update(site, [take], f"take over {graph}", 0)
        yield update(site, [f"DROP SILENT GRAPH <{staging}>"], f"clear away what was staged of {graph}", 0)
        missing = ()
    elif missing and not extra and site.graphs and (difference.count == 0 or difference.blank):
        yield addition(site, graph, missing, about)
        return
    if len(missing) + len(extra) <= inline and missing and extra:
        text = f"DELETE {{ {block(graph, extra)} }} INSERT {{ {block(graph, missing)} }} WHERE {{}}"
        yield update(site, [text], about, len(missing))
        return
    for word, lines in (("INSERT", missing), ("DELETE", extra)):
        for portion in by_number(lines, inline):
            yield update(site, [f"{word} DATA {{ {block(graph, portion)} }}"], about, len(portion))
