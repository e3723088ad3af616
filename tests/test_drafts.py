"""Files read as if they were part of the project."""

import pytest

from judged_project import DOCUMENT, make
from small_project import put
from ukjapan_graph.data.sources import read_all
from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.judging.drafts import read_drafts
from ukjapan_graph.namespaces import expand


@pytest.fixture
def root(tmp_path):
    """A small project."""
    return make(tmp_path)


@pytest.fixture
def folder(tmp_path_factory):
    """A folder outside the project."""
    return tmp_path_factory.mktemp("drafts")


@pytest.mark.parametrize(
    ("body", "graph"),
    [
        ("event:green a ukj:Boat .", "graph:entities"),
        ("inference:one a ukj:Inference . event:green ukj:latest 1 .", "graph:inferences"),
        ("silence:one a ukj:Silence .", "graph:silences"),
        ("tension:one a ukj:Tension .", "graph:tensions"),
        ("graph:more a ukj:Graph .", "graph:documents"),
        ("ukj:Raft a owl:Class .", "graph:ontology"),
    ],
)
def test_the_graph_of_a_draft_follows_from_what_it_describes(root, folder, body, graph):
    """Turtle outside the project goes to the graph in which the project keeps such things."""
    draft = put(folder, "more.ttl", body)
    drafts = read_drafts(root, [draft])
    assert {quad.graph_name.value for quad in drafts.quads} == {expand(graph)}
    assert drafts.findings == [] and drafts.replaced == set()
    assert drafts.named == {str(draft): str(draft)}


def test_a_file_of_the_project_takes_its_own_place(root, monkeypatch):
    """A file at a path of the project keeps its graph and replaces what is there, however it is named."""
    monkeypatch.chdir(root / "graph")
    from pathlib import Path

    drafts = read_drafts(root, [Path("entities/boats.ttl"), Path("documents/log.trig")])
    assert drafts.replaced == {"graph/entities/boats.ttl", "graph/documents/log.trig"}
    assert drafts.named["graph/entities/boats.ttl"] == "entities/boats.ttl"
    assert expand("event:red") in drafts.about()


def test_a_draft_of_a_document_replaces_that_document(root, folder):
    """Another file of the same document takes its place; one of another document does not."""
    same, other = put(folder, "a.trig", DOCUMENT), put(folder, "b.trig", DOCUMENT.replace(":log", ":day"))
    assert read_drafts(root, [same]).replaced == {"graph/documents/log.trig"}
    assert read_drafts(root, [other]).replaced == set()
    assert {expand("passage:day.S1"), expand("document:day")} <= read_drafts(root, [other]).about()


def test_what_a_turtle_draft_describes_is_left_out_of_the_project(root, folder):
    """Beside a draft, the project's own words on the same thing in the same graph do not hold."""
    drafts = read_drafts(root, [put(folder, "more.ttl", "event:red a ukj:Ferry .")])
    kept = [q for q in read_all(root)[0] if drafts.keeps(q) and q.subject.value == expand("event:red")]
    assert {quad.graph_name.value for quad in kept} == {expand("passage:log.S1")}


def test_what_is_no_draft_is_refused(root, folder):
    """Another kind of file, shapes, and a file that is not there are wrong calls or errors."""
    for name, body in (("a.rq", "SELECT"), ("a.nq", ""), ("shapes.ttl", "shape:Boat a sh:NodeShape .")):
        with pytest.raises(UsageError):
            read_drafts(root, [put(folder, name, body)])
    with pytest.raises(SourceError):
        read_drafts(root, [folder / "missing.ttl"])


def test_faults_of_a_draft_are_findings(root, folder):
    """A draft that does not parse has a finding under its own path and says nothing."""
    draft = put(folder, "broken.ttl", "event:green a")
    drafts = read_drafts(root, [draft])
    assert [(finding.path, finding.check) for finding in drafts.findings] == [(str(draft), "readable")]
    assert drafts.quads == []
