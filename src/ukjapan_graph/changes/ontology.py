"""``graph:ontology`` of a release, taken apart into terms, axioms and annotations.

A term is a class, a property or an individual that ``graph:ontology`` gives a type, or a rule. What it says
of a term with an annotation property (OWL 2 Structural Specification, 5.5 and 10: the built-in ones, and
those it declares) is an annotation; all else is an axiom. Nodes of lists and restrictions are no terms: they
are read where an axiom uses them, so what they are called does not matter.
"""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.changes.release import ONTOLOGY, Release, Term
from ukjapan_graph.changes.words import WORDS
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.namespaces import PREFIXES, is_ours, shorten

_OWL, _RDF, _SH = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["sh"]
_ANNOTATION_PROPERTY = _OWL + "AnnotationProperty"
_BUILT_IN = {PREFIXES["rdfs"] + "isDefinedBy"} | {
    _OWL + name
    for name in (
        "backwardCompatibleWith", "deprecated", "incompatibleWith", "priorVersion", "versionIRI", "versionInfo",
    )
}  # fmt: skip
_ANNOTATING = ("dcterms", "sh", "vann")  # namespaces that describe, and entail nothing
_STRUCTURE = {_RDF + "List", _OWL + "Restriction"}
_PREFIX = _SH + "PrefixDeclaration"
_STRUCTURAL = {_RDF + "first", _RDF + "rest", _OWL + "onProperty", _OWL + "hasSelf"}
_SYMMETRIC = {
    _OWL + name
    for name in ("disjointWith", "equivalentClass", "equivalentProperty", "inverseOf", "propertyDisjointWith")
}
CONSTRUCT = _SH + "construct"
_RULE = _SH + "SPARQLRule"
_PLAIN = ("xsd:string", "xsd:boolean", "xsd:integer", "xsd:nonNegativeInteger")


class Ontology:
    """``graph:ontology`` of a release, taken apart."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.quads: list[Quad] = release.graphs.get(ONTOLOGY, [])
        self.types: dict[str, set[str]] = {}
        self.told: dict[str, list[tuple[str, Term]]] = {}
        for quad in self.quads:
            subject = quad.subject.value
            self.told.setdefault(subject, []).append((quad.predicate.value, quad.object))
            if quad.predicate.value == RDF_TYPE:
                self.types.setdefault(subject, set()).add(quad.object.value)

    @cached_property
    def terms(self) -> dict[str, str]:
        """Kind of each term, by IRI."""
        return {
            iri: self._kind(iri, types)
            for iri, types in self.types.items()
            if not types & _STRUCTURE or (_OWL + "Class" in types and is_ours(iri))
        }

    def is_annotation(self, predicate: str) -> bool:
        """Whether the property with this IRI annotates and says nothing that could entail anything."""
        return (
            predicate in WORDS
            or predicate in _BUILT_IN
            or _ANNOTATION_PROPERTY in self.types.get(predicate, ())
            or any(predicate.startswith(PREFIXES[prefix]) for prefix in _ANNOTATING)
        )

    @property
    def carries_rules(self) -> bool:
        """Whether the release itself holds its rules of entailment."""
        return any(quad.predicate.value == CONSTRUCT for quad in self.quads)

    def axioms(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """Each axiom (term, property, what is said, as text) with the IRIs of the terms it names."""
        found = {}
        for quad in self.quads:
            subject, predicate = quad.subject.value, quad.predicate.value
            if subject not in self.terms or self.is_annotation(predicate):
                continue
            if predicate in _SYMMETRIC and isinstance(quad.object, NamedNode):
                subject, value = sorted((subject, quad.object.value))
                text, named = self._expand(NamedNode(value), frozenset())
            else:
                text, named = self._expand(quad.object, frozenset())
            found[subject, predicate, text] = frozenset((subject, *named))
        return found

    def annotations(self) -> set[tuple[str, str, str]]:
        """Each annotation: term, property, value as text. Texts of rules are left to :meth:`rules`."""
        return {
            (quad.subject.value, quad.predicate.value, self._expand(quad.object, frozenset())[0])
            for quad in self.quads
            if self.is_annotation(quad.predicate.value) and quad.predicate.value != CONSTRUCT
        }

    def _kind(self, iri: str, types: set[str]) -> str:
        if _OWL + "Ontology" in types:
            return "ontology"
        if not is_ours(iri):
            return "outside term"
        if iri.startswith(PREFIXES["axiom"]):
            return "helper"
        if _RULE in types or _PREFIX in types:
            return "rule" if _RULE in types else "prefix"
        if _OWL + "Class" in types:
            return "class"
        return "property" if any(kind.endswith("Property") for kind in types) else "individual"

    def _expand(self, term: Term, seen: frozenset[str]) -> tuple[str, set[str]]:
        """``term`` as text, lists and restrictions written out, and the IRIs it names."""
        if isinstance(term, Literal):
            return _text(term), set()
        iri = term.value
        if iri in self.terms or iri in seen or iri not in self.told:
            return shorten(iri), {iri}
        parts, named = [], set()
        for predicate, value in sorted(self.told[iri], key=_part_order):
            if predicate in _STRUCTURAL or predicate.startswith(_OWL):
                text, more = self._expand(value, seen | {iri})
                named |= more
                plain = predicate.startswith(_RDF)
                parts.append(text if plain else f"{shorten(predicate).partition(':')[2]} {text}")
        return f"({' '.join(part for part in parts if part != 'rdf:nil')})", named


def _part_order(told: tuple[str, Term]) -> tuple[bool, str, str]:
    """A restriction names its property first."""
    return told[0] != _OWL + "onProperty", told[0], str(told[1])


def _text(term: Literal) -> str:
    if term.language:
        return term.value if term.language == "en" else f"{term.value} ({term.language})"
    datatype = shorten(term.datatype.value)
    return term.value if datatype in _PLAIN else f"{term.value}^^{datatype}"
