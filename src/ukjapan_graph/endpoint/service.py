"""What a worker serves: one release, its graphs and saved queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.engines import FORMS, open_store, prepare, query_form
from ukjapan_graph.endpoint import dataset, negotiation
from ukjapan_graph.endpoint.evaluation import GRAPHS, RESULTS, Query, add_merge, evaluate
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import Asked
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.view import NamedGraphs
from ukjapan_graph.errors import QuerySyntaxError, UnknownNameError, UsageError
from ukjapan_graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from ukjapan_graph.namespaces import PREFIXES, TERMS
from ukjapan_graph.querying import binding
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.querying.tokens import is_word, tokenise

if TYPE_CHECKING:
    from ukjapan_graph.linking.alike.reconciling import Reconciler

#: Names for ``?format=``, beside media types.
SHORT = {
    **{form.name: form.media_type for form in RESULT_FORMATS.values()},
    **{form.name: form.media_type for form in GRAPH_FORMATS.values()},
    **{form.suffix[1:]: form.media_type for form in GRAPH_FORMATS.values()},
    "json-ld": "application/ld+json",
    "rdf+xml": "application/rdf+xml",
    "html": "text/html",
}
#: Other names that clients give the formats of results; each is answered in its own name.
_ALSO = {"application/json": "application/sparql-results+json", "application/xml": "application/sparql-results+xml",
         "text/xml": "application/sparql-results+xml"}  # fmt: skip
#: Functions that give another value each time (SPARQL 1.1 Query, 17.4).
_VARYING = ("NOW", "RAND", "UUID", "STRUUID")


class Service:
    """The release file ``path``, served within ``limits``.

    :param services: the addresses that SERVICE in a client's query may name, compared whole; by default none
    :ivar store: the named graphs of the release, in memory
    :raises SourceError: the release cannot be read
    """

    def __init__(self, path: str, limits: Limits | None = None, services: Iterable[str] = ()) -> None:
        self.path, self.limits = path, limits or Limits()
        self.services = frozenset(services)
        self.store = NamedGraphs(add_merge(open_store(path)))

    @cached_property
    def modified(self) -> str:
        """When the release file was written last, as HTTP has dates (RFC 9110, 5.6.7)."""
        from email.utils import formatdate  # which would take a megabyte of every worker

        return formatdate(Path(self.path).stat().st_mtime, usegmt=True)

    @cached_property
    def version(self) -> str:
        """The version of the release, ``owl:versionInfo`` of its ontology; "" where it has none."""
        ontology = NamedNode(TERMS.removesuffix("#"))
        said = self.store.quads_for_pattern(ontology, NamedNode(PREFIXES["owl"] + "versionInfo"), None, None)
        return next((quad.object.value for quad in said), "")

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

    @cached_property
    def reconciler(self) -> Reconciler:
        """Whoever finds things by name, under names from the outside graph beside the release too."""
        from ukjapan_graph.linking.alike.catalogue import outside_names  # which few workers ever need
        from ukjapan_graph.linking.alike.reconciling import reconciler

        return reconciler(self.store, outside_names(Path(self.path)))

    def sparql(self, asked: Asked, accept: str | None, base: str) -> Reply:
        """The answer to a SPARQL query, as the protocol has it; kept only where it would be the same again.

        :param base: the address that the query came to, against which relative IRIs are read (RFC 3986, 5.1)
        :raises Problem: see :func:`prepared` and :func:`ukjapan_graph.endpoint.evaluation.evaluate`
        """
        query, form = self.prepared(asked, base)
        offered = RESULTS if form in ("SELECT", "ASK") else GRAPHS
        media_type = self.wanted(asked.wanted, accept, offered)
        found = evaluate(self.store.merged, query, _ALSO.get(media_type, media_type), self.limits.largest)
        return reply(media_type, found, kept=not query.varies)

    def prepared(self, asked: Asked, base: str) -> tuple[Query, str]:
        """The query of ``asked`` ready to be evaluated, and its form.

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
            text, added = prepare(query, FORMS, self.services, graphs=self.graphs)
        except QuerySyntaxError as error:
            raise Problem(400, error.reason, "syntax", line=error.line, column=error.column) from None
        except UsageError as error:
            raise Problem(400, str(error), "refused") from None
        asks_others = any(is_word(token, "SERVICE") for token in tokens)
        varies = asks_others or any(is_word(token, *_VARYING) for token in tokens)
        return Query(text, added, graphs, base, asks_others, varies), form

    def bound(self, query: SavedQuery, values: dict[str, str]) -> str:
        """The text of a saved query with the values of its parameters.

        :raises Problem: 400, no such parameter, or a value that is not of its type or is not known
        """
        try:
            return binding.bind(query.text, answers.bound_terms(self.store, query, values))
        except UsageError as error:
            raise Problem(400, str(error), "parameter") from None

    def run(self, text: str, media_type: str) -> bytes:
        """The result of a query of our own over the whole dataset."""
        return evaluate(
            self.store.merged, Query(text), _ALSO.get(media_type, media_type), self.limits.largest
        )

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

        Clients that send both may mean another kind of answer by the name than this query has; where it is not
        offered, and ``accept`` names one that is, the name is passed over.

        :raises Problem: 406, it is not offered
        """
        known = (*offered, *(a for a, b in _ALSO.items() if b in offered))
        media_type = None if name is None else SHORT.get(name, name)
        if media_type in offered:
            return media_type
        if name is not None and not negotiation.is_named(accept, known):
            raise Problem(
                406, f"There is no format {name} here; there are {', '.join(offered)}", "not-acceptable"
            )
        return negotiation.choose(accept, known)

    def about(self, iri: str) -> list[Quad]:
        """What the release says of the thing: triples with it at either end, and of a graph, all in it.

        Of what is no IRI, which a path may well hold, it says nothing.
        """
        try:
            node = NamedNode(iri)
        except ValueError:
            return []
        found = {*self.store.quads_for_pattern(node, None, None, None)}
        found |= {*self.store.quads_for_pattern(None, None, node, None)}
        if iri in self.graphs:
            found |= {*self.store.quads_for_pattern(None, None, None, node)}
        return sorted(found, key=str)
