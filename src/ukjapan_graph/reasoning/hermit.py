"""HermiT over the OWL API: consistency, classes, entailments, profiles. Runs beside a Java machine.

Axioms are told in functional-style syntax (OWL 2 Structural Specification).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.reasoning import java
from ukjapan_graph.reasoning.clash import minimal, minimal_in_groups

#: An individual that no graph has, to ask whether a class can have one.
_SOMETHING = "https://w3id.org/ukjapan/axiom/something"


class Ontology:
    """An ontology with the means to reason over it; a Java machine must be running (:func:`java.start`).

    :param text: N-Triples
    """

    def __init__(self, text: str) -> None:
        self._api = java.classes("org.semanticweb.owlapi.model")
        self._set = java.classes("java.util").HashSet
        self._manager = java.classes("org.semanticweb.owlapi.apibinding").OWLManager
        source = java.classes("org.semanticweb.owlapi.io").StringDocumentSource(text)
        self.owl = self._manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(source)

    def size(self) -> dict[str, int]:
        """Numbers of logical axioms, classes, properties and individuals."""
        owl = self.owl
        return {
            "axioms": owl.getLogicalAxiomCount(),
            "classes": owl.getClassesInSignature().size(),
            "properties": owl.getObjectPropertiesInSignature().size()
            + owl.getDataPropertiesInSignature().size(),
            "individuals": owl.getIndividualsInSignature().size(),
        }

    def violations(self, profile: str) -> list[str]:
        """What of the ontology lies outside the OWL 2 profile DL, EL, QL or RL (OWL 2 Profiles); sorted."""
        checker = getattr(java.classes("org.semanticweb.owlapi.profiles"), f"OWL2{profile}Profile")()
        return sorted({str(violation) for violation in checker.checkOntology(self.owl).getViolations()})

    def is_consistent(self) -> bool:
        """Whether all of it can be true at once."""
        return self._mine.isConsistent()

    def clashes(self, most: int = 5) -> list[list[str]]:
        """Smallest sets of axioms that cannot all be true, up to ``most``, no two with a statement in common.

        Of a consistent ontology, none.
        """
        found: list[list[str]] = []
        left = self._logical()
        while len(found) < most and self._clashes(left):
            few = self._minimal(left)
            found.append(list(map(str, few)))
            facts = [axiom for axiom in few if self._focus(axiom)] or few
            left = [axiom for axiom in left if axiom not in facts]
        return found

    def unsatisfiable(self) -> dict[str, list[str]]:
        """Each class that can have no member, with a smallest set of axioms that makes it so.

        The ontology is consistent.
        """
        factory = self._manager.getOWLDataFactory()
        something = factory.getOWLNamedIndividual(self._api.IRI.create(_SOMETHING))
        empty = sorted((c for c in self._mine.getUnsatisfiableClasses() if not c.isOWLNothing()), key=str)
        axioms = self._logical() if empty else []
        return {
            str(c.getIRI()): list(
                map(str, self._minimal(axioms, [factory.getOWLClassAssertionAxiom(c, something)]))
            )
            for c in empty
        }

    def empty(self, names: Iterable[str]) -> list[str]:
        """Those of the classes with the IRIs ``names`` that can have no member, in the order given.

        The ontology is consistent.
        """
        reasoner, factory = self._mine, self._manager.getOWLDataFactory()
        return [
            name
            for name in names
            if not reasoner.isSatisfiable(factory.getOWLClass(self._api.IRI.create(name)))
        ]

    def entailments(self) -> Iterator[tuple[str, str, str]]:
        """Every type and every object property of a named thing that follows, as triples of IRIs.

        owl:Thing and owl:topObjectProperty are left out.
        """
        reasoner = self._mine
        for thing in self.owl.getIndividualsInSignature():
            for kind in reasoner.getTypes(thing, False).getFlattened():
                if not kind.isOWLThing():
                    yield str(thing.getIRI()), RDF_TYPE, str(kind.getIRI())
        for link in self.owl.getObjectPropertiesInSignature():
            if link.isOWLTopObjectProperty() or link.isOWLBottomObjectProperty():
                continue
            instances = reasoner.getObjectPropertyInstances(link)
            for thing in instances.keySet():
                for other in instances.get(thing):
                    yield str(thing.getIRI()), str(link.getIRI()), str(other.getIRI())

    def _logical(self) -> list:
        return sorted(self.owl.getLogicalAxioms(), key=_rank)

    def _minimal(self, axioms: list, also: tuple | list = ()) -> list:
        """A smallest subset of ``axioms`` that clashes beside ``also``.

        First whose statements it takes is found, with all terms at hand, then which, then which terms.
        """
        groups: dict[str, list] = {}
        for axiom in axioms:
            groups.setdefault(self._focus(axiom), []).append(axiom)
        terms = groups.pop("", [])
        facts = [fact for group in groups.values() for fact in group]
        near = self._near(terms)
        if not self._clashes([*also, *facts, *near([*also, *facts])]):
            near = lambda facts: terms  # noqa: E731 - an axiom that the module has no eye for
        few = minimal_in_groups(
            [groups[focus] for focus in sorted(groups)],
            lambda facts: self._clashes([*facts, *near(facts)]),
            also,
        )
        return [*minimal(near([*also, *few]), self._clashes, [*also, *few]), *few]

    def _near(self, terms: list) -> Callable[[Iterable], list]:
        """Gives, for facts, those of ``terms`` that have a say on them: a module of bottom locality.

        After B. Cuenca Grau et al., Modular Reuse of Ontologies: Theory and Practice, JAIR 31, 2008: facts clash
        with the module where they clash with all, and a small part is soon searched.
        """
        modularity = java.classes("uk.ac.manchester.cs.owlapi.modularity")
        manager = self._manager.createOWLOntologyManager()
        owl = manager.createOntology(self._set(terms))
        extractor = modularity.SyntacticLocalityModuleExtractor(manager, owl, modularity.ModuleType.BOT)

        def near(facts: Iterable) -> list:
            names = self._set()
            for fact in facts:
                names.addAll(fact.getSignature())
            module = extractor.extract(names)
            return [term for term in terms if module.contains(term)]

        return near

    def _focus(self, axiom: Any) -> str:
        """The thing that an assertion is about; "" for an axiom on terms."""
        kind = str(axiom.getAxiomType().getName())
        if kind == "ClassAssertion":
            return str(axiom.getIndividual())
        return str(axiom.getSubject()) if kind.endswith("PropertyAssertion") else ""

    def _clashes(self, axioms: Iterable) -> bool:
        part = self._manager.createOWLOntologyManager().createOntology(self._set(list(axioms)))
        return not self._reasoner(part).isConsistent()

    @cached_property
    def _mine(self) -> Any:
        """One reasoner for all questions on the whole: what it found for one serves the next."""
        return self._reasoner(self.owl)

    def _reasoner(self, owl: Any) -> Any:
        return java.classes("org.semanticweb.HermiT").Reasoner(owl)


def _rank(axiom: Any) -> tuple[bool, str]:
    """Sort key: that nothing is tied to itself explains more than that nothing is tied both ways."""
    text = str(axiom)
    return not text.startswith("Irreflexive"), text
