"""Changes noted in a graph: small enough to send, the same when noted twice, and done in one operation."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from ukjapan_graph.loading.changelog import TRIPLES, Change, Written, carrying_out, in_portions
from ukjapan_graph.loading.contents import line

LOG = NamedNode("urn:log")
OBJECTS = (
    "<http://x/o>",
    '"a \\"b\\""',
    '"協定"@ja',
    '"2017-08-31"^^<http://www.w3.org/2001/XMLSchema#date>',
)
TRIPLE = st.builds(
    lambda number, value: f"<http://x/{number}> <http://x/p> {value}",
    st.integers(0, 5),
    st.sampled_from(OBJECTS),
)
LINES = st.frozensets(TRIPLE, max_size=8)
CHANGES = st.lists(
    st.builds(Change, st.sampled_from(("http://x/g", "http://x/h")), LINES, LINES, st.booleans()),
    unique_by=lambda change: change.graph,
)


def loaded(store, graph, lines):
    """Put ``lines`` into ``graph``."""
    text = "".join(f"{one} .\n" for one in lines)
    store.load(text.encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))


def there(store, graph):
    """What is in ``graph``."""
    return {line(quad) for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))}


@given(CHANGES, LINES, LINES)
@settings(max_examples=50, deadline=None)
def test_what_is_noted_is_done(changes, one, other):
    """First what is emptied or taken goes, then what is added comes; noting and doing it twice is doing it once."""
    store, before = Store(), {"http://x/g": one, "http://x/h": other}
    for graph, lines in before.items():
        loaded(store, graph, lines)
    for _ in range(2):
        loaded(store, LOG.value, Written(changes))
        store.update(carrying_out(LOG.value))

    after = {graph: set(lines) for graph, lines in before.items()}
    for graph, added, taken, emptied in changes:
        after[graph] = (set() if emptied else after[graph] - taken) | added
    assert {graph: there(store, graph) for graph in before} == after


@given(CHANGES)
def test_as_a_collection(changes):
    """It is as long as it says, and holds what it gives."""
    lines = list(Written(changes))
    assert len(Written(changes)) == len(lines) == len(set(lines))
    assert all(text in Written(changes) for text in lines)
    assert "<http://x/s> <http://x/p> <http://x/none>" not in Written(changes)


@given(CHANGES, st.sampled_from((0, TRIPLES, 10)))
def test_portions(changes, number):
    """No portion is too large, and together they say what all say."""
    portions = list(in_portions(changes, 4_000, number))
    texts = ["".join(f"{one} .\n" for one in Written(part)) for part in portions]

    assert all(len(text.encode()) <= 4_000 for text in texts)
    assert not number or all(len(Written(part)) <= number for part in portions)
    assert sorted("".join(texts).splitlines()) == sorted(f"{one} ." for one in Written(changes))
