"""The ontologies of two releases: terms, their axioms and annotations, and the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.answering.names import Entity
from ukjapan_graph.changes.ontology import CONSTRUCT, Ontology
from ukjapan_graph.changes.release import Release
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.namespaces import PREFIXES, shorten

_DEPRECATED = PREFIXES["owl"] + "deprecated"
_ORDER = ("class", "property", "rule", "individual", "helper", "outside term", "prefix")


class TermChange(NamedTuple):
    """A term that came, went, or became deprecated.

    :ivar kind: class, property, rule, individual, helper (a part of axioms), outside term (of another
        vocabulary, and only used here) or prefix
    :ivar axioms: what the ontology says of it, as text ("range xsd:date"), sorted
    """

    kind: str
    term: Entity
    axioms: tuple[str, ...]


class AxiomChange(NamedTuple):
    """What the ontology no longer says of a term, and says instead, with one property.

    :ivar property: the property of the axioms, such as rdfs:range; of a rule, sh:construct
    :ivar gone: what it says no longer, as text, sorted; names are prefixed names
    :ivar added: what is new
    """

    term: Entity
    property: Entity
    gone: tuple[str, ...]
    added: tuple[str, ...]


class Terms(NamedTuple):
    """What changed in the ontology.

    :ivar axioms: changed axioms on terms that both releases have; rules that join only such terms, too
    :ivar with_terms: axioms on other terms that name a term which only one release has, and so come and go
        with it; rules that do, too
    :ivar annotations: changed labels, definitions, sources …, a rule written otherwise, the version
    :ivar rules_compared: whether both releases carry their rules
    """

    added: tuple[TermChange, ...]
    gone: tuple[TermChange, ...]
    deprecated: tuple[TermChange, ...]
    axioms: tuple[AxiomChange, ...]
    with_terms: tuple[AxiomChange, ...]
    annotations: tuple[AxiomChange, ...]
    rules_compared: bool


def compare(old: Release, new: Release) -> Terms:
    """What changed between the ontologies of two releases."""
    before, after = Ontology(old), Ontology(new)
    came, went = after.terms.keys() - before.terms.keys(), before.terms.keys() - after.terms.keys()
    compared = before.carries_rules and after.carries_rules
    said, says = before.axioms(), after.axioms()
    own = [_own(side, lone) for side, lone in ((said, went), (says, came))]
    if compared:
        ruled, rules = _rules(before), _rules(after)
        said |= {key: ruled[key] for key in ruled if key[2] not in {other[2] for other in rules}}
        says |= {key: rules[key] for key in rules if key[2] not in {other[2] for other in ruled}}
    lone = came | went
    gone, added = (
        {axiom for axiom in side.keys() - other.keys() if axiom[1] == CONSTRUCT or axiom[0] not in lone}
        for side, other in ((said, says), (says, said))
    )
    named = {**said, **says}
    with_terms = {axiom for axiom in gone | added if named[axiom] & lone}
    notes = before.annotations(), after.annotations()
    return Terms(
        added=_changes(after, came, own[1]),
        gone=_changes(before, went, own[0]),
        deprecated=_changes(after, _deprecated(after) - _deprecated(before), {}),
        axioms=_grouped(old, new, gone - with_terms, added - with_terms),
        with_terms=_grouped(old, new, gone & with_terms, added & with_terms),
        annotations=_grouped(
            old,
            new,
            *(
                {note for note in notes[side] - notes[1 - side] if note[0] not in lone} | rewritten
                for side, rewritten in enumerate(_rewritten(before, after))
            ),
        ),
        rules_compared=compared,
    )


def _own(axioms: dict, terms: set[str]) -> dict[str, list[str]]:
    """What ``axioms`` say of each of ``terms``."""
    found: dict[str, list[str]] = {}
    for subject, predicate, text in axioms:
        if subject in terms:
            words = "" if predicate == RDF_TYPE else f"{shorten(predicate).rpartition(':')[2]} "
            found.setdefault(subject, []).append(f"{words}{text}")
    return found


def _rules(ontology: Ontology) -> dict[tuple[str, str, str], frozenset[str]]:
    """Each rule as an axiom, with the terms that it joins; what it is called does not count among them."""
    return {
        (PREFIXES["rule"] + rule.name, CONSTRUCT, rule_text(rule)): frozenset(
            part.value for pattern in (rule.head, *rule.body) for part in pattern if _is_iri(part)
        )
        for rule in ontology.release.rules or ()
    }


def _rewritten(before: Ontology, after: Ontology) -> tuple[set, set]:
    """Texts of rules that are written otherwise and say the same."""
    if not (before.carries_rules and after.carries_rules):
        return set(), set()
    sides = [{rule.name: rule for rule in side.release.rules or ()} for side in (before, after)]
    same = {
        name
        for name in sides[0].keys() & sides[1].keys()
        if rule_text(sides[0][name]) == rule_text(sides[1][name]) and sides[0][name] != sides[1][name]
    }
    old, new = ({(PREFIXES["rule"] + n, CONSTRUCT, side[n].text) for n in same} for side in sides)
    return old - new, new - old


def rule_text(rule: object) -> str:
    """What a rule says, whatever its layout: its head, and the patterns of its body, sorted."""
    head, *body = (
        " ".join(shorten(p.value) if _is_iri(p) else str(p) for p in pattern)
        for pattern in (rule.head, *rule.body)
    )
    return f"{head} if {' and '.join(sorted(set(body)))}"


def _is_iri(part: object) -> bool:
    return isinstance(part, NamedNode)


def _deprecated(ontology: Ontology) -> set[str]:
    return {
        q.subject.value
        for q in ontology.quads
        if q.predicate.value == _DEPRECATED and q.object.value == "true"
    }


def _changes(ontology: Ontology, iris: Iterable[str], own: dict[str, list[str]]) -> tuple[TermChange, ...]:
    kinds = {iri: ontology.terms.get(iri, "individual") for iri in iris}
    kinds = {iri: kind for iri, kind in kinds.items() if kind != "ontology"}
    ordered = sorted(kinds, key=lambda iri: (_ORDER.index(kinds[iri]), iri))
    name = ontology.release.entity
    return tuple(TermChange(kinds[iri], name(iri), tuple(sorted(own.get(iri, ())))) for iri in ordered)


def _grouped(old: Release, new: Release, gone: set, added: set) -> tuple[AxiomChange, ...]:
    """Statements by term and property."""
    places: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for side, statements in enumerate((gone, added)):
        for subject, predicate, text in statements:
            places.setdefault((subject, predicate), ([], []))[side].append(text)
    return tuple(
        AxiomChange(
            (new if right else old).entity(subject),
            new.relation(NamedNode(predicate)),
            tuple(sorted(left)),
            tuple(sorted(right)),
        )
        for (subject, predicate), (left, right) in sorted(places.items())
    )
