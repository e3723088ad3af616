"""The judge of the links: mapping sets by themselves, against each other, and against the graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ukjapan_graph.data import link_rules, links
from ukjapan_graph.data.sources import read_statements
from ukjapan_graph.data.sssom import SUFFIX, MappingSet
from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.findings import Finding

_CANDIDATES = "candidates"


def judge(root: Path, files: Sequence[Path] = ()) -> list[Finding]:
    """What is wrong with the mapping sets below ``root``, sorted.

    With ``files``, those are judged as if they were part of the project, and only what is wrong with them is
    told; a file takes the place of the project's set of the same name. A file in a folder called
    ``candidates`` holds candidates. Where the sources cannot be read, the sets are not compared with them.

    :raises UsageError: a file that is no SSSOM/TSV by its name
    :raises SourceError: a file that is not there
    :raises UkjapanError: PyYAML is not installed
    """
    root = root.resolve()
    given = {_name(file.resolve(), root): file for file in map(_known, files)}
    sets: list[list[MappingSet]] = []
    findings: list[Finding] = []
    replaced = {_place(name) for name in given}
    for candidates in (False, True):
        paths = [p for p in links.mapping_files(root, candidates=candidates) if _place(p) not in replaced]
        paths += [name for name in given if _place(name)[0] == candidates]
        found, faults = links.read_sets(root, paths)
        sets.append(found)
        findings += faults
    quads, faults = read_statements(root)
    readable = [fault for fault in faults if fault.check == "readable"]
    findings += link_rules.findings(*sets, None if readable else quads)
    if given:
        findings = [f._replace(path=str(given[f.path])) for f in findings if f.path in given]
    return sorted({*findings, *readable})


def _known(file: Path) -> Path:
    if not file.name.endswith(SUFFIX):
        raise UsageError(f"{file}: a mapping set is a file called <neighbour>{SUFFIX}")
    if not file.is_file():
        raise SourceError(file, f"is no file; name a mapping set (<neighbour>{SUFFIX})")
    return file


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _place(name: str) -> tuple[bool, str]:
    """Whether the set called ``name`` holds candidates, and its own name."""
    path = Path(name)
    return path.parent.name == _CANDIDATES, path.name
