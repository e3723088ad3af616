"""The third engine: a triple store somewhere else, asked over the SPARQL 1.1 Protocol through SPARQLWrapper.

There is an answer in full or none: an answer that breaks off, that the server cut at a number of rows, or that
is a web page in place of an answer, is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from ukjapan_graph.answering.engines import Engine, Rows, explain, prepare, rows_of
from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.querying.tokens import is_word, tokenise
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.asking import Asking

#: Seconds for an answer, and bytes of it, unless the caller says otherwise.
SECONDS, BYTES = 60.0, 256 * 1024 * 1024

_ROWS = ("application/sparql-results+json", "application/json")
_TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
}
_ROW_LIMIT = "X-SPARQL-MaxRows"  # Virtuoso, when an answer has as many rows as it ever gives
#: A blank node as Virtuoso writes it in JSON: an address, where the standard has a label. In a text the quotation
#: marks would have backslashes.
_VIRTUOSO_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')


class Remote(Engine):
    """An :class:`~ukjapan_graph.answering.engines.Engine` on the SPARQL endpoint at ``access.address``.

    What a query sees without ``GRAPH`` is the endpoint's own default graph, which must be the union of the
    named graphs; see :func:`ukjapan_graph.answering.presence.require`. ``SERVICE``, ``FROM`` and updates are
    refused before anything is sent, and the query is parsed here first, so that a mistake is shown by line and
    column whatever the server would say.

    Its methods also raise :class:`LimitError` when the answer takes longer than ``seconds`` (waiting and
    trying again included), is larger than ``size`` bytes, or was cut by the server, and :class:`RemoteError`
    when there is none.
    """

    def __init__(self, access: Access, *, seconds: float = SECONDS, size: int = BYTES) -> None:
        self.access = access
        self._asking = Asking(access, seconds=seconds, size=size)

    def select(self, text: str) -> Rows:
        return self.as_it_stands(self._prepared(text, "SELECT"))

    def as_it_stands(self, full: str) -> Rows:
        """The rows of the SELECT ``full``, known to be SPARQL, which is sent without another line."""
        body, headers = self._answer(full, "SELECT", _ROWS)
        rows = self._rows(body)
        if headers.get(_ROW_LIMIT):
            self._require_whole(full, len(rows.rows))
        return rows

    def ask(self, text: str) -> bool:
        body, _ = self._answer(self._prepared(text, "ASK"), "ASK", _ROWS)
        try:
            found = _parsed(body)
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error
        truth = bool(found) if isinstance(found, QueryBoolean) else None
        del found  # as rows_of says
        if truth is None:
            raise self._nonsense("the answer to an ASK is rows")
        return truth

    def construct(self, text: str) -> list[Triple]:
        return sorted(set(self.triples(text)), key=str)

    def triples(self, text: str) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE in the server's order, which may hold one twice."""
        full = self._prepared(text, "CONSTRUCT", "DESCRIBE")
        body, headers = self._answer(full, "CONSTRUCT", tuple(_TRIPLES))
        if "Content-Length" not in headers and headers.get("Transfer-Encoding", "").lower() != "chunked":
            raise self._nonsense("the answer has no length, so that nobody can tell whether it is whole")
        media = _media(headers)
        try:
            found = [quad.triple for quad in parse(body, format=_TRIPLES[media])]
        except (SyntaxError, ValueError) as error:
            raise self._nonsense(f"the answer is no {media}: {error}") from error
        if "virtuoso" in headers.get("Server", "").lower():
            self._require_every_solution(full)
        return found

    def _prepared(self, text: str, *forms: str) -> str:
        """``text`` with the project's prefixes, known to be SPARQL."""
        full, added = prepare(text, forms)
        try:
            Store().query(full)
        except SyntaxError as error:
            raise explain(error, text, added) from None
        return full

    def _answer(self, text: str, form: str, wanted: tuple[str, ...]) -> tuple[bytes, Mapping[str, str]]:
        """The body and headers of the answer to ``text``, of one of the media types ``wanted``."""
        body, headers = self._asking.answer(text, form, wanted)
        if headers.get(faults.PARTIAL):
            said = headers.get("X-SQL-Message", "")
            raise LimitError(f"{self.access.address}: the server gave only part of the answer: {said}")
        if (media := _media(headers)) not in wanted:
            said = faults.excerpt(self.access, body)
            raise self._nonsense(f"the answer is {media or 'of no type'}, no answer to SPARQL: {said}")
        return body, headers

    def _rows(self, body: bytes) -> Rows:
        try:
            return rows_of(_parsed(body))
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error

    def _require_whole(self, full: str, count: int) -> None:
        """Raise unless ``full`` has ``count`` solutions: the server says that it gives no more than so many."""
        rows = self._rows(self._answer(_counting(full), "SELECT", _ROWS)[0]).rows
        if (there := int(rows[0][0].value)) != count:
            raise LimitError(
                f"{self.access.address}: the server cut the answer to {count:,} of {there:,} rows; narrow the "
                "query, or raise the server's limit (ResultSetMaxRows)"
            )

    def _require_every_solution(self, full: str) -> None:
        """Raise where Virtuoso cut the solutions from which it made triples: of that it says nothing."""
        rows = _as_select(full)
        if rows and (limit := self._answer(rows, "SELECT", _ROWS)[1].get(_ROW_LIMIT)):
            raise LimitError(
                f"{self.access.address}: the server makes triples from {limit} solutions at most and this "
                "query may have more; narrow it, or raise the server's limit (ResultSetMaxRows)"
            )

    def _broken(self, error: Exception) -> RemoteError:
        return self._nonsense(f"the answer breaks off or is no SPARQL JSON: {error}")

    def _nonsense(self, reason: str) -> RemoteError:
        return RemoteError(self.access.address, reason)


def _parsed(body: bytes) -> QuerySolutions | QueryBoolean:
    return parse_query_results(_VIRTUOSO_BLANK.sub(rb"\1", body), format=QueryResultsFormat.JSON)


def _media(headers: Mapping[str, str]) -> str:
    return (headers.get("Content-Type") or "").partition(";")[0].strip().lower()


def _counting(full: str) -> str:
    """A SELECT of the number of solutions of the SELECT ``full``."""
    start = next(token.start for token in tokenise(full) if is_word(token, "SELECT"))
    return f"{full[:start]}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {full[start:]}\n}} }}"


def _as_select(full: str) -> str:
    """A SELECT of one small row for each solution of the CONSTRUCT ``full``; "" for a DESCRIBE."""
    tokens = tokenise(full)
    at, construct = next((i, t) for i, t in enumerate(tokens) if is_word(t, "CONSTRUCT", "DESCRIBE"))
    if is_word(construct, "DESCRIBE"):
        return ""
    body = tokens[at + 1]
    if body.text == "{":
        depth = 0
        for i, token in enumerate(tokens[at + 1 :], at + 1):
            depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "mark" else 0
            if depth == 0:
                body = tokens[i + 1]
                break
    return f"{full[: construct.start]}SELECT (1 AS ?row) {full[body.start :]}"
