"""``ukjapan build``: make the release file from the sources."""

from __future__ import annotations

import sys

from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.data.build import build, build_beside, graph_counts, stale, staleness, write_release
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.external import write_external
from ukjapan_graph.errors import DONE, FINDINGS, FindingsError
from ukjapan_graph.resources import external_file, release_file
from ukjapan_graph.resources import root as default_root


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    args = _parser().parse_args(argv)
    root = (args.root or default_root()).resolve()
    path, beside = release_file(root), external_file(root)
    try:
        data = build(root) if args.check else write_release(root)
        path = beside
        outside = build_beside(root, data)
    except FindingsError as error:
        print(error)
        print(f"findings: {len(error.findings)}; {path.name} is left as it was", file=sys.stderr)
        return FINDINGS
    if not args.check:
        write_external(root, outside)
    _print_counts(graph_counts(parse_bytes(data, beside)))
    if outside:
        lines = len(outside.splitlines())
        print(f"and in {beside.name}, for the world view: {lines} quads", file=sys.stderr)
    findings = []
    if args.check:
        name = beside.relative_to(root).as_posix()
        findings = list(filter(None, [*stale(root, data), staleness(root, name, outside)]))
    for finding in findings:
        print(finding)
    return FINDINGS if findings else DONE


def _print_counts(counts: dict[str, int]) -> None:
    width = max(map(len, counts), default=5)
    for name, count in counts.items():
        print(f"{name:<{width}}  {count:>6}", file=sys.stderr)
    print(f"{'quads':<{width}}  {sum(counts.values()):>6}", file=sys.stderr)


def _parser() -> Parser:
    parser = Parser(
        "build",
        "Make the release file, graph/ukjapan-graph.nq, from the source files, the saved queries "
        "and the rules, graph/ukjapan-same-as.nt from the links, and graph/ukjapan-external.nq from the "
        "outside facts. Where something is wrong with a source, the file is left as it was.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 where one of the files is not a fresh build",
    )
    parser.root_option()
    return parser
