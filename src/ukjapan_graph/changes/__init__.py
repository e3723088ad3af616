"""What changed between two releases: facts, terms, things, answers, and which version that makes.

>>> from ukjapan_graph.changes import compare
>>> changes = compare("old.nq", "new.nq")
>>> changes.verdict.level, [str(change.subject) for change in changes.facts]
"""

from __future__ import annotations

from ukjapan_graph.changes.comparison import Changes, compare

__all__ = ["Changes", "compare"]
