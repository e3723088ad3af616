"""The style guide: every rule in it is kept by something that is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ukjapan_graph import resources
from ukjapan_graph.judging import checks, shapes
from ukjapan_graph.namespaces import shorten

GUIDE = (resources.root() / "ontology" / "style-guide.md").read_text(encoding="utf-8")
TESTS = Path(__file__).parent
CODE = Path(shapes.__file__).parent

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| do "))
]
KEEPERS = sorted({keeper for row in ROWS for keeper in re.findall(r"`([^`]+)`", row[-1])})


@cache
def shape_names() -> set[str]:
    """The names of all shapes."""
    return {shorten(str(subject)) for subject in shapes.read_shapes(resources.root()).subjects()}


def test_rows_are_whole():
    """Each rule says what to do, what not to do, and who keeps it; there are rules at all."""
    assert len(ROWS) > 25
    for row in ROWS:
        assert len(row) == 3 and all(row), row
        assert re.findall(r"`[^`]+`", row[2]), row


def test_it_is_one_page():
    """The guide stays short enough to be read at one go."""
    assert len(GUIDE.split()) < 1400


@pytest.mark.parametrize("keeper", KEEPERS)
def test_keeper_is_there(keeper):
    """A shape, check, rule or test that the guide names exists."""
    kind, _, name = keeper.partition(":")
    if kind == "shape":
        assert keeper in shape_names()
    elif kind == "check":
        assert name in {path.stem for path in checks.check_files(resources.root())}
    elif kind.endswith(".py"):
        assert f"def {name.lstrip(':')}(" in (TESTS / kind).read_text(encoding="utf-8")
    else:
        code = "".join(path.read_text(encoding="utf-8") for path in sorted(CODE.rglob("*.py")))
        # Two of the names are put together from terms: and the part that is looked at.
        assert f'"{keeper}"' in code or f'("{name}", ' in code
