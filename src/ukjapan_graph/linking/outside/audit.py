"""The audit: what the documents say of who was in office when, and of when things happened, set against the
outside facts.

Nothing is merged and nothing is written: two events that are only inferred to be one stay two, and each line
says so. What the documents say stands beside what outside sources say, and the verdict says how they go
together; see :data:`~ukjapan_graph.linking.outside.lines.VERDICTS`.
"""

from __future__ import annotations

from pyoxigraph import Store

from ukjapan_graph.errors import UsageError
from ukjapan_graph.linking.outside.capacities import capacities, signatures
from ukjapan_graph.linking.outside.events import events
from ukjapan_graph.linking.outside.lines import Line, ordered
from ukjapan_graph.linking.outside.open_dates import open_dates
from ukjapan_graph.linking.outside.tenures import Tenures
from ukjapan_graph.namespaces import kind_of


def audit(store: Store) -> list[Line]:
    """The lines of the audit of the world view ``store``, the gravest verdict first.

    :raises UsageError: ``store`` holds no outside facts
    """
    if not any(kind_of(graph.value) == "outside" for graph in store.named_graphs()):
        raise UsageError("there are no outside facts to audit against; open the world view")
    tenures = Tenures(store)
    return ordered(
        [
            *capacities(store, tenures),
            *signatures(store, tenures),
            *open_dates(store, tenures),
            *events(store),
        ]
    )
