"""``ukjapan serve``: the graph over HTTP."""

from __future__ import annotations

import sys
from math import inf
from pathlib import Path

from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.errors import DONE
from ukjapan_graph.resources import release_path

_MEGABYTE = 1024 * 1024


def run(argv: list[str]) -> int:
    """Serve until stopped; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    for name in (
        "timeout",
        "workers",
        "ready",
        "queue",
        "per_client",
        "max_query",
        "max_result",
        "keep",
    ):
        if not 0 < getattr(options, name) < inf:
            parser.error(f"--{name.replace('_', '-')} is a number above 0")
    if not 0 < options.port < 65536:
        parser.error("--port is a number from 1 to 65535")
    if not options.host:
        parser.error("--host is an address or the name of a machine")
    if options.memory < 0:
        parser.error("--memory is a number of megabytes, or 0 for no limit")
    services = options.allow_service or []
    for address in services:
        if not address.startswith(("http://", "https://")) or any(c in address for c in '<> "{}|\\^`'):
            parser.error(
                f"--allow-service takes an address that starts with http:// or https://, not {address}"
            )
    proxies = [_address(text, parser) for text in options.proxy or []]
    limits = Limits(
        seconds=options.timeout,
        largest=options.max_result * _MEGABYTE,
        memory=options.memory * _MEGABYTE,
        workers=options.workers,
        ready=options.ready,
        kept=options.keep * _MEGABYTE,
        waiting=options.queue,
        per_client=options.per_client,
        length=options.max_query,
    )
    path = str(Path(options.release or release_path()).resolve())
    from ukjapan_graph.endpoint.server import serve

    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"serving http://{shown}:{options.port}/ until interrupted", file=sys.stderr, flush=True)
    if options.host not in ("127.0.0.1", "::1", "localhost"):
        print("this address can be reached by other machines", file=sys.stderr, flush=True)
    serve(path, options.host, options.port, limits, services=services, log=options.log, proxies=proxies)
    return DONE


def _address(text: str, parser: Parser) -> str:
    from ipaddress import ip_address

    try:
        return str(ip_address(text))
    except ValueError:
        return parser.error(f"--proxy takes the IP address of a proxy, such as 127.0.0.1, not {text}")


def _parser() -> Parser:
    own = Limits()
    parser = Parser(
        "serve",
        "Serve the graph over HTTP, read-only: SPARQL 1.1 Protocol at /sparql, saved questions at /queries, "
        "things at /id, the ontology at /ns, graphs at /store, dumps at /dump, "
        "the Reconciliation API at /reconcile. Queries run in processes of "
        "their own, which are killed when their time is up.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7878, help="port to listen on (default: 7878)")
    for option, default, about in (
        ("--timeout", own.seconds, "seconds that a query may take"),
        ("--workers", own.workers, "queries that may run at once"),
        ("--ready", own.ready, "of the workers, how many are kept ready"),
        ("--queue", own.waiting, "queries that may wait"),
        ("--per-client", own.per_client, "queries that one client may have here at once"),
        ("--max-query", own.length, "characters of a query"),
        ("--max-result", own.largest // _MEGABYTE, "megabytes of a result"),
        ("--keep", own.kept // _MEGABYTE, "megabytes of answers that are kept, to be given again"),
        ("--memory", own.memory // _MEGABYTE, "megabytes of address space of a worker; 0 for no limit"),
    ):
        number = float if option == "--timeout" else int
        parser.add_argument(
            option, type=number, default=default, metavar="N", help=f"{about} (default: {default:g})"
        )
    about = (
        "let SERVICE in a query ask this address, written in the query just so (repeatable; default: none)"
    )
    parser.add_argument("--allow-service", action="append", metavar="URL", help=about)
    about = (
        "believe the proxy at this address when it tells who asks (X-Forwarded-For) and by http or https "
        "(X-Forwarded-Proto); it must pass Host on (repeatable; default: none)"
    )
    parser.add_argument("--proxy", action="append", metavar="ADDRESS", help=about)
    about = "a line on standard error for each request, never with its query (default: none)"
    parser.add_argument("--log", choices=("none", "text", "json"), default="none", help=about)
    parser.release_option()
    return parser
