"""What goes to a service and what comes back."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from ukjapan_graph.answering.engines import Rows
from ukjapan_graph.errors import RemoteError
from ukjapan_graph.linking.neighbours.requests import SKOLEM, Live, Request, values

A, B = NamedNode("http://x/a"), NamedNode("http://x/b")
REQUEST = Request("http://s/", "PREFIX : <http://x/>\n", " ?x :p ?y ", ("x", "y"), ("x",), [(A,), (B,)])


def answer(*found, request=REQUEST, batch=1):
    """What is made of the answers ``found``, given in turn."""
    given = list(found)
    return Live(lambda text: given.pop(0), batch=batch).answer(request)


def test_texts():
    """Columns by name, a batch of values before the block; the counts are those of the values."""
    assert list(REQUEST.texts(1)) == [
        ("PREFIX : <http://x/>\nSELECT ?x ?y WHERE { VALUES (?x) { (<http://x/a>) }\n ?x :p ?y }", 1),
        ("PREFIX : <http://x/>\nSELECT ?x ?y WHERE { VALUES (?x) { (<http://x/b>) }\n ?x :p ?y }", 1),
    ]
    assert len(list(REQUEST.texts(2))) == 1


def test_nothing_goes_along():
    """Where nothing joins, the block is asked once; where it shows no variable, whether and how often it holds."""
    request = REQUEST._replace(columns=(), seeds=[()])

    assert list(request.texts(1)) == [("PREFIX : <http://x/>\nSELECT ?x ?y WHERE { ?x :p ?y }", 1)]
    ((text, _),) = request._replace(gives=()).texts(1)
    assert text.startswith("PREFIX : <http://x/>\nSELECT (1 AS ?row) ")
    assert answer(Rows(("row",), [(Literal(1),)] * 2), request=request._replace(gives=())) == ((), [(), ()])


@pytest.mark.parametrize(
    ("inside", "same"),
    [
        ("\n ?x\t:p  ?y # so\n", True),
        (" ?x :p ?y, 'a b' ", False),
        (" ?y :p ?x ", False),
    ],
)
def test_hash(inside, same):
    """Layout and comments are no other question; anything else is."""
    assert (REQUEST._replace(inside=inside).hash == REQUEST.hash) is same


def test_hash_of_white_space_that_counts():
    """White space in a string, or the end of a comment, is no layout."""
    one, two = (REQUEST._replace(inside=f" ?x :p 'a{gap}b' ") for gap in (" ", "  "))
    three, four = (REQUEST._replace(inside=f" ?x :p 1 #{end}. ?x :q 1\n ") for end in ("\n", " "))

    assert len({request.hash for request in (one, two, three, four)}) == 4


def test_columns_in_any_order():
    """Rows are put together by the names of their columns; columns that nobody asked for are left."""
    first = Rows(("y", "x"), [(Literal(1), A)])
    second = Rows(("x", "more", "y"), [(B, A, None)])

    assert answer(first, second) == (("x", "y"), [(A, Literal(1)), (B, None)])


def test_a_column_that_lacks():
    """Rows without a column that joins would go with everything; they are an error, and nothing is kept of them."""
    with pytest.raises(RemoteError, match=r"http://s/: the answer has no column x") as caught:
        answer(Rows(("x", "y"), [(A, A)]), Rows(("y",), [(A,)]))

    assert caught.value.unanswered == 1


def test_no_rows_without_columns():
    """A store that names no columns where it has no rows is understood."""
    assert answer(Rows((), []), Rows((), [])) == (("x", "y"), [])


def test_blank_nodes_of_two_answers():
    """A blank node has one name in one answer, and another in the next, where its label means another node."""
    node = BlankNode("b0")
    rows = answer(Rows(("x", "y"), [(A, node), (A, node)]), Rows(("x", "y"), [(B, node)])).rows

    names = [row[1].value for row in rows]
    assert names[0] == names[1] != names[2]
    assert all(name.startswith(SKOLEM) for name in names)


def test_values():
    """Rows as VALUES: gaps are UNDEF, and text is written as the library writes it."""
    rows = [(Literal('a"b\n', language="en"), None), (NamedNode("http://x/"), Literal(1))]

    assert values(("a", "b"), rows) == (
        'VALUES (?a ?b) { ("a\\"b\\n"@en UNDEF) (<http://x/> "1"^^<http://www.w3.org/2001/XMLSchema#integer>) }'
    )
