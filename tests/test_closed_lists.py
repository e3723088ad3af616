"""The lists whose values are fixed."""

from paged_project import index, own
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.closed_lists import closed_lists

SMALL = index(
    "scheme:f a skos:ConceptScheme . scheme:g a skos:ConceptScheme .\n"
    'force:top skos:inScheme scheme:f ; skos:definition "Top."@en ; skos:prefLabel "zenith"@en .\n'
    'force:low skos:inScheme scheme:f ; skos:definition "Low."@en ; skos:broader force:top .\n'
    'force:abc skos:inScheme scheme:f ; skos:definition "Abc."@en ; skos:notation "A" .\n'
    "topic:x skos:inScheme scheme:g . statement:s ukj:force force:low ."
)


def test_values_stand_below_what_is_broader() -> None:
    """By name, a narrower value right after its broader one and one step in, with its uses."""
    (only,), others = closed_lists(SMALL)
    assert [(value.iri, value.depth) for value in only.values] == [
        (expand("force:abc"), 0),
        (expand("force:top"), 0),
        (expand("force:low"), 1),
    ]
    assert [(value.mark, value.used) for value in only.values] == [("A", 0), ("", 0), ("", 1)]
    assert others == [(expand("scheme:g"), 1)]


def test_what_only_places_or_links_a_value_is_no_use_of_it() -> None:
    """Narrower values, direct or by entailment, the scheme, and the record of a link to elsewhere."""
    placed = index(
        "scheme:f a skos:ConceptScheme ; skos:hasTopConcept force:top . force:low skos:inScheme scheme:f ;\n"
        '  skos:definition "Low."@en ; skos:broader force:top ; skos:broaderTransitive force:top .\n'
        'force:top skos:inScheme scheme:f ; skos:definition "Top."@en ; skos:narrower force:low .\n'
        "mapping:m owl:annotatedSource force:top . statement:s ukj:force force:top ."
    )
    assert [value.used for value in closed_lists(placed)[0][0].values] == [1, 0]
    told = {value.iri: value.used for one in closed_lists(own().graph)[0] for value in one.values}
    assert told[expand("force:undertaking")] == 0 < told[expand("force:will")]


def test_values_in_a_circle_are_not_lost() -> None:
    """Two values that are each other's broader one are both listed, once."""
    circle = index(
        'scheme:f a skos:ConceptScheme . force:a skos:inScheme scheme:f ; skos:definition "A."@en ;\n'
        'skos:broader force:b . force:b skos:inScheme scheme:f ; skos:definition "B."@en ; skos:broader force:a .'
    )
    assert [value.iri for value in closed_lists(circle)[0][0].values] == [
        expand("force:a"),
        expand("force:b"),
    ]


def test_no_value_of_our_own_lists_is_lost() -> None:
    """Forces, phases, statuses, grades, kinds, genres, areas and the rest, whole."""
    graph = own().graph
    closed, others = closed_lists(graph)
    for one in closed:
        assert sorted(value.iri for value in one.values) == sorted(graph.subjects("skos:inScheme", one.iri))
    assert {"force", "phase", "status", "grade", "passage-kind", "genre", "areas-of-cooperation"} <= {
        one.iri.rpartition("/")[2] for one in closed
    }
    assert [iri for iri, _ in others] == [expand("scheme:topics")]


def test_areas_stand_in_the_order_of_the_declaration() -> None:
    """The sixteen by their number, each with the passage that lists it."""
    areas = next(
        one for one in closed_lists(own().graph)[0] if one.iri == expand("scheme:areas-of-cooperation")
    )
    assert [value.mark for value in areas.values] == [str(number) for number in range(1, 17)]
    assert all(value.stated for value in areas.values)
