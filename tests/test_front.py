"""What the front page says before the terms."""

import re

from paged_project import index, own, own_pages
from release import rows
from ukjapan_graph.publishing import front


def page() -> str:
    """The front page."""
    return own_pages()["index.html"].decode()


def number(what: str) -> int:
    """The number that the front page gives for ``what``."""
    return int(re.search(rf"<strong>([0-9]+)</strong> {what}<", page())[1])


def asked(query: str) -> int:
    """The number that a query gives."""
    return int(rows(query)[0][0].value)


def test_counts_are_those_of_the_release() -> None:
    """Each is what SPARQL counts in the release."""
    ours = "FILTER(STRSTARTS(STR(?t), STR(ukj:)))"
    assert number("classes") == asked(f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ ?t a owl:Class {ours} }}")
    assert number("object properties") == asked(
        f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ ?t a owl:ObjectProperty {ours} }}"
    )
    assert number("passages") == asked("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a ukj:Passage }")
    assert number("inferences") == asked("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a ukj:Inference }")
    assert number("triples that passages state") == asked(
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } ?g a ukj:Passage } }"
    )


def test_the_ontology_speaks_for_itself() -> None:
    """Title, version, version IRI and licence are those of the data."""
    head = front.head(own().ontology)
    assert head.version in head.version_iri
    assert "creativecommons.org" in head.licences[0]
    assert f"<h1>{head.title}</h1>" in page()
    assert head.version_iri in page()


def test_only_what_is_said_of_our_terms_is_an_alignment() -> None:
    """As many as the page of alignments lists, whatever else their files say."""
    file = index("ukj:A rdfs:seeAlso skos:Concept . skos:Concept rdfs:seeAlso skos:notation .")
    counts = front.counts(own()._replace(alignments={"x": file}), [], [], 0)
    assert [one.number for one in counts if one.what == "alignments"] == [1]


def test_an_ontology_without_a_word_has_a_front_page() -> None:
    """Title and namespace are there; the rest is left out."""
    head = front.head(index("ukj:Boat a owl:Class ."))
    assert (head.title, head.version, head.namespace) == ("Ontology", "", "https://w3id.org/ukjapan/ns#")


def test_the_address_is_taken_apart() -> None:
    """Document, letters that stand for one section, and number make up the name again."""
    found = front.address(own().graph)
    assert found.iri == f"{found.document}.{found.letters}{found.number}".replace("/document/", "/passage/")
    same = [
        own().graph.text(iri, "ukj:section")
        for iri in own().graph.subjects("ukj:inDocument", found.document)
        if re.match(r"[A-Z]+", own().graph.text(iri, "ukj:unit"))[0] == found.letters
    ]
    assert set(same) == {found.section} and len(same) > 1


def test_the_underscore_is_explained_by_what_is_so() -> None:
    """SPARQL itself takes as many points in a prefixed name as one likes (SPARQL 1.1, 19.8, PN_LOCAL)."""
    assert "some readers of SPARQL take only one point" in page()


def test_without_sections_no_address_is_explained() -> None:
    """Nothing is said that would not be so."""
    assert front.address(index("passage:a.S1 a ukj:Passage .")) is None
