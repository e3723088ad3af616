"""The word that a command line begins with."""

import pytest

from ukjapan_graph.cli import verbs
from ukjapan_graph.errors import UnknownNameError

VERBS = {"check": ("link_check", "look"), "suggest": ("link_suggest", "propose")}
HELP = {"program": "tool", "kind": "word", "usage": "usage: tool WORD\n\n{verbs}"}


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_help(word, capsys):
    """Asked for, the help goes to standard output, with the words in one column."""
    assert verbs.run([word], VERBS, **HELP) == 0
    assert capsys.readouterr() == ("usage: tool WORD\n\n  check    look\n  suggest  propose\n", "")


def test_nothing_to_run(capsys):
    """Not asked for, it goes to standard error, and the call was wrong."""
    assert verbs.run([], VERBS, **HELP) == 2
    assert capsys.readouterr().out == ""


def test_unknown():
    """An unknown word names the nearest, and where all are listed."""
    with pytest.raises(UnknownNameError, match=r"(?s)sugest.*suggest.*tool --help"):
        verbs.run(["sugest"], VERBS, **HELP)
