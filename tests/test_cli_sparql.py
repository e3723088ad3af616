"""``ukjapan sparql``."""

import io
import json

import pytest

import small_graph
from ukjapan_graph.cli import main

SELECT = "SELECT ?x ?day { ?x ukj:signedOn ?day }"
CONSTRUCT = "CONSTRUCT { ?y ukj:carries ?x } { ?x ukj:buildsOn ?y }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) > STR(?k)) }"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def sparql(release, capsys):
    """Runs the command; gives exit code, output and talk."""

    def run(*argv):
        code = main(["sparql", *argv, "--release", release])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("limit", [[], ["--timeout", "60"]])
def test_forms(sparql, limit):
    """Each form of query is answered, with a limit on time and without."""
    assert sparql(SELECT, *limit) == (0, "x           day\nFerry Pact  1903-04-30\n", "")
    assert sparql("ASK { ?x ukj:never ?y }", *limit) == (0, "no\n", "")
    assert sparql(CONSTRUCT, "--format", "ntriples", *limit)[1] == (
        "<https://w3id.org/ukjapan/id/instrument/ferry-pact> <https://w3id.org/ukjapan/ns#carries> "
        "<https://w3id.org/ukjapan/id/instrument/harbour-accord> .\n"
    )
    assert "ukj:signedOn" in sparql("DESCRIBE instrument:ferry-pact", *limit)[1]


def test_from_file_and_standard_input(sparql, tmp_path, monkeypatch):
    """The query can be in a file, or come on standard input."""
    path = tmp_path / "my query.rq"
    path.write_text(f"# a comment\n{SELECT}\n", encoding="utf-8")
    expected = sparql(SELECT)

    assert sparql(str(path)) == expected
    monkeypatch.setattr("sys.stdin", io.StringIO(SELECT))
    assert sparql("-") == expected


@pytest.mark.parametrize(
    ("form", "expected"), [("table", "yes\n"), ("markdown", "yes\n"), ("csv", "true\n"), ("tsv", "true\n")]
)
def test_truth(sparql, form, expected):
    """A truth is yes or no for people, true or false for machines."""
    assert sparql("ASK {}", "--format", form)[1] == expected


def test_truth_as_json(sparql):
    """In JSON a truth has the form of the standard."""
    assert json.loads(sparql("ASK {}", "--format", "json")[1]) == {"head": {}, "boolean": True}


def test_empty_rows(sparql):
    """No rows are a header alone."""
    assert sparql("SELECT ?x { ?x ukj:never ?y }") == (0, "x\n", "")


def test_stopped(sparql):
    """A query that takes too long is stopped with 4 and no output."""
    code, out, err = sparql(HEAVY, "--timeout", "0.5")

    assert (code, out) == (4, "")
    assert "stopped after 0.5 s" in err


@pytest.mark.parametrize(
    ("argv", "code", "reason"),
    [
        (["SELECT ?x {\n ?x foo:bar ?y }"], 2, "line 2, column 5"),
        (["SELECT ?x { SERVICE <http://127.0.0.1:9/> {} }"], 2, "refused"),
        (["INSERT DATA { <a:b> <a:b> <a:b> }"], 2, "refused"),
        ([SELECT, "--format", "turtle"], 2, "choose from table"),
        ([CONSTRUCT, "--format", "csv"], 2, "choose from turtle"),
        ([SELECT, "--format", "excel"], 2, "invalid choice"),
        ([SELECT, "--timeout", "soon"], 2, "number of seconds"),
        ([SELECT, "--timeout", "0"], 2, "number of seconds"),
        ([SELECT, "--timeot", "3"], 2, "Did you mean --timeout"),
        (["gone.rq"], 3, "no such file"),
        ([], 2, "query"),
    ],
)
def test_wrong_calls(sparql, argv, code, reason):
    """A wrong call says what to mend and answers nothing."""
    found, out, err = sparql(*argv)

    assert (found, out) == (code, "")
    assert reason in err


def test_folder_and_bytes_in_place_of_a_file(sparql, tmp_path):
    """A folder, or a file that is no text, is refused without a traceback."""
    (tmp_path / "x.rq").write_bytes(b"\xff\xfe")

    assert [sparql(str(path))[0] for path in (tmp_path, tmp_path / "x.rq")] == [3, 3]
