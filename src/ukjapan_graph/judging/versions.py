"""One version and its dates, the same wherever they are written.

The version is that of ``pyproject.toml``, the dates are those of the headings of ``CHANGELOG.md`` in the
manner of Keep a Changelog (``## [0.2.0] - 2026-01-31``). The ontology repeats them and invents none.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.closed_world import ontology_of
from ukjapan_graph.namespaces import TERMS, expand

ONTOLOGY = TERMS.removesuffix("#")
_HEADING = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


class Versions(NamedTuple):
    """What the project says of itself.

    :ivar current: the version in ``pyproject.toml``
    :ivar issued: the day of each version that ``CHANGELOG.md`` dates, as ``YYYY-MM-DD``
    """

    current: str
    issued: dict[str, str]


def read_versions(root: Path) -> Versions | None:
    """The versions of the project below ``root``; None where it has no ``pyproject.toml`` (an installed copy).

    :raises SourceError: ``pyproject.toml`` is no TOML, or gives no version
    """
    path, changes = root / "pyproject.toml", root / "CHANGELOG.md"
    if not path.is_file():
        return None
    try:
        current = tomllib.loads(read_bytes(path).decode())["project"]["version"]
    except (ValueError, KeyError) as error:
        raise SourceError(path, 'gives no version; write version = "…" under [project]') from error
    text = read_bytes(changes).decode() if changes.is_file() else ""
    return Versions(current, dict(_HEADING.findall(text)))


def disagreements(quads: Iterable[Quad], versions: Versions) -> list[Finding]:
    """Where the ontology says another version, or another date, than the project. The findings have no place.

    Compared are owl:versionInfo, owl:versionIRI, the citation, owl:priorVersion with what it is compatible
    with, dcterms:issued and dcterms:created, and the prefix and namespace of VANN.
    """
    values: dict[str, set[str]] = defaultdict(set)
    for quad in ontology_of(quads):
        if quad.subject.value == ONTOLOGY:
            values[quad.predicate.value].add(getattr(quad.object, "value", ""))
    return sorted(
        Finding("", 0, f"<{ONTOLOGY}>", "terms:version", message, value)
        for message, value in _faults(values, versions)
    )


def _faults(values: dict[str, set[str]], versions: Versions) -> Iterator[tuple[str, str]]:
    current, issued = versions
    due = {
        "owl:versionInfo": {current},
        "owl:versionIRI": {f"{ONTOLOGY}/{current}"},
        "vann:preferredNamespacePrefix": {"ukj"},
        "vann:preferredNamespaceUri": {TERMS},
        "dcterms:issued": {issued[current]} if current in issued else set(),
        "dcterms:created": {min(issued.values())} if current in issued else set(),
    }
    for name, wanted in due.items():
        given = values[expand(name) or ""]
        if given != wanted:
            should = " ".join(wanted) or "nothing: CHANGELOG.md dates no release of this version"
            yield f"should have {should} for {name}", " ".join(sorted(given))
    for citation in values[expand("dcterms:bibliographicCitation") or ""]:
        if f"version {current}," not in citation or not citation.endswith(f"{ONTOLOGY}/{current}"):
            yield f"should be cited as version {current}, with its address {ONTOLOGY}/{current}", citation
    before = values[expand("owl:priorVersion") or ""]
    said = [values[expand(name) or ""] for name in ("owl:backwardCompatibleWith", "owl:incompatibleWith")]
    if len(before) > 1 or f"{ONTOLOGY}/{current}" in before:
        yield "should have one owl:priorVersion, the version before this", " ".join(sorted(before))
    if sorted(map(sorted, said)) != sorted([[], sorted(before)]):
        text = "should say once of its owl:priorVersion whether it is compatible with it: "
        yield text + "owl:backwardCompatibleWith or owl:incompatibleWith", ""
