"""The judge of the links."""

import pytest

from small_links import ENTITIES, FIRST, PARADE, REGATTA, text, write
from small_project import make, put
from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.judging.mappings import judge

PATH = "graph/links/wikidata.sssom.tsv"


@pytest.fixture
def root(tmp_path):
    """A small project with sound links."""
    root = make(tmp_path / "project")
    put(root, "graph/entities/events.ttl", ENTITIES)
    write(root, PARADE)
    return root


def put_draft(folder, *rows):
    """A draft of a mapping set beside the project."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "wikidata.sssom.tsv"
    path.write_text(text(*rows), encoding="utf-8")
    return path


def test_the_project_s_sets_are_judged(root):
    """Accepted sets and candidates are judged together, with the graph."""
    assert judge(root) == []
    write(root, PARADE | {"subject_label": "Parade"}, REGATTA)
    path = write(root, REGATTA, candidates=True)
    assert [(f.path, f.line, f.check) for f in judge(root)] == [
        (path, FIRST, "link:candidate"),
        (PATH, FIRST, "link:label"),
    ]


def test_a_draft_takes_the_place_of_its_set(root, tmp_path):
    """A draft is judged instead of the set of its name; what is wrong elsewhere is not told."""
    write(root, PARADE | {"confidence": "2"})
    draft = put_draft(tmp_path / "draft", PARADE, REGATTA | {"object_id": "wd:4"})
    (finding,) = judge(root, [draft])
    assert (finding.path, finding.line, finding.check) == (str(draft), FIRST + 1, "link:identifier")


def test_drafts_of_candidates(root, tmp_path):
    """A draft in a folder called candidates holds candidates: what is accepted already is found."""
    assert judge(root, [put_draft(tmp_path / "candidates", REGATTA)]) == []
    (finding,) = judge(root, [put_draft(tmp_path / "candidates", PARADE)])
    assert (finding.check, f"accepted at {PATH}:{FIRST}" in finding.message) == ("link:candidate", True)


def test_sources_that_cannot_be_read_are_told(root):
    """What keeps the mappings from being compared with the graph is a finding too."""
    put(root, "graph/entities/events.ttl", "event:regatta a\n")
    assert [f.check for f in judge(root)] == ["readable"]


def test_files_that_are_no_mapping_sets(root, tmp_path):
    """A file of another name, or none, is an error that says what is wanted."""
    with pytest.raises(UsageError, match=r"called <neighbour>\.sssom\.tsv"):
        judge(root, [tmp_path / "links.tsv"])
    with pytest.raises(SourceError, match="is no file"):
        judge(root, [tmp_path / "wikidata.sssom.tsv"])
