"""What a store holds, against what it should hold: read back, canonical, graph by graph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, Triple, parse

from ukjapan_graph.data.literals import value
from ukjapan_graph.loading import receipts
from ukjapan_graph.loading.contents import Release, has_blank, line
from ukjapan_graph.loading.profiles import Profile
from ukjapan_graph.loading.reading import Store, contents, require_whole
from ukjapan_graph.loading.receipts import Receipt
from ukjapan_graph.loading.spool import differences

_GRAPHS = 200  # names in one query
_SAMPLE = 20  # triples

Progress = Callable[[int, int], None]


class Difference(NamedTuple):
    """One graph: what is there and what should be.

    :ivar graph: its IRI; "" for the default graph
    :ivar count: how many triples the store has there
    :ivar missing: triples of the release that are not there, as N-Triples without the point
    :ivar extra: triples there that the release has not, likewise
    :ivar rewritten: (of the release, of the store) the same value written in another way
    :ivar blank: whether there are triples with blank nodes, which no update can name
    """

    graph: str
    count: int
    missing: Collection[str] = ()
    extra: Collection[str] = ()
    rewritten: tuple[tuple[str, str], ...] = ()
    blank: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the graph holds what it should, each value in one way of writing or another."""
        return not (self.missing or self.extra or self.blank)


class Survey(NamedTuple):
    """A store against a release.

    :ivar receipt: what a loader left there; None where there is nothing
    :ivar graphs: a difference for each graph of the release, of the receipt, or of a load that was stopped, in
        order
    :ivar default: triples in the graphs that plain patterns do not see: a few of them, or none
    :ivar hidden: the graphs of the release in which there are such triples; of a store whose default graph is
        the union, some of them
    :ivar unfinished: the graphs of a load that is going on, or was stopped
    :ivar words: the triples of the receipt, or of what is none
    """

    receipt: Receipt | None
    graphs: tuple[Difference, ...]
    default: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the store holds the release, neither more nor less."""
        return not self.default and all(difference.agrees for difference in self.graphs)


def survey(store: Store, profile: Profile, release: Release, progress: Progress = lambda *_: None) -> Survey:
    """What ``store`` holds of ``release``, and what it holds in its graphs beside it."""
    receipt, unfinished, words = receipts.left(store)
    known = {*unfinished, *(receipt.graphs if receipt else ())}
    names = sorted({*release.graphs, *known})
    # A graph that is not there lacks all that the release has in it, and that need not be held here.
    found = {name: Difference(name, 0, release.graphs.get(name, ())) for name in names}
    done, total = 0, release.size
    for name, lines in contents(store, profile, names, release.graphs, likely=bool(known)):
        found[name] = compare(name, lines, release.graphs.get(name, ()))
        if found[name].missing:
            require_whole(store, name, len(lines))
        done += len(lines)
        progress(min(done, total), total)
    there = [name for name in names if found[name].count]
    if profile.union:
        whole = [name for name in there if not found[name].missing and not found[name].rewritten]
        look = _hidden_from_union(store, release, whole)
    else:
        look = _hidden(store, [name for name in there if name in release.graphs])
    return Survey(receipt, tuple(found[name] for name in names), *look, unfinished, words)


def compare(graph: str, present: Collection[str], wanted: Collection[str]) -> Difference:
    """How the triples ``present`` differ from those ``wanted`` (both N-Triples without the point, each once)."""
    if present == wanted:
        return Difference(graph, len(present))
    missing, extra = differences(wanted, present)
    named = [text for text in extra if not _has_blank(text)]
    blank = len(named) != len(extra)
    rewritten = []
    if missing and named:
        # What is missing may be there in canonical form, or be canonical where the store is not.
        forms = {_key(text): text for text in named}
        for text in missing:
            if other := forms.pop(_key(text), None):
                rewritten.append((text, other))
        ours, theirs = ({pair[side] for pair in rewritten} for side in (0, 1))
        missing = [text for text in missing if text not in ours]
        named = [text for text in named if text not in theirs]
    return Difference(graph, len(present), tuple(missing), tuple(named), tuple(rewritten), blank)


def _hidden(store: Store, graphs: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Triples in ``graphs`` that plain patterns do not see, and the graphs that have any."""
    sample, found = (), []
    # Where there is nothing at all, one look says so; Oxigraph takes long to look for what was deleted.
    missing = " FILTER NOT EXISTS { ?s ?p ?o }" if graphs and store.ask("ASK { ?s ?p ?o }") else ""
    for names in _portions(graphs, _GRAPHS):
        where = f"{_values(names)} GRAPH ?g {{ ?s ?p ?o }}{missing}"
        found += [g.value for (g,) in store.select(f"SELECT DISTINCT ?g {{ {where} }}").rows]
        if found and not sample:
            rows = store.select(f"SELECT DISTINCT ?s ?p ?o {{ {where} }} LIMIT {_SAMPLE}").rows
            sample = tuple(sorted(line(Quad(*row)) for row in rows))
    return sample, tuple(sorted(found))


def _hidden_from_union(
    store: Store, release: Release, graphs: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A few triples in ``graphs``, of which none is missing, and their graphs, unless plain patterns see them."""
    sample = {}
    for name in graphs[:: max(len(graphs) // 6, 1)]:
        if text := next((t for t in release.graphs.get(name, ()) if t.endswith(">") and "^^<" not in t), ""):
            sample[name] = text
    if not sample or store.ask(f"ASK {{ {' . '.join(sample.values())} }}"):
        return (), ()
    still = " . ".join(f"GRAPH <{name}> {{ {text} }}" for name, text in sample.items())
    if not store.ask(f"ASK {{ {still} }}"):  # somebody has taken some of them out meanwhile
        return (), ()
    return tuple(sorted(sample.values())), tuple(sample)


def _has_blank(text: str) -> bool:
    """Whether the triple ``text`` has a blank node in it, perhaps in a triple term."""
    return "_:" in text and has_blank(_triple(text))


def _key(text: str) -> Hashable:
    """What the triple ``text`` says, in whatever way its values are written."""
    return tuple(map(value, _triple(text)))


def _triple(text: str) -> Triple:
    return next(iter(parse(f"{text} .", format=RdfFormat.N_TRIPLES))).triple


def _values(names: list[str]) -> str:
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def _portions(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
