"""The saved queries of two releases, and what they answer.

Each query is asked as its own release has it: with the defaults of its parameters, and for the values of
every frozen answer that both releases can bind. Rows are compared as sets over the columns that both have;
their order is not. A row that both have, with another status, grade or passage, is a changed row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyoxigraph import Literal

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.answering.query_tests import case_values
from ukjapan_graph.changes.release import Release, Text
from ukjapan_graph.changes.things import rewordings
from ukjapan_graph.errors import ParameterError, SourceError, UkjapanError
from ukjapan_graph.querying import binding
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

#: Columns that say how firmly, or on what ground, the rest of a row holds.
GROUNDS = ("status", "grade", "where")

Cell = Entity | Text | None


class QueryChange(NamedTuple):
    """A saved query whose form is another.

    :ivar broken: what whoever uses it must adapt to, as sentences; see :func:`form`
    :ivar widened: what is new and breaks nothing
    :ivar reworded: the parts of its text that changed: summary, description, tags, SPARQL …
    """

    query: str
    broken: tuple[str, ...]
    widened: tuple[str, ...]
    reworded: tuple[str, ...]


class RowChange(NamedTuple):
    """A row that is the same but for its status, grade or passage, or but for its words."""

    before: tuple[Cell, ...]
    after: tuple[Cell, ...]


class AnswerChange(NamedTuple):
    """A question that is answered otherwise.

    :ivar query: the name of the query
    :ivar summary: what it asks
    :ivar values: what it was asked for, as people type it; empty for the defaults
    :ivar changed: rows of another status, grade or passage
    :ivar reworded: rows in which only a gloss or other words of the same thing are others
    :ivar columns: the columns that both releases have; rows are cut down to them
    :ivar rewritten: whether its SPARQL changed too, so that the data may not be the cause
    """

    query: str
    summary: str
    values: dict[str, str]
    columns: tuple[str, ...]
    gained: tuple[tuple[Cell, ...], ...]
    lost: tuple[tuple[Cell, ...], ...]
    changed: tuple[RowChange, ...]
    reworded: tuple[RowChange, ...]
    rewritten: bool

    @property
    def is_bare(self) -> bool:
        """Whether it only says the same in other words."""
        return not (self.gained or self.lost or self.changed)


class Answers(NamedTuple):
    """What changed in the saved queries and their answers, by name.

    :ivar added: (name, summary) of new queries
    :ivar gone: (name, summary) of those that are no longer there
    :ivar unanswered: sentences on what could not be asked of both releases
    """

    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    queries: tuple[QueryChange, ...]
    answers: tuple[AnswerChange, ...]
    unanswered: tuple[str, ...]


def compare(
    old: Release,
    new: Release,
    cases: Iterable[str] = (),
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Answers:
    """What changed in the saved queries of two releases and in their answers.

    :param cases: names of frozen answers, ``<query>--<parameter>=<value>``
    :param progress: called with a name, the questions asked so far, and how many there are
    """
    notes: list[str] = []
    before, after = _read(old, notes), _read(new, notes)
    both = sorted(before.keys() & after.keys())
    asked = {name: [{}] for name in both}
    for case in sorted(set(cases)):
        name = case.partition("--")[0]
        if name in asked and (values := case_values(case)) and not _are_defaults(new, after[name], values):
            asked[name].append(values)
    total, done, found = sum(map(len, asked.values())), 0, []
    engines, words = (Embedded(old.store), Embedded(new.store)), rewordings(old, new)
    for name in both:
        for values in asked[name]:
            progress(name, done, total)
            done += 1
            change = _ask(old, new, engines, before[name], after[name], values, words, notes)
            found += [change] if change else []
    forms = (form(before[name], after[name]) for name in both)
    return Answers(
        added=tuple((name, after[name].summary) for name in sorted(after.keys() - before.keys())),
        gone=tuple((name, before[name].summary) for name in sorted(before.keys() - after.keys())),
        queries=tuple(change for change in forms if any(change[1:])),
        answers=tuple(found),
        unanswered=tuple(notes),
    )


def form(old: SavedQuery, new: SavedQuery) -> QueryChange:
    """How the form of a query changed.

    Broken: a column is gone or no longer in its place among the first; a parameter is gone, takes another
    type (save that any entity will do where one kind did), or has another default.
    Widened: columns after the old ones, more parameters (each has a default), a wider type.
    """
    broken, widened = [], []
    columns, now = ([column for column, _ in query.columns] for query in (old, new))
    for column in columns:
        if column not in now:
            broken.append(f"the column {column} is gone")
    kept = [column for column in columns if column in now]
    if [column for column in now if column in columns] != kept:
        broken.append(f"the columns stand in another order: {', '.join(now)}")
    elif kept == columns and now[: len(kept)] != kept:
        broken.append(f"columns moved to make room: {', '.join(now)}")
    widened += [f"a column {column}" for column in now if column not in columns]
    before, after = ({p.name: p for p in query.parameters} for query in (old, new))
    for name, parameter in before.items():
        if name not in after:
            broken.append(f"the parameter {name} is gone")
        else:
            _parameter(parameter, after[name], broken, widened)
    widened += [f"a parameter {name}" for name in after if name not in before]
    parts = ("summary", "description", "tags", "questions", "silence", "text")
    reworded = ["SPARQL" if part == "text" else part for part in parts if _other(old, new, part)]
    about = [p.about for p in old.parameters] != [p.about for p in new.parameters]
    if not (broken or widened) and (about or list(before) != list(after)):
        reworded.append("parameters")
    return QueryChange(new.name, tuple(broken), tuple(widened), tuple(reworded))


def _parameter(old: Parameter, new: Parameter, broken: list[str], widened: list[str]) -> None:
    if old.type != new.type:
        wider = new.type == "entity" and old.type not in (*binding.LITERAL_TYPES, "term")
        text = f"the parameter {old.name} takes a value of the type {new.type}, not {old.type}"
        (widened if wider else broken).append(text)
    if old.default != new.default:
        broken.append(f"the parameter {old.name} has the default {new.default}, not {old.default}")


def _other(old: SavedQuery, new: SavedQuery, part: str) -> bool:
    return getattr(old, part) != getattr(new, part)


def _read(release: Release, notes: list[str]) -> dict[str, SavedQuery]:
    """The saved queries of a release by name; those not written as queries are now are noted."""
    found = {}
    for name in questions.names(release.store):
        try:
            found[name] = questions.read(release.store, name)
        except (SourceError, UkjapanError) as error:
            notes.append(f"{release.name}: the saved query {name} cannot be read: {error}")
    if not found:
        notes.append(f"{release.name} carries no saved queries")
    return found


def _ask(
    old: Release,
    new: Release,
    engines: tuple[Embedded, Embedded],
    before: SavedQuery,
    after: SavedQuery,
    values: dict[str, str],
    words: dict[Literal, Literal],
    notes: list[str],
) -> AnswerChange | None:
    results = []
    for release, engine, query in zip((old, new), engines, (before, after), strict=True):
        try:
            terms = answers.bound_terms(release.store, query, values)
            results.append(engine.select(binding.bind(query.text, terms)))
        except ParameterError:
            return None  # a thing or parameter that only one release has: told elsewhere
        except UkjapanError as error:
            reason = str(error).partition("\n")[0]
            notes.append(f"{release.name}: {query.name} cannot be asked: {reason}")
            return None
    columns = tuple(column for column in results[0].columns if column in results[1].columns)
    rows, now = (_cut(result, columns) for result in results)
    if rows == now:
        return None
    lost, gained = rows - now, now - rows
    reworded = [(row, said) for row in lost if (said := tuple(words.get(c, c) for c in row)) in gained]
    lost -= {row for row, _ in reworded}
    gained -= {row for _, row in reworded}
    changed = _pairs(columns, lost, gained)
    lost -= {pair[0] for pair in changed}
    gained -= {pair[1] for pair in changed}
    return AnswerChange(
        after.name,
        after.summary,
        values,
        columns,
        tuple(_called(new, row) for row in sorted(gained, key=_key)),
        tuple(_called(old, row) for row in sorted(lost, key=_key)),
        tuple(RowChange(_called(old, a), _called(new, b)) for a, b in changed),
        tuple(RowChange(_called(old, a), _called(new, b)) for a, b in sorted(reworded, key=str)),
        before.text != after.text,
    )


def _are_defaults(release: Release, query: SavedQuery, values: dict[str, str]) -> bool:
    """Whether the query would be asked for just these values anyway."""
    try:
        given = answers.bound_terms(release.store, query, values)
        usual = answers.bound_terms(release.store, query, {p.name: p.default for p in query.parameters})
    except ParameterError:
        return False
    return given.items() <= usual.items()


def _cut(result: Rows, columns: tuple[str, ...]) -> set[tuple]:
    places = [result.columns.index(column) for column in columns]
    return {tuple(row[place] for place in places) for row in result.rows}


def _pairs(columns: tuple[str, ...], lost: set[tuple], gained: set[tuple]) -> list[tuple[tuple, tuple]]:
    """Rows that only differ in their grounds, where no other row could be meant."""
    kept = [place for place, column in enumerate(columns) if column not in GROUNDS]
    if not kept or len(kept) == len(columns):
        return []
    places: dict[tuple, tuple[list, list]] = {}
    for side, rows in enumerate((lost, gained)):
        for row in rows:
            places.setdefault(tuple(row[place] for place in kept), ([], []))[side].append(row)
    pairs = [(left[0], right[0]) for left, right in places.values() if len(left) == len(right) == 1]
    return sorted(pairs, key=lambda pair: (_key(pair[0]), _key(pair[1])))


def _key(row: tuple) -> tuple[str, ...]:
    return tuple(map(str, row))


def _called(release: Release, row: tuple) -> tuple[Cell, ...]:
    return tuple(release.called(term) for term in row)
