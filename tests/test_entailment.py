"""What the rules and the calendar entail."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from small_project import HEADER
from ukjapan_graph.data import entailment
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.entailment import Rule
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES, shorten, sparql_prologue

XSD = PREFIXES["xsd"]
FIRST_RULES = ["label", "mentions", "subclass", "subproperty"]
OWN_RULES = [r for r in entailment.read_rules(Path(__file__).parent.parent) if r.name in FIRST_RULES]
TREE = """graph:ontology {
  ukj:Meeting rdfs:subClassOf ukj:Event . ukj:Event rdfs:subClassOf ukj:Matter, owl:Thing }
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
    return Rule(name, sparql_prologue() + text, f"ontology/rules/{name}.rq")


def _short(term):
    return shorten(term.value) if isinstance(term, NamedNode) else term.value


def test_the_first_rules_are_there():
    """The rules of the project are read with their names, in order, each with its file."""
    assert [rule.name for rule in OWN_RULES] == FIRST_RULES
    assert OWN_RULES[0].path == "ontology/rules/label.rq"


def test_types_close_over_our_classes_only():
    """A thing is of every broader class of the ontology, and of no class of another."""
    facts = TREE + "passage:h.S1 { event:a a ukj:Meeting . event:b a owl:Thing }"
    assert entailed(facts) == ["event:a rdf:type ukj:Event", "event:a rdf:type ukj:Matter"]


def test_properties_close_over_ours_only():
    """A link holds with every broader property of the ontology, over several steps."""
    facts = """graph:ontology { ukj:near rdfs:subPropertyOf ukj:by . ukj:by rdfs:subPropertyOf ukj:tied .
      ukj:tied rdfs:subPropertyOf skos:related } passage:h.S1 { event:a ukj:near event:b }"""
    assert entailed(facts) == ["event:a ukj:by event:b", "event:a ukj:tied event:b"]


def test_preferred_labels_are_labels():
    """A preferred label is a label, in its language; a term with a label of its own gets no other."""
    facts = """graph:entities { event:a skos:prefLabel "a"@en , "ア"@ja }
      graph:ontology { ukj:A skos:prefLabel "A"@en ; rdfs:label "class A"@en .
        force:a skos:prefLabel "f"@en }"""
    assert entailed(facts) == ["event:a rdfs:label a", "event:a rdfs:label ア", "force:a rdfs:label f"]


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
        ukj:earliest rdfs:subPropertyOf ukj:bound }
      graph:inferences { inference:i skos:prefLabel "i"@en . event:a ukj:likelySameAs event:b .
        event:a ukj:earliest "2004-02-03"^^xsd:date . event:c ukj:possiblySameAs event:d }
      passage:h.S1 { event:c ukj:likelySameAs event:d }"""
    assert entailed(facts) == ["event:c ukj:possiblySameAs event:d", "inference:i rdfs:label i"]


def test_rounds_go_on_until_nothing_is_new():
    """A rule feeds itself and others, and a cycle comes to rest."""
    chain = rule("CONSTRUCT { ?a ukj:far ?c } WHERE { ?a ukj:next|ukj:far ?b . ?b ukj:next ?c }")
    ring = "passage:h.S1 { event:a ukj:next event:b . event:b ukj:next event:c . event:c ukj:next event:a }"
    assert len(entailed(ring, chain)) == 9


def test_order_of_rules_and_quads_does_not_matter():
    """Rules and quads in any order entail the same quads in the same order."""
    facts = quads(
        TREE + 'passage:h.S1 { event:a a ukj:Meeting ; skos:prefLabel "a"@en ; ukj:date "2004"^^xsd:gYear }'
    )
    assert entailment.entail(facts, OWN_RULES) == entailment.entail(facts[::-1], OWN_RULES[::-1])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "CONSTRUCT { ?a ukj:n ?c } WHERE { ?a ukj:next ?b BIND(IRI(CONCAT(STR(?b), 'x')) AS ?c) }",
            "neither in the data",
        ),
        (
            "CONSTRUCT { ?a ukj:n ?c } WHERE { ?a ukj:next ?b BIND(CONCAT(STR(?b), 'x') AS ?c) }",
            "neither in the data",
        ),
        ("CONSTRUCT { ?a ukj:n [] } WHERE { ?a ukj:next ?b }", "neither in the data"),
        ("SELECT ?a WHERE { ?a ukj:next ?b }", "no CONSTRUCT"),
        ("CONSTRUCT { ?a ukj:n ?b } WHERE { ?a nobody:next ?b }", "syntax error"),
    ],
)
def test_bad_rules_are_refused_by_name(text, reason):
    """A rule that invents things, is no CONSTRUCT or does not parse is an error that names its file."""
    with pytest.raises(SourceError, match=reason) as caught:
        entailed("passage:h.S1 { event:a ukj:next event:b }", rule(text))
    assert caught.value.path == "ontology/rules/made-up.rq"


def test_a_syntax_error_has_its_line():
    """The line of a syntax error is that of the rule's file."""
    with pytest.raises(SourceError) as caught:
        entailed("", Rule("bad", "CONSTRUCT { ?a ?b ?c }\nWHERE { ?a ?b\n }", "ontology/rules/bad.rq"))
    assert caught.value.line == 3


def test_an_endless_rule_is_stopped():
    """A rule that makes ever new dates is stopped with its name."""
    days = rule(
        "CONSTRUCT { ?a ukj:day ?next } "
        'WHERE { ?a ukj:day ?d BIND(?d + "P1D"^^xsd:dayTimeDuration AS ?next) }'
    )
    with pytest.raises(SourceError, match="after 50 rounds") as caught:
        entailed('passage:h.S1 { event:a ukj:day "2004-02-28"^^xsd:date }', days)
    assert caught.value.path == days.path


def test_rules_see_the_bounds():
    """The rules run again once bounds are there."""
    late = rule("CONSTRUCT { ?a a ukj:Late } WHERE { ?a ukj:earliest ?d }")
    assert "event:a rdf:type ukj:Late" in entailed(
        'passage:h.S1 { event:a ukj:date "2004"^^xsd:gYear }', late
    )
