"""The audit: attested capacities, signatures and dates against outside facts."""

from dataclasses import dataclass

import pytest

from small_world import CORPUS, OUTSIDE, world
from ukjapan_graph.answering.views import open_view
from ukjapan_graph.errors import UsageError
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.audit import audit


@dataclass
class Told:
    """The lines of an audit, found by what they are about."""

    found: list

    def of(self, name, kind=lines.CAPACITY):
        """The one line of ``kind`` about the thing called ``name``."""
        (line,) = [x for x in self.found if (x.about.name, x.kind) == (name, kind)]
        return line


def told(*parts):
    """The audit of a small world."""
    return Told(audit(world(*parts)))


def test_in_office():
    """A tenure that covers the day shows the person in office, and so the signature too."""
    found = told(CORPUS, OUTSIDE)
    line = found.of("attestation:ada-mayor")
    assert (line.verdict, [p.name for p in line.passages]) == (lines.IN_OFFICE, ["passage:log.S1"])
    assert [t.name for t in line.tenures] == ["tenure:ada-mayor-1902"]
    assert [(s.source.name, s.address) for s in line.sources] == [
        ("outside:almanac", "https://almanac.example/")
    ]
    signature = found.of("participation:ada-signs", lines.SIGNATURE)
    assert (signature.verdict, signature.is_finding) == (lines.IN_OFFICE, False)
    assert "signed as Mayor (signing of the pact, 1903-05-01)" in signature.statement


def test_a_contradiction_names_both_sides():
    """A tenure that ended before the day is a finding, which names the passage and the tenure."""
    found = told(CORPUS, OUTSIDE.replace("1904-12-31", "1903-04-30"))
    for name, kind in (
        ("attestation:ada-mayor", lines.CAPACITY),
        ("participation:ada-signs", lines.SIGNATURE),
    ):
        line = found.of(name, kind)
        assert (line.verdict, line.is_finding) == (lines.NOT_IN_OFFICE, True)
        assert [p.name for p in line.passages] == ["passage:log.S1"]
        assert "Ada Quay as Mayor 1902-03-01 to 1903-04-30" in line.outcome


def test_another_holder_is_a_contradiction():
    """Where outside has no tenure of the person but somebody else surely in the office, both cannot be right."""
    line = told(CORPUS, OUTSIDE.replace("person:ada-quay ;", "person:ben-mole ;")).of("attestation:ada-mayor")
    assert line.verdict == lines.NOT_IN_OFFICE
    assert "Ben Mole as Mayor" in line.outcome


def test_silence_is_no_contradiction():
    """Without a tenure in that office outside is silent, which is no finding."""
    line = told(CORPUS, OUTSIDE.replace("office:mayor", "office:town-clerk")).of("attestation:ada-mayor")
    assert (line.verdict, line.is_finding, line.tenures) == (lines.SILENT, False, ())


def test_years_alone_make_possible():
    """A tenure known by years only does not surely cover a day within its first year."""
    line = told(CORPUS, OUTSIDE.replace('"1902-03-01"^^xsd:date', '"1903"^^xsd:gYear')).of(
        "attestation:ada-mayor"
    )
    assert line.verdict == lines.POSSIBLE


def test_the_year_of_a_day_is_worked_out():
    """A day without a year can lie only where all who are shown in office held it: here in 1904 alone."""
    line = told(CORPUS, OUTSIDE).of("event:summit-news", lines.DATE)
    assert line.verdict == lines.OPEN
    assert "21 January, no year" in line.statement
    assert line.outcome == "where all shown in office held it (1903-02-01 to 1904-12-31): 1904-01-21"
    assert {p.name for p in line.passages} == {"passage:log.S2"}


def test_several_years_stay_several():
    """With a longer tenure two years are left; nothing chooses between them."""
    longer = OUTSIDE.replace('"1903-02"^^xsd:gYearMonth', '"1902"^^xsd:gYear')
    line = told(CORPUS, longer).of("event:summit-news", lines.DATE)
    assert line.outcome.endswith(": 1903-01-21 or 1904-01-21")


def test_no_year_fits():
    """Where those shown in office never held their offices together on such a day, that is a finding."""
    line = told(CORPUS, OUTSIDE.replace("1904-12-31", "1903-12-31")).of("event:summit-news", lines.DATE)
    assert (line.verdict, line.is_finding) == (lines.CONFLICT, True)
    assert "no such day where all shown in office held it (1903-02-01 to 1903-12-31)" in line.outcome


DATED = 'outside:almanac {{ event:first-fair ukj:date "{}"^^xsd:date . }}'


def test_an_outside_date_is_told_and_nothing_merged():
    """The date of another event that is only inferred to be the same is told with that, and never taken over."""
    store = world(CORPUS, OUTSIDE, DATED.format("1904-01-21"))
    before = set(store)
    line = Told(audit(store)).of("event:summit-news", lines.DATE)
    assert line.verdict == lines.OPEN
    assert "Almanac dates first fair (inferred, strong, to be summit) 1904-01-21" in line.outcome
    assert set(store) == before


def test_an_outside_date_that_does_not_fit():
    """An outside date on another day than the documents leave is a finding."""
    line = told(CORPUS, OUTSIDE, DATED.format("1904-02-21")).of("event:summit-news", lines.DATE)
    assert (line.verdict, line.is_finding) == (lines.CONFLICT, True)
    assert "which does not fit" in line.outcome


@pytest.mark.parametrize(
    ("date", "verdict"),
    [
        ('"1903-05-01"^^xsd:date', lines.AGREES),
        ('"1903"^^xsd:gYear', lines.AGREES),
        ('"1903-05-02"^^xsd:date', lines.CONFLICT),
    ],
)
def test_dated_events_are_compared(date, verdict):
    """An outside date agrees with the documents, or is a finding that names both."""
    line = told(CORPUS, OUTSIDE, f"outside:almanac {{ event:pact-signing ukj:date {date} . }}").of(
        "event:pact-signing", lines.EVENT
    )
    assert line.verdict == verdict
    assert "1903-05-01" in line.statement
    assert [p.name for p in line.passages] == ["passage:log.S1"]


def test_a_more_precise_date_would_narrow():
    """A day from outside within the year of the documents narrows it, and is no finding."""
    year = CORPUS.replace(
        'event:pact-signing ukj:date "1903-05-01"^^xsd:date', 'event:pact-signing ukj:date "1903"^^xsd:gYear'
    )
    line = told(year, OUTSIDE, 'outside:almanac { event:pact-signing ukj:date "1903-05-01"^^xsd:date . }').of(
        "event:pact-signing", lines.EVENT
    )
    assert (line.verdict, line.is_finding) == (lines.OPEN, False)


def test_outside_sources_that_disagree():
    """Two outside sources with two days for one event are a finding, whatever the documents say."""
    other = DATED.replace("almanac", "herald").format("1904-01-22")
    line = told(CORPUS, OUTSIDE, DATED.format("1904-01-21"), other).of("event:first-fair", lines.EVENT)
    assert (line.verdict, len(line.sources)) == (lines.CONFLICT, 2)


def test_without_outside_facts_there_is_nothing_to_audit():
    """The corpus alone is refused, with what to do."""
    with pytest.raises(UsageError, match="open the world view"):
        audit(open_view("corpus"))


@pytest.fixture(scope="module")
def ours():
    """The audit of the project itself."""
    return Told(audit(open_view("world")))


def test_the_project_has_no_contradiction(ours):
    """Every capacity and signature of the documents goes with what outside sources say."""
    assert [line for line in ours.found if line.is_finding] == []
    verdicts = {line.verdict for line in ours.found if line.kind == lines.SIGNATURE}
    assert verdicts == {lines.IN_OFFICE}


def test_every_attestation_is_audited(ours):
    """There is one line for each attestation of a passage."""
    from release import rows, short

    due = {
        short(row[0])
        for row in rows("SELECT DISTINCT ?a { GRAPH ?p { ?a a ukj:Attestation } ?p ukj:inDocument ?d }")
    }
    assert sorted(line.about.name for line in ours.found if line.kind == lines.CAPACITY) == sorted(due)


def test_the_year_of_21_january(ours):
    """Tenures leave 2015 and 2016, the documents' own inference 2015, and an outside page has the day."""
    line = ours.of("event:first-ministerial-meeting-announcement", lines.DATE)
    assert line.verdict == lines.OPEN
    assert "(2014-12-24 to 2016-07-13): 2015-01-21 or 2016-01-21" in line.outcome
    assert "of these within what the documents let infer: 2015-01-21" in line.outcome
    assert "outside:mofa-2plus2-2015" in [s.source.name for s in line.sources]
    assert len(line.tenures) == 4


def test_who_is_in_no_list_is_silence(ours):
    """Of the UN Secretary-General no outside source read gives a tenure."""
    line = ours.of("attestation:guterres-un-secretary-general-2017-08-31")
    assert line.verdict == lines.SILENT
