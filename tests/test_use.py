"""How often a term occurs, and how firmly."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from paged_project import index
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.material import Index
from ukjapan_graph.publishing.phrases import plain
from ukjapan_graph.publishing.use import in_words, use

DATE = expand("ukj:date")


def words(*said: tuple[str, str]) -> str:
    """The use of ``ukj:date`` in words, where each of ``said`` is (value, graph)."""
    quads = [
        Quad(NamedNode(expand("event:x")), NamedNode(DATE), Literal(value), NamedNode(expand(graph)))
        for value, graph in said
    ]
    return plain(in_words(use(Index(quads), DATE, "data property"), "data property"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], "0 facts"),
        ([("1", "passage:a.S1"), ("1", "passage:a.S2")], "1 fact, stated in 2 passages"),
        ([("1", "reading:a.S1"), ("2", "graph:entailed")], "2 facts, entailed"),
        ([("1", "graph:entities"), ("2", "graph:entities")], "2 facts, in graph:entities"),
        ([("1", "passage:a.S1"), ("1", "graph:entailed")], "1 fact, stated in 1 passage"),
        ([("1", "graph:entities"), ("1", "reading:a.S1")], "1 fact, entailed"),
        (
            [("1", "passage:a.S1"), ("2", "graph:entailed"), ("3", "graph:links")],
            "3 facts: 1 stated in 1 passage, 1 entailed, 1 in graph:links",
        ),
        (
            [("1", "graph:links"), ("2", "graph:entities"), ("3", "graph:entities")],
            "3 facts: 2 in graph:entities, 1 in graph:links",
        ),
    ],
)
def test_each_degree_of_firmness_has_its_number(said: list, expected: str) -> None:
    """A fact counts once, where it is said most firmly."""
    assert words(*said) == expected


def test_what_stands_in_no_named_graph_says_so() -> None:
    """A graph without names gives no link to nowhere."""
    bare = index("event:x a ukj:Event .")
    assert plain(in_words(use(bare, expand("ukj:Event"), "class"), "class")) == "1 thing, in no named graph"
