"""The picture of the core, drawn from its plan as far as the ontology bears it out.

A box is drawn only where the ontology has the class, an edge only where it has the property and the classes
at both ends fit its domain and range: the picture cannot say what the ontology does not.
"""

from __future__ import annotations

from typing import NamedTuple

from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.publishing.axioms import ancestors
from ukjapan_graph.publishing.diagram_plan import PLANS, Box, Edge, Plan, Point
from ukjapan_graph.publishing.material import Index, full
from ukjapan_graph.publishing.terms import kind_of_term

_ROUND = 9  # radius of an edge's corner


class DrawnBox(NamedTuple):
    """A box: its plan, the IRI of its class, and what is written below the name, or ""."""

    box: Box
    iri: str
    below: str


class DrawnEdge(NamedTuple):
    """An edge: its plan, the IRI of its property, and its line as the data of an SVG path."""

    edge: Edge
    iri: str
    line: str


class Drawing(NamedTuple):
    """What is drawn of a plan, and the names of what is not."""

    plan: Plan
    boxes: list[DrawnBox]
    edges: list[DrawnEdge]
    left_out: list[str]


def draw(ontology: Index) -> list[Drawing]:
    """The drawings for wide and narrow screens; none where the ontology has no class of the core."""
    found = [_draw(ontology, plan) for plan in PLANS]
    return [drawing for drawing in found if drawing.boxes]


def _draw(ontology: Index, plan: Plan) -> Drawing:
    classes = {box.name for box in plan.boxes if kind_of_term(ontology, iri_of(box.name)) == "class"}
    boxes = [
        DrawnBox(box, iri_of(box.name), _kinds(ontology, box)) for box in plan.boxes if box.name in classes
    ]
    edges = [
        DrawnEdge(edge, iri_of(edge.name), path(edge.points))
        for edge in plan.edges
        if {edge.source, edge.target} <= classes and fits(ontology, edge)
    ]
    drawn = [one.edge for one in edges]
    left_out = [box.name for box in plan.boxes if box.name not in classes]
    left_out += [f"{e.source} {e.name} {e.target}" for e in plan.edges if e not in drawn]
    return Drawing(plan, boxes, edges, left_out)


def iri_of(name: str) -> str:
    """The IRI of a name in a plan."""
    return full(name) if ":" in name else PREFIXES["ukj"] + name


def fits(ontology: Index, edge: Edge) -> bool:
    """Whether the ontology has the property, with a domain and range that hold the ends of ``edge``."""
    iri = iri_of(edge.name)
    if not kind_of_term(ontology, iri):
        return False
    for predicate, name in (("rdfs:domain", edge.source), ("rdfs:range", edge.target)):
        end = iri_of(name)
        if not set(ontology.iris(iri, predicate)) <= {end, *ancestors(ontology, end)}:
            return False
    return True


def path(points: tuple[Point, ...]) -> str:
    """``points`` as the data of an SVG path whose corners are rounded."""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _toward(corner, before), _toward(corner, after)
        parts.append(f"L{start[0]} {start[1]}Q{corner[0]} {corner[1]} {end[0]} {end[1]}")
    return "".join([*parts, f"L{points[-1][0]} {points[-1][1]}"])


def _toward(corner: Point, other: Point) -> Point:
    """The point at :data:`_ROUND` from ``corner`` on the way to ``other``; edges run along the axes."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    step = min(_ROUND, (abs(dx) + abs(dy)) // 2)
    return corner[0] + (dx > 0) * step - (dx < 0) * step, corner[1] + (dy > 0) * step - (dy < 0) * step


def _kinds(ontology: Index, box: Box) -> str:
    """The labels of the classes right below that of ``box``, where there is room for them."""
    if box.height < 50 or box.width < 120 or box.width > 400:
        return ""
    narrower = ontology.subjects("rdfs:subClassOf", iri_of(box.name))
    words = ", ".join(ontology.label(iri) for iri in narrower)
    return words if len(words) * 5 < box.width else f"{len(narrower)} kinds"
