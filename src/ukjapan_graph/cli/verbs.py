"""A command line that begins with a word: the module that runs it is found, and loaded alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module

from ukjapan_graph.errors import DONE, USAGE, UnknownNameError

#: By word, the module of this package that runs it and what it does in one line.
Verbs = Mapping[str, tuple[str, str]]


def run(argv: list[str], verbs: Verbs, *, program: str, kind: str, usage: str) -> int:
    """Run the one of ``verbs`` that ``argv`` begins with; gives its exit code.

    :param program: what comes before the word on the command line
    :param kind: what such a word is called in an error
    :param usage: the help; ``{verbs}`` stands for the list of them
    :raises UnknownNameError: there is none of that name
    """
    name, *rest = argv or [""]
    if name in ("-h", "--help", "help", ""):
        width = max(map(len, verbs))
        lines = "".join(f"  {verb:{width}}  {about}\n" for verb, (_, about) in verbs.items())
        print(usage.format(verbs=lines), end="", file=sys.stdout if name else sys.stderr)
        return DONE if name else USAGE
    if name not in verbs:
        from difflib import get_close_matches

        nearest = get_close_matches(name, verbs, cutoff=0.5)
        raise UnknownNameError(kind, name, nearest, see=f"See: {program} --help")
    return import_module(f"ukjapan_graph.cli.{verbs[name][0]}").run(rest)
