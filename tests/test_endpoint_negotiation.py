"""Which format a client gets."""

import contextlib
import time

import pytest

from ukjapan_graph.endpoint.negotiation import choose, is_named
from ukjapan_graph.endpoint.problem import Problem

OFFERED = ("application/json", "text/csv", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.5, text/html", "text/html"),
        ("text/csv;q=0.2, text/html;q=0.9", "text/html"),
        ("application/json;q=0, */*;q=0.1", "text/csv"),
        ("text/csv;q=0.5, */*;q=0.5", "application/json"),
        ("text/html;level=1;q=0.3, text/csv;q=0.4", "text/csv"),
        ("image/png, */*;q=0.1", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("nonsense, text/csv", "text/csv"),
        ("text/csv;q=1.000", "text/csv"),
        ("text/csv ; q = 0.2 , text/html", "text/html"),
        ('text/html;title="a, b; q=0";q=0.9, text/csv;q=0.5', "text/html"),
        (" ; , ;q=1, text/csv", "text/csv"),
        ("text/csv;q=-1, text/html;q=0.1", "text/html"),
        ("text/csv;q=nan, text/html;q=0.1", "text/html"),
    ],
)
def test_the_best_is_chosen(accept, chosen):
    """Weights decide, then how specific a range is, then the order of what is offered."""
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize("part", [";", '"', '\\"', ",", ';"', '"\\', "a/b;", " "])
def test_no_header_takes_long(part):
    """A header as long as a head may be is read in a moment, whatever it is made of."""
    start = time.monotonic()
    for end in ("", '"', "\\"):
        with contextlib.suppress(Problem):
            choose("a/b" + part * (64 * 1024 // len(part)) + end, OFFERED)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "application/json;q=0"])
def test_nothing_acceptable(accept):
    """Where nothing offered is acceptable, the refusal says what there is."""
    with pytest.raises(Problem) as caught:
        choose(accept, OFFERED[:2] if accept != "application/json;q=0" else OFFERED[:1])
    assert caught.value.status == 406
    assert "application/json" in caught.value.detail


@pytest.mark.parametrize(
    ("accept", "named"),
    [
        ("text/csv", True),
        ("text/turtle, text/csv;q=0.1", True),
        ("text/csv;q=0", False),
        ("text/*, */*", False),
        (None, False),
    ],
)
def test_is_named(accept, named):
    """A type is named where it stands there in full, with a weight above nothing."""
    assert is_named(accept, OFFERED) is named
