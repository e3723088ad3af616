"""``ukjapan why``."""

import json

import pytest

import small_graph
from ukjapan_graph.cli import main


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def why(release, capsys):
    """Runs the command; gives exit code, output and talk."""

    def run(*argv):
        code = main(["why", *argv, "--release", release])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_stated(why):
    """A stated fact is shown with the passages that state it and what they say."""
    assert why("harbour-accord", "buildsOn", "ferry-pact") == (
        0,
        "Harbour Accord → builds on → Ferry Pact\n\n"
        "Stated by\n"
        "  Gazette 1903, 2\n    The accord grew out of the pact.\n"
        "  Almanac, 1\n    The accord, again, rests on the pact.\n",
        "",
    )


def test_every_kind_of_ground(why):
    """With two parts every fact of the pattern comes, stated before entailed, with its reasons."""
    assert why("harbour-accord", "ferry-pact")[1] == (
        "Harbour Accord → anything → Ferry Pact\n\n"
        "Stated by\n"
        "  Harbour Accord → builds on → Ferry Pact\n    Gazette 1903, 2\n"
        "    The accord grew out of the pact.\n"
        "  Harbour Accord → builds on → Ferry Pact\n    Almanac, 1\n"
        "    The accord, again, rests on the pact.\n\n"
        "Entailed\n"
        "  Harbour Accord → follows → Ferry Pact\n    Gazette 1903, 2 (reading)\n"
        "    The accord grew out of the pact.\n    because: Whoever grows out of a thing comes after it.\n"
        "  Harbour Accord → rests on → Ferry Pact\n"
        "    What holds with a property holds with each broader property too (OWL 2 RL, rule prp-spo1).\n"
        "    from: Harbour Accord → builds on → Ferry Pact (Gazette 1903, 2; Almanac, 1)\n"
        "    from: builds on → sub property of → rests on (graph:ontology)\n\n"
        "Passages that speak of both\n"
        "  Gazette 1903, 2\n  Gazette 1903, 2 (reading)\n  Almanac, 1\n"
    )


def test_kept_by_the_project(why):
    """What no passage states, but the project holds, says which part of the dataset it is from."""
    assert why("ferry-pact", "between", "eastport")[1] == (
        "Ferry Pact → between → Eastport\n\n"
        "Kept by the project, on no passage's word\n  Identity: what there is.\n"
    )


def test_inferred(why):
    """A proposed fact is shown as an inference with grade, reason and premises, and not as stated."""
    out = why("Night Protocol", "builds on", "ferry-pact")[1]

    assert "Proposed by an inference, not asserted\n" in out
    assert "(inferred, weak)\n    because: Both are about crossings.\n" in out
    assert "Stated" not in out


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (
            ["Night Protocol", "buildsOn", "harbour-accord"],
            "No document says that the protocol builds on the accord.",
        ),
        (
            ["ferry-pact", "inForceFrom"],
            "No document says that the pact is in force. (nearest: Gazette 1903, 1)",
        ),
        (["tide-table", "buildsOn", "ferry-pact"], "Nothing in the dataset states or proposes it."),
    ],
)
def test_not_said(why, argv, line):
    """What no document says is said to be so, and that is an answer: the exit code is 0."""
    code, out, err = why(*argv)

    assert (code, err) == (0, "")
    assert out.endswith(f"The documents do not say\n  {line}\n")


def test_json(why):
    """JSON has the explanation by field."""
    found = json.loads(why("_", "buildsOn", "ferry-pact", "--format", "json")[1])

    assert found["asked"][0] is None
    assert [ground["graph"]["name"] for ground in found["grounds"]] == [
        "passage:gazette.S2",
        "passage:almanac.S1",
    ]
    assert found["inferences"][0]["name"]["name"] == "inference:night-on-pact"


def test_markdown(why):
    """Markdown has headings and lists."""
    out = why("harbour-accord", "buildsOn", "ferry-pact", "--format", "markdown")[1]

    assert out.startswith(
        "# Harbour Accord → builds on → Ferry Pact\n\n## Stated by\n\n- Gazette 1903, 2\n  - The"
    )


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["ferry-pact"], "1 parts are given"),
        (["Harbour", "Accord", "buildsOn", "ferry-pact"], "put a name with spaces in quotes"),
        (["fery-pact", "buildsOn", "_"], "Did you mean instrument:ferry-pact"),
        (["ferry-pact", "bildsOn", "_"], "Did you mean ukj:buildsOn"),
        (["_", "buildsOn", "_"], "at least two"),
    ],
)
def test_wrong_calls(why, argv, reason):
    """A wrong call says what to mend and leaves with 2."""
    code, out, err = why(*argv)

    assert (code, out) == (2, "")
    assert reason in err
