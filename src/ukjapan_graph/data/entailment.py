"""What follows from the sources without any choice: rules run to a fixpoint, and the bounds of dates.

Rules (see :mod:`ukjapan_graph.data.rules`) see all graphs as one; their triples go to ``graph:entailed``
unless some graph holds them already.

What is only inferred is no premise: of ``graph:inferences`` and ``graph:silences`` rules see the inferences
and silences themselves, as nodes, but none of the links and bounds of dates that stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Store, Triple

from ukjapan_graph.data.bounds import EARLIEST, LATEST, date_bounds
from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.rules import Rule
from ukjapan_graph.namespaces import PREFIXES, kind_of

ENTAILED = NamedNode(PREFIXES["graph"] + "entailed")

_UNSTATED = {PREFIXES["graph"] + name: name[:-1] for name in ("inferences", "silences")}


def entail(quads: Iterable[Quad], rules: Iterable[Rule]) -> list[Quad]:
    """The quads, all in ``graph:entailed`` and sorted, that follow from ``quads``.

    In each round all rules run on what the round before left, so the order of rules does not matter; rounds
    go on until nothing is new. Then every ``ukj:date`` without a curated ``ukj:earliest`` or ``ukj:latest``
    gets that bound (see :func:`date_bounds`), and the rules run once more to a fixpoint.

    :param quads: all in named graphs
    """
    quads, rules = list(quads), list(rules)
    stated = premises(quads)
    store = Store()
    store.extend(stated)
    present = {quad.triple for quad in stated}
    before = set(present)
    _close(store, present, rules)
    curated = {quad.triple for quad in quads if _is_unstated(quad) and quad.predicate in (EARLIEST, LATEST)}
    _add(store, present, date_bounds(present | curated))
    _close(store, present, rules)
    new = (normal(Quad(t.subject, t.predicate, t.object, ENTAILED)) for t in present - before)
    return sorted(new, key=str)


def premises(quads: Iterable[Quad]) -> list[Quad]:
    """Those of ``quads`` from which something may follow: all but what is only inferred, and what followed."""
    return [quad for quad in quads if quad.graph_name != ENTAILED and not _is_unstated(quad)]


def _is_unstated(quad: Quad) -> bool:
    kind = _UNSTATED.get(quad.graph_name.value)
    return kind is not None and kind_of(quad.subject.value) != kind


def _close(store: Store, present: set[Triple], rules: list[Rule]) -> None:
    """Run ``rules`` until nothing is new; it ends, since no rule makes a term."""
    while True:
        found = {
            triple
            for rule in rules
            for triple in store.query(rule.text, use_default_graph_as_union=True)
            if triple not in present
        }
        if not found:
            return
        _add(store, present, found)


def _add(store: Store, present: set[Triple], triples: set[Triple]) -> None:
    store.extend(Quad(t.subject, t.predicate, t.object, ENTAILED) for t in triples)
    present |= triples
