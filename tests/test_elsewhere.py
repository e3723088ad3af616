"""What a thing is called in other graphs."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from small_links import PARADE, REGATTA, REJECTED, text
from small_project import HEADER
from ukjapan_graph.answering.elsewhere import Link, links
from ukjapan_graph.data import links as data
from ukjapan_graph.data.sssom import parse as parse_set
from ukjapan_graph.namespaces import expand


@pytest.fixture(scope="module")
def store():
    """A parade and a regatta with links of several kinds."""
    rows = (
        REJECTED,
        REGATTA | {"object_id": "wd:Q9", "predicate_id": "skos:relatedMatch", "object_label": ""},
        REGATTA,
        PARADE,
    )
    found = Store()
    found.extend(data.quads([parse_set(text(*rows).encode(), "graph/links/wikidata.sssom.tsv")[0]]))
    title = 'graph:dataset { dataset:wikidata dcterms:title "Wikidata, of all"@en . }'
    found.extend(parse((HEADER + title).encode(), format=RdfFormat.TRIG))
    return found


def test_links_in_order(store):
    """The closest comes first, what was rejected last; a label that was not seen is left out."""
    found = links(store, NamedNode(expand("event:regatta")))
    assert list(map(str, found)) == [
        "Wikidata Q4 “regatta” (exact)",
        "Wikidata Q9 (related)",
        "not Wikidata Q5 “boat”: The names agree.",
    ]
    assert found[0] == Link(
        "Wikidata",
        "http://www.wikidata.org/entity/Q4",
        "Q4",
        "regatta",
        "exact",
        False,
        "0.9",
        "The names agree.",
    )


def test_a_thing_without_links(store):
    """Nothing is made up for a thing that has no link."""
    assert links(store, NamedNode(expand("event:fair"))) == ()
