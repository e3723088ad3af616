"""A tiny invented corpus and what outside sources say of it, as one store, for the tests of the audit."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from small_project import HEADER
from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.tenures import tenure_bounds
from ukjapan_graph.namespaces import PREFIXES, expand

#: A mayor who signs, a harbour master without a day, and a summit whose year nobody writes.
CORPUS = """
graph:entities {
  person:ada-quay a ukj:Person ; skos:prefLabel "Ada Quay"@en .
  person:ben-mole a ukj:Person ; skos:prefLabel "Ben Mole"@en .
  office:mayor a ukj:Office ; skos:prefLabel "Mayor"@en .
  office:harbour-master a ukj:Office ; skos:prefLabel "Harbour Master"@en .
  event:pact-signing a ukj:Signing ; skos:prefLabel "signing of the pact"@en .
  event:summit a ukj:Meeting ; skos:prefLabel "summit"@en .
  event:first-fair a ukj:Meeting ; skos:prefLabel "first fair"@en .
  event:summit-news a ukj:Announcement ; skos:prefLabel "news of the summit"@en .
}
passage:log.S1 {
  event:pact-signing ukj:date "1903-05-01"^^xsd:date .
  attestation:ada-mayor a ukj:Attestation ; ukj:person person:ada-quay ; ukj:office office:mayor ;
    ukj:date "1903-05-01"^^xsd:date .
  participation:ada-signs a ukj:Signature ; ukj:inEvent event:pact-signing ; ukj:person person:ada-quay ;
    ukj:inCapacity attestation:ada-mayor .
}
passage:log.S2 {
  event:summit-news ukj:partialDate "--01-21"^^xsd:gMonthDay ; ukj:announces event:summit .
  attestation:ada-at-summit a ukj:Attestation ; ukj:person person:ada-quay ; ukj:office office:mayor ;
    ukj:inEvent event:summit .
  attestation:ben-at-summit a ukj:Attestation ; ukj:person person:ben-mole ; ukj:office office:harbour-master ;
    ukj:inEvent event:summit .
}
graph:inferences {
  inference:summit-is-the-fair a ukj:Inference ; ukj:subject event:summit ; ukj:predicate ukj:likelySameAs ;
    ukj:object event:first-fair ; ukj:grade grade:strong ; ukj:premise passage:log.S2 .
}
"""

#: The mayor to the day, the harbour master by years; a source of 1905 that knows of no end.
OUTSIDE = """
graph:external {
  outside:almanac a ukj:OutsideSource ; skos:prefLabel "Almanac"@en ; ukj:address "https://almanac.example/"^^xsd:anyURI ;
    ukj:status status:external ; ukj:sourceDate "1905"^^xsd:gYear .
}
outside:almanac {
  tenure:ada-mayor-1902 a ukj:Tenure ; ukj:tenureOf person:ada-quay ; ukj:tenureIn office:mayor ;
    ukj:tenureFrom "1902-03-01"^^xsd:date ; ukj:tenureUntil "1904-12-31"^^xsd:date .
  tenure:ben-harbour-master-1903 a ukj:Tenure ; ukj:tenureOf person:ben-mole ; ukj:tenureIn office:harbour-master ;
    ukj:tenureFrom "1903-02"^^xsd:gYearMonth .
}
"""


def world(*parts: str) -> Store:
    """A store of the TriG ``parts``, with the bounds that the build gives tenures."""
    quads = [normal(q) for part in parts for q in parse((HEADER + part).encode(), format=RdfFormat.TRIG)]
    store = Store()
    store.extend(quads)
    following = NamedNode(PREFIXES["graph"] + "external-entailed")
    store.extend(Quad(*triple, following) for triple in tenure_bounds(quads))
    return store


def node(name: str) -> NamedNode:
    """The thing with the prefixed name ``name``."""
    return NamedNode(expand(name))
