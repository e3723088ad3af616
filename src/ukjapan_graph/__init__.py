"""A knowledge graph of UK–Japan defence and security cooperation.

It answers what the two countries agreed, how firmly the documents say so, and where to look it up::

    from ukjapan_graph import KnowledgeGraph

    graph = KnowledgeGraph.open()
    answer = graph.ask("builds-on", instrument="acsa")

Importing the package loads nothing else; each name below is loaded when first used.
"""

from __future__ import annotations

_HOMES = {
    "Access": "remote.access",
    "AmbiguousNameError": "errors",
    "Answer": "answering.answers",
    "Description": "answering.describe",
    "Entity": "answering.names",
    "Explanation": "answering.why",
    "KnowledgeGraph": "api",
    "LimitError": "errors",
    "ParameterError": "errors",
    "QuerySyntaxError": "errors",
    "RemoteError": "errors",
    "Rows": "answering.engines",
    "SavedQuery": "querying.saved_query",
    "SourceError": "errors",
    "UkjapanError": "errors",
    "UnknownNameError": "errors",
    "UsageError": "errors",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("ukjapan-graph")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
