"""Breaches, verdicts and the report of them."""

import pytest
from pyoxigraph import Literal, NamedNode

from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.verdicts import WARNING, Breach, Report, found, from_finding, report
from ukjapan_graph.namespaces import PREFIXES, expand

PLACE = ("boats.ttl", 7)


def breach(value=None, path="", **more):
    """A breach about a boat."""
    return Breach(expand("event:blue"), path, value, "shape:Boat", "mend the boat", **more)


@pytest.mark.parametrize(
    ("value", "path", "shown"),
    [
        (None, "", ""),
        (None, expand("ukj:carries"), ""),
        (NamedNode(expand("event:red")), "", "event:red"),
        (NamedNode(expand("event:red")), expand("ukj:carries"), "ukj:carries event:red"),
        (Literal("a"), "", '"a"'),
        (Literal("a", language="en"), expand("ukj:name"), 'ukj:name "a"@en'),
        (Literal("7", datatype=NamedNode(PREFIXES["xsd"] + "integer")), "", "7"),
        (Literal("1903", datatype=NamedNode(PREFIXES["xsd"] + "gYear")), "", '"1903"^^xsd:gYear'),
    ],
)
def test_a_finding_shows_property_and_value_in_short(value, path, shown):
    """The offending value is written as in Turtle, after its property where there is one."""
    expected = Finding(*PLACE, "event:blue", "shape:Boat", "mend the boat", shown)
    assert expected == found(breach(value, path), PLACE).finding


def test_a_warning_says_so():
    """The line of a warning ends with the word; that of a violation does not."""
    assert str(found(breach(), PLACE)) == "boats.ttl:7: event:blue: mend the boat [shape:Boat]"
    warning = found(breach(severity=WARNING), PLACE)
    assert str(warning) == "boats.ttl:7: event:blue: mend the boat [shape:Boat, warning]"


@pytest.mark.parametrize(
    ("focus", "iri"),
    [("event:blue", expand("event:blue")), ("<urn:x>", "urn:x"), ("boats", "boats"), ("", "")],
)
def test_a_finding_of_files_becomes_a_verdict(focus, iri):
    """What other judges found keeps its words; its focus is an IRI where it names one."""
    finding = Finding(*PLACE, focus, "readable", "mend the file")
    verdict = from_finding(finding)
    assert verdict.finding is finding
    assert verdict.breach[:5] == (iri, "", None, "readable", "mend the file")


def test_a_report_is_sorted_and_has_no_doubles():
    """Verdicts come by place, each finding once, whatever their order before."""
    first, second = found(breach(), ("a.ttl", 9)), found(breach(), ("b.ttl", 1))
    assert report([second, first, second]).findings == [first.finding, second.finding]
    component = found(breach(component="urn:other"), ("a.ttl", 9))
    assert report([first, component]) == report([component, first])


def test_a_report_conforms_only_when_all_was_judged():
    """No findings conform; parts left out do not."""
    assert Report(()).conforms
    assert not Report((), ("shapes",)).conforms
    assert not report([found(breach(severity=WARNING), PLACE)]).conforms
