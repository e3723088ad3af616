"""Lines of the audit."""

import pytest

from small_world import CORPUS, OUTSIDE, node, world
from ukjapan_graph.linking.outside import lines
from ukjapan_graph.linking.outside.lines import FINDINGS, KINDS, VERDICTS, either, join_tenures, line, ordered
from ukjapan_graph.linking.outside.tenures import Tenures


def test_the_sources_of_tenures_are_sources():
    """A line names each source once, with its address, whether it came with a tenure or by itself."""
    store = world(CORPUS, OUTSIDE)
    tenures = Tenures(store).of(node("person:ada-quay"), node("office:mayor"))
    found = line(
        store, lines.CAPACITY, node("event:summit"), (lines.OPEN, "a", "b"),
        [node("passage:log.S2"), node("passage:log.S1"), node("passage:log.S2")],
        tenures=tenures, sources=[node("outside:almanac"), node("outside:herald")],
    )  # fmt: skip
    assert [(s.source.name, s.address) for s in found.sources] == [
        ("outside:almanac", "https://almanac.example/"), ("outside:herald", ""),
    ]  # fmt: skip
    assert [p.name for p in found.passages] == ["passage:log.S1", "passage:log.S2"]
    assert join_tenures(store, tenures) == "Ada Quay as Mayor 1902-03-01 to 1904-12-31"


def test_the_gravest_verdict_comes_first():
    """Then by kind, and within one by what it is about; findings are the two gravest."""
    store = world(CORPUS)
    made = [
        line(store, kind, node(f"event:{name}"), (verdict, "", ""), ())
        for verdict in reversed(VERDICTS)
        for kind in reversed(KINDS)
        for name in ("summit", "first-fair")
    ]
    found = ordered(made)
    assert [x.verdict for x in found] == [verdict for verdict in VERDICTS for _ in range(2 * len(KINDS))]
    assert [x.kind for x in found[:8]] == [kind for kind in KINDS for _ in range(2)]
    assert [x.about.name for x in found[:2]] == ["event:first-fair", "event:summit"]
    assert {x.verdict for x in found if x.is_finding} == set(FINDINGS) == set(VERDICTS[:2])


@pytest.mark.parametrize(("parts", "words"), [("a", "a"), ("ab", "a or b"), ("abc", "a, b or c")])
def test_either(parts, words):
    """Parts in a row."""
    assert either(parts) == words
