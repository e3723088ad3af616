"""Checks: SELECTs in ``queries/checks/`` whose rows are what is wrong.

Shapes look at one thing at a time; a check looks across things and graphs, and costs milliseconds. Each
file has a header and the columns ``?focus ?path ?value``::

    #+ summary: Two things of one kind that share a label
    #+ severity: violation
    #+ message: what a data author is to do about it
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Store

from ukjapan_graph.errors import SourceError
from ukjapan_graph.judging.verdicts import VIOLATION, WARNING, Breach
from ukjapan_graph.querying.queries import header_keys, split, string

COLUMNS = ("focus", "path", "value")
KEYS = ("summary", "severity", "message")

_PLACE = re.compile(r"error at (\d+):(\d+): ")


class Check(NamedTuple):
    """A check: the stem of its file, its header, its SPARQL with its comments, and the file."""

    name: str
    summary: str
    severity: str
    message: str
    text: str
    path: Path


def check_files(root: Path) -> list[Path]:
    """The files of checks below ``root``, sorted."""
    return sorted((root / "queries" / "checks").glob("*.rq"))


def read_check(path: Path) -> Check:
    """The check in the file ``path``.

    :raises SourceError: it cannot be read, or its header lacks a key, has a strange one, or names no
        severity that there is
    """
    header, _ = split(path)
    keys = header_keys(path, header)
    if set(keys) != set(KEYS):
        wrong = ", ".join(sorted(set(keys) ^ set(KEYS)))
        reason = f"a check's header has {', '.join(KEYS)}, each once and nothing else; mend: {wrong}"
        raise SourceError(path, reason, line=1)
    summary, severity, message = (string(path, keys, key) for key in KEYS)
    if severity not in (VIOLATION, WARNING):
        raise SourceError(path, f"severity is {VIOLATION} or {WARNING}, not {severity!r}", line=1)
    return Check(path.stem, summary, severity, message, path.read_text(encoding="utf-8"), path)


def run(check: Check, store: Store) -> list[Breach]:
    """What ``check`` finds in the union of all graphs of ``store``.

    :raises SourceError: the check does not parse, or its columns are not :data:`COLUMNS`
    """
    try:
        found = store.query(check.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        reason = str(error)
        place = _PLACE.search(reason)
        raise SourceError(
            check.path,
            f"is not SPARQL here: {' '.join(_PLACE.sub('', reason).split())[:120]}",
            line=int(place[1]) if place else None,
        ) from error
    if not isinstance(found, QuerySolutions) or tuple(v.value for v in found.variables) != COLUMNS:
        raise SourceError(check.path, "is no SELECT ?focus ?path ?value; give it these columns", line=1)
    return [_breach(check, *row) for row in found]


def _breach(check: Check, focus: NamedNode, path: NamedNode | None, value: object) -> Breach:
    return Breach(
        focus.value, path.value if path else "", value, f"check:{check.name}", check.message, check.severity
    )
