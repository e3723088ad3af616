"""The documents and their passages."""

from paged_project import index, own
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.passages import documents

SMALL = index(
    'document:b a ukj:Document ; ukj:shortTitle "B"@en ; ukj:documentDate "2001-01-01"^^xsd:date ;\n'
    "  foaf:page <https://example.org/b> ; ukj:genre genre:story .\n"
    'document:a a ukj:Document ; ukj:shortTitle "A"@en .\n'
    'passage:b.S2 a ukj:Passage ; ukj:inDocument document:b ; ukj:start 40 ; ukj:unit "S2" ;\n'
    '  skos:prefLabel "B, sentence 2"@en .\n'
    "passage:b.S1 a ukj:Passage ; ukj:inDocument document:b ; ukj:start 7 ; ukj:end 30 ; ukj:line 3 ;\n"
    '  ukj:unit "S1" ; skos:prefLabel "B, sentence 1"@en ; ukj:gloss "It says so."@en .\n'
    "ukj:State dcterms:source passage:b.S1 ."
)


def test_a_document_has_its_passages_in_its_own_order() -> None:
    """Dated documents first; passages by where they start."""
    dated, undated = documents(SMALL, SMALL)
    assert (dated.label, undated.label, undated.date) == ("B", "A", "")
    assert [passage.unit for passage in dated.passages] == ["S1", "S2"]
    assert dated.passages[0].place == "line 3, characters 7 to 30"
    assert dated.passages[0].terms == [expand("ukj:State")]


def test_a_public_address_is_given_where_the_data_has_one() -> None:
    """Addresses of the Web, but no name of ours and no class."""
    assert [one.addresses for one in documents(SMALL, SMALL)] == [["https://example.org/b"], []]


def test_letters_of_units_are_explained_by_their_labels() -> None:
    """What all labels with the same letters have in common, without the number."""
    assert documents(SMALL, SMALL)[0].units == [("S", "sentence", 2)]


def test_every_passage_of_ours_is_listed_with_its_gloss() -> None:
    """None of the five documents' passages is lost or empty."""
    graph = own().graph
    found = [passage for doc in documents(graph, own().ontology) for passage in doc.passages]
    assert sorted(one.iri for one in found) == sorted(graph.things("ukj:Passage"))
    assert [one.iri for one in found if not (one.gloss and one.unit and one.place and one.kind)] == []
