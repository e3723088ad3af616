"""Small releases to compare: the small dataset, built as the project builds, with some of its text replaced."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

import small_graph
from ukjapan_graph.changes.release import Release
from ukjapan_graph.data.catalogue import quads
from ukjapan_graph.data.entailment import entail
from ukjapan_graph.data.rules import Rule, as_data, read_rules
from ukjapan_graph.querying.queries import read_folder
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.resources import root

HEADER = """
graph:ontology {
  <https://w3id.org/ukjapan/ns> a owl:Ontology ; owl:versionInfo "0.1.0" .
  owl:versionInfo a owl:AnnotationProperty .
}
"""
_BEFORE, _, _REST = small_graph.DATA.partition("graph:entailed {")
#: The small dataset without what is entailed, which is made anew.
DATA = HEADER + _BEFORE + _REST[_REST.index("graph:inferences {") :]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of the small dataset."""
    return tuple(rule for rule in read_rules(root()) if rule.name in small_graph.RULES)


@cache
def queries() -> tuple[SavedQuery, ...]:
    """The saved queries of the small dataset."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(read_folder(small_graph.write_queries(Path(folder) / "queries")))


def release(
    edits: Mapping[str, str] | None = None,
    *,
    more: str = "",
    with_rules: tuple[Rule, ...] | None = None,
    with_queries: tuple[SavedQuery, ...] | None = None,
    carried: bool = True,
    name: str = "small.nq",
) -> Release:
    """The release of the small dataset, with each key of ``edits`` in its text replaced by the value.

    :param more: TriG to add
    :param carried: whether the release holds its rules
    """
    text = DATA + more
    for old, new in (edits or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    found = list(parse((small_graph.HEADER + text).encode(), format=RdfFormat.TRIG))
    used = rules() if with_rules is None else with_rules
    found += as_data(used) if carried else []
    found += quads(queries() if with_queries is None else with_queries)
    return Release(name, [*found, *entail(found, used)])


def write(made: Release, path: Path) -> Path:
    """Write ``made`` as N-Quads; gives ``path``."""
    path.write_bytes(serialize(sorted(made.quads, key=str), format=RdfFormat.N_QUADS))
    return path
