"""One canonical text for each set of quads."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad

from rdf_strategies import IRIS, LITERALS
from small_project import DOCUMENT, FIRST_LINE, HEADER
from ukjapan_graph.data import canonical
from ukjapan_graph.data.literals import normal
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]


def parsed(body, name="x.ttl"):
    """Quads of ``body`` behind the whole prefix table."""
    return canonical.parse_bytes((HEADER + body).encode(), canonical.Path(name))


TRIPLES = st.lists(st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=8)


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("event:a ukj:n\n event:b event:c .", 1, "syntax error"),
        ('event:a ukj:n "x .', 0, "syntax error"),
        ("event:a ukj:n\n nobody:b .", 1, "nobody: has not been declared"),
        (b"event:a ukj:n\n\n '\xff' .", 2, "byte 0xFF is not UTF-8"),
        ("event:a ukj:n\n [] .", 1, "blank node"),
        ("event:a ukj:n '[' ;\n ukj:m\n _:b .", 2, "blank node"),
        ("event:a ukj:n # (\n\n ( event:b ) .", 2, "blank node"),
        ("event:a ukj:n <<( event:a ukj:n 1 )>> .", None, "RDF 1.2"),
        ('event:a ukj:n "x"@en--ltr .', None, "RDF 1.2"),
        ('event:a ukj:n "\\u0001" .', None, "control character"),
    ],
)
def test_bad_files_are_refused_with_their_line(tmp_path, body, line, reason):
    """A fault in a file is one error with the file, the line where there is one, and the reason."""
    path = tmp_path / "bad.ttl"
    path.write_bytes(HEADER.encode() + (body if isinstance(body, bytes) else body.encode()))
    with pytest.raises(SourceError, match=reason) as caught:
        canonical.parse(path)
    assert caught.value.path == str(path)
    assert caught.value.line == (None if line is None else FIRST_LINE + line)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.ttl", b"\xef\xbb\xbf", "byte order mark"),
        ("a.docx", b"", "none of the known kinds"),
        ("missing.ttl", None, "cannot be read"),
    ],
)
def test_unreadable_files_are_refused(tmp_path, name, data, reason):
    """A file that is missing, of another kind or marked with a byte order mark is refused."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=reason):
        canonical.parse(path)


def test_formatting_keeps_the_comment_at_the_head(tmp_path):
    """The comment before the first statement stays, and what is canonical is left as it is."""
    path = tmp_path / "a.ttl"
    path.write_text(f"\n# One.\n#\n# Two.\n\n{HEADER}event:a ukj:n 1 .", encoding="utf-8")
    assert not canonical.is_canonical(path)
    path.write_text(canonical.formatted(path), encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# One.\n#\n# Two.\n\n@prefix event:")
    assert canonical.is_canonical(path)


def test_formatting_refuses_to_lose_a_comment(tmp_path):
    """A comment further down would be lost, so the file is refused at its line; # in an IRI is no comment."""
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEADER}event:a ukj:n <http://example.org/#x> .\n\n# lost\n", encoding="utf-8")
    with pytest.raises(SourceError, match="comment") as caught:
        canonical.formatted(path)
    assert caught.value.line == FIRST_LINE + 2


def test_empty_files_stay_empty(tmp_path):
    """No quads are no text."""
    assert [canonical.text([], suffix) for suffix in canonical.SUFFIXES] == ["", "", ""]


def test_writing_replaces_the_whole_file_or_nothing(tmp_path):
    """A file is written whole; where it cannot be, the old one stays and nothing is left beside it."""
    path = tmp_path / "a.trig"
    canonical.write(path, parsed(DOCUMENT, "a.trig"))
    assert canonical.is_canonical(path)
    before = path.read_bytes()
    with pytest.raises(SourceError, match="no place"):
        canonical.write(path, parsed("event:a ukj:n 1 ."))
    with pytest.raises(SourceError, match="cannot be written"):
        canonical.write(tmp_path / "missing" / "a.ttl", parsed("event:a ukj:n 1 ."))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.trig"]


@settings(max_examples=150, deadline=None)
@given(TRIPLES)
def test_turtle_says_the_same_in_one_way(quads):
    """Any triples come back from their canonical text, which does not depend on their order or on doubles."""
    text = canonical.text(quads, ".ttl")
    back = canonical.parse_bytes(text.encode(), canonical.Path("x.ttl"))
    assert set(back) == {normal(quad) for quad in quads}
    assert canonical.text(back, ".ttl") == text
    mixed = [*quads, *quads[:2]]
    random.Random(4).shuffle(mixed)
    assert canonical.text(mixed, ".ttl") == text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS), st.one_of(IRIS, st.just(DefaultGraph()))),
        max_size=8,
    )
)
def test_n_quads_are_sorted_lines(quads):
    """N-Quads have each quad once, in the order of code points, and come back as they were."""
    text = canonical.text(quads, ".nq")
    lines = text.split("\n")[:-1]
    assert lines == sorted(set(lines))
    assert set(canonical.parse_bytes(text.encode(), canonical.Path("x.nq"))) == {normal(q) for q in quads}
