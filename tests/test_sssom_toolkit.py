"""The mapping sets as the toolkit of SSSOM reads them: a second opinion on the format.

The toolkit is heavy and lives in an environment of its own: UKJAPAN_SSSOM names that environment's Python.
"""

import json
import os
import subprocess

import pytest

from small_links import PARADE, text
from ukjapan_graph.data import links, sssom
from ukjapan_graph.resources import root

pytestmark = pytest.mark.release

#: Prints, for each file, the mappings that the toolkit reads of it, or what it finds wrong.
SCRIPT = """
import json, sys
from sssom.constants import SchemaValidationType
from sssom.parsers import parse_sssom_table
from sssom.validators import validate
for path in sys.argv[1:]:
    try:
        found = parse_sssom_table(path)
        validate(found, validation_types=[SchemaValidationType.JsonSchema, SchemaValidationType.PrefixMapCompleteness])
        read = found.df.fillna("").astype(str).to_dict("records")
    except Exception as error:
        read = str(error)
    print("READ", json.dumps(read))
"""


def read(*paths):
    """What the toolkit makes of the files ``paths``: a list of rows, or the text of its complaint."""
    python = os.environ.get("UKJAPAN_SSSOM")
    if not python:
        pytest.fail("UKJAPAN_SSSOM names no Python with the package sssom", pytrace=False)
    ran = subprocess.run([python, "-c", SCRIPT, *map(str, paths)], capture_output=True, text=True, check=True)
    return [json.loads(line[5:]) for line in ran.stdout.splitlines() if line.startswith("READ ")]


def test_every_set_is_valid_and_read_whole():
    """The toolkit finds no fault, and reads the same mappings as we do."""
    paths = [*links.mapping_files(root()), *links.mapping_files(root(), candidates=True)]
    sets, findings = links.read_sets(root(), paths)
    assert (findings, len(sets)) == ([], len(paths))
    slots = (
        "subject_id",
        "predicate_id",
        "object_id",
        "predicate_modifier",
        "mapping_justification",
        "comment",
    )
    for ours, theirs in zip(sets, read(*(root() / path for path in paths)), strict=True):
        assert not isinstance(theirs, str), f"{ours.path}: {theirs}"
        assert [tuple(row.get(slot) for slot in slots) for row in ours.rows] == [
            tuple(row.get(slot, "") for slot in slots) for row in theirs
        ], ours.path


def test_the_toolkit_sees_faults(tmp_path):
    """A justification that is no term is a fault to the toolkit too, so the test above can fail."""
    path = tmp_path / f"wikidata{sssom.SUFFIX}"
    path.write_text(text(PARADE | {"mapping_justification": "LexicalMatching"}), encoding="utf-8")
    (answer,) = read(path)
    assert isinstance(answer, str)
