"""The table of formats."""

import pytest

from ukjapan_graph.errors import USAGE, UnknownNameError
from ukjapan_graph.formats import GRAPH_FORMATS, RESULT_FORMATS, graph_format


@pytest.mark.parametrize("name", ["turtle", "ttl", ".ttl", "TURTLE", "text/turtle"])
def test_name_suffix_and_media_type_lead_to_a_format(name):
    """A format is found by name, suffix with or without dot, or media type, in any case."""
    assert graph_format(name) is GRAPH_FORMATS["turtle"]


def test_unknown_format_lists_the_known():
    """An unknown name is a wrong call, and the message lists what there is."""
    with pytest.raises(UnknownNameError, match="nquads, trig, turtle, ntriples, jsonld, rdfxml") as caught:
        graph_format("word")
    assert caught.value.exit_code == USAGE


def test_names_suffixes_and_media_types_are_unique():
    """No two formats share a name, a suffix or a media type."""
    for column in zip(*(form[:3] for form in GRAPH_FORMATS.values()), strict=True):
        assert len(set(column)) == len(GRAPH_FORMATS)
    for column in zip(*RESULT_FORMATS.values(), strict=True):
        assert len(set(column)) == len(RESULT_FORMATS)


def test_which_formats_hold_named_graphs():
    """N-Quads, TriG and JSON-LD hold named graphs; the other three do not."""
    assert {name for name, form in GRAPH_FORMATS.items() if form.quads} == {"nquads", "trig", "jsonld"}
