"""``ukjapan link``: the links to outside graphs."""

from __future__ import annotations

import sys
from importlib import import_module

from ukjapan_graph.errors import DONE, USAGE, UnknownNameError

#: Verb, its module in this package, and what it does in one line.
VERBS: dict[str, tuple[str, str]] = {
    "ask": ("link_ask", "answer a saved question that neighbours answer in part"),
    "audit": ("link_audit", "set what the documents say against outside facts"),
    "check": ("link_check", "judge the mapping sets, offline or with their neighbours"),
    "record": ("link_record", "keep what neighbours answer"),
    "suggest": ("link_suggest", "propose links, for somebody to weigh"),
}


def run(argv: list[str]) -> int:
    """Run the verb that ``argv`` begins with; gives the exit code."""
    name, *rest = argv or [""]
    if name in ("-h", "--help"):
        print(_usage(), end="")
        return DONE
    if not name:
        print(_usage(), end="", file=sys.stderr)
        return USAGE
    if name not in VERBS:
        from difflib import get_close_matches

        nearest = get_close_matches(name, VERBS, cutoff=0.5)
        raise UnknownNameError("verb of link", name, nearest, see="See: ukjapan link --help")
    return import_module(f"ukjapan_graph.cli.{VERBS[name][0]}").run(rest)


def _usage() -> str:
    width = max(map(len, VERBS))
    lines = "".join(f"  {name:{width}}  {about}\n" for name, (_, about) in VERBS.items())
    return (
        "usage: ukjapan link VERB …\n\n"
        "Links to outside graphs: graph/links/<neighbour>.sssom.tsv holds those accepted and rejected,\n"
        "graph/links/candidates/ those that nobody has weighed; the latter are in no graph.\n\n"
        f"verbs:\n{lines}\n"
        "Each verb explains itself: ukjapan link VERB --help\n"
    )
