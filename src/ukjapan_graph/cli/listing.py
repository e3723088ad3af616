"""The table of saved questions."""

from __future__ import annotations

from ukjapan_graph.cli import render
from ukjapan_graph.errors import SourceError, UkjapanError

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.querying.saved_query import SavedQuery


def federated() -> list[SavedQuery]:
    """The questions that neighbours answer in part; none where what reads them is not installed."""
    from ukjapan_graph.linking.neighbours.federated import read_all
    from ukjapan_graph.resources import root

    try:
        return [found.query for found in read_all(root())]
    except SourceError:
        raise
    except UkjapanError:  # PyYAML is in an extra
        return []


def listing(queries: list[SavedQuery], beside: list[SavedQuery] = (), asked: list[SavedQuery] = ()) -> str:
    """A table of the names of ``queries`` and what they ask.

    Those ``beside`` need the world view; of those ``asked`` of neighbours there are recordings.
    """
    rows = [(query.name, query.summary) for query in queries]
    rows += [(query.name, f"{query.summary} (--view world)") for query in beside]
    rows += [(query.name, f"{query.summary} (from neighbours; --live)") for query in asked]
    return render.table(("name", "question"), rows, render.terminal_width())
