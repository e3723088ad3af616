"""What is out of place in the sources."""

import pytest

from small_project import DOCUMENT, FIRST_LINE, make, put
from ukjapan_graph.data import placement, sources
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.namespaces import expand

TRIG = "graph/documents/2004-harbour.trig"


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def found(root):
    """Place, focus and check of each finding."""
    return [(f.path, f.line, f.focus, f.check) for f in sources.read_all(root)[1]]


@pytest.mark.parametrize(
    ("extra", "line", "focus", "check"),
    [
        ("event:a ukj:n 1 .", 0, "event:a", "in-its-place"),
        ("{ event:a ukj:n 1 }", 0, "event:a", "in-its-place"),
        ("graph:documents {\n event:a ukj:n 1 }", 1, "event:a", "in-its-place"),
        ("graph:entities { event:a ukj:n 1 }", 0, "graph:entities", "in-its-place"),
        ("passage:harbour.S3 { event:a ukj:n 1 }", 0, "passage:harbour.S3", "passage-described"),
        ("reading:harbour.S1 { event:a ukj:n 1 }", 0, "reading:harbour.S1", "passage-described"),
        ("passage:castle.S1 { event:a ukj:n 1 }", 0, "passage:castle.S1", "in-its-place"),
        (
            "graph:documents {\n\n passage:harbour.S3 a ukj:Passage ; ukj:inDocument document:castle }",
            2,
            "passage:harbour.S3",
            "in-its-place",
        ),
        (
            "graph:documents { mention:harbour.S9-1 ukj:inPassage passage:harbour.S9 }",
            0,
            "mention:harbour.S9-1",
            "passage-described",
        ),
        (
            "graph:documents { reading:harbour.S9 ukj:readingOf passage:harbour.S9 }",
            0,
            "reading:harbour.S9",
            "passage-described",
        ),
    ],
)
def test_what_is_out_of_place_in_a_document_is_found(root, extra, line, focus, check):
    """A statement in the wrong block, or of a passage not described here, is one finding at its line."""
    put(root, TRIG, DOCUMENT + extra + "\n")
    at = FIRST_LINE + DOCUMENT.count("\n") + line
    assert found(root) == [(TRIG, at, focus, check)]


@pytest.mark.parametrize(
    ("name", "body", "focus"),
    [
        ("graph/inferences.ttl", "event:regatta ukj:follows event:parade .", "event:regatta"),
        ("graph/tensions.ttl", "event:regatta ukj:follows event:parade .", "event:regatta"),
        ("graph/silences.ttl", "event:regatta ukj:likelySameAs event:parade .", "event:regatta"),
    ],
)
def test_facts_do_not_hide_among_inferences_or_silences(root, name, body, focus):
    """A plain fact in the file of inferences or of silences is a finding."""
    put(root, name, body)
    assert found(root) == [(name, FIRST_LINE, focus, "in-its-place")]


@pytest.mark.parametrize("tie", ["ukj:likelySameAs event:parade", 'ukj:earliest "2004-02-03"^^xsd:date'])
def test_hedged_links_and_bounds_may_stand_beside_inferences(root, tie):
    """Links of likely identity and bounds of dates belong beside the inferences behind them."""
    put(root, "graph/inferences.ttl", f"event:regatta {tie} .")
    assert found(root) == []


def test_the_documents_of_a_file_are_named(root):
    """The documents that quads describe are given by IRI, sorted."""
    path = put(root, TRIG, DOCUMENT + "graph:documents { document:castle a ukj:Document }")
    documents = placement.described_documents(parse_bytes(path.read_bytes(), path))
    assert documents == [expand("document:castle"), expand("document:harbour")]
