"""OWL axioms as data and as sentences."""

import pytest

from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.reasoning.axioms import Axiom


def name(iri):
    """The last part of an IRI."""
    return iri.rpartition("/")[2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ClassAssertion(<x:/State> <x:/eastport>)", "eastport is of the class State"),
        ("ObjectPropertyAssertion(<x:/near> <x:/a> <x:/b>)", "a – near – b"),
        ('DataPropertyAssertion(<x:/unit> <x:/p> "S1 (a) \\"b\\""^^xsd:string)', 'p – unit – S1 (a) \\"b\\"'),
        ('DataPropertyAssertion(<x:/name> <x:/m> "the pact"@en)', "m – name – the pact"),
        ("DisjointClasses(<x:/A> <x:/B>)", "nothing is at once of the classes A and B"),
        ("DifferentIndividuals(<x:/a> <x:/b> <x:/c> )", "a, b and c are different things"),
        ("SubClassOf(<x:/A> <x:/B>)", "whatever is of the class A is of the class B"),
        (
            "SubClassOf(<x:/Office> ObjectMaxCardinality(1 <x:/ofState> owl:Thing))",
            "whatever is of the class Office is of the class of those with at most 1 “ofState”",
        ),
        (
            "SubObjectPropertyOf(ObjectPropertyChain( <x:/a> InverseOf(<x:/b>) ) <x:/c>)",
            "what holds with the steps “a”, “b backwards” holds with “c”",
        ),
        ("SubObjectPropertyOf(<x:/a> <x:/b>)", "what holds with “a” holds with “b”"),
        ("FunctionalObjectProperty(<x:/a>)", "a thing has at most one “a”"),
        ("AsymmetricObjectProperty(<x:/a>)", "“a” never holds both ways"),
        ("DataPropertyRange(<x:/a> xsd:string)", "a value of “a” is of the type XMLSchema#string"),
        ("HasKey(<x:/A> <x:/b>)", "HasKey(A, b)"),
    ],
)
def test_an_axiom_is_read_and_told(text, sentence):
    """Functional-style syntax becomes a sentence; a kind without words keeps its name."""
    assert Axiom.parse(text).sentence(name) == sentence


def test_parts_are_plain():
    """Arguments are IRIs, texts and numbers, or expressions."""
    axiom = Axiom.parse("SubClassOf(<x:/A> ObjectHasSelf(<x:/p>))")
    assert axiom == Axiom("SubClassOf", ("x:/A", Axiom("ObjectHasSelf", ("x:/p",))))
    assert Axiom.parse("DataPropertyRange(<x:/p> rdfs:Literal)").parts[1] == PREFIXES["rdfs"] + "Literal"


def test_statements_on_things_are_triples():
    """Assertions give subject, predicate and object; axioms on terms, and on expressions, none."""
    assert Axiom.parse("ClassAssertion(<x:/A> <x:/a>)").triple() == ("x:/a", RDF_TYPE, "x:/A")
    assert Axiom.parse('DataPropertyAssertion(<x:/p> <x:/a> "1")').triple() == ("x:/a", "x:/p", "1")
    assert Axiom.parse("ObjectPropertyAssertion(<x:/p> <x:/a> <x:/b>)").triple() == ("x:/a", "x:/p", "x:/b")
    assert Axiom.parse("DisjointClasses(<x:/A> <x:/B>)").triple() is None
    assert Axiom.parse("ClassAssertion(ObjectHasSelf(<x:/p>) <x:/a>)").triple() is None


@pytest.mark.parametrize("text", ["", "<x:/a>", "nonsense", "A(<x:/a>) B(<x:/b>)"])
def test_what_is_no_axiom_is_refused(text):
    """Other text raises."""
    with pytest.raises(ValueError, match="no axiom"):
        Axiom.parse(text)
