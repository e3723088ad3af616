"""Lines on disk: sorted, each once, as if they were in memory."""

import gc
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph.errors import UkjapanError
from ukjapan_graph.loading import spool
from ukjapan_graph.loading.spool import Sorter, Spool, by_size, bytes_of, differences, pieces_of, text_of

TEXTS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(st.sampled_from("ab"), TEXTS)), st.integers(1, 40))
def test_sorted_each_once(pairs, room):
    """Lines of several names come back sorted, each once, however little is held at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BYTES", room)
        sorter = Sorter()
        for name, text in pairs:
            sorter.add(name, text)
        found = sorter.lines()

    expected = {name: sorted({text for other, text in pairs if other == name}) for name, _ in sorted(pairs)}
    assert {name: list(lines) for name, lines in found.items()} == expected
    assert list(found) == list(expected)
    for name, lines in found.items():
        assert len(lines) == len(expected[name])
        assert lines.text() == text_of(expected[name], "\n")
        assert lines.size == bytes_of(expected[name]) == len(lines.text().encode())


@given(st.frozensets(TEXTS), st.integers(1, 30))
def test_portions(texts, size):
    """Portions are no larger than they may be, and together they are the whole."""
    for lines in (texts, Spool().keep(sorted(texts))):
        portions = list(by_size(lines, size))

        assert sorted(text for portion in portions for text in portion) == sorted(texts)
        assert all(
            len(portion) == 1 or len(text_of(portion, " .\n").encode()) <= size
            for portion in portions
            if portion
        )


@given(st.frozensets(TEXTS), st.integers(1, 30))
def test_pieces(texts, block):
    """Read a few bytes at a time, lines stay whole, in characters and in order, each with its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_BLOCK", block)
        for lines in (texts, Spool().keep(sorted(texts))):
            pieces = list(pieces_of(lines, " <日本> .\n")) if lines else []

            assert b"".join(pieces).decode() == text_of(lines, " <日本> .\n")
            assert all(piece.endswith(b" .\n") for piece in pieces)


@given(st.frozensets(TEXTS), st.frozensets(TEXTS), st.sampled_from([0, 100]))
def test_differences(ours, theirs, few):
    """What only one side has, in memory or on disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "LINES", few)
        found = differences(Spool().keep(sorted(ours)), theirs)

    assert found == (sorted(ours - theirs), sorted(theirs - ours))


def test_memory():
    """A hundred thousand lines need no more memory than the lines that are held at once."""
    tracemalloc.start()
    try:
        sorter = Sorter()
        for number in range(200_000):
            sorter.add("x" if number % 2 else "y", f"{number * 7919 % 200_000:0100}")
        lines = sorter.lines()
        assert sum(1 for _ in lines["x"]) == len(lines["x"]) == 100_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 3 * spool.BYTES < 200_000 * 150  # as texts they would be more


def test_nothing_is_left():
    """The temporary file is closed when nobody refers to its lines any more."""
    lines = Spool().keep(["a", "b"])
    file = lines._spool._file
    assert not file.closed

    del lines
    gc.collect()

    assert file.closed


def test_no_room(monkeypatch):
    """Where the temporary file takes no more, or cannot be made, the error says how to name another place."""
    spool = Spool()
    spool._file = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
    with spool._file, pytest.raises(UkjapanError, match=r"No space left.*TMPDIR"):
        spool.keep(["a"])

    def none(**_):
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.TemporaryFile", none)
    with pytest.raises(UkjapanError, match="TMPDIR"):
        Spool()
