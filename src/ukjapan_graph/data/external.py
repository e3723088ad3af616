"""The file of outside facts: what sources other than the documents say, apart from the release.

    graph/external/*.trig         graph:external (the sources described, and what only they name), and the
                                  named graph of each source, outside:<slug>
    queries/external/*.rq         graph:queries: questions that only the world view can answer
    graph/ukjapan-external.nq     all of these, and what follows with their help (graph:external-entailed)

The corpus view is the release alone; the world view is the release and this file together. So nothing here
can change an answer of the corpus view.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.data import catalogue
from ukjapan_graph.data.canonical import parse_bytes, text
from ukjapan_graph.data.entailment import ENTAILED, entail
from ukjapan_graph.data.external_places import faults
from ukjapan_graph.data.rules import Rule
from ukjapan_graph.data.sources import external_files
from ukjapan_graph.data.tenures import tenure_bounds
from ukjapan_graph.errors import FindingsError, SourceError, UkjapanError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.queries import read_query
from ukjapan_graph.resources import external_file

EXTERNAL_ENTAILED = NamedNode(PREFIXES["graph"] + "external-entailed")


def read_external(root: Path) -> tuple[list[Quad], list[Finding]]:
    """The quads of ``graph/external/*.trig``, and what is wrong with the files, sorted.

    What can be read is read; only where there are no findings are the quads all of it.
    """
    quads: list[Quad] = []
    findings: list[Finding] = []
    for name in external_files(root):
        path = root / name
        try:
            data = read_bytes(path)
            more = parse_bytes(data, path)
        except SourceError as error:
            findings.append(Finding(name, error.line or 0, "", "readable", error.reason))
            continue
        quads += more
        findings += faults(more, name, data.decode())
    return quads, sorted(set(findings))


def external_queries(root: Path) -> list[Path]:
    """The files of the questions for the world view, sorted."""
    return sorted((root / "queries" / "external").glob("*.rq"))


def assemble_external(
    root: Path, corpus: Iterable[Quad], rules: Iterable[Rule]
) -> tuple[list[Quad], list[Finding]]:
    """All quads of the file of outside facts below ``root``, and what is wrong with its sources.

    :param corpus: the quads of the release
    :param rules: what makes the release's entailed graph
    :raises UkjapanError: saved queries cannot be read because PyYAML is not installed
    """
    quads, findings = read_external(root)
    saved = []
    for path in external_queries(root):
        try:
            saved.append(read_query(path))
        except SourceError as error:
            name = path.relative_to(root).as_posix()
            findings.append(Finding(name, error.line or 0, "", "readable", error.reason))
        except ModuleNotFoundError as error:
            raise UkjapanError(
                f"building needs {error.name}; install it with: pip install 'ukjapan-graph[validate]'"
            ) from error
    if findings:
        return quads, sorted(set(findings))
    return [*quads, *following(quads, corpus, rules), *catalogue.quads(saved)], []


def following(outside: list[Quad], corpus: Iterable[Quad], rules: Iterable[Rule]) -> list[Quad]:
    """What follows from ``outside`` and ``corpus`` together and not from ``corpus`` alone, sorted, in
    ``graph:external-entailed``; the bounds of tenures among it."""
    if not outside:
        return []
    corpus = list(corpus)
    known = {quad.triple for quad in corpus} | {quad.triple for quad in outside}
    triples = {quad.triple for quad in entail([*corpus, *outside], rules)} | tenure_bounds(outside)
    return sorted((Quad(*triple, EXTERNAL_ENTAILED) for triple in triples - known), key=str)


def build_external(root: Path, corpus: Iterable[Quad], rules: Iterable[Rule]) -> bytes:
    """The file of outside facts, as it should be: canonical N-Quads; empty where there are none.

    :raises FindingsError: something is wrong with the sources; holds every finding
    """
    quads, findings = assemble_external(root, corpus, rules)
    if findings:
        raise FindingsError(findings)
    return text(quads, ".nq").encode()


def write_external(root: Path, data: bytes) -> None:
    """Write the file of outside facts, all at once or not at all; where there are none, leave no file."""
    path = external_file(root)
    if data:
        replace_file(path, data)
    else:
        path.unlink(missing_ok=True)


def without_entailed(quads: Iterable[Quad]) -> list[Quad]:
    """``quads`` without what the build entailed, of the release or of the outside facts."""
    return [quad for quad in quads if quad.graph_name not in (ENTAILED, EXTERNAL_ENTAILED)]
