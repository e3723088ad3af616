"""What a store has in its graphs, read back in the form in which it gives it fastest and unchanged.

A line that came as the release writes it needs no parser; only the others are parsed and written as N-Triples,
in the form that :func:`ukjapan_graph.loading.contents.line` gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results

from ukjapan_graph.answering.engines import Rows, rows_of
from ukjapan_graph.errors import RemoteError, UkjapanError
from ukjapan_graph.loading.contents import line
from ukjapan_graph.loading.lanes import side_by_side
from ukjapan_graph.loading.profiles import Profile
from ukjapan_graph.loading.spool import LINES, Sorter

_GRAPHS = 200  # names in one query
_ROWS = ("application/sparql-results+json", "application/json")
_TABS, _TRIPLES = "text/tab-separated-values", "application/n-triples"

_HASHES = 1 << 16
_VARIABLE = re.compile(r"\?(\w+)")

Parsed = Callable[[Collection[str]], Iterable[str]]
Found = Mapping[str, Collection[str]]


class Store:
    """A store as it is asked here: over connections that stay open, with queries of the loader's own.

    :param ask: gives the answer to a query in one of some media types
    """

    def __init__(self, address: str, ask: Callable[..., bytes]) -> None:
        self.address, self.body = address, ask

    def select(self, text: str) -> Rows:
        """The rows of a SELECT."""
        try:
            found = rows_of(parse_query_results(self.body(text, *_ROWS), format=QueryResultsFormat.JSON))
        except (SyntaxError, ValueError) as error:
            raise self.broken(error) from error
        if found.rows and list(found.columns) != _VARIABLE.findall(text.partition("{")[0]):
            raise self.broken(ValueError(f"columns that were not asked for: {', '.join(found.columns)}"))
        return found

    def ask(self, text: str) -> bool:
        """The answer to an ASK."""
        try:
            return bool(parse_query_results(self.body(text, *_ROWS), format=QueryResultsFormat.JSON))
        except (SyntaxError, ValueError) as error:
            raise self.broken(error) from error

    def broken(self, error: Exception) -> RemoteError:
        """The error of an answer that makes no sense."""
        return RemoteError(self.address, f"the answer breaks off or is none: {error}")


class _Part(NamedTuple):
    """Some graphs that are read in one answer, or a page of one graph.

    :ivar share: (from, to): the triples of which the hash begins with such a number of 16 bits; () for all
    """

    names: list[str]
    rows: int = 0
    offset: int = 0
    share: tuple[int, int] = ()


def contents(
    store: Store, profile: Profile, names: Sequence[str], wanted: Found, *, likely: bool = True
) -> Iterator[tuple[str, Collection[str]]]:
    """The triples of each graph of ``names`` that is there, as N-Triples without the point, each once.

    :param wanted: what ought to be there
    :param likely: whether most of them will be there
    :raises UkjapanError: a graph changes while it is read, or the server gives part of it
    """
    read = lambda part: _read(store, profile, part, wanted)  # noqa: E731
    large, there = {}, {}
    if profile.reads == "triples":
        parts = (_Part([name], profile.rows) for name in (names if likely else _maybe(store, names)))
    else:
        there = counts(store, profile, names)
        large = {name: count for name, count in there.items() if count > profile.rows}
        parts = _batches({name: there[name] for name in there if name not in large}, profile.rows)
    for found in side_by_side(read, parts, profile.lanes):
        for name, lines in found.items():
            if name in there and len(lines) != there[name]:
                require_whole(store, name, len(lines))
            if len(lines) >= profile.rows:
                large[name] = count(store, name)
            elif lines:
                yield name, lines
    for name in sorted(large):
        pages = [_Part([name], profile.rows, offset) for offset in range(0, large[name], profile.rows)]
        sorter = Sorter()
        for found in side_by_side(read, pages, profile.lanes):
            for text in found[name]:
                sorter.add(name, text)
        lines = sorter.lines().get(name, ())
        if profile.reads == "triples" and len(lines) < large[name]:
            lines = _in_shares(read, profile, name, large[name])
        # Pages without an order are whole only where nothing changes; the count shows whether they are.
        require_whole(store, name, len(lines))
        yield name, lines


def _in_shares(read: Callable[[_Part], Found], profile: Profile, name: str, there: int) -> Collection[str]:
    """The triples of the graph ``name``, of which there are many, each in the one share that its hash says.

    Virtuoso scans large graphs in several threads, so that pages without an order overlap and leave out what
    lies between; and it sorts no more than 10,000 rows.
    """
    number = min(there * 5 // (profile.rows * 4) + 1, _HASHES)
    edges = [_HASHES * i // number for i in range(number + 1)]
    parts = [_Part([name], profile.rows, share=share) for share in pairwise(edges)]
    sorter = Sorter()
    while parts:
        halves = []
        for part, found in zip(parts, side_by_side(read, parts, profile.lanes), strict=True):
            start, end = part.share
            if len(found[name]) >= profile.rows and end - start > 1:
                middle = (start + end) // 2
                halves += [part._replace(share=share) for share in ((start, middle), (middle, end))]
                continue
            for text in found[name]:
                sorter.add(name, text)
        parts = halves
    return sorter.lines().get(name, ())


def counts(store: Store, profile: Profile, graphs: Sequence[str]) -> dict[str, int]:
    """How many triples the store has in each of ``graphs``; those that are empty or not there are left out."""
    if profile.reads == "triples":
        numbers = side_by_side(lambda name: count(store, name), graphs, profile.lanes)
        return {name: number for name, number in zip(graphs, numbers, strict=True) if number}
    found = {}
    for names in _portions(graphs):
        text = f"SELECT ?g (COUNT(*) AS ?n) {{ {_values(names)} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        # An engine may give one row of nothing where there is no graph at all.
        found.update({g.value: _number(store, n) for g, n in store.select(text).rows if g is not None})
    return {name: number for name, number in found.items() if number}


def count(store: Store, graph: str) -> int:
    """How many triples the store has in ``graph``."""
    rows = store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
    return _number(store, rows[0][0]) if rows else 0


def _number(store: Store, term: object) -> int:
    try:
        return int(term.value)
    except (AttributeError, ValueError) as error:
        raise store.broken(error) from error


def require_whole(store: Store, graph: str, found: int) -> None:
    """Raise unless there are ``found`` triples in ``graph``.

    :raises UkjapanError: there are more or fewer
    """
    if found != (there := count(store, graph)):
        raise UkjapanError(
            f"{graph}: {found:,} triples read of {there:,}; somebody writes there, or the server cut the answer: "
            "try again"
        )


def _maybe(store: Store, graphs: Sequence[str]) -> list[str]:
    """Those of ``graphs`` that may be there.

    Virtuoso keeps the plan of a query: one that looked at many graphs when they were empty is a thousand times
    slower when they are full. So this is asked only where they are likely to be empty, and then only whether
    there is anything at all.
    """
    found: list[str] = []
    for names in _portions(graphs):
        if store.ask(f"ASK {{ {_values(names)} GRAPH ?g {{ ?s ?p ?o }} }}"):
            found += names
    return found


def _portions(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _GRAPHS):
        yield names[start : start + _GRAPHS]


def _values(names: Iterable[str]) -> str:
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def _batches(there: Mapping[str, int], rows: int) -> Iterator[_Part]:
    """The graphs that fit into one answer, as many together as do."""
    names, room = [], rows
    for name in sorted(there):
        if names and (there[name] > room or len(names) == _GRAPHS):
            yield _Part(names)
            names, room = [], rows
        names.append(name)
        room -= there[name]
    if names:
        yield _Part(names)


def _read(store: Store, profile: Profile, part: _Part, wanted: Found) -> Found:
    """What one answer holds."""
    end = f" LIMIT {part.rows} OFFSET {part.offset}" if part.rows else ""
    within = ""
    if part.share:
        start, last = part.share[0], part.share[1] - 1
        hashed = "SUBSTR(MD5(CONCAT(STR(?s), STR(?o))), 1, 4)"
        within = f' FILTER ({hashed} >= "{start:04x}" && {hashed} <= "{last:04x}")'
    if profile.reads == "triples":
        (name,) = part.names
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }}{within} }}{end}"
        lines = _split(store.body(text, _TRIPLES).decode(), " .\n")
        if lines and lines[0].startswith("#"):  # Virtuoso, of a graph with nothing in it
            lines = []
        return {
            name: _plain(store, (text.replace("\t", " ") for text in lines), wanted.get(name, ()), _parsed)
        }
    text = f"SELECT ?g ?s ?p ?o {{ {_values(part.names)} GRAPH ?g {{ ?s ?p ?o }} }}{end}"
    found: dict[str, list[str]] = {name: [] for name in part.names}
    if profile.reads != "tabs":
        for g, *triple in store.select(text).rows:
            found[g.value].append(line(Quad(*triple)))
        return {name: frozenset(lines) for name, lines in found.items()}
    head, *rows = _split(store.body(text, _TABS).decode(), "\n")
    if head != "?g\t?s\t?p\t?o":
        raise RemoteError(store.address, f"the answer is no SPARQL TSV of four columns: {head[:80]}")
    for row in rows:
        graph, _, triple = row.partition("\t")
        found[graph[1:-1]].append(triple.replace("\t", " "))
    return {name: _plain(store, lines, wanted.get(name, ()), _untabbed) for name, lines in found.items()}


def _plain(store: Store, lines: Iterable[str], ours: Collection[str], parsed: Parsed) -> Collection[str]:
    """``lines`` as N-Triples: those that are as ``ours`` are so already; ``ours`` itself where all are."""
    # What ought to be there is held only where it is little.
    held = len(ours) <= LINES
    wanted = frozenset(ours) if held else frozenset()
    found = frozenset(lines)
    if held and found == wanted:
        return ours
    if odd := found - wanted:
        try:
            return (found & wanted) | frozenset(parsed(odd))
        except (SyntaxError, ValueError) as error:
            raise store.broken(error) from error
    return found


def _parsed(lines: Collection[str]) -> Iterator[str]:
    text = "".join(f"{line} .\n" for line in lines)
    return (str(quad) for quad in parse(text, format=RdfFormat.N_TRIPLES))


def _untabbed(lines: Collection[str]) -> Iterator[str]:
    text = "?s\t?p\t?o\n" + "".join("{}\t{}\t{}\n".format(*line.split(" ", 2)) for line in lines)
    rows = parse_query_results(text, format=QueryResultsFormat.TSV)
    return (line(Quad(*row)) for row in rows)


def _split(text: str, end: str) -> list[str]:
    """``text`` cut after each ``end``; what comes after the last one stays a line, to be parsed or refused."""
    lines = text.split(end)
    if not lines[-1].strip():
        lines.pop()
    return lines
