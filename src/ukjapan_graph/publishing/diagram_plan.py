"""The picture of the core: which classes and properties it shows, and where, on a wide and a narrow screen.

Names are local names in the namespace of the terms, or prefixed. Places are in units of the drawing, about a
pixel; a box is given by its middle and its size, an edge by the points it runs through.
"""

from __future__ import annotations

from typing import NamedTuple

Point = tuple[int, int]


class Box(NamedTuple):
    """A class: middle, size, and the group that gives its colour."""

    name: str
    x: int
    y: int
    width: int
    height: int
    group: str


class Edge(NamedTuple):
    """A property from a thing of the class ``source`` to one of ``target``, with the place of its label.

    :ivar anchor: which part of the label is at that place: start, middle or end
    """

    name: str
    source: str
    target: str
    points: tuple[Point, ...]
    label: Point
    anchor: str = "middle"


class Plan(NamedTuple):
    """A drawing; ``frame`` (x, y, width, height) is the named graph of the passage, ``caption`` in it."""

    name: str
    width: int
    height: int
    frame: tuple[int, int, int, int]
    caption: Point
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


#: Groups of classes with what a reader is told of each.
GROUPS = {
    "text": "the text and where it stands",
    "said": "what is said, how firmly, about what",
    "done": "what was agreed, and each step of it",
    "who": "who, in which office, of which state",
    "open": "what no passage states",
}

WIDE = Plan(
    "wide", 1000, 660, (15, 162, 970, 488), (35, 188),
    (
        Box("Mention", 100, 40, 140, 46, "text"),
        Box("Reading", 300, 40, 140, 46, "text"),
        Box("Silence", 500, 40, 140, 46, "open"),
        Box("Inference", 680, 40, 140, 46, "open"),
        Box("Grade", 900, 40, 140, 46, "open"),
        Box("Passage", 412, 137, 664, 50, "text"),
        Box("Document", 905, 118, 130, 46, "text"),
        Box("Area", 100, 265, 140, 46, "said"),
        Box("Topic", 300, 265, 140, 46, "said"),
        Box("Statement", 500, 265, 140, 66, "said"),
        Box("Force", 745, 232, 190, 42, "said"),
        Box("Agent", 745, 308, 190, 58, "who"),
        Box("Phase", 100, 400, 140, 46, "done"),
        Box("Stage", 300, 400, 140, 46, "done"),
        Box("Instrument", 500, 400, 140, 46, "done"),
        Box("Person", 95, 560, 130, 46, "who"),
        Box("Participation", 285, 560, 130, 46, "who"),
        Box("Attestation", 500, 560, 130, 46, "who"),
        Box("Office", 695, 560, 130, 46, "who"),
        Box("State", 905, 560, 130, 46, "who"),
    ),
    (
        Edge("inPassage", "Mention", "Passage", ((130, 63), (130, 112)), (137, 92), "start"),
        Edge("readingOf", "Reading", "Passage", ((300, 63), (300, 112)), (307, 92), "start"),
        Edge("nearestPassage", "Silence", "Passage", ((500, 63), (500, 112)), (507, 92), "start"),
        Edge("premise", "Inference", "Passage", ((680, 63), (680, 112)), (687, 92), "start"),
        Edge("grade", "Inference", "Grade", ((750, 40), (830, 40)), (790, 33)),
        Edge("inDocument", "Passage", "Document", ((744, 128), (840, 128)), (792, 121)),
        Edge("skos:broader", "Topic", "Area", ((230, 265), (170, 265)), (200, 258)),
        Edge("topic", "Statement", "Topic", ((430, 265), (370, 265)), (400, 258)),
        Edge("force", "Statement", "Force", ((570, 244), (650, 244)), (610, 237)),
        Edge("holder", "Statement", "Agent", ((570, 288), (650, 288)), (610, 281)),
        Edge("about", "Statement", "Instrument", ((478, 298), (478, 377)), (485, 346), "start"),
        Edge("buildsOn", "Statement", "Instrument", ((540, 298), (540, 377)), (547, 346), "start"),
        Edge(
            "buildsOn", "Instrument", "Instrument",
            ((535, 423), (535, 452), (606, 452), (606, 410), (570, 410)), (613, 446), "start",
        ),
        Edge("covers", "Instrument", "Topic", ((448, 377), (448, 337), (300, 337), (300, 288)), (374, 330)),
        Edge("stageOf", "Stage", "Instrument", ((370, 400), (430, 400)), (400, 393)),
        Edge("phase", "Stage", "Phase", ((230, 400), (170, 400)), (200, 393)),
        Edge("textOf", "Document", "Instrument", ((905, 141), (905, 391), (570, 391)), (800, 384)),
        Edge("inEvent", "Participation", "Stage", ((285, 537), (285, 423)), (292, 484), "start"),
        Edge("person", "Participation", "Person", ((220, 560), (160, 560)), (190, 553)),
        Edge("inCapacity", "Participation", "Attestation", ((350, 560), (435, 560)), (392, 553)),
        Edge("office", "Attestation", "Office", ((565, 560), (630, 560)), (597, 553)),
        Edge("ofState", "Office", "State", ((760, 560), (840, 560)), (800, 553)),
        Edge(
            "person", "Attestation", "Person",
            ((500, 583), (500, 622), (95, 622), (95, 583)), (297, 615),
        ),
    ),
)  # fmt: skip

TALL = Plan(
    "tall", 360, 640, (6, 146, 348, 486), (14, 166),
    (
        Box("Mention", 38, 28, 66, 36, "text"),
        Box("Reading", 109, 28, 66, 36, "text"),
        Box("Document", 180, 28, 68, 36, "text"),
        Box("Silence", 251, 28, 66, 36, "open"),
        Box("Inference", 322, 28, 66, 36, "open"),
        Box("Passage", 180, 128, 348, 36, "text"),
        Box("Topic", 50, 212, 76, 38, "said"),
        Box("Statement", 182, 212, 88, 38, "said"),
        Box("Force", 312, 212, 72, 38, "said"),
        Box("Area", 50, 308, 76, 38, "said"),
        Box("Instrument", 182, 308, 92, 38, "done"),
        Box("Agent", 312, 308, 72, 38, "who"),
        Box("Phase", 50, 404, 76, 38, "done"),
        Box("Stage", 182, 404, 88, 38, "done"),
        Box("Person", 50, 500, 76, 38, "who"),
        Box("Participation", 182, 500, 92, 38, "who"),
        Box("State", 312, 500, 72, 38, "who"),
        Box("Attestation", 182, 596, 92, 38, "who"),
        Box("Office", 312, 596, 72, 38, "who"),
    ),
    (
        Edge("inPassage", "Mention", "Passage", ((38, 46), (38, 110)), (38, 70)),
        Edge("readingOf", "Reading", "Passage", ((109, 46), (109, 110)), (109, 88)),
        Edge("inDocument", "Passage", "Document", ((180, 110), (180, 46)), (180, 70)),
        Edge("nearestPassage", "Silence", "Passage", ((251, 46), (251, 110)), (251, 88)),
        Edge("premise", "Inference", "Passage", ((322, 46), (322, 110)), (322, 70)),
        Edge("topic", "Statement", "Topic", ((138, 212), (88, 212)), (113, 206)),
        Edge("force", "Statement", "Force", ((226, 206), (276, 206)), (251, 200)),
        Edge("holder", "Statement", "Agent", ((226, 222), (262, 222), (262, 308), (276, 308)), (267, 279), "start"),
        Edge("about", "Statement", "Instrument", ((166, 231), (166, 289)), (162, 250), "end"),
        Edge("buildsOn", "Statement", "Instrument", ((200, 231), (200, 289)), (205, 258), "start"),
        Edge(
            "buildsOn", "Instrument", "Instrument",
            ((208, 327), (208, 346), (248, 346), (248, 314), (228, 314)), (254, 352), "start",
        ),
        Edge("skos:broader", "Topic", "Area", ((60, 231), (60, 289)), (56, 264), "end"),
        Edge("covers", "Instrument", "Topic", ((148, 289), (148, 270), (82, 270), (82, 231)), (115, 264)),
        Edge("stageOf", "Stage", "Instrument", ((182, 385), (182, 327)), (177, 361), "end"),
        Edge("phase", "Stage", "Phase", ((138, 404), (88, 404)), (113, 398)),
        Edge("inEvent", "Participation", "Stage", ((182, 481), (182, 423)), (188, 456), "start"),
        Edge("person", "Participation", "Person", ((136, 500), (88, 500)), (112, 494)),
        Edge("inCapacity", "Participation", "Attestation", ((182, 519), (182, 577)), (188, 552), "start"),
        Edge("office", "Attestation", "Office", ((228, 596), (276, 596)), (252, 590)),
        Edge("ofState", "Office", "State", ((312, 577), (312, 519)), (307, 552), "end"),
        Edge("person", "Attestation", "Person", ((136, 596), (50, 596), (50, 519)), (93, 590)),
    ),
)  # fmt: skip

PLANS = (WIDE, TALL)
