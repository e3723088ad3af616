"""The table of FOOPS! tests and OOPS! pitfalls: every entry stands there once, and its keeper exists."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from release import rows
from ukjapan_graph import resources
from ukjapan_graph.judging import checks, shapes

TABLE = (resources.root() / "ontology" / "quality.md").read_text(encoding="utf-8")
TESTS = Path(__file__).parent
CODE = Path(shapes.__file__).parent
NEEDS_ARGUMENT = 40  # characters of an entry that no machine keeps

FOOPS = [
    *("URI1", "URI2", "PURL1", "VER1", "VER2", "HTTP1", "CN1", "RDF1", "DOC1"),
    *("OM1", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1", "OM5.2"),
    *("FIND1", "FIND2", "FIND3", "FIND_3_BIS", "VOC1", "VOC2", "VOC3", "VOC4"),
]
OOPS = [f"P{number:02}" for number in range(1, 42)]

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| id "))
]
KEEPERS = sorted({keeper for row in ROWS for keeper in re.findall(r"`([^`]+)`", row[-1])})


@cache
def code() -> str:
    """The source of the judges."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(CODE.rglob("*.py")))


def test_every_entry_stands_there_once():
    """All 24 tests of FOOPS! (0.2.0) and all 41 pitfalls of OOPS! have a row, and nothing else has."""
    assert sorted(row[0] for row in ROWS) == sorted([*FOOPS, *OOPS])


def test_pitfalls_have_their_level():
    """Of the pitfalls 15 are critical, 14 important and 12 minor, as their catalogue says."""
    levels = [row[2] for row in ROWS if row[0] in OOPS]
    assert {level: levels.count(level) for level in levels} == {"critical": 15, "important": 14, "minor": 12}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_entry_is_kept_or_argued(row):
    """Each row names what keeps it, or is argued at some length, and never both."""
    assert bool(re.search(r"`[^`]+`", row[-1])) != (row[-1] == "argued")
    assert (
        row[-1] != "argued"
        or len(row[-2]) >= NEEDS_ARGUMENT
        or row[-2].startswith(("needs the web", "as FIND"))
    )


@pytest.mark.parametrize("keeper", KEEPERS)
def test_keeper_is_there(keeper):
    """A check, rule or test that the table names exists."""
    kind, _, name = keeper.partition(":")
    if kind == "check":
        assert name in {path.stem for path in checks.check_files(resources.root())}
    elif kind.endswith(".py"):
        assert f"def {name.lstrip(':')}(" in (TESTS / kind).read_text(encoding="utf-8")
    else:
        assert kind == "terms"
        # Two of the names are put together from terms: and the part that is looked at.
        assert f'"{keeper}"' in code() or f'("{name}", ' in code()


def test_every_check_of_the_lists_is_in_the_table():
    """A check that bears the name of an entry keeps that entry in the table."""
    for path in checks.check_files(resources.root()):
        match = re.match(r"(foops|oops)-([a-z]+[0-9]+)", path.stem)
        if match:
            (row,) = [row for row in ROWS if row[0].lower() == match[2]]
            kept_there = [row[0] for row in ROWS if f"`check:{path.stem}`" in row[-1]]
            named = re.findall(
                r"\b(?:OM[0-9.]+|[A-Z]+[0-9]+)\b", checks.read_check(path).summary.partition(": ")[0]
            )
            assert row[0] in named
            assert set(named) <= set(kept_there), path.stem


def test_there_are_no_restrictions_on_values():
    """The ontology says nothing by allValuesFrom, someValuesFrom or complementOf (P14, P15)."""
    found = rows(
        "SELECT ?x ?p { ?x ?p ?y FILTER(?p IN (owl:allValuesFrom, owl:someValuesFrom, owl:complementOf)) }"
    )
    assert found == []
