"""The file of outside facts: what is read, what is out of place, what is built beside the release."""

import pytest
from pyoxigraph import NamedNode

from small_project import FIRST_LINE, make, put
from ukjapan_graph.cli import build as build_command
from ukjapan_graph.cli import fmt
from ukjapan_graph.data import build, canonical, external, sources
from ukjapan_graph.data.rules import read_rules
from ukjapan_graph.errors import DONE, FINDINGS, FindingsError
from ukjapan_graph.namespaces import expand, shorten

FACTS = """graph:external {
  outside:almanac a ukj:OutsideSource ; ukj:sourceDate "1905"^^xsd:gYear .
  event:fair a ukj:Meeting .
}
outside:almanac {
  event:fair ukj:date "2004-03"^^xsd:gYearMonth .
  event:regatta ukj:date "2004-02-03"^^xsd:date .
  tenure:ada a ukj:Tenure ; ukj:tenureFrom "1903"^^xsd:gYear .
}
"""
QUESTION = """#+ summary: What was held, as others say?
#+ columns:
#+   what: the event
#+ silence: nobody says so
PREFIX ukj: <https://w3id.org/ukjapan/ns#>
SELECT ?what WHERE { ?what a ukj:Meeting } ORDER BY ?what
"""
NAME = "graph/external/facts.trig"
BUILT = "graph/ukjapan-external.nq"


@pytest.fixture
def root(tmp_path):
    """A small project with outside facts and a question for them."""
    make(tmp_path)
    put(tmp_path, NAME, FACTS)
    (tmp_path / "queries/external").mkdir()
    (tmp_path / "queries/external/held-outside.rq").write_text(QUESTION, encoding="utf-8")
    return tmp_path


def built(root):
    """The quads of the built file, by graph: subject, predicate, object in short."""
    found = {}
    for quad in canonical.parse_bytes(build.build_beside(root, build.build(root)), root / BUILT):
        parts = (shorten(quad.subject.value), shorten(quad.predicate.value), quad.object.value)
        found.setdefault(shorten(quad.graph_name.value), set()).add(parts)
    return found


def test_the_release_is_the_same_with_and_without(root):
    """Outside facts, and questions about them, change no byte of the release."""
    with_them = build.build(root)
    (root / NAME).unlink()
    (root / "queries/external/held-outside.rq").unlink()
    assert build.build(root) == with_them


def test_what_is_built(root):
    """Each source is a graph; questions are with the others; and what follows only with outside facts is apart."""
    found = built(root)
    assert set(found) == {"graph:external", "outside:almanac", "graph:external-entailed", "graph:queries"}
    following = found["graph:external-entailed"]
    assert ("event:fair", "rdf:type", expand("ukj:Event")) in following
    assert ("event:regatta", "ukj:earliest", "2004-02-03") in following
    assert ("tenure:ada", "ukj:latestStart", "1903-12-31") in following
    assert ("query:held-outside", "rdf:type", expand("ukj:SavedQuery")) in found["graph:queries"]


def test_what_the_corpus_entails_is_not_said_again(root):
    """Nothing that follows from the documents alone stands in the file of outside facts."""
    corpus = {q.triple for q in canonical.parse_bytes(build.build(root), root / "graph/ukjapan-graph.nq")}
    quads, findings = external.assemble_external(root, build.assemble(root)[0], read_rules(root))
    assert findings == []
    assert [q for q in quads if q.graph_name == external.EXTERNAL_ENTAILED and q.triple in corpus] == []


def test_the_command_builds_both(root, capsys):
    """Both files are written; --check finds either stale; without outside facts there is no file."""
    assert build_command.run(["--root", str(root)]) == DONE
    assert "for the world view: " in capsys.readouterr().err
    assert build_command.run(["--check", "--root", str(root)]) == DONE
    put(root, NAME, FACTS.replace("2004-03", "2004-04"))
    assert build_command.run(["--check", "--root", str(root)]) == FINDINGS
    assert f"{BUILT}:" in capsys.readouterr().out
    (root / NAME).unlink()
    (root / "queries/external/held-outside.rq").unlink()
    assert build_command.run(["--root", str(root)]) == DONE
    assert not (root / BUILT).exists()


def test_same_sources_give_the_same_bytes(root, tmp_path_factory):
    """Order and layout of the file make no difference to what is built."""
    other = make(tmp_path_factory.mktemp("other"))
    head, tail = FACTS.split("outside:almanac {\n")
    put(other, NAME, f"outside:almanac {{\n{tail}\n\n{head}")
    put(other, "queries/external/held-outside.rq", "").unlink()
    (other / "queries/external/held-outside.rq").write_text(QUESTION, encoding="utf-8")
    assert build.build_beside(other, build.build(other)) == build.build_beside(root, build.build(root))


def test_the_form_of_the_file(root, capsys):
    """In canonical form things come first, then each source described and what it says."""
    assert fmt.run(["--root", str(root)]) == DONE
    text = (root / NAME).read_text(encoding="utf-8")
    order = [text.index(part) for part in ("event:fair a", "outside:almanac a", "outside:almanac {")]
    assert order == sorted(order)
    assert fmt.run(["--check", "--root", str(root)]) == DONE
    assert NAME in sources.formatted_files(root)
    assert NAME not in [source.path for source in sources.source_files(root)]


@pytest.mark.parametrize(
    ("body", "check", "focus", "words"),
    [
        ("event:fair a", "readable", "", "syntax error"),
        ("outside:almanac { event:fair ukj:during [] }", "readable", "", "blank node"),
        ("event:fair a ukj:Meeting .", "in-its-place", "event:fair", "no block"),
        (
            "passage:harbour.S1 { event:fair a ukj:Meeting }",
            "in-its-place",
            "passage:harbour.S1",
            "not in the documents",
        ),
        (
            "reading:harbour.S1 { event:fair a ukj:Meeting }",
            "in-its-place",
            "reading:harbour.S1",
            "not in the documents",
        ),
        (
            "graph:entities { event:fair a ukj:Meeting }",
            "in-its-place",
            "graph:entities",
            "no outside source",
        ),
        (
            "outside:herald { event:fair a ukj:Meeting }",
            "outside-described",
            "outside:herald",
            "not described",
        ),
        (
            "graph:external { outside:herald a ukj:OutsideSource }",
            "outside-described",
            "outside:herald",
            "says nothing",
        ),
        (
            "graph:external { passage:harbour.S9 a ukj:Passage }",
            "in-its-place",
            "passage:harbour.S9",
            "only the documents",
        ),
        (
            "graph:external { outside:herald a ukj:OutsideSource } outside:herald { statement:x a ukj:Statement }",
            "in-its-place",
            "statement:x",
            "only the documents",
        ),
    ],
)
def test_what_is_out_of_place(root, body, check, focus, words, capsys):
    """Facts belong to the source that says them, and what is the documents' own is not for outside to describe."""
    put(root, "graph/external/bad.trig", body)
    (finding,) = external.read_external(root)[1]
    assert (finding.path, finding.check, finding.focus) == ("graph/external/bad.trig", check, focus)
    assert words in finding.message
    assert finding.line == FIRST_LINE
    with pytest.raises(FindingsError):
        build.build_beside(root, build.build(root))
    assert build_command.run(["--root", str(root)]) == FINDINGS
    assert "ukjapan-external.nq is left as it was" in capsys.readouterr().err
    assert not (root / BUILT).exists()


def test_fmt_says_what_is_out_of_place(root, capsys):
    """A block that has no place is reported with its line, and the file left alone."""
    body = FACTS + "passage:harbour.S1 { event:fair a ukj:Meeting }"
    path = put(root, "graph/external/bad.trig", body.replace("almanac", "herald"))
    before = path.read_bytes()
    assert fmt.run(["--root", str(root)]) == FINDINGS
    line = FIRST_LINE + FACTS.count("\n")
    assert f"graph/external/bad.trig:{line}: passage:harbour.S1: is a passage's" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_a_question_that_cannot_be_read(root):
    """A broken question for the world view is a finding with its file."""
    (root / "queries/external/held-outside.rq").write_text("SELECT", encoding="utf-8")
    corpus = build.assemble(root)[0]
    (finding,) = external.assemble_external(root, corpus, read_rules(root))[1]
    assert (finding.path, finding.check) == ("queries/external/held-outside.rq", "readable")


def test_without_entailed(root):
    """What the build made is left out, of the release and of the outside facts."""
    quads = external.assemble_external(root, build.assemble(root)[0], read_rules(root))[0]
    graphs = {quad.graph_name for quad in external.without_entailed(quads)}
    assert NamedNode(expand("graph:external-entailed")) not in graphs
    assert NamedNode(expand("outside:almanac")) in graphs
