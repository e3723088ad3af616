"""Changed entailment: what the old facts entailed, and what they entail by the new axioms and rules.

A fact that is entailed in one release only may merely follow a stated fact that came or went. To see whether
it is the ontology that changed, the old facts are put under the new ontology: the axioms (not the
annotations) of the old ``graph:ontology`` are exchanged for the new ones, the rules of the new release run on
that to their end, and the outcome is held against the ``graph:entailed`` that the old release carries.
What follows anew and names a term that the old ontology lacks is told apart: it comes with that term, and
changes nothing that could be said before (a conservative extension). Labels that follow are no facts.

The new rules are those in the new release; in a project whose release does not carry them, those in its
``ontology/rules/``. Where there are none, the two ``graph:entailed`` are compared as they are, provided
that both releases hold the same facts; otherwise nothing can be told, and the result says so.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from ukjapan_graph.changes.facts import FactChange, Ground
from ukjapan_graph.changes.release import ASIDE, ONTOLOGY, Release
from ukjapan_graph.changes.terms import Ontology
from ukjapan_graph.changes.words import is_word
from ukjapan_graph.data.entailment import ENTAILED, entail, premises


class Entailments(NamedTuple):
    """What the same facts entail otherwise.

    :ivar judged: whether it could be told
    :ivar lost: what followed from the old facts and follows no longer
    :ivar gained: what follows from them only now, in terms that the old ontology has
    :ivar with_terms: what follows from them only now, and names a term that came with the new ontology
    """

    judged: bool
    lost: tuple[FactChange, ...]
    gained: tuple[FactChange, ...]
    with_terms: tuple[FactChange, ...]


def compare(old: Release, new: Release) -> Entailments:
    """What the facts of ``old`` entail otherwise under the ontology of ``new``."""
    before = {quad.triple for quad in old.graphs.get(ENTAILED.value, ())}
    ontologies = Ontology(old), Ontology(new)
    if _is_same(old, new, *ontologies):
        return Entailments(True, (), (), ())
    came = ontologies[1].terms.keys() - ontologies[0].terms.keys()
    if new.rules is not None:
        facts = (quad for quad in premises(old.quads) if quad.graph_name.value != ONTOLOGY)
        basis = [*facts, *_exchanged(*ontologies)]
        after = {quad.triple for quad in entail([*basis, *_unstated(old)], new.rules)}
        given = {quad.triple for quad in basis}
    elif _facts(old) == _facts(new):
        after = {quad.triple for quad in new.graphs.get(ENTAILED.value, ())}
        given = {quad.triple for quad in (*premises(old.quads), *premises(new.quads))}
    else:
        return Entailments(False, (), (), ())
    known = {quad.triple for quad in premises(old.quads)}
    anew = after - before - known
    of_new_terms = {triple for triple in anew if _names(triple) & came}
    return Entailments(
        True,
        _changes(old, before - after - given, gone=True),
        _changes(old, anew - of_new_terms),
        _changes(new, of_new_terms),
    )


def _is_same(old: Release, new: Release, before: Ontology, after: Ontology) -> bool:
    """Whether both releases carry the same axioms and the same rules, so that nothing can differ."""
    if not (before.carries_rules and after.carries_rules and old.rules == new.rules):
        return False
    return set(_axioms(before)) == set(_axioms(after))


def _axioms(ontology: Ontology) -> list[Quad]:
    return [quad for quad in ontology.quads if not ontology.is_annotation(quad.predicate.value)]


def _facts(release: Release) -> set[Quad]:
    return {quad for quad in premises(release.quads) if quad.graph_name.value not in ASIDE}


def _exchanged(old: Ontology, new: Ontology) -> list[Quad]:
    """The annotations of the old ontology with the axioms of the new."""
    return [
        *(quad for quad in old.quads if old.is_annotation(quad.predicate.value)),
        *_axioms(new),
    ]


def _unstated(old: Release) -> list[Quad]:
    """What is only inferred: no premise, but a curated bound of a date keeps the build from making one."""
    stated = set(premises(old.quads))
    return [quad for quad in old.quads if quad.graph_name != ENTAILED and quad not in stated]


def _names(triple: Triple) -> set[str]:
    return {term.value for term in triple if isinstance(term, NamedNode)}


def _changes(release: Release, triples: set[Triple], *, gone: bool = False) -> tuple[FactChange, ...]:
    ground = (Ground("entailed", "", release.entity(ENTAILED), ()),)
    return tuple(
        FactChange(
            "gone" if gone else "added",
            release.entity(triple.subject),
            release.relation(triple.predicate),
            release.called(triple.object),
            ground if gone else (),
            () if gone else ground,
        )
        for triple in sorted(triples, key=str)
        if not is_word(triple.predicate.value)
    )
