"""What to call a term when a person reads it."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from ukjapan_graph.namespaces import PREFIXES, kind_of, shorten

UNBOUND = "–"

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_TERM_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
_SHORT_TITLE = NamedNode(PREFIXES["ukj"] + "shortTitle")
_GLOSS = NamedNode(PREFIXES["ukj"] + "gloss")
_LABELS = (_LABEL, _TERM_LABEL, _SHORT_TITLE, _GLOSS)
_READING_OF = NamedNode(PREFIXES["ukj"] + "readingOf")

Term = NamedNode | BlankNode | Literal | Triple


def label(store: Store, term: Term | None) -> str:
    """``term`` for a reader: its English label, else that of a class or property (``rdfs:label``), else the
    short title of a document, else a gloss, else its short name.

    A reading is called after its passage. A literal is its own text, without language or datatype; None
    is a dash.
    """
    if not isinstance(term, NamedNode):
        return short(term)
    found = next(filter(None, (text(store, term, predicate) for predicate in _LABELS)), "")
    if not found and kind_of(term.value) == "reading":
        passage = next(store.quads_for_pattern(term, _READING_OF, None, None), None)
        found = text(store, passage.object, _LABEL) if passage else ""
        return f"{found} (reading)" if found else shorten(term.value)
    return found or shorten(term.value)


def short(term: Term | None) -> str:
    """``term`` as people type it: a prefixed name where the table has one; a literal's own text."""
    if term is None:
        return UNBOUND
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term)


def text(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    """The value of ``predicate``: English before no language before any other, then the first in order."""
    found = [
        (("en", None).index(o.language) if o.language in ("en", None) else 2, o.language or "", o.value)
        for o in (quad.object for quad in store.quads_for_pattern(subject, predicate, None, None))
        if isinstance(o, Literal)
    ]
    return min(found)[2] if found else ""


def relation(store: Store, predicate: NamedNode) -> str:
    """A property for a reader: its label, else its local name with the words apart (``builds on``)."""
    if predicate == _TYPE:
        return "is a"
    found = text(store, predicate, _TERM_LABEL) or text(store, predicate, _LABEL)
    local = predicate.value[max(predicate.value.rfind("/"), predicate.value.rfind("#")) + 1 :]
    return found or "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip() or predicate.value
