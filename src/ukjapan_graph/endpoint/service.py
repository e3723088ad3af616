"""What is served: one release, its graphs and saved queries, with the workers that answer for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email.utils import formatdate
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.engines import FORMS, open_store, prepare, query_form
from ukjapan_graph.endpoint import dataset, negotiation
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import Asked
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.spawning import Spawner
from ukjapan_graph.endpoint.worker import GRAPHS, RESULTS
from ukjapan_graph.errors import QuerySyntaxError, UnknownNameError, UsageError
from ukjapan_graph.querying import binding
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.querying.tokens import tokenise

#: Names for ``?format=``, beside media types.
SHORT = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml", "csv": "text/csv",
    "tsv": "text/tab-separated-values", "turtle": "text/turtle", "ttl": "text/turtle",
    "ntriples": "application/n-triples", "nt": "application/n-triples", "rdfxml": "application/rdf+xml",
    "rdf": "application/rdf+xml", "jsonld": "application/ld+json", "trig": "application/trig",
    "nquads": "application/n-quads", "nq": "application/n-quads", "html": "text/html",
}  # fmt: skip
#: Other names that clients give the formats of results; each is answered in its own name.
_ALSO = {"application/json": "application/sparql-results+json", "application/xml": "application/sparql-results+xml",
         "text/xml": "application/sparql-results+xml"}  # fmt: skip


class Service:
    """The release file ``path``, served within ``limits``.

    :param spawner: who makes the workers; see :class:`Pool`
    :ivar store: the release in memory, for names, pages and dumps; queries of clients go to workers
    :ivar hash: SHA-256 of the release file, in hexadecimal
    """

    def __init__(self, path: str, limits: Limits | None = None, spawner: Spawner | None = None) -> None:
        self.path, self.limits = path, limits or Limits()
        self.store = open_store(path)
        self.hash = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        self.modified = formatdate(Path(path).stat().st_mtime, usegmt=True)
        self.pool = Pool(path, self.limits, spawner)

    @cached_property
    def graphs(self) -> dict[str, int]:
        """IRI of each named graph, sorted, with its number of triples."""
        counts: dict[str, int] = {}
        for quad in self.store:
            counts[quad.graph_name.value] = counts.get(quad.graph_name.value, 0) + 1
        return dict(sorted(counts.items()))

    @cached_property
    def queries(self) -> dict[str, SavedQuery]:
        """The saved queries by name, sorted."""
        return {query.name: query for query in questions.read_all(self.store)}

    async def sparql(self, asked: Asked, accept: str | None, client: str, base: str) -> Reply:
        """The answer to a SPARQL query, as the protocol has it.

        :param base: the address that the query came to, against which relative IRIs are read (RFC 3986, 5.1)
        :raises Problem: see :func:`prepared` and :meth:`Pool.answer`
        """
        text, added, form, graphs = self.prepared(asked)
        offered = tuple(RESULTS) if form in ("SELECT", "ASK") else tuple(GRAPHS)
        media_type = self.wanted(asked.wanted, accept, offered)
        order = {
            "query": text,
            "added": added,
            "default": graphs.default,
            "named": graphs.named,
            "media_type": _ALSO.get(media_type, media_type),
            "base": base,
        }
        return reply(media_type, await self.pool.answer(order, client))

    def prepared(self, asked: Asked) -> tuple[str, int, str, dataset.Dataset]:
        """The query of ``asked`` with prefixes declared, the number of lines added, its form, its dataset.

        :raises Problem: 400, the query is too long, does not parse, is an update, or names what is elsewhere
        """
        query = asked.query or ""
        if len(query) > self.limits.length:
            raise Problem(
                400,
                f"The query has {len(query):,} characters; {self.limits.length:,} are allowed",
                "too-long",
            )
        try:
            tokens = tokenise(query)
            graphs = dataset.resolve(asked, tokens, self.graphs)
            form = query_form(query)
            text, added = prepare(query, FORMS, graphs=self.graphs)
        except QuerySyntaxError as error:
            raise Problem(400, error.reason, "syntax", line=error.line, column=error.column) from None
        except UsageError as error:
            raise Problem(400, str(error), "refused") from None
        return text, added, form, graphs

    def bound(self, query: SavedQuery, values: dict[str, str]) -> str:
        """The text of a saved query with the values of its parameters.

        :raises Problem: 400, no such parameter, or a value that is not of its type or is not known
        """
        try:
            return binding.bind(query.text, answers.bound_terms(self.store, query, values))
        except UsageError as error:
            raise Problem(400, str(error), "parameter") from None

    async def run(self, text: str, media_type: str, client: str) -> bytes:
        """The result of a query of our own over the whole dataset."""
        order = {"query": text, "added": 0, "default": None, "named": None}
        return await self.pool.answer(order | {"media_type": _ALSO.get(media_type, media_type)}, client)

    def query(self, name: str) -> SavedQuery:
        """The saved query called ``name``.

        :raises Problem: 404, there is none; the detail has the nearest names
        """
        try:
            return self.queries[name]
        except KeyError:
            pass
        try:
            return questions.read(self.store, name)
        except UnknownNameError as error:
            raise Problem(404, str(error).replace("ukjapan queries", "/queries"), "no-such-query") from None

    def wanted(self, name: str | None, accept: str | None, offered: Sequence[str]) -> str:
        """The media type asked for by ``name``, which goes before ``accept``.

        :raises Problem: 406, it is not offered
        """
        if not name:
            return negotiation.choose(accept, (*offered, *(a for a, b in _ALSO.items() if b in offered)))
        media_type = SHORT.get(name, name)
        if media_type not in offered:
            raise Problem(
                406, f"There is no format {name} here; there are {', '.join(offered)}", "not-acceptable"
            )
        return media_type

    def about(self, iri: str) -> list[Quad]:
        """What the release says of the thing: triples with it at either end, and of a graph, all in it."""
        node = NamedNode(iri)
        found = {*self.store.quads_for_pattern(node, None, None, None)}
        found |= {*self.store.quads_for_pattern(None, None, node, None)}
        if iri in self.graphs:
            found |= {*self.store.quads_for_pattern(None, None, None, node)}
        return sorted(found, key=str)
