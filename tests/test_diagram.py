"""The picture of the core."""

import pytest

from paged_project import index, own
from ukjapan_graph.publishing import diagram
from ukjapan_graph.publishing.diagram_plan import Edge
from ukjapan_graph.publishing.material import Index


def test_nothing_of_the_plan_is_at_odds_with_the_ontology() -> None:
    """Every class and property of both pictures is there, and fits."""
    drawings = diagram.draw(own().ontology)
    assert [(drawing.plan.name, drawing.left_out) for drawing in drawings] == [("wide", []), ("tall", [])]


def edge(name: str, source: str, target: str) -> Edge:
    """An edge without a place."""
    return Edge(name, source, target, ((0, 0), (9, 0)), (0, 0))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (edge("stageOf", "Stage", "Instrument"), True),
        (edge("inEvent", "Participation", "Stage"), True),  # a stage is an event
        (edge("stageOf", "Event", "Instrument"), False),  # an event need not be a stage
        (edge("inDocument", "Document", "Passage"), False),
        (edge("stagedOf", "Stage", "Instrument"), False),
    ],
)
def test_an_edge_fits_domain_and_range(drawn: Edge, expected: bool) -> None:
    """Both ends are of the property's classes, or narrower."""
    assert diagram.fits(own().ontology, drawn) is expected


def test_what_the_ontology_loses_the_picture_loses() -> None:
    """Without its class a box is gone, and every edge at it; without any class there is no picture."""
    gone = "https://w3id.org/ukjapan/ns#Instrument"
    rest = Index(quad for quad in own().ontology.quads if quad.subject.value != gone)
    for drawing in diagram.draw(rest):
        assert "Instrument" in drawing.left_out
        assert "Instrument" not in [one.box.name for one in drawing.boxes]
        assert [one for one in drawing.edges if "Instrument" in (one.edge.source, one.edge.target)] == []
    assert diagram.draw(index("ukj:Boat a owl:Class .")) == []


def test_corners_are_rounded() -> None:
    """A line goes straight, a corner becomes a curve that starts and ends on its two legs."""
    assert diagram.path(((0, 0), (50, 0))) == "M0 0L50 0"
    assert diagram.path(((0, 0), (50, 0), (50, 40))) == "M0 0L41 0Q50 0 50 9L50 40"
