"""How the terms stand to those of neighbouring vocabularies."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.publishing.material import Index

#: How a term of ours stands to one of a neighbour, in words.
TIES = {
    PREFIXES["rdfs"] + "subClassOf": "is a kind of",
    PREFIXES["rdfs"] + "subPropertyOf": "is a narrower property than",
    PREFIXES["owl"] + "equivalentClass": "is the same class as",
    PREFIXES["owl"] + "equivalentProperty": "is the same property as",
    PREFIXES["skos"] + "exactMatch": "is the same as",
    PREFIXES["skos"] + "closeMatch": "is close to",
    PREFIXES["skos"] + "broadMatch": "is narrower than",
    PREFIXES["skos"] + "narrowMatch": "is broader than",
    PREFIXES["skos"] + "relatedMatch": "is related to",
}


class Neighbour(NamedTuple):
    """An alignment: stem of its file, title, and (term, tie, outside term)."""

    name: str
    title: str
    ties: list[tuple[str, str, str]]


def neighbours(alignments: dict[str, Index]) -> list[Neighbour]:
    """Each alignment, by the name of its file."""
    found = []
    for name, index in alignments.items():
        iri = next(iter(index.things("owl:Ontology")), "")
        ties = {
            (quad.subject.value, quad.predicate.value, quad.object.value)
            for quad in index.quads
            if quad.subject.value.startswith(PREFIXES["ukj"]) and isinstance(quad.object, NamedNode)
        }
        found.append(Neighbour(name, index.text(iri, "dcterms:title") or name, sorted(ties)))
    return found
