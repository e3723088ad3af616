"""Questions that neighbours answer in part, put to the test by their recordings."""

import shutil

import pytest

import release
from commands import ukjapan
from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.linking.neighbours.federated_tests import check
from ukjapan_graph.resources import root


@pytest.fixture
def folder(tmp_path):
    """A folder with one question, its recording and its frozen answer."""
    (tmp_path / "queries" / "federated").mkdir(parents=True)
    (tmp_path / "expected").mkdir()
    for suffix in (".rq", ".recorded.json"):
        shutil.copy(root() / "queries" / "federated" / f"careers{suffix}", tmp_path / "queries" / "federated")
    shutil.copy(root() / "tests" / "expected" / "federated" / "careers.csv", tmp_path / "expected")
    return tmp_path


def found(folder):
    """The checks and messages of what is found there."""
    path = folder / "queries" / "federated" / "careers.rq"
    return [(f.check, f.message) for f in check(path, Embedded(release.store()), folder / "expected")]


def test_in_order(folder):
    """A question whose recording gives the frozen answer has no finding."""
    assert found(folder) == []


def test_a_question_never_recorded(folder):
    """A question without a recording is in order as long as no answer is frozen."""
    (folder / "queries" / "federated" / "careers.recorded.json").unlink()

    assert [rule for rule, _ in found(folder)] == ["query:expected"]
    (folder / "expected" / "careers.csv").unlink()
    assert found(folder) == []


def test_an_answer_that_was_not_frozen(folder):
    """A recording without a frozen answer is a finding."""
    (folder / "expected" / "careers.csv").unlink()

    assert found(folder) == [("query:expected", "there is a recording, but no frozen answer careers.csv")]


def test_another_answer(folder):
    """An answer other than the frozen one is told."""
    path = folder / "expected" / "careers.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")

    ((rule, message),) = found(folder)
    assert rule == "query:expected" and message.startswith("careers.csv: the answer has changed: + ")


def test_a_stale_recording(folder):
    """A recording of another question is a finding, not an answer."""
    path = folder / "queries" / "federated" / "careers.rq"
    path.write_text(
        path.read_text(encoding="utf-8").replace("pqv:P580 ?start", "pqv:P581 ?start"), encoding="utf-8"
    )

    ((rule, message),) = found(folder)
    assert rule == "query:recording" and "answers another question" in message


def test_a_file_out_of_order(folder):
    """A file that breaks the rules of saved questions is told before it is run."""
    path = folder / "queries" / "federated" / "careers.rq"
    path.write_text(
        path.read_text(encoding="utf-8").replace("SERVICE <", "SERVICE SILENT <"), encoding="utf-8"
    )

    assert {rule for rule, _ in found(folder)} == {"query:services"}


def test_the_command():
    """``ukjapan queries test`` runs them from their recordings; an endpoint is not asked for them."""
    ran = ukjapan("queries", "test", "careers", "areas-in-languages", "other-treaties")

    assert (ran.code, ran.out, ran.err) == (0, "", "3 queries, 0 findings\n")
    ran = ukjapan("queries", "test", "careers", "--endpoint", "http://127.0.0.1:9/")
    assert ran.code == 0 and "careers is for neighbours and not asked of an endpoint" in ran.err
