"""What the judges say: breaches as they are found, verdicts with their place, and the report of all."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.data.turtle import Writer
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, expand, shorten

VIOLATION, WARNING, INFO = "violation", "warning", "info"

_BY_HAND = PREFIXES["sh"] + "SPARQLConstraintComponent"


class Breach(NamedTuple):
    """One result of a shape or check, before anyone has looked where it stands.

    :ivar focus: IRI of the thing that is wrong
    :ivar path: IRI of the property, or "" where the thing as a whole is wrong
    :ivar value: the offending value, or None
    :ivar judge: short name of the shape or check, such as ``shape:Person-honorific``
    :ivar message: what to do about it
    :ivar severity: :data:`VIOLATION`, :data:`WARNING` or :data:`INFO`
    :ivar component: IRI of the SHACL constraint component that was not satisfied
    """

    focus: str
    path: str
    value: NamedNode | Literal | None
    judge: str
    message: str
    severity: str = VIOLATION
    component: str = _BY_HAND


class Verdict(NamedTuple):
    """A breach and the finding that tells a person about it."""

    finding: Finding
    breach: Breach

    def __str__(self) -> str:
        if self.breach.severity == VIOLATION:
            return str(self.finding)
        return str(self.finding._replace(check=f"{self.finding.check}, {self.breach.severity}"))


class Report(NamedTuple):
    """The verdicts, sorted by place, and what could not be judged.

    :ivar verdicts: one for each finding, without doubles
    :ivar unjudged: names of the parts that were left out because the sources cannot be read
    """

    verdicts: tuple[Verdict, ...]
    unjudged: tuple[str, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """The findings, sorted by file and line."""
        return [verdict.finding for verdict in self.verdicts]

    @property
    def conforms(self) -> bool:
        """Whether everything was judged and nothing found; a warning is a finding too."""
        return not self.verdicts and not self.unjudged


def found(breach: Breach, place: tuple[str, int]) -> Verdict:
    """The verdict on ``breach``, which stands at ``place`` (path and line)."""
    return Verdict(
        Finding(*place, shorten(breach.focus), breach.judge, breach.message, _shown(breach)), breach
    )


def from_finding(finding: Finding) -> Verdict:
    """The verdict that a judge of files has already put into words."""
    focus = expand(finding.focus) or finding.focus.removeprefix("<").removesuffix(">")
    return Verdict(finding, Breach(focus, "", None, finding.check, finding.message))


def report(verdicts: list[Verdict], unjudged: tuple[str, ...] = ()) -> Report:
    """``verdicts`` in order, each finding once."""
    each = {verdict.finding: verdict for verdict in sorted(verdicts, key=_order)}
    return Report(tuple(each.values()), unjudged)


def _order(verdict: Verdict) -> tuple:
    return verdict.finding, verdict.breach.severity, verdict.breach.component


def _shown(breach: Breach) -> str:
    if breach.value is None:
        return ""
    value = Writer().term(breach.value)
    return f"{shorten(breach.path)} {value}" if breach.path else value
