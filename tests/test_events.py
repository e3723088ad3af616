"""Events that outside sources date, against the documents."""

import pytest

from small_world import CORPUS, OUTSIDE, world
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.events import events

DATED = 'outside:almanac {{ event:{} ukj:date "{}"^^xsd:date . }}'
#: A bound that is inferred from a passage.
INFERRED = """graph:inferences { event:summit ukj:latest "1904-02-01"^^xsd:date .
  inference:summit-early a ukj:Inference ; ukj:subject event:summit ; ukj:predicate ukj:latest ;
    ukj:object "1904-02-01"^^xsd:date ; ukj:grade grade:strong ; ukj:premise passage:log.S2 . }"""


def told(name, *parts):
    """The one line about the event called ``name``."""
    (line,) = [line for line in events(world(CORPUS, OUTSIDE, *parts)) if line.about.name == f"event:{name}"]
    return line


def passages(line):
    """The passages that ``line`` names."""
    return [passage.name for passage in line.passages]


@pytest.mark.parametrize(("day", "verdict"), [("1904-01-21", lines.OPEN), ("1904-02-02", lines.CONFLICT)])
def test_an_inferred_bound_is_called_inferred(day, verdict):
    """One bound alone is compared too; that it is inferred, and from which passage, is said."""
    line = told("summit", INFERRED, DATED.format("summit", day))
    assert (line.verdict, line.statement) == (verdict, "summit: not after 1904-02-01 (inferred)")
    assert passages(line) == ["passage:log.S2"]


def test_a_bound_that_a_passage_gives():
    """It is not inferred, and the passage is named."""
    bound = 'passage:log.S1 { event:summit ukj:earliest "1903-02-01"^^xsd:date . }'
    line = told("summit", bound, DATED.format("summit", "1904-01-21"))
    assert line.statement == "summit: not before 1903-02-01"
    assert passages(line) == ["passage:log.S1"]


@pytest.mark.parametrize("passage", ["passage:log.A1", "passage:log.Z9"])
def test_passages_that_do_not_agree(passage):
    """Where two passages give two days, an outside day that is one of them contradicts neither alone."""
    other = f'{passage} {{ event:pact-signing ukj:date "1904-05-01"^^xsd:date . }}'
    for day in ("1903-05-01", "1904-05-01"):
        line = told("pact-signing", other, DATED.format("pact-signing", day))
        assert (line.verdict, line.statement) == (lines.OPEN, "signing of the pact: 1903-05-01 to 1904-05-01")


def test_an_event_that_is_only_inferred_to_be_the_same():
    """What outside has of the other one is told with that it is inferred; the two stay two."""
    bound = 'passage:log.S2 { event:summit ukj:earliest "1904-03-01"^^xsd:date . }'
    line = told("summit", bound, DATED.format("first-fair", "1904-01-21"))
    assert line.verdict == lines.CONFLICT
    assert "if it is first fair, which is inferred (strong)" in line.outcome


def test_of_whose_time_nothing_is_said():
    """There is nothing to set an outside date against."""
    assert list(events(world(CORPUS, OUTSIDE, DATED.format("summit", "1904-01-21")))) == []
