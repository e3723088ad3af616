"""The plan of the house: floors from the ground up; imports only go down; modules stay small; imports stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import ukjapan_graph

SOURCE = Path(ukjapan_graph.__file__).parent

#: Floors from the ground up. A module may import from floors below its own, and from its own floor.
FLOORS = {
    "ground": "errors files findings formats namespaces resources",
    "text": "documents",
    "wire": "remote",
    "questions": "querying",
    "data": "data",
    "answers": "answering",
    "judges": "judging reasoning",
    "changes": "changes",
    "pages": "publishing",
    "stores": "linking loading",
    "doors": "api cli endpoint",
}


def floor_of(module: str) -> int:
    """The number of the floor on which ``module`` lives."""
    return next(number for number, rooms in enumerate(FLOORS.values()) if module in rooms.split())


def rooms() -> dict[str, set[str]]:
    """Every module or package of ours at the top, and what of ours it imports."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).with_suffix("").parts[0]
        if room.startswith("_"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ukjapan_graph":
                inside = node.module.split(".")[1:2] or [alias.name for alias in node.names]
                found.setdefault(room, set()).update(
                    name for name in inside if name != room and not name.startswith("_")
                )
        found.setdefault(room, set())
    return found


def test_every_module_has_a_floor() -> None:
    """The plan names every module, and no module that is not there."""
    assert set(rooms()) == {room for floor in FLOORS.values() for room in floor.split()}


def test_imports_only_go_down() -> None:
    """No module imports from a floor above its own."""
    up = {
        (room, other)
        for room, others in rooms().items()
        for other in others
        if floor_of(other) > floor_of(room)
    }
    assert up == set()


def test_no_two_modules_import_each_other() -> None:
    """Within a floor too, imports go one way."""
    now = {path: ours(path) for path in SOURCE.rglob("*.py") if path.name != "__init__.py"}
    below: dict[Path, set[Path]] = {}

    def reach(path: Path, trail: tuple[Path, ...] = ()) -> set[Path]:
        assert path not in trail, " → ".join(step.stem for step in (*trail, path))
        if path not in below:
            below[path] = now.get(path, set()).union(
                *(reach(other, (*trail, path)) for other in now.get(path, ()))
            )
        return below[path]

    for path in now:
        reach(path)


def ours(path: Path) -> set[Path]:
    """The files of ours that the file at ``path`` imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ukjapan_graph":
            folder = SOURCE.joinpath(*node.module.split(".")[1:])
            found |= {folder.with_suffix(".py"), *(folder / f"{alias.name}.py" for alias in node.names)}
    return {other for other in found if other.is_file() and other.name != "__init__.py"}


def test_modules_stay_small() -> None:
    """No module is longer than 300 lines, and none is called utils."""
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob("*.py")}
    assert {
        name for name, lines in sizes.items() if lines > 300 or name.startswith(("util", "helper"))
    } == set()


def test_importing_the_package_is_light() -> None:
    """Neither the package nor a saved question loads a library that is slow to load."""
    code = (
        "import sys; from ukjapan_graph.cli import main; main(['ask', 'in-force']); "
        "heavy = {'rdflib', 'pyshacl', 'yaml', 'dataclasses', 'inspect', 'owlready2', 'SPARQLWrapper'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_public_names_are_there_and_sorted() -> None:
    """Each public name can be had from the package."""
    assert ukjapan_graph.__all__ == sorted(ukjapan_graph.__all__)
    assert [name for name in ukjapan_graph.__all__ if not hasattr(ukjapan_graph, name)] == []
