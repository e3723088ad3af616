"""The order of a document's file."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from rdf_strategies import IRIS, LITERALS
from small_project import DOCUMENT, HEADER
from ukjapan_graph.data.blocks import DOCUMENTS, in_document_order
from ukjapan_graph.data.canonical import parse_bytes, text
from ukjapan_graph.data.literals import normal
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES, expand, shorten

XSD = PREFIXES["xsd"]


def parsed(body):
    """Quads of the TriG ``body``."""
    return parse_bytes((HEADER + body).encode(), Path("x.trig"))


def test_layout_of_a_document():
    """The document comes first, then each passage by its start: metadata, facts, and what follows."""
    made = text(parsed(DOCUMENT), ".trig")
    blocks = [line for line in made.split("\n") if line and line[0] not in " }@"]
    assert blocks == [
        "graph:documents {",
        "graph:documents {",
        "passage:harbour.S1 {",
        "graph:documents {",
        "reading:harbour.S2 {",
    ]
    assert (
        made.index("document:harbour a")
        < made.index("mention:harbour.S1-1")
        < made.index("passage:harbour.S2 a")
    )
    assert made.endswith("reading:harbour.S2 {\n  event:regatta ukj:buildsOn event:parade .\n}\n")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3), IRIS, LITERALS), max_size=6),
)
def test_trig_of_a_document_comes_back(facts):
    """Facts in passages of a document come back from its canonical text, in whatever order they came."""
    quads = []
    for number, predicate, subject, value in facts:
        passage = NamedNode(f"{PREFIXES['passage']}harbour.S{number}")
        documents = NamedNode(DOCUMENTS)
        start = Literal(str(100 - number), datatype=NamedNode(XSD + "integer"))
        quads += [
            Quad(
                passage,
                NamedNode(PREFIXES["rdf"] + "type"),
                NamedNode(PREFIXES["ukj"] + "Passage"),
                documents,
            ),
            Quad(passage, NamedNode(PREFIXES["ukj"] + "start"), start, documents),
            Quad(subject, NamedNode(f"{PREFIXES['ukj']}p{predicate}"), value, passage),
        ]
    made = text(quads, ".trig")
    assert set(parse_bytes(made.encode(), Path("x.trig"))) == {normal(q) for q in quads}
    random.Random(4).shuffle(quads)
    assert text(quads, ".trig") == made


@pytest.mark.parametrize(
    "body",
    ["event:a ukj:n 1 .", "graph:entities { event:a ukj:n 1 . }", "passage:harbour.S9 { event:a ukj:n 1 . }"],
)
def test_a_graph_without_a_place_cannot_be_written(body):
    """TriG has no place for loose triples, other graphs, or passages that it does not describe."""
    with pytest.raises(SourceError, match="has no place in this file"):
        text(parsed(body), ".trig", path="x.trig")


def test_a_passage_stands_before_its_mentions_and_readings():
    """In its own block a passage comes first, and mentions count as people count."""
    mentions = " ".join(f"mention:harbour.S1-{n} ukj:inPassage passage:harbour.S1 ." for n in (10, 2))
    blocks = in_document_order(parsed(DOCUMENT + f"graph:documents {{ {mentions} }}"))
    assert [shorten(block.first) for block in blocks if block.first] == [
        "passage:harbour.S1",
        "passage:harbour.S2",
    ]
    made = text(parsed(DOCUMENT + f"graph:documents {{ {mentions} }}"), ".trig")
    names = [
        "passage:harbour.S1 a",
        "mention:harbour.S1-1\n",
        "mention:harbour.S1-2",
        "mention:harbour.S1-10",
    ]
    assert sorted(names, key=made.index) == names


def test_passages_without_a_start_come_last():
    """A passage of which it is not said where it starts stands after all others, and nothing is lost."""
    late = "passage:harbour.A1 a ukj:Passage ; ukj:inDocument document:harbour ."
    blocks = in_document_order(parsed(DOCUMENT + f"graph:documents {{ {late} }}"))
    assert blocks[-1].first == expand("passage:harbour.A1")
    assert sum(len(block.quads) for block in blocks) == len(parsed(DOCUMENT)) + 2
