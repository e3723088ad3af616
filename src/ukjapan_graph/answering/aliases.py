"""The names that things go by: labels, other labels, documents' own words; and which of them fits best."""

from __future__ import annotations

import re
import unicodedata

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.errors import AmbiguousNameError, UnknownNameError
from ukjapan_graph.namespaces import PREFIXES, is_ours, kind_of, shorten

_UKJ = PREFIXES["ukj"]
_SKOS = PREFIXES["skos"]
_PREFERRED = NamedNode(_SKOS + "prefLabel")
_TERM_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
_OTHERS = tuple(
    NamedNode(iri)
    for iri in (_SKOS + "altLabel", _UKJ + "shortTitle", _UKJ + "unit", PREFIXES["dcterms"] + "title")
)
_NAME = NamedNode(_UKJ + "name")
_REFERS_TO = NamedNode(_UKJ + "refersTo")
_MENTION_KIND = NamedNode(_UKJ + "mentionKind")
_KIND_NAME = NamedNode(PREFIXES["kind"] + "name")
_ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")

#: (rank, name, node): a lower rank goes first where a name fits several nodes.
Alias = tuple[int, str, NamedNode]


def of_things(store: Store, kinds: frozenset[str]) -> list[Alias]:
    """Every name of the things of these kinds: preferred labels, other labels, then names in documents."""
    found = []
    for rank, predicate in ((1, _PREFERRED), *((2, other) for other in _OTHERS)):
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.object, Literal) and kind_of(quad.subject.value) in kinds:
                found.append((rank, quad.object.value, quad.subject))
    for quad in store.quads_for_pattern(None, _REFERS_TO, None, None):
        if kind_of(quad.object.value) in kinds and _is_name(store, quad.subject):
            for named in store.quads_for_pattern(quad.subject, _NAME, None, None):
                found.append((3, named.object.value, quad.object))
    return found


def of_terms(store: Store) -> list[Alias]:
    """Every local name and label of a class or property, those of ``ukj:`` first."""
    terms = {quad.subject for quad in store.quads_for_pattern(None, None, None, _ONTOLOGY)}
    terms |= {quad.predicate for quad in store}
    found = []
    for node in terms:
        if not isinstance(node, NamedNode) or (is_ours(node.value) and not node.value.startswith(_UKJ)):
            continue
        foreign = 0 if node.value.startswith(_UKJ) else 2
        found.append((foreign, _local(node), node))
        for quad in store.quads_for_pattern(node, _TERM_LABEL, None, _ONTOLOGY):
            found.append((foreign + 1, quad.object.value, node))
    return found


def fold(name: str) -> str:
    """``name`` without what makes no difference: case, spaces, hyphens, signs, accents, a leading "the"."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).replace("_", " "))
    return "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def choose(store: Store, name: str, what: str, aliases: list[Alias]) -> NamedNode:
    """The one node that is called ``name`` in the best rank in which any is.

    :param what: what to call it where there is none ("instrument", "term", …)
    :raises UnknownNameError: none is; carries the nearest names
    :raises AmbiguousNameError: several are; carries them
    """
    key = fold(name)
    hits = [(rank, node) for rank, alias, node in aliases if key and fold(alias) == key]
    if not hits:
        raise UnknownNameError(what, name, nearest(name, aliases))
    best = min(rank for rank, _ in hits)
    return only(store, name, [node for rank, node in hits if rank == best])


def only(store: Store, name: str, found: list[NamedNode]) -> NamedNode:
    """The one distinct node of ``found``.

    :raises AmbiguousNameError: there are several
    """
    nodes = sorted(set(found), key=lambda node: node.value)
    if len(nodes) == 1:
        return nodes[0]
    raise AmbiguousNameError(name, [(shorten(node.value), labels.label(store, node)) for node in nodes])


def nearest(name: str, aliases: list[Alias], count: int = 3) -> list[str]:
    """The short names of what is called most like ``name``, best first."""
    from difflib import SequenceMatcher

    key = fold(name)
    best: dict[str, float] = {}
    for _, alias, node in aliases:
        for known in (fold(alias), fold(_local(node))):
            matcher = SequenceMatcher(None, known, key)
            if matcher.real_quick_ratio() >= 0.6 and (score := matcher.ratio()) >= 0.6:
                best[shorten(node.value)] = max(score, best.get(shorten(node.value), 0))
    return sorted(best, key=lambda node: (-best[node], node))[:count]


def _is_name(store: Store, mention: NamedNode) -> bool:
    """Whether a mention is not said to be by anything but a name (a description, say)."""
    kinds = [quad.object for quad in store.quads_for_pattern(mention, _MENTION_KIND, None, None)]
    return not kinds or _KIND_NAME in kinds


def _local(node: NamedNode) -> str:
    """The last part of an IRI: its slug or local name."""
    return node.value[max(node.value.rfind("/"), node.value.rfind("#")) + 1 :]
