"""What a store holds, against what it should hold: read back, canonical, graph by graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, Quad

from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.data.literals import normal
from ukjapan_graph.errors import UkjapanError
from ukjapan_graph.loading import receipts
from ukjapan_graph.loading.contents import Release, has_blank, line
from ukjapan_graph.loading.profiles import Profile
from ukjapan_graph.loading.receipts import Receipt

_GRAPHS = 200  # names in one query

Progress = Callable[[int, int], None]


class Difference(NamedTuple):
    """One graph: what is there and what should be.

    :ivar graph: its IRI; "" for the default graph
    :ivar count: how many triples the store has there
    :ivar missing: triples of the release that are not there, as N-Triples without the point, sorted
    :ivar extra: triples there that the release has not, likewise
    :ivar rewritten: (of the release, of the store) the same value written in another way
    :ivar blank: whether there are triples with blank nodes, which no update can name
    """

    graph: str
    count: int
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    rewritten: tuple[tuple[str, str], ...] = ()
    blank: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the graph holds what it should, each value in one way of writing or another."""
        return not (self.missing or self.extra or self.blank)


class Survey(NamedTuple):
    """A store against a release.

    :ivar receipt: what a loader left there; None where there is nothing
    :ivar graphs: a difference for each graph of the release, or of the receipt, in order
    :ivar default: triples in the graphs that plain patterns do not see; of a store whose default graph is the
        union, a few of them or none
    """

    receipt: Receipt | None
    graphs: tuple[Difference, ...]
    default: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the store holds the release, neither more nor less."""
        return not self.default and all(difference.agrees for difference in self.graphs)


def survey(
    engine: Remote, profile: Profile, release: Release, progress: Progress = lambda *_: None
) -> Survey:
    """What the store behind ``engine`` holds of ``release``, and what it holds in its graphs beside it."""
    receipt = receipts.read(engine)
    names = sorted({*release.graphs, *(receipt.graphs if receipt else ())})
    there = counts(engine, names)
    found = {name: Difference(name, 0, tuple(sorted(release.graphs.get(name, ())))) for name in names}
    done, total = 0, sum(there.values())
    for name, triples in contents(engine, there, profile.rows):
        found[name] = compare(name, triples, release.graphs.get(name, frozenset()))
        done += len(triples)
        progress(done, total)
    look = _hidden_from_union if profile.union else _hidden
    hidden = look(engine, release, there) if there else ()
    return Survey(receipt, tuple(found[name] for name in names), hidden)


def counts(engine: Remote, graphs: Iterable[str]) -> dict[str, int]:
    """How many triples the store has in each of ``graphs``; those that are empty or not there are left out."""
    found = {}
    for names in _portions(list(graphs), _GRAPHS):
        text = f"SELECT ?g (COUNT(*) AS ?n) {{ {_values(names)} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        # An engine may give one row of nothing where there is no graph at all.
        found.update({g.value: int(n.value) for g, n in engine.select(text).rows if g is not None})
    return {name: count for name, count in found.items() if count}


def contents(engine: Remote, there: dict[str, int], rows: int) -> Iterator[tuple[str, list[Quad]]]:
    """The triples of each graph in ``there`` (with its count), read in answers of ``rows`` rows at most.

    :raises UkjapanError: a graph changes while it is read
    """
    small = [name for name in there if there[name] <= rows]
    while small:
        batch, room = [], rows
        while small and there[small[-1]] <= room and len(batch) < _GRAPHS:
            room -= there[small[-1]]
            batch.append(small.pop())
        found: dict[str, list[Quad]] = {name: [] for name in batch}
        text = f"SELECT ?g ?s ?p ?o {{ {_values(batch)} GRAPH ?g {{ ?s ?p ?o }} }}"
        for g, s, p, o in engine.select(text).rows:
            found[g.value].append(Quad(s, p, o))
        yield from found.items()
    for name in sorted(name for name in there if there[name] > rows):
        pages: set[Quad] = set()
        for offset in range(0, there[name], rows):
            text = f"SELECT ?s ?p ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }} LIMIT {rows} OFFSET {offset}"
            pages.update(Quad(s, p, o) for s, p, o in engine.select(text).rows)
        # Pages without an order are whole only where nothing changes; the count shows whether they are.
        if len(pages) != there[name]:
            raise UkjapanError(
                f"{name}: {len(pages):,} triples read of {there[name]:,}; somebody writes there: try again"
            )
        yield name, list(pages)


def compare(graph: str, present: list[Quad], wanted: frozenset[str]) -> Difference:
    """How the triples ``present`` differ from those ``wanted`` (N-Triples without the point)."""
    named = [quad for quad in present if not has_blank(quad)]
    lines = {line(quad): quad for quad in named}
    missing, extra = wanted - lines.keys(), lines.keys() - wanted
    rewritten = []
    if missing and extra:
        # What is missing may be there in canonical form, or be canonical where the store is not.
        forms = {_key(lines[text]): text for text in extra}
        for text in sorted(missing):
            if (other := forms.get(_key(_quad(text)))) in extra:
                rewritten.append((text, other))
        missing -= {text for text, _ in rewritten}
        extra -= {text for _, text in rewritten}
    blank = len(named) != len(present)
    return Difference(
        graph, len(present), tuple(sorted(missing)), tuple(sorted(extra)), tuple(rewritten), blank
    )


def _hidden(engine: Remote, release: Release, there: dict[str, int]) -> tuple[str, ...]:
    """The triples in graphs of the release that plain patterns do not see."""
    found: set[str] = set()
    for names in _portions([name for name in there if name in release.graphs], _GRAPHS):
        text = f"SELECT DISTINCT ?s ?p ?o {{ {_values(names)} GRAPH ?g {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"
        found.update(line(Quad(*row)) for row in engine.select(text).rows)
    return tuple(sorted(found))


def _hidden_from_union(engine: Remote, release: Release, there: dict[str, int]) -> tuple[str, ...]:
    """A few triples in graphs of the release, unless plain patterns see them all."""
    names = [name for name in there if name in release.graphs]
    sample = []
    for name in names[:: max(len(names) // 6, 1)]:
        rows = engine.select(
            f"SELECT ?s ?p ?o {{ GRAPH <{name}> {{ ?s ?p ?o FILTER (!ISLITERAL(?o)) }} }} LIMIT 1"
        )
        sample += [line(Quad(*row)) for row in rows.rows]
    if not sample or engine.ask(f"ASK {{ {' . '.join(sample)} }}"):
        return ()
    return tuple(sorted(sample))


def _key(quad: Quad) -> str:
    """The triple with its literal in canonical form and its language in lower case."""
    term = quad.object
    if isinstance(term, Literal) and term.language:
        return line(Quad(quad.subject, quad.predicate, Literal(term.value, language=term.language.lower())))
    text = line(normal(quad))
    # Whole decimals end in ".0" here, in nothing there (XML Schema 1.1).
    return text.replace('.0"^^', '"^^') if "#decimal>" in text[-9:] else text


def _quad(text: str) -> Quad:
    from pyoxigraph import RdfFormat, parse

    return next(iter(parse(f"{text} .", format=RdfFormat.N_TRIPLES)))


def _values(names: list[str]) -> str:
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def _portions(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
