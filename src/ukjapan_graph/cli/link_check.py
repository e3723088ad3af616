"""``ukjapan link check``: judge the mapping sets, by themselves or with their neighbours."""

from __future__ import annotations

from pathlib import Path

from ukjapan_graph.cli import remote, reporting
from ukjapan_graph.cli.link_ask import service_option
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.errors import UsageError
from ukjapan_graph.resources import release_file
from ukjapan_graph.resources import root as default_root


def run(argv: list[str]) -> int:
    """Run the verb with the arguments after its name; gives the exit code."""
    options = _parser().parse_args(argv)
    root = (options.root or default_root()).resolve()
    if options.live:
        if options.files:
            raise UsageError("--live checks the project's own links; leave the files out")
        from ukjapan_graph.cli.link_live import check

        return check(root, options)
    if options.service:
        raise UsageError("--service goes with --live")
    from ukjapan_graph.answering.engines import Embedded, open_store
    from ukjapan_graph.judging.mappings import judge
    from ukjapan_graph.judging.verdicts import from_finding, report
    from ukjapan_graph.linking.neighbours.federated import RECORDINGS, stale

    found = judge(root, options.files)
    if not options.files and any(root.glob(RECORDINGS)):
        release = options.release or release_file(options.root)
        found = sorted([*found, *stale(root, Embedded(open_store(release)))])
    return reporting.write(report(list(map(from_finding, found))), options.format)


def _parser() -> Parser:
    parser = Parser(
        "link check",
        "Judge the links, without the web: the form of each file, each mapping, the mappings with each other "
        "(two exact matches, doubles, what is accepted and rejected at once) and with the graph (names and "
        "labels), and what was recorded of the neighbours with the questions. With FILES, judge those as if "
        "they were part of the project; a file takes the place of the set of its name. With --live, ask the "
        "neighbours: is each target still there, itself and under its name, and do the federated questions "
        "still give what was recorded? Prints one finding a line, by file and line; exit code 1 where there "
        "are any, 3 where a neighbour did not answer.",
    )
    about = "mapping sets, <neighbour>.sssom.tsv (default: those of the project)"
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES", help=about)
    parser.add_argument("--format", choices=reporting.FORMATS, default="text", help="default: text")
    parser.root_option()
    parser.add_argument("--live", action="store_true", help="ask the neighbours themselves")
    service_option(parser)
    about = "seconds that one answer of a neighbour may take (default: 60)"
    parser.add_argument("--timeout", type=remote.seconds_option, default=60.0, metavar="SECONDS", help=about)
    remote.authority_option(parser)
    parser.release_option(beside_root=True)
    return parser
