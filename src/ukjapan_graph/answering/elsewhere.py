"""What a thing is called in other graphs: its links, those rejected too."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering import grounds, labels
from ukjapan_graph.namespaces import PREFIXES, shorten

_LINKS = NamedNode(PREFIXES["graph"] + "links")
_SOURCE, _PREDICATE, _TARGET = (
    NamedNode(PREFIXES["owl"] + f"annotated{name}") for name in ("Source", "Property", "Target")
)
_NEIGHBOUR, _LABEL, _MODIFIER, _CONFIDENCE = (
    NamedNode(PREFIXES["sssom"] + name)
    for name in ("object_source", "object_label", "predicate_modifier", "confidence")
)
_TITLE = NamedNode(PREFIXES["dcterms"] + "title")
_COMMENT = NamedNode(PREFIXES["rdfs"] + "comment")
_CLOSENESS = ("exact", "close", "narrow", "broad", "related")


class Link(NamedTuple):
    """A link to a thing of another graph.

    :ivar neighbour: what the other graph is called
    :ivar iri: the thing there
    :ivar name: its identifier there, without namespace
    :ivar label: what it is called there; "" where that was not seen
    :ivar match: how close it is: exact, close, narrow (it is the narrower one), broad or related
    :ivar rejected: whether the link was weighed and does not hold
    :ivar confidence: how sure that is, from 0 to 1, as text
    :ivar reason: why
    """

    neighbour: str
    iri: str
    name: str
    label: str
    match: str
    rejected: bool
    confidence: str
    reason: str

    def __str__(self) -> str:
        called = f" “{self.label}”" if self.label else ""
        if self.rejected:
            return f"not {self.neighbour} {self.name}{called}: {self.reason}"
        return f"{self.neighbour} {self.name}{called} ({self.match})"


def links(store: Store, node: NamedNode) -> tuple[Link, ...]:
    """The links of ``node``: the closest first, then by neighbour; rejected ones last."""
    found = [_link(store, quad.subject) for quad in store.quads_for_pattern(None, _SOURCE, node, _LINKS)]
    order = {match: number for number, match in enumerate(_CLOSENESS)}
    return tuple(
        sorted(found, key=lambda x: (x.rejected, order.get(x.match, len(order)), x.neighbour, x.iri))
    )


def _link(store: Store, mapping: NamedNode) -> Link:
    target, predicate = (grounds.value(store, mapping, part) for part in (_TARGET, _PREDICATE))
    neighbour = grounds.value(store, mapping, _NEIGHBOUR)
    title = labels.text(store, neighbour, _TITLE) if isinstance(neighbour, NamedNode) else ""
    iri = getattr(target, "value", "")
    short = shorten(iri)
    name = short.partition(":")[2] if short[:1] != "<" else iri.rstrip("/").rpartition("/")[2]
    confidence = grounds.value(store, mapping, _CONFIDENCE)
    return Link(
        title.partition(",")[0] or labels.short(neighbour),
        iri,
        name,
        labels.text(store, mapping, _LABEL),
        getattr(predicate, "value", "").rpartition("#")[2].removesuffix("Match"),
        grounds.value(store, mapping, _MODIFIER) is not None,
        confidence.value if isinstance(confidence, Literal) else "",
        labels.text(store, mapping, _COMMENT),
    )
