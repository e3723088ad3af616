"""``ukjapan link check``."""

import json

import pytest

from commands import ukjapan
from small_links import ENTITIES, FIRST, PARADE, write
from small_project import make, put

PATH = "graph/links/wikidata.sssom.tsv"


@pytest.fixture
def root(tmp_path):
    """A small project with one link of the wrong form."""
    root = make(tmp_path)
    put(root, "graph/entities/events.ttl", ENTITIES)
    write(root, PARADE | {"object_id": "wd:3"})
    return root


def test_the_project_is_sound():
    """Nothing is found in the links of this project, and that is said."""
    assert ukjapan("link", "check") == (0, "", "findings: 0\n")


def test_findings_as_text(root):
    """A finding is a line: file and line, subject, what is wrong, how to mend it, and which check found it."""
    ran = ukjapan("link", "check", "--root", str(root))
    assert ran == (
        1,
        f"{PATH}:{FIRST}: event:parade: leads to no identifier of the form of Wikidata; write one like wd:Q17 "
        "(wd:3) [link:identifier]\n",
        "findings: 1\n",
    )


def test_findings_for_programs(root):
    """JSON has the same by field; SHACL has a report that does not conform."""
    (found,) = json.loads(ukjapan("link", "check", "--root", str(root), "--format", "json").out)
    assert (found["path"], found["line"], found["check"]) == (PATH, FIRST, "link:identifier")
    report = ukjapan("link", "check", "--root", str(root), "--format", "shacl").out
    assert "sh:conforms false" in report


def test_a_draft(root):
    """A file that is named is judged, and its path shown as it was given."""
    ran = ukjapan("link", "check", str(root / PATH), "--root", str(root))
    assert ran.code == 1
    assert ran.out.startswith(f"{root / PATH}:{FIRST}: ")


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["wikidata.tsv"], 2, "a mapping set is a file called"),
        (["nowhere/wikidata.sssom.tsv"], 3, "is no file"),
        (["--format", "pdf"], 2, "invalid choice"),
    ],
)
def test_wrong_calls(argv, code, words):
    """A wrong call says what to mend."""
    ran = ukjapan("link", "check", *argv)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
