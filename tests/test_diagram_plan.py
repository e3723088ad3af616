"""The picture's plan: what stands where."""

import pytest

from ukjapan_graph.publishing.diagram_plan import GROUPS, PLANS, Box, Edge, Plan

EDGES = [(plan, edge) for plan in PLANS for edge in plan.edges]
NAMES = [f"{plan.name}: {edge.source} {edge.name} {edge.target}" for plan, edge in EDGES]


def sides(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom."""
    return (
        box.x - box.width // 2, box.y - box.height // 2, box.x + box.width // 2, box.y + box.height // 2,
    )  # fmt: skip


def on_the_border(point: tuple[int, int], box: Box) -> bool:
    """Whether ``point`` lies on a side of ``box``, within a unit."""
    left, top, right, bottom = sides(box)
    inside = left - 1 <= point[0] <= right + 1 and top - 1 <= point[1] <= bottom + 1
    return inside and (
        min(abs(point[0] - left), abs(point[0] - right)) <= 1
        or min(abs(point[1] - top), abs(point[1] - bottom)) <= 1
    )


@pytest.mark.parametrize(("plan", "edge"), EDGES, ids=NAMES)
def test_an_edge_runs_from_box_to_box(plan: Plan, edge: Edge) -> None:
    """It starts and ends on the borders of its two boxes and runs along the axes."""
    boxes = {box.name: box for box in plan.boxes}
    assert on_the_border(edge.points[0], boxes[edge.source])
    assert on_the_border(edge.points[-1], boxes[edge.target])
    steps = zip(edge.points, edge.points[1:], strict=False)
    assert [pair for pair in steps if pair[0][0] != pair[1][0] and pair[0][1] != pair[1][1]] == []


@pytest.mark.parametrize(("plan", "edge"), EDGES, ids=NAMES)
def test_a_label_covers_no_box_and_stays_in_the_picture(plan: Plan, edge: Edge) -> None:
    """The words of an edge stand clear of every box, by a generous measure of their width."""
    size = 13 if plan.name == "wide" else 11.5
    width = len(edge.name.split(":")[-1]) * size * 0.53
    x, y = edge.label
    left = x - {"start": 0, "middle": width / 2, "end": width}[edge.anchor]
    assert left >= 0 and left + width <= plan.width
    for box in plan.boxes:
        at = sides(box)
        beside = left + width <= at[0] + 2 or left >= at[2] - 2 or y <= at[1] + 2 or y - size * 0.7 >= at[3]
        assert beside, (edge.name, box.name)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_boxes_stand_apart_and_in_the_picture(plan: Plan) -> None:
    """No two boxes overlap; each has a group that the legend explains."""
    for number, box in enumerate(plan.boxes):
        left, top, right, bottom = sides(box)
        assert left >= 0 and top >= 0 and right <= plan.width and bottom <= plan.height
        assert box.group in GROUPS
        for other in plan.boxes[number + 1 :]:
            at = sides(other)
            assert right <= at[0] or at[2] <= left or bottom <= at[1] or at[3] <= top, (box.name, other.name)


def test_the_narrow_picture_says_nothing_that_the_wide_one_does_not() -> None:
    """Its edges are some of those of the wide picture."""
    wide, tall = ({(edge.source, edge.name, edge.target) for edge in plan.edges} for plan in PLANS)
    assert tall < wide
