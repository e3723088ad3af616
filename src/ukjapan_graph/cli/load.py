"""``ukjapan load``: the release into a triple store, and the proof that it is there."""

from __future__ import annotations

import argparse
import shlex
import sys
from itertools import islice
from pathlib import Path

from ukjapan_graph.cli import remote, render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.errors import DONE, FINDINGS, UkjapanError, UnknownNameError
from ukjapan_graph.files import replace_file
from ukjapan_graph.namespaces import shorten
from ukjapan_graph.remote.access import access
from ukjapan_graph.resources import release_path

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Collection

    from ukjapan_graph.loading.contents import Release
    from ukjapan_graph.loading.loader import Loader
    from ukjapan_graph.loading.survey import Survey
    from ukjapan_graph.loading.transport import Message

_SUFFIXES = {
    "application/sparql-update": "ru",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "text/turtle": "ttl",
}
_EXAMPLES = 3


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
        from ukjapan_graph.loading.loader import Loader, read_release
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"loading needs {error.name}; install it with: pip install 'ukjapan-graph[load]'"
        ) from None
    release = read_release(options.release or release_path())
    known = [access(address, user=options.user, authority=options.ca) for address in options.address]
    code = DONE
    for one in known:
        bar = _Bar(one.address)
        try:
            with Loader(
                one, options.store, seconds=options.timeout, portion=options.portion, progress=bar.show
            ) as loader:
                code = max(code, VERBS[options.verb](loader, release, options, bar))
        finally:
            bar.clear()
    return code


def _plan(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    found, messages = loader.plan(release)
    bar.clear()
    profile = loader.site.profile
    print(
        f"{loader.site.query}: {profile.name}{'' if profile.tested else ' (a profile that nobody has tested)'}"
    )
    missing, extra = (sum(len(getattr(d, part)) for d in found.graphs) for part in ("missing", "extra"))
    differ = sum(not d.agrees for d in found.graphs)
    print(
        f"  {differ} of {len(found.graphs)} graphs differ: {missing:,} triples to add, {extra:,} to take out"
    )
    for number, message in enumerate(messages, 1):
        print(f"  {number:>3}. {message.method} {message.address}  {message.about} ({_size(message.body)})")
        if options.show:
            print(f"       {_curl(message, number, options.output)}")
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            replace_file(options.output / _name(message, number), message.body)
    if not messages:
        print("  the store holds the release; there is nothing to send")
    return DONE


def _run(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    found, messages = loader.run(release)
    bar.clear()
    if not messages:
        print(f"{loader.site.query}: holds the release already; nothing was sent")
    else:
        print(
            f"{loader.site.query}: {release.size:,} quads in {len(release.graphs)} graphs, sent in "
            f"{len(messages)} request{'s' * (len(messages) != 1)} and read back"
        )
    if rewritten := sum(len(d.rewritten) for d in found.graphs):
        print(f"note: the store writes {rewritten:,} literals in another way", file=sys.stderr)
    print(f"ask it: ukjapan ask --endpoint {loader.site.query}", file=sys.stderr)
    return DONE


def _verify(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    found = loader.verify(release)
    bar.clear()
    count = 0
    for kind, where, lines in _findings(found):
        count += len(lines)
        print(f"{kind}: {len(lines):,} in {where}")
        for text in islice(lines, _EXAMPLES):
            print(f"  {text}")
        if len(lines) > _EXAMPLES:
            print("  …")
    if count:
        print(f"{loader.site.query}: {count:,} triples are not as in the release", file=sys.stderr)
        return FINDINGS
    print(f"{loader.site.query}: holds exactly the {release.size:,} quads of the release")
    return DONE


def _findings(found: Survey) -> list[tuple[str, str, Collection[str]]]:
    """What is wrong, where, and with which triples."""
    listed = []
    for difference in found.graphs:
        where = shorten(difference.graph)
        changed = [f"{ours}  →  {theirs}" for ours, theirs in difference.rewritten]
        for kind, lines in (
            ("missing", difference.missing),
            ("extra", difference.extra),
            ("rewritten", changed),
            ("blank nodes", ["triples with blank nodes"] if difference.blank else []),
        ):
            if lines:
                listed.append((kind, where, lines))
    if found.default:
        listed.append(("not seen by plain patterns", "the default graph", found.default))
    return listed


def _status(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    (receipt, stopped, _), there = loader.left(), loader.counts(release)
    bar.clear()
    profile = loader.site.profile
    print(f"store      {profile.name} at {loader.site.query}")
    if receipt is None:
        print(f"receipt    none{'; a load is going on, or was stopped: run again' if stopped else ''}")
    else:
        which = "the one at hand" if receipt.hash == release.hash else "another than the one at hand"
        print(
            f"receipt    release sha256:{receipt.hash} ({which}), {receipt.quads:,} quads, by {receipt.tool}"
        )
        print(f"loaded     {receipt.time or 'the server does not tell the time'}")
    ours = sum(name in there for name in release.graphs)
    print(f"graphs     {ours} of {len(release.graphs)}, {sum(there.values()):,} triples in them")
    return DONE


def _unload(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    gone = loader.unload(release)
    bar.clear()
    print(f"{loader.site.query}: {sum(gone.values()):,} triples in {len(gone)} graphs taken out")
    return DONE


def _selftest(loader: Loader, release: Release, options: argparse.Namespace, bar: _Bar) -> int:
    from ukjapan_graph.loading.selftest import selftest

    results = list(selftest(loader))
    bar.clear()
    rows = [(r.case, r.found, "" if r.expected else "not as expected") for r in results]
    render.write(render.table(("tried", "found", ""), rows, render.terminal_width()))
    return DONE if all(r.expected for r in results) else FINDINGS


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
        type=remote.seconds_option,
        default=600.0,
        metavar="SECONDS",
        help="most that one request may take (default: 600)",
    )
    parser.add_argument(
        "--portion",
        type=_portion,
        metavar="BYTES",
        help="most bytes in one request (default: by the kind of store); smaller where a proxy refuses them",
    )
    parser.release_option()
    remote.access_options(parser)
    return parser


def _portion(text: str) -> int:
    if int(text) < 10_000:
        raise ValueError
    return int(text)


_portion.__name__ = "number of bytes, 10000 or more"


def _curl(message: Message, number: int, folder: Path | None) -> str:
    """``message`` as a command for curl, with credentials by name of their variables."""
    address = message.address
    words = ["curl", "--fail-with-body", "--anyauth", "-u", '"$UKJAPAN_USER:$UKJAPAN_PASSWORD"']
    words += ["-X", message.method, "-H", shlex.quote(f"Content-Type: {message.media}")]
    words += ["--data-binary", shlex.quote(f"@{(folder or Path()) / _name(message, number)}")]
    if message.graph:
        from urllib.parse import urlencode

        address += "?" + urlencode({"graph": message.graph})
    return " ".join([*words, shlex.quote(address)])


def _name(message: Message, number: int) -> str:
    return f"{number:04}.{_SUFFIXES.get(message.media, 'bin')}"


def _size(body: bytes) -> str:
    return f"{len(body):,} bytes"


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, address: str) -> None:
        self._address, self._shown = address, False

    def show(self, what: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` triples are through."""
        if not sys.stderr.isatty() or not total:
            return
        bar = "#" * (20 * done // total)
        sys.stderr.write(f"\r{f'[{bar:20}] {what} {done:,}/{total:,} {self._address}':79.79}")
        sys.stderr.flush()
        self._shown = True

    def clear(self) -> None:
        """Leave nothing of it."""
        if self._shown:
            sys.stderr.write(f"\r{'':79}\r")
            sys.stderr.flush()
            self._shown = False
