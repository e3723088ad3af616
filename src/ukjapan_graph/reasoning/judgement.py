"""What reasoning finds out about the graph, and how it stands to what the rules entail."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from ukjapan_graph.data.entailment import ENTAILED, premises
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.errors import LimitError, UkjapanError
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.reasoning import java
from ukjapan_graph.reasoning.axioms import Axiom
from ukjapan_graph.reasoning.view import view
from ukjapan_graph.reasoning.worker import STEP

#: The profile that the ontology keeps to, and the one that most of it keeps to.
WHOLE, MOST = "DL", "RL"
_TYPE = NamedNode(RDF_TYPE)
_OBJECT_PROPERTY = NamedNode(expand("owl:ObjectProperty"))


Progress = Callable[[str, int, int], None]


class Judgement(NamedTuple):
    """What HermiT and the OWL API say.

    :ivar size: numbers of logical axioms, classes, properties and individuals
    :ivar clashes: smallest sets of axioms that cannot all be true
    :ivar unsatisfiable: (class, why) for each class that can have no member
    :ivar profiles: what lies outside OWL 2 DL and outside OWL 2 RL, by name of the profile
    :ivar agreed: number of types and links that the rules make and HermiT proves
    :ivar beyond: number of other facts that the rules make: labels and days, on which OWL has no say
    :ivar unruled: what follows by HermiT and not by the rules
    :ivar unproved: what the rules make and HermiT does not prove
    """

    size: dict[str, int]
    clashes: tuple[tuple[Axiom, ...], ...]
    unsatisfiable: tuple[tuple[str, tuple[Axiom, ...]], ...]
    profiles: dict[str, tuple[str, ...]]
    agreed: int
    beyond: int
    unruled: tuple[Triple, ...]
    unproved: tuple[Triple, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing clashes, no class is empty, the rules agree, and all is OWL 2 DL."""
        return not (
            self.clashes or self.unsatisfiable or self.unruled or self.unproved or self.profiles[WHOLE]
        )


def judge(
    quads: Iterable[Quad],
    *,
    seconds: float | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Judgement:
    """Reason over ``quads``, the whole dataset with what the rules entail.

    All of it must be consistent, what is only inferred included. What follows is asked of the rest alone.

    :param seconds: limit on time; the process is killed then
    :param progress: called with what is being done, and how many steps of how many are done
    :raises UkjapanError: what reasoning needs is not installed, or Java fails
    :raises LimitError: no answer within ``seconds``
    """
    return judge_each([quads], seconds=seconds, progress=progress)[0]


def judge_each(
    datasets: Iterable[Iterable[Quad]],
    *,
    seconds: float | None = None,
    progress: Progress = lambda step, done, total: None,
) -> list[Judgement]:
    """As :func:`judge` for each of ``datasets`` by itself, all in one process, which starts but once."""
    java.check()
    datasets = [list(quads) for quads in datasets]
    orders = [
        {
            "whole": view(quad for quad in quads if quad.graph_name != ENTAILED),
            "premises": view(premises(quads)),
            "profiles": [WHOLE, MOST],
        }
        for quads in datasets
    ]
    answers = _run(orders, seconds, progress)
    return [_judgement(*pair) for pair in zip(datasets, answers, strict=True)]


def _judgement(quads: list[Quad], answer: dict) -> Judgement:
    by_rules = {quad.triple for quad in quads if quad.graph_name == ENTAILED}
    held = by_rules | {quad.triple for quad in premises(quads)}
    links = {t.subject for t in held if t.predicate == _TYPE and t.object == _OBJECT_PROPERTY}
    within = {t for t in by_rules if t.predicate == _TYPE or t.predicate in links}
    found = answer["entailments"]
    proved = within if found is None else {Triple(*map(NamedNode, t)) for t in found if not _is_help(t[1])}
    return Judgement(
        answer["size"],
        tuple(map(_axioms, answer["clashes"])),
        tuple((term, _axioms(why)) for term, why in sorted(answer["unsatisfiable"].items())),
        {name: tuple(outside) for name, outside in answer["profiles"].items()},
        len(within & proved),
        len(by_rules - within),
        tuple(sorted(proved - held, key=str)),
        tuple(sorted(within - proved, key=str)),
    )


def _is_help(predicate: str) -> bool:
    """Whether a property only serves the chains of ``ontology/axioms.ttl``."""
    return predicate.startswith(PREFIXES["axiom"])


def _axioms(texts: Iterable[str]) -> tuple[Axiom, ...]:
    return tuple(map(Axiom.parse, texts))


def _run(orders: list[dict], seconds: float | None, progress: Progress) -> list[dict]:
    """The worker's answers to ``orders``."""
    flag = "-I" if sys.flags.isolated else "-P"
    with TemporaryFile() as asked, TemporaryFile() as answered:
        asked.write(json.dumps(orders).encode())
        asked.seek(0)
        worker = Popen(
            [sys.executable, flag, "-m", "ukjapan_graph.reasoning.worker"],
            stdin=asked, stdout=answered, stderr=PIPE, text=True, errors="replace",
        )  # fmt: skip
        stopped = Event()
        clock = Timer(seconds or 0, lambda: (stopped.set(), worker.kill()))
        if seconds is not None:
            clock.start()
        last = ""
        try:
            for line in worker.stderr:
                step = line.rstrip("\n").split("\t")
                if step[0] == STEP:
                    progress(step[1], int(step[2]), int(step[3]))
                else:
                    last = line.strip() or last
            worker.wait()
        finally:
            clock.cancel()
            worker.kill()
            worker.stderr.close()
            worker.wait()
        if stopped.is_set():
            raise LimitError(f"stopped after {seconds:g} s without an answer; raise --timeout")
        if worker.returncode:
            raise UkjapanError(f"the reasoner could not run: {last or f'it ended with {worker.returncode}'}")
        answered.seek(0)
        return json.load(answered)
