"""The release as sets of triples."""

import hashlib

import pytest

from ukjapan_graph.errors import SourceError
from ukjapan_graph.loading.contents import Release

A, B, G, H = (
    "<http://x/a> <http://x/p> <http://x/b>",
    '<http://x/a> <http://x/p> "x"@en',
    "<http://x/g>",
    "<http://x/h>",
)


def write(tmp_path, *lines):
    """A release file of these quads."""
    path = tmp_path / "release.nq"
    path.write_text("".join(f"{text} .\n" for text in lines), encoding="utf-8")
    return path


def test_read(tmp_path):
    """Graphs hold their triples; the merge holds each once; the hash is that of the file."""
    path = write(tmp_path, f"{A} {H}", f"{A} {G}", f"{B} {G}")

    release = Release.read(path)

    assert list(release.graphs) == ["http://x/g", "http://x/h"]
    assert list(release.graphs["http://x/g"]) == sorted([A, B])
    assert release.size == 3
    assert release.hash == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "text", [A, f"_:b <http://x/p> <http://x/b> {G}", f"<http://x/a> <http://x/p> _:b {G}"]
)
def test_what_cannot_be_loaded(tmp_path, text):
    """A triple without a graph and a blank node are refused: stores would lose the one and multiply the other."""
    with pytest.raises(SourceError, match="cannot be loaded"):
        Release.read(write(tmp_path, text))


def test_broken(tmp_path):
    """What is not N-Quads is refused with the line."""
    with pytest.raises(SourceError, match="not N-Quads") as caught:
        Release.read(write(tmp_path, f"{A} {G}", "nonsense"))

    assert caught.value.line == 2
    with pytest.raises(SourceError, match="cannot be read"):
        Release.read(tmp_path / "gone.nq")
