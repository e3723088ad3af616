"""``ukjapan show``."""

import json

import pytest
from pyoxigraph import RdfFormat, parse

import small_graph
from ukjapan_graph.cli import main

PACT = """Ferry Pact (instrument:ferry-pact)
Type: agreement
Note: Between two towns.

Identity
  between: Eastport
  between: Westport

Names in the documents
  “the Boat Treaty”: Gazette 1903, 1; Gazette 1903, 2
  “that paper”: Gazette 1903, 2

Gazette 1903, 1: stated
  signed on: 1903-04-30

Gazette 1903, 2: stated
  Harbour Accord → builds on → Ferry Pact

Gazette 1903, 2 (reading): entailed
Because: Whoever grows out of a thing comes after it.
  Harbour Accord → follows → Ferry Pact

Gazette 1903, 10: stated
  A night ferry is hoped for. [hoped; Ada Quay]

Almanac, 1: stated
  Harbour Accord → builds on → Ferry Pact

Follows by the ontology and its rules
  signed by: Ada Quay

Inferred, not asserted
  Night Protocol → builds on → Ferry Pact (inferred, weak)
    because: Both are about crossings.
    from: Gazette 1903, 1; Gazette 1903, 10

The documents do not say
  No document says that the pact is in force. (nearest: Gazette 1903, 1)
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def show(release, capsys):
    """Runs the command; gives exit code, output and talk."""

    def run(*argv):
        code = main(["show", *argv, "--release", release])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("name", ["ferry-pact", "the Boat Treaty"])
def test_text(show, name):
    """A thing is shown with its names, passages in document order, inferences and silences."""
    assert show(name) == (0, PACT, "")


def test_markdown(show):
    """Markdown has the same lines as headings and lists, with its signs escaped."""
    code, out, _ = show("tide-table", "--format", "markdown")

    assert code == 0
    assert out.startswith("# Tide Table, or: a \\| pipe (instrument:tide-table)\n\nType: agreement\n")
    assert "## The documents do not say\n\n- No passage says anything of it.\n" in out


def test_json(show):
    """JSON has the description by field, things by IRI, name and label."""
    found = json.loads(show("ferry-pact", "--format", "json")[1])

    assert found["entity"] == {
        "iri": "https://w3id.org/ukjapan/id/instrument/ferry-pact",
        "name": "instrument:ferry-pact",
        "label": "Ferry Pact",
    }
    assert found["passages"][0]["facts"][0]["object"] == "1903-04-30"
    assert found["inferences"][0]["grade"] == "weak"


def test_turtle(show):
    """Turtle has the triples about the thing."""
    triples = {
        quad.triple
        for quad in parse(show("ferry-pact", "--format", "turtle")[1].encode(), format=RdfFormat.TURTLE)
    }

    assert len(triples) > 10
    assert all("ferry-pact" in str(triple) for triple in triples)


def test_nothing_said(show):
    """A thing of which no passage speaks says so."""
    assert show("lighthouse")[1].endswith("The documents do not say\n  No passage says anything of it.\n")


def test_wrapped(show, monkeypatch):
    """On a terminal, lines are wrapped and hang below their own start."""
    monkeypatch.setattr("ukjapan_graph.cli.render.terminal_width", lambda: 40)

    lines = show("ferry-pact")[1].splitlines()

    assert max(map(len, lines)) <= 40
    assert "    Gazette 1903, 2" in lines


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["fery-pact"], "Did you mean instrument:ferry-pact"),
        (["mayor"], "person:ada-quay  Ada Quay\n  person:ben-quay"),
        (["ferry-pact", "--format", "pdf"], "invalid choice"),
        (["ferry", "pact"], "there is no place for pact"),
        ([], "entity"),
    ],
)
def test_wrong_calls(show, argv, reason):
    """A wrong call says what to mend, shows nothing, and leaves with 2."""
    code, out, err = show(*argv)

    assert (code, out) == (2, "")
    assert reason in err
