"""Proposing links: for things here that have none to a neighbour, what there may be the same.

Nothing is believed because a neighbour says so, and nothing proposed is a link: somebody has to weigh it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from ukjapan_graph.data.neighbours import Neighbour, neighbour_of
from ukjapan_graph.errors import RemoteError, UkjapanError
from ukjapan_graph.linking.alike.catalogue import Catalogue, Thing
from ukjapan_graph.linking.alike.evidence import Evidence, Found, comparable, related, weigh
from ukjapan_graph.linking.alike.services_asked import Client, ServiceAsked, manifest_in
from ukjapan_graph.linking.alike.stores_asked import StoreAsked
from ukjapan_graph.namespaces import expand
from ukjapan_graph.remote.access import Access

#: Pairs that score less are not proposed; of one thing, at most so many are.
LEAST, MOST = 70.0, 5

_EXACT = expand("skos:exactMatch")


class Asked(Protocol):
    """A neighbour that is asked for things by name."""

    batch: int

    def find(self, things: Sequence[Thing]) -> dict[str, list[Found]]:
        """What there is called like each of ``things``."""


class Suggestion(NamedTuple):
    """A thing here and one elsewhere that may be the same, and why."""

    thing: Thing
    found: Found
    evidence: Evidence

    @property
    def neighbour(self) -> Neighbour | None:
        """The neighbour that the thing elsewhere belongs to; None where it belongs to none that is known."""
        known = neighbour_of(self.found.iri)
        return known if known and known.fits(self.found.iri.removeprefix(known.space)) else None


class Suggestions(NamedTuple):
    """What came of asking.

    :ivar pairs: by thing, then the likeliest first
    :ivar notes: what was left out, and why
    :ivar failure: why the neighbour was not asked to the end; None where it was
    :ivar left: the things that it was not asked for, or gave no answer for
    """

    pairs: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()
    failure: UkjapanError | None = None
    left: tuple[Thing, ...] = ()


def unlinked(catalogue: Catalogue, neighbour: Neighbour | None, kinds: Collection[str]) -> list[Thing]:
    """The things of ``kinds`` without an accepted exact match to ``neighbour``; all, where that is None."""
    things = (thing for thing in catalogue.things.values() if thing.kind in kinds)
    return [thing for thing in things if neighbour is None or not linked(thing, neighbour)]


def linked(thing: Thing, neighbour: Neighbour) -> bool:
    """Whether ``thing`` has an accepted exact match to ``neighbour``."""
    return any(term.value.startswith(neighbour.space) for term in thing.values.get(_EXACT, ()))


@contextmanager
def asking(access: Access, catalogue: Catalogue, *, seconds: float, way: str = "auto") -> Iterator[Asked]:
    """The neighbour at ``access``, ready to be asked; which kind it is it tells by what it answers.

    :param way: one of :data:`ukjapan_graph.linking.alike.ways.WAYS`
    :raises RemoteError: nobody answers, or neither a reconciliation service nor a SPARQL endpoint does
    """
    with Client(access, seconds=seconds) as client:
        manifest = None
        if way != "sparql":
            status, body = client.get()
            manifest = manifest_in(body) if status == 200 else None
        if manifest is not None:
            yield ServiceAsked(access, manifest, client)
            return
        if way == "reconcile":
            raise RemoteError(access.address, "does not answer with the manifest of a reconciliation service")
        ties = {iri for thing in catalogue.things.values() for iri in related(catalogue, thing)}
        store = StoreAsked(access, seconds=seconds, related=ties)
        if way == "auto":
            store.check()
        yield store


def suggest(
    asked: Asked,
    catalogue: Catalogue,
    things: Sequence[Thing],
    *,
    judged: Callable[[Thing, str], bool] = lambda thing, iri: False,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Suggestions:
    """What ``asked`` has that may be the same as each of ``things``.

    A failure ends the asking: what was found before stands, and the rest is told.

    :param judged: whether a thing and an IRI have been accepted or rejected already
    """
    pairs: list[Suggestion] = []
    notes: list[str] = []
    for start in range(0, len(things), asked.batch):
        batch = things[start : start + asked.batch]
        progress(batch[0].label, start, len(things))
        try:
            answer = asked.find(batch)
        except UkjapanError as error:
            progress("", 0, 0)
            return Suggestions(tuple(pairs), tuple(notes), error, tuple(things[start:]))
        for thing in batch:
            rows, told = _weighed(catalogue, thing, answer.get(thing.id, []), judged)
            pairs += rows
            notes += told
    progress("", 0, 0)
    return Suggestions(tuple(pairs), tuple(notes))


def _weighed(
    catalogue: Catalogue, thing: Thing, found: Sequence[Found], judged: Callable[[Thing, str], bool]
) -> tuple[list[Suggestion], list[str]]:
    rows, notes, unreadable, known, has_one = [], [], 0, 0, 0
    for one in {one.iri: one for one in reversed(found)}.values():  # the first of each
        if not one.iri:
            notes.append(
                f"{thing.id}: {one.note} things there are called {one.labels[0]!r}; that tells nobody apart"
            )
        elif judged(thing, one.iri):
            known += 1
        elif (neighbour := neighbour_of(one.iri)) and linked(thing, neighbour):
            has_one += 1
        elif not comparable(thing, one):
            unreadable += 1
        else:
            rows.append(Suggestion(thing, one, weigh(catalogue, thing, one)))
    if unreadable:
        notes.append(
            f"{thing.id}: {unreadable} have names only in a script in which nothing here is called so"
        )
    if has_one:
        notes.append(f"{thing.id}: {has_one} in a graph to which it has an exact match already")
    if known:
        notes.append(f"{thing.id}: {known} accepted or rejected before, and not proposed again")
    likely = [row for row in rows if row.evidence.score >= LEAST]
    likely.sort(key=lambda row: (-row.evidence.score, row.found.iri))
    if len(likely) > MOST:
        notes.append(f"{thing.id}: {len(likely) - MOST} more that are less likely")
    return likely[:MOST], notes
