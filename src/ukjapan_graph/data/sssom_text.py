"""Mapping sets on paper: the canonical text of a set in SSSOM/TSV."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from ukjapan_graph.data.sssom import (
    NEEDED_COLUMNS,
    PROPAGATED,
    REFERENCES,
    SET_SLOTS,
    SLOTS,
    MappingSet,
    extensions,
    prefix_of,
    texts,
)
from ukjapan_graph.namespaces import BASE, PREFIXES

_TO_QUOTE = re.compile(r'["\t\n\r]')


def text(found: MappingSet) -> str:
    """The canonical text of a mapping set (the standard's "Canonical SSSOM/TSV format").

    Rows are sorted, doubles among them kept; columns and metadata have the order of the standard, extension
    slots last; cells are quoted only where they must be; what all rows share is told once. Unlike there,
    every prefix in use is declared, the standard's own too, since readers differ in which they know.
    """
    extra = extensions(found.header)
    used = {slot for row in found.rows for slot in row.slots}
    shared = {
        slot: _in_metadata(found.rows[0].get(slot))
        for slot in PROPAGATED & used
        if len({row.get(slot) for row in found.rows}) == 1
    }
    columns = [slot for slot in (*SLOTS, *extra) if slot in used and slot not in shared]
    columns = columns or list(NEEDED_COLUMNS)
    header = {k: v for k, v in found.header.items() if k not in PROPAGATED or not found.rows} | shared
    header["curie_map"] = {
        p: found.prefixes()[p] for p in sorted(_prefixes_used(found)) if p in found.prefixes()
    }
    if not used & set(extra):
        header.pop("extension_definitions", None)
    known = [slot for slot in SET_SLOTS if slot in header]
    lines = [
        line for slot in (*known, *sorted(header.keys() - set(known))) for line in _yaml(slot, header[slot])
    ]
    table = sorted(tuple(_cell(slot, row.get(slot)) for slot in columns) for row in found.rows)
    return "".join(
        [
            *(f"#{line}\n" for line in lines),
            "\t".join(columns) + "\n",
            *("\t".join(row) + "\n" for row in table),
        ]
    )


def header_of(name: str, title: str, description: str, licence: str, **more: object) -> dict:
    """Metadata for a new set of this project, which may use every prefix of the prefix table.

    :param name: the last part of the IRI of the set
    :param more: other slots of the set
    """
    return {
        "curie_map": {**PREFIXES, "linkml": "https://w3id.org/linkml/", "ukjapan": BASE},
        "mapping_set_id": PREFIXES["dataset"] + name,
        "mapping_set_title": title,
        "mapping_set_description": description,
        "license": licence,
        "extension_definitions": [
            {"slot_name": "author_type", "property": "ukj:authorType", "type_hint": "linkml:Uriorcurie"}
        ],
        **more,
    }


def _in_metadata(value: str) -> str | list[str]:
    """A value of a row as the metadata has it: several as a list."""
    return value.split("|") if "|" in value else value


def _prefixes_used(found: MappingSet) -> set[str]:
    used = {prefix_of(v) for row in found.rows for slot in REFERENCES for v in row.get(slot).split("|") if v}
    for row in found.header.get("extension_definitions") or ():
        used |= {prefix_of(row.get(key, "")) for key in ("property", "type_hint")}
    sources = (v for s in ("subject_source", "object_source") for v in texts(found.header.get(s, "")))
    return used | {prefix_of(value) for value in sources}


def _cell(slot: str, value: str) -> str:
    if slot in ("confidence", "similarity_score") and value:
        value = _number(value)
    return '"' + value.replace('"', '""') + '"' if _TO_QUOTE.search(value) else value


def _number(value: str) -> str:
    """``value`` with at most three digits after the point."""
    try:
        return f"{round(float(value) + 1e-9, 3):.3f}".rstrip("0").rstrip(".")
    except ValueError:
        return value


def _yaml(key: str, value: object, indent: str = "") -> list[str]:
    """``key: value`` as lines of YAML in block style, scalars plain where that reads back as the same text."""
    if isinstance(value, Mapping):
        return [f"{indent}{key}:", *(line for k in value for line in _yaml(k, value[k], indent + "  "))]
    if isinstance(value, list):
        lines = [f"{indent}{key}:"]
        for item in value:
            inner = _yaml_item(item)
            lines += [f"{indent}  - {inner[0]}", *(f"{indent}    {line}" for line in inner[1:])]
        return lines
    return [f"{indent}{key}: {_scalar(key, str(value))}"]


def _yaml_item(item: object) -> list[str]:
    if isinstance(item, Mapping):
        return [line for key in item for line in _yaml(key, item[key])]
    return [_scalar("", str(item))]


def _scalar(key: str, value: str) -> str:
    import yaml

    try:
        read = yaml.safe_load(f"k: {value}")["k"]
    except (yaml.YAMLError, TypeError, ValueError):
        read = None
    plain = read == value or (key.endswith("_date") and str(read) == value)
    return value if plain else json.dumps(value, ensure_ascii=False)
