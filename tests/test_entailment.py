"""What the rules and the calendar entail."""

from pathlib import Path

from pyoxigraph import NamedNode

from small_project import HEADER
from ukjapan_graph.data import entailment
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.rules import parse, read_rules
from ukjapan_graph.namespaces import PREFIXES, shorten, sparql_prologue

XSD = PREFIXES["xsd"]
OWN_RULES = read_rules(Path(__file__).parent.parent)
TREE = """graph:ontology {
  ukj:Meeting rdfs:subClassOf ukj:Event . ukj:Event rdfs:subClassOf ukj:Matter, axiom:some-restriction .
  ukj:Event a owl:Class . ukj:Matter a owl:Class . axiom:some-restriction a owl:Restriction }
"""


def quads(body):
    """Quads of the TriG ``body``."""
    return parse_bytes((HEADER + body).encode(), Path("x.trig"))


def entailed(body, *rules):
    """What ``rules`` (the project's own by default) entail, as short triples in order."""
    found = entailment.entail(quads(body), rules or OWN_RULES)
    assert {quad.graph_name for quad in found} <= {entailment.ENTAILED}
    return [" ".join((shorten(q.subject.value), shorten(q.predicate.value), _short(q.object))) for q in found]


def rule(text, name="made-up"):
    """A rule with the prefixes of the table."""
    return parse(sparql_prologue() + text, name)


def _short(term):
    return shorten(term.value) if isinstance(term, NamedNode) else term.value


def test_types_close_over_named_classes():
    """A thing is of every broader class, over several steps; a restriction is no class to be of."""
    facts = TREE + "passage:h.S1 { event:a a ukj:Meeting . event:b a owl:Thing }"
    assert entailed(facts) == ["event:a rdf:type ukj:Event", "event:a rdf:type ukj:Matter"]


def test_properties_close():
    """A link holds with every broader property, over several steps."""
    facts = """graph:ontology { ukj:near rdfs:subPropertyOf ukj:by . ukj:by rdfs:subPropertyOf ukj:tied }
      passage:h.S1 { event:a ukj:near event:b }"""
    assert entailed(facts) == ["event:a ukj:by event:b", "event:a ukj:tied event:b"]


def test_symmetric_and_transitive_properties_close():
    """A symmetric link holds both ways, a transitive one over its steps; others do not."""
    facts = """graph:ontology { ukj:differsFrom a owl:SymmetricProperty . ukj:wide a owl:TransitiveProperty }
      passage:h.S1 { event:a ukj:differsFrom event:b ; ukj:wide event:b , event:c ; ukj:next event:b .
        event:b ukj:wide event:d ; ukj:next event:d . event:d ukj:wide event:e }"""
    assert entailed(facts) == [
        "event:a ukj:wide event:d",
        "event:a ukj:wide event:e",
        "event:b ukj:differsFrom event:a",
        "event:b ukj:wide event:e",
    ]


def test_preferred_labels_are_labels():
    """A preferred label is a label, in its language, since SKOS says that the property is narrower."""
    facts = """graph:entities { event:a skos:prefLabel "a"@en , "ア"@ja }
      graph:ontology { skos:prefLabel rdfs:subPropertyOf rdfs:label . force:a skos:prefLabel "f"@en }"""
    assert entailed(facts) == ["event:a rdfs:label a", "event:a rdfs:label ア", "force:a rdfs:label f"]


def test_a_statement_falls_under_the_areas_of_its_topics():
    """An area that is the topic, or above it at any height, is the statement's; so is no other topic's."""
    facts = """graph:ontology { skos:broader rdfs:subPropertyOf skos:broaderTransitive .
        skos:broaderTransitive a owl:TransitiveProperty }
      graph:entities { topic:a skos:broader topic:b . topic:b skos:broader area:c . area:c a ukj:Area .
        area:d a ukj:Area }
      passage:h.S1 { statement:h.S1-1 a ukj:Statement ; ukj:topic topic:a , area:d . event:e ukj:topic area:d }"""
    found = [fact for fact in entailed(facts) if " ukj:area " in fact]
    assert found == ["statement:h.S1-1 ukj:area area:c", "statement:h.S1-1 ukj:area area:d"]


def test_passages_mention_what_names_refer_to():
    """A passage mentions the referents of the mentions in it."""
    facts = "graph:documents { mention:h.S1-1 ukj:inPassage passage:h.S1 ; ukj:refersTo event:a , event:b }"
    assert entailed(facts) == ["passage:h.S1 ukj:mentions event:a", "passage:h.S1 ukj:mentions event:b"]


def test_what_a_graph_already_says_is_not_said_again():
    """A triple that stands in any graph is not entailed."""
    facts = TREE + "passage:h.S1 { event:a a ukj:Meeting } reading:h.S2 { event:a a ukj:Event }"
    assert entailed(facts) == ["event:a rdf:type ukj:Matter"]


def test_what_is_only_inferred_is_no_premise():
    """Links and bounds beside inferences entail nothing; what is stated does, even if inferred too."""
    facts = """graph:ontology { ukj:likelySameAs rdfs:subPropertyOf ukj:possiblySameAs .
        ukj:earliest rdfs:subPropertyOf ukj:bound . skos:prefLabel rdfs:subPropertyOf rdfs:label }
      graph:inferences { inference:i skos:prefLabel "i"@en . event:a ukj:likelySameAs event:b .
        event:a ukj:earliest "2004-02-03"^^xsd:date . event:c ukj:possiblySameAs event:d }
      passage:h.S1 { event:c ukj:likelySameAs event:d }"""
    assert entailed(facts) == ["event:c ukj:possiblySameAs event:d", "inference:i rdfs:label i"]


def test_rounds_go_on_until_nothing_is_new():
    """A rule feeds itself and others, and a cycle comes to rest."""
    step = rule("CONSTRUCT { ?a ukj:far ?b } WHERE { ?a ukj:next ?b }")
    chain = rule("CONSTRUCT { ?a ukj:far ?c } WHERE { ?a ukj:far ?b . ?b ukj:next ?c }", "chain")
    ring = "passage:h.S1 { event:a ukj:next event:b . event:b ukj:next event:c . event:c ukj:next event:a }"
    assert len(entailed(ring, step, chain)) == 9


def test_order_of_rules_and_quads_does_not_matter():
    """Rules and quads in any order entail the same quads in the same order."""
    facts = quads(
        TREE + 'passage:h.S1 { event:a a ukj:Meeting ; skos:prefLabel "a"@en ; ukj:date "2004"^^xsd:gYear }'
    )
    assert entailment.entail(facts, OWN_RULES) == entailment.entail(facts[::-1], OWN_RULES[::-1])


def test_rules_see_the_bounds():
    """The rules run again once bounds are there."""
    late = rule("CONSTRUCT { ?a a ukj:Late } WHERE { ?a ukj:earliest ?d }")
    assert "event:a rdf:type ukj:Late" in entailed(
        'passage:h.S1 { event:a ukj:date "2004"^^xsd:gYear }', late
    )
