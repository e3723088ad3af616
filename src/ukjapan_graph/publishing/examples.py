"""Examples of a term in use, from the release, each in the graph of the passage that states it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Quad

from ukjapan_graph.data.turtle import RDF_TYPE, Writer, natural, term_key
from ukjapan_graph.namespaces import PREFIXES, kind_of
from ukjapan_graph.publishing.axioms import ancestors
from ukjapan_graph.publishing.material import Index, full, graph_of, is_passage

MOST = 3  # examples of a term
_LONGEST = 12  # facts in a block of an example
# Where to look for an example that no passage states, best first.
_GRAPHS = ("documents", "entities", "entailed", "inferences", "silences", "tensions", "ontology", "queries")
_ENTAILED = PREFIXES["graph"] + "entailed"
_RANK = {PREFIXES["graph"] + name: number for number, name in enumerate(_GRAPHS, 2)}


class Example(NamedTuple):
    """A few facts as TriG, without its prefixes; ``graphs`` are the named graphs that hold them."""

    code: str
    graphs: list[str]
    left_out: int


def of_class(graph: Index, iri: str) -> list[Example]:
    """Up to :data:`MOST` things of the class ``iri``: its class, or a narrower one, and what one passage says.

    Things of which a passage speaks come before those that stand in another graph alone; beyond that, those
    of documents that no example is from yet, and then by name.
    """
    kinds = {iri} | {one for one in graph.things("owl:Class") if iri in ancestors(graph, one)}
    found = []
    for thing in graph.things(iri):
        by_graph: dict[str, list[Quad]] = {}
        for quad in (quad for quads in graph.about(thing).values() for quad in quads):
            by_graph.setdefault(graph_of(quad), []).append(quad)
        saying = {name for name, quads in by_graph.items() if _says(quads, kinds)}
        home = min(saying - {_ENTAILED} or saying, key=lambda name: (_rank(name), natural(name)))
        told = (name for name in by_graph if is_passage(name))
        best = min(told, key=lambda name: _fit(by_graph[name], kinds), default=home)
        name = [] if best in saying else [_only_name(by_graph[home], kinds)]
        found.append((best, [*name, by_graph[best]]))
    return [_example(blocks) for blocks in _spread(found)]


def of_property(graph: Index, iri: str) -> list[Example]:
    """Up to :data:`MOST` things with their values of the property ``iri``, chosen as in :func:`of_class`."""
    by_place: dict[tuple[str, str], list[Quad]] = {}
    for quad in graph.facts(iri):
        by_place.setdefault((graph_of(quad), quad.subject.value), []).append(quad)
    found = []
    for (name, subject), quads in sorted(by_place.items(), key=lambda item: [natural(p) for p in item[0]]):
        types = [q for q in graph.about(subject).get(RDF_TYPE, ()) if graph_of(q) == name]
        own = [q for q in types if q.object.value != iri][:1] if iri != RDF_TYPE else []
        found.append((name, [[*own, *quads]]))
    return [_example(blocks) for blocks in _spread(found)]


def _says(quads: list[Quad], kinds: set[str]) -> bool:
    """Whether ``quads`` say of their subject that it is of one of ``kinds``."""
    return any(q.predicate.value == RDF_TYPE and q.object.value in kinds for q in quads)


def _only_name(quads: list[Quad], kinds: set[str]) -> list[Quad]:
    label = full("skos:prefLabel")
    return [quad for quad in quads if quad.predicate.value == label or _says([quad], kinds)]


def _spread(found: list[tuple[str, list[list[Quad]]]]) -> list[list[list[Quad]]]:
    """The best few of (graph, blocks): from as many documents as there are."""
    chosen: list[list[list[Quad]]] = []
    seen: set[str] = set()
    rest = sorted(found, key=lambda item: _richness(*item))
    while rest and len(chosen) < MOST:
        fresh = (
            item for item in rest if _rank(item[0]) == _rank(rest[0][0]) and _document(item[0]) not in seen
        )
        item = next(fresh, rest[0])
        rest.remove(item)
        seen.add(_document(item[0]))
        chosen.append(item[1])
    return chosen


def _richness(graph: str, blocks: list[list[Quad]]) -> tuple[int, bool, int]:
    return _rank(graph), len(blocks[-1]) < 2, max(0, len(blocks[-1]) - _LONGEST)


def _example(blocks: Iterable[list[Quad]]) -> Example:
    writer, graphs, left_out = Writer(), [], 0
    for quads in blocks:
        ordered = sorted(
            quads, key=lambda q: (q.predicate.value != RDF_TYPE, q.predicate.value, term_key(q.object))
        )
        name = graph_of(ordered[0])
        left_out += max(0, len(ordered) - _LONGEST)
        writer.triples(ordered[:_LONGEST], graph=name)
        graphs.append(name)
    text = writer.text()
    body = text.partition("\n\n")[2] if text.startswith("@prefix") else text
    return Example(body.rstrip("\n"), graphs, left_out)


def _fit(quads: list[Quad], kinds: set[str]) -> tuple:
    """How well the facts of one passage would show a thing: more than one, with its class, and not too many."""
    few, long = len(quads) < 2, max(0, len(quads) - _LONGEST)
    return few, not _says(quads, kinds), long, natural(graph_of(quads[0]))


def _rank(graph: str) -> int:
    if is_passage(graph):
        return 0
    return 1 if kind_of(graph) == "reading" else _RANK.get(graph, len(_RANK) + 2)


def _document(graph: str) -> str:
    return graph.rpartition("/")[2].partition(".")[0]
