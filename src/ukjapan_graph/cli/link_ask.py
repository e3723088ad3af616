"""``ukjapan link ask`` and ``ukjapan link record``: saved questions that neighbours answer in part."""

from __future__ import annotations

import re
import sys

from ukjapan_graph.answering import presence
from ukjapan_graph.answering.engines import Embedded, Rows, open_store
from ukjapan_graph.cli import remote, render
from ukjapan_graph.cli.listing import listing
from ukjapan_graph.cli.parsing import Parser, day
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.errors import DONE, UsageError
from ukjapan_graph.resources import release_file
from ukjapan_graph.resources import root as default_root

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.linking.neighbours.federated import FederatedQuery


def run(argv: list[str]) -> int:
    """Answer one federated question, or list them; gives the exit code."""
    options = _parser("ask").parse_args(argv)
    from ukjapan_graph.linking.neighbours import federated
    from ukjapan_graph.linking.neighbours.recordings import THEMSELVES

    root = (options.root or default_root()).resolve()
    if not options.name:
        render.write(listing([found.query for found in federated.read_all(root)]))
        return DONE
    found = federated.find(root, options.name)
    where = services(options.service)
    if options.endpoint and (options.live or where):
        raise UsageError(
            "--endpoint asks a store that asks the neighbours itself; leave --live and --service out"
        )
    if options.user and not options.endpoint:
        raise UsageError("--user goes with --endpoint: neighbours are sent no credentials")
    if options.ca and not (options.endpoint or options.live or where):
        raise UsageError("--ca goes with --endpoint, --live or --service")
    store = open_store(options.release or release_file(options.root))
    silence = f"No row: {found.query.silence}\n"
    if options.endpoint:
        asked = remote.engine(
            options.endpoint, limit=options.timeout, user=options.user, authority=options.ca
        )
        presence.require(asked, store, asked.access.address)
        rows = federated.elsewhere(found, asked)
    elif options.live or where:
        rows = asked_now(found, Embedded(store), options, where)
    else:
        rows, recording = federated.from_recording(found, Embedded(store))
        names = " and ".join(found.services)
        sys.stderr.write(
            f"{names}: not asked now (--live asks); as recorded on {recording.day} from {recording.origin}\n"
        )
        if recording.origin != THEMSELVES:
            silence = f"No row in what was recorded, which is not all that {names} has\n"
    _write(silence, store, rows, options)
    return DONE


def record(argv: list[str]) -> int:
    """Ask the neighbours of federated questions and keep their answers; gives the exit code."""
    options = _parser("record").parse_args(argv)
    from ukjapan_graph.linking.neighbours import federated, federation
    from ukjapan_graph.linking.neighbours.recordings import THEMSELVES, Recorder, Recording

    root = (options.root or default_root()).resolve()
    chosen = [federated.find(root, name) for name in options.names] or federated.read_all(root)
    where = services(options.service)
    federation.allowed(tuple({url: None for found in chosen for url in found.services.values()}), where)
    engine = Embedded(open_store(options.release or release_file(options.root)))
    for found in chosen:
        kept = Recorder()
        here = {service: url for service, url in where.items() if service in found.services.values()}
        asked_now(found, engine, options, here, kept)
        path = found.recording_path
        elsewhere = " and ".join(f"{url} in place of {service}" for service, url in sorted(here.items()))
        origin = options.origin or elsewhere or THEMSELVES
        Recording(options.date, origin, tuple(kept.calls), path).write()
        count = sum(len(call.answer["results"]["bindings"]) for call in kept.calls)
        print(f"{path.name}: {count} rows of {' and '.join(found.services)}")
    return DONE


def asked_now(
    found: FederatedQuery, engine: Embedded, options: object, where: dict[str, str], recorder: object = None
) -> Rows:
    """The answer of the neighbours themselves, with a bar for a person who waits."""
    from ukjapan_graph.linking.neighbours import federated

    try:
        return federated.live(
            found, engine, where, seconds=options.timeout, size=federated.SIZE, authority=options.ca, step=bar,
            recorder=recorder,
        )  # fmt: skip
    finally:
        bar("", 0, 0)


def services(pairs: list[str]) -> dict[str, str]:
    """``--service SERVICE=URL`` as a mapping.

    :raises UsageError: a pair without "=", or one service twice
    """
    found: dict[str, str] = {}
    for pair in pairs:
        # An address may have "=" of its own, so the cut is before the second address.
        cut = re.search(r"=(?=https?://)", pair)
        if not cut:
            raise UsageError(f"--service {pair}: write SERVICE=URL, both as addresses (http://…)")
        service, url = pair[: cut.start()], pair[cut.end() :]
        if service in found:
            raise UsageError(f"--service: {service} is given twice")
        found[service] = url
    return found


def service_option(parser: Parser) -> None:
    """Add ``--service`` to ``parser``."""
    parser.add_argument(
        "--service", action="append", default=[], metavar="SERVICE=URL",
        help="ask SERVICE, as the questions name it, at URL instead (a mirror, a proxy); may be repeated",
    )  # fmt: skip


def _write(silence: str, store: object, rows: Rows, options: object) -> None:
    if not rows.rows:
        if options.format in render.HUMAN:
            render.write(silence)
            return
        sys.stderr.write(silence)
    width = render.terminal_width() if options.format == "table" else 0
    render.write(render.rows(store, rows, options.format, ids=options.ids, width=width), options.format)


def _parser(verb: str) -> Parser:
    if verb == "ask":
        about = (
            "Answer a saved question of queries/federated, which neighbours answer in part; without NAME, list "
            "them. The neighbours' part comes from the recording that is kept beside the question; with --live "
            "they are asked themselves, and no others. A neighbour that fails is named, and no rows are given. "
            "With --endpoint, the question goes as it stands to a store that holds the release and asks the "
            "neighbours itself."
        )
    else:
        about = (
            "Ask the neighbours of federated questions (default: of all) and keep what they answer beside the "
            "question, with the day and the origin."
        )
    parser = Parser(f"link {verb}", about)
    if verb == "ask":
        parser.add_argument("name", nargs="?", metavar="NAME", help="a federated question")
        parser.add_argument("--live", action="store_true", help="ask the neighbours now")
        parser.add_argument("--endpoint", metavar="URL", help="a store that asks the neighbours itself")
        parser.add_argument("--format", choices=render.ROW_FORMATS, default="table", help="default: table")
        parser.add_argument("--ids", action="store_true", help="show things by prefixed name, not by label")
    else:
        parser.add_argument("names", nargs="*", metavar="NAME", help="federated questions")
        parser.add_argument("--date", type=day, required=True, help="the day of the answers, as 2026-11-23")
        about = (
            "where they are taken from, in words (default: the services themselves, or what --service says)"
        )
        parser.add_argument("--origin", metavar="TEXT", help=about)
    service_option(parser)
    about = "seconds that one answer may take (default: 60)"
    parser.add_argument("--timeout", type=remote.seconds_option, default=60.0, metavar="SECONDS", help=about)
    if verb == "ask":
        remote.access_options(parser)
    else:
        remote.authority_option(parser)
    parser.release_option(beside_root=True)
    parser.root_option()
    return parser
