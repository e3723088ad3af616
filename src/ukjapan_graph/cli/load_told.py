"""What ``ukjapan load`` tells of a store: as text for people, and as a line of JSON."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count as numbers
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ukjapan_graph.cli import render
from ukjapan_graph.errors import DONE, FINDINGS, SourceError
from ukjapan_graph.files import replace_file
from ukjapan_graph.namespaces import shorten

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.loading.contents import Release
    from ukjapan_graph.loading.profiles import Site
    from ukjapan_graph.loading.receipts import Left
    from ukjapan_graph.loading.selftest import Result
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
_EXAMPLES = 3


class Told(NamedTuple):
    """What came of a verb at one store.

    :ivar text: for people
    :ivar facts: the same as values that JSON has
    :ivar code: the exit code
    :ivar note: lines for standard error; "" for none
    """

    text: str
    facts: Mapping[str, object]
    code: int = DONE
    note: str = ""

    @property
    def json(self) -> str:
        """The facts as one line of JSON."""
        return json.dumps(self.facts, ensure_ascii=False) + "\n"


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
    differ = sum(not d.agrees for d in found.graphs)
    untested = "" if site.profile.tested else " (a profile that nobody has tested)"
    lines = [
        f"{site.query}: {site.profile.name}{untested}",
        f"  {differ} of {len(found.graphs)} graphs differ: {missing:,} triples to add, {extra:,} to take out",
    ]
    requests = []
    for number, message in enumerate(messages, 1):
        body = message.made
        lines.append(
            f"  {number:>3}. {message.method} {message.address}  {_shown(message.about)} ({len(body):,} bytes)"
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
        **_store(site),
        "graphs": len(found.graphs),
        "differ": differ,
        "missing": missing,
        "extra": extra,
        "requests": requests,
    }
    wanted = show and requests and not folder
    note = "note: the lines of curl name files that are not written yet; write them with --output FOLDER"
    return Told(_text(lines), facts, note=note if wanted else "")


def run(site: Site, release: Release, found: Survey, requests: int) -> Told:
    """What was loaded."""
    rewritten = sum(len(difference.rewritten) for difference in found.graphs)
    notes = [f"note: the store writes {rewritten:,} literals in another way"] if rewritten else []
    notes.append(f"ask it: ukjapan ask --endpoint {site.query}")
    done = (
        f"{release.size:,} quads in {len(release.graphs)} graphs, sent in {requests} "
        f"request{'s' * (requests != 1)} and read back"
    )
    text = f"{site.query}: {done if requests else 'holds the release already; nothing was sent'}\n"
    facts = {
        **_store(site),
        "release": release.hash,
        "quads": release.size,
        "graphs": len(release.graphs),
        "requests": requests,
        "rewritten": rewritten,
    }
    return Told(text, facts, note="\n".join(notes))


def verify(site: Site, release: Release, found: Survey) -> Told:
    """How the store differs from the release."""
    lines, findings, count = [], [], 0
    for kind, graph, triples in _findings(found):
        count += len(triples)
        examples = list(islice(triples, _EXAMPLES))
        findings.append({"kind": kind, "graph": graph or None, "count": len(triples), "examples": examples})
        lines.append(
            f"{kind}: {len(triples):,} in {_shown(shorten(graph)) if graph else 'the default graph'}"
        )
        lines += [f"  {_shown(text)}" for text in examples]
        if len(triples) > _EXAMPLES:
            lines.append("  …")
    note = f"{site.query}: {count:,} triples are not as in the release" if count else ""
    if not count:
        lines.append(f"{site.query}: holds exactly the {release.size:,} quads of the release")
    facts = {**_store(site), "release": release.hash, "quads": release.size, "agrees": found.agrees}
    return Told(_text(lines), {**facts, "findings": findings}, FINDINGS if count else DONE, note)


def _findings(found: Survey) -> Iterator[tuple[str, str, Collection[str]]]:
    """What is wrong, in which graph ("" for the default graph), and with which triples."""
    for difference in found.graphs:
        changed = [f"{ours}  →  {theirs}" for ours, theirs in difference.rewritten]
        for kind, lines in (
            ("missing", difference.missing),
            ("extra", difference.extra),
            ("rewritten", changed),
            ("blank nodes", ["triples with blank nodes"] if difference.blank else []),
        ):
            if lines:
                yield kind, difference.graph, lines
    if found.default:
        yield "not seen by plain patterns", "", found.default


def status(
    site: Site,
    release: Release,
    left: Left,
    there: Mapping[str, int],
) -> Told:
    """What loaders left."""
    receipt, unfinished = left.receipt, left.unfinished
    lines = [f"store      {site.profile.name} at {site.query}"]
    if receipt is None:
        stopped = "; a load is going on, or was stopped: run again" if unfinished else ""
        lines.append(f"receipt    none{stopped}")
    else:
        which = "the one at hand" if receipt.hash == release.hash else "another than the one at hand"
        lines.append(
            f"receipt    release sha256:{receipt.hash} ({which}), {receipt.quads:,} quads, "
            f"by {_shown(receipt.tool)}"
        )
        lines.append(f"loaded     {_shown(receipt.time) or 'the server does not tell the time'}")
    ours, count = sum(name in there for name in release.graphs), sum(there.values())
    lines.append(f"graphs     {ours} of {len(release.graphs)}, {count:,} triples in them")
    told = receipt and {
        "release": receipt.hash,
        "quads": receipt.quads,
        "tool": receipt.tool,
        "time": receipt.time or None,
        "at_hand": receipt.hash == release.hash,
    }
    facts = {
        **_store(site),
        "receipt": told,
        "unfinished": bool(unfinished),
        "graphs": ours,
        "triples": count,
    }
    return Told(_text(lines), facts)


def unload(site: Site, gone: Mapping[str, int]) -> Told:
    """What was taken out."""
    count = sum(gone.values())
    text = f"{site.query}: {count:,} triples in {len(gone)} graphs taken out\n"
    return Told(text, {**_store(site), "graphs": len(gone), "triples": count})


def selftest(site: Site, results: Sequence[Result]) -> Told:
    """The matrix of what was tried."""
    rows = [(r.case, r.found, "" if r.expected else "not as expected") for r in results]
    text = render.table(("tried", "found", ""), rows, render.terminal_width())
    facts = {**_store(site), "results": [r._asdict() for r in results]}
    return Told(text, facts, DONE if all(r.expected for r in results) else FINDINGS)


def _store(site: Site) -> dict[str, str]:
    return {"store": site.profile.name, "query": site.query}


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _shown(text: str) -> str:
    """``text`` of a store without what could move a terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in text)


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
