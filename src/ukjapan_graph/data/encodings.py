"""The same statements and who makes them, without named graphs, or with more of them, for tools that want that.

Each encoding keeps the plain triples and says of each in which graphs (passages, readings …) it stands:

``reified``    RDF 1.1 N-Triples: an ``rdf:Statement`` for each triple, ``dcterms:isPartOf`` its graphs
``annotated``  RDF 1.2 N-Triples: a reifier for each triple (``rdf:reifies`` a triple term), likewise
``nanopubs``   TriG: a nanopublication for each graph, with that graph's triples as its assertion

Names of statements and reifiers are made from the triple, so that the same triple has the same name each time,
and nothing is a blank node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode, Quad

from ukjapan_graph.data.literals import n_triples
from ukjapan_graph.namespaces import BASE, PREFIXES

STATEMENT = "urn:ukjapan:statement:"
NANOPUB = BASE + "np/"
_RDF = PREFIXES["rdf"]
_PART = f"<{PREFIXES['dcterms']}isPartOf>"
_NP, _PROV = "http://www.nanopub.org/nschema#", "http://www.w3.org/ns/prov#"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def reified(quads: Iterable[Quad]) -> str:
    """Standard reification (RDF 1.1 Semantics, D.1), sorted N-Triples."""

    def about(node: str, quad: Quad) -> list[str]:
        return [
            f"{node} <{_RDF}type> <{_RDF}Statement> .",
            f"{node} <{_RDF}subject> {quad.subject} .",
            f"{node} <{_RDF}predicate> {quad.predicate} .",
            f"{node} <{_RDF}object> {n_triples(quad.object)} .",
        ]

    return _triples(quads, about)


def annotated(quads: Iterable[Quad]) -> str:
    """Triple terms and reifiers (RDF 1.2 Concepts, 3.1 and N-Triples, 2.7), sorted N-Triples.

    In Turtle 1.2 the same is written ``s p o ~ reifier {| dcterms:isPartOf graph |}``.
    """

    def about(node: str, quad: Quad) -> list[str]:
        return [f"{node} <{_RDF}reifies> {n_triples(quad.triple)} ."]

    return _triples(quads, about)


def nanopubs(quads: Iterable[Quad]) -> str:
    """Nanopublications (Nanopublication Guidelines, 10 May 2018), as TriG, sorted by graph and triple.

    A graph's assertion is derived from the graph, that is from the passage that states it. They are neither
    signed nor dated: a date would be that of the export, not of what is said.
    """
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    blocks: dict[str, set[str]] = {}
    for graph, members in graphs.items():
        home = NANOPUB + hashlib.sha256(graph.encode()).hexdigest()[:32]
        node = f"<{home}>"
        head, assertion, provenance, info = (
            f"<{home}#{part}>" for part in ("head", "assertion", "provenance", "info")
        )
        blocks[head] = {
            f"{node} <{_RDF}type> <{_NP}Nanopublication> .",
            f"{node} <{_NP}hasAssertion> {assertion} .",
            f"{node} <{_NP}hasProvenance> {provenance} .",
            f"{node} <{_NP}hasPublicationInfo> {info} .",
        }
        blocks[assertion] = {f"{q.subject} {q.predicate} {n_triples(q.object)} ." for q in members}
        blocks[provenance] = {f"{assertion} <{_PROV}wasDerivedFrom> <{graph}> ."}
        blocks[info] = {
            f"{node} <{PREFIXES['dcterms']}license> <{_LICENCE}> .",
            f"{node} <{_PROV}wasAttributedTo> <{BASE}> .",
        }
    texts = (
        f"{name} {{\n" + "".join(f"  {line}\n" for line in sorted(lines)) + "}\n"
        for name, lines in sorted(blocks.items())
    )
    return "\n".join(texts)


ENCODINGS: dict[str, Callable[[Iterable[Quad]], str]] = {
    "reified": reified,
    "annotated": annotated,
    "nanopubs": nanopubs,
}


def _triples(quads: Iterable[Quad], about: Callable[[str, Quad], list[str]]) -> str:
    """Each triple, what ``about`` says of it under the name of its statement, and the graphs it is part of."""
    lines = set()
    for quad in quads:
        text = f"{quad.subject} {quad.predicate} {n_triples(quad.object)}"
        node = NamedNode(STATEMENT + hashlib.sha256(text.encode()).hexdigest()[:32])
        lines |= {f"{text} .", *about(str(node), quad), f"{node} {_PART} {quad.graph_name} ."}
    return "".join(f"{line}\n" for line in sorted(lines))
