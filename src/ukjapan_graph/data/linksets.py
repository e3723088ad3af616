"""The links described: a linkset of VoID for each neighbour and mapping property, and the neighbours themselves.

A linkset is ``dataset:links-<neighbour>-<property>``, a neighbour ``dataset:<neighbour>`` (VoID, 5: Describing
linksets). Counts are of accepted mappings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.links import LINKS, PREDICATES
from ukjapan_graph.data.neighbours import NEIGHBOURS, neighbour_of
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.namespaces import PREFIXES, expand

_MATCHES = {expand(name) for name in PREDICATES}


def linksets(quads: Iterable[Quad], dataset: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """The linksets of ``dataset`` and the neighbours they lead to, as quads of ``graph``."""
    triples = {quad.triple for quad in quads if quad.graph_name == LINKS and quad.predicate.value in _MATCHES}
    counts = Counter(
        (neighbour.name, triple.predicate)
        for triple in triples
        if (neighbour := neighbour_of(triple.object.value))
    )

    def quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(expand(predicate) or predicate), value, graph)

    for (name, predicate), count in counts.items():
        node = NamedNode(f"{PREFIXES['dataset']}links-{name}-{predicate.value.rpartition('#')[2]}")
        yield quad(dataset, "void:subset", node)
        yield quad(node, RDF_TYPE, NamedNode(expand("void:Linkset")))
        yield quad(node, "void:subjectsTarget", dataset)
        yield quad(node, "void:objectsTarget", NamedNode(PREFIXES["dataset"] + name))
        yield quad(node, "void:linkPredicate", predicate)
        yield quad(node, "void:triples", Literal(str(count), datatype=NamedNode(XSD + "integer")))
    for name in {
        quad.object.value.rpartition("/")[2] for quad in quads if _is_source(quad)
    } & NEIGHBOURS.keys():
        neighbour = NEIGHBOURS[name]
        node = NamedNode(PREFIXES["dataset"] + name)
        yield quad(node, RDF_TYPE, NamedNode(expand("void:Dataset")))
        yield quad(node, "dcterms:title", Literal(neighbour.title, language="en"))
        yield quad(node, "foaf:homepage", NamedNode(neighbour.home))
        yield quad(node, "void:uriSpace", Literal(neighbour.space))


def _is_source(quad: Quad) -> bool:
    return quad.graph_name == LINKS and quad.predicate.value == expand("sssom:object_source")
