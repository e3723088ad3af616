"""The command ``ukjapan`` itself: which command runs, and what a failure looks like."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from ukjapan_graph import cli
from ukjapan_graph.cli import verbs
from ukjapan_graph.errors import LimitError, SourceError, UkjapanError, UsageError


@pytest.fixture
def command(monkeypatch):
    """Puts a function in place of every command's ``run``."""

    def put(run):
        monkeypatch.setattr(verbs, "import_module", lambda name: SimpleNamespace(run=run))

    return put


def test_commands_are_there():
    """Each command of the table has a module and a line of help."""
    for module, about in cli.COMMANDS.values():
        assert find_spec(f"ukjapan_graph.cli.{module}") is not None
        assert about == about.strip() != ""


def test_arguments_and_code(command):
    """A command gets the arguments after its name, and its answer is the exit code."""
    seen = []
    command(lambda argv: seen.extend(argv) or 1)

    assert cli.main(["ask", "x", "--ids"]) == 1
    assert seen == ["x", "--ids"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UkjapanError("what happened"), 3),
        (UsageError("what happened"), 2),
        (LimitError("what happened"), 4),
        (SourceError("a/file", "what happened"), 3),
        (KeyboardInterrupt(), 130),
        (SystemExit(2), 2),
        (SystemExit(), 0),
    ],
)
def test_failures(command, capsys, error, code):
    """An error is a line on standard error and an exit code, never a traceback."""

    def fail(argv):
        raise error

    command(fail)

    assert cli.main(["ask"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert ("what happened" in captured.err) is isinstance(error, UkjapanError)


@pytest.mark.parametrize(("name", "nearest"), [("aks", "ask"), ("querys", "queries"), ("spraql", "sparql")])
def test_misspelt_command(capsys, name, nearest):
    """A misspelt command is refused with the nearest one."""
    assert cli.main([name]) == 2
    assert f"Did you mean {nearest}" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--help"], ["-h"], ["help"]])
def test_help(capsys, argv):
    """Help lists the commands on standard output."""
    assert cli.main(argv) == 0
    assert set(cli.COMMANDS) <= set(capsys.readouterr().out.split())


def test_no_command(capsys):
    """Without a command the help goes to standard error, and the call is wrong."""
    assert cli.main([]) == 2
    captured = capsys.readouterr()
    assert (captured.out, "usage" in captured.err) == ("", True)


def test_version(capsys):
    """The version is a line of its own."""
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.count(".") == 2


def test_reader_who_has_enough():
    """When the reader closes the pipe, the command ends without a word."""
    line = [sys.executable, "-I", "-m", "ukjapan_graph", "--help"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        err = process.stderr.read()

    assert (process.returncode, err) == (0, b"")


@pytest.mark.parametrize(
    "argv", [["queries", "list"], ["export", "--list-graphs"], ["export"], ["--help"], ["load", "--help"]]
)
def test_full_output(argv):
    """Where the output takes no more, the command says so and leaves with 3."""
    with Path("/dev/full").open("wb") as full:
        line = [sys.executable, "-m", "ukjapan_graph", *argv]
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True)

    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "the output cannot be written: No space left on device" in done.stderr


def test_closed_output():
    """A command without standard output is told so."""
    line = ["sh", "-c", '"$0" -m ukjapan_graph queries list >&-', sys.executable]
    done = subprocess.run(line, capture_output=True, text=True)

    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "standard output is closed" in done.stderr


def test_narrow_encoding():
    """A terminal that cannot show a letter gets a question mark instead of a traceback."""
    env = {"PYTHONIOENCODING": "ascii", "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, "-m", "ukjapan_graph", "--help"]

    done = subprocess.run(line, env=env, capture_output=True, check=True)

    assert b"usage: ukjapan COMMAND ?" in done.stdout
