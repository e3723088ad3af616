"""Where a thing is told of, and what a text of code names."""

import pytest

from ukjapan_graph.namespaces import BASE, expand
from ukjapan_graph.publishing.links import Links, anchor, names_in, pieces

LINKS = Links(
    {expand("ukj:State")},
    {expand("force:will")},
    {expand("shape:Event-host")},
    {expand("passage:a.S1"), expand("query:acts")},
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ukj:State", "index.html#State"),
        ("force:will", "lists.html#force-will"),
        ("shape:Event-host", "shapes.html#Event-host"),
        ("passage:a.S1", "passages.html#a.S1"),
        ("query:acts", "queries.html#acts"),
        ("state:japan", ""),
        ("ukj:Nothing", ""),
        ("skos:broader", "http://www.w3.org/2004/02/skos/core#broader"),
    ],
)
def test_a_thing_is_linked_to_where_it_is_told_of(name: str, expected: str) -> None:
    """Ours only where there is an anchor, others at their own address."""
    assert LINKS.href(expand(name), "rules.html") == expected


def test_a_node_that_only_an_axiom_needs_is_not_linked() -> None:
    """There is nothing to see at its address."""
    assert LINKS.href(BASE + "axiom/chain-1", "index.html") == ""


def test_a_link_within_a_page_is_a_fragment() -> None:
    """The fragment of a term's IRI is its anchor."""
    assert LINKS.href(expand("ukj:State"), "index.html") == "#State"
    assert anchor(expand("ukj:State")) == "State"


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "urn:x"])
def test_only_addresses_of_the_web_are_linked(iri: str) -> None:
    """An IRI that a browser would run or open from the disk is shown, not linked."""
    assert LINKS.href(iri, "index.html") == ""


CODE = """# ukj:Comment
PREFIX ukj: <https://w3id.org/ukjapan/ns#>
SELECT ?x WHERE { GRAPH passage:a.S1 { ?x a ukj:State ; ukj:name "ukj:Not, #no"@en , 'a "b"' } }"""


def test_pieces_make_up_the_whole_code() -> None:
    """Nothing of the code is lost or changed."""
    assert "".join(piece.text for piece in pieces(CODE)) == CODE
    assert [p.text for p in pieces(CODE) if p.kind == "keyword"] == [
        "PREFIX",
        "SELECT",
        "WHERE",
        "GRAPH",
        "a",
    ]
    assert [p.text for p in pieces(CODE) if p.kind == "string"] == ['"ukj:Not, #no"', "'a \"b\"'"]


def test_names_are_not_taken_from_comments_and_strings() -> None:
    """What is only mentioned in words is not named."""
    ours = {iri for iri in names_in(CODE) if not iri.endswith("#")}
    assert ours == {expand("ukj:State"), expand("ukj:name"), expand("passage:a.S1")}
