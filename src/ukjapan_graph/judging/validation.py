"""The judge of the data: files, terms, shapes, checks, saved queries, and the release file.

    sources   what is wrong with the files themselves, and where things stand that belong elsewhere
    terms     every name is defined, every term explained and used        (closed_world, examples, versions)
    shapes    ontology/shapes/*.ttl over the union of all graphs          (shapes, by pySHACL)
    checks    queries/checks/*.rq, a row each violation                   (checks)
    queries   the rules for saved queries                                 (query_rules)
    release   the release file is what the sources give                   (build)
    external  the outside facts, beside the corpus, and their built file  (external)

Each part can be asked alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from pyoxigraph import Quad, Store

from ukjapan_graph.data import canonical
from ukjapan_graph.data.build import assemble, stale
from ukjapan_graph.data.external import following, read_external
from ukjapan_graph.data.rules import read_rules
from ukjapan_graph.data.sources import external_files, formatted_files
from ukjapan_graph.errors import SourceError
from ukjapan_graph.findings import Finding
from ukjapan_graph.judging import checks, closed_world, examples, external, shapes
from ukjapan_graph.judging.drafts import Drafts, entailed, overlaid, read_drafts
from ukjapan_graph.judging.verdicts import Breach, Report, Verdict, found, from_finding, report
from ukjapan_graph.judging.versions import disagreements, read_versions
from ukjapan_graph.judging.whereabouts import Whereabouts
from ukjapan_graph.namespaces import expand
from ukjapan_graph.querying import query_rules

PARTS = ("sources", "terms", "shapes", "checks", "queries", "release", "external")
_OF_THE_WHOLE = ("queries", "release", "external")  # parts that do not apply to drafts
_QUERIES = ("queries/*.rq", "queries/federated/*.rq")
_READABLE = "readable"

Progress = Callable[[str, int, int], None]


def validate(
    root: Path,
    *,
    only: Collection[str] = PARTS,
    files: Sequence[Path] = (),
    progress: Progress = lambda part, done, total: None,
) -> Report:
    """Judge the project below ``root``, or, with ``files``, those drafts as if they were part of it.

    Where a file cannot be read, only that is reported, since nothing else could be judged fairly; the release
    is compared with its sources only where nothing is wrong with them. Of drafts,
    only what is about them is reported, and the parts queries, release and external do not apply.

    :param only: names of :data:`PARTS`
    :param progress: called with the name of the part (or of a check or file of it), and how many are done
    :raises UkjapanError: pySHACL or PyYAML is not installed
    :raises UsageError: a draft that is no data
    """
    root = root.resolve()
    chosen = [part for part in PARTS if part in only and not (files and part in _OF_THE_WHOLE)]
    progress("sources", 0, len(chosen))
    drafts = read_drafts(root, files) if files else None
    quads, findings = (overlaid(root, drafts), drafts.findings) if drafts else assemble(root)
    if any(finding.check == _READABLE for finding in findings):
        rest = tuple(part for part in chosen if part != "sources")
        return report(_as_named(map(from_finding, findings), drafts), rest)
    if findings and not drafts:
        # Something is out of place, so nothing was entailed; the rest can be judged all the same.
        quads = entailed(root, quads)
    case = _Case(root, quads, findings, drafts, progress)
    judges = {
        "sources": case.sources,
        "terms": case.terms,
        "shapes": case.shapes,
        "checks": case.checks,
        "queries": case.queries,
        "release": case.release,
        "external": case.external,
    }
    verdicts: list[Verdict] = []
    for done, part in enumerate(chosen):
        progress(part, done, len(chosen))
        # A release made of wrong sources is stale as a matter of course: one fault, one finding.
        if part != "release" or not verdicts:
            verdicts += judges[part]()
    return report(_as_named(verdicts, drafts))


class _Case:
    """What is judged, and by whom it may be asked."""

    def __init__(
        self,
        root: Path,
        quads: list[Quad],
        findings: list[Finding],
        drafts: Drafts | None,
        progress: Progress,
    ) -> None:
        self.root, self.quads, self.findings, self.drafts, self.progress = (
            root, quads, findings, drafts, progress,
        )  # fmt: skip
        self.about = drafts.about() if drafts else None
        self.where = Whereabouts(root, quads, drafts.sources if drafts else ())

    def sources(self) -> list[Verdict]:
        return [from_finding(finding) for finding in self.findings]

    def terms(self) -> list[Verdict]:
        # A term that only outside sources need is used and shown there.
        outside = read_external(self.root)[0]
        outside += following(outside, self.quads, read_rules(self.root))
        own = [path for path in formatted_files(self.root) if path not in external_files(self.root)]
        paths = [s.path for s in self.drafts.sources] if self.drafts else own
        in_queries = list(closed_world.uses_in_queries(self.root))
        uses = list(closed_world.uses_in_rdf(self.root, paths))
        names = closed_world.defined(self.root, self.quads)
        placed = closed_world.undefined([*uses, *([] if self.drafts else in_queries)], names)
        loose = closed_world.unexplained(self.quads)
        loose += closed_world.unused([*self.quads, *outside], in_queries)
        loose += examples.unshown(self.quads, outside)
        versions = read_versions(self.root)
        if versions:
            loose += disagreements(self.quads, versions)
        verdicts = [from_finding(finding) for finding in placed]
        for finding in loose:
            iri = expand(finding.focus) or finding.focus.strip("<>")
            if self.about is None or iri in self.about:
                path, line = self.where.of_name(iri)
                verdicts.append(from_finding(finding._replace(path=path, line=line)))
        return verdicts

    def shapes(self) -> list[Verdict]:
        return self._placed(shapes.breaches(shapes.as_graph(self.quads), shapes.read_shapes(self.root)))

    def checks(self) -> list[Verdict]:
        store = Store()
        store.extend(self.quads)
        verdicts = []
        paths = checks.check_files(self.root)
        for done, path in enumerate(paths):
            self.progress(path.stem, done, len(paths))
            try:
                verdicts += self._placed(checks.run(checks.read_check(path), store))
            except SourceError as error:
                name = path.relative_to(self.root).as_posix()
                verdicts.append(from_finding(Finding(name, error.line or 0, "", _READABLE, error.reason)))
        return verdicts

    def queries(self) -> list[Verdict]:
        verdicts = []
        paths = sorted(path for part in _QUERIES for path in self.root.glob(part))
        for done, path in enumerate(paths):
            self.progress(path.stem, done, len(paths))
            verdicts += map(from_finding, query_rules.problems(path, base=self.root))
        return verdicts

    def release(self) -> list[Verdict]:
        if self.findings:
            return []  # no release can be made of these sources
        return list(map(from_finding, stale(self.root, canonical.text(self.quads, ".nq").encode())))

    def external(self) -> list[Verdict]:
        return external.judge(self.root, self.quads)

    def _placed(self, breaches: Iterable[Breach]) -> list[Verdict]:
        return [
            found(breach, self.where.of(breach))
            for breach in breaches
            if self.about is None or breach.focus in self.about
        ]


def _as_named(verdicts: Iterable[Verdict], drafts: Drafts | None) -> list[Verdict]:
    """``verdicts`` with the paths of drafts as they were given."""
    names = drafts.named if drafts else {}
    return [
        v._replace(finding=v.finding._replace(path=names.get(v.finding.path, v.finding.path)))
        for v in verdicts
    ]
