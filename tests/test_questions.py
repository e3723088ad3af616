"""Saved questions as the release file keeps them."""

import pytest
from pyoxigraph import Literal, NamedNode

import small_graph
from ukjapan_graph.answering import questions
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.errors import SourceError, UnknownNameError
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.queries import read_folder


@pytest.fixture
def store(tmp_path):
    """The small release file as a store."""
    return open_store(small_graph.write_release(tmp_path))


def test_release_keeps_the_files(store, tmp_path):
    """What the release file holds of a query is what its file says, column notes aside."""
    files = read_folder(tmp_path / "queries")

    kept = questions.read_all(store)

    assert [query._replace(columns=tuple((name, "") for name, _ in query.columns)) for query in files] == kept


def test_unknown_name(store):
    """A misspelt name is refused with the nearest one."""
    with pytest.raises(UnknownNameError) as caught:
        questions.read(store, "build-on")

    assert caught.value.nearest == ["builds-on"]


@pytest.mark.parametrize("name", ["", "x y", 'a"b', "builds-on.instrument", "é", "../builds-on", "a\nb"])
def test_odd_name(store, name):
    """What is no query's name is refused as unknown, whatever it holds."""
    with pytest.raises(UnknownNameError):
        questions.read(store, name)


def test_broken_release(store):
    """A release file that lacks part of a query says so, and how to mend it."""
    select = NamedNode(PREFIXES["sh"] + "select")
    for quad in list(store.quads_for_pattern(None, select, None, None)):
        store.remove(quad)

    with pytest.raises(SourceError, match="ukjapan build"):
        questions.read(store, "builds-on")


def test_order_of_parameters(store):
    """Parameters come by position, not by name."""
    position = NamedNode(PREFIXES["ukj"] + "position")
    for quad in list(store.quads_for_pattern(None, position, None, None)):
        store.remove(quad)
        flipped = str(3 - int(quad.object.value))
        number = Literal(flipped, datatype=NamedNode(PREFIXES["xsd"] + "integer"))
        store.add(type(quad)(quad.subject, quad.predicate, number, quad.graph_name))

    assert [parameter.name for parameter in questions.read(store, "signed-by").parameters] == ["word", "day"]
