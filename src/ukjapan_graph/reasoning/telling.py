"""A judgement for a reader: axioms in words, and where each stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from ukjapan_graph.answering import grounds, labels
from ukjapan_graph.answering.grounds import Fact
from ukjapan_graph.answering.names import Entity, entity
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.reasoning.axioms import Axiom
from ukjapan_graph.reasoning.judgement import WHOLE, Judgement

_ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")


class Reason(NamedTuple):
    """One of the statements that clash.

    :ivar sentence: the statement in words
    :ivar kind: the kind of axiom, in OWL 2 functional-style syntax
    :ivar where: the passages and other graphs that hold it; of an axiom, the ontology
    """

    sentence: str
    kind: str
    where: tuple[Entity, ...]


class Finding(NamedTuple):
    """What is wrong: ``about`` says what, ``reasons`` is a smallest set of statements that make it so."""

    about: str
    reasons: tuple[Reason, ...]


class Told(NamedTuple):
    """A judgement in words; fields as in :class:`Judgement`."""

    sound: bool
    consistent: bool
    size: dict[str, int]
    clashes: tuple[Finding, ...]
    unsatisfiable: tuple[Finding, ...]
    unruled: tuple[Fact, ...]
    unproved: tuple[Fact, ...]
    agreed: int
    beyond: int
    profiles: dict[str, tuple[str, ...]]


def tell(store: Store, found: Judgement) -> Told:
    """``found`` in words, with the labels and passages of ``store``, the dataset that was judged."""
    return Told(
        found.is_sound,
        not found.clashes,
        found.size,
        tuple(Finding("these cannot all be true", _reasons(store, axioms)) for axioms in found.clashes),
        tuple(
            Finding(f"nothing can be of the class {_label(store)(term)}", _reasons(store, axioms))
            for term, axioms in found.unsatisfiable
        ),
        tuple(grounds.fact_of(store, *triple) for triple in found.unruled),
        tuple(grounds.fact_of(store, *triple) for triple in found.unproved),
        found.agreed,
        found.beyond,
        {f"OWL 2 {name}": outside for name, outside in found.profiles.items()},
    )


def is_dl(told: Told) -> bool:
    """Whether all of it is OWL 2 DL."""
    return not told.profiles[f"OWL 2 {WHOLE}"]


def _reasons(store: Store, axioms: tuple[Axiom, ...]) -> tuple[Reason, ...]:
    """Facts first, then what the ontology makes of them."""
    told = [
        Reason(_relevant(axiom, axioms).sentence(_label(store)), axiom.kind, _where(store, axiom))
        for axiom in axioms
    ]
    return tuple(sorted(told, key=lambda reason: [where.iri for where in reason.where] == [_ONTOLOGY.value]))


def _relevant(axiom: Axiom, axioms: tuple[Axiom, ...]) -> Axiom:
    """``axiom``; of one that tells many things apart, only those that another of ``axioms`` speaks of."""
    if axiom.kind != "DifferentIndividuals":
        return axiom
    spoken = {part for other in axioms if other != axiom for part in other.parts}
    few = tuple(part for part in axiom.parts if part in spoken)
    return axiom._replace(parts=few) if len(few) > 1 else axiom


def _where(store: Store, axiom: Axiom) -> tuple[Entity, ...]:
    triple = axiom.triple()
    found = set()
    if triple:
        subject, predicate, value = triple
        for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None):
            same = quad.object.value == value or f"{quad.object.value}T00:00:00" == value  # see view
            if same and quad.graph_name != ENTAILED:
                found.add(quad.graph_name)
    return grounds.in_order(store, found) if found else (entity(store, _ONTOLOGY),)


def _label(store: Store) -> Callable[[str], str]:
    """The name of an IRI; other text, of a literal or a number, as the graph has it."""

    def label(text: str) -> str:
        is_iri = "://" in text and " " not in text
        return labels.label(store, NamedNode(text)) if is_iri else text.removesuffix("T00:00:00")

    return label
