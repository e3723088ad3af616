"""Capacities and signatures against tenures."""

from datetime import date

import pytest

from small_world import CORPUS, OUTSIDE, node, world
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.capacities import capacities, capacity, judged, signatures
from ukjapan_graph.linking.outside.spans import Span
from ukjapan_graph.linking.outside.tenures import Tenures

MAYOR = (node("person:ada-quay"), node("office:mayor"))


def days(first, last):
    """The days from ``first`` to ``last``, given as in 1903-05-01."""
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        (days("1902-03-01", "1904-12-31"), lines.IN_OFFICE),
        (days("1902-02-28", "1902-02-28"), lines.NOT_IN_OFFICE),
        (days("1902-01-01", "1902-12-31"), lines.OPEN),
        (None, lines.OPEN),
    ],
)
def test_judged(when, verdict):
    """First and last day of the tenure are within; days of which it leaves some are left open, and so is no day."""
    tenures = Tenures(world(OUTSIDE))
    assert judged(tenures, MAYOR, when)[0] == verdict


def test_two_tenures_that_follow_each_other_are_one():
    """Who was appointed again the day after was in office throughout."""
    parted = OUTSIDE.replace('"1904-12-31"', '"1903-05-01"').replace(
        "tenure:ben-harbour",
        """tenure:ada-again a ukj:Tenure ; ukj:tenureOf person:ada-quay ; ukj:tenureIn office:mayor ;
        ukj:tenureFrom "1903-05-02"^^xsd:date ; ukj:tenureUntil "1904-12-31"^^xsd:date . tenure:ben-harbour""",
    )
    found = judged(Tenures(world(parted)), MAYOR, days("1903-05-01", "1903-05-02"))
    assert (found[0], len(found[2])) == (lines.IN_OFFICE, 2)


def test_of_whom_nothing_is_known():
    """Without a tenure, and with nobody else surely in the office, outside is silent."""
    tenures = Tenures(world(OUTSIDE))
    for when in (None, days("1903-05-01", "1903-05-01")):
        assert judged(tenures, (MAYOR[0], node("office:town-clerk")), when)[0] == lines.SILENT


def test_the_day_of_the_event_counts_where_the_capacity_has_none():
    """An attestation at an event is of its day; that this is inferred is said; without either the day is left open."""
    store = world(CORPUS, OUTSIDE)
    told = {line.about.name: line.statement for line in capacities(store, Tenures(store))}
    assert told["attestation:ada-at-summit"] == "Ada Quay as Mayor, on a day left open"
    assert told["attestation:ada-mayor"] == "Ada Quay as Mayor, 1903-05-01"
    bounds = 'graph:inferences { event:summit ukj:earliest "1904-01-21"^^xsd:date ; ukj:latest "1904-01-22"^^xsd:date . }'
    store = world(CORPUS, OUTSIDE, bounds)
    told = {line.about.name: line.statement for line in capacities(store, Tenures(store))}
    assert told["attestation:ada-at-summit"] == "Ada Quay as Mayor, 1904-01-21 to 1904-01-22 (inferred)"


def test_a_capacity_that_lacks_a_part():
    """An attestation without an office is nobody's capacity, and a signature in it is passed over."""
    store = world(
        CORPUS.replace("ukj:person person:ada-quay ; ukj:office office:mayor ;\n    ukj:date", "ukj:date"),
        OUTSIDE,
    )
    assert capacity(store, node("attestation:ada-mayor")) is None
    assert "attestation:ada-mayor" not in [line.about.name for line in capacities(store, Tenures(store))]
    assert list(signatures(store, Tenures(store))) == []
