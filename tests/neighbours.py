"""Neighbours on loopback: slices of Wikidata and EuroVoc in their true shape, and some that were made up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from fake_server import Fake, Reply, Request, serving

FOLDER = Path(__file__).parent / "slices"
WIKIDATA = "https://query.wikidata.org/sparql"
EUROVOC = "https://publications.europa.eu/webapi/rdf/sparql"


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
    store = slices(*names)

    def answer(request: Request) -> Reply:
        return Reply(body=store.query(query_of(request)).serialize(format=QueryResultsFormat.JSON))

    with serving(*first, answer) as fake:
        yield fake
