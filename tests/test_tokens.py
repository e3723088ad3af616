"""What is code in a SPARQL text, and what only looks like it."""

import pytest

from ukjapan_graph.errors import QuerySyntaxError
from ukjapan_graph.querying.tokens import declared_prefixes, is_word, place, tokenise, used_prefixes


@pytest.mark.parametrize(
    "text",
    [
        '"SERVICE <http://x>"',
        "'SERVICE'",
        '"""a " SERVICE \n """',
        "'''it's SERVICE'''",
        '"\\" SERVICE"',
        "# SERVICE <http://x>\n",
        "<http://x/SERVICE>",
        "ex:SERVICE",
        "SERVICE:x",
        "?SERVICE",
        "$SERVICE",
        "_:SERVICE",
        '"x"@SERVICE',
        "ex:a\\#SERVICE",
    ],
)
def test_word_inside_other_token(text):
    """A keyword in a string, comment, IRI, name, variable or language tag is no keyword."""
    assert not [token for token in tokenise(text) if is_word(token, "SERVICE")]


@pytest.mark.parametrize(
    "text", ["SERVICE<http://x>{", "service", "?a<?b#\nSERVICE", "}SERVICE#c\n<http://x>", ".SeRvIcE"]
)
def test_word_is_found(text):
    """A keyword is found in any case and whatever touches it."""
    assert [token for token in tokenise(text) if is_word(token, "SERVICE")]


def test_kinds():
    """Each terminal of the grammar gets its kind, in order; spaces and comments get none."""
    text = 'SELECT ?x # c\n { ?x <http://a> ex:b.c , "d"@en , 1.5e3 , _:e . FILTER(?x<=2 && true) }'

    kinds = [(token.kind, token.text) for token in tokenise(text)]

    assert kinds == [
        ("word", "SELECT"),
        ("variable", "?x"),
        ("mark", "{"),
        ("variable", "?x"),
        ("iri", "<http://a>"),
        ("name", "ex:b.c"),
        ("mark", ","),
        ("string", '"d"'),
        ("language", "@en"),
        ("mark", ","),
        ("number", "1.5e3"),
        ("mark", ","),
        ("name", "_:e"),
        ("mark", "."),
        ("word", "FILTER"),
        ("mark", "("),
        ("variable", "?x"),
        ("mark", "<="),
        ("number", "2"),
        ("mark", "&&"),
        ("word", "true"),
        ("mark", ")"),
        ("mark", "}"),
    ]


def test_start_is_place_in_text():
    """A token's start points at its first code point."""
    text = "é # ü\n  ?name"

    token = tokenise(text)[-1]

    assert text[token.start : token.start + 5] == "?name"
    assert place(text, token.start) == (2, 3)


@pytest.mark.parametrize("text", ["\\u0053ERVICE", "<http://a/\\u0041>", "ex:a\\u0041", "ex:a\\U00000041"])
def test_escape_outside_string(text):
    """A codepoint escape outside a string could hide a word, and is refused with its place."""
    with pytest.raises(QuerySyntaxError, match="escape") as caught:
        tokenise(f"SELECT\n {text}")

    assert caught.value.line == 2


@pytest.mark.parametrize("text", ['"open', "'open\nSERVICE", '"a" "'])
def test_string_without_end(text):
    """A string that does not end is refused, so that nothing hides behind it."""
    with pytest.raises(QuerySyntaxError, match="does not end"):
        tokenise(text)


def test_prefixes():
    """Declared prefixes come in order, used ones once each; blank nodes use none."""
    text = "PREFIX a: <http://a/> prefix : <http://b/> SELECT ?x { ?x a:p :q , c:r , a:s , _:t }"
    tokens = tokenise(text)

    assert [(n.text, iri) for n, iri in declared_prefixes(tokens)] == [
        ("a:", "http://a/"),
        (":", "http://b/"),
    ]
    assert list(used_prefixes(tokens)) == ["a", "", "c"]
