"""Which files are sources, and what is out of place in them."""

import pytest
from pyoxigraph import NamedNode, Quad

from small_project import DOCUMENT, FILES, FIRST_LINE, make, put
from ukjapan_graph.data import sources
from ukjapan_graph.namespaces import expand

TRIG = "graph/documents/2004-harbour.trig"


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def found(root):
    """Place, focus and check of each finding."""
    return [(f.path, f.line, f.focus, f.check) for f in sources.read_all(root)[1]]


def test_a_file_describes_one_document(root):
    """A second document in a file, a file without one, and a document in two files are findings."""
    put(root, TRIG, DOCUMENT + "graph:documents { document:castle a ukj:Document }\n")
    put(root, "graph/documents/none.trig", "")
    assert [(f[0], f[2], f[3]) for f in found(root)] == [
        (TRIG, "document:harbour", "one-document"),
        (TRIG, "document:castle", "one-document"),
        ("graph/documents/none.trig", "", "one-document"),
    ]
    put(root, TRIG, DOCUMENT)
    put(root, "graph/documents/none.trig", "graph:documents { document:harbour a ukj:Document }")
    assert found(root) == [("graph/documents/none.trig", 0, "document:harbour", "one-document")]


@pytest.mark.parametrize(
    "name", ["graph/events.ttl", "graph/documents/a.ttl", "graph/entities/a.trig", "ontology/a/b.ttl"]
)
def test_files_that_nothing_reads_are_found(root, name):
    """RDF in a folder or under a name where the build does not look is a finding, and not lost in silence."""
    put(root, name, "")
    assert found(root) == [(name, 0, "", "in-its-place")]


def test_things_are_located_where_they_are_described(root):
    """A name leads to the line of its type, else to one where it is subject, else to one that names it."""
    put(root, "ontology/disjoint.ttl", "ukj:Meeting owl:disjointWith ukj:Parade .\n")
    put(root, "ontology/terms.ttl", "\n# ukj:Meeting a\nukj:Meeting a owl:Class .\n")
    locator = sources.Locator(root)
    assert locator.find("ukj:Meeting") == ("ontology/terms.ttl", FIRST_LINE + 2)
    assert locator.find(expand("event:regatta")) == (TRIG, FIRST_LINE + 7)
    assert locator.find("event:parade") == ("graph/entities/events.ttl", FIRST_LINE + 1)
    assert locator.find("passage:harbour.S2") == (TRIG, FIRST_LINE + 3)
    assert locator.find("ukj:Parade") == ("ontology/disjoint.ttl", FIRST_LINE)
    assert locator.find("query:held.thing") == ("queries/held.rq", 1)
    assert locator.find("query:unheld") is None
    assert sources.locate("event:unheard-of", root) is None


def test_locating_works_in_a_broken_file(root):
    """A name is found even where the file does not parse."""
    put(root, "graph/entities/events.ttl", "event:a ukj:n .\nevent:b a ukj:Event")
    assert sources.locate("event:b", root) == ("graph/entities/events.ttl", FIRST_LINE + 1)


def test_an_empty_project_has_no_sources(tmp_path):
    """No files, no quads, no findings."""
    assert sources.read_all(tmp_path) == ([], [])
    assert set(FILES)  # the small project is not empty, so the tests above read something


def test_each_file_is_its_graph(root):
    """Turtle files are the graph of their folder or name; a document's file names its own graphs."""
    graphs = {source.path: source.graph.rpartition("/")[2] for source in sources.source_files(root)}
    assert graphs == {
        "graph/documents/2004-harbour.trig": "",
        "graph/entities/events.ttl": "entities",
        "graph/graphs.ttl": "documents",
        "graph/inferences.ttl": "inferences",
        "graph/silences.ttl": "silences",
        "ontology/terms.ttl": "ontology",
    }
    assert list(graphs) == sorted(graphs)


def test_all_is_read_into_its_graph(root):
    """Every statement of every file arrives in its graph, and a sound project has no findings."""
    quads, findings = sources.read_all(root)
    assert findings == []
    assert Quad(
        NamedNode(expand("event:regatta")),
        NamedNode(expand("ukj:date")),
        next(q.object for q in quads if q.predicate.value == expand("ukj:date")),
        NamedNode(expand("passage:harbour.S1")),
    ) in set(quads)
    assert len(quads) == 1 + 2 + 1 + 1 + 2 + 14


def test_shapes_and_alignments_are_formatted_but_not_read(root):
    """Shapes and alignments are kept in canonical form and are no part of the graph."""
    before = sources.read_all(root)
    put(root, "ontology/shapes/events.ttl", "shape:Event a sh:NodeShape .\n")
    put(root, "ontology/alignments/org.ttl", "ukj:Organisation rdfs:subClassOf owl:Thing .\n")
    assert {"ontology/shapes/events.ttl", "ontology/alignments/org.ttl"} <= set(sources.formatted_files(root))
    assert sources.read_all(root) == before


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("event:a ukj:n\n event:b event:c .\n", 1, "syntax error"),
        (b"event:a ukj:n '\xfe' .\n", 0, "not UTF-8"),
        ("event:a ukj:n\n [ ukj:m 1 ] .\n", 1, "blank node"),
    ],
)
def test_bad_files_are_findings_and_the_rest_is_read(root, body, line, reason):
    """A file that does not parse is one finding with its line; other bad files are found in the same run."""
    put(root, "graph/entities/bad.ttl", body)
    put(root, "graph/silences.ttl", "silence:one a\n")
    quads, findings = sources.read_all(root)
    assert [(f.path, f.line, f.check) for f in findings] == [
        ("graph/entities/bad.ttl", FIRST_LINE + line, "readable"),
        ("graph/silences.ttl", FIRST_LINE + 1, "readable"),
    ]
    assert reason in findings[0].message
    assert any(quad.subject.value == expand("event:parade") for quad in quads)
