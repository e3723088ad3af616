"""``ukjapan diff``."""

import json

import pytest

from commands import ukjapan
from two_releases import release, write
from ukjapan_graph.changes.comparison import PARTS, Changes
from ukjapan_graph.cli import diff

PIER = 'graph:entities { place:pier skos:prefLabel "the pier"@en . }'
MANY = "passage:gazette.S10 {{ {} }}".format(
    " ".join(f"place:lighthouse ukj:seenFrom place:p{n:02} ." for n in range(20))
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Release files to compare, by name."""
    folder = tmp_path_factory.mktemp("releases")
    made = {
        "old": release(),
        "same": release(),
        "pier": release({'"0.1.0"': '"0.2.0"'}, more=PIER),
        "patched": release({'"0.1.0"': '"0.1.1"'}, more=PIER),
        "many": release(more=MANY),
    }
    return {name: str(write(one, folder / f"{name}.nq")) for name, one in made.items()}


def test_no_difference(files):
    """Two equal releases: a line that says so, and exit code 0."""
    ran = ukjapan("diff", files["old"], files["same"])

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\nNothing changed.\n")


def test_differences(files):
    """Differences are told on standard output with exit code 1."""
    ran = ukjapan("diff", files["old"], files["pier"])

    assert (ran.code, ran.err) == (1, "")
    assert "\n\nVersion\n  a minor change: 0.2.0 or later\n    because a thing is new: the pier\n" in ran.out
    assert "\n\nNew things (1)\n  1 place\n    the pier (place:pier)\n" in ran.out


def test_markdown(files):
    """Markdown has headings and lists, as a pull request shows them."""
    out = ukjapan("diff", files["old"], files["pier"], "--format", "markdown").out

    assert out.startswith("# From ")
    assert "\n## New things (1)\n\n- 1 place\n  - the pier (place:pier)\n" in out


def test_json(files):
    """JSON has every field of the changes, sorted, and the same bytes each time."""
    ran, again = (ukjapan("diff", files["old"], files["pier"], "--format", "json") for _ in range(2))
    found = json.loads(ran.out)

    assert (ran.code, ran.out) == (1, again.out)
    assert sorted(found) == list(found) == sorted(Changes._fields)
    assert found["verdict"]["level"] == "minor"
    assert found["things"]["added"] == [
        {"iri": "https://w3id.org/ukjapan/id/place/pier", "name": "place:pier", "label": "the pier"}
    ]
    assert found["added"] == sorted(found["added"])


def test_only(files):
    """Parts can be told apart, and then there is no verdict; no change in that part is exit code 0."""
    things = ukjapan("diff", files["old"], files["pier"], "--only", "things")
    answers = ukjapan("diff", files["old"], files["pier"], "--only", "answers", "--only", "facts")

    assert things.code == 1
    assert "New things" in things.out
    assert "Version" not in things.out
    assert (answers.code, answers.out.splitlines()[-1]) == (0, "Nothing changed.")
    assert diff.PARTS == PARTS


def test_long_lists_are_cut(files):
    """Long lists are cut with a count; --all shows them whole."""
    short, whole = (ukjapan("diff", files["old"], files["many"], *more).out for more in ((), ("--all",)))

    assert "\n    … and 16 more; --all shows them\n" in short
    assert short.count("seen from") < whole.count("seen from")
    assert "place:p19" in whole
    assert "more; --all" not in whole


def test_check(files):
    """With --check only a version that is too small is a finding."""
    right = ukjapan("diff", files["old"], files["pier"], "--check")
    small = ukjapan("diff", files["old"], files["patched"], "--check", "--format", "json")

    assert (right.code, right.err) == (0, "")
    assert small.code == 1
    assert small.err.startswith("ukjapan: 0.1.1 is too small: a minor change after 0.1.0 needs 0.2.0")
    assert json.loads(small.out)["verdict"]["finding"] in small.err


def test_this_project_by_default(files):
    """Without NEW the old release is compared with this project's."""
    assert "to this project's release (" in ukjapan("diff", files["old"], "--only", "things").out


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["diff"], 2, "OLD"),
        (["diff", "-", "-"], 2, "standard input holds one release"),
        (["diff", "old", "--only", "fact"], 2, "invalid choice"),
        (["diff", "old", "--check", "--only", "facts"], 2, "leave out --only"),
        (["diff", "nowhere.nq"], 3, "nowhere.nq: there is no such file"),
    ],
)
def test_wrong_calls(arguments, code, reason):
    """A wrong call, and a file that cannot be read, say what to mend; nothing is printed as data."""
    ran = ukjapan(*arguments)

    assert (ran.code, ran.out) == (code, "")
    assert reason in ran.err


def test_help_states_the_rules():
    """The help says which change makes which version, and what the exit codes mean."""
    out = ukjapan("diff", "--help").out

    for word in ("major", "minor", "patch", "SemVer, 4", "exit code"):
        assert word in out
