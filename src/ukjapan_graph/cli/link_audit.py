"""``ukjapan link audit``: what the documents say, set against outside facts."""

from __future__ import annotations

import sys
from collections import Counter

from ukjapan_graph.answering.views import WORLD, open_view
from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.prose import Page, as_json, join
from ukjapan_graph.errors import DONE, FINDINGS
from ukjapan_graph.linking.outside.audit import audit
from ukjapan_graph.linking.outside.lines import VERDICTS, Line

FORMATS = ("text", "markdown", "csv", "json")
_COLUMNS = ("verdict", "kind", "about", "statement", "passages", "tenures", "sources", "addresses", "outcome")


def run(argv: list[str]) -> int:
    """Audit, print a line for each thing tested, and leave with 1 where outside and inside cannot both be right."""
    parser = Parser(
        "link audit",
        "Test every capacity that a passage shows, and every signature, against the tenures of outside sources; "
        "work out which years they would leave of a date without one; and set dated outside events against "
        "those of the documents. Nothing is merged, and no answer changes. Exit code 1 where outside says "
        "otherwise than the documents.",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    about = f"show only lines of this verdict, may be repeated: {', '.join(VERDICTS)}"
    parser.add_argument("--verdict", choices=VERDICTS, action="append", metavar="VERDICT", help=about)
    parser.release_option()
    about = "file of outside facts (default: the one that comes with the package)"
    parser.add_argument("--external", metavar="FILE", help=about)
    options = parser.parse_args(argv)
    lines = audit(open_view(WORLD, options.release, options.external))
    shown = [line for line in lines if line.verdict in (options.verdict or VERDICTS)]
    if options.format == "json":
        render.write(as_json(shown), "json")
    elif options.format == "csv":
        cells = [[render.csv_field(cell) for cell in _cells(line)] for line in shown]
        render.write("".join(",".join(row) + "\r\n" for row in [_COLUMNS, *cells]), "csv")
    else:
        render.write(page(shown, Page(markdown=options.format == "markdown")))
    sys.stdout.flush()
    counts = Counter(line.verdict for line in lines)
    told = ", ".join(f"{verdict}: {counts[verdict]}" for verdict in VERDICTS if counts[verdict])
    findings = sum(line.is_finding for line in lines)
    print(f"{told}; findings: {findings}", file=sys.stderr)
    return FINDINGS if findings else DONE


def page(lines: list[Line], page: Page) -> str:
    """``lines`` under a heading for each verdict."""
    verdict = ""
    for line in lines:
        if line.verdict != verdict:
            verdict = line.verdict
            page.section(verdict[:1].upper() + verdict[1:])
        more = [f"so: {line.outcome}"]
        if line.passages:
            more.append(f"documents: {join(line.passages)}")
        if line.tenures:
            more.append(f"tenures: {join(line.tenures)}")
        more += [f"outside: {source.source.label}, {source.address}" for source in line.sources]
        page.item(f"{line.kind}: {line.statement}", *more)
    return page.text().lstrip("\n")


def _cells(line: Line) -> list[str]:
    return [
        line.verdict,
        line.kind,
        line.about.name,
        line.statement,
        " ".join(passage.name for passage in line.passages),
        " ".join(tenure.name for tenure in line.tenures),
        " ".join(source.source.name for source in line.sources),
        " ".join(source.address for source in line.sources),
        line.outcome,
    ]
