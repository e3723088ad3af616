"""The receipt: written, read back, and read where somebody spoilt it."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.loading.receipts import GRAPH, LOADING, Receipt, left, listing, server_time

RECEIPT = Receipt("a" * 64, 17, ("http://x/g", "http://x/h"), "2026-11-23T10:00:00Z", "ukjapan-graph/0.1.0")


def engine(receipt, *more):
    """An engine on a store that holds ``receipt``."""
    store = Store()
    text = "".join(f"{line} .\n" for line in (*receipt.triples(), *more))
    store.load(text.encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(GRAPH))
    return Embedded(store)


@pytest.mark.parametrize("receipt", [RECEIPT, RECEIPT._replace(time=""), RECEIPT._replace(graphs=())])
def test_round_trip(receipt):
    """What is written is read."""
    assert left(engine(receipt)).receipt == receipt


def test_none():
    """A store without a receipt has none, nor has one with two hashes or one that is no hash."""
    assert left(Embedded(Store())).receipt is None
    for digest in ("b" * 64, "a" * 16 + "b" * 48):  # of a receipt of its own, and of the same
        other = next(line for line in RECEIPT._replace(hash=digest).triples() if "sha256" in line)
        found = left(engine(RECEIPT, other))
        assert (found.receipt, found.unfinished) == (None, RECEIPT.graphs)
    assert left(engine(RECEIPT._replace(hash="nonsense"))).receipt is None


def test_spoilt():
    """What somebody else wrote into it is passed over: a count that is none, and what can be no graph's name."""
    subject = next(iter(RECEIPT.triples())).partition(" ")[0]
    spoilt = [f"{subject} <http://rdfs.org/ns/void#triples> {count}" for count in ('"²"', f'"{"9" * 5000}"')]
    spoilt += [f'{subject} <http://purl.org/dc/terms/hasPart> "x> ; DROP ALL #"']

    assert left(engine(RECEIPT, *spoilt)).receipt == RECEIPT
    assert left(engine(Receipt("a" * 64, 0, ()), *spoilt)).receipt.quads == 0


def test_receipt_that_is_being_written():
    """The graphs that another loader has named in a receipt without its hash yet are those of a load that goes on."""
    other = Receipt("b" * 64, 1, ("http://x/i",))
    begun = [line for line in other.triples() if "sha256" not in line]
    found = left(engine(RECEIPT, *begun))

    assert (found.receipt, found.unfinished) == (RECEIPT, ("http://x/i",))
    assert set(found.words) == {*RECEIPT.triples(), *begun}


def test_receipt_of_before():
    """A receipt whose subject is its graph, as it was before each had one of its own, is read."""
    subject = next(iter(RECEIPT.triples())).partition(" ")[0]
    store = Store()
    text = "".join(f"{line.replace(subject, f'<{GRAPH}>')} .\n" for line in RECEIPT.triples())
    store.load(text.encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(GRAPH))

    assert left(Embedded(store)).receipt == RECEIPT


def test_unfinished():
    """The graphs of a load that was stopped are read in order; what can be no graph's name is passed over."""
    store = Store()
    assert left(Embedded(store)).unfinished == ()
    lines = [
        *listing(["http://x/h", "http://x/g"]),
        f'<{GRAPH}> <http://purl.org/dc/terms/hasPart> "http://x/i"',
    ]
    text = "".join(f"{line} .\n" for line in lines)
    store.load(text.encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(LOADING))

    assert left(Embedded(store)).unfinished == ("http://x/g", "http://x/h")


def test_is_plain_rdf():
    """The receipt is N-Triples without blank nodes and names nobody."""
    lines = RECEIPT.triples()

    assert (
        len(list(parse("".join(f"{line} .\n" for line in lines), format=RdfFormat.N_TRIPLES)))
        == len(lines)
        == 6
    )


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("Mon, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00:00Z"),
        ("Mon, 23 Nov 2026 08:30:00 +0900", "2026-11-22T23:30:00Z"),
        ("Mon, 23 Nov 2026 10:00:00 -0000", "2026-11-23T10:00:00Z"),
        ("Fri, 31 Dec 9999 23:00:00 -0900", ""),
        (None, ""),
        ("soon", ""),
    ],
)
def test_server_time(date, time):
    """The time is the server's own, or none."""
    assert server_time(date) == time
