"""Where things stand in a file."""

import pytest

from ukjapan_graph.data import places
from ukjapan_graph.data.places import GRAPH, OTHER, SUBJECT

FILE = """# head <http://example.org/no>
@prefix ex: <http://example.org/> .
PREFIX : <http://example.org/colon/>

ex:a a ex:Kind ; ex:says "ex:no . ex:no { # no", '''ex:no
ex:no''' ; ex:n 1.5 . # ex:no
:b ex:n ex:a , <http://example.org/#c> .
GRAPH ex:g {
  ex:d ex:n ex:a .
  ex:e a ex:Kind
}
ex:d.x ex:n 2 .
"""
EX = "http://example.org/"


def test_every_name_is_found_with_line_role_and_graph():
    """Names in comments and strings are passed over; the others come with line, role, block and type."""
    found = [o for o in places.occurrences(FILE) if o.role != OTHER]
    assert found == [
        (EX + "a", 5, SUBJECT, "", True),
        (EX + "colon/b", 7, SUBJECT, "", False),
        (EX + "g", 8, GRAPH, "", False),
        (EX + "d", 9, SUBJECT, EX + "g", False),
        (EX + "e", 10, SUBJECT, EX + "g", True),
        (EX + "d.x", 12, SUBJECT, "", False),
    ]
    others = {(o.iri.removeprefix(EX), o.line) for o in places.occurrences(FILE) if o.role == OTHER}
    assert others == {
        ("Kind", 5), ("says", 5), ("n", 6), ("n", 7), ("a", 7), ("#c", 7), ("n", 9), ("a", 9),
        ("Kind", 10), ("n", 12),
    }  # fmt: skip


@pytest.mark.parametrize("length", range(0, len(FILE), 7))
def test_a_cut_off_file_is_read_as_far_as_it_goes(length):
    """A file cut off anywhere gives no error, and what stood on whole lines is still found."""
    part = FILE[:length]
    lines = part.count("\n")
    whole = {o for o in places.occurrences(FILE) if o.line <= min(lines, 5)}
    assert {(o.iri, o.line) for o in whole} - {(o.iri, o.line) for o in places.occurrences(part)} == set()


@pytest.mark.parametrize(
    ("content", "head", "stray"),
    [
        ("", "", 0),
        ("\n\n", "", 0),
        ("# a\n\n#b \n\nx:a x:b x:c .", "# a\n\n#b\n", 0),
        ("x:a x:b 1 . # c", "", 1),
        ("# a\nx:a x:b <http://e/#f>, '#' ;\n# c\n x:d 1 .", "# a\n", 3),
        ("# only", "# only\n", 0),
    ],
)
def test_comments_at_the_head_and_further_down(content, head, stray):
    """The comment at the head is told from one further down, and neither from # in an IRI or string."""
    assert places.head(content) == head
    assert places.stray_comment(content) == stray


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("x:a x:b '_:c [ (' , <http://e/(> .", None),
        ("x:a x:b\n _:c .", 2),
        ("x:a x:b\n\n[] .", 3),
        ("# [\nx:a x:b ( 1 ) .", 2),
    ],
)
def test_the_first_blank_node_has_its_line(content, line):
    """A blank node is found in every spelling, and not in strings, IRIs or comments."""
    assert places.first_blank_node(content) == line
