"""All there is to say of each term of the ontology, gathered from wherever it is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.data.rules import Pattern
from ukjapan_graph.data.turtle import RDF_TYPE, natural
from ukjapan_graph.namespaces import PREFIXES, is_ours, kind_of, shorten
from ukjapan_graph.publishing import axioms
from ukjapan_graph.publishing.links import anchor, names_in
from ukjapan_graph.publishing.material import Index, Material, full
from ukjapan_graph.publishing.phrases import Phrase
from ukjapan_graph.publishing.use import Use, use

#: Kind of term, by its type, in the order of the pages.
KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "data property",
    "owl:AnnotationProperty": "annotation property",
}
_TOLD = {
    RDF_TYPE,
    *map(
        full,
        (
            "rdfs:label", "rdfs:isDefinedBy", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain",
            "rdfs:range", "skos:definition", "skos:scopeNote", "skos:example", "dcterms:source",
            "owl:disjointWith", "owl:propertyChainAxiom", "owl:inverseOf", "owl:deprecated",
        ),
    ),
}  # fmt: skip


class Disjointness(NamedTuple):
    """With which classes a class shares nothing.

    :ivar apart: those it shares no member with
    :ivar open: those that are neither apart nor broader nor narrower: a thing may be of both
    """

    apart: list[str]
    open: list[str]


class Term(NamedTuple):
    """One class or property of the ontology, with all that is said of it; names are IRIs.

    :ivar kind: a value of :data:`KINDS`
    :ivar label: its English label
    :ivar others: its further labels, in whatever language
    :ivar subject: stem of the file that defines it, or ""
    :ivar supers: broader classes or properties, or class expressions, each as a phrase
    :ivar starts: for a class, properties whose domain it is; ``ends``: whose range it is
    :ivar inherits: for a class, each broader class with the properties whose domain it is
    :ivar seen: for a class, further properties of ours that its things have in the release
    :ivar traits: characteristics, each with what it means
    :ivar more: any further axiom: its property, and its values as phrases
    :ivar made_by: names of rules that conclude it; ``read_by``: that ask for it
    :ivar alignments: (property, outside term) from the alignments
    :ivar silences: silences about it
    """

    iri: str
    name: str
    anchor: str
    kind: str
    label: str
    others: list[Literal]
    definition: list[Literal]
    notes: list[Literal]
    examples: list[Literal]
    subject: str
    sources: list[str]
    supers: list[Phrase]
    subs: list[str]
    domain: list[Phrase]
    range: list[Phrase]
    starts: list[str]
    ends: list[str]
    inherits: list[tuple[str, list[str]]]
    seen: list[str]
    traits: list[tuple[str, str]]
    inverses: list[str]
    chains: list[Phrase]
    disjoint: Disjointness
    more: list[tuple[str, list[Phrase]]]
    use: Use
    made_by: list[str]
    read_by: list[str]
    queries: list[str]
    alignments: list[tuple[str, str]]
    silences: list[str]


def kind_of_term(ontology: Index, iri: str) -> str:
    """What kind of term ``iri`` is: a value of :data:`KINDS`, or ""."""
    types = ontology.iris(iri, RDF_TYPE)
    return next((kind for name, kind in KINDS.items() if full(name) in types), "")


def term_iris(ontology: Index) -> list[str]:
    """The terms in our own namespace, by name."""
    typed = {iri for name in KINDS for iri in ontology.things(name)}
    return sorted((iri for iri in typed if iri.startswith(PREFIXES["ukj"])), key=_by_name)


def foreign_terms(ontology: Index) -> list[tuple[str, str]]:
    """Terms of others that the ontology declares, each with its kind."""
    typed = {iri for name in KINDS for iri in ontology.things(name)}
    typed = {iri for iri in typed if not is_ours(iri)}
    return [(iri, kind_of_term(ontology, iri)) for iri in sorted(typed, key=natural)]


def terms(material: Material) -> list[Term]:
    """Every term in our own namespace, by name."""
    asked = {query.name: names_in(query.text) for query in material.queries}
    rules = {rule.name: (_named([rule.head]), _named(rule.body)) for rule in material.rules}
    homes = {iri: stem for stem, iris in material.subjects.items() for iri in iris}
    ours = term_iris(material.ontology)
    classes = [iri for iri in ours if kind_of_term(material.ontology, iri) == "class"]
    return [_term(material, iri, classes, homes.get(iri, ""), asked, rules) for iri in ours]


def _term(
    material: Material,
    iri: str,
    classes: list[str],
    subject: str,
    asked: dict[str, set[str]],
    rules: dict[str, tuple[set[str], set[str]]],
) -> Term:
    ontology = material.ontology
    kind = kind_of_term(ontology, iri)
    above = "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
    labels = ontology.texts(iri, "rdfs:label")
    starts = _properties(ontology, "rdfs:domain", iri)
    inherits = _inherited(ontology, iri) if kind == "class" else []
    known = {*starts, *(prop for _, props in inherits for prop in props)}
    return Term(
        iri=iri,
        name=shorten(iri),
        anchor=anchor(iri),
        kind=kind,
        label=labels[0].value if labels else anchor(iri),
        others=labels[1:],
        definition=ontology.texts(iri, "skos:definition"),
        notes=ontology.texts(iri, "skos:scopeNote"),
        examples=ontology.texts(iri, "skos:example"),
        subject=subject,
        sources=ontology.iris(iri, "dcterms:source"),
        supers=axioms.expressions(ontology, iri, above),
        subs=[other for other in ontology.subjects(above, iri) if kind_of_term(ontology, other)],
        domain=axioms.expressions(ontology, iri, "rdfs:domain"),
        range=axioms.expressions(ontology, iri, "rdfs:range"),
        starts=starts,
        ends=_properties(ontology, "rdfs:range", iri),
        inherits=inherits,
        seen=sorted(_seen(material.graph, iri) - known, key=_by_name) if kind == "class" else [],
        traits=_traits(ontology, iri),
        inverses=sorted({*ontology.iris(iri, "owl:inverseOf"), *_named_inverses(ontology, iri)}),
        chains=axioms.chains(ontology, iri),
        disjoint=_disjointness(ontology, iri, classes) if kind == "class" else Disjointness([], []),
        more=[
            (predicate, axioms.expressions(ontology, iri, predicate))
            for predicate in sorted(ontology.about(iri))
            if predicate not in _TOLD
        ],
        use=use(material.graph, iri, kind),
        made_by=[name for name, (made, _) in rules.items() if iri in made],
        read_by=[name for name, (_, read) in rules.items() if iri in read],
        queries=[name for name, names in asked.items() if iri in names],
        alignments=_alignments(material.alignments.values(), iri),
        silences=[s for s in material.graph.subjects("ukj:predicate", iri) if kind_of(s) == "silence"],
    )


def _properties(ontology: Index, predicate: str, iri: str) -> list[str]:
    found = (other for other in ontology.subjects(predicate, iri) if kind_of_term(ontology, other))
    return sorted(found, key=_by_name)


def _inherited(ontology: Index, iri: str) -> list[tuple[str, list[str]]]:
    broader = sorted(axioms.ancestors(ontology, iri) - {iri}, key=_by_name)
    found = ((other, _properties(ontology, "rdfs:domain", other)) for other in broader)
    return [(other, properties) for other, properties in found if properties]


def _seen(graph: Index, iri: str) -> set[str]:
    """Properties of ours that things of the class ``iri`` have."""
    things = {quad.subject.value for quad in graph.pointing(RDF_TYPE, iri)}
    return {name for thing in things for name in graph.about(thing) if name.startswith(PREFIXES["ukj"])}


def _named_inverses(ontology: Index, iri: str) -> list[str]:
    # A node of ours that is no term is an expression: the way back, as a step of a chain.
    found = ontology.subjects("owl:inverseOf", iri)
    return [other for other in found if other.startswith(PREFIXES["ukj"]) or not is_ours(other)]


def _disjointness(ontology: Index, iri: str, classes: list[str]) -> Disjointness:
    apart = axioms.disjoint_with(ontology, iri)
    above = axioms.ancestors(ontology, iri)
    kin = {other for other in classes if iri in axioms.ancestors(ontology, other)} | above | {iri}
    return Disjointness(
        sorted(apart, key=_by_name), [other for other in classes if other not in apart and other not in kin]
    )


def _alignments(files: Iterable[Index], iri: str) -> list[tuple[str, str]]:
    found = {
        (quad.predicate.value, quad.object.value)
        for index in files
        for quads in index.about(iri).values()
        for quad in quads
        if isinstance(quad.object, NamedNode)
    }
    return sorted(found)


def _named(patterns: Iterable[Pattern]) -> set[str]:
    """The IRIs in ``patterns``, which are the head or the body of a rule."""
    return {term.value for pattern in patterns for term in pattern if isinstance(term, NamedNode)}


def _traits(ontology: Index, iri: str) -> list[tuple[str, str]]:
    types = ontology.iris(iri, RDF_TYPE)
    found = [axioms.CHARACTERISTICS[name] for name in types if name in axioms.CHARACTERISTICS]
    if any(value.value in ("true", "1") for value in ontology.values(iri, "owl:deprecated")):
        found.append(axioms.DEPRECATED)
    return list(dict.fromkeys(found))


def _by_name(iri: str) -> tuple:
    local = anchor(iri)
    return local.lower(), local, iri
