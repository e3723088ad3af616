"""Which version a change asks for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ukjapan_graph.changes.semver import LEVELS, RULES, Version, judge

numbers = st.integers(0, 20)
versions = st.builds(Version, numbers, numbers, numbers, st.sampled_from(["", "rc.1"]))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.2.3", Version(1, 2, 3)),
        ("0.2.0-rc.1+build.5", Version(0, 2, 0, "rc.1")),
        ("1.2", None),
        ("v1.2.3", None),
        ("01.2.3", None),
        ("1.2.3-01", None),
        ("", None),
    ],
)
def test_parse(text, version):
    """Only what Semantic Versioning 2.0.0 allows is a version."""
    assert Version.parse(text) == version


@pytest.mark.parametrize(
    ("old", "level", "wanted"),
    [
        ("1.2.3", "none", "1.2.3"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
        ("0.2.3", "patch", "0.2.4"),
        ("0.2.3", "minor", "0.3.0"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.0-rc.1", "major", "0.2.0"),
        ("1.2.0-rc.1", "minor", "1.2.0"),
        ("1.2.0-rc.1", "major", "2.0.0"),
        ("2.0.0-rc.1", "major", "2.0.0"),
        ("1.2.3-rc.1", "patch", "1.2.3"),
        ("1.2.3-rc.1", "minor", "1.3.0"),
    ],
)
def test_raised(old, level, wanted):
    """A change raises its own number; below 1.0.0 a major one the minor; a pre-release may be enough."""
    assert str(Version.parse(old).raised(level)) == wanted


@pytest.mark.parametrize("rule", [name for name, *_ in RULES])
def test_every_rule_has_its_level(rule):
    """What one rule found gives the level of that rule, with a reason that names an example."""
    level = next(level for name, level, *_ in RULES if name == rule)
    one, two = (
        judge({rule: things}, ("1.0.0", "9.0.0")) for things in (["the pact"], ["the pact", "a pier"])
    )

    assert (one.level, one.raises, one.finding) == (level, level, "")
    assert [(r.rule, r.level, r.count) for r in two.reasons] == [(rule, level, 2)]
    assert "the pact" in one.reasons[0].text
    assert " 2 " in f" {two.reasons[0].text} "


def test_the_strongest_reason_stands_first():
    """Reasons stand by level, whatever the numbers, and the strongest gives the verdict."""
    found = {"words": ["a"] * 9, "fact-added": ["b"] * 5, "query-gone": ["c"], "term-gone": []}
    verdict = judge(found, ("0.1.0", "0.2.0"))

    assert [reason.rule for reason in verdict.reasons] == ["query-gone", "fact-added", "words"]
    assert (verdict.level, verdict.raises, verdict.wanted, verdict.finding) == ("major", "minor", "0.2.0", "")


@pytest.mark.parametrize(
    ("declared", "rule", "finding"),
    [
        (("1.0.0", "1.0.1"), "fact-added", "1.0.1 is too small: a minor change after 1.0.0 needs 1.1.0"),
        (("0.1.0", "0.1.1"), "term-gone", "a major change after 0.1.0 needs 0.2.0"),
        (("1.0.0", "1.0.0"), "words", "needs 1.0.1"),
        (("1.0.0", "2.0.0"), "words", ""),
        (("0.2.0-rc.1", "0.2.0-rc.1"), "words", "is too small"),
        (("0.2.0-rc.1", "0.2.0"), "term-gone", ""),
        (("0.1.0", "0.2.0-rc.1"), "term-gone", ""),
        (("1.1.0", "1.0.0"), None, "goes back"),
        (("1.0.0", "1.0.0"), None, ""),
        (("", "1.0.0"), "term-gone", ""),
        (("1.0.0", ""), "words", "declares no version"),
        (("1.0.0", "one"), "words", "'one', which is no version"),
    ],
)
def test_finding(declared, rule, finding):
    """A version that is too small, goes back or is none is a finding that says what to write where."""
    found = judge({rule: ["x"]} if rule else {}, declared).finding

    assert finding in found
    assert bool(found) == bool(finding) == ("owl:versionInfo" in found)


@settings(deadline=None)
@given(versions, st.sampled_from(LEVELS[1:]))
def test_a_raised_version_is_enough(version, level):
    """The version that a verdict asks for is greater, and satisfies it."""
    rule = next(name for name, of, *_ in RULES if of == level)
    wanted = str(version.raised(level))

    assert judge({rule: ["x"]}, (str(version), wanted)).finding == ""
    assert Version.parse(wanted)[:3] >= version[:3]
    assert judge({rule: ["x"]}, (str(version), str(version))).finding != ""


@settings(deadline=None)
@given(versions)
def test_levels_are_ordered(version):
    """A stronger change never asks for less."""
    raised = [version.raised(level)[:3] for level in LEVELS]

    assert raised == sorted(raised)
