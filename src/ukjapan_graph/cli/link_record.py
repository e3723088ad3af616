"""``ukjapan link record``: what neighbours answer, kept beside the questions."""

from __future__ import annotations

from ukjapan_graph.cli.link_ask import record as run

__all__ = ["run"]
