"""Axioms in words."""

import pytest
from pyoxigraph import NamedNode

from paged_project import AXIOM, TERMS, _turtle, index
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing import axioms
from ukjapan_graph.publishing.phrases import plain

GRAPH = index(_turtle(TERMS))


def words(iri: str, graph=GRAPH) -> str:
    """The expression ``iri`` in words."""
    return plain(axioms.expression(graph, NamedNode(iri)))


def test_a_chain_marks_the_step_backwards() -> None:
    """Steps in order, the inverse of a property with its mark."""
    assert [plain(chain) for chain in axioms.chains(GRAPH, expand("ukj:tows"))] == [
        "ukj:carries ∘ ukj:inDocument⁻ ∘ ukj:carries"
    ]


def test_a_named_inverse_is_a_step_of_its_own() -> None:
    """A property that has an inverse is not mistaken for the way back."""
    graph = index(
        f"ukj:a owl:propertyChainAxiom <{AXIOM}1> . <{AXIOM}1> rdf:first ukj:b ; rdf:rest rdf:nil .\n"
        "ukj:b owl:inverseOf ukj:c ."
    )
    assert [plain(chain) for chain in axioms.chains(graph, expand("ukj:a"))] == ["ukj:b"]


def test_a_list_that_bites_its_tail_ends() -> None:
    """A broken list gives what it has."""
    graph = index(
        f"<{AXIOM}1> rdf:first ukj:a ; rdf:rest <{AXIOM}2> . <{AXIOM}2> rdf:first ukj:b ; rdf:rest <{AXIOM}1> ."
    )
    assert [term.value for term in axioms.members(graph, AXIOM + "1")] == [expand("ukj:a"), expand("ukj:b")]


def test_expressions_read_as_words() -> None:
    """Unions and restrictions of a class."""
    assert words(AXIOM + "either") == "ukj:Boat or ukj:Raft"
    assert words(AXIOM + "few") == "whatever has at most 2 values of ukj:carries of the kind ukj:Boat"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("owl:complementOf ukj:A", "not ukj:A"),
        (
            "owl:onProperty ukj:p ; owl:someValuesFrom ukj:A",
            "whatever has ukj:p such that at least one value is ukj:A",
        ),
        ("owl:onProperty ukj:p ; owl:hasValue state:x", "whatever has ukj:p such that one value is state:x"),
        (
            "owl:onProperty ukj:p ; owl:hasSelf true",
            "whatever has ukj:p such that it points to the thing itself",
        ),
        (
            "owl:onProperty ukj:p ; owl:cardinality 3",
            "whatever has exactly 3 values of ukj:p",
        ),
        ("owl:onProperty ukj:p ; owl:maxCardinality 1", "whatever has at most 1 value of ukj:p"),
        (
            "owl:onProperty ukj:p ; owl:allValuesFrom ukj:A",
            "whatever has no value of ukj:p that is not ukj:A",
        ),
    ],
)
def test_each_kind_of_expression_has_words(body: str, expected: str) -> None:
    """Complement, quantifiers, a value, the thing itself, a number."""
    assert words(AXIOM + "x", index(f"<{AXIOM}x> {body} .")) == expected


def test_an_expression_within_another_can_be_read_in_one_way() -> None:
    """What is denied, joined or counted stands in brackets where it has parts of its own."""
    graph = index(
        _turtle(TERMS) + f"<{AXIOM}not> owl:complementOf <{AXIOM}either> .\n"
        f"<{AXIOM}both> owl:intersectionOf <{AXIOM}b1> .\n"
        f"<{AXIOM}b1> rdf:first <{AXIOM}either> ; rdf:rest <{AXIOM}b2> .\n"
        f"<{AXIOM}b2> rdf:first ukj:Ferry ; rdf:rest rdf:nil .\n"
        f"<{AXIOM}only> owl:onProperty ukj:p ; owl:allValuesFrom <{AXIOM}either> .\n"
        f"<{AXIOM}one> owl:unionOf <{AXIOM}b2> .\n<{AXIOM}none> owl:unionOf rdf:nil .\n"
        f"ukj:p rdfs:domain <{AXIOM}either> , ukj:Ferry . ukj:q rdfs:domain <{AXIOM}either> ."
    )
    assert words(AXIOM + "not", graph) == "not (ukj:Boat or ukj:Raft)"
    assert words(AXIOM + "both", graph) == "(ukj:Boat or ukj:Raft) and ukj:Ferry"
    assert words(AXIOM + "only", graph) == "whatever has no value of ukj:p that is not (ukj:Boat or ukj:Raft)"
    assert words(AXIOM + "one", graph) == "ukj:Ferry"
    assert words(AXIOM + "none", graph) == "axiom:none"
    told = {name: axioms.expressions(graph, expand(f"ukj:{name}"), "rdfs:domain") for name in "pq"}
    assert [plain(one) for one in told["p"]] == ["(ukj:Boat or ukj:Raft)", "ukj:Ferry"]
    assert [plain(one) for one in told["q"]] == ["ukj:Boat or ukj:Raft"]


def test_disjointness_is_found_both_ways_and_below() -> None:
    """What is said of a broader class holds of the narrower, and of groups said to be apart."""
    graph = index(
        "ukj:A a owl:Class ; owl:disjointWith ukj:B . ukj:B a owl:Class . ukj:C a owl:Class .\n"
        "ukj:A1 a owl:Class ; rdfs:subClassOf ukj:A . ukj:B1 a owl:Class ; rdfs:subClassOf ukj:B ."
    )
    assert axioms.disjoint_with(graph, expand("ukj:B1")) == {expand("ukj:A"), expand("ukj:A1")}
    assert axioms.disjoint_with(graph, expand("ukj:C")) == set()
    assert expand("ukj:Document") in axioms.disjoint_with(GRAPH, expand("ukj:Raft"))
