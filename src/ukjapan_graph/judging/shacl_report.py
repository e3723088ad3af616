"""A report of validation in the words of SHACL (section 3.6), as Turtle, for tools that read those."""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data import canonical
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.judging.verdicts import Report, Verdict
from ukjapan_graph.namespaces import BASE, PREFIXES, expand

REPORT = BASE + "report"
_SH = PREFIXES["sh"]


def turtle(report: Report) -> str:
    """``report`` as a ``sh:ValidationReport``, every verdict a ``sh:ValidationResult``.

    Results have IRIs by their place in the report, so that the same findings give the same text. A finding
    about a file has the file as its focus node; a check or rule of files is its own source shape.
    """
    conforms = Literal(str(report.conforms).lower(), datatype=NamedNode(XSD + "boolean"))
    quads = [
        _quad(REPORT, "conforms", conforms),
        _quad(REPORT, RDF_TYPE, NamedNode(_SH + "ValidationReport")),
    ]
    for number, verdict in enumerate(report.verdicts, 1):
        node = f"{REPORT}/{number}"
        quads.append(_quad(REPORT, "result", NamedNode(node)))
        quads += _result(node, verdict)
    return canonical.text(quads, ".ttl")


def _result(node: str, verdict: Verdict) -> list[Quad]:
    finding, breach = verdict
    source = f"{BASE}check/{quote(breach.judge.removeprefix('check:'), safe='')}"
    if breach.judge.startswith("shape:"):
        source = expand(breach.judge) or source
    focus = breach.focus if ":" in breach.focus else BASE + quote(finding.path)
    quads = [
        _quad(node, RDF_TYPE, NamedNode(_SH + "ValidationResult")),
        _quad(node, "focusNode", NamedNode(focus)),
        _quad(node, "resultMessage", Literal(finding.message, language="en")),
        _quad(node, "resultSeverity", NamedNode(_SH + breach.severity.capitalize())),
        _quad(node, "sourceConstraintComponent", NamedNode(breach.component)),
        _quad(node, "sourceShape", NamedNode(source)),
    ]
    if breach.path:
        quads.append(_quad(node, "resultPath", NamedNode(breach.path)))
    if breach.value is not None:
        quads.append(_quad(node, "value", breach.value))
    return quads


def _quad(subject: str, name: str, value: NamedNode | Literal) -> Quad:
    predicate = name if ":" in name else _SH + name
    return Quad(NamedNode(subject), NamedNode(predicate), value)
