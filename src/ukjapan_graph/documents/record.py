"""What the graph records of a document: the document, its passages and their mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, Quad

from ukjapan_graph.documents.layouts import LAYOUTS
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

UKJ = PREFIXES["ukj"]
RDF_TYPE = PREFIXES["rdf"] + "type"
METADATA_GRAPH = PREFIXES["graph"] + "documents"


class Passage(NamedTuple):
    """A passage as recorded; None where nothing, or no number, is recorded.

    :ivar kind: last segment of its ``ukj:passageKind`` ("text"); "" where it has none
    """

    iri: str
    start: int | None
    end: int | None
    fingerprint: str
    kind: str


class Mention(NamedTuple):
    """A mention as recorded; ``passage`` is an IRI, ``start`` and ``end`` are None before it is drafted."""

    iri: str
    passage: str
    name: str
    start: int | None
    end: int | None


class Record(NamedTuple):
    """A document as recorded.

    :ivar passages: by number of the unit (``S07``), in the order of the numbers' recorded starts
    :ivar characters: length of its text in code points; None before it is drafted
    :ivar fingerprint: of the bytes of its file; "" before it is drafted
    """

    iri: str
    short_title: str
    file_name: str
    layout: str
    characters: int | None
    fingerprint: str
    passages: dict[str, Passage]
    mentions: tuple[Mention, ...]

    @property
    def slug(self) -> str:
        """Last segment of the document's IRI."""
        return self.iri.rpartition("/")[2]

    def passage_iri(self, unit: str) -> str:
        """The IRI of the passage with number ``unit``.

        A point in the number becomes an underscore (``SC9.2``: ``….SC9_2``), because some SPARQL parsers
        take only one point in a prefixed name.
        """
        return f"{PREFIXES['passage']}{self.slug}.{unit.replace('.', '_')}"


def read_record(quads: Iterable[Quad], path: object = "") -> Record:
    """The record in the quads of one document's file.

    :raises SourceError: there is not exactly one ``ukj:Document``, it has no ``ukj:fileName``,
        ``ukj:layout`` or ``ukj:shortTitle``, or the layout is unknown; names ``path``
    """
    nodes = _nodes(quads)
    documents = sorted(iri for iri, node in nodes.items() if UKJ + "Document" in node.get(RDF_TYPE, ()))
    if len(documents) != 1:
        raise SourceError(path, f"describes {len(documents)} documents; describe one, as a ukj:Document")
    iri = documents[0]
    given = {name: _first(nodes[iri], UKJ + name) for name in ("fileName", "layout", "shortTitle")}
    for name, value in given.items():
        if not value:
            raise SourceError(path, f"{shorten(iri)} has no ukj:{name}; the reader needs it")
    if given["layout"] not in LAYOUTS:
        known = ", ".join(LAYOUTS)
        raise SourceError(path, f"{shorten(iri)} has the layout {given['layout']!r}; use one of {known}")
    return Record(
        iri,
        given["shortTitle"],
        given["fileName"],
        given["layout"],
        _integer(nodes[iri], "characters"),
        _first(nodes[iri], UKJ + "fingerprint"),
        _passages(nodes, iri.rpartition("/")[2]),
        tuple(
            _mention(node_iri, nodes[node_iri]) for node_iri in sorted(nodes) if _is_mention(nodes[node_iri])
        ),
    )


_Node = dict[str, list[str]]


def _nodes(quads: Iterable[Quad]) -> dict[str, _Node]:
    """Values by property of what graph:documents describes, sorted so that the first is always the same."""
    nodes: dict[str, _Node] = {}
    for quad in quads:
        if getattr(quad.graph_name, "value", "") == METADATA_GRAPH:
            values = nodes.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            # A title in English comes before its translations.
            other = isinstance(quad.object, Literal) and quad.object.language not in (None, "en")
            values.append(("1" if other else "0") + quad.object.value)
    return {s: {p: [v[1:] for v in sorted(vs)] for p, vs in node.items()} for s, node in nodes.items()}


def _passages(nodes: dict[str, _Node], slug: str) -> dict[str, Passage]:
    found = {}
    for iri, node in nodes.items():
        owner, _, unit = iri.removeprefix(PREFIXES["passage"]).partition(".")
        if kind_of(iri) == "passage" and owner == slug and unit:
            found[unit.replace("_", ".")] = Passage(
                iri,
                _integer(node, "start"),
                _integer(node, "end"),
                _first(node, UKJ + "fingerprint"),
                _first(node, UKJ + "passageKind").rpartition("/")[2],
            )
    return dict(sorted(found.items(), key=lambda item: (item[1].start or 0, item[0])))


def _is_mention(node: _Node) -> bool:
    return UKJ + "Mention" in node.get(RDF_TYPE, ())


def _mention(iri: str, node: _Node) -> Mention:
    passage, name = _first(node, UKJ + "inPassage"), _first(node, UKJ + "name")
    return Mention(iri, passage, name, _integer(node, "start"), _integer(node, "end"))


def _first(node: _Node, predicate: str) -> str:
    return next(iter(node.get(predicate, ())), "")


def _integer(node: _Node, name: str) -> int | None:
    value = _first(node, UKJ + name)
    return int(value) if re.fullmatch(r"[0-9]+", value) else None
