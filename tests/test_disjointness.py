"""Which classes exclude each other, all pairs asked of HermiT; and that the graph needs none of them together."""

import json
import sys
from functools import cache
from itertools import combinations
from subprocess import run

from pyoxigraph import NamedNode, Quad, Store

from release import rows
from test_provocations import ONTOLOGY, terms
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.namespaces import PREFIXES, expand, shorten
from ukjapan_graph.reasoning.view import view

#: Java has a process of its own; of the classes asked for it says which can have no member.
ASK = """
import json, os, sys
from ukjapan_graph.reasoning import java
out = os.dup(1)
os.dup2(2, 1)
order = json.load(sys.stdin)
java.start()
from ukjapan_graph.reasoning.hermit import Ontology
found = json.dumps(Ontology(order["text"]).empty(order["classes"])).encode()
while found:
    found = found[os.write(out, found):]
os._exit(0)
"""


@cache
def store() -> Store:
    """The ontology."""
    found = Store()
    found.extend(terms())
    return found


def pairs(query: str) -> set[frozenset[str]]:
    """The pairs of names that a SELECT finds in the ontology."""
    prologue = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("owl", "rdfs", "ukj"))
    found = store().query(prologue + query, use_default_graph_as_union=True)
    return {frozenset(shorten(term.value) for term in row) for row in found}


@cache
def classes() -> list[str]:
    """Our classes, sorted."""
    return sorted(
        name
        for quad in store().quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(expand("owl:Class")), None)
        if (name := shorten(quad.subject.value)).startswith("ukj:")
    )


def probe(one: str, other: str) -> NamedNode:
    """A class that the graph does not have, to stand below both."""
    return NamedNode(PREFIXES["axiom"] + f"probe-{one[4:]}-{other[4:]}")


@cache
def empty_below() -> set[frozenset[str]]:
    """The pairs of our classes that nothing can be of at once, by HermiT, each asked by a class below both."""
    asked = {probe(*pair): pair for pair in combinations(classes(), 2)}
    a, a_class, below = (NamedNode(expand(name)) for name in ("rdf:type", "owl:Class", "rdfs:subClassOf"))
    probes = [
        Quad(node, *rest, ONTOLOGY)
        for node, pair in asked.items()
        for rest in ((a, a_class), *((below, NamedNode(expand(name))) for name in pair))
    ]
    order = {"text": view([*terms(), *probes]), "classes": [node.value for node in asked]}
    done = run(
        [sys.executable, "-c", ASK], input=json.dumps(order), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return {frozenset(asked[NamedNode(iri)]) for iri in json.loads(done.stdout)}


def test_every_disjointness_bites():
    """Below each pair that the ontology declares disjoint nothing can be, one by one."""
    declared = pairs("SELECT ?one ?other WHERE { ?one owl:disjointWith ?other }")
    assert len(declared) > 500
    assert declared - empty_below() == set()


def test_nothing_else_is_empty():
    """Two classes exclude each other only where one above, or themselves, are declared disjoint."""
    inherited = pairs(
        """SELECT ?one ?other WHERE {
          ?one rdfs:subClassOf* ?above . ?above owl:disjointWith ?beyond . ?other rdfs:subClassOf* ?beyond
        }"""
    )
    assert inherited == empty_below()


def test_no_class_excludes_one_above_it():
    """No declaration sets a class against one that it lies below."""
    lineage = pairs("SELECT ?one ?above WHERE { ?one rdfs:subClassOf+ ?above . FILTER(?one != ?above) }")
    assert lineage & empty_below() == set()


def test_classes_that_things_have_together_go_together():
    """HermiT lets each two classes that some thing of the release has be had at once."""
    found = rows(
        """SELECT DISTINCT ?one ?other WHERE {
          ?thing a ?one , ?other . FILTER(STRSTARTS(STR(?one), STR(ukj:)) && STR(?one) < STR(?other))
        }"""
    )
    together = {frozenset(shorten(term.value) for term in row) for row in found}
    assert len(together) > 20
    assert together & empty_below() == set()


def test_kinds_at_the_top_exclude_each_other():
    """Every two classes that have none of ours above them exclude each other: a thing is of one kind."""
    lineage = {
        shorten(quad.subject.value)
        for quad in store().quads_for_pattern(None, NamedNode(expand("rdfs:subClassOf")), None, None)
        if shorten(quad.object.value) in classes()
    }
    kinds = [name for name in classes() if name not in lineage]
    assert len(kinds) > 30
    assert {frozenset(pair) for pair in combinations(kinds, 2)} - empty_below() == set()
