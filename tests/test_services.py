"""Finding the parts of a query that other services answer."""

import pytest

from ukjapan_graph.errors import QuerySyntaxError, UsageError
from ukjapan_graph.querying.services import outer_group, service_blocks

A, B = "http://a.example/sparql", "http://b.example/sparql"


def test_a_block():
    """A block has its address, its text, its variables and its line."""
    text = f"SELECT ?x ?y\nWHERE {{ ?x a ?c .\n SERVICE <{A}> {{ ?x ?p ?y {{ ?y ?q 1 }} }} }}"

    (block,) = service_blocks(text)

    assert (block.service, block.variables, block.line, block.optional) == (A, ("p", "q", "x", "y"), 3, None)
    assert text[slice(*block.inside)] == " ?x ?p ?y { ?y ?q 1 } "
    assert text[block.start : block.end].startswith("SERVICE") and text[block.end :] == " }"


def test_in_an_optional():
    """A block that is all of an OPTIONAL knows where that stands."""
    text = f"SELECT * {{ ?x a ?c OPTIONAL {{ service<{A}>{{ ?x ?p ?y }} }} }}"

    (block,) = service_blocks(text)

    assert text[slice(*block.optional)] == f"OPTIONAL {{ service<{A}>{{ ?x ?p ?y }} }}"


def test_two_blocks():
    """Blocks come in the order of the text."""
    text = f"SELECT * {{ SERVICE <{B}> {{ ?x ?p ?y }} SERVICE <{A}> {{ ?y ?q ?z }} }}"

    assert [block.service for block in service_blocks(text)] == [B, A]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?x ?p 'SERVICE <http://a.example/> { }' }",
        "SELECT * { ?x ?p ?service # SERVICE <http://a.example/> { }\n }",
        "SELECT * { ?x <http://a.example/SERVICE> service:x }",
    ],
)
def test_what_only_looks_like_one(text):
    """A word in a string, a comment, a name or an IRI is no block."""
    assert service_blocks(text) == []


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f"SERVICE SILENT <{A}> {{ }}", "SILENT is refused"),
        ("?x ?p ?s SERVICE ?s { }", "by its whole address"),
        ("SERVICE wd:sparql { }", "by its whole address"),
        (f"SERVICE <{A}> ?x", "a brace must follow"),
        (f"SERVICE <{A}> {{ SERVICE <{B}> {{ }} }}", "cannot be sent to another one"),
        (f"{{ SERVICE <{A}> {{ }} }} UNION {{ }}", "outermost group"),
        (f"FILTER EXISTS {{ SERVICE <{A}> {{ }} }}", "outermost group"),
        (f"OPTIONAL {{ ?x ?p ?y SERVICE <{A}> {{ }} }}", "outermost group"),
        (f"OPTIONAL {{ SERVICE <{A}> {{ }} ?x ?p ?y }}", "nothing else may stand"),
        (f"?x ?p ?y FILTER(?y > 1) SERVICE <{A}> {{ ?x ?q ?z }}", "put FILTER after the last SERVICE"),
        (f"?x ?p ?y MINUS {{ ?x a ?y }} SERVICE <{A}> {{ ?x ?q ?z }}", "put MINUS after the last SERVICE"),
    ],
)
def test_what_cannot_be_sent_on(inside, words):
    """Whatever would give other rows, or fewer without a word, is refused, with its place."""
    with pytest.raises(UsageError, match=words) as caught:
        service_blocks(f"SELECT * WHERE {{ {inside} }}")
    assert "line 1, column" in str(caught.value)


def test_a_filter_deeper_down():
    """A FILTER of a group of its own may come before."""
    assert service_blocks(f"SELECT * {{ {{ ?x ?p ?y FILTER(?y > 1) }} SERVICE <{A}> {{ ?x ?q ?z }} }}")


def test_the_outer_group():
    """The outermost group is that of WHERE, also below a CONSTRUCT's template."""
    for text in ("SELECT * { a }", "CONSTRUCT { b } WHERE { a }"):
        assert text[slice(*outer_group(text))] == " a "


@pytest.mark.parametrize("text", [f"SELECT * {{ SERVICE <{A}> {{ ", f"SELECT * }} SERVICE <{A}> {{ }}"])
def test_braces_that_do_not_match(text):
    """Braces that do not match are shown by their place."""
    with pytest.raises(QuerySyntaxError, match="brace"):
        service_blocks(text)
