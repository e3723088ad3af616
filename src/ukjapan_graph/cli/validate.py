"""``ukjapan validate``: judge the data, or a draft of it."""

from __future__ import annotations

from pathlib import Path

from ukjapan_graph.cli import reporting
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.resources import root as default_root

PARTS = ("sources", "terms", "shapes", "checks", "queries", "release", "external")


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    only = options.only or PARTS
    if options.files and not set(only) - {"queries", "release", "external"}:
        parser.error("drafts have no saved queries, release or outside facts; leave out --only, or FILES")
    from ukjapan_graph.judging.validation import validate

    root = (options.root or default_root()).resolve()
    try:
        report = validate(root, only=only, files=options.files, progress=bar)
    finally:
        bar("", 0, 0)
    return reporting.write(report, options.format)


def _parser() -> Parser:
    parser = Parser(
        "validate",
        "Judge the project: its files, the names in them, the shapes, the checks, the saved questions, "
        "whether the release file is fresh, and the outside facts beside it. With FILES (Turtle or TriG), "
        "judge those drafts as if they were part of it. Prints one finding a line, by file and line; exit "
        "code 1 where there are any.",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES", help="drafts (default: the project)")
    parser.add_argument("--format", choices=reporting.FORMATS, default="text", help="default: text")
    about = f"one part only, may be repeated: {', '.join(PARTS)}"
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART", help=about)
    parser.root_option()
    return parser
