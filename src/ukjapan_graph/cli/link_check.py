"""``ukjapan link check``: judge the mapping sets."""

from __future__ import annotations

from pathlib import Path

from ukjapan_graph.cli import reporting
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.resources import root as default_root


def run(argv: list[str]) -> int:
    """Run the verb with the arguments after its name; gives the exit code."""
    options = _parser().parse_args(argv)
    from ukjapan_graph.judging.mappings import judge
    from ukjapan_graph.judging.verdicts import from_finding, report

    found = judge((options.root or default_root()).resolve(), options.files)
    return reporting.write(report(list(map(from_finding, found))), options.format)


def _parser() -> Parser:
    parser = Parser(
        "link check",
        "Judge the links without the web: the form of each file, each mapping, the mappings with each other "
        "(two exact matches, doubles, what is accepted and rejected at once) and with the graph (names and "
        "labels). With FILES, judge those as if they were part of the project; a file takes the place of the "
        "set of its name. Prints one finding a line, by file and line; exit code 1 where there are any.",
    )
    about = "mapping sets, <neighbour>.sssom.tsv (default: those of the project)"
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES", help=about)
    parser.add_argument("--format", choices=reporting.FORMATS, default="text", help="default: text")
    about = "project folder (default: this project's)"
    parser.add_argument("--root", type=Path, metavar="FOLDER", help=about)
    return parser
