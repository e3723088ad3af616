"""Triple stores as data: where each takes what, and the habits a loader must know.

A profile is a row of a table, so that a store nobody here has run can be added, and corrected, by whoever runs
it; ``ukjapan load selftest`` tells what to correct.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from ukjapan_graph.errors import UnknownNameError, UsageError


class Profile(NamedTuple):
    """A kind of store.

    :ivar tested: the version the tests run against; "" where nobody has
    :ivar endings: what an address that people have at hand may end in; the rest is the base
    :ivar query: SPARQL queries (SPARQL 1.1 Protocol, 2.1), relative to the base, as are the next two
    :ivar update: SPARQL updates (2.2)
    :ivar graphs: Graph Store Protocol, with ``?graph=``; None where there is none
    :ivar quads: where it adds N-Quads that are posted there, as a whole or not at all; None where it does not
    :ivar reads: in which form it gives triples back fastest and unchanged: "rows" (SPARQL JSON), "tabs" (SPARQL
        TSV) or "triples" (N-Triples, a graph a query)
    :ivar compact: whether to send graphs as Turtle with prefixes, which it reads faster than N-Triples
    :ivar lanes: how many connections to use at once
    :ivar union: whether the default graph is the union of all graphs; where not, the loader fills it
    :ivar whole: whether an update request is done as a whole or not at all, all its operations together
    :ivar inline: most triples to write out in one update; 0 for as many as a portion holds
    :ivar portion: most bytes in one request
    :ivar uncut: most bytes in one request with quads of a single graph, which is so there or not; where that is
        less than a portion, as much as a portion
    :ivar rows: most rows to ask for in one query
    :ivar server: how the store names itself in the ``Server`` header, in lower case
    :ivar rewrites: datatypes of which it does not keep the lexical form or the type; the release has none of them
    :ivar note: what its users must know
    """

    name: str
    tested: str
    endings: tuple[str, ...]
    query: str
    update: str
    graphs: str | None
    union: bool
    whole: bool
    inline: int = 0
    portion: int = 16_000_000
    uncut: int = 0
    rows: int = 50_000
    server: str = "\0"
    rewrites: tuple[str, ...] = ()
    note: str = ""
    quads: str | None = None
    reads: str = "rows"
    compact: bool = False
    lanes: int = 1


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "oxigraph", "0.5.13", ("/query", "/sparql", "/update", "/store"), "/query", "/update", "/store",
            union=False, whole=True, server="oxigraph", rewrites=("xsd:nonNegativeInteger",),
            quads="/store", reads="tabs", uncut=1 << 30,
            note="Needs no --union-default-graph: the loader fills the default graph.",
        ),
        Profile(
            "virtuoso", "7.2.5", ("/sparql-auth", "/sparql"), "/sparql", "/sparql-auth", "/sparql-graph-crud-auth",
            union=True, whole=False, inline=800, portion=8_000_000, rows=9_000, server="virtuoso",
            rewrites=("xsd:boolean",), reads="triples", compact=True,
            lanes=2,
            note="The account needs SPARQL_UPDATE; set DefaultIsolation = 2, or readers and the loader wait "
            "for each other; raise ResultSetMaxRows (10,000) for large answers, and NumberOfBuffers (170,000 for "
            "2 GiB) where there are millions of triples.",
        ),
        Profile(
            "fuseki", "", ("/sparql", "/query", "/update", "/data"), "/query", "/update", "/data",
            union=False, whole=True, server="fuseki",
            note="Give the dataset's address, http://host:3030/DATASET.",
        ),
        Profile(
            "graphdb", "", ("/statements", "/rdf-graphs/service"), "", "/statements", "/rdf-graphs/service",
            union=True, whole=True, server="graphdb",
            note="Give the repository's address, http://host:7200/repositories/NAME. In a cluster any node "
            "takes it; choose the majority for writes.",
        ),
        Profile(
            "rdf4j", "", ("/statements", "/rdf-graphs/service"), "", "/statements", "/rdf-graphs/service",
            union=True, whole=True,
            note="Give the repository's address, http://host:8080/rdf4j-server/repositories/NAME.",
        ),
        Profile(
            "qlever", "", (), "", "", None, union=True, whole=False, inline=5_000, server="qlever",
            note="Set UKJAPAN_TOKEN to the access token; start the server with --persist-updates.",
        ),
        Profile(
            "neptune", "", ("/sparql", "/sparql/gsp/", "/sparql/gsp"), "/sparql", "/sparql", "/sparql/gsp/",
            union=True, whole=False, inline=5_000,
            note="Requests are not signed (SigV4): put a signing proxy between, or switch IAM off. Give the "
            "writer's address of a cluster.",
        ),
        Profile(
            "stardog", "", ("/query", "/update"), "/query", "/update", "",
            union=False, whole=True, server="stardog",
            note="Give the database's address, http://host:5820/DATABASE. In a cluster any node takes it.",
        ),
    )
}  # fmt: skip

_PATHS = {"/rdf4j-server/repositories/": "rdf4j", "/repositories/": "graphdb"}
#: Of the stores whose address must have a name: the part of the path that stands before it.
_ABOVE = {"fuseki": "", "stardog": "", "graphdb": "repositories", "rdf4j": "repositories"}
_HOSTS = {".neptune.amazonaws.com": "neptune"}


class Site(NamedTuple):
    """A store at its addresses; ``graphs`` and ``quads`` None where there is no such thing."""

    profile: Profile
    query: str
    update: str
    graphs: str | None
    quads: str | None


def profile(name: str) -> Profile:
    """The profile called ``name``.

    :raises UnknownNameError: there is none
    """
    if name not in PROFILES:
        raise UnknownNameError("store", name, [], see=f"Known: auto, {', '.join(PROFILES)}.")
    return PROFILES[name]


def site(address: str, kind: Profile) -> Site:
    """The addresses of a store of this ``kind`` from any one of them, or from their base.

    :raises UsageError: the address has a query string
    """
    parts = urlsplit(address)
    if parts.query:
        raise UsageError(f"{address}: give the address without its query string (from ? on)")
    base, path = address.rstrip("/"), parts.path.rstrip("/")
    for ending in sorted((ending.rstrip("/") for ending in kind.endings), key=len, reverse=True):
        # A name may be one of the endings: what would be left without a name is no base.
        if path.endswith(ending) and path[: -len(ending)].rpartition("/")[2] != _ABOVE.get(kind.name):
            base = base[: -len(ending)]
            break
    graphs, quads = (None if path is None else base + path for path in (kind.graphs, kind.quads))
    return Site(kind, base + kind.query, base + kind.update, graphs, quads)


def guess(address: str, server: str, answered: str = "") -> Profile:
    """The kind of the store at ``address`` that names itself ``server`` (the header of that name).

    :param answered: what it said when it was looked at, for the error; "" where that is of no use
    :raises UsageError: neither says; the user must
    """
    parts = urlsplit(address)
    for known in PROFILES.values():
        if known.server in server.lower():
            return known
    for mark, name in _PATHS.items():
        if mark in f"{parts.path}/":
            return PROFILES[name]
    for mark, name in _HOSTS.items():
        if (parts.hostname or "").endswith(mark):
            return PROFILES[name]
    says = f"; it calls itself {server!r}" if server else ""
    more = f". It answered {answered}" if answered else ""
    raise UsageError(
        f"{address}: what kind of store is this{says}? Say so with --store; known: {', '.join(PROFILES)}{more}"
    )
