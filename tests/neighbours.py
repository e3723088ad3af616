"""Neighbours on loopback: slices of Wikidata and EuroVoc in their true shape, and some that were made up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from fake_server import Fake, Reply, Request, json_rows, serving
from ukjapan_graph.errors import LimitError, RemoteError

FOLDER = Path(__file__).parent / "slices"
WIKIDATA = "https://query.wikidata.org/sparql"
EUROVOC = "https://publications.europa.eu/webapi/rdf/sparql"

#: What a neighbour may do in place of answering, what that is, and words that say so.
FAULTS = {
    "a web page": (Reply(body=b"<html><body>Log in</body></html>", media="text/html"), RemoteError, "text/html.*Log in"),
    "cut": (Reply(body=json_rows("a") * 9, cut=20), RemoteError, "broke off|no answer"),
    "no JSON": (Reply(body=b'{"head": '), RemoteError, "breaks off"),
    "too many": (Reply(429, b"slow down", headers=(("Retry-After", "600"),)), RemoteError, "HTTP 429"),
    "refused": (Reply(403, b"who are you"), RemoteError, "HTTP 403.*who are you"),
    "part of it": (Reply(206, json_rows("a")), RemoteError, "HTTP 206"),
    "elsewhere": (Reply(302, headers=(("Location", "http://other.example/"),)), RemoteError, "sends on to http://other"),
    "slow": (Reply(body=json_rows("a"), silent=3), LimitError, "stopped after 0.3 s"),
    "10,000 candidates": (
        Reply(body=json_rows(*map(str, range(10_000))), headers=(("X-SPARQL-MaxRows", "10000"),)),
        LimitError, "cut the answer to 10,000 of 20,000 rows",
    ),
    "too large": (Reply(body=json_rows("x" * 200_000)), LimitError, "100,000 bytes"),
}  # fmt: skip
#: What "10,000 candidates" says when it is asked how many there are.
COUNT = Reply(body=json_rows("20000").replace(b'"x"', b'"rows"'))


def slices(*names: str) -> Store:
    """The slices called ``names`` in one store."""
    store = Store()
    for name in names:
        store.load(path=str(FOLDER / f"{name}.ttl"), format=RdfFormat.TURTLE)
    return store


def query_of(request: Request) -> str:
    """The query that ``request`` brings (SPARQL 1.1 Protocol, 2.1.2)."""
    return parse_qs(request.body.decode())["query"][0]


@contextlib.contextmanager
def neighbour(*names: str, first: tuple[Reply, ...] = ()) -> Iterator[Fake]:
    """A SPARQL service on the slices called ``names``, which gives the replies ``first`` before it answers."""
    with answering(slices(*names), *first) as fake:
        yield fake


@contextlib.contextmanager
def answering(store: Store, *first: Reply) -> Iterator[Fake]:
    """A SPARQL service on ``store``, which gives the replies ``first`` before it answers."""

    def answer(request: Request) -> Reply:
        return Reply(body=store.query(query_of(request)).serialize(format=QueryResultsFormat.JSON))

    with serving(*first, answer) as fake:
        yield fake
