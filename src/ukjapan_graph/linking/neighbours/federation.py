"""A query that other services answer in part, on the embedded engine.

The part before a ``SERVICE`` is evaluated here; what the service shares with it goes along as ``VALUES``, a
batch at a time, and its rows stand in the query in place of the block. That is a bind join: the same rows as
SPARQL 1.1 Federated Query defines, and no more is asked of a neighbour than this graph has a use for.

There is an answer in full or none. rdflib and the embedded engine could send the block themselves, but the
first gives no rows where it does not understand, and the second can be held to no address, limit or user agent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from pyoxigraph import BlankNode, NamedNode

from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError, UsageError
from ukjapan_graph.namespaces import BASE
from ukjapan_graph.querying.services import Block, outer_group, service_blocks
from ukjapan_graph.querying.tokens import declared_prefixes, tokenise, used_prefixes

#: Rows of this graph that go to a neighbour in one request.
BATCH = 50


class Request(NamedTuple):
    """What is asked of a service.

    :ivar service: its address, as the query has it
    :ivar head: the PREFIX lines that the block needs
    :ivar inside: what stands in the block's braces
    :ivar columns: names of the variables that this graph binds in every row
    :ivar seeds: their values, a tuple a row, each once, sorted
    """

    service: str
    head: str
    inside: str
    columns: tuple[str, ...]
    seeds: list[tuple]

    @property
    def hash(self) -> str:
        """SHA-256 of all of it: equal for equal questions, however they are cut into batches."""
        rows = [" ".join(map(_term, seed)) for seed in self.seeds]
        parts = [self.service, self.head, " ".join(self.inside.split()), " ".join(self.columns), *rows]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def texts(self, batch: int) -> Iterator[tuple[str, int]]:
        """The queries to send, ``batch`` seeds in each, with the number of seeds in each."""
        if not self.columns:
            yield f"{self.head}SELECT * WHERE {{{self.inside}}}", len(self.seeds)
            return
        for start in range(0, len(self.seeds), batch):
            some = self.seeds[start : start + batch]
            yield f"{self.head}SELECT * WHERE {{ {values(self.columns, some)}\n{self.inside}}}", len(some)


class Neighbour(Protocol):
    """Whoever answers for a service: it in person, or a recording of it."""

    def answer(self, request: Request) -> Rows:
        """All rows for ``request``; raises :class:`RemoteError` or :class:`LimitError` where there are not all."""


class Live:
    """The service itself, asked over the web.

    :param select: what gives the rows of a query text at the service's address
    :param step: told, after each request, how many of the seeds are answered and how many there are
    """

    def __init__(
        self,
        select: Callable[[str], Rows],
        *,
        batch: int = BATCH,
        step: Callable[[int, int], None] = lambda done, of: None,
    ) -> None:
        self.select, self.batch, self.step = select, batch, step

    def answer(self, request: Request) -> Rows:
        columns: tuple[str, ...] = ()
        rows: list[tuple] = []
        done = 0
        for text, count in request.texts(self.batch):
            try:
                found = self.select(text)
            except UkjapanError as error:
                error.unanswered = len(request.seeds) - done
                raise
            columns = columns or found.columns
            where = [found.columns.index(name) for name in columns]
            rows += [tuple(_skolem(row[i], request) for i in where) for row in found.rows]
            done += count
            self.step(done, len(request.seeds))
        return Rows(columns, sorted(rows, key=lambda row: [_term(term) for term in row]))


def select(engine: Embedded, text: str, neighbour: Callable[[str], Neighbour]) -> Rows:
    """The rows of the SELECT ``text``, its services asked through ``neighbour(address)``.

    :raises UsageError: a ``SERVICE`` that cannot be sent on; or ``neighbour`` refuses the address
    :raises RemoteError: a service does not answer, or less than whole; the message says which and what lacks
    :raises LimitError: the same, for a limit of time, size or rows
    """
    blocks = service_blocks(text)
    tellers = {block.service: neighbour(block.service) for block in blocks}
    asked = engine.select(_without(text, blocks)).columns if blocks else ()
    for _ in blocks:
        block = service_blocks(text)[0]
        request, known = _request(engine, text, block)
        rows = Rows((), [])
        if request.seeds:
            try:
                rows = tellers[block.service].answer(request)
            except (RemoteError, LimitError) as error:
                raise _lacking(error, block, request, known, asked) from error
        missing = [name for name in block.variables if name not in rows.columns]
        columns = (*rows.columns, *missing)
        filled = values(columns, [(*row, *(None for _ in missing)) for row in rows.rows])
        text = f"{text[: block.start]}{{ {filled} }}{text[block.end :]}"
    return engine.select(text)


def values(columns: Sequence[str], rows: Sequence[tuple]) -> str:
    """``rows`` as a ``VALUES`` of SPARQL; a gap is ``UNDEF``."""
    names = " ".join(f"?{name}" for name in columns)
    return f"VALUES ({names}) {{ {' '.join('(' + ' '.join(map(_term, row)) + ')' for row in rows)} }}"


def _request(engine: Embedded, text: str, block: Block) -> tuple[Request, tuple[str, ...]]:
    """What to ask for ``block``, the first of ``text``; and the variables that stand before it."""
    start, _ = outer_group(text)
    before = block.optional[0] if block.optional else block.start
    head = _prefixes(text)
    group = text[start:before]
    known = engine.select(f"{head}SELECT * WHERE {{{group}}}").columns
    shared = tuple(name for name in block.variables if name in known)
    rows: list[tuple] = []
    if shared:
        wanted = " ".join(f"?{name}" for name in shared)
        rows = engine.select(f"{head}SELECT DISTINCT {wanted} WHERE {{{group}}}").rows
        # A gap joins with anything, so a column with gaps narrows nothing; sent along it would double rows.
        whole = [i for i in range(len(shared)) if all(row[i] is not None for row in rows)]
        shared = tuple(shared[i] for i in whole)
        rows = list({tuple(row[i] for i in whole): None for row in rows})
    elif engine.select(f"{head}SELECT * WHERE {{{group}}}").rows:
        rows = [()]  # the block asks the same, whatever is here
    seeds = sorted(rows, key=lambda row: [_term(term) for term in row])
    inside = text[slice(*block.inside)]
    return Request(block.service, _prefixes(text, inside), inside, shared, seeds), known


def _prefixes(text: str, used_in: str | None = None) -> str:
    """The PREFIX lines of ``text``; only those that ``used_in`` has names of, where it is given."""
    names = None if used_in is None else used_prefixes(tokenise(used_in))
    lines = [
        f"PREFIX {name.text} <{iri}>\n"
        for name, iri in declared_prefixes(tokenise(text))
        if names is None or name.text[:-1] in names
    ]
    return "".join(sorted(lines))


def _without(text: str, blocks: list[Block]) -> str:
    """``text`` with nothing but variables where its services stand, to see its columns."""
    for block in reversed(blocks):
        text = f"{text[: block.start]}{{ {values(block.variables, [])} }}{text[block.end :]}"
    return text


def _lacking(
    error: UkjapanError, block: Block, request: Request, known: tuple[str, ...], asked: tuple[str, ...]
) -> UkjapanError:
    """``error`` with what the answer would have lacked."""
    columns = [name for name in asked if name in block.variables and name not in known]
    lost = f"; without it there is no {', '.join(columns)}" if columns else ""
    if request.columns:
        count = getattr(error, "unanswered", len(request.seeds))
        lost += f" for {count:,} of the {len(request.seeds):,} rows asked about"
    reason = getattr(error, "reason", str(error))
    at = getattr(error, "address", block.service)
    asked_at = f"asked at {at}: " if at != block.service else ""
    reason = f"{asked_at}{reason}{lost}. No rows are given, rather than some (line {block.line} of the query)"
    if isinstance(error, LimitError):
        return LimitError(f"{block.service}: {reason}")
    return RemoteError(block.service, reason, status=getattr(error, "status", None))


def _term(term: object) -> str:
    return "UNDEF" if term is None else str(term)


def _skolem(term: object, request: Request) -> object:
    """``term``, or for a blank node of a neighbour an IRI in its place (RDF 1.1 Concepts, 3.5)."""
    if not isinstance(term, BlankNode):
        return term
    mark = hashlib.sha256(f"{request.service} {term.value}".encode()).hexdigest()[:16]
    return NamedNode(f"{BASE}.well-known/genid/{mark}")


def allowed(services: Sequence[str], where: dict[str, str]) -> Callable[[str], str]:
    """What gives, for a service, the address at which it is asked.

    :param services: the addresses that may be asked, compared whole
    :param where: for some of them, another address at which they are asked in fact
    :returns: a function that raises :class:`UsageError` for a service that is not allowed
    """
    if strange := sorted(set(where) - set(services)):
        known = ", ".join(services) or "none"
        raise UsageError(f"--service {strange[0]}: the query asks no such service; its services: {known}")

    def address(service: str) -> str:
        if service not in services:
            raise UsageError(f"SERVICE <{service}> is refused; allowed: {', '.join(services) or 'none'}")
        return where.get(service, service)

    return address
