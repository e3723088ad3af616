"""What the judges found, written for people or programs."""

from __future__ import annotations

import json
import sys

from ukjapan_graph.cli import render
from ukjapan_graph.errors import DONE, FINDINGS

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.judging.verdicts import Report

FORMATS = ("text", "json", "shacl")


def write(report: Report, form: str) -> int:
    """Write ``report`` to standard output in one of :data:`FORMATS`, and how much there is to standard error.

    :returns: the exit code
    """
    if form == "text":
        render.write("".join(f"{verdict}\n" for verdict in report.verdicts))
    elif form == "json":
        found = [{**v.finding._asdict(), "severity": v.breach.severity} for v in report.verdicts]
        render.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "json")
    else:
        from ukjapan_graph.judging.shacl_report import turtle

        render.write(turtle(report), "turtle")
    sys.stdout.flush()
    if report.unjudged:
        parts = ", ".join(report.unjudged)
        print(f"not judged until the files can be read: {parts}", file=sys.stderr)
    print(f"findings: {len(report.verdicts)}", file=sys.stderr)
    return DONE if report.conforms else FINDINGS
