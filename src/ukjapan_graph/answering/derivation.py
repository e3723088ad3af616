"""How an entailed fact follows: from which facts, by which rule, back to what passages state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Store, Triple, Variable

from ukjapan_graph.answering import grounds
from ukjapan_graph.answering.grounds import Fact
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.data.bounds import DATE, EARLIEST, LATEST, date_bounds
from ukjapan_graph.data.entailment import premises
from ukjapan_graph.data.rules import Rule, carried_by
from ukjapan_graph.namespaces import kind_of

#: What stands for a rule where the build itself works out the first and the last day of a date.
CALENDAR = "A date that is a day, a month or a year has a first and a last day."


class Premise(NamedTuple):
    """A fact that another follows from.

    :ivar where: the passages that state it, and readings, in document order; of an axiom, the ontology
    :ivar derivation: how it follows itself, where no graph but that of entailments holds it
    """

    fact: Fact
    where: tuple[Entity, ...]
    derivation: Derivation | None


class Derivation(NamedTuple):
    """One way, of perhaps several, in which a fact follows.

    :ivar rule: the name of the rule; "" for the calendar
    :ivar words: the rule in words
    :ivar premises: what it was applied to, in the order of the rule
    """

    fact: Fact
    rule: str
    words: str
    premises: tuple[Premise, ...]


def derive(store: Store, triple: Triple, rules: list[Rule] | None = None) -> Derivation | None:
    """How ``triple`` follows from what is stated, by ``rules``, by default those that the release carries.

    Of several ways, the one with the fewest premises that follow themselves; None where no rule makes it.
    """
    return _derive(store, carried_by(store) if rules is None else rules, triple, frozenset())


def facts(derivation: Derivation) -> Iterator[Premise]:
    """The premises at the bottom of ``derivation``: those that follow from nothing else, each once."""
    seen = set()
    for premise in derivation.premises:
        for leaf in facts(premise.derivation) if premise.derivation else (premise,):
            if leaf.fact not in seen:
                seen.add(leaf.fact)
                yield leaf


def _derive(store: Store, rules: list[Rule], triple: Triple, above: frozenset[Triple]) -> Derivation | None:
    ways = [*_by_rules(store, rules, triple), *_by_calendar(store, triple)]
    ways.sort(key=lambda way: (sum(not _stating(store, t) for t in way[2]), way[0], list(map(str, way[2]))))
    for rule, words, needed in ways:
        # A fact must not stand on itself, by however many steps.
        if any(t in above or t == triple for t in needed):
            continue
        rest = [_premise(store, rules, t, above | {triple}) for t in needed]
        if all(premise is not None for premise in rest):
            fact = grounds.fact_of(store, triple.subject, triple.predicate, triple.object)
            return Derivation(fact, rule, words, tuple(rest))
    return None


def _by_rules(store: Store, rules: list[Rule], triple: Triple) -> Iterator[tuple[str, str, list[Triple]]]:
    """(rule, words, premises) for each way in which a rule makes ``triple``."""
    for rule in rules:
        bound: dict[Variable, object] = {}
        for term, value in zip(rule.head, triple, strict=True):
            if isinstance(term, Variable) and bound.setdefault(term, value) == value:
                continue
            if term != value:
                break
        else:
            for row in _solutions(store, rule, bound):
                yield rule.name, rule.about, [Triple(*(row.get(t, t) for t in p)) for p in rule.body]


def _solutions(store: Store, rule: Rule, bound: dict[Variable, object]) -> Iterator[dict]:
    names = " ".join(map(str, bound))
    values = " ".join(map(str, bound.values()))
    body = " . ".join(" ".join(map(str, pattern)) for pattern in rule.body)
    query = f"SELECT DISTINCT * WHERE {{ VALUES ({names}) {{ ({values}) }} {body} }}"
    found = store.query(query, use_default_graph_as_union=True)
    for row in found:
        yield dict(zip(found.variables, row, strict=True))


def _by_calendar(store: Store, triple: Triple) -> Iterator[tuple[str, str, list[Triple]]]:
    if triple.predicate in (EARLIEST, LATEST):
        dates = {q.triple for q in store.quads_for_pattern(triple.subject, DATE, None, None)}
        if triple in date_bounds(dates):
            yield "", CALENDAR, sorted(dates, key=str)


def _premise(store: Store, rules: list[Rule], triple: Triple, above: frozenset[Triple]) -> Premise | None:
    fact = grounds.fact_of(store, triple.subject, triple.predicate, triple.object)
    if graphs := _stating(store, triple):
        said = {graph for graph in graphs if kind_of(graph.value) in ("passage", "reading")}
        held = tuple(entity(store, graph) for graph in sorted(graphs - said, key=str))
        return Premise(fact, grounds.in_order(store, said) or held, None)
    derivation = _derive(store, rules, triple, above)
    return Premise(fact, (), derivation) if derivation else None


def _stating(store: Store, triple: Triple) -> set[NamedNode]:
    """The graphs that hold ``triple`` so that something may follow from it."""
    return {quad.graph_name for quad in premises(store.quads_for_pattern(*triple, None))}
