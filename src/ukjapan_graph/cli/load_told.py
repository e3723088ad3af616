"""What ``ukjapan load`` tells of a store: as text for people, and as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ukjapan_graph.cli import render
from ukjapan_graph.errors import DONE, FINDINGS, printable
from ukjapan_graph.namespaces import shorten

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.loading.contents import Release
    from ukjapan_graph.loading.profiles import Site
    from ukjapan_graph.loading.receipts import Left
    from ukjapan_graph.loading.selftest import Result
    from ukjapan_graph.loading.survey import Survey

_EXAMPLES = 3
_ABSENT = 20  # graphs that are not there; more are told in one line
_UNSEEN = "not seen by plain patterns"


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


def run(site: Site, release: Release, found: Survey, requests: int) -> Told:
    """What was loaded."""
    rewritten = sum(len(difference.rewritten) for difference in found.graphs)
    notes = [f"note: the store writes {counted(rewritten, 'triple')} in another way"] if rewritten else []
    notes.append(f"ask it: ukjapan ask --endpoint {site.query}")
    done = (
        f"{counted(release.size, 'quad')} in {counted(len(release.graphs), 'graph')}, sent in "
        f"{counted(requests, 'request')} and read back"
    )
    text = f"{site.query}: {done if requests else 'holds the release already; nothing was sent'}\n"
    facts = {
        **of_store(site),
        "release": release.hash,
        "quads": release.size,
        "graphs": len(release.graphs),
        "requests": requests,
        "rewritten": rewritten,
    }
    return Told(text, facts, note="\n".join(notes))


def verify(site: Site, release: Release, found: Survey) -> Told:
    """How the store differs from the release."""
    absent = [d for d in found.graphs if d.missing and not d.count]
    lines, findings, wrong, rewritten = [], [], 0, 0
    for kind, graph, triples in _findings(found):
        if kind == "rewritten":
            rewritten += len(triples)
        else:
            wrong += len(triples)
        examples = list(islice(triples, _EXAMPLES))
        findings.append({"kind": kind, "graph": graph, "count": len(triples), "examples": examples})
    if many := len(absent) > _ABSENT:
        triples = counted(sum(len(d.missing) for d in absent), "triple")
        lines.append(f"missing: {counted(len(absent), 'graph')} are not there: {triples}")
        lines += _examples([shorten(d.graph) for d in absent[:_EXAMPLES]], len(absent))
    told_already = {d.graph for d in absent} if many else ()
    for finding in findings:
        if finding["graph"] not in told_already:
            lines.append(f"{finding['kind']}: {finding['count']:,} in {printable(shorten(finding['graph']))}")
            lines += _examples(finding["examples"], finding["count"])
    if found.default:
        hidden, examples = _hidden(site, found), list(found.default[:_EXAMPLES])
        why = "" if site.profile.union else ", which the default graph lacks"
        lines.append(f"{_UNSEEN}: {hidden}{why}")
        lines += _examples(examples, len(found.default))
        graphs = len(found.hidden)
        findings.append({"kind": _UNSEEN, "graph": None, "graphs": graphs, "examples": examples})
    if not findings:
        lines.append(f"{site.query}: holds exactly the {counted(release.size, 'quad')} of the release")
    facts = {
        **of_store(site),
        "release": release.hash,
        "quads": release.size,
        "agrees": found.agrees,
        "rewritten": rewritten,
        "findings": findings,
    }
    note = _summary(site, release, found, wrong, rewritten)
    return Told(as_text(lines), facts, FINDINGS if findings else DONE, note)


def _findings(found: Survey) -> Iterator[tuple[str, str, Collection[str]]]:
    """What is wrong, in which graph, and with which triples."""
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


def _summary(site: Site, release: Release, found: Survey, wrong: int, rewritten: int) -> str:
    """What is wrong in a line; "" where nothing is. Of the default graph only a sample is known."""
    parts = []
    if wrong:
        parts.append(f"{counted(wrong, 'triple')} {_be(wrong)} not as in the release")
    if found.default:
        parts.append(f"plain patterns do not see {_hidden(site, found)}")
    if rewritten and parts:
        parts.append(f"{counted(rewritten, 'triple')} {_be(rewritten)} written in another way")
    elif rewritten:
        all_there = f"all {counted(release.size, 'quad')} {_be(release.size)} there"
        parts.append(f"{all_there}, {rewritten:,} of them written in another way")
    return f"{site.query}: {'; '.join(parts)}" if parts else ""


def _hidden(site: Site, found: Survey) -> str:
    # Of a union a few graphs are tried, and no more.
    return f"some triples of {counted(len(found.hidden), 'graph')}{' or more' if site.profile.union else ''}"


def _examples(texts: Iterable[str], count: int) -> list[str]:
    """Lines with ``texts``, which are the first of ``count``."""
    return [*(f"  {printable(text)}" for text in texts), *(["  …"] if count > _EXAMPLES else [])]


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
            f"by {printable(receipt.tool)}"
        )
        lines.append(f"loaded     {printable(receipt.time) or 'the server does not tell the time'}")
    ours = {name: count for name, count in there.items() if name in release.graphs}
    graphs, count = len(ours), sum(ours.values())
    lines.append(f"graphs     {graphs:,} of {len(release.graphs):,}, {_in_them(graphs, count)}")
    others, more = len(there) - graphs, sum(there.values()) - count
    if others:
        lines.append(f"others     {counted(others, 'graph')} that a loader left, {_in_them(others, more)}")
    told = receipt and {
        "release": receipt.hash,
        "quads": receipt.quads,
        "tool": receipt.tool,
        "time": receipt.time or None,
        "at_hand": receipt.hash == release.hash,
    }
    facts = {
        **of_store(site),
        "receipt": told,
        "unfinished": bool(unfinished),
        "graphs": graphs,
        "triples": count,
        "others": {"graphs": others, "triples": more},
    }
    return Told(as_text(lines), facts)


def unload(site: Site, gone: Mapping[str, int]) -> Told:
    """What was taken out."""
    count = sum(gone.values())
    text = f"{site.query}: {counted(count, 'triple')} in {counted(len(gone), 'graph')} taken out\n"
    return Told(text, {**of_store(site), "graphs": len(gone), "triples": count})


def selftest(site: Site, results: Sequence[Result]) -> Told:
    """The matrix of what was tried."""
    rows = [(r.case, r.found, "" if r.expected else "not as expected") for r in results]
    text = render.table(("tried", "found", ""), rows, render.terminal_width())
    facts = {**of_store(site), "results": [r._asdict() for r in results]}
    return Told(text, facts, DONE if all(r.expected for r in results) else FINDINGS)


def _in_them(graphs: int, triples: int) -> str:
    return f"{counted(triples, 'triple')} in {'it' if graphs == 1 else 'them'}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def counted(number: int, noun: str) -> str:
    """``number`` with the noun in the singular or plural: 1 graph, 2,000 graphs."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def of_store(site: Site) -> dict[str, str]:
    """What JSON says of each store: its kind, and where it is asked."""
    return {"store": site.profile.name, "query": site.query}


def as_text(lines: Iterable[str]) -> str:
    """``lines``, each with its end."""
    return "".join(f"{line}\n" for line in lines)
