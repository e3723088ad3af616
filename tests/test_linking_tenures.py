"""The tenures of the world view."""

from datetime import date

from small_world import CORPUS, OUTSIDE, node, world
from ukjapan_graph.linking.outside.spans import Span
from ukjapan_graph.linking.outside.tenures import Tenures, possible, sure


def test_sure_and_possible_days():
    """By years the sure days are fewer than the possible ones; without an end the possible ones have none."""
    tenures = Tenures(world(CORPUS, OUTSIDE)).of(node("person:ben-mole"), node("office:harbour-master"))
    assert sure(tenures) == [Span(date(1903, 2, 28), date(1905, 1, 1))]
    assert possible(tenures) == [Span(date(1903, 2, 1), None)]
    assert [str(tenure.source) for tenure in tenures] == [str(node("outside:almanac"))]


def test_holders_are_those_who_surely_cover_the_days():
    """Who held an office is told for days that a tenure covers whole."""
    tenures = Tenures(world(OUTSIDE))
    in_may = Span(date(1903, 5, 1), date(1903, 5, 1))
    assert [t.person for t in tenures.holders(node("office:mayor"), in_may)] == [node("person:ada-quay")]
    assert tenures.holders(node("office:mayor"), Span(date(1904, 12, 31), date(1905, 1, 1))) == []


def test_a_tenure_among_the_documents_counts_for_nothing():
    """Only the graph of an outside source can say who held an office."""
    tenures = Tenures(world(OUTSIDE.replace("outside:almanac {\n  tenure", "passage:log.S9 {\n  tenure")))
    assert tenures.of(node("person:ada-quay"), node("office:mayor")) == []


def test_a_bound_that_is_no_day():
    """A bound that a source writes as a year counts from its first or to its last day; what is no date, not at all."""
    written = """outside:herald { tenure:cy a ukj:Tenure ; ukj:tenureOf person:cy ; ukj:tenureIn office:mayor ;
      ukj:earliestStart "1903"^^xsd:gYear ; ukj:latestStart "1903"^^xsd:gYear ; ukj:latestEnd "later" . }"""
    (tenure,) = Tenures(world(written)).of(node("person:cy"), node("office:mayor"))
    assert (tenure.sure, tenure.possible) == (None, Span(date(1903, 1, 1), None))


def test_an_end_that_another_source_gives():
    """A tenure without an end is possible until the end that another source gives, and no longer."""
    other = """outside:herald { tenure:ben-again a ukj:Tenure ; ukj:tenureOf person:ben-mole ;
      ukj:tenureIn office:harbour-master ; ukj:tenureFrom "1903"^^xsd:gYear ; ukj:tenureUntil "1906"^^xsd:gYear . }"""
    tenures = Tenures(world(OUTSIDE, other)).of(node("person:ben-mole"), node("office:harbour-master"))
    assert possible(tenures) == [Span(date(1903, 1, 1), date(1906, 12, 31))]
