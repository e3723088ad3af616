"""What speaks for and against a thing here and a thing elsewhere being the same: each apart, then together.

The score, from 0 to 100, is how alike the names are (:mod:`ukjapan_graph.linking.alike.matching`), less

    half      where the classes there are those of another kind
    a tenth   where things are known to belong to ours, and none of them is tied to the other there
    a twentieth   where nothing is known of the kind

Dates that agree and things tied to both are told; that there are none proves nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.linking.alike.catalogue import Catalogue, Thing
from ukjapan_graph.linking.alike.kinds import agree
from ukjapan_graph.linking.alike.matching import similarity
from ukjapan_graph.linking.alike.names import name, scripts
from ukjapan_graph.linking.alike.properties import same_time
from ukjapan_graph.namespaces import expand

_EXACT = expand("skos:exactMatch")
_OF_STATES = (expand("ukj:ofState"), expand("ukj:accreditedTo"))
_OTHER_KIND, _KIND_UNKNOWN, _NOTHING_SHARED = 0.5, 0.95, 0.9


class Found(NamedTuple):
    """A thing elsewhere.

    :ivar labels: its names, best first; as :func:`~ukjapan_graph.linking.alike.names.plain` makes them
    :ivar classes: IRIs
    :ivar dates: as they are written there
    :ivar related: IRIs, among those asked for, that it is tied to; None where nobody was asked
    :ivar note: a description, made plain too; "" for none
    :ivar score: what the service itself gives it; None where it gives none
    """

    iri: str
    labels: tuple[str, ...]
    classes: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    related: frozenset[str] | None = None
    note: str = ""
    score: float | None = None


class Evidence(NamedTuple):
    """What speaks for and against a pair.

    :ivar name: how alike the best two names are, from 0 to 100
    :ivar ours: the name here, and ``theirs`` the name there
    :ivar kind: whether the kinds agree; None where nothing is known
    :ivar dates: dates of both
    :ivar related: things tied to both, by their IRI there
    :ivar expected: how many could be; 0 where nobody was asked
    """

    name: float
    ours: str
    theirs: str
    kind: bool | None
    dates: tuple[str, ...]
    related: tuple[str, ...]
    expected: int

    @property
    def score(self) -> float:
        """All of it together, from 0 to 100, rounded to one place."""
        found = self.name * {True: 1, False: _OTHER_KIND, None: _KIND_UNKNOWN}[self.kind]
        if self.expected and not self.related:
            found *= _NOTHING_SHARED
        return round(found, 1)

    def told(self) -> str:
        """The features, for programs: ``name=100; kind=agrees; dates=0; related=1 of 2``."""
        kind = {True: "agrees", False: "differs", None: "unknown"}[self.kind]
        return (
            f"name={self.name:g}; kind={kind}; dates={len(self.dates)}; "
            f"related={len(self.related)} of {self.expected}"
        )


def weigh(catalogue: Catalogue, thing: Thing, found: Found) -> Evidence:
    """What speaks for and against ``thing`` being the same as ``found``."""
    person = thing.kind == "person"
    pairs = [
        (-similarity(called.name, name(label), person=person), rank, place, called.text, label)
        for rank, called in enumerate(thing.names)
        for place, label in enumerate(found.labels)
    ]
    best = min(pairs, default=(0.0, 0, 0, thing.label, next(iter(found.labels), "")))
    ours = related(catalogue, thing) if found.related is not None else frozenset()
    own_dates = [term.value for term in catalogue.dates(thing)]
    return Evidence(
        abs(best[0]),
        best[3],
        best[4],
        agree(thing.kind, found.classes),
        tuple(date for date in sorted(set(found.dates)) if any(same_time(own, date) for own in own_dates)),
        tuple(sorted((found.related or frozenset()) & ours)),
        len(ours),
    )


def comparable(thing: Thing, found: Found) -> bool:
    """Whether any name of the one is in a script in which the other has a name."""
    ours = frozenset().union(*(scripts(called.name.words) for called in thing.names))
    theirs = frozenset().union(*(scripts(name(label).words) for label in found.labels))
    return bool(ours & theirs) or not theirs


def related(catalogue: Catalogue, thing: Thing) -> frozenset[str]:
    """IRIs elsewhere of what ``thing`` is tied to here: its states, offices, holders, parties …"""
    here = {term for terms in thing.values.values() for term in terms if isinstance(term, NamedNode)}
    here |= {NamedNode(iri) for pair in catalogue.attested(thing) for iri in pair if iri != thing.iri}
    others = [catalogue.thing(term.value) for term in here]
    for office in [other for other in others if other and other.kind == "office"]:
        states = (t for p in _OF_STATES for t in office.values.get(p, ()))
        others += [catalogue.thing(term.value) for term in states]
    terms = (term for other in others if other for term in other.values.get(_EXACT, ()))
    return frozenset(term.value for term in terms if not isinstance(term, Literal))
