"""``ukjapan reason``."""

import json
from pathlib import Path

import pytest

from small_project import HEADER
from ukjapan_graph.cli import main
from ukjapan_graph.data.canonical import parse_bytes, text
from ukjapan_graph.data.entailment import entail
from ukjapan_graph.data.rules import read_rules
from ukjapan_graph.resources import root

CLASH = """@prefix passage: <https://w3id.org/ukjapan/id/passage/> .
@prefix person: <https://w3id.org/ukjapan/id/person/> .
@prefix ukj: <https://w3id.org/ukjapan/ns#> .
passage:made-up.S1 { person:boris-johnson a ukj:State . }
"""
SMALL = """graph:ontology { <https://w3id.org/ukjapan/ns> a owl:Ontology .
  ukj:State a owl:Class ; owl:disjointWith ukj:Tree . ukj:Tree a owl:Class .
  ukj:near a owl:ObjectProperty , owl:SymmetricProperty . ukj:by a owl:ObjectProperty .
  ukj:near rdfs:subPropertyOf ukj:by }
passage:h.S1 { state:a a ukj:State ; ukj:near state:b . state:b a ukj:State }
"""


@pytest.fixture
def reason(capsys, monkeypatch):
    """Runs the command; gives exit code, output and talk."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*argv):
        code = main(["reason", *map(str, argv)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def small(tmp_path):
    """A release file of two things, sound."""
    path = tmp_path / "small.nq"
    quads = parse_bytes((HEADER + SMALL).encode(), Path("small.trig"))
    path.write_text(text([*quads, *entail(quads, read_rules(root()))], ".nq"), encoding="utf-8")
    return path


def test_a_sound_release(reason, small):
    """A sound release is proved so, in words and numbers."""
    assert reason("--release", small) == (
        0,
        "Consistent: 7 axioms on 2 things\n\n"
        "Proved\n"
        "  Each of the 2 classes can have members.\n"
        "  What follows is what the rules make: 3 types and links, by HermiT and by the rules. "
        "The rules make 0 labels and days besides, on which OWL has no say.\n"
        "  All is OWL 2 DL.\n",
        "",
    )


def test_a_draft_that_clashes(reason, tmp_path):
    """A draft that contradicts the graph is told with both places and the axiom, and leaves with 1."""
    draft = tmp_path / "draft.trig"
    draft.write_text(CLASH, encoding="utf-8")
    code, out, err = reason(draft)

    assert (code, err) == (1, "")
    assert out.endswith(
        "These cannot all be true\n"
        "  Boris Johnson is of the class person (entities)\n"
        "  Boris Johnson is of the class state (passage:made-up.S1)\n"
        "  nothing is at once of the classes person and state (ontology)\n"
    )


def test_json(reason, small):
    """JSON has every field, things by IRI, name and label."""
    with small.open("a", encoding="utf-8") as file:
        file.write(
            "<https://w3id.org/ukjapan/id/state/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://w3id.org/ukjapan/ns#Tree> <https://w3id.org/ukjapan/id/passage/h.S2> .\n"
        )
    code, out, _ = reason("--release", small, "--format", "json")
    found = json.loads(out)

    assert code == 1
    assert (found["sound"], found["consistent"]) == (False, False)
    (clash,) = found["clashes"]
    assert [(r["kind"], r["where"][0]["name"]) for r in clash["reasons"]] == [
        ("ClassAssertion", "passage:h.S1"),
        ("ClassAssertion", "passage:h.S2"),
        ("DisjointClasses", "graph:ontology"),
    ]


def test_view(reason, small):
    """What the reasoner reads can be had as N-Triples, without what the rules made."""
    code, out, err = reason("--release", small, "--view")

    assert (code, err) == (0, "")
    assert "<https://w3id.org/ukjapan/ns#near> <https://w3id.org/ukjapan/id/state/b> .\n" in out
    assert "<https://w3id.org/ukjapan/ns#by> <https://w3id.org/ukjapan/id/state/b> .\n" not in out


def test_markdown(reason, tmp_path):
    """Markdown has a title, headings and lists."""
    release = tmp_path / "small.nq"
    release.write_text("", encoding="utf-8")
    code, out, _ = reason("--release", release, "--format", "markdown")

    assert code == 0
    assert out.startswith("# Consistent: 0 axioms on 0 things\n\n## Proved\n\n- ")


@pytest.mark.parametrize(
    ("argv", "code", "reason_why"),
    [
        (["--timeout", "0"], 2, "a number of seconds above 0"),
        (["--timeout", "0.01"], 4, "raise --timeout"),
        (["--release", "no-such.nq"], 3, "no release file"),
        (["draft.txt"], 2, "is Turtle (.ttl) or TriG (.trig)"),
        (["no-such.trig"], 3, "is no file"),
        (["a.trig", "--release", "b.nq"], 2, "leave out --release"),
        (["--fromat", "json"], 2, "Did you mean --format"),
    ],
)
def test_wrong_calls(reason, argv, code, reason_why):
    """Each mistake has its exit code and says what to mend."""
    found, out, err = reason(*argv)

    assert (found, out) == (code, "")
    assert reason_why in err


def test_a_draft_that_cannot_be_read(reason, tmp_path):
    """A draft that does not parse is a finding with its line."""
    draft = tmp_path / "draft.trig"
    draft.write_text("passage:x {\n", encoding="utf-8")
    code, out, err = reason(draft)

    assert (code, out) == (1, "")
    assert "draft.trig" in err
