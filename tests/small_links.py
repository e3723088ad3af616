"""A tiny invented mapping set, sound, to be broken one thing at a time."""

from __future__ import annotations

from pathlib import Path

HEADER = """\
#curie_map:
#  dataset: https://w3id.org/ukjapan/dataset/
#  event: https://w3id.org/ukjapan/id/event/
#  linkml: https://w3id.org/linkml/
#  prov: http://www.w3.org/ns/prov#
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  ukj: https://w3id.org/ukjapan/ns#
#  ukjapan: https://w3id.org/ukjapan/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/ukjapan/dataset/links-wikidata
#mapping_set_title: Small set
#license: https://creativecommons.org/licenses/by/4.0/
#object_source: dataset:wikidata
#mapping_date: 2004-02-03
#extension_definitions:
#  - slot_name: author_type
#    property: ukj:authorType
#    type_hint: linkml:Uriorcurie
"""
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "author_id", "confidence", "comment", "author_type",
)  # fmt: skip
FIRST = HEADER.count("\n") + 2  # line of the first row

PARADE, REGATTA, REJECTED = (
    {
        "subject_id": subject, "subject_label": label, "predicate_id": f"skos:{match}Match",
        "predicate_modifier": modifier, "object_id": f"wd:{target}", "object_label": called,
        "mapping_justification": "semapv:LexicalMatching", "author_id": "ukjapan:project", "confidence": "0.9",
        "comment": "The names agree.", "author_type": "prov:Person",
    }
    for subject, label, match, modifier, target, called in (
        ("event:parade", "parade", "close", "", "Q3", "procession"),
        ("event:regatta", "regatta", "exact", "", "Q4", "regatta"),
        ("event:regatta", "regatta", "exact", "Not", "Q5", "boat"),
    )
)  # fmt: skip
ENTITIES = (
    'event:regatta a ukj:Event ; skos:prefLabel "regatta"@en .\n'
    'event:parade a ukj:Event ; skos:prefLabel "parade"@en .\n'
)


def text(*rows: dict[str, str], header: str = HEADER) -> str:
    """A mapping set with ``rows``."""
    lines = ["\t".join(COLUMNS), *("\t".join(row[column] for column in COLUMNS) for row in rows)]
    return header + "".join(f"{line}\n" for line in lines)


def write(root: Path, *rows: dict[str, str], name: str = "wikidata", candidates: bool = False) -> str:
    """Write a mapping set with ``rows`` below ``root``; gives its path relative to ``root``."""
    path = f"graph/links/{'candidates/' if candidates else ''}{name}.sssom.tsv"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text(*rows), encoding="utf-8")
    return path
