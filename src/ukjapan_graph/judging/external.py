"""The judge of outside facts: their files, names, shapes and checks, their questions, and their built file.

They are judged beside the corpus and never as part of it: what a source says once is once, however often and
in whatever way the documents say it, since setting the two against each other is what
:mod:`ukjapan_graph.linking.outside.audit` is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from ukjapan_graph.data import canonical
from ukjapan_graph.data.build import staleness
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.data.external import (
    EXTERNAL_ENTAILED,
    assemble_external,
    external_queries,
    without_entailed,
)
from ukjapan_graph.data.rules import read_rules
from ukjapan_graph.data.sources import Source, external_files
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.judging import checks, closed_world, shapes
from ukjapan_graph.judging.verdicts import Breach, Verdict, found, from_finding
from ukjapan_graph.judging.whereabouts import Whereabouts
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying import query_rules
from ukjapan_graph.resources import external_file

_MAX_COUNT = PREFIXES["sh"] + "MaxCountConstraintComponent"
#: Checks that do not apply: one keeps outside facts out of the corpus; a silence is the documents' own and may
#: well be broken outside them; and for whom somebody signed is looked up in the words of passages.
_NOT_OUTSIDE = ("on-behalf-unsaid", "outside-fact-in-the-corpus", "silence-broken")


def judge(root: Path, corpus: list[Quad]) -> list[Verdict]:
    """What is wrong with the outside facts below ``root``; unsorted.

    :param corpus: all quads of the release, entailed ones included
    """
    names = external_files(root)
    if not (names or external_queries(root) or external_file(root).exists()):
        return []
    outside, findings = assemble_external(root, corpus, read_rules(root))
    if findings:
        return [from_finding(finding) for finding in findings]
    where = Whereabouts(root, outside, [Source(name, "") for name in names])
    breaches = [*_shapes(root, corpus, outside), *_checks(root, corpus, outside)]
    verdicts = [
        *map(from_finding, _undefined(root, [*corpus, *outside], names)),
        *(found(breach, where.of(breach)) for breach in breaches),
    ]
    for path in external_queries(root):
        verdicts += map(from_finding, query_rules.problems(path, base=root))
    name = external_file(root).relative_to(root).as_posix()
    stale = staleness(root, name, canonical.text(outside, ".nq").encode())
    return [*verdicts, *([from_finding(stale)] if stale and not verdicts else [])]


def _undefined(root: Path, quads: list[Quad], names: list[str]) -> Iterable:
    known = closed_world.defined(root, [q for q in quads if q.graph_name != EXTERNAL_ENTAILED])
    uses = [
        *closed_world.uses_in_rdf(root, names),
        *closed_world.uses_in_queries(root, ["queries/external/*.rq"]),
    ]
    return closed_world.undefined(uses, known)


def _shapes(root: Path, corpus: list[Quad], outside: list[Quad]) -> Iterator[Breach]:
    """Where things that outside sources describe do not satisfy the shapes.

    Of the corpus comes along what it says of these things, and the classes of what they point to.
    """
    subjects = {quad.subject for quad in without_entailed(outside)}
    beside = [quad for quad in corpus if quad.subject in subjects]
    values = {quad.object for quad in [*beside, *outside]}
    values -= subjects
    beside += [q for q in corpus if q.predicate.value == RDF_TYPE and q.subject in values]
    said = Counter((q.graph_name, q.subject.value, q.predicate.value) for q in set(outside))
    twice = {(focus, path) for (_, focus, path), count in said.items() if count > 1}
    graph = shapes.as_graph([*beside, *outside])
    for breach in shapes.breaches(graph, shapes.read_shapes(root)):
        if NamedNode(breach.focus) not in subjects:
            continue
        if breach.component == _MAX_COUNT and (breach.focus, breach.path) not in twice:
            continue  # no one source says two things; the corpus, or another source, has a value of its own
        yield breach


def _checks(root: Path, corpus: list[Quad], outside: list[Quad]) -> Iterator[Breach]:
    """What the checks find in corpus and outside facts together and not in the corpus alone."""
    alone, together = Store(), Store()
    alone.extend(corpus)
    together.extend(corpus)
    together.extend(
        Quad(*quad.triple, ENTAILED) if quad.graph_name == EXTERNAL_ENTAILED else quad for quad in outside
    )
    for path in checks.check_files(root):
        if path.stem in _NOT_OUTSIDE:
            continue
        check = checks.read_check(path)
        if breaches := checks.run(check, together):
            before = set(checks.run(check, alone))
            yield from (breach for breach in breaches if breach not in before)
