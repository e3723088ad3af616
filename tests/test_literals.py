"""The one form of each literal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from small_project import HEADER
from ukjapan_graph.data.canonical import parse_bytes, text
from ukjapan_graph.data.literals import normal
from ukjapan_graph.namespaces import PREFIXES, expand

XSD = PREFIXES["xsd"]


def shown(body):
    """Canonical text of the Turtle ``body``, without its prefixes."""
    return text(parse_bytes((HEADER + body).encode(), Path("x.ttl")), ".ttl").split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("007", "7"),
        ("-0", "0"),
        ('"+1"^^xsd:integer', "1"),
        ('" 1 "^^xsd:integer', "1"),
        ('"1"^^xsd:boolean', "true"),
        ("1.50", "1.5"),
        ('"1"^^xsd:decimal', "1.0"),
        ('"-.0"^^xsd:decimal', "0.0"),
        ('"05"^^xsd:nonNegativeInteger', '"5"^^xsd:nonNegativeInteger'),
        ('"2004-02-29+00:00"^^xsd:date', '"2004-02-29Z"^^xsd:date'),
        ('"2004-02-29"^^xsd:date', '"2004-02-29"^^xsd:date'),
        ('"x"@EN-GB', '"x"@en-gb'),
        ('"x"^^xsd:string', '"x"'),
        ('"twelve"^^xsd:integer', '"twelve"^^xsd:integer'),
        ('"."^^xsd:decimal', '"."^^xsd:decimal'),
        ('"a\\tb\\u007F\\\\\\""', '"a\\tb\\u007F\\\\\\""'),
        ("'''two\nlines \"quoted\"'''", '"""two\nlines "quoted\\""""'),
    ],
)
def test_literals_have_one_form(written, form):
    """Each literal has one lexical form and one spelling; an ill-typed one is left as it is."""
    assert (
        shown(f"event:a ukj:n {written} .")
        == f"event:a{' ' if chr(10) not in form else chr(10) + '  '}ukj:n {form} .\n"
    )


@given(
    st.one_of(st.integers().map(str), st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str)),
    st.sampled_from(["integer", "decimal", "boolean", "date", "gYear"]),
)
def test_a_store_keeps_what_is_canonical(value, kind):
    """A canonical literal survives a store as it is, but for whole decimals, which one store cuts short."""
    subject = NamedNode(expand("event:a"))
    quad = normal(Quad(subject, subject, Literal(value, datatype=NamedNode(XSD + kind)), subject))
    assert normal(quad) == quad
    store = Store()
    store.add(quad)
    if not (kind == "decimal" and quad.object.value.endswith(".0")):
        assert list(store) == [quad]
