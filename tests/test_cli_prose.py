"""Pages of text and Markdown."""

import json

import pytest

from ukjapan_graph.answering.grounds import Fact, Inference, Silence
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.cli.prose import Page, as_json, fact_line, inference_lines, silence_line

PACT, ACCORD, RESTS, PASSAGE = (
    Entity(f"http://x/{name}", f"x:{name}", name) for name in ("pact", "accord", "rests", "p1")
)


def filled(page):
    """``page`` with one of everything."""
    page.title("Title\n*")
    page.line("Line")
    page.section("Section")
    page.line("Because")
    page.item("first", "below")
    page.item("second\x1b[2J")
    return page.text()


def test_text():
    """Text has sections apart, items indented, and nothing that moves a cursor."""
    assert filled(Page()) == "Title *\nLine\n\nSection\nBecause\n  first\n    below\n  second [2J\n"


def test_markdown():
    """Markdown has blank lines where Markdown needs them, and its signs escaped."""
    assert filled(Page(markdown=True)) == (
        "# Title \\*\n\nLine\n\n## Section\n\nBecause\n\n- first\n  - below\n- second \\[2J\n"
    )


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact(PACT, RESTS, ACCORD), "rests: accord"),
        (Fact(PACT, RESTS, "1903"), "rests: 1903"),
        (Fact(ACCORD, RESTS, PACT), "accord → rests → pact"),
    ],
)
def test_fact_line(fact, expected):
    """A page's own thing is not named again as a subject."""
    assert fact_line(fact, PACT) == expected


def test_inference_and_silence():
    """An inference shows grade, reason and premises where it has them; a silence where to look."""
    fact = Fact(ACCORD, RESTS, PACT)

    assert inference_lines(Inference(PACT, fact, "weak", "So.", (PASSAGE,))) == [
        "accord → rests → pact (inferred, weak)",
        "because: So.",
        "from: p1",
    ]
    assert inference_lines(Inference(PACT, fact, "strong", "", ())) == [
        "accord → rests → pact (inferred, strong)"
    ]
    assert (
        silence_line(Silence(PACT, "Nobody says.", PACT, RESTS, None, (PASSAGE,)))
        == "Nobody says. (nearest: p1)"
    )
    assert silence_line(Silence(PACT, "Nobody says.", PACT, RESTS, None, ())) == "Nobody says."


def test_as_json():
    """Records become objects by field, tuples lists, text itself."""
    assert json.loads(as_json(Fact(PACT, RESTS, "夜"))) == {
        "subject": {"iri": "http://x/pact", "name": "x:pact", "label": "pact"},
        "predicate": {"iri": "http://x/rests", "name": "x:rests", "label": "rests"},
        "object": "夜",
    }
