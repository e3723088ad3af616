"""``ukjapan fmt``: put the source files in canonical form."""

from __future__ import annotations

import sys
from pathlib import Path

from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.data.formatting import files_to_format, format_file
from ukjapan_graph.errors import DONE, FINDINGS, SourceError
from ukjapan_graph.resources import root as default_root


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    args = _parser().parse_args(argv)
    root = (args.root or default_root()).resolve()
    paths = [path.resolve() for path in args.files] or [root / name for name in files_to_format(root)]
    for path in args.files:
        if not path.is_file():
            raise SourceError(path, "is no file; name files of ontology/ or graph/")
    rewritten, findings = 0, []
    for path in paths:
        changed, faults = format_file(path, root, check=args.check)
        rewritten += changed
        findings += faults
    for finding in sorted(findings):
        print(finding)
    print(f"files: {len(paths)}, rewritten: {rewritten}, findings: {len(findings)}", file=sys.stderr)
    return FINDINGS if findings else DONE


def _parser() -> Parser:
    parser = Parser(
        "fmt",
        "Put the source files (ontology and graph) in canonical form, and write the prefix table "
        "to ontology/prefixes.ttl. A file with a fault in it is left alone and reported.",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to format (default: all)")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where a file would change"
    )
    parser.root_option()
    return parser
