"""``ukjapan sparql``: a query in the asker's own words."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pyoxigraph import Store

from ukjapan_graph.answering.engines import Embedded, Engine, open_store, query_form
from ukjapan_graph.answering.views import files
from ukjapan_graph.cli import remote, render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.errors import DONE, RemoteError, SourceError, UkjapanError, UsageError


def run(argv: list[str]) -> int:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE."""
    options = _parser().parse_args(argv)
    text = _text(options.query)
    form, wanted = query_form(text), options.format
    formats = {"SELECT": render.ROW_FORMATS, "ASK": render.ROW_FORMATS}.get(form, render.GRAPH_FORMATS)
    wanted = wanted or formats[0]
    if wanted not in formats:
        raise UsageError(f"{wanted} cannot hold the answer to {form}; choose from {', '.join(formats)}")
    path, *beside = files(options.view, options.release, options.external)
    store = open_store(path, *beside)
    if options.endpoint is not None:
        if beside:
            raise UsageError("an endpoint shows what was loaded there; --view is for the files here")
        engine = _remote(store, options)
    elif options.user or options.ca:
        raise UsageError("--user and --ca go with --endpoint")
    elif options.timeout is None:
        engine = Embedded.of_merge(store)
    else:
        from ukjapan_graph.answering.limits import Limited

        engine = Limited(path, options.timeout, beside=beside)
    if form == "SELECT":
        width = render.terminal_width() if wanted == "table" else 0
        answer = engine.select(text)
        render.write(render.rows(store, answer, wanted, ids=options.ids, width=width), wanted)
    elif form == "ASK":
        render.write(_truth(engine.ask(text), wanted), wanted)
    else:
        render.write(render.triples(engine.construct(text), wanted), wanted)
    return DONE


def _parser() -> Parser:
    parser = Parser(
        "sparql",
        "Ask in SPARQL. The project's prefixes need no PREFIX line, and plain patterns see all graphs; "
        "GRAPH ?passage { … } says who states a triple.",
    )
    parser.add_argument("query", help="SPARQL text, a file, or - for standard input")
    parser.add_argument(
        "--format",
        choices=(*render.ROW_FORMATS, *render.GRAPH_FORMATS),
        metavar="FORMAT",
        help=f"rows: {', '.join(render.ROW_FORMATS)}; triples: {', '.join(render.GRAPH_FORMATS)}",
    )
    parser.add_argument("--ids", action="store_true", help="show things by prefixed name, not by label")
    parser.add_argument(
        "--timeout",
        type=remote.seconds_option,
        metavar="SECONDS",
        help="stop after so long, with exit code 4 (default: none; 60 with --endpoint)",
    )
    parser.release_option()
    parser.view_options()
    parser.add_argument("--endpoint", metavar="URL", help="SPARQL endpoint that answers in its place")
    remote.access_options(parser)
    return parser


def _remote(store: Store, options: argparse.Namespace) -> Engine:
    """The endpoint asked; a word on standard error where plain patterns do not see this graph there."""
    from ukjapan_graph.answering import presence

    limit = 60.0 if options.timeout is None else options.timeout
    engine = remote.engine(options.endpoint, limit=limit, user=options.user, authority=options.ca)
    try:
        presence.require(engine, store, options.endpoint)
    except RemoteError:
        raise
    except UkjapanError as error:
        print(f"note: {error}", file=sys.stderr)
    return engine


def _text(query: str) -> str:
    """The query itself: read from standard input or a file where ``query`` names one.

    What holds white space or a brace is SPARQL, so that a mistyped query is never taken for a file.
    """
    if query == "-":
        return sys.stdin.read()
    if any(c.isspace() or c == "{" for c in query) and not Path(query).is_file():
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError(query, "there is no such file, and it is no SPARQL") from None
    except UnicodeDecodeError:
        raise SourceError(query, "is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SourceError(query, f"cannot be read: {error.strerror}") from None


def _truth(answer: bool, form: str) -> str:
    if form == "json":
        return f'{{"head": {{}}, "boolean": {str(answer).lower()}}}\n'
    if form in render.HUMAN:
        return "yes\n" if answer else "no\n"
    return f"{str(answer).lower()}\n"
