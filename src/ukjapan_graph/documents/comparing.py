"""Whether the record of a document agrees with the text it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Quad

from ukjapan_graph.documents.drafting import passage_quads, place
from ukjapan_graph.documents.mentions import stands, without_artefacts
from ukjapan_graph.documents.record import Mention, Passage, Record
from ukjapan_graph.documents.text import RawText, fingerprint
from ukjapan_graph.documents.units import Unit
from ukjapan_graph.documents.verifying import Fault, is_drafted, is_placed, remedy, shown
from ukjapan_graph.namespaces import shorten


def text_faults(quads: Iterable[Quad], record: Record, raw: RawText, units: list[Unit]) -> list[Fault]:
    """Where ``record``, read from ``quads``, and the text differ.

    Nothing for a document that has not been drafted: that is a fault within itself.
    """
    if not is_drafted(record):
        return []
    faults = []
    if raw.fingerprint != record.fingerprint:
        message = (
            f"{record.file_name} is not the file that was read; put that one back, or see to the passages "
            f"named here and {remedy(record)}"
        )
        faults.append(Fault(record.iri, "document-text", message, f"SHA-256 {raw.fingerprint}"))
    by_print: dict[str, list[Unit]] = {}
    for unit in units:
        by_print.setdefault(fingerprint(raw.text[unit.start : unit.end]), []).append(unit)
    compared = _Compared(record, raw, {unit.id: unit for unit in units}, by_print, frozenset(quads))
    for number, passage in record.passages.items():
        faults += compared.passage(number, passage)
    for unit in units:
        if unit.id not in record.passages:
            message = f"the text has a unit {unit.id} on line {unit.line} without a passage; {remedy(record)}"
            faults.append(Fault(record.iri, "passage-missing", message, f"chars {unit.start}–{unit.end}"))
    return faults + list(_mentions(record, raw, units))


def changed(record: Record, raw: RawText, units: list[Unit]) -> list[Fault]:
    """The passages that drafting would tie to other words than those they were written for."""
    faults = []
    for unit in units:
        passage = record.passages.get(unit.id)
        if passage and passage.fingerprint not in ("", fingerprint(raw.text[unit.start : unit.end])):
            message = (
                f"unit {unit.id} has other words than it had; compare its gloss and facts with line "
                f"{unit.line}, then draft again with --accept-changes"
            )
            faults.append(Fault(passage.iri, "passage-text", message, f"chars {unit.start}–{unit.end}"))
    return faults


def unplaced(record: Record, raw: RawText, units: list[Unit]) -> list[Fault]:
    """What drafting finds no place for: passages without a unit, mentions whose name is not in the text."""
    ids = {unit.id for unit in units}
    faults = [_unknown(number, p) for number, p in record.passages.items() if number not in ids]
    return faults + [_absent(m) for m, found in _placed(record, raw, units) if found is None]


class _Compared(NamedTuple):
    """A record beside its text."""

    record: Record
    raw: RawText
    by_id: dict[str, Unit]
    by_print: dict[str, list[Unit]]
    quads: frozenset[Quad]

    def passage(self, number: str, passage: Passage) -> Iterator[Fault]:
        """What is wrong with the passage ``number``, where its own range is not at fault."""
        unit = self.by_id.get(number)
        if unit is None:
            yield _unknown(number, passage)
        elif not is_placed(passage) or not passage.start < passage.end <= len(self.raw.text):
            return  # a fault within the record
        elif passage.fingerprint != fingerprint(self.raw.text[passage.start : passage.end]):
            yield Fault(passage.iri, "passage-text", self._changed(passage, unit), shown(passage))
        else:
            for quad in passage_quads(self.record, self.raw, unit, kind=False):
                if quad not in self.quads:
                    message = (
                        f"its {shorten(quad.predicate.value)} is not as it should be; {remedy(self.record)}"
                    )
                    yield Fault(passage.iri, "passage-address", message, f"should be {quad.object.value}")

    def _changed(self, passage: Passage, unit: Unit) -> str:
        now = self.by_print.get(passage.fingerprint, [])
        if unit in now:
            return f"its text has moved to chars {unit.start}–{unit.end}; {remedy(self.record)}"
        if now:
            return (
                f"its text is now unit {now[0].id}, on line {now[0].line}; move its gloss and facts to "
                f"{shorten(self.record.passage_iri(now[0].id))}, then {remedy(self.record)}"
            )
        return (
            f"its text has changed; compare its gloss, mentions and facts with line {unit.line}, then "
            f"{remedy(self.record)} --accept-changes"
        )


def _placed(
    record: Record, raw: RawText, units: list[Unit]
) -> Iterator[tuple[Mention, tuple[int, int] | None]]:
    text = without_artefacts(raw.text, units)
    passages = {record.passage_iri(unit.id): unit for unit in units}
    for mention in record.mentions:
        yield mention, place(mention, text, passages)


def _mentions(record: Record, raw: RawText, units: list[Unit]) -> Iterator[Fault]:
    text = without_artefacts(raw.text, units)
    for mention, found in _placed(record, raw, units):
        if found is None:
            yield _absent(mention)
        elif is_placed(mention) and not stands(mention.name, text, mention.start, mention.end):
            message = f"its name does not stand at its range; {remedy(record)}"
            yield Fault(mention.iri, "mention-text", message, f"{mention.name!r}, {shown(mention)}")


def _unknown(number: str, passage: Passage) -> Fault:
    message = (
        f"the text has no unit {number}; move its gloss, mentions and facts to the passage that has its "
        "words, then remove it"
    )
    return Fault(passage.iri, "passage-unknown", message)


def _absent(mention: Mention) -> Fault:
    message = (
        f"its name does not stand in {shorten(mention.passage)}; write it as it stands there (capitals and "
        "apostrophes count, white space does not), or name the passage that has it"
    )
    return Fault(mention.iri, "mention-text", message, repr(mention.name))
