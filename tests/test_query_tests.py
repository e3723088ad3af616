"""Saved queries put to the test."""

import pytest
from pyoxigraph import Literal, NamedNode

import small_graph
from ukjapan_graph.answering.engines import Rows
from ukjapan_graph.answering.query_tests import Bench, compare

FROZEN = (
    "what,signed,where\r\n"
    "instrument:harbour-accord,,passage:almanac.S1\r\n"
    "instrument:harbour-accord,,passage:gazette.S2\r\n"
)


@pytest.fixture
def bench(tmp_path):
    """A bench on the small release file, with a folder of frozen answers."""
    (tmp_path / "expected").mkdir()
    return Bench(small_graph.write_release(tmp_path), tmp_path / "expected")


def found(bench, name="builds-on"):
    """(rule, message) of each finding for a query."""
    path = bench.release.parent / "queries" / f"{name}.rq"
    return [(finding.check.removeprefix("query:"), finding.message) for finding in bench.test(path)]


def test_in_order(bench):
    """Queries that answer alike on both engines, with no frozen answers, have no findings."""
    assert [found(bench, name) for name in small_graph.QUERIES] == [[], []]


def test_frozen(bench):
    """A frozen answer that still holds has no finding, whichever way its lines end."""
    (bench.expected / "builds-on.csv").write_bytes(FROZEN.replace("\r\n", "\n").encode())
    (bench.expected / "builds-on--instrument=Tide Table, or: a | pipe.csv").write_text("what,signed,where\n")
    (bench.expected / "builds-on-other.csv").write_text("of another query\n")

    assert found(bench) == []


def test_changed_answer(bench):
    """A frozen answer that no longer holds shows what is gone and what is new."""
    (bench.expected / "builds-on.csv").write_bytes(FROZEN.replace("almanac", "gazette").encode())

    assert found(bench) == [
        (
            "expected",
            "builds-on.csv: the answer has changed: - instrument:harbour-accord |  | passage:gazette.S1; "
            "+ instrument:harbour-accord |  | passage:almanac.S1",
        )
    ]


def test_order_of_frozen_answer(bench):
    """The same rows in another order are a finding too."""
    header, *rows = FROZEN.splitlines(keepends=True)
    (bench.expected / "builds-on.csv").write_bytes("".join([header, *reversed(rows)]).encode())

    assert [rule for rule, _ in found(bench)] == ["expected"]


def test_frozen_for_nothing(bench):
    """A frozen answer for a value that names nothing is a finding."""
    (bench.expected / "builds-on--instrument=gone.csv").write_text("what,signed,where\n")

    ((rule, message),) = found(bench)
    assert rule == "run"
    assert "no instrument called 'gone'" in message


def test_file_first(bench):
    """A file that is not in order is not run."""
    path = bench.release.parent / "queries" / "builds-on.rq"
    path.write_text(path.read_text(encoding="utf-8") + "LIMIT 1\n", encoding="utf-8")

    assert [rule for rule, _ in found(bench)] == ["shape"]


def test_stale_release(bench):
    """A release file with an older version of the query, or without it, is a finding."""
    path = bench.release.parent / "queries" / "builds-on.rq"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("What builds", "What thing builds"), encoding="utf-8")
    (path.parent / "new-one.rq").write_text(text, encoding="utf-8")

    assert found(bench) == [("release", "the release file has an older version; run: ukjapan build")]
    assert found(bench, "new-one") == [("release", "the release file does not have it; run: ukjapan build")]


def test_engines_differ(bench):
    """A row that two passages make twice for one engine and once for the other is a finding."""
    path = bench.release.parent / "queries" / "builds-on.rq"
    text = path.read_text(encoding="utf-8").replace(
        "GRAPH ?where { ?what ukj:buildsOn ?instrument }",
        ("?what ukj:buildsOn ?instrument OPTIONAL { ?where ukj:never ?what }"),
    )
    path.write_text(text, encoding="utf-8")

    assert "SELECT DISTINCT" in dict(found(bench))["engines"]


A, B = Literal("a"), NamedNode("http://b")


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (Rows(("x",), [(A,), (B,), (None,)]), ""),
        (Rows(("y",), [(A,), (B,), (None,)]), "columns"),
        (Rows(("x",), [(B,), (A,), (None,)]), "another order"),
        (Rows(("x",), [(A,), (B,), (None,), (None,)]), "SELECT DISTINCT"),
        (Rows(("x",), [(A,), (B,)]), "2 rows, not 3; - –"),
        (Rows(("x",), [(A,), (B,), (Literal("c"),)]), "3 rows, not 3; - –; + c"),
    ],
)
def test_compare(other, difference):
    """The difference of two answers in one line, empty where there is none."""
    told = compare(Rows(("x",), [(A,), (B,), (None,)]), other)

    assert told.startswith(difference) or difference in told
    assert bool(told) is bool(difference)
