"""The release file as the tests ask it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from ukjapan_graph import resources
from ukjapan_graph.namespaces import shorten, sparql_prologue


@cache
def store() -> Store:
    """The committed release, parsed once."""
    loaded = Store()
    loaded.load(path=str(resources.release_file()), format=RdfFormat.N_QUADS)
    return loaded


def below(root: Path) -> Path:
    """The folder ``root`` of a project, with the committed release in its place."""
    (root / "graph").mkdir(exist_ok=True)
    resources.release_file(root).symlink_to(resources.release_file())
    return root


def rows(query: str) -> list[tuple]:
    """Rows of a SELECT over the union of all graphs; the project's prefixes are known."""
    found = store().query(sparql_prologue() + query, use_default_graph_as_union=True)
    return [tuple(solution) for solution in found]


def short(term: object) -> str:
    """A term as people write it: prefixed name, or the literal's text."""
    return shorten(term.value) if isinstance(term, NamedNode) else term.value
