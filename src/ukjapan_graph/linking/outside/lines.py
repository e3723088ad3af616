"""What the audit says, line by line, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from ukjapan_graph.answering import grounds
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.linking.outside.tenures import Tenure

NOT_IN_OFFICE = "not in office"
CONFLICT = "outside says otherwise"
OPEN = "left open, outside would narrow"
POSSIBLE = "possibly in office"
SILENT = "outside is silent"
IN_OFFICE = "in office"
AGREES = "outside agrees"

#: The verdicts, the gravest first.
VERDICTS = (NOT_IN_OFFICE, CONFLICT, OPEN, POSSIBLE, SILENT, IN_OFFICE, AGREES)
#: The verdicts that are findings: outside and inside cannot both be right.
FINDINGS = (NOT_IN_OFFICE, CONFLICT)

CAPACITY, SIGNATURE, DATE, EVENT = KINDS = ("capacity", "signature", "open date", "event")


class Source(NamedTuple):
    """An outside source: its name and label, and where it can be read."""

    source: Entity
    address: str


class Line(NamedTuple):
    """One thing that the documents say, set against what outside sources say.

    :ivar verdict: one of :data:`VERDICTS`
    :ivar kind: one of :data:`KINDS`
    :ivar about: the attestation, signature or event
    :ivar statement: what the documents say or leave open, in a few words
    :ivar passages: where they do, in document order
    :ivar tenures: the tenures looked at
    :ivar sources: the outside sources that the verdict rests on, sorted
    :ivar outcome: what follows, in a sentence
    """

    verdict: str
    kind: str
    about: Entity
    statement: str
    passages: tuple[Entity, ...]
    tenures: tuple[Entity, ...]
    sources: tuple[Source, ...]
    outcome: str

    @property
    def is_finding(self) -> bool:
        """Whether outside and inside cannot both be right."""
        return self.verdict in FINDINGS


def line(
    store: Store,
    kind: str,
    about: NamedNode,
    told: tuple[str, str, str],
    passages: Iterable[NamedNode],
    *,
    tenures: Iterable[Tenure] = (),
    sources: Iterable[NamedNode] = (),
) -> Line:
    """A line; ``told`` is verdict, statement and outcome. The sources of ``tenures`` are among its sources."""
    tenures = list(tenures)
    nodes = {*sources, *(tenure.source for tenure in tenures)}
    verdict, statement, outcome = told
    return Line(
        verdict,
        kind,
        entity(store, about),
        statement,
        grounds.in_order(store, passages),
        tuple(entity(store, tenure.node) for tenure in tenures),
        tuple(
            Source(entity(store, node), grounds.text(store, node, "address"))
            for node in sorted(nodes, key=str)
        ),
        outcome,
    )


def ordered(lines: Iterable[Line]) -> list[Line]:
    """``lines`` with the gravest verdict first; within one by kind and name."""
    return sorted(
        lines, key=lambda x: (VERDICTS.index(x.verdict), KINDS.index(x.kind), x.about.iri, x.statement)
    )


def either(parts: Iterable[object]) -> str:
    """``parts`` in a row: "a", "a or b", "a, b or c"."""
    *most, last = map(str, parts)
    return f"{', '.join(most)} or {last}" if most else last


def join_tenures(store: Store, tenures: Iterable[Tenure]) -> str:
    """The holder, office and days of each of ``tenures``, one after another."""
    return "; ".join(
        f"{entity(store, t.person).label} as {entity(store, t.office).label} {t.possible}" for t in tenures
    )
