"""Things in the words of schema.org, for search engines and others that read pages: JSON-LD 1.1.

Only what a passage states, or the entities' own file, is told: what is proposed by inference is not, nor a date
that rests on one. Identity elsewhere is that of the accepted exact matches. What schema.org has no word for is
left out: that somebody was seen in an office on a day is no ``jobTitle``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.answering import labels
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of

CONTEXT = "https://schema.org"
MEDIA_TYPE = "application/ld+json"

#: Class, and its type there; the first that a thing has counts, so narrower classes go first. A planned
#: instrument is no legislation yet; an office or a group has no nearer type than the widest.
TYPES: dict[str, str] = {
    expand(f"ukj:{name}"): kind
    for name, kind in {
        "Person": "Person",
        "State": "Country",
        "Government": "GovernmentOrganization",
        "ArmedForce": "GovernmentOrganization",
        "Organisation": "Organization",
        "Place": "Place",
        "PlannedInstrument": "CreativeWork",
        "InstrumentGroup": "CreativeWork",
        "Treaty": "Legislation",
        "Agreement": "Legislation",
        "Instrument": "CreativeWork",
        "SportingEvent": "SportsEvent",
        "Event": "Event",
        "MeetingSeries": "EventSeries",
        "Project": "Project",
        "Policy": "CreativeWork",
        "Topic": "DefinedTerm",
        "Area": "DefinedTerm",
        "Document": "CreativeWork",
    }.items()
}
ANYTHING = "Thing"
#: Properties of things here whose values are things, and the property there, by its type.
_TIES = {
    "Event": {"attendedBy": "attendee", "host": "organizer", "location": "location"},
    "SportsEvent": {"location": "location"},
}
_TITLES = tuple(expand(name) for name in ("skos:altLabel", "dcterms:title"))
_NOTES = tuple(expand(name) for name in ("skos:definition", "skos:scopeNote"))
_FORBIDDEN = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class Quads(Protocol):
    """What quads are read from: a store, or a view of one."""

    def quads_for_pattern(self, *pattern: object) -> Iterable[Quad]:
        """The quads that match; None stands for any term."""


def described(store: Quads, node: NamedNode) -> dict:
    """``node`` as a JSON-LD object with the context of schema.org; keys in order."""
    classes = {quad.object.value for quad in store.quads_for_pattern(node, _term("rdf:type"), None, None)}
    kind = next((there for here, there in TYPES.items() if here in classes), ANYTHING)
    label = labels.label(store, node)
    found: dict[str, object] = {
        "@context": CONTEXT,
        "@id": node.value,
        "@type": kind,
        "name": label,
        "alternateName": [text for text in _texts(store, node, _TITLES) if text != label],
        "description": " ".join(_texts(store, node, _NOTES)),
        "url": node.value,
        "givenName": _first(store, node, "foaf:givenName") if kind == "Person" else "",
        "familyName": _first(store, node, "foaf:familyName") if kind == "Person" else "",
        **_dates(store, node, kind),
        **{there: _things(store, node, here) for here, there in _TIES.get(kind, {}).items()},
        "sameAs": sorted(
            {q.object.value for q in store.quads_for_pattern(node, _term("skos:exactMatch"), None, None)}
        ),
        "subjectOf": _documents(store, node),
    }
    return {key: value for key, value in found.items() if value}


def block(store: Quads, node: NamedNode) -> str:
    """:func:`described` as a data block of HTML (HTML, 4.12.1): no browser runs it, and no value can end it."""
    return f'<script type="{MEDIA_TYPE}">{text(described(store, node))}</script>\n'


def text(found: dict) -> str:
    """``found`` as JSON in which no character means anything to HTML."""
    return json.dumps(found, ensure_ascii=False).translate(_FORBIDDEN)


def _dates(store: Quads, node: NamedNode, kind: str) -> dict[str, str]:
    """The date of an event, a document or a signing, with the precision of the text; none where there are two."""
    if kind in ("Event", "SportsEvent"):
        return _only("startDate", _stated(store, node, "ukj:date"))
    if kind_of(node.value) == "document":
        # The day as of which it speaks: whether it was also published then, it need not say.
        return _only("temporal", _stated(store, node, "ukj:documentDate"))
    if kind != "Legislation":
        return {}
    stages = {q.subject for q in store.quads_for_pattern(None, _term("ukj:stageOf"), node, None)}
    signed = {
        q.subject
        for q in store.quads_for_pattern(
            None, _term("ukj:phase"), NamedNode(PREFIXES["phase"] + "signed"), None
        )
    }
    return _only(
        "legislationDate", {date for stage in stages & signed for date in _stated(store, stage, "ukj:date")}
    )


def _stated(store: Quads, node: NamedNode, predicate: str) -> set[str]:
    """The dates that a passage gives in words, whole or by a day of its own; not those that are inferred."""
    inferred = NamedNode(PREFIXES["basis"] + "inferred")
    if any(store.quads_for_pattern(node, _term("ukj:dateBasis"), inferred, None)):
        return set()
    quads = store.quads_for_pattern(node, _term(predicate), None, None)
    return {quad.object.value for quad in quads if kind_of(quad.graph_name.value) == "passage"}


def _only(key: str, dates: set[str]) -> dict[str, str]:
    return {key: min(dates)} if len(dates) == 1 else {}


def _documents(store: Quads, node: NamedNode) -> list[dict]:
    """The documents with a passage that mentions ``node``, by their identifiers."""
    passages = {q.subject for q in store.quads_for_pattern(None, _term("ukj:mentions"), node, None)}
    found = {
        quad.object
        for passage in passages
        for quad in store.quads_for_pattern(passage, _term("ukj:inDocument"), None, None)
    }
    return [
        {"@type": "CreativeWork", "@id": document.value, "name": labels.label(store, document)}
        | _dates(store, document, "CreativeWork")
        for document in sorted(found, key=str)
    ]


def _things(store: Quads, node: NamedNode, predicate: str) -> list[dict]:
    quads = store.quads_for_pattern(node, _term(f"ukj:{predicate}"), None, None)
    found = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    return [{"@id": other.value, "name": labels.label(store, other)} for other in sorted(found, key=str)]


def _texts(store: Quads, node: NamedNode, predicates: Iterable[str]) -> list[str]:
    """English texts, and those without a language, sorted within each predicate."""
    return [
        value
        for predicate in predicates
        for value in sorted(
            {
                q.object.value
                for q in store.quads_for_pattern(node, NamedNode(predicate), None, None)
                if isinstance(q.object, Literal) and q.object.language in (None, "en")
            }
        )
    ]


def _first(store: Quads, node: NamedNode, predicate: str) -> str:
    return next(iter(_texts(store, node, [expand(predicate)])), "")


def _term(name: str) -> NamedNode:
    return NamedNode(expand(name))
