"""N-Triples written shorter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from ukjapan_graph.loading.compact import turtle
from ukjapan_graph.loading.contents import line

IRIS = st.sampled_from(
    [
        "http://x/a",
        "http://x/b",
        "http://x/y#c_1",
        "http://x/1",
        "http://x/a.b",
        "http://x/é",
        "urn:x",
        "http://x/",
    ]
)
VALUES = st.one_of(
    IRIS.map("<{}>".format),
    st.sampled_from(
        ['"<http://x/a>"', '"a . ; , b"@en', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', '"\\\\"']
    ),
)
TRIPLES = st.frozensets(st.builds("<{}> <{}> {}".format, IRIS, IRIS, VALUES), max_size=12)


@given(TRIPLES)
def test_same_triples(lines):
    """What is written says the same, whatever repeats and whatever has no short form."""
    text = turtle(sorted(lines))

    assert {line(quad) for quad in parse(text, format=RdfFormat.TURTLE)} == lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ""),
        (
            [
                "<http://x/a> <http://x/p> <http://x/b>",
                '<http://x/a> <http://x/q> "b"',
                '<http://x/a> <http://x/q> "c"',
            ],
            '@prefix n0: <http://x/> .\n\nn0:a n0:p n0:b ;\nn0:q "b" , "c" .\n',
        ),
        (["<http://x/1> <http://x/p> <urn:b>"], "@prefix n0: <http://x/> .\n\n<http://x/1> n0:p <urn:b> .\n"),
    ],
)
def test_form(lines, expected):
    """Prefixes first, what repeats once, and no escapes in names."""
    assert turtle(lines) == expected
