"""Work side by side."""

import threading
import time

import pytest

from ukjapan_graph.loading.lanes import Lanes, side_by_side


@pytest.mark.parametrize("lanes", [1, 3])
def test_in_order(lanes):
    """Results come in the order of the work, and no more is begun at once than there are lanes."""
    lock, running, most = threading.Lock(), [0], [0]

    def work(number):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.001 * (number % 3))
        with lock:
            running[0] -= 1
        return number * number

    assert list(side_by_side(work, range(30), lanes)) == [number * number for number in range(30)]
    assert most[0] <= lanes


@pytest.mark.parametrize("lanes", [1, 3])
def test_stops_at_a_fault(lanes):
    """What goes wrong is raised in its place, and nothing much is begun after it."""
    begun = []

    def work(number):
        begun.append(number)
        if number == 5:
            raise ValueError("five")
        return number

    done = []
    with pytest.raises(ValueError, match="five"):
        done.extend(side_by_side(work, range(1000), lanes))
    assert len(begun) < 30


def test_connections():
    """There are as many connections as are used at once, each by one at a time, and all are closed."""
    opened = []

    class Connection:
        def __init__(self):
            opened.append(self)
            self.closed = False

        def __exit__(self, *_):
            self.closed = True

    lanes = Lanes(Connection)
    first = lanes.do(lambda one: lanes.do(lambda other: (one, other)))
    second = lanes.do(lambda one: one)
    lanes.close()

    assert (len(opened), first[0] is first[1], second in first) == (2, False, True)
    assert all(one.closed for one in opened)
