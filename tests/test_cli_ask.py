"""``ukjapan ask``."""

import csv
import io
import json

import pytest

import small_graph
from ukjapan_graph.cli import main

DEFAULT = """what            signed  where
Harbour Accord  –       Almanac, 1
Harbour Accord  –       Gazette 1903, 2
"""
SILENCE = "No document says that anything builds on it.\n"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def ask(release, capsys):
    """Runs the command; gives exit code, output and talk."""

    def run(*argv):
        code = main(["ask", *argv, "--release", release])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize(
    "argv",
    [
        ["builds-on"],
        ["builds-on", "--instrument", "ferry-pact"],
        ["builds-on", "--instrument=Crossing Treaty"],
        ["--instrument", "the boat treaty", "builds-on"],
        ["--format", "table", "builds-on"],
    ],
)
def test_table(ask, argv):
    """An answer is a table of labels, wherever the question's name stands; what is unbound is a dash."""
    assert ask(*argv) == (0, DEFAULT, "")


def test_ids(ask):
    """With --ids things are shown by prefixed name."""
    assert ask("builds-on", "--ids")[1].splitlines()[1].split() == [
        "instrument:harbour-accord",
        "–",
        "passage:almanac.S1",
    ]


def test_csv(ask):
    """CSV holds full IRIs and empty cells, with the line ends of the standard."""
    code, out, err = ask("builds-on", "--format", "csv")

    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert (code, err, out.count("\r\n")) == (0, "", 3)
    assert rows[0] == ["what", "signed", "where"]
    assert rows[1][:2] == ["https://w3id.org/ukjapan/id/instrument/harbour-accord", ""]


def test_csv_with_ids(ask):
    """CSV with --ids is what frozen answers hold."""
    assert (
        ask("signed-by", "--format", "csv", "--ids")[1] == "what,date\r\ninstrument:ferry-pact,1903-04-30\r\n"
    )


def test_markdown(ask):
    """Markdown is a table with its signs escaped."""
    assert ask("signed-by", "--format", "markdown")[1] == (
        "| what | date |\n| --- | --- |\n| Ferry Pact | 1903-04-30 |\n"
    )


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_silence(ask, form):
    """For a person, an empty answer is a sentence on standard output."""
    assert ask("builds-on", "--instrument", "tide-table", "--format", form) == (0, SILENCE, "")


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_silence_for_machines(ask, form):
    """For a machine, an empty answer is a valid result, and the sentence goes to standard error."""
    code, out, err = ask("builds-on", "--instrument", "tide-table", "--format", form)

    assert (code, err) == (0, SILENCE)
    empty = {"csv": "what,signed,where\r\n", "tsv": "?what\t?signed\t?where\n"}
    if form == "json":
        assert json.loads(out)["results"]["bindings"] == []
    else:
        assert out == empty[form]


@pytest.mark.parametrize("argv", [[], ["--list"], ["builds-on", "--list"]])
def test_list(ask, argv):
    """Without a name, or with --list, the questions are listed."""
    assert ask(*argv) == (
        0,
        "name       question\n"
        "builds-on  What builds on an instrument?\n"
        "signed-by  What was signed by a day?\n",
        "",
    )


def test_help_of_a_question(ask):
    """A question's help shows its parameters with type and default, and its columns."""
    code, out, _ = ask("signed-by", "--help")

    assert code == 0
    assert "What was signed by a day?" in out
    assert "--day   the day (date; default: 1903-12-31)" in out
    assert "Columns: what, date" in out


def test_general_help(ask):
    """Without a name, help shows the options."""
    code, out, _ = ask("-h")

    assert (code, "--format" in out) == (0, True)


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["bilds-on"], "Did you mean builds-on?"),
        (["builds-on", "--instrment", "x"], "Did you mean --instrument"),
        (["builds-on", "--instrument"], "--instrument needs a value"),
        (["builds-on", "--instrument", "--ids"], "--instrument needs a value"),
        (["builds-on", "--ids=3"], "--ids takes no value"),
        (["builds-on", "--ids", "--ids"], "--ids is given twice"),
        (["builds-on", "--instrument", "fery-pact"], "Did you mean instrument:ferry-pact?"),
        (["builds-on", "--format", "tabel"], "choose from table, markdown"),
        (["builds-on", "signed-by"], "one question at a time"),
        (["signed-by", "--day", "1903"], "is not a day such as"),
        (["--format", "csv", "--wrong", "x"], "there is no option --wrong"),
    ],
)
def test_wrong_calls(ask, argv, reason):
    """A wrong call says what to mend, answers nothing, and leaves with 2."""
    code, out, err = ask(*argv)

    assert (code, out) == (2, "")
    assert reason in err


def test_missing_release(capsys, tmp_path):
    """A missing release file leaves with 3 and says how to make it."""
    assert main(["ask", "builds-on", "--release", str(tmp_path / "gone.nq")]) == 3
    assert "ukjapan build" in capsys.readouterr().err


def test_underscore_or_hyphen(tmp_path, capsys):
    """A parameter with an underscore can be typed with a hyphen."""
    text = (
        small_graph.QUERIES["builds-on"]
        .replace("?instrument ", "?the_thing ")
        .replace("?instrument }", "?the_thing }")
        .replace("#+   instrument", "#+   the_thing")
    )
    small_graph.QUERIES["underscored"] = text
    try:
        release = str(small_graph.write_release(tmp_path))
    finally:
        del small_graph.QUERIES["underscored"]

    for option in ("--the_thing", "--the-thing"):
        assert main(["ask", "underscored", option, "ferry-pact", "--release", release]) == 0
        assert capsys.readouterr().out == DEFAULT


def test_wide_table_on_a_terminal(ask, monkeypatch):
    """On a terminal a table is wrapped to its width; elsewhere nothing is cut or wrapped."""
    monkeypatch.setattr("ukjapan_graph.cli.render.terminal_width", lambda: 36)

    lines = ask("builds-on")[1].splitlines()

    assert max(map(len, lines)) <= 36
    assert "Harbour" in lines[2]
