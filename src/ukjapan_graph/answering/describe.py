"""What the dataset knows of one thing, passage by passage."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from ukjapan_graph.answering import elsewhere, grounds, labels
from ukjapan_graph.answering.elsewhere import Link
from ukjapan_graph.answering.grounds import Fact, Inference, Silence, term
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.namespaces import PREFIXES, kind_of

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_ENTITIES, _EXTERNAL = (NamedNode(PREFIXES["graph"] + name) for name in ("entities", "external"))
_SKOS = PREFIXES["skos"]
_NOTES = [NamedNode(_SKOS + name) for name in ("definition", "scopeNote", "example")]
_SUB_PROPERTY = NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
_FOLLOWING = (grounds.ENTAILED, NamedNode(PREFIXES["graph"] + "external-entailed"))
_ABOUT_OTHERS = ("passage", "statement")
_NAMING = {_TYPE, NamedNode(PREFIXES["rdfs"] + "label")} | {
    NamedNode(_SKOS + name) for name in ("prefLabel", "altLabel", "scopeNote", "definition")
}


class Statement(NamedTuple):
    """Something said rather than done: in our own words, how firmly, and whose it is."""

    name: Entity
    gloss: str
    force: str
    holders: tuple[Entity, ...]


class Passage(NamedTuple):
    """What one passage, or the reading of one, says of the thing.

    :ivar status: stated or entailed
    :ivar reason: why a reading follows; "" for a passage
    """

    passage: Entity
    status: str
    reason: str
    facts: tuple[Fact, ...]
    statements: tuple[Statement, ...]


class Outside(NamedTuple):
    """What an outside source says of the thing, in the world view.

    :ivar passage: the source, which is also the graph of what it says
    :ivar status: external
    :ivar address: where it can be read
    """

    passage: Entity
    status: str
    address: str
    facts: tuple[Fact, ...]
    reason: str = ""
    statements: tuple[Statement, ...] = ()


class NameUsed(NamedTuple):
    """A name or description in a document's own words, and the passages that use it."""

    name: str
    passages: tuple[Entity, ...]


class Description(NamedTuple):
    """All of that: identity first, then the passages in document order, then what is not asserted, then links.

    :ivar types: the classes it is given, without those that only follow from them
    :ivar notes: definition and scope, in the project's words
    :ivar identity: what the entities' own file says of it, beside its names; in the world view, what is said
        in that way of what only outside sources name
    :ivar passages: what each passage says, and, in the world view, what each outside source says
    :ivar copy: where the public can read the document that it is, or is in; "" where it is none, or not known
    :ivar entailed: what follows by the ontology and its rules, and does not only widen something narrower
    """

    entity: Entity
    types: tuple[Entity, ...]
    notes: tuple[str, ...]
    names: tuple[NameUsed, ...]
    identity: tuple[Fact, ...]
    passages: tuple[Passage | Outside, ...]
    entailed: tuple[Fact, ...]
    inferences: tuple[Inference, ...]
    silences: tuple[Silence, ...]
    links: tuple[Link, ...]
    copy: str = ""


def describe(store: Store, node: NamedNode) -> Description:
    """What there is on ``node``; for a passage, everything it says."""
    graphs: dict[NamedNode, list[Quad]] = {}
    for quad in quads_about(store, node):
        if kind_of(quad.graph_name.value) in ("passage", "reading", "outside"):
            graphs.setdefault(quad.graph_name, []).append(quad)
    ordered = sorted(graphs, key=lambda graph: grounds.passage_order(store, graph))
    identity = [
        quad
        for graph in (_ENTITIES, _EXTERNAL)
        for quad in store.quads_for_pattern(node, None, None, graph)
        if quad.predicate not in _NAMING
    ]
    me = entity(store, node)
    return Description(
        entity=me,
        types=_types(store, node),
        notes=tuple(note for p in _NOTES if (note := labels.text(store, node, p))),
        names=_names_used(store, node),
        identity=tuple(sorted((grounds.fact(store, q) for q in identity), key=str)),
        passages=tuple(_passage(store, node, graph, graphs[graph]) for graph in ordered),
        entailed=_entailed(store, node),
        inferences=tuple(
            i for i in grounds.inferences(store) if me in (i.fact.subject, i.fact.object, *i.premises)
        ),
        silences=tuple(s for s in grounds.silences(store) if me in (s.subject, s.object, *s.nearest)),
        links=elsewhere.links(store, node),
        copy=grounds.text(store, grounds.value(store, node, term("inDocument")) or node, "publicCopy"),
    )


def quads_about(store: Store, node: NamedNode) -> list[Quad]:
    """The quads with ``node`` as subject or object, or in the graph it names (its readings' too); sorted."""
    found = {
        *store.quads_for_pattern(node, None, None, None),
        *store.quads_for_pattern(None, None, node, None),
    }
    readings = (q.subject for q in store.quads_for_pattern(None, term("readingOf"), node, None))
    for graph in (node, *readings):
        found.update(store.quads_for_pattern(None, None, None, graph))
    return sorted(found, key=str)


def _types(store: Store, node: NamedNode) -> tuple[Entity, ...]:
    """The classes of ``node`` that a passage or a file gives; where there are none, those that follow."""
    quads = list(store.quads_for_pattern(node, _TYPE, None, None))
    given = {quad.object for quad in quads if quad.graph_name not in _FOLLOWING}
    return tuple(entity(store, kind) for kind in sorted(given or {quad.object for quad in quads}, key=str))


def _entailed(store: Store, node: NamedNode) -> tuple[Fact, ...]:
    """The facts about ``node`` that follow, save those that only widen another."""
    found = set()
    for pattern in ((node, None, None), (None, None, node)):
        for quad in (q for graph in _FOLLOWING for q in store.quads_for_pattern(*pattern, graph)):
            bare = quad.predicate in _NAMING or kind_of(quad.subject.value) in _ABOUT_OTHERS
            if not bare and not _is_widened(store, quad):
                found.add(grounds.fact(store, quad))
    return tuple(sorted(found, key=lambda fact: (fact.subject.iri != node.value, str(fact))))


def _is_widened(store: Store, quad: Quad) -> bool:
    """Whether the same two things have a narrower property between them (so that this one adds nothing)."""
    narrower, todo = set(), [quad.predicate]
    while todo:
        below = {q.subject for q in store.quads_for_pattern(None, _SUB_PROPERTY, todo.pop(), None)} - narrower
        narrower |= below
        todo += below
    pairs = store.quads_for_pattern(quad.subject, None, quad.object, None)
    return any(other.predicate in narrower - {quad.predicate} for other in pairs)


def _names_used(store: Store, node: NamedNode) -> tuple[NameUsed, ...]:
    """The names by which passages call ``node``, in the order in which they first occur."""
    used: dict[str, list[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, term("refersTo"), node, None):
        passages = grounds.values(store, quad.subject, term("inPassage"))
        for name in store.quads_for_pattern(quad.subject, term("name"), None, None):
            used.setdefault(name.object.value, []).extend(passages)
    first = {
        name: min((grounds.passage_order(store, p) for p in passages), default=())
        for name, passages in used.items()
    }
    return tuple(
        NameUsed(n, grounds.in_order(store, used[n])) for n in sorted(used, key=lambda n: (first[n], n))
    )


def _passage(store: Store, node: NamedNode, graph: NamedNode, quads: list[Quad]) -> Passage | Outside:
    """What ``quads``, all of ``graph``, say of ``node``: statements by their gloss, the rest as facts."""
    said = {q.subject for q in quads if q.subject != node and kind_of(q.subject.value) == "statement"}
    facts = [grounds.fact(store, quad) for quad in quads if quad.subject not in said]
    iri = node.value
    facts.sort(key=lambda f: (f.subject.iri != iri, str(f.subject), str(f.predicate), str(f.object)))
    me, status = entity(store, graph), grounds.status(store, graph)
    if kind_of(graph.value) == "outside":
        return Outside(me, status, grounds.text(store, graph, "address"), tuple(facts))
    return Passage(
        me,
        status,
        grounds.text(store, graph, "reason"),
        tuple(facts),
        tuple(_statement(store, statement) for statement in sorted(said, key=str)),
    )


def _statement(store: Store, node: NamedNode) -> Statement:
    force = grounds.value(store, node, term("force"))
    return Statement(
        entity(store, node),
        grounds.text(store, node, "gloss"),
        labels.label(store, force).removeprefix("force:") if force else "",
        tuple(entity(store, holder) for holder in grounds.values(store, node, term("holder"))),
    )
