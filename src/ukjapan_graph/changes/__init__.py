"""What changed between two releases: facts, terms, things, answers, and which version that makes.

:func:`ukjapan_graph.changes.comparison.compare` is the way in; ``ukjapan diff`` prints what it finds.
"""
