"""What the judges found, written for people or programs."""

import json

import pytest

from ukjapan_graph.cli import reporting
from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.verdicts import Report, from_finding, report

FOUND = Finding("graph/x.ttl", 3, "event:a", "some-check", "is wrong; mend it")


@pytest.mark.parametrize(
    ("given", "code"),
    [(report([]), 0), (report([from_finding(FOUND)]), 1), (report([], ("shapes",)), 1)],
)
@pytest.mark.parametrize("form", reporting.FORMATS)
def test_the_exit_code_says_whether_all_is_well(given: Report, code: int, form: str, capsys) -> None:
    """A finding, or a part that could not be judged, leads to 1 in every format."""
    assert reporting.write(given, form) == code
    out, err = capsys.readouterr()
    assert f"findings: {len(given.verdicts)}\n" in err
    assert ("not judged until the files can be read: shapes" in err) == bool(given.unjudged)
    if form == "json":
        assert len(json.loads(out)) == len(given.verdicts)


def test_text_is_a_line_each(capsys) -> None:
    """Text has a line for each finding, and nothing where there is none."""
    reporting.write(report([from_finding(FOUND)]), "text")
    assert capsys.readouterr().out == f"{FOUND}\n"
