"""Saved queries put to the test: in order, alike on two engines, as the release has them, and as frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.engines import Embedded, Engine, Rows, open_store
from ukjapan_graph.answering.labels import short
from ukjapan_graph.errors import LimitError, ParameterError, SourceError, UkjapanError, UnknownNameError
from ukjapan_graph.findings import Finding
from ukjapan_graph.querying import binding
from ukjapan_graph.querying.queries import read_query
from ukjapan_graph.querying.query_rules import problems
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.remote.faults import hopeless

if TYPE_CHECKING:
    from ukjapan_graph.answering.remote_engine import Remote


class Bench:
    """What queries are tested against: two engines on one release file, and a folder of frozen answers.

    The second engine is rdflib, or the ``endpoint`` given. Questions for the world view are tested on the
    release file with those ``beside`` it.

    A frozen answer is ``<query>.csv``, or for values other than the defaults
    ``<query>--<parameter>=<value>--….csv``: what ``ukjapan ask … --format csv --ids`` prints.
    """

    def __init__(
        self,
        release: str | Path,
        expected: Path,
        endpoint: Remote | None = None,
        *,
        beside: Sequence[str | Path] = (),
    ) -> None:
        self.release, self.expected, self.endpoint, self.beside = release, expected, endpoint, tuple(beside)

    @cached_property
    def embedded(self) -> Embedded:
        """The embedded engine."""
        return Embedded(open_store(self.release, *self.beside))

    @cached_property
    def second(self) -> Engine:
        """The second engine."""
        if self.endpoint is not None:
            return self.endpoint
        from ukjapan_graph.answering.rdflib_engine import RdflibEngine

        return RdflibEngine.open(self.release, *self.beside)

    def test(self, path: Path) -> list[Finding]:
        """What is wrong with the saved query in ``path``: its file first, and only then its answers.

        :raises RemoteError: the endpoint cannot be reached, or refuses whatever is asked
        :raises LimitError: the endpoint takes too long, or gives too much or only a part
        """
        found = problems(path)
        if found:
            return found
        query = read_query(path)
        return [
            Finding(path.as_posix(), 0, query.name, f"query:{rule}", text)
            for rule, text in self._troubles(query)
        ]

    def _troubles(self, query: SavedQuery) -> Iterator[tuple[str, str]]:
        if stale := self._stale(query):
            yield "release", stale
        cases = {query.name: {}, **{path.stem: case_values(path.stem) for path in self._frozen(query)}}
        for case, values in sorted(cases.items()):
            try:
                terms = answers.bound_terms(self.embedded.store, query, values)
                text = binding.bind(query.text, terms)
                rows, other = self.embedded.select(text), self.second.select(text)
            except LimitError as error:
                # As many questions as there are would each wait as long.
                raise LimitError(f"{case}: {error}") from None
            except (ParameterError, UkjapanError) as error:
                if hopeless(error):
                    raise
                yield "run", f"{case}: {error}"
                continue
            if difference := compare(rows, other):
                whose = self.endpoint.access.address if self.endpoint else "rdflib"
                yield "engines", f"{case}: {whose} answers otherwise: {difference}"
            frozen = self.expected / f"{case}.csv"
            if frozen.is_file() and (difference := compare_frozen(frozen, rows)):
                yield "expected", f"{frozen.name}: {difference}"

    def _frozen(self, query: SavedQuery) -> list[Path]:
        return sorted(path for path in self.expected.glob(f"{query.name}*.csv") if _is_case(path, query))

    def _stale(self, query: SavedQuery) -> str:
        """Why the release file's copy of ``query`` is not this one; "" where it is."""
        try:
            kept = questions.read(self.embedded.store, query.name)
        except (UnknownNameError, SourceError):
            return "the release file does not have it; run: ukjapan build"
        same = kept.text == query.text and kept.summary == query.summary and kept.silence == query.silence
        same = same and [p[:3] for p in kept.parameters] == [p[:3] for p in query.parameters]
        return "" if same else "the release file has an older version; run: ukjapan build"


def compare(rows: Rows, other: Rows) -> str:
    """How ``other`` differs from ``rows``, in one line; "" where it does not."""
    if rows.columns != other.columns:
        return f"columns {other.columns}, not {rows.columns}"
    if rows.rows == other.rows:
        return ""
    missing = [row for row in rows.rows if row not in other.rows]
    extra = [row for row in other.rows if row not in rows.rows]
    if not missing and not extra:
        if len(rows.rows) == len(other.rows):
            return "the same rows in another order; make ORDER BY total"
        # A triple that two passages state is there twice for one engine and once for the other.
        return f"the same rows, {len(other.rows)} and not {len(rows.rows)} in all; SELECT DISTINCT"
    shown = [
        f"{sign} {' | '.join(map(short, row))}"
        for sign, some in (("-", missing), ("+", extra))
        for row in some[:1]
    ]
    return f"{len(other.rows)} rows, not {len(rows.rows)}; {'; '.join(shown)}"


def compare_frozen(path: Path, rows: Rows) -> str:
    """How ``rows`` differ from the frozen answer in ``path``; "" where they do not."""
    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        kept = [tuple(line) for line in csv.reader(lines)]
    found = [tuple("" if term is None else short(term) for term in row) for row in rows.rows]
    now = [tuple(rows.columns), *found]
    if kept == now:
        return ""
    gone = [line for line in kept if line not in now]
    new = [line for line in now if line not in kept]
    if not gone and not new:
        return "the same rows in another order, or more often"
    shown = [f"{sign} {' | '.join(line)}" for sign, some in (("-", gone), ("+", new)) for line in some]
    return f"the answer has changed: {'; '.join(shown[:6])}{' …' if len(shown) > 6 else ''}"


def _is_case(path: Path, query: SavedQuery) -> bool:
    return path.stem.partition("--")[0] == query.name


def case_values(stem: str) -> dict[str, str]:
    """The values of parameters in the name of a frozen answer, as typed; see :class:`Bench`."""
    return dict(part.partition("=")[::2] for part in stem.split("--")[1:])
