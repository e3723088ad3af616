"""The links described: counts of linksets, counted again from the release."""

from release import rows
from ukjapan_graph.data.links import PREDICATES
from ukjapan_graph.data.neighbours import NEIGHBOURS
from ukjapan_graph.namespaces import PREFIXES, expand


def test_every_link_is_counted_in_one_linkset():
    """For each neighbour and mapping property in use there is one linkset, with the count of those triples."""
    counted = {
        (target.value.rpartition("/")[2], predicate.value): int(number.value)
        for _, target, predicate, number in rows(
            "SELECT ?l ?t ?p ?n { dataset:ukjapan-graph void:subset ?l . ?l a void:Linkset ; void:objectsTarget ?t ; "
            "void:subjectsTarget dataset:ukjapan-graph ; void:linkPredicate ?p ; void:triples ?n }"
        )
    }
    again: dict[tuple[str, str], int] = {}
    matches = " ".join(PREDICATES)
    for predicate, target in rows(
        f"SELECT ?p ?o {{ GRAPH graph:links {{ ?s ?p ?o }} VALUES ?p {{ {matches} }} }}"
    ):
        (name,) = [n for n, row in NEIGHBOURS.items() if target.value.startswith(PREFIXES[row.prefix])]
        again[name, predicate.value] = again.get((name, predicate.value), 0) + 1
    assert counted == again
    assert counted["wikidata", expand("skos:exactMatch")] > 40


def test_linksets_are_named():
    """A linkset is called after neighbour and property, and no two links are of one name."""
    names = [row[0].value for row in rows("SELECT ?l { ?l a void:Linkset }")]
    assert len(names) == len(set(names)) > 10
    assert PREFIXES["dataset"] + "links-wikidata-exactMatch" in names


def test_neighbours_are_described():
    """Whatever a linkset leads to has a title, a page and the namespace of its things."""
    found = {
        target.value.rpartition("/")[2]: (title.value, home.value, space.value)
        for target, title, home, space in rows(
            "SELECT DISTINCT ?t ?title ?home ?space { ?l void:objectsTarget ?t . ?t a void:Dataset ; "
            "dcterms:title ?title ; foaf:homepage ?home ; void:uriSpace ?space }"
        )
    }
    targets = {
        row[0].value.rpartition("/")[2] for row in rows("SELECT DISTINCT ?t { ?l void:objectsTarget ?t }")
    }
    assert found.keys() == targets
    for name, (title, home, space) in found.items():
        assert (title, home, space) == (NEIGHBOURS[name].title, NEIGHBOURS[name].home, NEIGHBOURS[name].space)
