"""The graph as a reasoner sees it."""

from pathlib import Path

from small_project import HEADER
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.reasoning.view import distinct, view


def quads(body):
    """Quads of the TriG ``body``."""
    return parse_bytes((HEADER + body).encode(), Path("x.trig"))


def lines(body):
    """The view of ``body``, a triple a line, with short names for what is common."""
    text = view(quads(body))
    for long, short in (
        ("https://w3id.org/ukjapan/ns#", "ukj:"),
        ("https://w3id.org/ukjapan/id/", ""),
        ("http://www.w3.org/2002/07/owl#", "owl:"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
        ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ):
        text = text.replace(long, short)
    return text.splitlines()


def test_graphs_are_merged():
    """What two passages state is one triple; the lines are sorted."""
    body = "passage:h.S2 { event:a ukj:near event:b } passage:h.S1 { event:a ukj:near event:b , event:c }"
    assert lines(body) == ["<event/a> <ukj:near> <event/b> .", "<event/a> <ukj:near> <event/c> ."]


def test_lists_and_restrictions_are_blank():
    """Nodes of lists and restrictions lose their names; other names of axioms stay."""
    body = """graph:ontology { ukj:by owl:propertyChainAxiom axiom:by-1 .
      axiom:by-1 a rdf:List ; rdf:first axiom:step ; rdf:rest rdf:nil . axiom:step a owl:ObjectProperty .
      ukj:Office rdfs:subClassOf axiom:few . axiom:few a owl:Restriction ; owl:maxCardinality 1 }"""
    found = lines(body)
    assert "<ukj:by> <owl:propertyChainAxiom> _:by_1 ." in found
    assert "_:by_1 <rdf:first> <https://w3id.org/ukjapan/axiom/step> ." in found
    assert "_:few <rdf:type> <owl:Restriction> ." in found
    assert '_:few <owl:maxCardinality> "1"^^<xsd:nonNegativeInteger> .' in found


def test_dates_become_what_owl_knows():
    """A date becomes a moment, a partial date a string; other literals stay."""
    body = """passage:h.S1 { event:a ukj:date "2004-02-03"^^xsd:date , "2004"^^xsd:gYear , "--02-03"^^xsd:gMonthDay ;
      ukj:ordinal 2 ; ukj:gloss "g"@en }"""
    assert lines(body) == [
        '<event/a> <ukj:date> "--02-03" .',
        '<event/a> <ukj:date> "2004" .',
        '<event/a> <ukj:date> "2004-02-03T00:00:00"^^<xsd:dateTime> .',
        '<event/a> <ukj:gloss> "g"@en .',
        '<event/a> <ukj:ordinal> "2"^^<xsd:integer> .',
    ]


def test_things_of_distinct_kinds_are_different():
    """States are told apart; one thing alone needs no axiom."""
    body = "graph:entities { state:a a ukj:State . state:b a ukj:State . person:a a ukj:Person }"
    found = lines(body)
    assert "_:different_state <owl:distinctMembers> _:state_0 ." in found
    assert "_:state_1 <rdf:rest> <rdf:nil> ." in found
    assert not any("_:different_person" in line for line in found)


def test_likely_identity_leaves_it_open():
    """Two persons that may be one are not said to be different, whichever way the link goes."""
    body = """graph:entities { person:a a ukj:Person . person:b a ukj:Person . person:c a ukj:Person .
      person:d a ukj:Person . event:a a ukj:Event } graph:inferences { person:a ukj:possiblySameAs person:b }"""
    assert {
        kind: [n.value[-1] for n in things]
        for kind, things in distinct({q.triple for q in quads(body)}).items()
    } == {"person": ["c", "d"]}
