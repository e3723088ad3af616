"""A tiny invented dataset with saved queries, so that tests of the answers do not depend on the real data.

Two towns, Eastport and Westport, agree on a ferry. Everything that the answers floor reads occurs once or
more: stated, entailed, inferred and silent facts, statements, mentions, a reading, two documents.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from ukjapan_graph.data.catalogue import quads
from ukjapan_graph.data.rules import as_data, read_rules
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.queries import read_folder
from ukjapan_graph.resources import root

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

DATA = """
graph:ontology {
  ukj:Agreement a owl:Class ; rdfs:label "agreement"@en ; rdfs:subClassOf ukj:Instrument .
  ukj:Instrument a owl:Class ; rdfs:label "instrument"@en .
  ukj:buildsOn a owl:ObjectProperty ; rdfs:label "builds on"@en ; rdfs:subPropertyOf ukj:restsOn .
  ukj:restsOn a owl:ObjectProperty ; rdfs:label "rests on"@en .
  ukj:signedOn a owl:DatatypeProperty ; rdfs:label "signed on"@en .
  ukj:inForceFrom a owl:DatatypeProperty ; rdfs:label "in force from"@en .
  status:stated skos:prefLabel "stated"@en .
  status:entailed skos:prefLabel "entailed"@en .
  grade:weak skos:prefLabel "weak"@en .
  force:hoped skos:prefLabel "hoped"@en .
}
graph:entities {
  instrument:ferry-pact a ukj:Agreement ; skos:prefLabel "Ferry Pact"@en ;
    skos:altLabel "Crossing Treaty"@en ; skos:scopeNote "Between two towns."@en ;
    ukj:between state:eastport , state:westport .
  instrument:harbour-accord a ukj:Agreement ; skos:prefLabel "Harbour Accord"@en .
  instrument:night-protocol a ukj:Agreement ; skos:prefLabel "Night Protocol"@en , "夜間議定書"@ja .
  instrument:tide-table a ukj:Agreement ; skos:prefLabel "Tide Table, or: a | pipe"@en .
  state:eastport a ukj:State ; skos:prefLabel "Eastport"@en .
  state:westport a ukj:State ; skos:prefLabel "Westport"@en .
  person:ada-quay skos:prefLabel "Ada Quay"@en ; skos:altLabel "the mayor"@en .
  person:ben-quay skos:prefLabel "Ben Quay"@en ; skos:altLabel "The Mayor"@en .
  place:lighthouse skos:prefLabel "the lighthouse"@en .
  topic:night-protocol skos:prefLabel "night crossings"@en .
}
graph:documents {
  graph:entities a ukj:Graph ; ukj:role "Identity: what there is."@en .
  document:gazette a ukj:Document ; ukj:shortTitle "Gazette 1903"@en ;
    ukj:publicCopy "https://gazette.example/1903"^^xsd:anyURI .
  document:almanac a ukj:Document ; ukj:shortTitle "Almanac"@en .
  passage:gazette.S2 a ukj:Passage ; ukj:inDocument document:gazette ; ukj:start 50 ;
    skos:prefLabel "Gazette 1903, 2"@en ; ukj:gloss "The accord grew out of the pact."@en ;
    ukj:status status:stated .
  passage:gazette.S1 a ukj:Passage ; ukj:inDocument document:gazette ; ukj:start 0 ;
    skos:prefLabel "Gazette 1903, 1"@en ; ukj:gloss "The pact was signed."@en ; ukj:status status:stated .
  passage:gazette.S10 a ukj:Passage ; ukj:inDocument document:gazette ; ukj:start 90 ;
    skos:prefLabel "Gazette 1903, 10"@en ; ukj:gloss "The mayor hopes for a night ferry."@en ;
    ukj:status status:stated .
  passage:almanac.S1 a ukj:Passage ; ukj:inDocument document:almanac ; ukj:start 0 ;
    skos:prefLabel "Almanac, 1"@en ; ukj:gloss "The accord, again, rests on the pact."@en ;
    ukj:status status:stated .
  reading:gazette.S2 a ukj:Reading ; ukj:readingOf passage:gazette.S2 ; ukj:status status:entailed ;
    ukj:reason "Whoever grows out of a thing comes after it."@en .
  mention:gazette.S1-1 a ukj:Mention ; ukj:inPassage passage:gazette.S1 ; ukj:name "the Boat Treaty"@en ;
    ukj:refersTo instrument:ferry-pact .
  mention:gazette.S2-1 a ukj:Mention ; ukj:inPassage passage:gazette.S2 ; ukj:name "the Boat Treaty"@en ;
    ukj:refersTo instrument:ferry-pact .
  mention:gazette.S2-2 a ukj:Mention ; ukj:inPassage passage:gazette.S2 ; ukj:name "that paper"@en ;
    ukj:mentionKind kind:description ; ukj:refersTo instrument:ferry-pact .
}
passage:gazette.S1 {
  document:gazette ukj:documentDate "1903-05-01"^^xsd:date .
  instrument:ferry-pact ukj:signedOn "1903-04-30"^^xsd:date .
}
passage:gazette.S2 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }
reading:gazette.S2 { instrument:harbour-accord ukj:follows instrument:ferry-pact . }
passage:gazette.S10 {
  statement:gazette.S10 a ukj:Expectation ; ukj:gloss "A night ferry is hoped for."@en ;
    ukj:holder person:ada-quay ; ukj:force force:hoped ; ukj:about instrument:night-protocol ;
    ukj:concerns instrument:ferry-pact .
}
passage:almanac.S1 { instrument:harbour-accord ukj:buildsOn instrument:ferry-pact . }
graph:entailed {
  instrument:harbour-accord ukj:restsOn instrument:ferry-pact ; a ukj:Instrument .
  instrument:ferry-pact ukj:signedBy person:ada-quay .
  passage:gazette.S1 ukj:mentions instrument:ferry-pact .
}
graph:inferences {
  inference:night-on-pact a ukj:Inference ; ukj:subject instrument:night-protocol ;
    ukj:predicate ukj:buildsOn ; ukj:object instrument:ferry-pact ; ukj:grade grade:weak ;
    ukj:premise passage:gazette.S10 , passage:gazette.S1 ; ukj:reason "Both are about crossings."@en .
  instrument:tide-table ukj:likelySameAs instrument:night-protocol .
}
graph:silences {
  silence:pact-in-force a ukj:Silence ; ukj:subject instrument:ferry-pact ; ukj:predicate ukj:inForceFrom ;
    ukj:gloss "No document says that the pact is in force."@en ; ukj:nearestPassage passage:gazette.S1 .
  silence:night-on-accord a ukj:Silence ; ukj:subject instrument:night-protocol ;
    ukj:predicate ukj:buildsOn ; ukj:object instrument:harbour-accord ;
    ukj:gloss "No document says that the protocol builds on the accord."@en .
}
"""

#: Rules of the project that the dataset carries; what else is entailed in it nothing explains.
RULES = ("mentions", "subclass", "subproperty")

QUERIES = {
    "builds-on": """#+ summary: What builds on an instrument?
#+ description: By the words of a passage.
#+ tags: [chains, instruments]
#+ questions: [CQ1]
#+ params:
#+   instrument: {type: instrument, default: "instrument:ferry-pact", about: "what is built on"}
#+ columns:
#+   what: what builds on it
#+   signed: when it was signed
#+   where: the passage
#+ silence: No document says that anything builds on it.

PREFIX instrument: <https://w3id.org/ukjapan/id/instrument/>
PREFIX ukj: <https://w3id.org/ukjapan/ns#>

SELECT ?what ?signed ?where WHERE {
  VALUES ?instrument { instrument:ferry-pact }
  GRAPH ?where { ?what ukj:buildsOn ?instrument }
  OPTIONAL { ?what ukj:signedOn ?signed }
}
ORDER BY ?what ?where
""",
    "signed-by": """#+ summary: What was signed by a day?
#+ tags: [time]
#+ questions: [CQ2]
#+ params:
#+   day: {type: date, default: "1903-12-31", about: "the day"}
#+   word: {type: string, default: "Pact", about: "a word of its name"}
#+ columns:
#+   what: what was signed
#+   date: when
#+ silence: no document says that such a thing was signed by then

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ukj: <https://w3id.org/ukjapan/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?what ?date WHERE {
  VALUES ?day { "1903-12-31"^^xsd:date }
  VALUES ?word { "Pact" }
  ?what ukj:signedOn ?date ; skos:prefLabel ?label .
  FILTER(?date <= ?day && CONTAINS(STR(?label), ?word))
}
ORDER BY ?what
""",
}


def store() -> Store:
    """The dataset in memory, saved queries left out."""
    found = Store()
    found.extend(parse((HEADER + DATA).encode(), format=RdfFormat.TRIG))
    found.extend(as_data(rule for rule in read_rules(root()) if rule.name in RULES))
    return found


def write_queries(folder: Path) -> Path:
    """Write the saved queries below ``folder``; gives ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in QUERIES.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return folder


def write_release(folder: Path) -> Path:
    """Write the queries to ``folder/queries`` and the release file beside it; gives the release file."""
    queries = read_folder(write_queries(folder / "queries"))
    found: set[Quad] = {*store(), *quads(queries)}
    path = folder / "graph.nq"
    path.write_bytes(serialize(sorted(found, key=str), format=RdfFormat.N_QUADS))
    return path
