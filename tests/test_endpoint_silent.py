"""Answers without rows are told from those with some, in every format as the engine writes it."""

import json
import xml.etree.ElementTree as ET

import pytest
from pyoxigraph import Store

from ukjapan_graph.endpoint.evaluation import RESULTS, Query, evaluate
from ukjapan_graph.endpoint.silent import is_empty, pointing

ADDRESS = "http://127.0.0.1/queries/builds-on/silence"


def written(text, media_type):
    """The result of a query on an empty store."""
    return evaluate(Store(), Query(text), media_type, 10_000)


@pytest.mark.parametrize("media_type", RESULTS)
@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("SELECT ?a ?b { ?a ?b ?c }", True),
        ("SELECT ?a { VALUES ?a { 1 } }", False),
        ("SELECT ?a ?b { VALUES (?a ?b) { (UNDEF UNDEF) } }", False),
        ("SELECT ?a { VALUES ?a { UNDEF } }", False),
        ('SELECT ?a { VALUES ?a { "one\\ntwo" "\\"bindings\\":[]}}" "</results></sparql>" } }', False),
    ],
)
def test_with_and_without_rows(media_type, text, empty):
    """A row in which nothing is bound is a row; what a value says changes nothing."""
    assert is_empty(media_type, written(text, media_type)) is empty


def test_where_the_link_goes():
    """JSON and XML have it in the head, after the variables, and stay readable; the others have no place for it."""
    none = "SELECT ?a ?b { ?a ?b ?c }"
    plain, xml, *others = RESULTS
    found = json.loads(pointing(plain, written(none, plain), ADDRESS))
    assert found["head"] == {"vars": ["a", "b"], "link": [ADDRESS]}

    head = ET.fromstring(pointing(xml, written(none, xml), ADDRESS + "?a=1&b"))[0]
    assert [child.tag.partition("}")[2] for child in head] == ["variable", "variable", "link"]
    assert head[2].get("href") == ADDRESS + "?a=1&b"

    assert len(others) == 2
    for media_type in others:
        body = written(none, media_type)
        assert pointing(media_type, body, ADDRESS) == body
