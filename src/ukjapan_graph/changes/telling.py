"""Changes in words, in sections: what a person reads of them, in text or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ukjapan_graph.answering.names import Entity
from ukjapan_graph.changes import telling_facts
from ukjapan_graph.changes.answers import AnswerChange, Answers, QueryChange, RowChange
from ukjapan_graph.changes.comparison import Changes
from ukjapan_graph.changes.entailments import Entailments
from ukjapan_graph.changes.semver import Verdict
from ukjapan_graph.changes.telling_facts import Item, Section, by_property, counted
from ukjapan_graph.changes.terms import AxiomChange, TermChange, Terms
from ukjapan_graph.changes.things import Renaming, Things, ValueChange

_REASONS = 3


class Story(NamedTuple):
    """What to print.

    :ivar title: from where to where
    :ivar summary: a line of counts
    :ivar sections: in the order in which to read them; none is empty
    """

    title: str
    summary: str
    sections: tuple[Section, ...]


def tell(changes: Changes) -> Story:
    """``changes`` in words."""
    sections = [
        *_verdict(changes.verdict),
        *telling_facts.sections(changes.facts or (), told=_by_terms(changes.entailments)),
        *(_things(changes.things) if changes.things else ()),
        *(_terms(changes.terms) if changes.terms else ()),
        *(_entailments(changes.entailments) if changes.entailments else ()),
        *(_answers(changes.answers) if changes.answers else ()),
        Section("Not compared", tuple(Item(note) for note in changes.notes)),
    ]
    sides = (
        f"{side.name} ({side.version or 'no version'}, {side.quads} quads)"
        for side in (changes.old, changes.new)
    )
    told = tuple(section for section in sections if section.items)
    return Story(f"From {' to '.join(sides)}", _summary(changes), told)


def _by_terms(entailed: Entailments | None) -> tuple:
    """Facts that the ontology makes or unmakes, which are told with the terms."""
    return (*entailed.lost, *entailed.gained, *entailed.with_terms) if entailed else ()


def _summary(changes: Changes) -> str:
    if not changes:
        return "Nothing changed."
    counts = []
    if changes.facts is not None:
        kinds = [change.kind for change in changes.facts]
        for kind, words in (
            ("added", "added"), ("gone", "gone"), ("status", "with another status"),
            ("support", "on other grounds"),
        ):  # fmt: skip
            if kinds.count(kind):
                counts.append(f"{counted(kinds.count(kind), 'fact')} {words}")
    for part, noun, names in (
        (changes.things, "thing", ("added", "gone", "renamed")),
        (changes.terms, "term", ("added", "gone", "deprecated")),
        (changes.answers, "saved query", ("added", "gone")),
    ):
        for name in names:
            if part and (number := len(getattr(part, name))):
                counts.append(f"{counted(number, noun)} {name}")
    if changes.answers and changes.answers.answers:
        counts.append(f"{counted(len(changes.answers.answers), 'answer')} changed")
    return f"{'; '.join(counts)}." if counts else "Only words, addresses or counts changed."


def _verdict(verdict: Verdict | None) -> Iterator[Section]:
    if verdict is None or verdict.level == "none":
        return
    line = f"a {verdict.level} change"
    if verdict.raises != verdict.level:
        line += f"; below 1.0.0 it raises the {verdict.raises} number (SemVer, 4)"
    if verdict.wanted:
        line += f": {verdict.wanted} or later"
    reasons = [f"because {reason.text}" for reason in verdict.reasons[:_REASONS]]
    declared = f"declared: {verdict.declared[0] or 'none'} → {verdict.declared[1] or 'none'}"
    yield Section(
        "Version",
        (Item(line, tuple(reasons)), Item(declared, (verdict.finding,) if verdict.finding else ())),
        brief=False,
    )


def _things(things: Things) -> Iterator[Section]:
    yield Section(
        "New things",
        tuple(_by_kind((t.kind or "entity", _named(t)) for t in things.added)),
        len(things.added),
    )
    yield Section(
        "Things gone", tuple(_by_kind((t.kind or "entity", _named(t)) for t in things.gone)), len(things.gone)
    )
    yield Section("Renamed", tuple(map(_renaming, things.renamed)))
    yield Section("Moved in the documents", tuple(_values(things.readdressed)))
    yield Section("Reworded", tuple(_values(things.reworded)))


def _terms(terms: Terms) -> Iterator[Section]:
    for title, changes in (
        ("New terms", terms.added),
        ("Terms gone", terms.gone),
        ("Terms deprecated", terms.deprecated),
    ):
        yield Section(title, tuple(_by_kind(map(_described, changes))), len(changes))
    yield Section("Changed axioms and rules", tuple(_values(terms.axioms)))
    yield Section("Axioms that came or went with those terms", tuple(_values(terms.with_terms)))
    yield Section("Terms described otherwise", tuple(_values(terms.annotations)))


def _entailments(entailments: Entailments) -> Iterator[Section]:
    for title, changes in (
        ("No longer follows from the same facts", entailments.lost),
        ("Newly follows from the same facts", entailments.gained),
        ("Newly follows from the same facts, in new terms", entailments.with_terms),
    ):
        yield Section(title, tuple(by_property(changes)), len(changes))


def _answers(answers: Answers) -> Iterator[Section]:
    yield Section("New saved queries", tuple(Item(f"{name}: {asks}") for name, asks in answers.added))
    yield Section("Saved queries gone", tuple(Item(f"{name}: {asks}") for name, asks in answers.gone))
    changed = sorted(answers.queries, key=lambda change: (not change.broken, not change.widened))
    yield Section("Saved queries changed", tuple(map(_query, changed)))
    yield Section("Answers changed", tuple(map(_answer, answers.answers)))


def _described(change: TermChange) -> tuple[str, str]:
    axioms = f": {', '.join(change.axioms)}" if change.axioms and change.kind in ("class", "property") else ""
    return change.kind, f"{_named(change.term)}{axioms}"


def _by_kind(things: Iterable[tuple[str, str]]) -> Iterator[Item]:
    """An item for each kind, with the things of it below."""
    kinds: dict[str, list[str]] = {}
    for kind, thing in things:
        kinds.setdefault(kind, []).append(thing)
    for kind, some in kinds.items():
        yield Item(counted(len(some), kind), tuple(some))


def _named(thing: Entity) -> str:
    return thing.name if thing.label == thing.name else f"{thing.label} ({thing.name})"


def _renaming(renaming: Renaming) -> Item:
    before, after = renaming
    if before.iri == after.iri:
        return Item(f"{before.label} → {after.label} ({after.name})")
    return Item(f"{before.name} → {after.name} ({after.label})")


def _values(changes: Iterable[ValueChange | AxiomChange]) -> Iterator[Item]:
    """An item for each thing or term, with what changed of it below."""
    things: dict[Entity, list[str]] = {}
    for thing, relation, gone, added in changes:
        lines = things.setdefault(thing, [])
        if len(gone) == len(added) == 1 and len(gone[0]) + len(added[0]) <= 60:
            lines.append(f"{relation.label}: {gone[0]} → {added[0]}")
        else:
            lines += [f"{relation.label}, before: {value}" for value in gone]
            lines += [f"{relation.label}, now: {value}" for value in added]
    for thing, lines in things.items():
        yield Item(_named(thing), tuple(lines))


def _query(change: QueryChange) -> Item:
    lines = [*(f"no longer as before: {text}" for text in change.broken)]
    lines += [f"new: {text}" for text in change.widened]
    if change.reworded:
        lines.append(f"written otherwise: {', '.join(change.reworded)}")
    return Item(change.query, tuple(lines))


def _answer(change: AnswerChange) -> Item:
    values = "".join(f" --{name} {value}" for name, value in change.values.items())
    cause = "; its SPARQL changed too" if change.rewritten else ""
    lines = [*(_row_change(change.columns, row) for row in change.changed)]
    lines += [_row_change(change.columns, row) for row in change.reworded]
    lines += [f"gone: {_row(row)}" for row in change.lost]
    lines += [f"new: {_row(row)}" for row in change.gained]
    return Item(f"{change.summary} ({change.query}{values}{cause})", tuple(lines))


def _row(row: tuple) -> str:
    return " · ".join("–" if cell is None else str(cell) for cell in row)


def _row_change(columns: tuple[str, ...], change: RowChange) -> str:
    cells = zip(columns, change.before, change.after, strict=True)
    same = _row(tuple(a for _, a, b in cells if a == b))
    cells = zip(columns, change.before, change.after, strict=True)
    other = "; ".join(f"{name}: {_row((a,))} → {_row((b,))}" for name, a, b in cells if a != b)
    return f"{same}: {other}"
