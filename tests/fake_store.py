"""A triple store in this process, reached over HTTP: pyoxigraph behind the addresses of a profile.

With the profile ``oxigraph`` its default graph is its own and an update is done as a whole; with ``virtuoso``
the default graph is the union. Faults are put before it by a function.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store

from fake_server import Reply, Request, serving
from ukjapan_graph.loading.profiles import PROFILES

#: What is given where nothing else is asked for: rows in JSON.
FORMS = {"text/tab-separated-values": QueryResultsFormat.TSV, "application/n-triples": RdfFormat.N_TRIPLES}

Fault = Callable[[Request, int], Reply | None]


class FakeStore(NamedTuple):
    """A running store: its base address, what it holds, and the requests that wrote."""

    address: str
    query: str
    store: Store
    writes: list[Request]


@contextlib.contextmanager
def storing(
    kind: str = "oxigraph", fault: Fault = lambda *_: None, tls: ssl.SSLContext | None = None
) -> Iterator[FakeStore]:
    """A store of this ``kind``; ``fault(request, n)`` may answer the n-th write (from 1) in its place."""
    profile, store, writes = PROFILES[kind], Store(), []

    def answer(request: Request) -> Reply:
        path, query = urlsplit(request.path).path.rstrip("/"), parse_qs(urlsplit(request.path).query)
        if path == profile.query and request.method == "POST" and b"query=" in request.body[:6]:
            text = parse_qs(request.body.decode())["query"][0]
            return _query(store, text, profile.union, request.headers["Accept"])
        if request.method != "POST" or path not in (profile.update, profile.graphs, profile.quads):
            return Reply(200, b"welcome", "text/plain", server=kind)
        writes.append(request)
        if wrong := fault(request, len(writes)):
            return wrong
        try:
            if path == profile.update:
                store.update(request.body.decode())
            elif "graph" not in query:
                store.load(request.body, format=RdfFormat.N_QUADS)
            else:
                graph = NamedNode(query["graph"][0])
                form = RdfFormat.from_media_type(request.headers["Content-Type"])
                store.load(request.body, format=form, to_graph=graph)
        except (SyntaxError, RuntimeError, OSError) as error:
            return Reply(400, str(error).encode(), "text/plain")
        return Reply(204, media="text/plain")

    with serving(answer, tls=tls) as fake:
        base = fake.address.removesuffix("/sparql")
        yield FakeStore(base, base + profile.query, store, writes)


def _query(store: Store, text: str, union: bool, accept: str) -> Reply:
    try:
        found = store.query(text, use_default_graph_as_union=union)
    except SyntaxError as error:
        return Reply(400, str(error).encode(), "text/plain")
    form = FORMS.get(accept, QueryResultsFormat.JSON)
    return Reply(body=found.serialize(format=form), media=form.media_type)
