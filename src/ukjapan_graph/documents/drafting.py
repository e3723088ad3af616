"""What the reader writes of a document, beside what the curator wrote.

The reader owns, in graph:documents: of the document its length and fingerprint; of a passage its address,
range, fingerprint, status and English label; of a mention its range. Everything else is the curator's and
is kept, the kind of a passage too where one is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.documents.layouts import layout
from ukjapan_graph.documents.mentions import locate, without_artefacts
from ukjapan_graph.documents.reader import segment
from ukjapan_graph.documents.record import METADATA_GRAPH, RDF_TYPE, UKJ, Mention, Record
from ukjapan_graph.documents.text import RawText, fingerprint
from ukjapan_graph.documents.units import Unit
from ukjapan_graph.namespaces import PREFIXES, kind_of

_LABEL = PREFIXES["skos"] + "prefLabel"
_OWNED = {
    "document": {UKJ + name for name in ("characters", "fingerprint")},
    "passage": {
        *(UKJ + name for name in ("end", "fingerprint", "inDocument", "line", "section", "start")),
        *(UKJ + name for name in ("status", "unit")),
        _LABEL,
    },
    "mention": {UKJ + name for name in ("end", "start")},
}


def units_of(record: Record, raw: RawText) -> list[Unit]:
    """The units of the recorded document in its raw text.

    :raises SourceError: units cannot be numbered; names the raw file
    """
    return segment(raw.text, layout(record.layout), path=record.file_name)


def drafted(quads: Iterable[Quad], record: Record, raw: RawText, units: list[Unit]) -> list[Quad]:
    """``quads``, those of the document's whole file, with the reader's own written anew.

    What the reader wrote of a passage that the text no longer has stays, for the curator to move.
    """
    fresh = [*document_quads(record, raw)]
    for unit in units:
        passage = record.passages.get(unit.id)
        fresh += passage_quads(record, raw, unit, kind=not (passage and passage.kind))
    fresh += mention_quads(record, raw, units)
    renewed = {record.iri, *(record.passage_iri(unit.id) for unit in units)}
    renewed |= {mention.iri for mention in record.mentions}
    return [quad for quad in quads if not (quad.subject.value in renewed and _is_owned(quad))] + fresh


def new_document(slug: str, file_name: str, layout_name: str, short_title: str) -> list[Quad]:
    """The curated quads with which the record of a document begins.

    :raises UnknownNameError: there is no such layout
    """
    node = PREFIXES["document"] + slug
    return [
        _quad(node, RDF_TYPE, NamedNode(UKJ + "Document")),
        _quad(node, UKJ + "fileName", Literal(file_name)),
        _quad(node, UKJ + "layout", Literal(layout(layout_name).name)),
        _quad(node, UKJ + "shortTitle", Literal(short_title, language="en")),
    ]


def document_quads(record: Record, raw: RawText) -> Iterator[Quad]:
    """What the reader says of the document itself."""
    yield _quad(record.iri, UKJ + "characters", Literal(len(raw.text)))
    yield _quad(record.iri, UKJ + "fingerprint", Literal(raw.fingerprint))


def passage_quads(record: Record, raw: RawText, unit: Unit, *, kind: bool) -> Iterator[Quad]:
    """What the reader says of one passage; its default kind too where ``kind`` is true."""
    iri = record.passage_iri(unit.id)
    yield _quad(iri, RDF_TYPE, NamedNode(UKJ + "Passage"))
    yield _quad(iri, UKJ + "inDocument", NamedNode(record.iri))
    yield _quad(iri, UKJ + "unit", Literal(unit.id))
    if unit.section:
        yield _quad(iri, UKJ + "section", Literal(unit.section))
    for name, value in (("line", unit.line), ("start", unit.start), ("end", unit.end)):
        yield _quad(iri, UKJ + name, Literal(value))
    yield _quad(iri, UKJ + "fingerprint", Literal(fingerprint(raw.text[unit.start : unit.end])))
    yield _quad(iri, UKJ + "status", NamedNode(PREFIXES["status"] + "stated"))
    yield _quad(iri, _LABEL, Literal(f"{record.short_title}, {unit.place}", language="en"))
    if kind:
        yield _quad(iri, UKJ + "passageKind", NamedNode(PREFIXES["kind"] + unit.kind))


def mention_quads(record: Record, raw: RawText, units: list[Unit]) -> Iterator[Quad]:
    """The ranges of the mentions whose names are found in their passages."""
    text = without_artefacts(raw.text, units)
    passages = {record.passage_iri(unit.id): unit for unit in units}
    for mention in record.mentions:
        rivals = (other.name for other in record.mentions if other.passage == mention.passage)
        longer = [name for name in rivals if mention.name in name and name != mention.name]
        found = place(mention, text, passages, longer)
        if found:
            yield _quad(mention.iri, UKJ + "start", Literal(found[0]))
            yield _quad(mention.iri, UKJ + "end", Literal(found[1]))


def place(
    mention: Mention, text: str, passages: dict[str, Unit], longer: Iterable[str] = ()
) -> tuple[int, int] | None:
    """The range of ``mention`` in ``text``, its artefacts blanked out; None where the name is not there.

    ``longer`` are the names in the same passage that hold this one.
    """
    unit = passages.get(mention.passage)
    return locate(mention.name, text, unit.start, unit.end, longer) if unit else None


def _is_owned(quad: Quad) -> bool:
    if getattr(quad.graph_name, "value", "") != METADATA_GRAPH:
        return False
    if quad.predicate.value == _LABEL and getattr(quad.object, "language", None) != "en":
        return False
    return quad.predicate.value in _OWNED.get(kind_of(quad.subject.value), ())


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(METADATA_GRAPH))
