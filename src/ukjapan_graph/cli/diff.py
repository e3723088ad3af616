"""``ukjapan diff``: what changed between two releases, and which version that makes."""

from __future__ import annotations

import json
import sys

from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.cli.prose import Page, plain
from ukjapan_graph.errors import DONE, FINDINGS

FORMATS = ("text", "markdown", "json")
PARTS = ("facts", "things", "terms", "answers")

_ITEMS, _BELOW = 10, 4
_RULE = """
which version a change asks for (Semantic Versioning 2.0.0, read for an ontology with its data):
  major  a term is gone; an axiom or rule on terms of both releases changed; the same facts entail less, or
         more in the old terms; a saved query is gone, or lost or moved a column or parameter, or a parameter
         has another type or default; an entity, document or passage is gone
  minor  terms, things, facts, rules, queries, columns or parameters are new; a term is deprecated; facts are
         gone, have another status or rest on other grounds; passages moved; answers are others
  patch  only words changed, or the SPARQL of a query that answers as before
Below 1.0.0 a major change raises the minor number (SemVer, 4); the others raise their own.
To see what the same facts entail, the old facts are put under the new axioms and rules, and the outcome is
held against what the old release says is entailed.

exit code: 0 nothing changed, 1 something changed; with --check: 1 only if NEW's version is too small.

example: git show HEAD~5:graph/ukjapan-graph.nq | ukjapan diff -
"""


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.old == options.new == "-":
        parser.error("standard input holds one release; name a file for the other")
    if options.check and options.only:
        parser.error("the version can only be checked on all parts; leave out --only or --check")
    from ukjapan_graph.changes.comparison import compare

    only = tuple(options.only or PARTS)
    try:
        changes = compare(options.old, options.new, only=only, progress=bar)
    finally:
        bar("", 0, 0)
    if options.format == "json":
        text = json.dumps(plain(changes), ensure_ascii=False, indent=2, sort_keys=True)
        render.write(f"{text}\n", "json")
    else:
        page = Page(markdown=options.format == "markdown")
        _print(changes, page, whole=options.all)
        render.write(page.text(), "table")
    sys.stdout.flush()
    if options.check:
        if changes.verdict.finding:
            print(f"ukjapan: {changes.verdict.finding}", file=sys.stderr)
        return FINDINGS if changes.verdict.finding else DONE
    return FINDINGS if changes else DONE


def _parser() -> Parser:
    import argparse

    parser = Parser(
        "diff",
        "What changed from the release OLD to the release NEW: facts and how firmly they are said, things,\n"
        "terms, the answers of saved queries; and which version that makes.",
        epilog=_RULE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    about = "a release (.nq, .nq.gz), a project folder, or - for standard input"
    parser.add_argument("old", metavar="OLD", help=about)
    parser.add_argument("new", metavar="NEW", nargs="?", help="likewise (default: this project's release)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text; json holds all")
    about = f"one part only, may be repeated: {', '.join(PARTS)}"
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART", help=about)
    parser.add_argument("--all", action="store_true", help="do not cut long lists short")
    about = "fail only if the version that NEW declares is too small for the change"
    parser.add_argument("--check", action="store_true", help=about)
    return parser


def _print(changes: object, page: Page, *, whole: bool) -> None:
    from ukjapan_graph.changes.telling import tell

    story = tell(changes)
    page.title(story.title)
    page.line(story.summary)
    for section in story.sections:
        page.section(
            f"{section.title} ({section.total or len(section.items)})" if section.brief else section.title
        )
        items, more = _cut(section.items, _ITEMS, whole=whole or not section.brief)
        for item in items:
            below, rest = _cut(item.below, _BELOW, whole=whole)
            page.item(item.line, *below, *([_more(rest)] if rest else ()))
        if more:
            page.item(_more(more))


def _cut(things: tuple, limit: int, *, whole: bool) -> tuple[tuple, int]:
    """The first of ``things``, and how many are left out; one alone is never left out."""
    if whole or len(things) <= limit + 1:
        return things, 0
    return things[:limit], len(things) - limit


def _more(number: int) -> str:
    return f"… and {number} more; --all shows them"
