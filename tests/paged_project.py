"""A tiny invented project with whatever could trip up a page, and the project's own pages, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import judged_project
from small_project import put
from ukjapan_graph import resources
from ukjapan_graph.data.build import write_release
from ukjapan_graph.namespaces import BASE
from ukjapan_graph.publishing import links, material, site

HOSTILE = """<script>alert("1")</script> & 'quotes' ]]> </section>"""
AXIOM = BASE + "axiom/"

# Terms with markup for a name, a name in Japanese, a chain with a step backwards, a class expression, and
# classes that are disjoint all at once.
TERMS = f"""
ukj:Raft a owl:Class ; rdfs:label {HOSTILE!r}@en , "いかだ"@ja ;
  skos:definition {HOSTILE!r}@en , "木を組んだ舟"@ja ; skos:scopeNote {HOSTILE!r}@en ; skos:example {HOSTILE!r}@en ;
  dcterms:source <javascript:alert(1)> , <https://example.org/?a=1&b=%22%3E> ; rdfs:seeAlso {HOSTILE!r} ;
  rdfs:subClassOf ukj:Boat , <{AXIOM}few> .
<{AXIOM}few> a owl:Restriction ; owl:onProperty ukj:carries ; owl:maxQualifiedCardinality 2 ;
  owl:onClass ukj:Boat .
ukj:tub a owl:DatatypeProperty ; rdfs:label "tub" , "bath" ; owl:deprecated true .
ukj:tows a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "tows"@en ;
  rdfs:domain <{AXIOM}either> ; owl:propertyChainAxiom <{AXIOM}c1> .
<{AXIOM}either> a owl:Class ; owl:unionOf <{AXIOM}u1> .
<{AXIOM}u1> rdf:first ukj:Boat ; rdf:rest <{AXIOM}u2> .
<{AXIOM}u2> rdf:first ukj:Raft ; rdf:rest rdf:nil .
<{AXIOM}c1> rdf:first ukj:carries ; rdf:rest <{AXIOM}c2> .
<{AXIOM}c2> rdf:first <{AXIOM}back> ; rdf:rest <{AXIOM}c3> .
<{AXIOM}c3> rdf:first ukj:carries ; rdf:rest rdf:nil .
<{AXIOM}back> a owl:ObjectProperty ; owl:inverseOf ukj:inDocument .
<{AXIOM}apart> a owl:AllDisjointClasses ; owl:members <{AXIOM}m1> .
<{AXIOM}m1> rdf:first ukj:Raft ; rdf:rest <{AXIOM}m2> .
<{AXIOM}m2> rdf:first ukj:Document ; rdf:rest rdf:nil .
force:loud a ukj:Force ; skos:prefLabel {HOSTILE!r}@en ; skos:definition "Said loudly."@en ;
  skos:inScheme scheme:force .
scheme:phase a skos:ConceptScheme ; skos:prefLabel "段階"@ja ; skos:definition "段階の表"@ja .
phase:dawn skos:inScheme scheme:phase ; skos:prefLabel "夜明け"@ja ; skos:definition "夜明け"@ja .
ukj:oar a owl:ObjectProperty ; rdfs:label "櫂"@ja ; dcterms:source passage:nikki.S1 .
scheme:force a skos:ConceptScheme ; skos:prefLabel "force"@en ; skos:definition {HOSTILE!r}@en .
"""
SHAPES = f"""
shape:Raft a sh:NodeShape ; sh:targetClass ukj:Raft ; sh:property shape:Raft-tows .
shape:Ferry a sh:NodeShape ; sh:targetClass ukj:Ferry ; sh:property shape:Raft-tows .
shape:Raft-tows a sh:PropertyShape ; sh:path ukj:tows ; sh:minCount 1 ; sh:pattern {HOSTILE!r} ;
  sh:message {HOSTILE!r}@en ; sh:severity sh:Violation .
"""
# A document and a passage that have no word of English.
DOCUMENT = """graph:documents {
  document:nikki a ukj:Document ; dcterms:title "航海日誌"@ja .
  passage:nikki.S1 a ukj:Passage ; ukj:inDocument document:nikki ; skos:prefLabel "第一文"@ja .
}
passage:nikki.S1 { event:red ukj:oar event:blue . }
"""
ENTITIES = f"event:raft a ukj:Raft ; skos:prefLabel {HOSTILE!r}@en .\n"
ALIGNMENT = f"""
<{BASE}ns/alignment/x> a owl:Ontology ; dcterms:title {HOSTILE!r}@en .
ukj:Raft skos:closeMatch <https://example.org/raft?a&b> .
"""
QUERY = judged_project.QUERY.replace("What is carried?", f"'What of {HOSTILE.replace(chr(39), '')}?'")


def make(root: Path) -> Path:
    """Write the project with its release file below ``root``; gives ``root``."""
    judged_project.make(root)
    put(root, "ontology/hostile.ttl", _turtle(TERMS))
    put(root, "ontology/shapes/hostile.ttl", _turtle(SHAPES))
    put(root, "ontology/alignments/hostile.ttl", _turtle(ALIGNMENT))
    put(root, "graph/entities/hostile.ttl", _turtle(ENTITIES))
    put(root, "graph/documents/nikki.trig", DOCUMENT)
    (root / "queries/hostile.rq").write_text(QUERY, encoding="utf-8")
    write_release(root)
    return root


def _turtle(text: str) -> str:
    """``text`` with Python's spelling of :data:`HOSTILE` turned into that of Turtle."""
    spelled = '"' + HOSTILE.replace('"', '\\"') + '"'
    return text.replace(repr(HOSTILE), spelled)


#: The project's own pages.
PAGES = sorted(
    (links.INDEX, links.LISTS, links.SHAPES, links.RULES, links.QUERIES, links.PASSAGES, links.ALIGNMENTS)
)


@cache
def own() -> material.Material:
    """What the project's own pages are made from, read once."""
    return material.read(resources.root())


@cache
def own_pages() -> dict[str, bytes]:
    """The project's own pages, made once."""
    return site.site(resources.root())


def index(turtle: str) -> material.Index:
    """An index of triples written in Turtle with the project's prefixes."""
    from pyoxigraph import Quad, RdfFormat, parse

    from small_project import HEADER

    return material.Index(
        Quad(*triple) for triple in parse((HEADER + turtle).encode(), format=RdfFormat.TURTLE)
    )
