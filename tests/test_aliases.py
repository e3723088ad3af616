"""Names folded, ranked, and measured against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

import small_graph
from ukjapan_graph.answering import aliases
from ukjapan_graph.namespaces import expand


@pytest.mark.parametrize(
    "name",
    [
        "Défence Logistics-Treaty",
        "the defence logistics treaty",
        "DEFENCE_LOGISTICS_TREATY",
    ],
)
def test_fold(name):
    """Case, accents, spaces, hyphens and a leading article make no difference."""
    assert aliases.fold(name) == "defencelogisticstreaty"


def test_fold_keeps_what_differs():
    """An article alone, letters of other scripts and digits stay."""
    assert [aliases.fold(name) for name in ("The", "防衛 協定", "2+2")] == ["the", "防衛協定", "22"]


@given(st.text())
def test_fold_twice(name):
    """Folding a second time changes nothing but a leading article that the first made."""
    once = aliases.fold(name)

    assert aliases.fold(once) == once


def test_preferred_label_goes_first():
    """Where one thing's label is another's by-name, the label decides."""
    one, other = NamedNode("a:one"), NamedNode("a:other")
    known = [(1, "Pact", one), (2, "pact", other), (3, "the pact", other)]

    assert aliases.choose(small_graph.store(), "PACT", "thing", known) == one


def test_ranks_of_things():
    """Labels rank before other labels, those before names in documents; other kinds are left out."""
    found = aliases.of_things(small_graph.store(), frozenset({"instrument"}))
    pact = NamedNode(expand("instrument:ferry-pact"))

    assert sorted({(rank, name) for rank, name, node in found if node == pact}) == [
        (1, "Ferry Pact"),
        (2, "Crossing Treaty"),
        (3, "the Boat Treaty"),
    ]
    assert {node.value.split("/")[-2] for _, _, node in found} == {"instrument"}


def test_nearest():
    """The nearest names come best first, each thing once, and only if near."""
    things = aliases.of_things(small_graph.store(), frozenset({"instrument", "person"}))

    assert aliases.nearest("ben quai", things) == ["person:ben-quay"]
    assert aliases.nearest("zzz", things) == []
