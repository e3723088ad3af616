"""The graph as a reasoner sees it: one OWL 2 DL ontology in N-Triples.

Five things differ from the release:

- named graphs are gone: who states a fact does not matter to what follows from it;
- nodes of lists and restrictions are blank, as OWL 2 wants them (Mapping to RDF Graphs, 3.2); the release
  has IRIs there (RDF 1.1 Concepts, 3.5: skolemisation);
- the number of a cardinality becomes an ``xsd:nonNegativeInteger`` (3.1); the release has an ``xsd:integer``
  there, which no store rewrites;
- ``xsd:date`` becomes ``xsd:dateTime`` at midnight and a partial date a string, since the datatype map of
  OWL 2 (Structural Specification, 4) has no dates; equal dates stay equal, different ones different;
- things of the kinds in :data:`DISTINCT` are said to be different from each other, unless a link of likely
  or possible identity says that they may not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of

#: Kinds in which two nodes are never one thing: closed lists, and what the graph tells apart on purpose.
DISTINCT = (
    "area", "basis", "document", "force", "frequency", "genre", "grade", "kind", "office", "person", "phase",
    "state", "status",
)  # fmt: skip

_TYPE = NamedNode(RDF_TYPE)
_DATE, _DATE_TIME, _NATURAL = (NamedNode(XSD + name) for name in ("date", "dateTime", "nonNegativeInteger"))
_CARDINALITIES = {NamedNode(expand(f"owl:{name}ardinality")) for name in ("c", "minC", "maxC")}
_PARTIAL = {XSD + name for name in ("gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay")}
_UNNAMED = {NamedNode(expand(name)) for name in ("rdf:List", "owl:Restriction")}
_MAYBE = {NamedNode(expand(name)) for name in ("ukj:likelySameAs", "ukj:possiblySameAs")}


def view(quads: Iterable[Quad]) -> str:
    """``quads`` as an OWL 2 DL ontology: sorted N-Triples, each once."""
    triples = {quad.triple for quad in quads}
    unnamed = {
        t.subject: BlankNode(t.subject.value.removeprefix(PREFIXES["axiom"]).replace("-", "_"))
        for t in triples
        if t.predicate == _TYPE and t.object in _UNNAMED
    }
    seen = {
        Triple(
            unnamed.get(t.subject, t.subject),
            t.predicate,
            _value(t.predicate, unnamed.get(t.object, t.object)),
        )
        for t in triples
    }
    return "".join(sorted(f"{triple} .\n" for triple in seen | set(_different(triples))))


def _value(predicate: NamedNode, term: object) -> object:
    if not isinstance(term, Literal):
        return term
    if predicate in _CARDINALITIES:
        return Literal(term.value, datatype=_NATURAL)
    if term.datatype == _DATE:
        return Literal(f"{term.value}T00:00:00", datatype=_DATE_TIME)
    return Literal(term.value) if term.datatype.value in _PARTIAL else term


def distinct(triples: set[Triple]) -> dict[str, list[NamedNode]]:
    """By kind of :data:`DISTINCT`, sorted, the things that are surely different from each other."""
    doubtful = {term for t in triples if t.predicate in _MAYBE for term in (t.subject, t.object)}
    found: dict[str, list[NamedNode]] = {}
    for thing in sorted({t.subject for t in triples if t.predicate == _TYPE} - doubtful, key=str):
        kind = kind_of(getattr(thing, "value", ""))
        if kind in DISTINCT:
            found.setdefault(kind, []).append(thing)
    return found


def _different(triples: set[Triple]) -> Iterator[Triple]:
    """Axioms of difference (Mapping to RDF Graphs, 2.1, DifferentIndividuals)."""
    for kind, things in distinct(triples).items():
        if len(things) < 2:
            continue
        axiom, nodes = BlankNode(f"different_{kind}"), [BlankNode(f"{kind}_{i}") for i in range(len(things))]
        yield Triple(axiom, _TYPE, _term("owl:AllDifferent"))
        yield Triple(axiom, _term("owl:distinctMembers"), nodes[0])
        for node, thing, rest in zip(nodes, things, [*nodes[1:], _term("rdf:nil")], strict=True):
            yield Triple(node, _TYPE, _term("rdf:List"))
            yield Triple(node, _term("rdf:first"), thing)
            yield Triple(node, _term("rdf:rest"), rest)


def _term(name: str) -> NamedNode:
    return NamedNode(expand(name))
