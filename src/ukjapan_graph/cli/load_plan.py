"""What ``ukjapan load plan`` tells: the requests, as files and as lines of curl where they are wanted."""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator, Sequence
from itertools import count as numbers
from pathlib import Path

from ukjapan_graph.cli.load_told import Told, as_text, counted, of_store
from ukjapan_graph.errors import SourceError, printable
from ukjapan_graph.files import replace_file

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.loading.profiles import Site
    from ukjapan_graph.loading.survey import Survey
    from ukjapan_graph.loading.transport import Message
    from ukjapan_graph.remote.access import Access

_SUFFIXES = {
    "application/sparql-update": "ru",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "text/turtle": "ttl",
}
_OTHER = "bin"


def plan(
    site: Site,
    found: Survey,
    messages: Sequence[Message],
    *,
    access: Access,
    show: bool,
    folder: Path | None,
) -> Told:
    """What would be sent; written to ``folder`` as well, where one is given, in place of an earlier plan.

    :raises SourceError: the folder cannot be made or written
    """
    if folder:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(folder, f"cannot be made: {error.strerror or error}") from error
        _clear(folder)
    missing, extra = (sum(len(getattr(d, part)) for d in found.graphs) for part in ("missing", "extra"))
    differ, blank = sum(not d.agrees for d in found.graphs), sum(d.blank for d in found.graphs)
    untested = "" if site.profile.tested else " (a profile that nobody has tested)"
    lines = [f"{site.query}: {site.profile.name}{untested}"]
    lines += _to_do(found, differ, blank, missing, extra)
    requests = []
    for number, message in enumerate(messages, 1):
        body = message.made
        lines.append(
            f"  {number:>3}. {message.method} {message.address}  {printable(message.about)} ({len(body):,} bytes)"
        )
        request = {
            "method": message.method,
            "address": message.address,
            "graph": message.graph or None,
            "media": message.media,
            "about": message.about,
            "bytes": len(body),
        }
        if show:
            request["curl"] = _curl(access, message, number, folder)
            lines.append(f"       {request['curl']}")
        if folder:
            try:
                replace_file(folder / _name(message, number), body)
            except BaseException:
                with contextlib.suppress(SourceError):
                    _clear(folder)  # part of a plan is none
                raise
        requests.append(request)
    if not messages:
        lines.append("  the store holds the release; there is nothing to send")
    facts = {
        **of_store(site),
        "graphs": len(found.graphs),
        "differ": differ,
        "missing": missing,
        "extra": extra,
        "default_lacks": len(found.hidden),
        "blank": blank,
        "unfinished": bool(found.unfinished),
        "requests": requests,
    }
    wanted = show and requests and not folder
    note = "note: the lines of curl name files that are not written yet; write them with --output FOLDER"
    return Told(as_text(lines), facts, note=note if wanted else "")


def _to_do(found: Survey, differ: int, blank: int, missing: int, extra: int) -> Iterator[str]:
    """Lines on what is not as it should be."""
    verb = "differs" if differ == 1 else "differ"
    most = f": {counted(missing, 'triple')} to add, {extra:,} to take out" if differ else ""
    yield f"  {differ:,} of {counted(len(found.graphs), 'graph')} {verb}{most}"
    if blank:
        has, it_is = ("has", "it is") if blank == 1 else ("have", "they are")
        yield f"  {counted(blank, 'graph')} {has} triples with blank nodes, so {it_is} emptied and sent anew"
    if found.hidden:
        yield f"  the default graph lacks triples of {counted(len(found.hidden), 'graph')}"
    if found.unfinished:
        names = counted(len(found.unfinished), "graph")
        yield f"  a load is going on, or was stopped: its list names {names}"


def _curl(access: Access, message: Message, number: int, folder: Path | None) -> str:
    """``message`` as a command for curl, with credentials by name of their variables."""
    address = message.address
    words = ["curl", "--fail-with-body", *_as_whom(access)]
    words += ["-X", message.method, "-H", shlex.quote(f"Content-Type: {message.media}")]
    words += ["--data-binary", shlex.quote(f"@{(folder or Path()) / _name(message, number)}")]
    if message.graph:
        from urllib.parse import urlencode

        address += "?" + urlencode({"graph": message.graph})
    return " ".join([*words, shlex.quote(address)])


def _as_whom(access: Access) -> Iterator[str]:
    """The options of curl for the credentials and certificates of ``access``; the shell fills in the secrets."""
    if access.token:
        yield from ("-H", '"Authorization: Bearer $UKJAPAN_TOKEN"')
    elif access.source == "netrc":
        # curl itself does not look for the variable.
        yield from ("--anyauth", *(("--netrc-file", '"$NETRC"') if os.environ.get("NETRC") else ("--netrc",)))
    elif access.user:
        known = access.user == os.environ.get("UKJAPAN_USER")
        user = '"$UKJAPAN_USER"' if known else shlex.quote(access.user)
        pair = '"$UKJAPAN_USER:$UKJAPAN_PASSWORD"' if known else f'{user}:"$UKJAPAN_PASSWORD"'
        # Without a password curl asks for it.
        yield from ("--anyauth", "-u", user if access.source == "terminal" else pair)
    if access.authority:
        yield from ("--cacert", shlex.quote(access.authority))


def _clear(folder: Path) -> None:
    """Take the files of a plan out of ``folder``: their numbers have no gap, and others are somebody's own.

    :raises SourceError: one cannot be taken out
    """
    for number in numbers(1):
        names = [f"{number:04}.{suffix}" for suffix in (*_SUFFIXES.values(), _OTHER)]
        files = [folder / name for name in names if (folder / name).is_file()]
        if not files:
            return
        for path in files:
            try:
                path.unlink()
            except OSError as error:
                raise SourceError(path, f"cannot be taken out: {error.strerror or error}") from error


def _name(message: Message, number: int) -> str:
    return f"{number:04}.{_SUFFIXES.get(message.media, _OTHER)}"
