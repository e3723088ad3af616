"""From differences to requests: the fewest that leave a store holding the release, and no reader half of it.

Where an update request is done as a whole or not at all, everything goes in one: what is extra, what is missing,
the default graph, the receipt. What is too large for that is first put into staging graphs that nothing refers
to (where plain patterns see every graph, as notes of what changes), and taken over from there in one update. A
first load, which replaces nothing, goes by whole graphs, the receipt last; it begins with a list of the graphs
it may leave, from which they go when it is done. For stores of which each operation stands alone see
:mod:`ukjapan_graph.loading.piecewise`.

Every request adds or removes named triples only, so that sending it twice, or two loaders at once, do no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ukjapan_graph.loading.changelog import Change, Written, carrying_out, digest, in_portions
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.inserts import Inserts
from ukjapan_graph.loading.operations import (
    ALL,
    REGISTER,
    block,
    dropping,
    portions,
    registration,
    staging,
    striking_names,
    succession,
    triples,
    update,
    values,
    withdrawal,
)
from ukjapan_graph.loading.piecewise import piecewise
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, LOADING, Receipt, listing
from ukjapan_graph.loading.spool import by_size, bytes_of
from ukjapan_graph.loading.survey import Survey
from ukjapan_graph.loading.transport import Message

#: A graph, "" for the default graph, and triples to take out of it.
Taken = tuple[str, Collection[str]]


def loading(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str] = ()
) -> Iterator[Message]:
    """The requests that make the store hold ``release``, and ``receipt``; none where it does already.

    :param staged: staging graphs of a load that was stopped, to be dropped at the end
    """
    if found.agrees and found.receipt is not None and found.receipt.hash == receipt.hash:
        texts = dropping([*staged, REGISTER]) if staged else []
        if found.unfinished:
            if site.profile.whole:
                texts += succession(found.receipt, found.receipt, found.unfinished)
            else:
                texts += striking_names(found.receipt, found.unfinished)
        if texts:
            yield update(site, texts, "clear away what a stopped load left", 0)
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
    emptied, added = [], Inserts(site)
    taken: list[Taken] = []
    removed: set[str] = set()
    for difference in found.graphs:
        wanted = release.graphs.get(difference.graph, ())
        if difference.blank:
            emptied.append(f"DELETE WHERE {{ GRAPH <{difference.graph}> {{ {ALL} }} }}")
            added.add(difference.graph, wanted)
            removed.update(difference.extra)
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
            # First of all: what is extra in no graph any more would not be known.
            taken.insert(0, ("", removed))
        # Once the graphs are as they should be, the store can fill its default graph from them itself.
        for names in portions(found.hidden, 200):
            fill.append(f"INSERT {{ {ALL} }} WHERE {{ {values(names)} GRAPH ?g {{ {ALL} }} }}")
    finish = succession(receipt, found.receipt, found.unfinished)
    finish += dropping([*staged, *([REGISTER] if staged else ())])
    around = sum(len(text.encode()) for text in (*emptied, *fill, *finish))
    around += sum(bytes_of(lines) + 3 * len(lines) + len(graph) + 40 for graph, lines in taken)
    fits = added.size + around <= site.profile.portion
    if found.receipt is None and not (fits and (emptied or taken or fill or not site.quads)):
        # Where nothing is to be taken out, quads are read faster than an update.
        yield from _in_portions(site, release, added, emptied, taken, [*fill, *finish])
    elif fits:
        texts = [*(_deletion(graph, lines) for graph, lines in taken), *emptied]
        about = "send what differs, all at once"
        yield update(site, [*texts, added.text, *fill, *finish], about, added.count)
    else:
        yield from _staged(site, release, added, emptied, taken, [*fill, *finish])


def _in_portions(
    site: Site, release: Release, added: Inserts, emptied: list[str], taken: list[Taken], after: list[str]
) -> Iterator[Message]:
    """Where there is no release yet to keep whole: graph after graph, as many as fit into each request.

    Graphs that are too large for one are staged, and taken over together with the receipt. What is extra goes
    after what is missing has come: a triple of the default graph is then always in some graph that is on record.
    """
    size, uncut = site.profile.portion, site.profile.uncut if site.quads else 0
    if emptied:
        yield from _staged(site, release, added, emptied, taken, after)
        return
    small, large = added.parted(max(size, uncut))
    for batch in small.after(listing(graph for graph, _, _ in added.graphs)).portions(size, uncut):
        number = sum(graph != LOADING for graph, _, _ in batch.graphs)
        yield batch.sent(f"send {number} graphs")
    if large.graphs:
        yield from _staged(site, release, large, [], taken, after)
        return
    for graph, lines in taken:
        for portion in by_size(lines, size):
            yield update(site, [_deletion(graph, portion)], "take out what is extra", 0)
    yield update(site, after, "leave the receipt", 0)


def _staged(
    site: Site, release: Release, added: Inserts, emptied: list[str], taken: list[Taken], after: list[str]
) -> Iterator[Message]:
    """What is missing, and what is extra, in portions into staging graphs; then taken over in one update."""
    if site.profile.union:
        yield from _noted(site, release, added, emptied, taken, after)
        return
    aside, take, names = Inserts(site), [], []
    for graph, lines in taken:
        names.append(staging(release.hash, "out of", graph))
        aside.add(names[-1], lines, seen=False)
        where = f"GRAPH <{graph}> {{ {ALL} }}" if graph else ALL
        take.append(f"DELETE {{ {where} }} WHERE {{ GRAPH <{names[-1]}> {{ {ALL} }} }}")
    for graph, lines, seen in added.graphs:
        names.append(staging(release.hash, "into", graph))
        aside.add(names[-1], lines, seen=False)
        take.append(f"ADD SILENT <{names[-1]}> TO <{graph}>")
        if seen:
            take.append(f"ADD SILENT <{names[-1]}> TO DEFAULT")
    yield registration(site, names)
    for batch in aside.portions(site.profile.portion):
        yield batch.sent(f"stage {len(batch.graphs)} graphs")
    drop = dropping([*names, REGISTER])
    yield update(site, [*emptied, *take, *after, *drop], "take over all at once", 0)


def _noted(
    site: Site, release: Release, added: Inserts, emptied: list[str], taken: list[Taken], after: list[str]
) -> Iterator[Message]:
    """The same where plain patterns see staging graphs too: what they hold are statements about triples."""
    changes = [Change(graph, taken=lines) for graph, lines in taken]
    changes += [Change(graph, lines) for graph, lines, _ in added.graphs]
    log = staging(release.hash, "changes", digest(changes))
    yield registration(site, [log])
    for part in in_portions(changes, site.profile.portion, site.profile.inline):
        batch = Inserts(site)
        batch.add(log, Written(part))
        yield batch.sent(f"note {sum(change.size for change in part):,} changes")
    texts = [*emptied, carrying_out(log), *after, *dropping([log, REGISTER])]
    yield update(site, texts, "carry out all changes at once", 0)


def _deletion(graph: str, lines: Collection[str]) -> str:
    return f"DELETE DATA {{ {block(graph, lines) if graph else triples(lines)} }}"
