"""What the same facts entail under two ontologies."""

from two_releases import release, rules, write
from ukjapan_graph.changes.entailments import compare
from ukjapan_graph.changes.facts import compare as compare_facts
from ukjapan_graph.changes.facts import sentence
from ukjapan_graph.changes.release import read

OLD = release()
MORE_FACTS = "passage:gazette.S10 { instrument:night-protocol ukj:buildsOn instrument:harbour-accord . }"


def told(old, new):
    """The three lists in words."""
    return [list(map(sentence, part)) for part in compare(old, new)[1:]]


def test_new_facts_entail_more_by_the_same_ontology():
    """What merely follows from a new fact is no changed entailment."""
    new = release(more=MORE_FACTS)

    assert "Night Protocol → rests on → Harbour Accord" in map(sentence, compare_facts(OLD, new))
    assert (compare(OLD, new).judged, told(OLD, new)) == (True, [[], [], []])


def test_lost():
    """Without an axiom the same facts entail less."""
    new = release({"rdfs:subPropertyOf ukj:restsOn": "rdfs:seeAlso ukj:restsOn"}, more=MORE_FACTS)

    assert told(OLD, new) == [["Harbour Accord → rests on → Ferry Pact"], [], []]


def test_gained():
    """With one more axiom on old terms they entail more, also where only annotations differ otherwise."""
    new = release(more="graph:ontology { ukj:signedOn rdfs:subPropertyOf ukj:inForceFrom . }")

    assert told(OLD, new) == [[], ["Ferry Pact → in force from → 1903-04-30"], []]
    assert told(new, OLD) == [["Ferry Pact → in force from → 1903-04-30"], [], []]


def test_new_terms():
    """What newly follows and names a new term is told apart."""
    new = release(
        more="graph:ontology { ukj:Paper a owl:Class . ukj:Instrument rdfs:subClassOf ukj:Paper . }"
    )
    lost, gained, with_terms = told(OLD, new)

    assert (lost, gained) == ([], [])
    assert "Ferry Pact → is a → ukj:Paper" in with_terms


def test_rules():
    """A rule more or less changes what the same facts entail; labels that follow are no facts."""
    fewer = release(with_rules=tuple(rule for rule in rules() if rule.name != "subproperty"))

    assert told(OLD, fewer) == [["Harbour Accord → rests on → Ferry Pact"], [], []]
    assert told(fewer, OLD) == [[], ["Harbour Accord → rests on → Ferry Pact"], []]


def test_without_rules():
    """Where the new release has no rules, equal facts are judged by what is entailed, others not at all."""
    bare = {"carried": False}
    less = release({"rdfs:subPropertyOf ukj:restsOn": "rdfs:seeAlso ukj:restsOn"}, **bare)

    assert told(release(**bare), less) == [["Harbour Accord → rests on → Ferry Pact"], [], []]
    assert not compare(release(**bare), release(more=MORE_FACTS, **bare)).judged


def test_rules_of_the_project(tmp_path):
    """A project whose release does not carry its rules lends those in its folder."""
    (tmp_path / "ontology" / "rules").mkdir(parents=True)
    (tmp_path / "graph").mkdir()
    for rule in rules():
        (tmp_path / "ontology" / "rules" / f"{rule.name}.rq").write_text(rule.text, encoding="utf-8")
    write(release(more=MORE_FACTS, carried=False), tmp_path / "graph" / "ukjapan-graph.nq")
    new = read(tmp_path)

    assert (compare(OLD, new).judged, told(OLD, new)) == (True, [[], [], []])
