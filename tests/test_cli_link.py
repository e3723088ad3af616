"""``ukjapan link``."""

import pytest

from commands import ukjapan
from ukjapan_graph.cli.link import VERBS


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_verb(option):
    """The help lists each verb with what it does, on standard output."""
    ran = ukjapan("link", option)
    assert (ran.code, ran.err) == (0, "")
    for name, (_, about) in VERBS.items():
        assert f"  {name}" in ran.out
        assert about in ran.out


def test_every_verb_explains_itself():
    """Each verb has a help of its own."""
    for name in VERBS:
        ran = ukjapan("link", name, "--help")
        assert (ran.code, ran.out.startswith(f"usage: ukjapan link {name}")) == (0, True)


@pytest.mark.parametrize(
    "verb",
    [("ask",), ("check",), ("record", "--date", "2026-11-23"), ("suggest", "--from", "http://127.0.0.1:9/")],
)
def test_a_project_that_is_not_there(verb, tmp_path):
    """A folder that is not there is a wrong call, and not a project without faults or questions."""
    ran = ukjapan("link", *verb, "--root", str(tmp_path / "nowhere"))
    assert (ran.code, ran.out) == (2, "")
    assert "nowhere is no folder" in ran.err


def test_without_a_verb():
    """Without a verb the usage goes to standard error, and the call is wrong."""
    ran = ukjapan("link")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: ukjapan link VERB")


def test_an_unknown_verb_gets_the_nearest():
    """A mistyped verb names what was probably meant."""
    ran = ukjapan("link", "chek")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean check?" in ran.err
