"""Mapping sets: reading and writing one file in SSSOM/TSV, and what is wrong with its form.

A file holds one set (Simple Standard for Sharing Ontological Mappings, 1.1, "The SSSOM/TSV serialisation
format", embedded mode): first its metadata, YAML behind ``#``, then a table with a line for each mapping,
cells parted by tabs. Slots that the standard calls propagatable stand in the metadata where all rows agree.
What the rows mean is for :mod:`ukjapan_graph.data.links` to say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ukjapan_graph.errors import UkjapanError
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES

SUFFIX = ".sssom.tsv"

#: Slots of a mapping, in the order of the standard; a table has its columns in this order.
SLOTS = (
    "record_id", "subject_id", "subject_label", "subject_category", "predicate_id", "predicate_label",
    "predicate_modifier", "object_id", "object_label", "object_category", "mapping_justification", "author_id",
    "author_label", "reviewer_id", "reviewer_label", "creator_id", "creator_label", "license", "subject_type",
    "subject_source", "subject_source_version", "object_type", "object_source", "object_source_version",
    "predicate_type", "mapping_provider", "mapping_source", "mapping_cardinality", "cardinality_scope",
    "mapping_tool", "mapping_tool_id", "mapping_tool_version", "mapping_date", "publication_date", "review_date",
    "confidence", "reviewer_agreement", "curation_rule", "curation_rule_text", "subject_match_field",
    "object_match_field", "match_string", "subject_preprocessing", "object_preprocessing", "similarity_score",
    "similarity_measure", "see_also", "issue_tracker_item", "other", "comment",
)  # fmt: skip
#: Slots of a set, in the order of the standard, but for those of rows.
SET_SLOTS = (
    "curie_map", "sssom_version", "mapping_set_id", "mapping_set_version", "mapping_set_source",
    "mapping_set_title", "mapping_set_description", "mapping_set_confidence", "creator_id", "creator_label",
    "license", "subject_type", "subject_source", "subject_source_version", "object_type", "object_source",
    "object_source_version", "predicate_type", "mapping_provider", "cardinality_scope", "mapping_tool",
    "mapping_tool_id", "mapping_tool_version", "mapping_date", "publication_date", "subject_match_field",
    "object_match_field", "subject_preprocessing", "object_preprocessing", "similarity_measure",
    "curation_rule", "curation_rule_text", "see_also", "issue_tracker", "other", "comment",
    "extension_definitions",
)  # fmt: skip
PROPAGATED = {
    "subject_type", "predicate_type", "object_type", "subject_source", "subject_source_version",
    "object_source", "object_source_version", "mapping_provider", "cardinality_scope", "mapping_tool",
    "mapping_tool_id", "mapping_tool_version", "mapping_date", "subject_match_field", "object_match_field",
    "subject_preprocessing", "object_preprocessing", "similarity_measure",
}  # fmt: skip
REFERENCES = (
    "subject_id", "predicate_id", "object_id", "mapping_justification", "author_id", "reviewer_id",
    "creator_id", "subject_source", "object_source", "mapping_tool_id", "author_type",
)  # fmt: skip
_NEEDED = ("mapping_set_id", "license", "curie_map")
NEEDED_COLUMNS = ("subject_id", "predicate_id", "object_id", "mapping_justification")
#: An absolute IRI (RFC 3987) as far as these files need it.
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z", re.IGNORECASE)


class Row(NamedTuple):
    """One mapping: its line in the file, from 1, and its slots, those of the set propagated to it."""

    line: int
    slots: dict[str, str]

    def get(self, slot: str) -> str:
        """The value of ``slot``; "" where there is none."""
        return self.slots.get(slot, "")


class MappingSet(NamedTuple):
    """A file of mappings.

    :ivar path: the file, relative to the project's root
    :ivar header: its metadata as YAML gives it, every scalar a string, without slots of another form than theirs
    :ivar rows: its mappings in the order of the file
    """

    path: str
    header: dict
    rows: tuple[Row, ...]

    def prefixes(self) -> dict[str, str]:
        """The namespaces that the file declares, by prefix."""
        return self.header.get("curie_map") or {}

    def iri(self, curie: str) -> str | None:
        """The IRI that ``curie`` stands for in this file; None where its prefix is not declared."""
        prefix, colon, local = curie.partition(":")
        space = self.prefixes().get(prefix)
        return space + local if colon and space else None


def parse(data: bytes, path: str) -> tuple[MappingSet, list[Finding]]:
    """The mapping set ``data`` of the file ``path``, and what is wrong with its form.

    A row or a slot of the metadata with a fault of form is left out of the set, so that one fault is one
    finding. Lines may end as Windows ends them.

    :raises UkjapanError: PyYAML is not installed
    """
    try:
        lines = data.decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(path, line, "is not UTF-8; save it as UTF-8")
    if lines[-1] == "":
        lines.pop()
    length = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header, reason, line = _header([line[1:] for line in lines[:length]])
    # Each is told once, and left out, so that whoever reads on need not ask what form a slot has.
    misshapen = dict(_misshapen(header))
    if reason:
        return _unreadable(path, line, reason)
    if length == len(lines):
        return _unreadable(path, length, "has no table below its metadata; add a line of column names")
    columns = lines[length].split("\t")
    findings = [
        Finding(path, 1, "", "link:header", f"has no {slot}; add a line '#{slot}: …'")
        for slot in _NEEDED
        if not header.get(slot)
    ]
    findings += [
        Finding(path, 1, "", "link:header", f"{slot} in the metadata is of another form; {mend}")
        for slot, mend in misshapen.items()
    ]
    header = {slot: value for slot, value in header.items() if slot not in misshapen}
    findings += _column_faults(path, length + 1, columns, extensions(header))
    rows = []
    found = MappingSet(path, header, ())
    shared = {
        slot: "|".join(texts(header[slot])) for slot in PROPAGATED & header.keys() if slot not in columns
    }
    for number, text in enumerate(lines[length + 1 :], length + 2):
        cells = _cells(text)
        message = _cell_fault(cells, columns)
        if message:
            findings.append(Finding(path, number, cells[0] if cells else "", "link:cells", message))
            continue
        row = Row(number, shared | {c: v for c, v in zip(columns, cells, strict=True) if v})
        faults = list(_undeclared(found, row))
        findings += faults
        rows += [] if faults else [row]
    return found._replace(rows=tuple(rows)), findings


def _unreadable(path: str, line: int, reason: str) -> tuple[MappingSet, list[Finding]]:
    return MappingSet(path, {}, ()), [Finding(path, line, "", "readable", reason)]


def _header(lines: list[str]) -> tuple[dict, str, int]:
    """The metadata; why it cannot be read, and in which line, where it cannot."""
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"mapping sets need {error.name}; install it with: pip install 'ukjapan-graph[validate]'"
        ) from error
    if not lines:
        return (
            {},
            "has no metadata; start it with lines '#curie_map:', '#mapping_set_id: …', '#license: …'",
            1,
        )
    try:
        found = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)
    except RecursionError:
        return {}, "the metadata is nested too deeply; write slots as 'slot: value' lines", 1
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        return (
            {},
            f"the metadata is not YAML: {problem}; put text with a colon in quotes",
            mark.line + 1 if mark else 1,
        )
    if not isinstance(found, dict):
        return {}, "the metadata is not a list of 'slot: value' lines", 1
    return found, "", 0


def _misshapen(header: dict) -> Iterator[tuple[str, str]]:
    """Slots of the metadata that are of another form than theirs, each with how to write it."""
    if not _is_table(header.get("curie_map") or {}):
        yield "curie_map", "write 'prefix: namespace' lines below it"
    defined = header.get("extension_definitions") or []
    if not (isinstance(defined, list) and all(map(_is_table, defined))):
        yield "extension_definitions", "write '- slot_name: …', 'property: …', 'type_hint: …' lines below it"
    for slot in sorted(PROPAGATED & header.keys()):
        if not (isinstance(header[slot], str | list) and all(isinstance(one, str) for one in header[slot])):
            yield slot, "write one text, or a list of texts"


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def texts(value: str | list[str]) -> list[str]:
    """The texts of a slot of the metadata, which may be one or a list; in a row they stand with "|" between."""
    return value if isinstance(value, list) else [value]


def extensions(header: dict) -> list[str]:
    """Names of the extension slots that a set defines, sorted by their property."""
    listed = header.get("extension_definitions") or []
    return [row.get("slot_name", "") for row in sorted(listed, key=lambda row: row.get("property", ""))]


def _column_faults(path: str, line: int, columns: list[str], extensions: list[str]) -> Iterable[Finding]:
    for slot in NEEDED_COLUMNS:
        if slot not in columns:
            yield Finding(path, line, slot, "link:column", "is not among the columns; every mapping needs it")
    for slot in sorted(set(columns)):
        if columns.count(slot) > 1:
            yield Finding(path, line, slot, "link:column", "is a column twice; keep one")
        elif slot not in SLOTS and slot not in extensions:
            message = "is no slot of SSSOM; mend the name, or define it under extension_definitions"
            yield Finding(path, line, slot, "link:column", message)


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter="\t", strict=True), [])
    except csv.Error:
        return []


def _cell_fault(cells: list[str], columns: list[str]) -> str:
    if not cells:
        return 'is an empty line, or a quotation mark in it is not closed; write "" for one within quotes'
    if len(cells) != len(columns):
        return (
            f"has {len(cells)} cells where there are {len(columns)} columns; "
            "put a value that holds a tab in double quotes, or take the tab out"
        )
    return ""


def _undeclared(found: MappingSet, row: Row) -> Iterable[Finding]:
    values = {value for slot in REFERENCES for value in row.get(slot).split("|") if value}
    faults = set()
    for prefix, value in sorted((prefix_of(value), value) for value in values):
        given = found.prefixes().get(prefix)
        if given is None:
            faults.add(f"prefix {prefix!r} is not declared; add it to curie_map, or write prefix:name")
        elif PREFIXES.get(prefix, given) != given:
            faults.add(f"prefix {prefix!r} stands for {PREFIXES[prefix]} in this project; mend curie_map")
        elif not ABSOLUTE.match(found.iri(value) or ""):
            faults.add(
                f"{value!r} stands for {found.iri(value)}, which is no IRI; mend the name or curie_map"
            )
    for message in sorted(faults):
        yield Finding(found.path, row.line, row.get("subject_id"), "link:prefix", message)


def prefix_of(curie: str) -> str:
    """The prefix of ``curie``."""
    return curie.partition(":")[0]
