"""``ukjapan load``: the release into a triple store, and the proof that it is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ukjapan_graph.cli import load_told as told
from ukjapan_graph.cli import remote, render
from ukjapan_graph.cli.load_plan import plan
from ukjapan_graph.cli.load_told import Told
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.progress import Bar
from ukjapan_graph.errors import DONE, UkjapanError, UnknownNameError, UsageError
from ukjapan_graph.remote.access import access
from ukjapan_graph.resources import release_path

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.loading.contents import Release
    from ukjapan_graph.loading.loader import Loader
    from ukjapan_graph.remote.access import Access

#: The verbs that write; where one fails at a store, those after it are left as they are.
_WRITING = ("run", "unload", "selftest")

_LEAST = 10_000  # bytes of a request


def run(argv: list[str]) -> int:
    """Plan, run, verify, tell, undo or try out a load."""
    options = _parser().parse_args(argv)
    if options.verb not in VERBS:
        from difflib import get_close_matches

        nearest = get_close_matches(options.verb, VERBS, cutoff=0.5)
        raise UnknownNameError("verb of load", options.verb, nearest, see="See: ukjapan load --help")
    if options.verb != "plan" and (options.show or options.output):
        _parser().error("--show and --output go with plan")
    try:
        from ukjapan_graph.loading.loader import read_release
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"loading needs {error.name}; install it with: pip install 'ukjapan-graph[load]'"
        ) from None
    if options.output and len(options.address) > 1:
        raise UsageError("--output holds the requests to one store; plan for one URL at a time")
    release = read_release(options.release or release_path())
    known = [access(address, user=options.user, authority=options.ca) for address in options.address]
    codes = [DONE]
    for number, one in enumerate(known, 1):
        try:
            codes.append(_one(one, release, options))
        except UkjapanError as error:
            if len(known) == 1:
                raise
            print(f"ukjapan: {error}", file=sys.stderr)
            codes.append(error.exit_code)
            if options.verb in _WRITING:
                if rest := [later.address for later in known[number:]]:
                    print(f"left as they are: {', '.join(rest)}", file=sys.stderr)
                break
    return max(codes)


def _one(known: Access, release: Release, options: argparse.Namespace) -> int:
    """What was asked for, at one store; gives the exit code."""
    from ukjapan_graph.loading.loader import Loader

    bar = Bar(known.address)
    limits = {"seconds": options.timeout, "portion": options.portion}
    try:
        with Loader(known, options.store, **limits, progress=bar.show) as loader:
            found = VERBS[options.verb](loader, release, options)
    except KeyboardInterrupt:
        bar.clear()
        if options.verb in _WRITING:
            print(f"stopped; to complete it: ukjapan load {options.verb} {known.address}", file=sys.stderr)
        raise
    finally:
        bar.clear()
    render.write(found.json if options.format == "json" else found.text)
    sys.stdout.flush()  # a store after it may take long
    if found.note:
        print(found.note, file=sys.stderr)
    return found.code


def _plan(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    more = {"access": loader.engine.access, "show": options.show, "folder": options.output}
    return plan(loader.site, *loader.plan(release), **more)


def _run(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    found, messages = loader.run(release)
    return told.run(loader.site, release, found, len(messages))


def _verify(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    return told.verify(loader.site, release, loader.verify(release))


def _status(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    return told.status(loader.site, release, loader.left(), loader.counts(release))


def _unload(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    return told.unload(loader.site, loader.unload(release))


def _selftest(loader: Loader, release: Release, options: argparse.Namespace) -> Told:
    from ukjapan_graph.loading.selftest import selftest

    return told.selftest(loader.site, list(selftest(loader)))


VERBS = {
    "plan": _plan,
    "run": _run,
    "verify": _verify,
    "status": _status,
    "unload": _unload,
    "selftest": _selftest,
}


def _parser() -> Parser:
    from ukjapan_graph.loading.profiles import PROFILES

    notes = "\n".join(
        f"  {p.name:9} {'tested with ' + p.tested if p.tested else 'untested'}. {p.note}"
        for p in PROFILES.values()
    )
    parser = Parser(
        "load",
        "The release into a triple store, and the proof that it is there. plan: what would be sent. run: send "
        "what differs, then read it back; run again after a fault, and nothing is sent twice. verify: compare "
        "what is there with the release. status: what a loader left there. unload: take it out again. selftest: "
        "try out what the store does, in scratch graphs. Other graphs are never touched.",
        epilog=f"stores:\n{notes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", metavar="|".join(VERBS), help="what to do")
    parser.add_argument(
        "address", nargs="+", metavar="URL", help="address of a store; more are served in turn"
    )
    parser.add_argument("--store", default="auto", metavar="KIND", help=f"auto, {', '.join(PROFILES)}")
    parser.add_argument("--show", action="store_true", help="plan: with the same requests as lines of curl")
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="plan: write what would be sent to files"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=600.0,
        metavar="SECONDS",
        help="most that one request may take, above 0 (default: 600)",
    )
    parser.add_argument(
        "--portion",
        type=_portion,
        metavar="BYTES",
        help=f"most bytes in one request, {_LEAST:,} or more (default: by the kind of store); fewer where "
        "a proxy refuses them. The last one names every graph, and may have half a kilobyte for each",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="default: text; json is a line a store"
    )
    parser.release_option()
    remote.access_options(parser)
    return parser


def _portion(text: str) -> int:
    """The number of bytes that ``text`` is, given as ``--portion``.

    :raises UsageError: it is none, or too small
    """
    if not (text.isdecimal() and len(text) < 19 and int(text) >= _LEAST):
        raise UsageError(f"--portion: {text!r} is no number of bytes from {_LEAST:,} up")
    return int(text)


def _seconds(text: str) -> float:
    """The number of seconds that ``text`` is, given as ``--timeout``.

    :raises UsageError: it is none, or none that a person would wait
    """
    try:
        return remote.seconds_option(text)
    except ValueError:
        raise UsageError(f"--timeout: {text!r} is no number of seconds above 0 and below 1,000,000") from None
