"""``ukjapan link suggest``: propose links, for somebody to weigh."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

from ukjapan_graph.cli import link_ask, progress, remote, render
from ukjapan_graph.cli.parsing import Parser, day
from ukjapan_graph.errors import DONE, UkjapanError, UsageError
from ukjapan_graph.linking.alike.ways import ALL, KINDS, WAYS
from ukjapan_graph.remote.access import access
from ukjapan_graph.resources import release_file
from ukjapan_graph.resources import root as default_root

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable

    from ukjapan_graph.linking.alike.catalogue import Catalogue, Thing
    from ukjapan_graph.linking.alike.suggesting import Suggestion, Suggestions

FORMATS = ("table", "json", "csv")
_COLUMNS = (
    "thing",
    "here",
    "candidate",
    "there",
    "score",
    "name",
    "kind",
    "related",
    "dates",
    "said there",
    "known",
)


def run(argv: list[str]) -> int:
    """Run the verb with the arguments after its name; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    try:
        from ukjapan_graph.linking.alike import proposals, suggesting
        from ukjapan_graph.linking.alike.reconciling import reconciler
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"suggesting links needs {error.name}; install it with: pip install 'ukjapan-graph[link]'"
        ) from None
    from ukjapan_graph.answering.engines import open_store
    from ukjapan_graph.answering.names import find
    from ukjapan_graph.data.neighbours import NEIGHBOURS
    from ukjapan_graph.linking.alike.catalogue import outside_names

    if options.neighbour and options.neighbour not in NEIGHBOURS:
        parser.error(f"there is no neighbour {options.neighbour}; there are {', '.join(NEIGHBOURS)}")
    neighbour = NEIGHBOURS.get(options.neighbour or "")
    root = (options.root or default_root()).resolve()
    known = proposals.judged(root)
    path = Path(options.release or release_file(options.root))
    store = open_store(path)
    catalogue = reconciler(store, outside_names(path)).catalogue
    given = (_thing(catalogue, find(store, text).value, text) for text in options.entities)
    named = list({thing.id: thing for thing in given}.values())
    things = named or suggesting.unlinked(catalogue, neighbour, options.kind or KINDS)
    for thing in [thing for thing in named if neighbour and suggesting.linked(thing, neighbour)]:
        print(f"note: {thing.id} has an exact match to {neighbour.title} already", file=sys.stderr)
        things.remove(thing)
    asked = access(_where(options.source, options.service), user=options.user, authority=options.ca)
    try:
        with suggesting.asking(asked, catalogue, seconds=options.timeout, way=options.way) as there:
            found = suggesting.suggest(
                there, catalogue, things, judged=known.is_weighed, progress=progress.bar
            )
    except UsageError:
        raise
    except UkjapanError as error:
        found = suggesting.Suggestions((), (), error, tuple(things))
    if neighbour:
        found = found._replace(pairs=tuple(one for one in found.pairs if one.neighbour == neighbour))
    for note in found.notes:
        print(f"note: {note}", file=sys.stderr)
    _WRITERS[options.format](found.pairs, known.is_proposed)
    if found.failure:
        _tell_failure(options.source, found)
        return found.failure.exit_code
    fresh = sum(not known.is_proposed(one) for one in found.pairs)
    print(
        f"{len(things)} things looked for at {options.source}: {len(found.pairs)} candidates, {fresh} of them new",
        file=sys.stderr,
    )
    if options.write:
        written = proposals.write(root, found.pairs, options.date or date.today().isoformat())
        for name, count in written.items():
            print(
                f"{name}: {count} added; weigh them, then move them to the set above or reject them",
                file=sys.stderr,
            )
    return DONE


def _tell_failure(source: str, found: Suggestions) -> None:
    """Say which neighbour failed, why, and what it was not asked for."""
    names = ", ".join(thing.id.replace("/", ":") for thing in found.left[:10])
    more = f" and {len(found.left) - 10} more" if len(found.left) > 10 else ""
    print(
        f"ukjapan: {source} failed: {found.failure}\nnot looked for: {names or 'nothing'}{more}; nothing was written",
        file=sys.stderr,
    )


def _thing(catalogue: Catalogue, iri: str, text: str) -> Thing:
    thing = catalogue.thing(iri)
    if thing is None:
        raise UsageError(f"{text!r} is not of a kind that links are made for")
    return thing


def _where(source: str, pairs: list[str]) -> str:
    """The address at which ``source`` is really asked."""
    where = link_ask.services(pairs)
    for service in where:
        if service != source:
            raise UsageError(f"--service {service}: nothing is asked of it; asked is: {source}")
    return where.get(source, source)


def _cells(one: Suggestion, is_proposed: Callable[[Suggestion], bool]) -> tuple[str, ...]:
    from ukjapan_graph.namespaces import shorten

    told = one.evidence
    return (
        shorten(one.thing.iri), told.ours, shorten(one.found.iri), told.theirs, f"{told.score:g}", f"{told.name:g}",
        {True: "agrees", False: "differs", None: "–"}[told.kind],
        f"{len(told.related)} of {told.expected}", ", ".join(told.dates) or "–", one.found.note or "–",
        "candidate" if is_proposed(one) else "new",
    )  # fmt: skip


def _table(pairs: tuple[Suggestion, ...], is_proposed: Callable[[Suggestion], bool]) -> None:
    if pairs:
        rows = [_cells(one, is_proposed) for one in pairs]
        render.write(render.table(_COLUMNS, rows, render.terminal_width()))


def _csv(pairs: tuple[Suggestion, ...], is_proposed: Callable[[Suggestion], bool]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_COLUMNS, *(_cells(one, is_proposed) for one in pairs)])
    render.write(text.getvalue(), "csv")


def _json(pairs: tuple[Suggestion, ...], is_proposed: Callable[[Suggestion], bool]) -> None:
    rows = [
        {
            "thing": one.thing.iri,
            "candidate": one.found.iri,
            "neighbour": one.neighbour.name if one.neighbour else None,
            "score": one.evidence.score,
            "name": one.evidence.name,
            "here": one.evidence.ours,
            "there": one.evidence.theirs,
            "kind": one.evidence.kind,
            "dates": list(one.evidence.dates),
            "related": list(one.evidence.related),
            "related_expected": one.evidence.expected,
            "note": one.found.note,
            "score_there": one.found.score,
            "proposed_before": is_proposed(one),
        }
        for one in pairs
    ]
    render.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "json")


_WRITERS = {"table": _table, "json": _json, "csv": _csv}


def _parser() -> Parser:
    parser = Parser(
        "link suggest",
        "Look for things that have no exact match yet in another graph, by their names, and show what there may be "
        "the same, with what speaks for it: names, kind, things both are tied to, dates. What was accepted or "
        "rejected before is not proposed again. Nothing becomes a link by itself.",
    )
    parser.add_argument(
        "entities", nargs="*", metavar="ENTITY", help="things to look for (default: all without a link)"
    )
    about = "address of a SPARQL endpoint or a reconciliation service"
    parser.add_argument("--from", dest="source", required=True, metavar="URL", help=about)
    about = "ask the address SERVICE of --from at URL instead (a mirror, a proxy)"
    parser.add_argument("--service", action="append", default=[], metavar="SERVICE=URL", help=about)
    about = "what is there (default: auto, by what it answers)"
    parser.add_argument("--as", dest="way", choices=WAYS, default="auto", help=about)
    about = "propose only things of this neighbour, for what has no exact match to it"
    parser.add_argument("--neighbour", metavar="NAME", help=about)
    about = f"kinds of thing to look for; may be repeated (default: {', '.join(KINDS)})"
    parser.add_argument("--kind", action="append", choices=ALL, metavar="KIND", help=about)
    about = "append what is new to graph/links/candidates/<neighbour>.sssom.tsv"
    parser.add_argument("--write", action="store_true", help=about)
    parser.add_argument("--date", type=day, metavar="DATE", help="date of what is written (default: today)")
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    about = "most that one answer may take (default: 60)"
    parser.add_argument("--timeout", type=remote.seconds_option, default=60.0, metavar="SECONDS", help=about)
    parser.root_option()
    parser.release_option(beside_root=True)
    remote.access_options(parser)
    return parser
