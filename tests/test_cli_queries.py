"""``ukjapan queries``."""

import sys

import pytest

import small_graph
from ukjapan_graph.cli import main


@pytest.fixture
def queries(tmp_path, capsys):
    """Runs the command on a release file and query folder of its own; gives exit code, output and talk."""
    release = small_graph.write_release(tmp_path)
    (tmp_path / "expected").mkdir()

    def run(*argv):
        folders = ["--queries", str(tmp_path / "queries"), "--expected", str(tmp_path / "expected")]
        code = main(["queries", *argv, "--release", str(release), *folders])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("argv", [[], ["list"]])
def test_list(queries, argv):
    """The questions are listed by name."""
    code, out, _ = queries(*argv)

    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["name", "builds-on", "signed-by"]


def test_list_by_tag(queries):
    """A tag narrows the list; a misspelt one is refused with the nearest."""
    assert [line.split()[0] for line in queries("--tag", "time")[1].splitlines()] == ["name", "signed-by"]
    code, out, err = queries("list", "--tag", "chain")
    assert (code, out, "Did you mean chains" in err) == (2, "", True)


def test_show(queries):
    """A question is shown as it lies in its file."""
    assert queries("show", "builds-on") == (0, small_graph.QUERIES["builds-on"], "")


def test_test(queries):
    """Questions in order pass, with a summary on standard error."""
    assert queries("test") == (0, "", "2 queries, 0 findings\n")
    assert queries("test", "signed-by") == (0, "", "1 queries, 0 findings\n")


def test_findings(queries, tmp_path):
    """A finding is a line on standard output, and leaves with 1."""
    (tmp_path / "expected" / "signed-by.csv").write_text("what,date\n", encoding="utf-8")

    code, out, err = queries("test")

    assert (code, err) == (1, "2 queries, 1 findings\n")
    assert "signed-by.csv: the answer has changed: + instrument:ferry-pact | 1903-04-30" in out


def test_progress_on_a_terminal(queries, monkeypatch):
    """On a terminal a bar shows how far the test is, and goes away."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    _, out, err = queries("test")

    assert out == ""
    assert "2/2 signed-by" in err
    assert err.endswith("\r2 queries, 0 findings\n")


@pytest.mark.parametrize(
    ("argv", "code", "reason"),
    [
        (["lst"], 2, "Did you mean list"),
        (["show"], 2, "show needs a name"),
        (["show", "build-on"], 2, "Did you mean builds-on"),
        (["test", "build-on"], 2, "Did you mean builds-on"),
        (["list", "builds-on"], 2, "list takes no names"),
        (["--tga", "x"], 2, "Did you mean --tag"),
    ],
)
def test_wrong_calls(queries, argv, code, reason):
    """A wrong call says what to mend and prints nothing else."""
    found, out, err = queries(*argv)

    assert (found, out) == (code, "")
    assert reason in err


def test_no_queries(tmp_path, capsys):
    """A folder without queries is refused."""
    assert main(["queries", "test", "--queries", str(tmp_path)]) == 3
    assert "no saved queries" in capsys.readouterr().err
