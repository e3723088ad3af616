"""The build: source files, saved queries and what follows from them, as one release file.

The release is canonical N-Quads: UTF-8, one quad a line, each once, sorted by code point, without blank
nodes. Beside it the build makes the identity file, which is no part of it. The same sources give the same
bytes, whatever the machine, the clock or the order of the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

from pyoxigraph import Quad

from ukjapan_graph.data import catalogue, dataset
from ukjapan_graph.data.canonical import parse_bytes, text
from ukjapan_graph.data.entailment import entail
from ukjapan_graph.data.external import build_external
from ukjapan_graph.data.links import SAME_AS, same_as
from ukjapan_graph.data.rules import as_data, read_rules
from ukjapan_graph.data.sources import read_all
from ukjapan_graph.errors import FindingsError, SourceError, UkjapanError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import kind_of, shorten
from ukjapan_graph.querying.queries import read_query
from ukjapan_graph.resources import release_file


def assemble(root: Path) -> tuple[list[Quad], list[Finding]]:
    """All quads of the graph below ``root``, and what is wrong with its files.

    Where there are findings the quads are not the whole graph, and nothing is entailed.

    :raises UkjapanError: saved queries cannot be read because PyYAML is not installed
    """
    quads, findings = read_all(root)
    saved = []
    for path in sorted((root / "queries").glob("*.rq")):
        try:
            saved.append(read_query(path))
        except SourceError as error:
            findings.append(_unreadable(error, root))
        except ModuleNotFoundError as error:
            raise UkjapanError(
                f"building needs {error.name}; install it with: pip install 'ukjapan-graph[validate]'"
            ) from error
    quads += catalogue.quads(saved)
    try:
        rules = read_rules(root)
    except SourceError as error:
        findings.append(_unreadable(error, root))
    if not findings:
        quads += as_data(rules)
        quads += entail(quads, rules)
        quads += dataset.counted(quads)
    return quads, sorted(set(findings))


def build(root: Path) -> bytes:
    """The release file, as it should be, for the sources below ``root``.

    :raises FindingsError: something is wrong with the sources; holds every finding
    """
    quads, findings = assemble(root)
    if findings:
        raise FindingsError(findings)
    return text(quads, ".nq").encode()


def build_beside(root: Path, release: bytes) -> bytes:
    """The file of outside facts, as it should be beside the release file ``release``; empty for none.

    :raises FindingsError: something is wrong with its sources; holds every finding
    """
    return build_external(root, parse_bytes(release, release_file(root)), read_rules(root))


def is_fresh(root: Path) -> bool:
    """Whether the release file below ``root`` is what :func:`build` gives.

    :raises FindingsError: as :func:`build`
    """
    return not stale(root, build(root))


def made(built: bytes) -> dict[str, bytes]:
    """What is made of the release ``built`` alone, by path relative to the root, itself among it."""
    release = release_file(Path())
    return {release.as_posix(): built, SAME_AS: same_as(parse_bytes(built, release))}


def stale(root: Path, built: bytes) -> list[Finding]:
    """How the files below ``root`` differ from those that :func:`made` gives of the release ``built``."""
    found = (staleness(root, name, wanted) for name, wanted in made(built).items())
    return [finding for finding in found if finding]


def staleness(root: Path, name: str, wanted: bytes) -> Finding | None:
    """How the file ``name`` below ``root`` differs from the bytes ``wanted``; None where it does not.

    No file is the same as no bytes.
    """
    path = root / name
    if not path.is_file():
        message = "is not there; run: ukjapan build"
        return Finding(name, 0, "", "release-fresh", message) if wanted else None
    present = read_bytes(path)
    if present == wanted:
        return None
    line, there, should = first_difference(present.decode(errors="backslashreplace"), wanted.decode())
    message = "is not what the sources give; run: ukjapan build"
    return Finding(name, line, "", "release-fresh", message, f"has {there}, should have {should}")


def write_release(root: Path) -> bytes:
    """Build and write the release file, and the identity file where links give one; gives the release's bytes.

    Each file is written all at once or not at all.

    :raises FindingsError: as :func:`build`; the files are left as they were
    :raises SourceError: a file cannot be written
    """
    data = build(root)
    for name, content in made(data).items():
        if content or (root / name).is_file():
            replace_file(root / name, content)
    return data


def graph_counts(quads: Iterable[Quad]) -> dict[str, int]:
    """Quads in each named graph by its short name; passages together, and readings together."""
    counts: Counter[str] = Counter()
    for quad in quads:
        iri = quad.graph_name.value
        kind = kind_of(iri)
        counts[f"{kind}:*" if kind in ("passage", "reading") else shorten(iri)] += 1
    return dict(sorted(counts.items()))


def first_difference(present: str, wanted: str) -> tuple[int, str, str]:
    """Number, from 1, of the first line in which two texts differ, and that line in each, cut short."""
    pairs = zip_longest(present.split("\n"), wanted.split("\n"))
    number, (there, should) = next((i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return number, _shown(there), _shown(should)


def _shown(line: str | None) -> str:
    if line is None:
        return "no such line"
    return repr(line if len(line) <= 100 else line[:99] + "…") if line else "an empty line"


def _unreadable(error: SourceError, root: Path) -> Finding:
    path = Path(error.path)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else error.path
    return Finding(name, error.line or 0, "", "readable", error.reason)
