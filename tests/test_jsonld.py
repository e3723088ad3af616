"""JSON-LD of the graph."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from small_project import HEADER
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.jsonld import json_ld
from ukjapan_graph.namespaces import PREFIXES, expand

KINDS = ["string", "integer", "boolean", "decimal", "date", "double"]
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",))),
    st.integers().map(str),
    st.sampled_from(["true", "-0", "01", "²"]),
)


def document(body):
    """The JSON-LD of the TriG ``body``."""
    return json.loads(json_ld(parse_bytes((HEADER + body).encode(), Path("x.trig"))))


def test_names_are_compact_and_the_context_explains_them():
    """Things are named by prefixes of the context, and only prefixes in use are in it."""
    made = document(
        'graph:entities { event:b skos:prefLabel "b"@en . event:a a ukj:Event , <http://example.org/E> }'
    )
    assert made == {
        "@context": {"@version": 1.1} | {p: PREFIXES[p] for p in ("event", "graph", "skos", "ukj")},
        "@graph": [
            {
                "@id": "graph:entities",
                "@graph": [
                    {"@id": "event:a", "@type": ["http://example.org/E", "ukj:Event"]},
                    {"@id": "event:b", "skos:prefLabel": [{"@value": "b", "@language": "en"}]},
                ],
            }
        ],
    }


def test_numbers_and_truth_are_those_of_json():
    """Integers and booleans are JSON's own; other types, and integers JSON may round, keep their text."""
    made = document("passage:h.S1 { event:a ukj:n 7 , true , 1.5 , 9007199254740993 , event:b }")
    assert made["@graph"][0]["@graph"][0]["ukj:n"] == [
        {"@id": "event:b"},
        {"@value": "1.5", "@type": "xsd:decimal"},
        7,
        {"@value": "9007199254740993", "@type": "xsd:integer"},
        True,
    ]


@given(st.lists(st.tuples(VALUES, st.sampled_from(KINDS))))
def test_any_literal_comes_back(values):
    """Every literal, well typed or not, comes back from JSON-LD as it was."""
    quads = {
        Quad(
            NamedNode(expand("event:a")),
            NamedNode(expand("ukj:n")),
            Literal(value, datatype=NamedNode(PREFIXES["xsd"] + kind)),
            NamedNode(expand("passage:h.S1")),
        )
        for value, kind in values
    }
    assert set(parse(json_ld(quads).encode(), format=RdfFormat.JSON_LD)) == quads
