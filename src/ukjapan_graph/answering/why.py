"""Why a fact is in the dataset: who states it, what it follows from, or that nobody says it."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from ukjapan_graph.answering import grounds, labels, names
from ukjapan_graph.answering.derivation import Derivation, derive
from ukjapan_graph.answering.grounds import Fact, Inference, Silence
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.data.rules import Rule, carried_by
from ukjapan_graph.errors import UnknownNameError, UsageError
from ukjapan_graph.namespaces import PREFIXES, kind_of

ANY = ("", "_", "?")

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_UNRULED = "follows by rules that this release does not carry"
_DATE_SIGNS = set("0123456789-")


class Ground(NamedTuple):
    """One fact in one named graph.

    :ivar status: stated, entailed, inferred, or held (by the project itself, on no document's word)
    :ivar graph: the passage, reading or other graph that holds it
    :ivar gloss: what the passage says, in the project's words; "" for other graphs
    :ivar reason: why it follows; for a fact that is held, what its graph is for; "" for a passage
    :ivar derivation: of a fact that follows by a rule, from what
    """

    fact: Fact
    status: str
    graph: Entity
    gloss: str
    reason: str
    derivation: Derivation | None = None


class Explanation(NamedTuple):
    """What a fact, or each fact of a pattern, rests on.

    :ivar asked: subject, predicate and object as understood; None where any was meant
    :ivar grounds: stated before entailed before inferred before held; then by fact and document order
    :ivar inferences: what proposes such a fact without asserting it
    :ivar silences: what no document says
    :ivar nearby: where something only follows: the passages that speak of both its ends, in document order
    """

    asked: tuple[Entity | str | None, Entity | None, Entity | str | None]
    grounds: tuple[Ground, ...]
    inferences: tuple[Inference, ...]
    silences: tuple[Silence, ...]
    nearby: tuple[Entity, ...]

    @property
    def is_said(self) -> bool:
        """Whether the dataset holds the fact at all, stated, entailed or by itself."""
        return bool(self.grounds)


def explain(store: Store, subject: str = "", predicate: str = "", thing: str = "") -> Explanation:
    """What the fact of this pattern rests on; "", "_" or "?" stands for any.

    Where the predicate is any, facts from the object to the subject are told too.

    :raises UsageError: fewer than two of the three are given
    :raises UnknownNameError: a name that nothing has; an object may also be the text of a literal, or a date
    :raises AmbiguousNameError: a name that several things have
    """
    if sum(part in ANY for part in (subject, predicate, thing)) > 1:
        raise UsageError("give at least two of subject, predicate and object; _ stands for any")
    s = None if subject in ANY else names.find(store, subject)
    p = None if predicate in ANY else names.find_term(store, predicate)
    o = None if thing in ANY else _object(store, thing, p)
    quads = [q for q in store.quads_for_pattern(s, p, None, None) if o is None or _is(q.object, o)]
    if p is None and isinstance(o, NamedNode):
        quads += store.quads_for_pattern(o, None, s, None)
    rules = carried_by(store) if any(quad.graph_name == grounds.ENTAILED for quad in quads) else []
    found = [_ground(store, quad, rules) for quad in quads]
    order = {quad.graph_name: grounds.passage_order(store, quad.graph_name) for quad in quads}
    rank = ("stated", "entailed", "inferred", "held")
    found.sort(key=lambda g: (rank.index(g.status), str(g.fact), order[NamedNode(g.graph.iri)]))
    asked = (
        entity(store, s) if s else None,
        entity(store, p)._replace(label=labels.relation(store, p)) if p else None,
        entity(store, o) if isinstance(o, NamedNode) else o,
    )
    return Explanation(
        asked,
        tuple(found),
        tuple(i for i in grounds.inferences(store) if _fits(asked, i.fact)),
        tuple(
            x
            for x in grounds.silences(store)
            if _fits(asked, (x.subject, x.predicate, x.object), blank=p is not None)
        ),
        _nearby(store, [quad for quad in quads if quad.graph_name == grounds.ENTAILED]),
    )


def understand(store: Store, first: str, second: str) -> tuple[str, str, str]:
    """Which two of subject, predicate and object ``first`` and ``second`` are, with "" for the third.

    A name that only a property has is the predicate; two things are subject and object.
    """
    if _is_predicate(store, second):
        return first, second, ""
    if _is_predicate(store, first):
        return "", first, second
    return first, "", second


def _is_predicate(store: Store, name: str) -> bool:
    try:
        node = names.find_term(store, name)
    except UsageError:
        return False
    used = next(store.quads_for_pattern(None, node, None, None), None) is not None
    return used or any(kind.value.endswith("Property") for kind in grounds.values(store, node, _TYPE))


def _object(store: Store, name: str, predicate: NamedNode | None) -> NamedNode | str:
    """The text of a literal that the predicate has; else the thing, or the class, called ``name``."""
    is_date = name[:4].isdigit() and set(name) <= _DATE_SIGNS
    literals = store.quads_for_pattern(None, predicate, None, None) if predicate else ()
    if is_date or any(_is(quad.object, name) for quad in literals):
        return name
    try:
        return names.find(store, name)
    except UnknownNameError as error:
        try:
            return names.find_term(store, name)
        except UnknownNameError:
            raise error from None


def _nearby(store: Store, quads: list[Quad]) -> tuple[Entity, ...]:
    """The passages and readings with facts on both ends of one of ``quads``."""
    found = set()
    for quad in quads:
        found |= _speaking_of(store, quad.subject) & _speaking_of(store, quad.object)
    return grounds.in_order(store, found)


def _speaking_of(store: Store, node: object) -> set[NamedNode]:
    """The passages and readings with a fact that has ``node`` at either end."""
    quads = [*store.quads_for_pattern(None, None, node, None)]
    if isinstance(node, NamedNode):
        quads += store.quads_for_pattern(node, None, None, None)
    return {q.graph_name for q in quads if kind_of(q.graph_name.value) in ("passage", "reading")}


def _is(term: object, wanted: NamedNode | str) -> bool:
    """Whether ``term`` is that thing, or a literal of that text in any case of letters."""
    if isinstance(wanted, str):
        return isinstance(term, Literal) and term.value.casefold() == wanted.casefold()
    return term == wanted


def _ground(store: Store, quad: Quad, rules: list[Rule]) -> Ground:
    graph, fact = quad.graph_name, grounds.fact(store, quad)
    where = entity(store, graph)
    kind = kind_of(graph.value)
    if kind == "passage":
        return Ground(fact, "stated", where, grounds.text(store, graph, "gloss"), "")
    if kind == "reading":
        passage = grounds.value(store, graph, grounds.term("readingOf"))
        gloss = grounds.text(store, passage, "gloss") if passage else ""
        return Ground(fact, "entailed", where, gloss, grounds.text(store, graph, "reason"))
    if graph == grounds.ENTAILED:
        derivation = derive(store, quad.triple, rules)
        return Ground(fact, "entailed", where, "", derivation.words if derivation else _UNRULED, derivation)
    if graph == grounds.INFERENCES:
        return Ground(fact, "inferred", where, "", "kept as an inference, not asserted")
    return Ground(fact, "held", where, "", grounds.text(store, graph, "role") or where.label)


def _fits(asked: tuple, parts: tuple, *, blank: bool = False) -> bool:
    """Whether ``parts`` are those ``asked`` for; with ``blank``, a missing object fits every one."""
    return all(
        want is None
        or (blank and part is None)
        or (part.iri == want.iri if isinstance(want, Entity) and isinstance(part, Entity) else part == want)
        for want, part in zip(asked, parts, strict=True)
    )
