"""Rows and triples on paper."""

import csv
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.cli import render
from ukjapan_graph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
ROWS = Rows(
    ("a", "b"),
    [
        (NamedNode(PREFIXES["ukj"] + "x"), None),
        (Literal('say "hi", you\n'), Literal("3", datatype=NamedNode(XSD + "integer"))),
        (BlankNode("n"), Literal("は", language="ja")),
    ],
)


def test_csv():
    """Values as SPARQL 1.1 CSV has them: bare, quoted where needed, empty where unbound."""
    assert render.rows(Store(), ROWS, "csv") == (
        'a,b\r\nhttps://w3id.org/ukjapan/ns#x,\r\n"say ""hi"", you\n",3\r\n_:n,は\r\n'
    )


def test_tsv():
    """Terms as SPARQL 1.1 TSV has them, with variables in the header."""
    assert render.rows(Store(), ROWS, "tsv") == (
        "?a\t?b\n<https://w3id.org/ukjapan/ns#x>\t\n"
        f'"say \\"hi\\", you\\n"\t"3"^^<{XSD}integer>\n_:n\t"は"@ja\n'
    )


def test_ids():
    """With ids, prefixed names stand in place of IRIs, in CSV, TSV, table and Markdown."""
    for form in ("csv", "tsv", "table", "markdown"):
        text = render.rows(Store(), ROWS, form, ids=True)
        assert "ukj:x" in text
        assert "w3id" not in text.replace(XSD, "")


def test_json():
    """JSON as SPARQL 1.1 JSON has it: kinds, languages, datatypes, and no unbound cells."""
    assert json.loads(render.rows(Store(), ROWS, "json", ids=True)) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {"a": {"type": "uri", "value": "https://w3id.org/ukjapan/ns#x"}},
                {
                    "a": {"type": "literal", "value": 'say "hi", you\n'},
                    "b": {"type": "literal", "value": "3", "datatype": XSD + "integer"},
                },
                {
                    "a": {"type": "bnode", "value": "n"},
                    "b": {"type": "literal", "value": "は", "xml:lang": "ja"},
                },
            ]
        },
    }


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_csv_reads_back(cells):
    """Whatever a literal holds, a CSV reader gets it back."""
    text = render.rows(Store(), Rows(("a", "b"), [tuple(map(Literal, row)) for row in cells]), "csv")

    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], *map(list, cells)]


@pytest.mark.parametrize("form", ["json", "tsv"])
def test_same_as_the_engine_writes(form):
    """The machine formats say what pyoxigraph's own serializer says."""
    from pyoxigraph import QueryResultsFormat, parse_query_results

    text = 'SELECT ?a ?b { VALUES (?a ?b) { (<http://x> "y"@en) (UNDEF 1) ("a\\tb\\\\" 1.5) } }'
    formats = {"json": QueryResultsFormat.JSON, "tsv": QueryResultsFormat.TSV}
    rows = Embedded(Store()).select(text)

    read = parse_query_results(render.rows(Store(), rows, form).encode(), format=formats[form])

    assert [tuple(row) for row in read] == rows.rows


def test_table_of_wide_letters():
    """Letters that take two columns are counted as two, so that columns stand in line."""
    text = render.table(("a", "b"), [("夜間", "x"), ("é", "y")])

    assert text == "a     b\n夜間  x\né     y\n"
    assert [render.measure(part) for part in ("夜間", "e\u0301", "abc")] == [4, 1, 3]


def test_table_shows_one_line():
    """Line ends and control characters in a value cannot move the cursor or break the table."""
    text = render.rows(Store(), Rows(("a",), [(Literal("x\n\x1b[31m y"),)]), "table")

    assert text == "a\nx [31m y\n"


def test_markdown_escapes():
    """What Markdown would read as its own is escaped."""
    assert render.markdown(["a"], [["x | *y* <b>"]]).splitlines()[2] == "| x \\| \\*y\\* \\<b\\> |"


@given(
    st.lists(st.tuples(st.text("ab 夜", max_size=60), st.text("xyz ", max_size=60)), min_size=1, max_size=3),
    st.integers(18, 60),
)
def test_wrapped_table_loses_nothing(cells, width):
    """A wrapped table fits its width, and no letter is lost but those that a row has from the one above."""
    cells = [(f"{number}{one}", two) for number, (one, two) in enumerate(cells)]
    text = render.table(("one", "two"), cells, width)

    assert max(render.measure(line) for line in text.splitlines()) <= width
    letters = "".join(sorted("".join(map("".join, cells)).replace(" ", "") + "onetwo"))
    assert "".join(sorted("".join(text.split()))) == letters


def test_wrapped_table_does_not_repeat():
    """A row of a wrapped table leaves out what it has, from the left, from the row above."""
    cells = [("act", "stated", "one"), ("act", "stated", "two"), ("act", "weak", "two")]

    lines = render.table(("what", "status", "where"), cells, 60).splitlines()

    assert [line.split() for line in lines[1:]] == [["act", "stated", "one"], ["two"], ["weak", "two"]]
    assert render.table(("what", "status", "where"), cells).count("act") == 3


def test_wrap():
    """Text is broken at spaces, and inside a word only where it is too long for a line."""
    assert render.wrap("one two three", 7) == ["one two", "three"]
    assert render.wrap("a verylongword b", 5) == ["a", "veryl", "ongwo", "rd b"]
    assert render.wrap("", 5) == [""]


def test_table_too_wide_for_any_terminal():
    """Where columns cannot fit, the table is written as wide as it is."""
    assert render.table(("a" * 20, "b" * 20), [], 10) == f"{'a' * 20}  {'b' * 20}\n"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("trig", RdfFormat.TRIG),
        ("nquads", RdfFormat.N_QUADS),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdfxml", RdfFormat.RDF_XML),
    ],
)
def test_triples(form, kind):
    """Triples read back from every graph format, and prefixes are those that are used."""
    triple = Triple(
        NamedNode(PREFIXES["ukj"] + "a"), NamedNode(PREFIXES["ukj"] + "b"), Literal("c", language="en")
    )

    text = render.triples([triple], form)

    assert [quad.triple for quad in parse(text.encode(), format=kind)] == [triple]
    assert "skos" not in text


def test_no_terminal(monkeypatch):
    """Where output is no terminal there is no width, unless COLUMNS gives one."""
    monkeypatch.delenv("COLUMNS", raising=False)
    assert render.terminal_width() == 0
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert render.terminal_width() == 33
