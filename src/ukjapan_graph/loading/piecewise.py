"""Loads for stores that do each operation of an update as a whole or not at all, but not several together.

A first load goes graph after graph, the receipt last. After that, all changes, the receipt's among them, go in one
operation: written out where they are few, else from a changelog that the store carries out itself. A reader so
finds one release or the other. Only what is too much for one operation goes in several, by whole graphs, and the
receipt is away meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ukjapan_graph.loading.changelog import Change, Written, carrying_out, digest, in_portions
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.operations import (
    REGISTER,
    addition,
    block,
    by_number,
    dropping,
    naming,
    noting,
    registration,
    retiring,
    staging,
    striking,
    striking_names,
    update,
    withdrawal,
    written_out,
)
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, Receipt
from ukjapan_graph.loading.spool import by_size
from ukjapan_graph.loading.survey import Difference, Survey
from ukjapan_graph.loading.transport import Message

_AT_ONCE = 100_000  # changes in one operation, or triples in one request: Virtuoso does so many as a whole


def piecewise(
    site: Site, found: Survey, release: Release, receipt: Receipt, staged: Sequence[str]
) -> Iterator[Message]:
    """As :func:`ukjapan_graph.loading.messages.loading`."""
    changes = [_change(one, release.graphs.get(one.graph, ())) for one in found.graphs if not one.agrees]
    first = found.receipt is None and all(one.agrees or _is_to_come(one) for one in found.graphs)
    left = [*staged, *([REGISTER] if staged else ())]
    if first:
        yield from _first(site, found, release, changes)
        yield from _leave(site, receipt, [*striking_names(receipt, found.unfinished), *dropping(left)])
        return
    batches = list(_batches(changes))
    yield from _changed(site, found, release, batches, receipt)
    texts = dropping(left)
    if len(batches) > 1 or found.unfinished:
        old = found.receipt.graphs if found.receipt else ()
        texts += striking_names(receipt, {*found.unfinished, *old})
    if texts:
        yield update(site, texts, "strike what was noted meanwhile", 0)


def _first(site: Site, found: Survey, release: Release, changes: list[Change]) -> Iterator[Message]:
    yield from naming(site, {change.graph for change in changes}.difference(found.unfinished))
    large: list[tuple[str, list[Collection[str]]]] = []
    for graph, lines, *_ in changes:
        parts = list(_cut(site, lines))
        if len(parts) == 1:
            yield addition(site, graph, lines, f"send {graph}")
        else:
            large.append((graph, parts))
    if large:
        names = [staging(release.hash, "into", graph) for graph, _ in large]
        yield registration(site, names)
        for name, (graph, parts) in zip(names, large, strict=True):
            for part in parts:
                yield addition(site, name, part, f"stage {graph}")
            # Virtuoso adds a graph nine times faster than it inserts what it finds.
            take = f"ADD SILENT <{name}> TO <{graph}>"
            yield update(site, [take, *striking(name)], f"take over {graph}", 0)


def _leave(site: Site, said: Receipt, after: list[str]) -> Iterator[Message]:
    # Another loader's receipt may be there meanwhile, or what is none: two at once, of two loaders.
    receipt = sorted(said.triples())
    before, last, about = [retiring()], receipt, "leave the receipt"
    if not written_out(site, len(receipt)):
        # The hash comes last: without it, a receipt that was begun is none.
        last = [line for line in receipt if "sha256:" in line]
        yield update(site, before, about, 0)
        yield from noting(site, GRAPH, [line for line in receipt if line not in last], about)
        before = []
    yield update(site, [*before, f"INSERT DATA {{ {block(GRAPH, last)} }}", *after], about, 0)


def _changed(
    site: Site, found: Survey, release: Release, batches: list[list[Change]], receipt: Receipt
) -> Iterator[Message]:
    there, said = frozenset(found.words), receipt.triples()
    if len(batches) > 1:
        old = found.receipt.graphs if found.receipt else ()
        yield from withdrawal(site, {*release.graphs, *old}.difference(found.unfinished))
        there = frozenset()
    batches[-1].append(Change(GRAPH, sorted(said - there), sorted(there - said)))
    for batch in batches:
        yield from _at_once(site, batch, staging(release.hash, "changes", digest(batch)))


def _at_once(site: Site, batch: list[Change], log: str) -> Iterator[Message]:
    """The requests, of which one makes all changes of ``batch``."""
    count = sum(change.size for change in batch)
    about = f"carry out {count:,} changes at once"
    size = sum(change.bytes + change.size * len(change.graph) for change in batch)
    few = count <= site.profile.inline and size <= site.profile.portion // 2
    if few and not any(change.emptied for change in batch):
        taken = "\n".join(block(change.graph, change.taken) for change in batch if change.taken)
        added = "\n".join(block(change.graph, change.added) for change in batch if change.added)
        text = f"INSERT DATA {{ {added} }}" if added else f"DELETE DATA {{ {taken} }}"
        if taken and added:
            text = f"DELETE {{ {taken} }} INSERT {{ {added} }} WHERE {{}}"
        yield update(site, [text], about, count)
        return
    yield registration(site, [log])
    number = 0 if site.graphs else site.profile.inline
    for part in in_portions(batch, site.profile.portion, number):
        noted = sum(change.size for change in part)
        yield addition(site, log, Written(part), f"note {noted:,} changes")._replace(triples=noted)
    yield update(site, [carrying_out(log)], about, 0)
    yield update(site, striking(log), "strike the changes", 0)


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """``changes``, as many in one operation as it takes; of one graph always all. There is one batch at least."""
    held: list[Change] = []
    count = 0
    for change in changes:
        if held and count + change.size > _AT_ONCE:
            yield held
            held, count = [], 0
        held.append(change)
        count += change.size
    yield held


def _change(difference: Difference, wanted: Collection[str]) -> Change:
    if difference.blank:
        return Change(difference.graph, wanted, emptied=True)
    return Change(difference.graph, difference.missing, difference.extra)


def _is_to_come(difference: Difference) -> bool:
    return not difference.count and not difference.extra and not difference.blank


def _cut(site: Site, lines: Collection[str]) -> Iterator[Collection[str]]:
    """``lines`` as each request takes them, and does them as a whole."""
    if not site.graphs:
        return by_number(lines, site.profile.inline)
    if len(lines) <= _AT_ONCE:
        return by_size(lines, site.profile.portion)
    return (small for part in by_size(lines, site.profile.portion) for small in by_number(part, _AT_ONCE))
