"""Alignments."""

from paged_project import index, own
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.neighbours import TIES, neighbours


def test_a_neighbour_has_its_title_and_ties() -> None:
    """Ties of our terms, sorted; what the file says of itself is none."""
    file = index(
        '<https://w3id.org/ukjapan/ns/alignment/x> a owl:Ontology ; dcterms:title "To X"@en .\n'
        "ukj:b rdfs:subPropertyOf <https://example.org/b> . ukj:A skos:closeMatch <https://example.org/A> ."
    )
    (found,) = neighbours({"x": file})
    assert (found.name, found.title) == ("x", "To X")
    assert [other for _, _, other in found.ties] == ["https://example.org/A", "https://example.org/b"]


def test_every_tie_of_ours_has_words() -> None:
    """Every line of every alignment is told, and its property is put into words."""
    ties = [tie for one in neighbours(own().alignments) for tie in one.ties]
    lines = [
        q
        for file in own().alignments.values()
        for q in file.quads
        if q.subject.value.startswith(expand("ukj:x")[:-1])
    ]
    assert len(ties) == len(lines) > 30
    assert {predicate for _, predicate, _ in ties} <= set(TIES)
