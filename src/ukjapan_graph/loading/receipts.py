"""What a loader leaves in a store: which release is there, in which graphs, since when.

The receipt is a graph of its own, in terms of Dublin Core and VoID. It says nothing about who loaded, and holds
no time but the server's own. While a load goes on that is not done in one piece, another graph names the graphs
that it may leave: whoever comes after a load that was stopped must know them, even with another release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.answering.engines import Engine
from ukjapan_graph.namespaces import PREFIXES

GRAPH = PREFIXES["graph"] + "receipt"
#: The graph that names the graphs of a load that is going on, or was stopped.
LOADING = GRAPH + "/loading"

_DCTERMS = PREFIXES["dcterms"]
#: Between the receipt, or a list, and a graph.
PART = _DCTERMS + "hasPart"

#: Between the receipt and the hash of the release.
HASH = _DCTERMS + "identifier"

_TIME, _TOOL = _DCTERMS + "issued", _DCTERMS + "creator"
_COUNT = "http://rdfs.org/ns/void#triples"
_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')
_NUMBER = re.compile("[0-9]{1,18}")
_SHA = re.compile(r"sha256:([0-9a-f]{64})\Z")


class Receipt(NamedTuple):
    """A release in a store.

    :ivar hash: SHA-256 of the release file
    :ivar quads: how many it has
    :ivar graphs: the IRIs of its graphs, sorted
    :ivar time: ``xsd:dateTime`` in UTC by the server's clock; "" where the server does not tell the time
    :ivar tool: who wrote the receipt, and in which version
    """

    hash: str
    quads: int
    graphs: tuple[str, ...]
    time: str = ""
    tool: str = ""

    def triples(self) -> frozenset[str]:
        """The receipt as N-Triples without the points."""
        # Of its own, so that those of two loaders at once can be told apart.
        subject, xsd = f"<{GRAPH}/{self.hash[:16]}>", PREFIXES["xsd"]
        found = {
            f'{subject} <{HASH}> "sha256:{self.hash}"',
            f'{subject} <{_COUNT}> "{self.quads}"^^<{xsd}integer>',
            f"{subject} <{_TOOL}> {Literal(self.tool)}",
            *(f"{subject} <{PART}> <{graph}>" for graph in self.graphs),
        }
        if self.time:
            found.add(f'{subject} <{_TIME}> "{self.time}"^^<{xsd}dateTime>')
        return frozenset(found)


class Left(NamedTuple):
    """What loaders left in a store.

    :ivar receipt: None where there is none that can be read
    :ivar unfinished: the graphs of a load that is going on, or was stopped, sorted
    :ivar words: the triples of the receipt, or of what is none, sorted, as N-Triples without the point
    """

    receipt: Receipt | None
    unfinished: tuple[str, ...]
    words: tuple[str, ...] = ()


def left(engine: Engine) -> Left:
    """What loaders left in the store behind ``engine``."""
    receipt, going = f"GRAPH <{GRAPH}> {{ ?r ?p ?o }}", f"GRAPH <{LOADING}> {{ <{GRAPH}> <{PART}> ?g }}"
    rows = engine.select(f"SELECT ?r ?p ?o ?g {{ {{ {receipt} }} UNION {{ {going} }} }}").rows
    unfinished = {graph.value for *_, graph in rows if _names_a_graph(graph)}
    said = [row[:3] for row in rows if all(isinstance(term, NamedNode) for term in row[:2])]
    said = [row for row in said if isinstance(row[2], NamedNode | Literal)]
    words = tuple(sorted({f"{r} {p} {o}" for r, p, o in said}))
    by_subject: dict[NamedNode, list[tuple]] = {}
    for subject, *rest in said:
        by_subject.setdefault(subject, []).append(tuple(rest))
    found = {subject: one for subject, rows in by_subject.items() if (one := _receipt(rows))}
    whose = next(iter(found)) if len(found) == 1 else None
    # Of two loaders at once each has named graphs, also in a receipt that is not there as a whole yet.
    unfinished |= {o.value for r, p, o in said if r != whose and p.value == PART and _names_a_graph(o)}
    return Left(found.get(whose), tuple(sorted(unfinished)), words)


def _receipt(rows: Iterable[tuple]) -> Receipt | None:
    values: dict[str, list[str]] = {}
    for predicate, value in rows:
        if predicate.value != PART or _names_a_graph(value):
            values.setdefault(predicate.value, []).append(value.value)
    digests = [match[1] for text in values.get(HASH, ()) if (match := _SHA.match(text))]
    if len(digests) != 1:
        return None
    counts = [int(text) for text in values.get(_COUNT, ()) if _NUMBER.fullmatch(text)]
    return Receipt(
        digests[0],
        counts[0] if counts else 0,
        tuple(sorted(values.get(PART, ()))),
        min(values.get(_TIME, ()), default=""),
        min(values.get(_TOOL, ()), default=""),
    )


def listing(graphs: Iterable[str]) -> list[str]:
    """The triples of :data:`LOADING` that name ``graphs``, sorted, as N-Triples without the points."""
    return sorted(f"<{GRAPH}> <{PART}> <{graph}>" for graph in graphs)


def _names_a_graph(term: object) -> bool:
    """Whether ``term`` can stand as it is where a query or an update names a graph."""
    return isinstance(term, NamedNode) and _IRI.fullmatch(term.value) is not None


def server_time(date: str | None) -> str:
    """The ``Date`` header of an answer as ``xsd:dateTime`` in UTC; "" where there is none."""
    try:
        moment = parsedate_to_datetime(date or "")
        if moment.tzinfo:  # without one it is UTC already ("-0000")
            moment = moment.astimezone(UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, OverflowError):
        return ""
