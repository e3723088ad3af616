"""``ukjapan link audit``, and ``ukjapan link`` itself."""

import csv
import io
import json
import re

import pytest

from commands import ukjapan
from ukjapan_graph import resources
from ukjapan_graph.linking.outside.lines import VERDICTS


@pytest.fixture
def changed(tmp_path):
    """Writes a copy of the outside facts with each of ``olds`` replaced by ``new``; gives its path."""

    def write(olds, new):
        text = resources.external_file().read_text(encoding="utf-8")
        for old in olds:
            assert old in text
            text = text.replace(old, f"{old.rpartition(' ')[0]} {new}")
        path = tmp_path / "changed.nq"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_no_contradiction():
    """The audit of the project leaves with 0, verdicts under their headings, counts on standard error."""
    ran = ukjapan("link", "audit")
    assert ran.code == 0
    assert "In office\n  capacity: " in ran.out
    assert "findings: 0" in ran.err
    assert "outside: Holders of UK offices, July 2022, https://github.com/" in ran.out


def test_a_provoked_contradiction(changed):
    """A tenure that ends too early leaves with 1, and the line names passage and source."""
    names = ("tenureUntil", "earliestEnd", "latestEnd")
    path = changed([f'ns#{name}> "2018-07-09"' for name in names], '"2016-12-31"')
    ran = ukjapan("link", "audit", "--external", path, "--verdict", "not in office")
    assert ran.code == 1
    assert "Boris Johnson as Foreign Secretary of the UK, 2017-01-26" in ran.out
    assert "outside has Boris Johnson as Foreign Secretary of the UK 2016-07-13 to 2016-12-31" in ran.out
    assert "documents: Press release of 26 January 2017, sentence 7" in ran.out
    assert "findings: 2" in ran.err


def test_a_date_that_is_denied(changed):
    """An outside date on another day than that of the documents is a finding too."""
    path = changed(['second-2plus2> <https://w3id.org/ukjapan/ns#date> "2016-01-08"'], '"2016-02-08"')
    ran = ukjapan(
        "link", "audit", "--external", path, "--format", "json", "--verdict", "outside says otherwise"
    )
    assert ran.code == 1
    (line,) = json.loads(ran.out)
    assert line["about"]["name"] == "event:second-2plus2"
    assert line["passages"][0]["name"] == "passage:uk-japan-defence-ties-2017.S20"


def test_formats():
    """CSV and JSON hold the same lines, each with its verdict; Markdown has headings."""
    rows = list(csv.DictReader(io.StringIO(ukjapan("link", "audit", "--format", "csv").out)))
    found = json.loads(ukjapan("link", "audit", "--format", "json").out)
    assert [row["about"] for row in rows] == [line["about"]["name"] for line in found]
    assert {row["verdict"] for row in rows} <= set(VERDICTS)
    assert ukjapan("link", "audit", "--format", "markdown").out.startswith("## Left open")


@pytest.mark.parametrize(
    ("command", "code", "reason"),
    [
        (("link",), 2, "usage: ukjapan link VERB"),
        (("link", "audti"), 2, "Did you mean audit"),
        (("link", "audit", "--verdict", "maybe"), 2, "invalid choice"),
        (("link", "audit", "--format", "xml"), 2, "invalid choice"),
        (("link", "audit", "--external", "gone.nq"), 3, "no file of outside facts"),
    ],
)
def test_refusals(command, code, reason):
    """A wrong call, or a file that is not there, is refused with what to do."""
    ran = ukjapan(*command)
    assert (ran.code, ran.out) == (code, "")
    assert reason in ran.err


def test_help():
    """The verbs are listed, and each explains itself."""
    assert re.search("audit +set what the documents say", ukjapan("link", "--help").out)
    assert "Nothing is merged" in " ".join(ukjapan("link", "audit", "--help").out.split())
