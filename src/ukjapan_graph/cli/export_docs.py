"""``ukjapan export docs``: the ontology's pages as static HTML."""

from __future__ import annotations

import sys
from pathlib import Path

from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.errors import DONE
from ukjapan_graph.resources import root as default_root


def run(argv: list[str]) -> int:
    """Run the command with the arguments after ``export docs``; gives the exit code."""
    options = _parser().parse_args(argv)
    from ukjapan_graph.publishing.site import refuse_strange, site, write_site

    refuse_strange(options.output)
    try:
        files = site((options.root or default_root()).resolve(), progress=_progress)
    finally:
        _progress("", 0, 0)
    write_site(options.output, files)
    print(f"pages: {options.output / 'index.html'} ({len(files)} files)", file=sys.stderr)
    return DONE


def _parser() -> Parser:
    parser = Parser(
        "export docs",
        "Write the ontology's pages as static HTML: its terms with examples from the release, the closed "
        "lists, shapes, rules, saved queries, passages and alignments. The folder is replaced whole, or not "
        "at all; one that holds anything else is left alone.",
    )
    about = "folder for the pages (default: ukjapan-docs, here)"
    parser.add_argument("--output", type=Path, metavar="FOLDER", default=Path("ukjapan-docs"), help=about)
    parser.root_option()
    return parser


def _progress(what: str, done: int, total: int) -> None:
    """A bar on standard error, where that is a terminal; nothing is left of it when ``total`` is 0."""
    if not sys.stderr.isatty():
        return
    bar = f"[{'#' * (20 * done // total):20}] {what}" if total else ""
    sys.stderr.write(f"\r{bar:78.78}" if total else f"\r{'':78}\r")
    sys.stderr.flush()
