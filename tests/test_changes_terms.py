"""The ontologies of two releases."""

import pytest

from two_releases import release, rules
from ukjapan_graph.changes.terms import compare, rule_text
from ukjapan_graph.data.rules import parse

OLD = release()


def lines(changes):
    """Changes of axioms or annotations in short."""
    return [(c.term.name, c.property.name, c.gone, c.added) for c in changes]


def ontology(text):
    """A release whose ontology says ``text`` too."""
    return release(more=f"graph:ontology {{ {text} }}")


def test_no_change():
    """A release compared with itself has the same terms, and rules that can be compared."""
    found = compare(OLD, release())

    assert not any(found[:-1])
    assert found.rules_compared


def test_added_and_gone():
    """Terms come and go with their kind and with what is said of them, and that is no changed axiom."""
    new = ontology(
        'ukj:Treaty a owl:Class ; rdfs:subClassOf ukj:Agreement . grade:strong skos:prefLabel "strong"@en ;'
        " a ukj:Grade . ukj:near a owl:ObjectProperty . skos:Concept a owl:Class ."
    )
    found = compare(OLD, new)

    assert [(c.kind, c.term.name, c.axioms) for c in found.added] == [
        ("class", "ukj:Treaty", ("owl:Class", "subClassOf ukj:Agreement")),
        ("property", "ukj:near", ("owl:ObjectProperty",)),
        ("individual", "grade:strong", ("ukj:Grade",)),
        ("outside term", "skos:Concept", ("owl:Class",)),
    ]
    assert (found.axioms, found.with_terms, found.gone) == ((), (), ())
    assert [c[:2] for c in compare(new, OLD).gone] == [c[:2] for c in found.added]


def test_deprecated():
    """A term that is marked as deprecated is told as such."""
    found = compare(OLD, ontology("ukj:buildsOn owl:deprecated true ."))

    assert [(c.kind, c.term.name) for c in found.deprecated] == [("property", "ukj:buildsOn")]


@pytest.mark.parametrize(
    ("text", "property", "added"),
    [
        ("ukj:buildsOn rdfs:domain ukj:Agreement .", "rdfs:domain", "ukj:Agreement"),
        ("ukj:buildsOn rdfs:range ukj:Agreement .", "rdfs:range", "ukj:Agreement"),
        ("ukj:buildsOn a owl:TransitiveProperty .", "rdf:type", "owl:TransitiveProperty"),
        ("ukj:signedOn rdfs:subPropertyOf ukj:restsOn .", "rdfs:subPropertyOf", "ukj:restsOn"),
        (
            "ukj:Agreement rdfs:subClassOf axiom:r . axiom:r a owl:Restriction ; owl:onProperty ukj:buildsOn ; "
            'owl:maxCardinality "1"^^xsd:nonNegativeInteger .',
            "rdfs:subClassOf",
            "(onProperty ukj:buildsOn maxCardinality 1)",
        ),
    ],
)
def test_changed_axioms(text, property, added):
    """Domain, range, characteristics, hierarchy and restrictions on terms of both are axioms."""
    found = compare(OLD, ontology(text))

    assert [(c.property.name, c.gone, c.added) for c in found.axioms] == [(property, (), (added,))]
    assert (found.annotations, found.with_terms) == ((), ())


def test_axiom_with_a_term():
    """An axiom on a term of both that names a new one comes with that one."""
    new = ontology("ukj:Paper a owl:Class . ukj:Instrument rdfs:subClassOf ukj:Paper .")
    found = compare(OLD, new)

    assert lines(found.with_terms) == [("ukj:Instrument", "rdfs:subClassOf", (), ("ukj:Paper",))]
    assert found.axioms == ()


def test_names_of_list_nodes_do_not_matter():
    """A chain is the same chain, whatever its list nodes are called; another order is another chain."""

    def chain(node, *steps):
        return ontology(
            f"ukj:restsOn owl:propertyChainAxiom axiom:{node}-1 . axiom:{node}-1 a rdf:List ; rdf:first "
            f"{steps[0]} ; rdf:rest axiom:{node}-2 . axiom:{node}-2 a rdf:List ; rdf:first {steps[1]} ; "
            "rdf:rest rdf:nil ."
        )

    one, two = chain("a", "ukj:buildsOn", "ukj:restsOn"), chain("b", "ukj:buildsOn", "ukj:restsOn")
    other = chain("a", "ukj:restsOn", "ukj:buildsOn")

    assert not any(compare(one, two)[:-1])
    assert lines(compare(one, other).axioms) == [
        (
            "ukj:restsOn",
            "owl:propertyChainAxiom",
            ("(ukj:buildsOn (ukj:restsOn))",),
            ("(ukj:restsOn (ukj:buildsOn))",),
        )
    ]


def test_symmetric_axioms():
    """What is disjoint with what can be said from either side."""
    one = ontology("ukj:Agreement owl:disjointWith ukj:Instrument .")
    two = ontology("ukj:Instrument owl:disjointWith ukj:Agreement .")

    assert not any(compare(one, two)[:-1])
    assert len(compare(OLD, one).axioms) == 1


def test_annotations():
    """Labels, and whatever the ontology declares as an annotation, change no axiom."""
    edits = {'rdfs:label "builds on"@en': 'rdfs:label "is built on"@en', '"0.1.0"': '"0.2.0"'}
    found = compare(OLD, release(edits))

    assert lines(found.annotations) == [
        ("<https://w3id.org/ukjapan/ns>", "owl:versionInfo", ("0.1.0",), ("0.2.0",)),
        ("ukj:buildsOn", "rdfs:label", ("builds on",), ("is built on",)),
    ]
    assert found.axioms == ()


def test_rules():
    """A rule on old terms that is there no more is a changed axiom; what a rule is called is not."""
    without = release(with_rules=rules()[1:])
    renamed = release(with_rules=(rules()[0]._replace(name="other"), *rules()[1:]))

    assert [c.term.name for c in compare(OLD, without).axioms] == [f"rule:{rules()[0].name}"]
    assert compare(OLD, renamed).axioms == ()
    assert [c.kind for c in compare(OLD, renamed).added] == ["rule"]


def test_a_rule_written_otherwise():
    """Layout and comments of a rule are annotations; another pattern is another rule."""
    rule = rules()[0]
    laid_out = parse(rule.text.replace("CONSTRUCT", "\n\nCONSTRUCT"), rule.name)
    wider = parse(rule.text.replace("?passage ukj:mentions", "?mention ukj:mentions"), rule.name)

    assert rule_text(laid_out) == rule_text(rule) != rule_text(wider)
    assert [
        c.property.name for c in compare(OLD, release(with_rules=(laid_out, *rules()[1:]))).annotations
    ] == ["sh:construct"]
    assert len(compare(OLD, release(with_rules=(wider, *rules()[1:]))).axioms) == 1


def test_a_release_without_rules():
    """Where one release carries no rules, they are not compared, and it says so."""
    found = compare(release(carried=False), OLD)

    assert not found.rules_compared
    assert {c.kind for c in found.added} == {"rule"}
    assert found.axioms == ()
