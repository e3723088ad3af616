"""The smallest set of statements that clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph.reasoning.clash import minimal, minimal_in_groups


def clashing(*conflicts):
    """Whether a set of items holds one of ``conflicts``."""
    return lambda items: any(set(conflict) <= set(items) for conflict in conflicts)


def test_the_conflict_is_found():
    """Of many items just those that clash are left."""
    assert minimal(list(range(50)), clashing({3, 17, 41})) == [3, 17, 41]


def test_the_earliest_of_several_is_found():
    """Where several sets clash, the one whose items come earliest is given."""
    assert minimal(list(range(20)), clashing({2, 3}, {2, 15}, {9, 11})) == [2, 3]


def test_the_background_is_held_and_not_told():
    """What is held anyway is not part of the set; where it clashes by itself, nothing is."""
    assert minimal([1, 2, 3], clashing({2, 9}), [9]) == [2]
    assert minimal([1, 2, 3], clashing({8, 9}), [8, 9]) == []


def test_groups_give_what_single_items_give():
    """A conflict across groups is found, with empty groups among them."""
    assert minimal_in_groups([[1, 2], [], [3, 4], [5]], clashing({2, 5})) == [2, 5]
    assert minimal_in_groups([], clashing({9}), [9]) == []


def test_what_does_not_clash_is_refused():
    """Without a clash there is nothing to explain."""
    with pytest.raises(ValueError, match="nothing clashes"):
        minimal([1, 2], clashing({3}))


def test_few_questions_are_asked():
    """A conflict of three among a thousand takes far fewer questions than items."""
    asked = []

    def clashes(items):
        asked.append(1)
        return {10, 500, 990} <= set(items)

    assert minimal(list(range(1000)), clashes) == [10, 500, 990]
    assert len(asked) < 100


@given(
    st.lists(st.integers(0, 30), unique=True, max_size=25),
    st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=4),
)
def test_it_clashes_and_nothing_can_be_left_out(items, conflicts):
    """Whatever the conflicts, the result clashes and each item of it is needed."""
    clashes = clashing(*conflicts)
    if not clashes(items):
        return
    found = minimal(items, clashes)
    assert clashes(found)
    for item in found:
        assert not clashes([other for other in found if other != item])
