"""Values are bound as terms, and nothing else of the query moves."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering.rdflib_engine import RdflibEngine
from ukjapan_graph.errors import ParameterError
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.binding import bind, blocks, literal
from ukjapan_graph.querying.tokens import tokenise

XSD = PREFIXES["xsd"]
QUERY = """# VALUES ?v { "in a comment" }
SELECT ?v ?w { { VALUES ?v { "old" } } UNION { VALUES ?v{"old"} } BIND("VALUES ?v { 1 }" AS ?w) }
ORDER BY ?w"""
HOSTILE = [
    '"',
    "'",
    '" } #',
    '" . ?s ?p ?o } #',
    "''' \"\"\" \\",
    "\\",
    "\\u0022 } #",
    "\\\\u0022",
    "}\n{",
    "# comment",
    "\r\n\t\x00\x0b\x85\u2028",
    "javascript:alert(1)",
    "http://a> . ?x ?y ?w . <http://b",
    "?v",
    "VALUES ?v { 1 }",
    "𝔘 😀 é",
]


def shape(text):
    """Kinds of the tokens of ``text``, with the text of all but strings."""
    return [(token.kind, "" if token.kind == "string" else token.text) for token in tokenise(text)]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_value(value):
    """A value that tries to break out comes back from the engine as the value it is."""
    text = bind(QUERY, {"v": literal("string", value)})

    rows = [row["v"] for row in Store().query(text) if row["v"]]

    assert [Literal(value)] * 2 == rows


@given(st.text())
@settings(deadline=None)
def test_only_the_value_changes(value):
    """Whatever the value, the tokens of the bound query are those of the query, one string for another."""
    bound = bind(QUERY, {"v": literal("string", value)})

    assert shape(QUERY) == shape(bound)
    assert QUERY.splitlines()[0] == bound.split("\n", 1)[0]


@given(st.text(st.sampled_from("\"'\\u0022U}{#\n ab")))
@settings(deadline=None, max_examples=40)
def test_second_engine_reads_the_same_value(value):
    """rdflib, which expands escapes before it looks for strings, reads the very value that was bound."""
    import rdflib

    engine = RdflibEngine(rdflib.Dataset(default_union=True))

    rows = engine.select(bind("SELECT ?v { VALUES ?v { 1 } }", {"v": literal("string", value)})).rows

    assert [(Literal(value),)] == rows


def test_iri_and_typed_literal():
    """An IRI and a date take the place of the default, with its datatype, in each block."""
    text = "SELECT ?a ?d { VALUES ?a { ex:old } VALUES ?d { '2001-01-01'^^xsd:date } }"

    bound = bind(text, {"a": NamedNode("http://x/new"), "d": literal("date", "2017-08-31")})

    expected = f'SELECT ?a ?d {{ VALUES ?a {{ <http://x/new> }} VALUES ?d {{ "2017-08-31"^^<{XSD}date> }} }}'
    assert expected == bound


def test_other_variables_stay():
    """A block of another variable, one whose name begins alike, and a block of several variables stay."""
    text = "SELECT * { VALUES ?v { 1 } VALUES ?v2 { 1 } VALUES (?v ?x) { (1 2) } }"

    assert text.replace("?v { 1 }", '?v { "2" }') == bind(text, {"v": Literal("2")})


def test_no_place_for_value():
    """A name without a block is refused, and nothing is bound."""
    with pytest.raises(ParameterError, match="no VALUES"):
        bind(QUERY, {"v": Literal("1"), "other": Literal("2")})


def test_blocks():
    """Every block is found with what lies in its braces, also in small letters and with a dollar sign."""
    found = blocks("values $a { 1 2 } { VALUES ?b {} } VALUES ?open { 1")

    assert [(b.name, [t.text for t in b.inside]) for b in found] == [("a", ["1", "2"]), ("b", [])]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("string", "x", Literal("x")),
        ("string", "", Literal("")),
        ("integer", "007", Literal("7", datatype=NamedNode(XSD + "integer"))),
        ("integer", "-3", Literal("-3", datatype=NamedNode(XSD + "integer"))),
        ("integer", 12, Literal("12", datatype=NamedNode(XSD + "integer"))),
        ("date", "2016-02-29", Literal("2016-02-29", datatype=NamedNode(XSD + "date"))),
        ("date", date(2017, 8, 31), Literal("2017-08-31", datatype=NamedNode(XSD + "date"))),
        ("language", "en-GB", Literal("en-gb")),
    ],
)
def test_literal(kind, value, expected):
    """A value of its type becomes the literal in its canonical form."""
    assert expected == literal(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.0"),
        ("integer", "1 "),
        ("integer", "١"),
        ("integer", "9" * 19),
        ("integer", True),
        ("date", "2017-02-29"),
        ("date", "2017-8-31"),
        ("date", "2017-08-31Z"),
        ("date", "31 August 2017"),
        ("date", "2017-08-31\n"),
        ("language", "e"),
        ("language", 'en" }'),
        ("string", 3),
        ("string", "\ud800"),
        ("date", None),
    ],
)
def test_wrong_type(kind, value):
    """A value of another type is refused, and the message shows it."""
    with pytest.raises(ParameterError, match="is not"):
        literal(kind, value)
