"""A query that other services answer in part, on the embedded engine.

The part before a ``SERVICE`` is evaluated here; what the triples at the block's start share with it goes along
as ``VALUES``, a batch at a time, and the rows of the service stand in the query in place of the block. That is
a bind join: the same rows as SPARQL 1.1 Federated Query defines, blank nodes by another name, and no more is
asked of a neighbour than this graph has a use for.

There is an answer in full or none. rdflib and the embedded engine could send the block themselves, but the
first gives no rows where it does not understand, and the second can be held to no address, limit or user agent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pyoxigraph import BlankNode, Store

from ukjapan_graph.answering.engines import Embedded, Rows, explain, prepare
from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError, UsageError
from ukjapan_graph.linking.neighbours.requests import Neighbour, Request, term, values
from ukjapan_graph.querying.services import Block, outer_group, service_blocks
from ukjapan_graph.querying.tokens import Token, declared_prefixes, is_word, tokenise, used_prefixes


def select(engine: Embedded, text: str, neighbour: Callable[[str], Neighbour]) -> Rows:
    """The rows of the SELECT ``text``, its services asked through ``neighbour(address)``.

    :raises UsageError: a ``SERVICE`` that cannot be sent on; or ``neighbour`` refuses the address
    :raises RemoteError: a service does not answer, or less than whole; the message says which and what lacks
    :raises LimitError: the same, for a limit of time, size or rows
    """
    blocks = service_blocks(text)
    text, added = prepare(text, ("SELECT",), frozenset(block.service for block in blocks))
    asked = _columns(text, added)
    tellers = {block.service: neighbour(block.service) for block in blocks}
    lines = [block.line - added for block in service_blocks(text)]
    for line in lines:
        block = service_blocks(text)[0]
        request, known = _request(engine, text, block)
        rows = Rows(request.gives, [])
        if request.seeds:
            try:
                rows = tellers[block.service].answer(request)
            except (RemoteError, LimitError) as error:
                gone = _resting_on({*request.gives} - {*known}, text)
                lost = [name for name in asked if name in gone]
                raise _lacking(error, request, lost, line) from error
        text = f"{text[: block.start]}{{ {values(*rows)} }}{text[block.end :]}"
    return engine.select(text)


def _columns(text: str, added: int) -> tuple[str, ...]:
    """The columns of ``text``, known to be SPARQL, without asking anybody.

    :param added: lines before those of the text's author
    """
    # GRAPH takes the same places as SERVICE and shows the same variables.
    blank = text
    for block in service_blocks(text):
        blank = f"{blank[: block.start]}GRAPH  {blank[block.start + len('SERVICE') :]}"
    try:
        return tuple(found.value for found in Store().query(blank).variables)
    except SyntaxError as error:
        own = text.split("\n", added)[added]
        raise explain(error, own, added) from None


def _request(engine: Embedded, text: str, block: Block) -> tuple[Request, list[str]]:
    """What to ask for ``block``, the first of ``text``; and the variables that stand before it."""
    start, _ = outer_group(text)
    before = block.optional[0] if block.optional else block.start
    head, group, inside = _head(text), text[start:before], text[slice(*block.inside)]
    known, shown = (
        [found.value for found in Store().query(f"{head}SELECT * WHERE {{{part}}}").variables]
        for part in (group, inside)
    )
    gives = tuple(sorted(_wanted(text, block, shown)))
    # Of others it is not known whether the block binds them in each row; where it does not, values before it
    # change what it means, and values after it have been seen to lose rows in Virtuoso. They join here.
    shared = [name for name in block.leading if name in known]
    if shared:
        wanted = " ".join(f"?{name}" for name in shared)
        rows = engine.select(f"{head}SELECT DISTINCT {wanted} WHERE {{{group}}}").rows
    else:
        rows = [() for _ in engine.select(f"{head}SELECT * WHERE {{{group}}} LIMIT 1").rows]
    # A gap joins with anything, so a column with gaps narrows nothing; sent along it would double rows.
    whole = [i for i in range(len(shared)) if not any(_unsent(row[i]) for row in rows)]
    seeds = sorted({tuple(row[i] for i in whole) for row in rows}, key=lambda row: [*map(term, row)])
    columns = tuple(shared[i] for i in whole)
    return Request(block.service, _head(text, inside), inside, gives, columns, seeds), known


def _wanted(text: str, block: Block, variables: Sequence[str]) -> set[str]:
    """Of the ``variables`` that ``block`` shows, those that the rest of ``text`` speaks of.

    The others are the neighbour's own affair: the names of its statements, say, would make every answer longer
    and differ in a copy.
    """
    tokens = [t for t in tokenise(text) if not block.inside[0] <= t.start < block.inside[1]]
    names = set(variables)
    for before, token in pairwise(tokens):
        if token.text == "*" and is_word(before, "SELECT", "DISTINCT", "REDUCED"):
            return names
    return names & {token.text[1:] for token in tokens if token.kind == "variable"}


def _resting_on(names: set[str], text: str) -> set[str]:
    """``names``, and those of the variables that ``text`` makes out of them by BIND."""
    found, tokens = set(names), tokenise(text)
    for i, token in enumerate(tokens):
        if is_word(token, "BIND"):
            end = next(
                j for j in range(i, len(tokens)) if is_word(tokens[j], "AS") and _depth(tokens[i:j]) == 1
            )
            if any(t.kind == "variable" and t.text[1:] in found for t in tokens[i:end]):
                found.add(tokens[end + 1].text[1:])
    return found


def _depth(tokens: Sequence[Token]) -> int:
    return sum((token.text == "(") - (token.text == ")") for token in tokens)


def _unsent(found: object) -> bool:
    """Whether a value cannot be told to a neighbour."""
    return found is None or isinstance(found, BlankNode)


def _head(text: str, used_in: str | None = None) -> str:
    """The PREFIX lines of ``text``; only those that ``used_in`` has names of, where it is given.

    Where there is a BASE, all that stands before SELECT, because each line is read by what is before it.
    """
    tokens = tokenise(text)
    start = next(token.start for token in tokens if is_word(token, "SELECT"))
    before = [token for token in tokens if token.start < start]
    if any(is_word(token, "BASE") for token in before):
        return " ".join(token.text for token in before) + "\n"
    names = None if used_in is None else used_prefixes(tokenise(used_in))
    known = {name.text: iri for name, iri in declared_prefixes(tokens)}  # the last one of a name holds
    lines = [f"PREFIX {name} <{iri}>\n" for name, iri in known.items() if names is None or name[:-1] in names]
    return "".join(sorted(lines))


def _lacking(error: UkjapanError, request: Request, lost: list[str], line: int) -> UkjapanError:
    """``error`` with what the answer would have lacked: columns that nobody else gives, and for how many rows."""
    lack = f"; without it there is no {', '.join(lost)}" if lost else ""
    if request.columns:
        count = getattr(error, "unanswered", len(request.seeds))
        lack += f" for {count:,} of the {len(request.seeds):,} rows asked about"
    reason = getattr(error, "reason", str(error))
    at = getattr(error, "address", request.service)
    asked_at = f"asked at {at}: " if at != request.service else ""
    reason = f"{asked_at}{reason}{lack}. No rows are given, rather than some (line {line} of the query)"
    if isinstance(error, LimitError):
        return LimitError(f"{request.service}: {reason}")
    return RemoteError(request.service, reason, status=getattr(error, "status", None))


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
