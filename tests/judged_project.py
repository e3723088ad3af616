"""A tiny invented project that satisfies every judge, to be broken one thing at a time."""

from __future__ import annotations

from pathlib import Path

from small_project import RULE, put
from ukjapan_graph.data.build import write_release

ONTOLOGY = "<https://w3id.org/ukjapan/ns>"


def term(name: str, kind: str, label: str, example: str = "event:red a ukj:Boat", more: str = "") -> str:
    """A term of the ontology with all that a term needs."""
    return (
        f'{name} a owl:{kind} ; rdfs:label "{label}"@en ; skos:definition "What is called a {label}."@en ;\n'
        f"  dcterms:source passage:log.S1 ; rdfs:isDefinedBy {ONTOLOGY} ; skos:example '{example}' {more} .\n"
    )


TERMS = f"{ONTOLOGY} a owl:Ontology .\n" + "".join(
    (
        term("ukj:Boat", "Class", "boat"),
        term("ukj:Ferry", "Class", "ferry", "event:blue a ukj:Ferry", "; rdfs:subClassOf ukj:Boat"),
        term("ukj:Document", "Class", "document", "document:log a ukj:Document"),
        term("ukj:Passage", "Class", "passage", "passage:log.S1 a ukj:Passage"),
        term("ukj:carries", "ObjectProperty", "carries", "event:red ukj:carries event:blue"),
        term("ukj:inDocument", "ObjectProperty", "in document", "passage:log.S1 ukj:inDocument document:log"),
        term("ukj:start", "DatatypeProperty", "start", "passage:log.S1 ukj:start 0"),
    )
)

SHAPES = """shape:Boat a sh:NodeShape ; sh:targetClass ukj:Boat ;
  sh:property shape:Boat-carries , shape:Boat-label .
shape:Boat-carries a sh:PropertyShape ; sh:path ukj:carries ; sh:minCount 1 ; sh:class ukj:Boat ;
  sh:message "say what it carries"@en ; sh:severity sh:Violation .
shape:Boat-label a sh:PropertyShape ; sh:path skos:prefLabel ; sh:maxCount 1 ;
  sh:message "one label will do"@en ; sh:severity sh:Warning .
"""

CHECK = """#+ summary: Boats that carry themselves
#+ severity: violation
#+ message: no boat carries itself

PREFIX ukj: <https://w3id.org/ukjapan/ns#>

SELECT ?focus ?path ?value WHERE {
  ?focus ?path ?value .
  FILTER(?path = ukj:carries && ?focus = ?value)
}
ORDER BY ?focus ?path ?value
"""

QUERY = """#+ summary: What is carried?
#+ columns:
#+   what: the boat carried
#+ silence: No document says that anything is carried.

PREFIX ukj: <https://w3id.org/ukjapan/ns#>

SELECT ?what WHERE {
  ?boat ukj:carries ?what .
}
ORDER BY ?what
"""

DOCUMENT = """graph:documents {
  document:log a ukj:Document .
  passage:log.S1 a ukj:Passage ; ukj:inDocument document:log ; ukj:start 0 .
}
passage:log.S1 {
  event:blue ukj:carries event:red .
  event:red ukj:carries event:blue .
}
"""

ENTITIES = 'event:blue a ukj:Ferry ; skos:prefLabel "blue"@en .\nevent:red a ukj:Boat .\n'

FILES = {
    "ontology/terms.ttl": TERMS,
    "ontology/shapes/terms.ttl": SHAPES,
    "graph/entities/boats.ttl": ENTITIES,
    "graph/graphs.ttl": "graph:documents a ukj:Document .\n",
    "graph/documents/log.trig": DOCUMENT,
}
TEXTS = {
    "ontology/rules/subclass.rq": RULE,
    "queries/carried.rq": QUERY,
    "queries/checks/self-carrying.rq": CHECK,
}


def make(root: Path) -> Path:
    """Write the project with its release file below ``root``; gives ``root``."""
    for name, body in FILES.items():
        put(root, name, body)
    for name, body in TEXTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(body, encoding="utf-8")
    write_release(root)
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace ``old``, which must be there, by ``new`` in the file ``name``."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
