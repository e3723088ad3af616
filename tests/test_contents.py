"""The release as sets of triples."""

import gzip
import hashlib

import pytest
from pyoxigraph import RdfFormat, parse

from ukjapan_graph.errors import SourceError
from ukjapan_graph.loading.contents import Release, line
from ukjapan_graph.loading.receipts import GRAPH

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
    "text",
    [
        A,
        f"_:b <http://x/p> <http://x/b> {G}",
        f"<http://x/a> <http://x/p> _:b {G}",
        f"<http://x/a> <http://x/p> <<( <http://x/a> <http://x/p> _:b )>> {G}",
        f"{A} <{GRAPH}>",
    ],
)
def test_what_cannot_be_loaded(tmp_path, text):
    """A triple without a graph and a blank node are refused: stores would lose the one and multiply the other."""
    with pytest.raises(SourceError, match="cannot be loaded"):
        Release.read(write(tmp_path, text))


@pytest.mark.parametrize(
    "value",
    [
        "<http://x/b>",
        r'"a \"b\"\n <<( "@ar--rtl',
        f"<<( {A} )>>",
        f"<<( {B} )>>",
        f"<<( <http://x/a> <http://x/p> <<( {B}--ltr )>> )>>",
    ],
)
def test_line(tmp_path, value):
    """A line is what N-Triples writes and what a release read from a file holds, triple terms in their brackets."""
    text = f"<http://x/a> <http://x/p> {value}"
    (quad,) = parse(f"{text} .", format=RdfFormat.N_TRIPLES)

    assert line(quad) == text
    assert list(Release.read(write(tmp_path, f"{text} {G}")).graphs["http://x/g"]) == [text]


@pytest.mark.parametrize("text", ["", "\n# nothing\n"])
def test_nothing_in_it(tmp_path, text):
    """A release without a quad is none: it would empty the store."""
    path = tmp_path / "empty.nq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="no quads"):
        Release.read(path)


def test_packed(tmp_path):
    """A compressed file is told to be unpacked; what it holds does not reach the terminal."""
    path = tmp_path / "release.nq.gz"
    path.write_bytes(gzip.compress(b"x"))
    with pytest.raises(SourceError, match="unpack") as caught:
        Release.read(path)
    assert str(caught.value).isprintable()


def test_broken(tmp_path):
    """What is not N-Quads is refused with the line."""
    with pytest.raises(SourceError, match="not N-Quads") as caught:
        Release.read(write(tmp_path, f"{A} {G}", "nonsense"))

    assert caught.value.line == 2
    with pytest.raises(SourceError, match="cannot be read"):
        Release.read(tmp_path / "gone.nq")
