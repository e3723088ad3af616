"""What the ontology says of a term beyond its place among the others, in words.

The terms are those of the OWL 2 Web Ontology Language (Mapping to RDF Graphs, W3C Recommendation of 2012);
lists and class expressions are named nodes here, since the project has no blank nodes.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.namespaces import PREFIXES, is_ours
from ukjapan_graph.publishing.material import Index
from ukjapan_graph.publishing.phrases import Phrase, Ref, listing

_OWL = PREFIXES["owl"]
_NIL = PREFIXES["rdf"] + "nil"

#: What a term that is not to be used any more is called, with what it means; ``owl:deprecated`` says it too.
DEPRECATED = ("deprecated", "do not use it in new data")

#: Characteristics of properties, with what each means for a reader.
CHARACTERISTICS = {
    _OWL + "FunctionalProperty": ("functional", "a thing has at most one value"),
    _OWL + "InverseFunctionalProperty": ("inverse functional", "a value belongs to at most one thing"),
    _OWL + "TransitiveProperty": ("transitive", "what holds from a to b and from b to c holds from a to c"),
    _OWL + "SymmetricProperty": ("symmetric", "it holds both ways or not at all"),
    _OWL + "AsymmetricProperty": ("asymmetric", "it never holds both ways"),
    _OWL + "ReflexiveProperty": ("reflexive", "everything has it to itself"),
    _OWL + "IrreflexiveProperty": ("irreflexive", "nothing has it to itself"),
    _OWL + "DeprecatedClass": DEPRECATED,
    _OWL + "DeprecatedProperty": DEPRECATED,
}
_QUANTIFIERS = {
    "someValuesFrom": "at least one value is ",
    "hasValue": "one value is ",
}
_CARDINALITIES = {
    "minCardinality": "at least", "maxCardinality": "at most", "cardinality": "exactly",
    "minQualifiedCardinality": "at least", "maxQualifiedCardinality": "at most",
    "qualifiedCardinality": "exactly",
}  # fmt: skip


def members(graph: Index, head: str) -> list[NamedNode | Literal]:
    """The members of the RDF list that starts at ``head``, as far as it is one."""
    found, seen = [], set()
    while head and head != _NIL and head not in seen:
        seen.add(head)
        found += graph.values(head, "rdf:first")[:1]
        head = next(iter(graph.iris(head, "rdf:rest")), "")
    return found


def chains(graph: Index, iri: str) -> list[Phrase]:
    """Each property chain of the property ``iri`` (``owl:propertyChainAxiom``) as ``a ∘ b⁻ ∘ c``.

    The chain is followed from left to right; a step marked ⁻ is followed backwards.
    """
    found = []
    for head in graph.iris(iri, "owl:propertyChainAxiom"):
        steps = [_step(graph, term.value) for term in members(graph, head)]
        phrase: Phrase = []
        for number, step in enumerate(steps):
            phrase += ([" ∘ "] if number else []) + step
        if phrase:
            found.append(phrase)
    return found


def _step(graph: Index, iri: str) -> Phrase:
    inverse = graph.iris(iri, "owl:inverseOf")
    # A term that has an inverse is itself; any other node of ours stands for the way back.
    backwards = inverse and is_ours(iri) and not iri.startswith(PREFIXES["ukj"])
    return [Ref(inverse[0]), "⁻"] if backwards else [Ref(iri)]


def expression(graph: Index, term: NamedNode | Literal, *, depth: int = 6) -> Phrase:
    """A class, data range or individual in words; ``depth`` bounds how far expressions nest."""
    if isinstance(term, Literal):
        return [f"“{term.value}”"]
    iri = term.value
    for name, joint in (("unionOf", "or"), ("intersectionOf", "and"), ("oneOf", "or")):
        for head in graph.iris(iri, _OWL + name) if depth else ():
            parts = members(graph, head)
            if len(parts) == 1:
                return expression(graph, parts[0], depth=depth - 1)
            return listing([_part(graph, one, depth - 1) for one in parts], joint) or [Ref(iri)]
    for other in graph.iris(iri, "owl:complementOf") if depth else ():
        return ["not ", *_part(graph, NamedNode(other), depth - 1)]
    for other in graph.iris(iri, "owl:onProperty") if depth else ():
        return _restriction(graph, iri, other, depth)
    return [Ref(iri)]


def expressions(graph: Index, iri: str, predicate: str) -> list[Phrase]:
    """The values of ``predicate`` in words; those of several words in brackets where there is more than one."""
    values = graph.values(iri, predicate)
    return (
        [expression(graph, one) for one in values] if len(values) < 2 else [_part(graph, v) for v in values]
    )


def _part(graph: Index, term: NamedNode | Literal, depth: int = 6) -> Phrase:
    """An expression within another: without brackets “not A or B” could be read in two ways."""
    words = expression(graph, term, depth=depth)
    return words if len(words) == 1 else ["(", *words, ")"]


def _restriction(graph: Index, iri: str, on: str, depth: int) -> Phrase:
    step = _step(graph, on)
    where: Phrase = ["whatever has ", *step, " such that "]
    # What has no value at all satisfies these two, so they must not sound as if there were one.
    for value in graph.values(iri, "owl:allValuesFrom"):
        return ["whatever has no value of ", *step, " that is not ", *_part(graph, value, depth - 1)]
    for name, words in _CARDINALITIES.items():
        for count in graph.values(iri, _OWL + name):
            kinds = graph.values(iri, "owl:onClass") or graph.values(iri, "owl:onDataRange")
            of = [" of the kind ", *_part(graph, kinds[0], depth - 1)] if kinds else []
            values = "value" if count.value == "1" else "values"
            return [f"whatever has {words} {count.value} {values} of ", *step, *of]
    for name, words in _QUANTIFIERS.items():
        for value in graph.values(iri, _OWL + name):
            return [*where, words, *expression(graph, value, depth=depth - 1)]
    if graph.values(iri, "owl:hasSelf"):
        return [*where, "it points to the thing itself"]
    return [*where, "it is as the axiom says"]


def ancestors(graph: Index, iri: str, predicate: str = "rdfs:subClassOf") -> set[str]:
    """Whatever is reached from ``iri`` over ``predicate``, itself not unless in a circle."""
    found: set[str] = set()
    waiting = graph.iris(iri, predicate)
    while waiting:
        next_one = waiting.pop()
        if next_one not in found:
            found.add(next_one)
            waiting += graph.iris(next_one, predicate)
    return found


def disjoint_with(graph: Index, iri: str) -> set[str]:
    """Classes that share no member with the class ``iri``: stated, or because broader ones share none.

    Read from ``owl:disjointWith`` both ways, and from ``owl:AllDisjointClasses``.
    """
    found: set[str] = set()
    for one in {iri, *ancestors(graph, iri)}:
        stated = {*graph.iris(one, "owl:disjointWith"), *graph.subjects("owl:disjointWith", one)}
        for axiom in graph.things("owl:AllDisjointClasses"):
            group = {term.value for head in graph.iris(axiom, "owl:members") for term in members(graph, head)}
            stated |= group - {one} if one in group else set()
        found |= stated
    narrower = {other for other in graph.things("owl:Class") if not found.isdisjoint(ancestors(graph, other))}
    return (found | narrower) - {iri}
