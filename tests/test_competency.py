"""Every competency question is tied to a saved query, and its answer is the frozen one.

``queries/competency-questions.tsv`` ties them; ``tests/expected/`` holds the answers, in names a person can
check against the documents. After a change that is meant to change answers:

    python tests/test_competency.py
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

import pytest

from commands import ukjapan
from ukjapan_graph import resources

pytestmark = pytest.mark.usefixtures("read_once")

EXPECTED = Path(__file__).parent / "expected"
TABLE = resources.root() / "queries" / "competency-questions.tsv"


#: Frozen answers of saved queries that answer no competency question: about links, not about the documents.
OTHERS = (
    ("links", "thing=japan-air-self-defense-force"),
    ("links", "thing=liz-truss"),
    ("links", "thing=information-security-agreement"),
    ("linked-to", "identifier=4452"),
)


class Case(NamedTuple):
    """A row of the table."""

    question: str
    asks: str
    status: str
    query: str
    parameters: str

    @property
    def answer(self) -> Path:
        """The file with the frozen answer."""
        return EXPECTED / ("--".join([self.query, *self.parameters.split()]) + ".csv")

    @property
    def command(self) -> list[str]:
        """The arguments that ask the question."""
        given = [
            word
            for pair in self.parameters.split()
            for word in ("--" + pair.split("=")[0], pair.split("=")[1])
        ]
        return ["ask", self.query, *given, "--format", "csv", "--ids"]


def cases() -> list[Case]:
    """The rows of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    assert tuple(rows[0]) == Case._fields
    return [Case(*row) for row in rows[1:]]


def answers() -> list[Case]:
    """What has a frozen answer: the rows of the table, and the others."""
    return [*cases(), *(Case("", "", "", *other) for other in OTHERS)]


def test_all_sixty_questions_are_in_the_table() -> None:
    """No competency question is without a query."""
    assert {case.question for case in cases()} == {f"CQ{number:02d}" for number in range(1, 61)}


def test_queries_and_table_name_the_same_questions() -> None:
    """A saved query's header and the table agree on which questions it answers."""
    from ukjapan_graph.querying.queries import read_folder

    headers = {(number, query.name) for query in read_folder(TABLE.parent) for number in query.questions}
    assert {(case.question, case.query) for case in cases()} == headers


@pytest.mark.parametrize("case", answers(), ids=lambda case: f"{case.question}-{case.answer.stem}")
def test_the_answer_is_the_frozen_one(case: Case) -> None:
    """The question, asked as a user would, gets the answer that was checked against the documents."""
    assert case.answer.is_file(), f"no frozen answer {case.answer.name}: see this module's docstring"
    assert rows(ukjapan(*case.command).out) == rows(case.answer.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case", [c for c in cases() if c.status == "not stated"], ids=lambda c: c.answer.stem
)
def test_silence_is_an_answer(case: Case) -> None:
    """What is not stated is said to be so, not shown as an empty table."""
    shown = ukjapan("ask", case.query, *case.command[2:-3]).out
    assert "o document" in shown or "documents do not say" in shown


def test_every_frozen_answer_is_asked_for() -> None:
    """No frozen answer is left over from a question nobody asks."""
    assert {path.name for path in EXPECTED.glob("*.csv")} == {case.answer.name for case in answers()}


def rows(text: str) -> list[list[str]]:
    """The cells of CSV text."""
    return list(csv.reader(io.StringIO(text)))


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for old in EXPECTED.glob("*.csv"):
        old.unlink()
    for each in answers():
        each.answer.write_text(
            ukjapan(*each.command).out.replace("\r\n", "\n"), encoding="utf-8", newline="\n"
        )
