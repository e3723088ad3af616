"""Whether the record of a document agrees with itself. Against the text: :mod:`.comparing`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ukjapan_graph.documents import kinds
from ukjapan_graph.documents.record import Mention, Passage, Record
from ukjapan_graph.namespaces import shorten


class Fault(NamedTuple):
    """Something wrong with the record of a document.

    :ivar focus: IRI of the node that is wrong; of the document where that node is not recorded
    :ivar check: name of the check
    :ivar message: what is wrong and what to do
    :ivar value: the offending value, or ""
    """

    focus: str
    check: str
    message: str
    value: str = ""


def inner_faults(record: Record, length: int | None = None) -> list[Fault]:
    """What contradicts itself in ``record``, whose text has ``length`` characters (default: as recorded).

    Ranges must be forward, within the text and apart, except that an artefact may lie inside a passage; and
    a mention must lie inside its passage.
    """
    if not is_drafted(record):
        return [Fault(record.iri, "drafted", f"its text has not been read; {remedy(record)}")]
    length = record.characters if length is None else length
    faults = [fault for passage in record.passages.values() for fault in _range(passage, length, record)]
    faults += _overlaps([p for p in record.passages.values() if is_placed(p)], record)
    by_iri = {passage.iri: passage for passage in record.passages.values()}
    for mention in record.mentions:
        faults += _mention_range(mention, by_iri.get(mention.passage), record)
    return faults


def is_drafted(record: Record) -> bool:
    """Whether the reader has been over the document at all."""
    return record.characters is not None and bool(record.fingerprint)


def is_placed(thing: Passage | Mention) -> bool:
    """Whether ``thing`` has a range."""
    return thing.start is not None and thing.end is not None


def remedy(record: Record) -> str:
    """The advice to draft the document."""
    return f"run: ukjapan documents draft {record.slug}"


def shown(thing: Passage | Mention) -> str:
    """The range of ``thing``, for a person."""
    return f"chars {thing.start}–{thing.end}"


def _range(passage: Passage, length: int, record: Record) -> Iterator[Fault]:
    if not is_placed(passage) or not passage.fingerprint:
        yield Fault(passage.iri, "drafted", f"has no range or fingerprint; {remedy(record)}")
    elif passage.start >= passage.end:
        message = f"its range ends before it begins; {remedy(record)}"
        yield Fault(passage.iri, "passage-range", message, shown(passage))
    elif passage.end > length:
        message = f"its range goes beyond the text, which has {length} characters; {remedy(record)}"
        yield Fault(passage.iri, "passage-range", message, shown(passage))


def _overlaps(passages: list[Passage], record: Record) -> Iterator[Fault]:
    whole = sorted((p for p in passages if p.kind != kinds.ARTEFACT), key=lambda p: (p.start, p.end, p.iri))
    pairs = [(a, b) for a, b in pairwise(whole) if b.start < a.end]
    for artefact in (p for p in passages if p.kind == kinds.ARTEFACT):
        crossed = (p for p in whole if p.start < artefact.end and artefact.start < p.end)
        pairs += [(p, artefact) for p in crossed if not p.start <= artefact.start < artefact.end <= p.end]
    for first, second in pairs:
        message = f"its range overlaps that of {shorten(first.iri)}; {remedy(record)}"
        yield Fault(second.iri, "passage-overlap", message, shown(second))


def _mention_range(mention: Mention, passage: Passage | None, record: Record) -> Iterator[Fault]:
    if passage is None or not is_placed(passage):
        return  # a passage that is not described, or not drafted, is a fault of its own
    if not is_placed(mention):
        yield Fault(mention.iri, "drafted", f"has no range; {remedy(record)}", repr(mention.name))
    elif not passage.start <= mention.start < mention.end <= passage.end:
        message = f"its range is not inside {shorten(passage.iri)}; {remedy(record)}"
        yield Fault(mention.iri, "mention-range", message, shown(mention))
