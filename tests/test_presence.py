"""A store is believed only where plain patterns see the release in it."""

import pytest
from pyoxigraph import Quad, Store

import small_graph
from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.answering.presence import require, sample
from ukjapan_graph.errors import UkjapanError

RELEASE = small_graph.store()


def test_union():
    """A store whose plain patterns see all graphs is believed."""
    require(Embedded(RELEASE), RELEASE, "http://store")


def test_filled():
    """So is one whose default graph was filled with the merge."""
    require(Embedded.of_merge(RELEASE), RELEASE, "http://store")


def test_named_graphs_only():
    """A store that shows the release only by GRAPH is refused, with the command that mends it."""
    with pytest.raises(UkjapanError, match=r"not the union.*ukjapan load run http://store"):
        require(Embedded(RELEASE, merged=True), RELEASE, "http://store")


def test_empty_and_partial():
    """A store without the release, or with part of it, is refused."""
    part = Store()
    part.extend(list(RELEASE)[: len(RELEASE) // 2])
    for store in (Store(), part):
        with pytest.raises(UkjapanError, match="does not hold this release"):
            require(Embedded(store), RELEASE, "http://store")


def test_half_filled():
    """A default graph that holds some of the graphs is not taken for their union."""
    half = Store()
    half.extend(RELEASE)
    quads = sorted(RELEASE, key=str)
    half.extend(Quad(q.subject, q.predicate, q.object) for q in quads[: len(quads) // 2])

    with pytest.raises(UkjapanError, match="not the union"):
        require(Embedded(half, merged=True), RELEASE, "http://store")


def test_sample_is_the_same_each_time():
    """The sample is of several graphs, and of the same triples each time."""
    assert sample(RELEASE) == sample(small_graph.store())
    assert len({quad.graph_name for quad in sample(RELEASE)}) >= 5
