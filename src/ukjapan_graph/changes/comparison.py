"""Two releases side by side: everything that changed, and the version that it makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from ukjapan_graph.changes import answers, entailments, facts, semver, terms, things
from ukjapan_graph.changes.answers import Answers
from ukjapan_graph.changes.entailments import Entailments
from ukjapan_graph.changes.facts import FactChange, sentence
from ukjapan_graph.changes.release import Release, project_cases, read
from ukjapan_graph.changes.semver import Verdict
from ukjapan_graph.changes.terms import Terms
from ukjapan_graph.changes.things import Things

PARTS = ("facts", "things", "terms", "answers")


class Side(NamedTuple):
    """One of the two releases: what it was called, the version it declares, and its number of quads."""

    name: str
    version: str
    quads: int


class Changes(NamedTuple):
    """What changed from an old release to a new one; a part that was not asked for is None.

    ``ukjapan diff --format json`` prints it: a record is an object of its fields; a thing has ``iri``, ``name``
    and ``label``, a literal ``value``, ``language`` and ``datatype``; what is missing is null.

    :ivar facts: by status, then in document order
    :ivar gone: the quads of the old release that the new one lacks, as lines of N-Quads, sorted
    :ivar added: the quads that are new; without the gone ones and with these, the old release is the new one
    :ivar verdict: which version that makes; None unless all parts were asked for
    :ivar notes: sentences on what could not be compared
    """

    old: Side
    new: Side
    facts: tuple[FactChange, ...] | None
    things: Things | None
    terms: Terms | None
    entailments: Entailments | None
    answers: Answers | None
    verdict: Verdict | None
    notes: tuple[str, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything changed in the parts that were asked for."""
        return bool(self.gone or self.added) if self.verdict else any(self.changed_parts())

    def changed_parts(self) -> tuple[str, ...]:
        """Those of :data:`PARTS` in which something changed."""
        found = {
            "facts": self.facts,
            "things": self.things and any(self.things),
            "terms": self.terms and any(self.terms[:-1]),
            "answers": self.answers and any(self.answers[:-1]),
        }
        return tuple(part for part in PARTS if found[part])


def compare(
    old: str | Path | Release,
    new: str | Path | Release | None = None,
    *,
    only: Collection[str] = PARTS,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Changes:
    """What changed from the release ``old`` to the release ``new``.

    :param old: a release, or where it lies, see :func:`ukjapan_graph.changes.release.read`
    :param new: likewise; by default this project's release
    :param only: those of :data:`PARTS` to compare; "terms" brings the entailments with it
    :param progress: called with what is done now, how much of it is done, and how much there is
    :raises SourceError: one of them cannot be read, or is no release
    """
    progress("reading", 0, 1)
    old, new = (side if isinstance(side, Release) else read(side) for side in (old, new))
    lost, gained = ({str(quad) for quad in side} for side in (old.quads - new.quads, new.quads - old.quads))
    same = not (lost or gained)
    found: dict = dict.fromkeys(("facts", "things", "terms", "entailments", "answers"))
    for done, part in enumerate(part for part in PARTS if part in only):
        progress(f"comparing {part}", done, len(only))
        if part == "facts":
            found[part] = () if same else facts.compare(old, new)
        elif part == "things":
            found[part] = things.compare(old, new)
        elif part == "terms":
            found[part] = terms.compare(old, new)
            found["entailments"] = Entailments(True, (), (), ()) if same else entailments.compare(old, new)
        elif same:
            found[part] = Answers((), (), (), (), ())
        else:
            found[part] = answers.compare(old, new, project_cases((old, new)), progress)
    whole = all(part in only for part in PARTS)
    declared = (old.version, new.version)
    changes = Changes(
        *(Side(side.name, side.version, len(side.quads)) for side in (old, new)),
        **found,
        verdict=None,
        notes=_notes(found["terms"], found["entailments"], found["answers"]),
        gone=tuple(f"{line} ." for line in sorted(lost)),
        added=tuple(f"{line} ." for line in sorted(gained)),
    )
    return changes._replace(verdict=semver.judge(_findings(changes), declared)) if whole else changes


def _notes(term: Terms | None, entailed: Entailments | None, answered: Answers | None) -> tuple[str, ...]:
    notes = []
    if term and not term.rules_compared:
        notes.append("Rules are not compared: not both releases carry them.")
    if entailed and not entailed.judged:
        notes.append(
            "Whether the same facts entail something else cannot be told: the new release carries no rules. "
            "The change may be greater than it looks."
        )
    if answered:
        notes += [f"{note[:1].upper()}{note[1:]}." for note in answered.unanswered]
    return tuple(notes)


def _findings(changes: Changes) -> dict[str, list[str]]:
    """What each rule of :mod:`ukjapan_graph.changes.semver` found, in words."""
    term, thing, answer, entailed = changes.terms, changes.things, changes.answers, changes.entailments
    kinds = {
        kind: [c for c in changes.facts if c.kind == kind] for kind in ("added", "gone", "status", "support")
    }
    ours = [c for c in term.gone if c.kind in ("class", "property", "individual")]
    found = {
        "term-gone": [str(change.term) for change in ours],
        "term-deprecated": [str(change.term) for change in term.deprecated],
        "term-added": [str(change.term) for change in term.added],
        "axiom-changed": _distinct(c.term for c in term.axioms),
        "axiom-with-term": _distinct(c.term for c in term.with_terms),
        "entailment-lost": list(map(sentence, entailed.lost)),
        "entailment-gained": list(map(sentence, entailed.gained)),
        "query-gone": [name for name, _ in answer.gone],
        "query-added": [name for name, _ in answer.added],
        "query-broken": [f"{c.query}: {c.broken[0]}" for c in answer.queries if c.broken],
        "query-widened": [f"{c.query}: {c.widened[0]}" for c in answer.queries if c.widened],
        "query-rewritten": [c.query for c in answer.queries if c.reworded],
        "answer-changed": [c.summary for c in answer.answers if not c.is_bare],
        "thing-gone": [t.label for t in thing.gone],
        "thing-added": [t.label for t in thing.added],
        "address-changed": [c.thing.label for c in thing.readdressed],
        "words": [
            *(renaming.after.label for renaming in thing.renamed),
            *_distinct(c.thing for c in thing.reworded),
            *_distinct(c.term for c in term.annotations),
        ],
        **{f"fact-{kind}": list(map(sentence, sorted(some, key=_is_type))) for kind, some in kinds.items()},
    }
    if not any(found.values()) and (changes.gone or changes.added):
        found["other"] = [*changes.gone, *changes.added]
    return found


def _is_type(change: FactChange) -> bool:
    """What a thing is makes a poor example."""
    return change.predicate.name == "rdf:type"


def _distinct(entities: Iterable) -> list[str]:
    return [entity.label for entity in dict.fromkeys(entities)]
