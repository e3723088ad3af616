"""``ukjapan link``: the links to outside graphs."""

from __future__ import annotations

from ukjapan_graph.cli import verbs

#: Verb, its module in this package, and what it does in one line.
VERBS: verbs.Verbs = {
    "ask": ("link_ask", "answer a saved question that neighbours answer in part"),
    "audit": ("link_audit", "set what the documents say against outside facts"),
    "check": ("link_check", "judge the mapping sets, offline or with their neighbours"),
    "record": ("link_record", "keep what neighbours answer"),
    "suggest": ("link_suggest", "propose links, for somebody to weigh"),
}
_USAGE = """\
usage: ukjapan link VERB …

Links to outside graphs: graph/links/<neighbour>.sssom.tsv holds those accepted and rejected,
graph/links/candidates/ those that nobody has weighed; the latter are in no graph.

verbs:
{verbs}
Each verb explains itself: ukjapan link VERB --help
"""


def run(argv: list[str]) -> int:
    """Run the verb that ``argv`` begins with; gives the exit code."""
    return verbs.run(argv, VERBS, program="ukjapan link", kind="verb of link", usage=_USAGE)
