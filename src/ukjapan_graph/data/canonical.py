"""One way of writing each file: parse it, put its literals in canonical form, write it sorted.

Files are RDF 1.1 Turtle (``.ttl``), TriG (``.trig``) and N-Quads (``.nq``) in UTF-8 without blank nodes.
A TriG file is the record of one source document: its metadata first, then each passage in the order of the
document, with its mentions, the facts it states and the facts that follow from it. Or it holds outside facts:
each outside source by name, with what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat
from pyoxigraph import parse as _parse

from ukjapan_graph.data import places
from ukjapan_graph.data.blocks import in_document_order, in_source_order, is_external
from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.turtle import Writer
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.namespaces import shorten

SUFFIXES = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHERE = re.compile(r"^Parser error at (?:line \d+ )?(?:between columns? \d+ and \d+|column \d+)?[^:]*: ")


def parse(path: Path) -> list[Quad]:
    """The quads of ``path`` in the order of the file, each literal in its canonical form.

    Triples of Turtle, and of TriG outside any block, are in the default graph.

    :raises SourceError: not readable, not UTF-8, a syntax error, a blank node (in any spelling), a term of
        RDF 1.2, a control character in a value, or a suffix other than those of :data:`SUFFIXES`; with the
        line where there is one
    """
    return parse_bytes(read_bytes(path), path)


def parse_bytes(data: bytes, path: Path) -> list[Quad]:
    """As :func:`parse`, for content already read; ``path`` gives the format and the name in errors."""
    if path.suffix not in SUFFIXES:
        raise SourceError(
            path, f"is none of the known kinds of file ({', '.join(SUFFIXES)}); rename or remove it"
        )
    content = decode(data, path)
    quads = []
    try:
        for quad in _parse(content.encode(), format=SUFFIXES[path.suffix]):
            _refuse_unusual(quad, content, path)
            quads.append(normal(quad))
    except SyntaxError as error:
        reason = _WHERE.sub("", error.msg or "not valid").removesuffix(f" (line {error.lineno})")
        column = f" at column {error.offset}" if error.offset else ""
        raise SourceError(
            path,
            f"syntax error{column}: {reason}; mend this statement or the one before it",
            line=error.lineno,
        ) from error
    return quads


def text(quads: Iterable[Quad], suffix: str, *, head: str = "", path: object = "") -> str:
    """The canonical text of ``quads`` for a file with ``suffix`` (a key of :data:`SUFFIXES`).

    The order of ``quads`` and doubles among them do not matter. ``head`` is comment text to put first.
    Turtle is written without regard to graph names; in TriG every quad must be in ``graph:documents``, in
    the graph of a passage or reading that ``graph:documents`` describes, or in none that is unknown; or, in a
    file of outside facts, in ``graph:external`` or the graph of an outside source.

    :raises SourceError: TriG with a graph that has no place in the file; names ``path``
    """
    unique = {normal(quad) for quad in quads}
    if suffix == ".nq":
        return head + "".join(line + "\n" for line in sorted(f"{quad} ." for quad in unique))
    writer = Writer()
    if suffix == ".ttl" and unique:
        writer.triples(unique)
    if suffix == ".trig":
        in_order = in_source_order if is_external(unique) else in_document_order
        for block in in_order(unique, path):
            writer.triples(block.quads, graph=block.graph, first=block.first)
    return writer.text(head)


def formatted(path: Path) -> str:
    """The canonical text of the file ``path``, with the comment at its head.

    :raises SourceError: as :func:`parse` and :func:`text`, or a comment further down, which would be lost
    """
    content = decode(read_bytes(path), path)
    line = places.stray_comment(content)
    if line:
        raise SourceError(
            path, "a comment below the head would be lost; move it to the top or into rdfs:comment", line=line
        )
    return text(parse(path), path.suffix, head=places.head(content), path=path)


def is_canonical(path: Path) -> bool:
    """Whether ``path`` is written, byte for byte, as :func:`write` would write it.

    :raises SourceError: as :func:`formatted`
    """
    return formatted(path).encode() == read_bytes(path)


def write(path: Path, quads: Iterable[Quad], *, head: str = "") -> None:
    """Write ``quads`` to ``path`` in canonical form, all at once or not at all.

    :raises SourceError: as :func:`text`, or ``path`` cannot be written
    """
    replace_file(path, text(quads, path.suffix, head=head, path=path).encode())


def decode(data: bytes, path: Path) -> str:
    """``data`` as text.

    :raises SourceError: not UTF-8, with the line of the first byte that is not; or a byte order mark
    """
    try:
        content = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            path, f"byte 0x{data[error.start]:02X} is not UTF-8; save the file in UTF-8", line=line
        ) from error
    if content.startswith("\ufeff"):
        raise SourceError(path, "starts with a byte order mark; save the file in UTF-8 without one", line=1)
    return content


def _refuse_unusual(quad: Quad, content: str, path: Path) -> None:
    terms = (quad.subject, quad.object, quad.graph_name)
    if any(isinstance(term, BlankNode) for term in terms):
        line = places.first_blank_node(content)
        raise SourceError(path, "a blank node; give the thing a name (an IRI)", line=line)
    term = quad.object
    if not isinstance(term, NamedNode | Literal) or getattr(term, "direction", None):
        name = shorten(quad.subject.value)
        raise SourceError(
            path, f"{name} has a value of RDF 1.2, which other stores cannot read; name the statement instead"
        )
    if isinstance(term, Literal) and _CONTROL.search(term.value):
        name = shorten(quad.subject.value)
        raise SourceError(
            path, f"{name} has a control character in a value, which XML cannot hold; remove it"
        )
