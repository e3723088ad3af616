"""What follows from the sources without any choice: rules run to a fixpoint, and the bounds of dates.

A rule is a SPARQL CONSTRUCT in ``ontology/rules/``. Rules see all graphs as one and only join what is
there: they name no new things, so a run ends. Their triples go to ``graph:entailed`` unless some graph
holds them already.

What is only inferred is no premise: of ``graph:inferences`` and ``graph:silences`` rules see the inferences
and silences themselves, as nodes, but none of the links and bounds of dates that stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store, Triple

from ukjapan_graph.data.bounds import EARLIEST, LATEST, date_bounds
from ukjapan_graph.data.canonical import decode
from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

ENTAILED = NamedNode(PREFIXES["graph"] + "entailed")
MAX_ROUNDS = 50

_UNSTATED = {PREFIXES["graph"] + name: name[:-1] for name in ("inferences", "silences")}
_XSD_DATE = NamedNode(XSD + "date")
_PLACE = re.compile(r"error at ([0-9]+):([0-9]+): ")


class Rule(NamedTuple):
    """A CONSTRUCT query: the stem of its file, its text, and the file for messages."""

    name: str
    text: str
    path: str


def read_rules(root: Path) -> list[Rule]:
    """The rules in ``ontology/rules/`` below ``root``, sorted by name.

    :raises SourceError: a file that cannot be read or is not UTF-8
    """
    files = sorted((root / "ontology" / "rules").glob("*.rq"))
    return [
        Rule(path.stem, decode(read_bytes(path), path), path.relative_to(root).as_posix()) for path in files
    ]


def entail(quads: Iterable[Quad], rules: Iterable[Rule]) -> list[Quad]:
    """The quads, all in ``graph:entailed`` and sorted, that follow from ``quads``.

    In each round all rules run on what the round before left, so the order of rules does not matter; rounds
    go on until nothing is new. Then every ``ukj:date`` without a curated ``ukj:earliest`` or ``ukj:latest``
    gets that bound (see :func:`date_bounds`), and the rules run once more to a fixpoint.

    :param quads: all in named graphs
    :raises SourceError: a rule that is no CONSTRUCT, does not parse, makes a term that stands neither in the
        data nor in the rule (dates excepted), or still finds news after :data:`MAX_ROUNDS` rounds
    """
    quads, rules = list(quads), list(rules)
    unstated = [quad for quad in quads if _is_unstated(quad)]
    store = Store()
    store.extend(quads)
    for quad in unstated:
        store.remove(quad)
    present = {quad.triple for quad in store}
    known = {term for triple in present for term in (triple.subject, triple.predicate, triple.object)}
    known.add(NamedNode(RDF_TYPE))
    before = set(present)
    _close(store, present, known, rules)
    curated = {quad.triple for quad in unstated if quad.predicate in (EARLIEST, LATEST)}
    _add(store, present, date_bounds(present | curated))
    _close(store, present, known, rules)
    new = (normal(Quad(t.subject, t.predicate, t.object, ENTAILED)) for t in present - before)
    return sorted(new, key=str)


def _is_unstated(quad: Quad) -> bool:
    kind = _UNSTATED.get(quad.graph_name.value)
    return kind is not None and kind_of(quad.subject.value) != kind


def _close(store: Store, present: set[Triple], known: set, rules: list[Rule]) -> None:
    for _ in range(MAX_ROUNDS):
        found = [(rule, triple) for rule in rules for triple in _run(store, rule) if triple not in present]
        if not found:
            return
        for rule, triple in found:
            _refuse_invention(rule, triple, known)
        _add(store, present, {triple for _, triple in found})
    names = ", ".join(sorted({rule.path for rule, _ in found}))
    raise SourceError(
        names, f"still finds new triples after {MAX_ROUNDS} rounds; let it join only what is there"
    )


def _run(store: Store, rule: Rule) -> list[Triple]:
    try:
        result = store.query(rule.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        reason = str(error)
        place = _PLACE.search(reason)
        line = int(place[1]) if place else None
        column = f" at column {place[2]}" if place else ""
        raise SourceError(
            rule.path, f"syntax error{column}: {_PLACE.sub('', reason)}; mend the rule there", line=line
        ) from error
    if not isinstance(result, QueryTriples):
        raise SourceError(rule.path, "is no CONSTRUCT query; a rule makes triples")
    return list(result)


def _add(store: Store, present: set[Triple], triples: set[Triple]) -> None:
    store.extend(Quad(t.subject, t.predicate, t.object, ENTAILED) for t in triples)
    present |= triples


def _refuse_invention(rule: Rule, triple: Triple, known: set) -> None:
    for term in (triple.subject, triple.predicate, triple.object):
        if term in known or getattr(term, "datatype", None) == _XSD_DATE:
            continue
        value = getattr(term, "value", "")
        written = isinstance(term, Literal) and value in rule.text
        if isinstance(term, NamedNode):
            written = shorten(value) in rule.text or f"<{value}>" in rule.text
        if not written:
            reason = (
                f"makes {term}, which stands neither in the data nor in the rule; let it join what is there"
            )
            raise SourceError(rule.path, reason)
