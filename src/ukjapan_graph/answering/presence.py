"""Whether a store elsewhere holds this release, and shows it as one graph: asked before its answers are believed.

A store whose default graph is not the union of the named graphs, or that holds nothing of ours, would answer
every question with no rows, and no rows read as "the documents do not say".
"""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from ukjapan_graph.answering.engines import Engine
from ukjapan_graph.errors import UkjapanError

_SAMPLE = 6


def require(engine: Engine, store: Store, where: str) -> None:
    """Raise unless plain patterns see the release in ``store`` through ``engine``.

    A sample of triples is asked for, from graphs all over the release: one query when all is well.

    :param where: the engine's address, for the message
    :raises UkjapanError: the store shows named graphs only by ``GRAPH``, or does not hold the release
    """
    quads = sample(store)
    if engine.ask(f"ASK {{ {_pattern(quads)} }}"):
        return
    if engine.ask(f"ASK {{ {' '.join(f'GRAPH {q.graph_name} {{ {_pattern([q])} }}' for q in quads)} }}"):
        raise UkjapanError(
            f"{where}: the graph is there, but plain patterns do not see it, since the store's default graph "
            f"is not the union of the named graphs. Load it with: ukjapan load run {where}"
        )
    raise UkjapanError(
        f"{where}: the store does not hold this release of the graph. Load it with: ukjapan load run {where}"
    )


def sample(store: Store) -> list[Quad]:
    """A few quads of short terms, of as many graphs, spread over the release; always the same ones."""
    graphs = sorted((g for g in store.named_graphs() if isinstance(g, NamedNode)), key=str)
    step = max(len(graphs) // _SAMPLE, 1)
    firsts = [
        min(
            (q for q in store.quads_for_pattern(None, None, None, graph) if _is_short(q)),
            key=str,
            default=None,
        )
        for graph in graphs[::step]
    ]
    return [quad for quad in firsts if quad is not None]


def _is_short(quad: Quad) -> bool:
    return not isinstance(quad.object, Literal)


def _pattern(quads: Sequence[Quad]) -> str:
    return " ".join(f"{q.subject} {q.predicate} {q.object} ." for q in quads)
