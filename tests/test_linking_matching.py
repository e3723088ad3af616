"""How alike two names are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph.linking.alike.matching import LEAST, Index, similarity
from ukjapan_graph.linking.alike.names import name

WORDS = "sir hon kishida fumio philip hammond dunne f p raa reciprocal access agreement of 岸田文雄氏"
NAMES = st.lists(st.sampled_from(sorted(set(name(WORDS).words))), max_size=4).map(" ".join) | st.text(
    max_size=12
)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("KISHIDA Fumio", "Fumio Kishida", 100),
        ("Rt Hon Philip Hammond MP", "Philip Hammond", 98),
        ("Shinzou Abe", "Abe Shinzo", 98),
        ("岸田文雄首相", "岸田 文雄", 98),
        ("F. Kishida", "Fumio Kishida", 88),
        ("Philip Dunne", "Philip Hammond", 61.54),
        ("Kishida", "Fumio Kishida", 77.5),
        ("Kisida", "Fumio Kishida", 67.5),
        ("岸田文雄", "Fumio Kishida", 0),
    ],
)
def test_persons(one, other, score):
    """Order and titles do not count, given names do, and scripts cannot be compared."""
    assert similarity(name(one), name(other), person=True) == score


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("the Reciprocal Access Agreement", "Reciprocal access agreement", 100),
        ("Agreement, Reciprocal Access", "Reciprocal Access Agreement", 97),
        ("Self-Defence Forces", "Self Defence Forces", 100),
        ("RAA", "Reciprocal Access Agreement", 85),
        ("United Kngdom", "United Kingdom", 95),
        ("Japan", "Government of Japan", 68.82),
        ("ACSA", "Asia", 56.25),
        ("UK", "UN", 37.5),
        ("", "Japan", 0),
    ],
)
def test_other_things(one, other, score):
    """The ladder that the module tells of, step by step."""
    assert similarity(name(one), name(other)) == score


@given(one=NAMES, other=NAMES, person=st.booleans())
def test_similarity_is_symmetric_and_bounded(one, other, person):
    """Whichever comes first, the score is the same, from 0 to 100; a name is wholly like itself."""
    a, b = name(one), name(other)
    found = similarity(a, b, person=person)
    assert found == similarity(b, a, person=person)
    assert 0 <= found <= 100
    assert similarity(a, a, person=person) == (100 if a.words else 0)


@given(known=st.lists(NAMES, min_size=1, max_size=6), asked=NAMES)
def test_the_index_agrees_with_weighing_each(known, asked):
    """Whatever the index gives has the similarity of the two names; the same words are never left out."""
    names = [name(text) for text in known]
    found = dict(Index(names, range(len(names))).alike(name(asked)))
    for number, score in found.items():
        assert score == similarity(name(asked), names[number], person=True) >= LEAST
    for number, other in enumerate(names):
        if sorted(other.words) == sorted(name(asked).words) != []:
            assert number in found
