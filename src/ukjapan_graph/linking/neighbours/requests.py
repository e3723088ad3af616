"""What is asked of a service for one part of a query, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from pyoxigraph import BlankNode, NamedNode

from ukjapan_graph.answering.engines import Rows
from ukjapan_graph.errors import RemoteError, UkjapanError
from ukjapan_graph.namespaces import BASE
from ukjapan_graph.querying.tokens import tokenise

#: Rows of this graph that go to a neighbour in one request.
BATCH = 50
#: What begins the IRI that stands for a blank node of a neighbour (RDF 1.1 Concepts, 3.5).
SKOLEM = f"{BASE}.well-known/genid/"


class Request(NamedTuple):
    """What is asked of a service.

    :ivar service: its address, as the query has it
    :ivar head: the PREFIX lines that the block needs
    :ivar inside: what stands in the block's braces
    :ivar gives: names of the variables whose values the block is to give, sorted
    :ivar columns: those of them whose values go along
    :ivar seeds: these values, a tuple a row, each once, sorted
    """

    service: str
    head: str
    inside: str
    gives: tuple[str, ...]
    columns: tuple[str, ...]
    seeds: list[tuple]

    @property
    def hash(self) -> str:
        """SHA-256 of all of it: equal for equal questions, however laid out and cut into batches."""
        rows = [" ".join(map(term, seed)) for seed in self.seeds]
        words = " ".join(token.text for token in tokenise(self.inside))
        parts = [self.service, self.head, words, " ".join(self.gives), " ".join(self.columns), *rows]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def texts(self, batch: int) -> Iterator[tuple[str, int]]:
        """The queries to send, ``batch`` seeds in each, with the number of seeds in each."""
        # Named one by one: stores differ in what * shows. Virtuoso refuses a name that the block does not bind.
        names = " ".join(f"?{name}" for name in self.gives) or "(1 AS ?row)"
        start = f"{self.head}SELECT {names} WHERE {{"
        if not self.columns:
            yield f"{start}{self.inside}}}", len(self.seeds)
            return
        for at in range(0, len(self.seeds), batch):
            some = self.seeds[at : at + batch]
            yield f"{start} {values(self.columns, some)}\n{self.inside}}}", len(some)


class Neighbour(Protocol):
    """Whoever answers for a service: it in person, or a recording of it."""

    def answer(self, request: Request) -> Rows:
        """All rows for ``request``, their columns being ``request.gives``.

        Raises :class:`RemoteError` or :class:`LimitError` where there are not all.
        """


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
        rows: list[tuple] = []
        done = 0
        for text, count in request.texts(self.batch):
            try:
                rows += _placed(self.select(text), request, text)
            except UkjapanError as error:
                error.unanswered = len(request.seeds) - done
                raise
            done += count
            self.step(done, len(request.seeds))
        return Rows(request.gives, sorted(rows, key=lambda row: [*map(term, row)]))


def values(columns: Sequence[str], rows: Sequence[tuple]) -> str:
    """``rows`` as a ``VALUES`` of SPARQL; a gap is ``UNDEF``."""
    names = " ".join(f"?{name}" for name in columns)
    return f"VALUES ({names}) {{ {' '.join('(' + ' '.join(map(term, row)) + ')' for row in rows)} }}"


def term(found: object) -> str:
    """A term as SPARQL writes it; a gap as ``UNDEF``."""
    return "UNDEF" if found is None else str(found)


def _placed(found: Rows, request: Request, text: str) -> Iterator[tuple]:
    """The rows of ``found``, in the order of ``request.gives``, without blank nodes."""
    if not found.rows:
        return
    if lost := [name for name in request.gives if name not in found.columns]:
        # Rows without a column that joins would go with every row here.
        raise RemoteError(request.service, f"the answer has no column {', '.join(lost)}")
    places = [found.columns.index(name) for name in request.gives]
    for row in found.rows:
        yield tuple(_skolem(row[i], request, text) for i in places)


def _skolem(found: object, request: Request, text: str) -> object:
    """``found``, or an IRI in place of a blank node, whose label means something in one answer alone."""
    if not isinstance(found, BlankNode):
        return found
    mark = hashlib.sha256(f"{request.service}\n{text}\n{found.value}".encode()).hexdigest()[:16]
    return NamedNode(f"{SKOLEM}{mark}")
