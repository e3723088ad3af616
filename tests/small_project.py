"""A tiny invented project, so that tests of the data floor do not depend on the real data."""

from __future__ import annotations

from pathlib import Path

from ukjapan_graph.namespaces import PREFIXES

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
FIRST_LINE = HEADER.count("\n") + 1  # of what follows the header

DOCUMENT = """graph:documents {
  document:harbour a ukj:Document .
  passage:harbour.S1 a ukj:Passage ; ukj:inDocument document:harbour ; ukj:start 0 .
  passage:harbour.S2 a ukj:Passage ; ukj:inDocument document:harbour ; ukj:start 40 .
  mention:harbour.S1-1 ukj:inPassage passage:harbour.S1 ; ukj:refersTo event:regatta .
  reading:harbour.S2 a ukj:Reading ; ukj:readingOf passage:harbour.S2 .
}
passage:harbour.S1 { event:regatta a ukj:Meeting ; ukj:date "2004-02"^^xsd:gYearMonth . }
reading:harbour.S2 { event:regatta ukj:buildsOn event:parade . }
"""

FILES = {
    "ontology/terms.ttl": "ukj:Meeting rdfs:subClassOf ukj:Event .\n",
    "graph/entities/events.ttl": 'event:regatta skos:prefLabel "regatta"@en .\nevent:parade a ukj:Event .\n',
    "graph/inferences.ttl": "inference:one a ukj:Inference .\n",
    "graph/silences.ttl": "silence:one a ukj:Silence .\n",
    "graph/graphs.ttl": 'graph:entities a ukj:Graph ; ukj:role "Identity."@en .\n',
    "graph/documents/2004-harbour.trig": DOCUMENT,
}

QUERY = """#+ summary: What was held?
#+ description: Lists what was held.
#+ tags: [events]
#+ questions: [CQ1, CQ2]
#+ params:
#+   thing: {type: event, default: "event:regatta", about: "what was held"}
#+ columns:
#+   what: the event
#+   where: the passage
#+ silence: No document says that anything was held.
SELECT ?what ?where WHERE { GRAPH ?where { ?what a <https://w3id.org/ukjapan/ns#Meeting> } } ORDER BY ?what
"""

RULE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?thing a ?class } WHERE { ?thing a ?narrow . ?narrow rdfs:subClassOf ?class }
"""


def make(root: Path) -> Path:
    """Write the project below ``root``; gives ``root``."""
    for name, body in FILES.items():
        put(root, name, body)
    (root / "queries").mkdir()
    (root / "queries/held.rq").write_text(QUERY, encoding="utf-8")
    (root / "ontology/rules").mkdir()
    (root / "ontology/rules/subclass.rq").write_text(RULE, encoding="utf-8")
    return root


def put(root: Path, name: str, body: str | bytes) -> Path:
    """Write ``body`` after the prefixes to the file ``name`` below ``root``; gives its path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = body.encode() if isinstance(body, str) else body
    path.write_bytes(HEADER.encode() + data)
    return path
