"""What ``ukjapan load`` tells of a store: as text for people, and as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ukjapan_graph.cli import render
from ukjapan_graph.errors import DONE, FINDINGS
from ukjapan_graph.namespaces import shorten

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.loading.contents import Release
    from ukjapan_graph.loading.profiles import Site
    from ukjapan_graph.loading.receipts import Left
    from ukjapan_graph.loading.selftest import Result
    from ukjapan_graph.loading.survey import Survey

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
    lines, findings, count = [], [], 0
    for kind, graph, triples in _findings(found):
        count += len(triples)
        examples = list(islice(triples, _EXAMPLES))
        findings.append({"kind": kind, "graph": graph or None, "count": len(triples), "examples": examples})
        lines.append(f"{kind}: {len(triples):,} in {shown(shorten(graph)) if graph else 'the default graph'}")
        lines += [f"  {shown(text)}" for text in examples]
        if len(triples) > _EXAMPLES:
            lines.append("  …")
    note = f"{site.query}: {count:,} triples are not as in the release" if count else ""
    if not count:
        lines.append(f"{site.query}: holds exactly the {release.size:,} quads of the release")
    facts = {**of_store(site), "release": release.hash, "quads": release.size, "agrees": found.agrees}
    return Told(as_text(lines), {**facts, "findings": findings}, FINDINGS if count else DONE, note)


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
            f"by {shown(receipt.tool)}"
        )
        lines.append(f"loaded     {shown(receipt.time) or 'the server does not tell the time'}")
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
        **of_store(site),
        "receipt": told,
        "unfinished": bool(unfinished),
        "graphs": ours,
        "triples": count,
    }
    return Told(as_text(lines), facts)


def unload(site: Site, gone: Mapping[str, int]) -> Told:
    """What was taken out."""
    count = sum(gone.values())
    text = f"{site.query}: {count:,} triples in {len(gone)} graphs taken out\n"
    return Told(text, {**of_store(site), "graphs": len(gone), "triples": count})


def selftest(site: Site, results: Sequence[Result]) -> Told:
    """The matrix of what was tried."""
    rows = [(r.case, r.found, "" if r.expected else "not as expected") for r in results]
    text = render.table(("tried", "found", ""), rows, render.terminal_width())
    facts = {**of_store(site), "results": [r._asdict() for r in results]}
    return Told(text, facts, DONE if all(r.expected for r in results) else FINDINGS)


def of_store(site: Site) -> dict[str, str]:
    return {"store": site.profile.name, "query": site.query}


def as_text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def shown(text: str) -> str:
    """``text`` of a store without what could move a terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in text)
