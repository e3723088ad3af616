"""Arguments of a command."""

import pytest

from commands import ukjapan
from ukjapan_graph.cli.parsing import Parser, hint
from ukjapan_graph.errors import UsageError


@pytest.fixture
def parser():
    """A parser with an option and a place."""
    made = Parser("try", "Tries.")
    made.add_argument("name", nargs="?")
    made.add_argument("--width", type=int)
    made.release_option()
    return made


def test_parse(parser):
    """Options and places are read as argparse reads them."""
    options = parser.parse_args(["x", "--width", "3"])

    assert (options.name, options.width, options.release) == ("x", 3, None)


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["--widht", "3"], r"no option --widht\. Did you mean --width"),
        (["--widht=3"], r"no option --widht\. Did you mean"),
        (["--wid", "3"], "no option --wid"),
        (["x", "y"], "no place for y"),
        (["--width", "x"], "invalid int value"),
    ],
)
def test_wrong_arguments(parser, argv, reason):
    """A wrong argument is an error of this package that points to the help."""
    with pytest.raises(UsageError, match=reason) as caught:
        parser.parse_args(argv)

    assert str(caught.value).endswith("See: ukjapan try --help")


def test_help(parser, monkeypatch):
    """Help is as wide as the terminal."""
    monkeypatch.setenv("COLUMNS", "50")
    narrow = parser.format_help()
    monkeypatch.setenv("COLUMNS", "120")

    assert max(map(len, narrow.splitlines())) <= 50 < max(map(len, parser.format_help().splitlines()))


def test_hint():
    """A hint names what is near, and nothing where nothing is."""
    assert hint("tabel", ["table", "csv"]) == ". Did you mean table?"
    assert hint("zzz", ["table", "csv"]) == ""


@pytest.mark.parametrize(
    "command",
    ["build --check", "documents check", "documents coverage", "export", "fmt --check", "reason", "validate"],
)
def test_a_project_that_is_not_there(command, tmp_path):
    """A folder that is not there is a wrong call of every command, and not a project without faults."""
    ran = ukjapan(*command.split(), "--root", str(tmp_path / "nowhere"))

    assert (ran.code, ran.out) == (2, "")
    assert "nowhere is no folder" in ran.err
