"""Examples of a term in use, from the release, each in the graph of the passage that states it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.data.turtle import RDF_TYPE, Writer, natural, term_key
from ukjapan_graph.namespaces import PREFIXES, kind_of
from ukjapan_graph.publishing.material import Index, full, is_passage

MOST = 3  # examples of a term
_LONGEST = 12  # facts in a block of an example
# Where to look for an example that no passage states, best first.
_GRAPHS = ("documents", "entities", "entailed", "inferences", "silences", "tensions", "ontology", "queries")
_RANK = {PREFIXES["graph"] + name: number for number, name in enumerate(_GRAPHS, 2)}


class Example(NamedTuple):
    """A few facts as TriG, without its prefixes; ``graphs`` are the named graphs that hold them."""

    code: str
    graphs: list[str]
    left_out: int


def of_class(graph: Index, iri: str) -> list[Example]:
    """Up to :data:`MOST` things of the class ``iri``: its type and what one passage says of it.

    Things of which a passage speaks come before those that stand in another graph alone; beyond that, those
    of documents that no example is from yet, and then by name.
    """
    things = graph.things(iri)
    found = []
    for thing in things:
        by_graph: dict[str, list[Quad]] = {}
        for quads in graph.about(thing).values():
            for quad in quads:
                by_graph.setdefault(quad.graph_name.value, []).append(quad)
        told = [name for name in by_graph if is_passage(name)]
        home = _home(graph, thing, iri, by_graph)
        best = home if home in told else min(told, key=lambda n: _fit(by_graph[n], n), default=home)
        found.append((best, [_only_name(by_graph[home])] * (home != best) + [by_graph[best]]))
    return [_example(blocks) for blocks in _spread(found)]


def of_property(graph: Index, iri: str) -> list[Example]:
    """Up to :data:`MOST` things with their values of the property ``iri``, chosen as in :func:`of_class`."""
    by_place: dict[tuple[str, str], list[Quad]] = {}
    for quad in graph.facts(iri):
        by_place.setdefault((quad.graph_name.value, quad.subject.value), []).append(quad)
    found = []
    for (name, subject), quads in sorted(by_place.items(), key=lambda item: [natural(p) for p in item[0]]):
        types = [q for q in graph.about(subject).get(RDF_TYPE, ()) if q.graph_name.value == name]
        own = [q for q in types if q.object.value != iri][:1] if iri != RDF_TYPE else []
        found.append((name, [[*own, *quads]]))
    return [_example(blocks) for blocks in _spread(found)]


def _home(graph: Index, thing: str, iri: str, by_graph: dict[str, list[Quad]]) -> str:
    """The graph that says what ``thing`` is: one that says it in so many words, if there is one."""
    named = {q.graph_name.value for q in graph.about(thing)[RDF_TYPE] if q.object == NamedNode(iri)}
    typed = {q.graph_name.value for q in graph.about(thing)[RDF_TYPE]}
    entailed = PREFIXES["graph"] + "entailed"
    return min(
        named - {entailed} or typed - {entailed} or named, key=lambda name: (_rank(name), natural(name))
    )


def _only_name(quads: list[Quad]) -> list[Quad]:
    wanted = {RDF_TYPE, full("skos:prefLabel")}
    return [quad for quad in quads if quad.predicate.value in wanted]


def _spread(found: list[tuple[str, list[list[Quad]]]]) -> list[list[list[Quad]]]:
    """The best few of (graph, blocks): from as many documents as there are."""
    chosen: list[list[list[Quad]]] = []
    seen: set[str] = set()
    rest = sorted(found, key=lambda item: (_rank(item[0]), max(0, len(item[1][-1]) - _LONGEST)))
    while rest and len(chosen) < MOST:
        fresh = (
            item for item in rest if _rank(item[0]) == _rank(rest[0][0]) and _document(item[0]) not in seen
        )
        item = next(fresh, rest[0])
        rest.remove(item)
        seen.add(_document(item[0]))
        chosen.append(item[1])
    return chosen


def _example(blocks: Iterable[list[Quad]]) -> Example:
    writer, graphs, left_out = Writer(), [], 0
    for quads in blocks:
        ordered = sorted(
            quads, key=lambda q: (q.predicate.value != RDF_TYPE, q.predicate.value, term_key(q.object))
        )
        name = ordered[0].graph_name.value
        left_out += max(0, len(ordered) - _LONGEST)
        writer.triples(ordered[:_LONGEST], graph=name)
        graphs.append(name)
    text = writer.text()
    body = text.partition("\n\n")[2] if text.startswith("@prefix") else text
    return Example(body.rstrip("\n"), graphs, left_out)


def _fit(quads: list[Quad], name: str) -> tuple:
    return len(quads) < 2, max(0, len(quads) - _LONGEST), natural(name)


def _rank(graph: str) -> int:
    if is_passage(graph):
        return 0
    return 1 if kind_of(graph) == "reading" else _RANK.get(graph, len(_RANK) + 2)


def _document(graph: str) -> str:
    return graph.rpartition("/")[2].partition(".")[0]
