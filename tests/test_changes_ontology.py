"""An ontology taken apart."""

import pytest

from two_releases import release
from ukjapan_graph.changes.ontology import Ontology
from ukjapan_graph.namespaces import expand, shorten


def ontology(text=""):
    """The ontology of the small release, with ``text`` in it."""
    return Ontology(release(more=f"graph:ontology {{ {text} }}"))


def test_kinds_of_terms():
    """Classes, properties, individuals, rules and the header are terms; nodes of lists are not."""
    found = ontology(
        "axiom:a-1 a rdf:List ; rdf:first ukj:buildsOn ; rdf:rest rdf:nil . axiom:isPact a owl:ObjectProperty ."
        " <https://x.example/p> a sh:PrefixDeclaration . grade:strong a ukj:Grade ."
    )
    kinds = {shorten(iri): kind for iri, kind in found.terms.items()}

    assert {
        "ukj:Agreement": "class",
        "ukj:signedOn": "property",
        "rule:mentions": "rule",
        "axiom:isPact": "helper",
        "grade:strong": "individual",
        "owl:versionInfo": "outside term",
        "<https://w3id.org/ukjapan/ns>": "ontology",
    }.items() <= kinds.items()
    assert "axiom:a-1" not in kinds


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rdfs:label", True),
        ("rdfs:isDefinedBy", True),
        ("owl:versionInfo", True),
        ("owl:deprecated", True),
        ("skos:definition", True),
        ("dcterms:source", True),
        ("ukj:remark", True),
        ("rdfs:domain", False),
        ("owl:disjointWith", False),
        ("owl:imports", False),
        ("skos:broader", False),
    ],
)
def test_annotation_properties(name, expected):
    """The built-in annotation properties, and those that the ontology declares, annotate; others do not."""
    assert ontology("ukj:remark a owl:AnnotationProperty .").is_annotation(expand(name)) is expected


def test_axioms_name_their_terms():
    """An axiom is written out with the terms it names, through restrictions and lists, even in a circle."""
    found = ontology(
        "ukj:Agreement rdfs:subClassOf axiom:r . axiom:r a owl:Restriction ; owl:onProperty ukj:buildsOn ; "
        "owl:allValuesFrom ukj:Instrument . ukj:Instrument rdfs:subClassOf axiom:l . "
        "axiom:l a rdf:List ; rdf:first axiom:l ; rdf:rest rdf:nil ."
    ).axioms()
    named = {key[2]: {shorten(iri) for iri in terms} for key, terms in found.items()}

    assert named["(onProperty ukj:buildsOn allValuesFrom ukj:Instrument)"] == {
        "ukj:Agreement",
        "ukj:buildsOn",
        "ukj:Instrument",
    }
    assert "(axiom:l)" in named


def test_annotations():
    """Annotations have their values as text, other languages marked; texts of rules are not among them."""
    found = ontology('ukj:Agreement rdfs:label "協定"@ja ; skos:note "x" .').annotations()
    values = {value for term, _, value in found if term == expand("ukj:Agreement")}

    assert values == {"agreement", "協定 (ja)", "x"}
    assert expand("sh:construct") not in {predicate for _, predicate, _ in found}
