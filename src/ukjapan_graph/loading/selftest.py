"""What a store does with the things a loader relies on, tried out in scratch graphs that are taken away again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.errors import LimitError, UkjapanError
from ukjapan_graph.loading.changelog import Change, Written, carrying_out
from ukjapan_graph.loading.contents import line
from ukjapan_graph.loading.loader import Loader
from ukjapan_graph.loading.operations import block
from ukjapan_graph.loading.transport import Message
from ukjapan_graph.namespaces import PREFIXES

_HOME = "urn:ukjapan:selftest:"
_XSD = PREFIXES["xsd"]
_ROWS = 12_000  # more than the smallest limit known
_UPDATE = "application/sparql-update"

#: Literals as the release writes them, by what is tried with them.
_LITERALS = {
    "string with signs": Literal('a "b" \\ c\n\td'),
    "string beyond the first plane": Literal("相互 🤝"),
    "language tag": Literal("logistics", language="en-gb"),
    "Japanese in Latin letters": Literal("jieitai", language="ja-latn"),
    **{
        f"xsd:{kind}": Literal(value, datatype=NamedNode(_XSD + kind))
        for kind, value in (
            ("date", "2017-01-26"), ("gYear", "2012"), ("gYearMonth", "2016-01"), ("integer", "3"),
            ("decimal", "0.5"), ("boolean", "true"), ("dateTime", "2017-01-26T09:00:00Z"), ("anyURI", "urn:a"),
            ("nonNegativeInteger", "7"),
        )
    },
}  # fmt: skip


class Result(NamedTuple):
    """One line of the matrix: what was tried, what came of it, and whether that is as the profile has it."""

    case: str
    found: str
    expected: bool = True


def selftest(loader: Loader) -> Iterator[Result]:
    """Try everything, one result after another; the scratch graphs are dropped whatever happens.

    :raises UkjapanError: the scratch graphs cannot be dropped
    """
    trial = _Trial(loader)
    profile = loader.site.profile
    try:
        trial.clear()
        for case, attempt in trial.cases().items():
            try:
                found, expected = attempt()
            except UkjapanError as error:
                found, expected = f"failed: {error}", False
            yield Result(case, found, expected)
    finally:
        trial.clear()
    yield Result("profile", f"{profile.name}; {profile.tested or 'untested until now'}")


class _Trial:
    def __init__(self, loader: Loader) -> None:
        self._loader, self._site, self._engine = loader, loader.site, loader.engine

    def cases(self) -> dict[str, Callable[[], tuple[str, bool]]]:
        """What is tried, in order; each gives what came of it and whether that was expected."""
        found = {"update": self.insert, "default graph": self.union}
        if self._site.graphs is not None:
            found["Graph Store Protocol"] = self.post
        found |= {
            "same triple twice": self.twice,
            "update of two operations, the second wrong": self.whole,
            "changes carried out from a graph": self.changelog,
            "triples in one update": self.inline,
            "rows in one answer": self.rows,
        }
        for name, literal in _LITERALS.items():
            found[name] = lambda name=name, literal=literal: self.literal(name, literal)
        return found

    def clear(self) -> None:
        """Drop the scratch graphs."""
        graphs = [_HOME + name for name in ("a", "b", "c", "d")]
        texts = [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]
        self.update(" ; ".join(texts))

    def update(self, text: str) -> None:
        """Send an update."""
        self._loader.send(Message("selftest", "POST", self._site.update, text.encode(), _UPDATE))

    def count(self, name: str) -> int:
        """Triples in the scratch graph ``name``."""
        rows = self._engine.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{_HOME}{name}> {{ ?s ?p ?o }} }}").rows
        return int(rows[0][0].value) if rows else 0

    def insert(self) -> tuple[str, bool]:
        self.update(f"INSERT DATA {{ GRAPH <{_HOME}a> {{ {_triple(0)} }} }}")
        return _yes(self.count("a") == 1, "works", "said yes and did nothing")

    def union(self) -> tuple[str, bool]:
        seen = self._engine.ask(f"ASK {{ {_triple(0)} }}")
        words = "is the union of the graphs" if seen else "is a graph of its own"
        return words, seen == self._site.profile.union

    def post(self) -> tuple[str, bool]:
        body = f"{_triple(1)}\n{_triple(2)}\n".encode()
        message = Message(
            "selftest", "POST", self._site.graphs or "", body, "application/n-triples", f"{_HOME}a"
        )
        self._loader.send(message)
        return _yes(self.count("a") == 3, "adds to a graph", f"{self.count('a')} triples, not 3")

    def twice(self) -> tuple[str, bool]:
        before = self.count("a")
        self.update(f"INSERT DATA {{ GRAPH <{_HOME}a> {{ {_triple(0)} }} }}")
        return _yes(self.count("a") == before, "is there once", "is there twice")

    def whole(self) -> tuple[str, bool]:
        text = f"INSERT DATA {{ GRAPH <{_HOME}b> {{ {_triple(0)} }} }} ; MOVE <{_HOME}none> TO <{_HOME}b>"
        try:
            self.update(text)
        except UkjapanError:
            undone = self.count("b") == 0
            return "is undone" if undone else "is half done", undone or not self._site.profile.whole
        return "cannot be told: the store takes it", not self._site.profile.whole

    def changelog(self) -> tuple[str, bool]:
        self.update(f"INSERT DATA {{ GRAPH <{_HOME}c> {{ {_triple(0)} {_triple(1)} }} }}")
        zero, two = (_triple(number).removesuffix(" .") for number in (0, 2))
        changes = [Change(f"{_HOME}b", emptied=True), Change(f"{_HOME}c", [two], [zero])]
        self.update(f"INSERT DATA {{ {block(f'{_HOME}d', Written(changes))} }}")
        self.update(carrying_out(f"{_HOME}d"))
        done = self.count("b") == 0 and self._engine.ask(f"ASK {{ GRAPH <{_HOME}c> {{ {two} }} }}")
        done = done and self.count("c") == 2
        return "works" if done else "said yes and did something else", done or self._site.profile.whole

    def inline(self) -> tuple[str, bool]:
        taken = 0
        for number in (100, 800, 5_000, 20_000):
            triples = " ".join(map(_triple, range(number)))
            try:
                self.update(f"INSERT DATA {{ GRAPH <{_HOME}c> {{ {triples} }} }}")
            except UkjapanError:
                break
            if self.count("c") != number:
                break
            taken = number
        limit = self._site.profile.inline
        return f"{taken:,} are taken", taken >= min(limit or 20_000, 20_000)

    def rows(self) -> tuple[str, bool]:
        step, there = self._site.profile.inline or 5_000, self.count("c")
        while there < _ROWS:
            triples = " ".join(map(_triple, range(there, there + step)))
            self.update(f"INSERT DATA {{ GRAPH <{_HOME}c> {{ {triples} }} }}")
            before, there = there, self.count("c")
            if there == before:
                return f"{there:,} triples and no more can be added", False
        try:
            found = len(self._engine.select(f"SELECT ?o {{ GRAPH <{_HOME}c> {{ ?s ?p ?o }} }}").rows)
        except LimitError as error:
            return f"limited: {error}", self._site.profile.rows <= 10_000
        return _yes(
            found == there, f"all {there:,} come", f"{found:,} of {there:,} come, and not a word of it"
        )

    def literal(self, name: str, literal: Literal) -> tuple[str, bool]:
        quad = Quad(NamedNode(_HOME + "s"), NamedNode(_HOME + "p"), literal)
        text = line(quad)
        self.update(f"INSERT DATA {{ GRAPH <{_HOME}b> {{ {text} }} }}")
        rows = self._engine.select(f"SELECT ?o {{ GRAPH <{_HOME}b> {{ ?s <{_HOME}p> ?o }} }}").rows
        self.update(f"DROP SILENT GRAPH <{_HOME}b>")
        back = [str(term) for (term,) in rows]
        if back == [str(literal)]:
            return "comes back as it was", True
        return f"comes back as {' and '.join(back) or 'nothing'}", name in self._site.profile.rewrites


def _triple(number: int) -> str:
    return f"<{_HOME}s> <{_HOME}p> <{_HOME}o{number}> ."


def _yes(good: bool, yes: str, no: str) -> tuple[str, bool]:
    return (yes if good else no), good
