"""How an entailed fact is led back to what is stated."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

import small_graph
from ukjapan_graph.answering.derivation import CALENDAR, derive, facts
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.resources import release_path


@pytest.fixture(scope="module")
def store():
    """The release."""
    return open_store(release_path())


def triple(text):
    """The triple of three prefixed names."""
    return Triple(*(NamedNode(expand(name)) for name in text.split()))


def test_a_chain_is_led_back_to_passages(store):
    """A signatory follows from a signature, its person and its signing, each with its passages."""
    found = derive(store, triple("instrument:acsa ukj:signedBy person:boris-johnson"))

    assert (found.rule, len(found.premises)) == ("signed-by", 4)
    assert all(premise.where and not premise.derivation for premise in found.premises)
    assert {where.name for p in found.premises for where in p.where} == {
        "passage:uk-japan-defence-ties-2017.S02",
        "passage:uk-japan-defence-ties-2017.S07",
        "passage:uk-japan-defence-ties-2017.S14",
    }


def test_steps_are_followed_to_the_ground(store):
    """What follows from what follows is led back over every step, and each fact at the bottom is told once."""
    found = derive(store, triple("event:acsa-signing rdf:type ukj:Event"))
    bottom = [premise.fact for premise in facts(found)]

    assert found.premises[0].derivation.fact.object.name == "ukj:Stage"
    assert str(bottom[0]) == "signing of the ACSA → is a → signing"
    assert len(bottom) == len(set(bottom)) == 5


def test_days_follow_from_dates(store):
    """The first day of a date follows from the date, by the calendar."""
    day = Literal("2017-01-26", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    event = NamedNode(expand("event:acsa-signing"))
    found = derive(store, Triple(event, NamedNode(expand("ukj:earliest")), day))

    assert (found.rule, found.words) == ("", CALENDAR)
    assert [str(p.fact) for p in found.premises] == ["signing of the ACSA → date → 2017-01-26"]


def test_everything_entailed_has_a_derivation(store):
    """There is no entailed fact in the release that cannot be led back, and none rests on an inference."""
    quads = sorted(store.quads_for_pattern(None, None, None, ENTAILED), key=str)
    assert len(quads) > 2000
    for quad in quads[::37]:
        found = derive(store, quad.triple)
        assert found is not None, quad
        for premise in facts(found):
            names = {where.name for where in premise.where}
            assert names - {"graph:entailed"}, quad
            assert "graph:inferences" not in names or premise.fact.subject.kind == "inference", quad


def test_what_is_only_inferred_explains_nothing():
    """A link that only an inference proposes is no premise."""
    store = small_graph.store()
    made = triple("instrument:tide-table ukj:near instrument:night-protocol")
    store.add(Quad(*made, ENTAILED))
    axiom = triple("ukj:likelySameAs rdfs:subPropertyOf ukj:near")
    store.add(Quad(*axiom, NamedNode(expand("graph:ontology"))))

    assert derive(store, made) is None


def test_what_no_rule_makes_has_none(store):
    """A fact that nothing entails has no derivation."""
    assert derive(store, triple("instrument:raa ukj:signedBy person:boris-johnson")) is None


def test_a_fact_does_not_stand_on_itself():
    """Facts that only follow from each other are explained by neither."""
    store = small_graph.store()
    fact = triple("event:a ukj:near event:b")
    other = triple("event:a ukj:by event:b")
    for made in (fact, other):
        store.add(Quad(made.subject, made.predicate, made.object, ENTAILED))
    for narrow, broad in (("ukj:near", "ukj:by"), ("ukj:by", "ukj:near")):
        axiom = triple(f"{narrow} rdfs:subPropertyOf {broad}")
        store.add(Quad(*axiom, NamedNode(expand("graph:ontology"))))

    assert derive(store, fact) is None
