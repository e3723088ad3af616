"""How much entailment adds to a build, and how reasoning grows with the graph.

    python -m tests.bench_reason build [--runs N]
    python -m tests.bench_reason growth [--times 1 2 5 10]

``build`` makes the release in this process, in turn with and without what the rules entail, and exits 1 unless
the median with is less than three times the median without.

``growth`` lets HermiT judge the graph once, and graphs in which all but the ontology stands there several times
over under other names; it prints seconds for each and exits 1 unless the graph itself takes less than 30 s.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from unittest.mock import patch

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data import build
from ukjapan_graph.namespaces import PREFIXES, THINGS
from ukjapan_graph.reasoning.judgement import judge
from ukjapan_graph.resources import release_file, root

LIMIT_BUILD, LIMIT_SECONDS = 3.0, 30.0
_ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark asked for; 0 where its limit holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_reason")
    parser.add_argument("what", choices=["build", "growth"])
    parser.add_argument("--runs", type=int, default=7, help="runs of each build (default: 7)")
    parser.add_argument(
        "--times", type=int, nargs="+", default=[1, 2, 5, 10], help="sizes (default: 1 2 5 10)"
    )
    options = parser.parse_args(argv)
    return _build(options.runs) if options.what == "build" else _growth(options.times)


def _build(runs: int) -> int:
    times: dict[bool, list[float]] = {True: [], False: []}
    build.build(root())  # once unmeasured
    for _ in range(runs):
        for entailing in (True, False):
            with patch.object(build, "entail", build.entail if entailing else lambda quads, rules: []):
                start = time.perf_counter()
                build.build(root())
                times[entailing].append(time.perf_counter() - start)
    with_, without = (statistics.median(times[entailing]) for entailing in (True, False))
    print(f"build with entailments {with_:.3f} s, without {without:.3f} s")
    print(f"ratio {with_ / without:.2f} (less than {LIMIT_BUILD:g})")
    return 0 if with_ / without < LIMIT_BUILD else 1


def _growth(sizes: list[int]) -> int:
    quads = list(open_store(release_file()))
    first = 0.0
    for times in sizes:
        grown = [quad for copy in range(times) for quad in _copy(quads, copy)]
        start = time.perf_counter()
        found = judge(grown)
        taken = time.perf_counter() - start
        first = first or taken
        print(
            f"{times:3} times: {len(grown):9,} quads, {found.size['axioms']:9,} axioms, {taken:7.1f} s, "
            f"{taken / first:5.1f} times as long, sound: {found.is_sound}",
            flush=True,
        )
    print(f"the graph itself: {first / sizes[0]:.1f} s (less than {LIMIT_SECONDS:g})")
    return 0 if first < LIMIT_SECONDS * sizes[0] else 1


def _copy(quads: list[Quad], copy: int) -> list[Quad]:
    """``quads`` under other names, the ontology and its closed lists left out; the first copy is the original."""
    if copy == 0:
        return quads
    fixed = {quad.subject for quad in quads if quad.graph_name == _ONTOLOGY}

    def renamed(term: object) -> object:
        mine = isinstance(term, NamedNode) and term.value.startswith(THINGS) and term not in fixed
        return NamedNode(f"{term.value}-{copy}") if mine else term

    return [
        Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name)
        for q in quads
        if q.graph_name != _ONTOLOGY
    ]


if __name__ == "__main__":
    sys.exit(main())
