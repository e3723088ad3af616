"""Which address is answered by what."""

import pytest

from ukjapan_graph.endpoint.answers import ANSWERS
from ukjapan_graph.endpoint.app import HERE
from ukjapan_graph.endpoint.routes import ROUTES, find


@pytest.mark.parametrize(
    ("path", "name", "parts"),
    [
        ("/", "front", {}),
        ("/sparql", "query", {}),
        ("/queries/in-force", "ask", {"name": "in-force"}),
        ("/queries/in-force/silence", "silence", {"name": "in-force"}),
        ("/id/passage/a.B1", "thing", {"kind": "passage", "slug": "a.B1"}),
        ("/ns/外", "term", {"term": "外"}),
    ],
)
def test_find(path, name, parts):
    """An address leads to a name and the parts of its path."""
    found = find(path)
    assert (found[0], found[2]) == (name, parts)


@pytest.mark.parametrize("path", ["", "//", "/queries/", "/id/x", "/id//x", "/id/x/y/z", "/SPARQL", "/ns/"])
def test_nothing_there(path):
    """An address with a slash too many, or a part that is empty, is none."""
    assert find(path) is None


def test_every_route_is_answered():
    """Each name has an answer, here or in a worker, and no answer is without an address."""
    assert {name for _, name, _ in ROUTES} == {*ANSWERS, *HERE}
