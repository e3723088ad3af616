"""Which version a change asks for: Semantic Versioning 2.0.0, read for an ontology with its data.

Users of the ontology hold three things: its terms, what follows from their facts, and the saved queries with
the identifiers they are asked for. So, from one release to the next:

major  what a user has may break: a term is gone; an axiom, or a rule, on terms that both releases have came,
       went or changed (one that names a term only one of them has comes and goes with that term); the same
       facts entail less, or entail more in the old terms; a saved query is gone, has lost or moved a column,
       or has lost a parameter, or a parameter has another type or default; an entity, document, passage or
       tension is gone, so that its identifier names nothing
minor  there is more, or the data say something else: terms, things, facts, rules, saved queries, columns or
       parameters are added; a term is deprecated (SemVer, 7); facts are gone, changed their status, or rest
       on other grounds; passages have another address; an answer is another
patch  only words: labels, definitions, glosses, notes, sources, summaries; or the SPARQL of a query that
       answers as before

Below 1.0.0 anything may change (SemVer, 4); here a major change then raises the minor number, and minor and
patch changes raise theirs. A pre-release (0.2.0-rc.1) counts as the version that it is for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LEVELS = ("none", "patch", "minor", "major")

# The expression that semver.org suggests, without the names of its groups but these.
_SEMVER = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?",
    re.ASCII,
)

#: Every rule, the strongest first: name, level, and what is said of one thing it found, and of several.
RULES: tuple[tuple[str, str, str, str], ...] = (
    ("term-gone", "major", "a term is gone", "{} terms are gone"),
    ("entailment-lost", "major", "the same facts entail one less", "the same facts entail {} fewer"),
    ("axiom-changed", "major", "the axioms on a term changed", "the axioms on {} terms changed"),
    ("entailment-gained", "major", "the same facts entail one more", "the same facts entail {} more"),
    ("query-gone", "major", "a saved query is gone", "{} saved queries are gone"),
    ("query-broken", "major", "a saved query takes or gives otherwise", "{} saved queries take or give otherwise"),
    ("thing-gone", "major", "an identifier names nothing now", "{} identifiers name nothing now"),
    ("term-deprecated", "minor", "a term is deprecated", "{} terms are deprecated"),
    ("term-added", "minor", "a term is new", "{} terms are new"),
    ("axiom-with-term", "minor", "an axiom came or went with another term", "{} terms have axioms with those"),
    ("query-added", "minor", "a saved query is new", "{} saved queries are new"),
    ("query-widened", "minor", "a saved query takes or gives more", "{} saved queries take or give more"),
    ("fact-status", "minor", "a fact has another status", "{} facts have another status"),
    ("fact-gone", "minor", "a fact is gone", "{} facts are gone"),
    ("answer-changed", "minor", "an answer changed", "{} answers changed"),
    ("thing-added", "minor", "a thing is new", "{} things are new"),
    ("fact-added", "minor", "a fact is new", "{} facts are new"),
    ("fact-support", "minor", "a fact rests on other grounds", "{} facts rest on other grounds"),
    ("address-changed", "minor", "an address in a document changed", "{} addresses in documents changed"),
    ("words", "patch", "a thing is described otherwise", "{} things are described otherwise"),
    ("query-rewritten", "patch", "a saved query is written otherwise", "{} saved queries are written otherwise"),
    ("other", "patch", "a quad differs", "{} quads differ"),
)  # fmt: skip


class Version(NamedTuple):
    """A version; ``pre`` is "" for a release."""

    major: int
    minor: int
    patch: int
    pre: str = ""

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """The version that ``text`` is; None where it is not one of Semantic Versioning 2.0.0."""
        match = _SEMVER.fullmatch(text)
        return cls(*map(int, match.groups()[:3]), match[4] or "") if match else None

    def raised(self, level: str) -> Version:
        """The least release after this one for a change of that level; itself for "none".

        After a pre-release, the release that it is for, if that is far enough from the last one.
        """
        major, minor, patch, pre = self
        if level == "none":
            return self
        if level == "major" and major == 0:
            level = "minor"
        if pre and (level == "patch" or (patch == 0 and (level == "minor" or minor == 0))):
            return Version(major, minor, patch)
        if level == "patch":
            return Version(major, minor, patch + 1)
        return Version(major, minor + 1, 0) if level == "minor" else Version(major + 1, 0, 0)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}{f'-{self.pre}' if self.pre else ''}"


class Reason(NamedTuple):
    """Why a change has its level.

    :ivar rule: name of the rule, one of :data:`RULES`
    :ivar level: major, minor or patch
    :ivar count: how many things the rule found
    :ivar text: the reason as a clause, with an example
    """

    rule: str
    level: str
    count: int
    text: str


class Verdict(NamedTuple):
    """Which version a change asks for.

    :ivar level: major, minor, patch or none
    :ivar raises: the number of the version that the change raises: below 1.0.0 another than its level
    :ivar reasons: strongest first: by level, then in the order of :data:`RULES`
    :ivar declared: what the old and the new release call themselves; "" for nothing
    :ivar wanted: the least version that the new release may have; "" where the old one has none
    :ivar finding: what is wrong with the version of the new release; "" for nothing
    """

    level: str
    raises: str
    reasons: tuple[Reason, ...]
    declared: tuple[str, str]
    wanted: str
    finding: str


def judge(found: dict[str, list[str]], declared: tuple[str, str]) -> Verdict:
    """The verdict on what the rules found: for each rule, the things it found, in words.

    :param declared: the versions of the old and the new release, as they declare them
    """
    reasons = tuple(
        Reason(rule, level, len(found[rule]), _clause(found[rule], one, many))
        for rule, level, one, many in RULES
        if found.get(rule)
    )
    level = max((reason.level for reason in reasons), key=LEVELS.index, default="none")
    old, new = map(Version.parse, declared)
    wanted = old.raised(level) if old else None
    raises = "minor" if level == "major" and old and old.major == 0 else level
    return Verdict(
        level, raises, reasons, declared, str(wanted or ""), _finding(old, new, wanted, level, declared)
    )


def _clause(things: list[str], one: str, many: str) -> str:
    text = one if len(things) == 1 else many.format(len(things))
    return (
        f"{text}: {things[0]}{f' and {len(things) - 1} more' if len(things) > 1 else ''}"
        if things[0]
        else text
    )


def _finding(
    old: Version | None, new: Version | None, wanted: Version | None, level: str, declared: tuple[str, str]
) -> str:
    mend = "set owl:versionInfo in ontology/ukjapan.ttl"
    if new is None:
        what = f"calls itself {declared[1]!r}, which is no version" if declared[1] else "declares no version"
        return f"the new release {what} of Semantic Versioning; {mend}"
    if old is None:
        return ""
    if level == "none":
        return "" if new[:3] >= old[:3] else f"the version goes back from {old} to {new}; {mend}"
    if new[:3] < wanted[:3] or new == old:
        return f"{new} is too small: a {level} change after {old} needs {wanted} or later; {mend}"
    return ""
