"""Which properties only say how a thing is called, described or found, and state nothing about it."""

from __future__ import annotations

from ukjapan_graph.namespaces import PREFIXES, expand

#: Names, descriptions and explanations in the project's own words, or quoted.
WORDS = frozenset(
    expand(name)
    for name in (
        "dcterms:description", "rdfs:comment", "rdfs:label", "rdfs:seeAlso", "skos:altLabel",
        "skos:changeNote", "skos:definition", "skos:editorialNote", "skos:example", "skos:hiddenLabel",
        "skos:historyNote", "skos:note", "skos:prefLabel", "skos:scopeNote", "ukj:gloss", "ukj:reason",
        "ukj:resolution", "ukj:role", "ukj:shortTitle", "ukj:wording",
    )
)  # fmt: skip

#: Where a passage, a mention or a document is to be found, and its fingerprint.
ADDRESSES = frozenset(
    PREFIXES["ukj"] + name
    for name in (
        "characters", "end", "fileName", "fingerprint", "inDocument", "inPassage", "layout", "line", "name",
        "passageKind", "section", "start", "unit",
    )
)  # fmt: skip


def is_word(predicate: str) -> bool:
    """Whether the property with this IRI holds words about a thing."""
    return predicate in WORDS


def is_address(predicate: str) -> bool:
    """Whether the property with this IRI says where something stands in a document."""
    return predicate in ADDRESSES
