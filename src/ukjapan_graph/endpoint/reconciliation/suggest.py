"""Completions of what somebody types into a field (Reconciliation Service API 0.2, 6)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reconciliation import batches
from ukjapan_graph.endpoint.reconciliation.manifest import FURTHEST, LENGTH
from ukjapan_graph.endpoint.reconciliation.reconcile import as_json, described, type_of, types_of
from ukjapan_graph.endpoint.reply import Reply
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.linking.alike.names import words
from ukjapan_graph.namespaces import THINGS, expand, shorten

_PAGE = 20
_SUB_CLASS = NamedNode(expand("rdfs:subClassOf"))


class Entry(NamedTuple):
    """Something that may be suggested.

    :ivar row: as the answer has it
    :ivar names: what may be typed for it, best first
    :ivar also: other spellings of its identifier
    """

    row: dict
    names: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]


def suggest(service: Service, request: Request) -> Reply:
    """Entities, properties or types whose identifier is typed, or one of whose names begins with what is.

    First come those whose own name begins so, then those another name or a later word of which does. An entity
    that no name leads to is looked for by likeness.
    """
    given = dict(request.parameters)
    prefix = given.get("prefix", "").strip()
    if len(prefix) > LENGTH:
        raise Problem(400, f"prefix has {len(prefix):,} characters; {LENGTH} are allowed", "too-long")
    start = batches.number(given.get("cursor"), 0, FURTHEST, "cursor")
    entries = list(_entries(service, request.parts["what"], given.get("type", "")))
    ranked = sorted(
        (rank, place) for place, entry in enumerate(entries) if (rank := _rank(entry, prefix)) is not None
    )
    found = [entries[place].row for _, place in ranked]
    if not found and request.parts["what"] == "entity":
        by_id = {entry.row["id"]: entry.row for entry in entries}
        asked = batches.Question(prefix, limit=_PAGE)
        likely = service.reconciler.candidates(asked)
        found = [by_id[one.thing.id] for one in likely if one.thing.id in by_id]
    return as_json({"result": found[start : start + _PAGE]})


def flyout(service: Service, request: Request) -> Reply:
    """A few words on one entity, property or type, as HTML within JSON (6.4)."""
    wanted, what = dict(request.parameters).get("id", ""), request.parts["what"]
    for entry in _entries(service, what, ""):
        if wanted in (entry.row["id"], *entry.also):
            about = escape(entry.row.get("description", ""))
            return as_json(
                {"id": wanted, "html": f"<p><strong>{escape(entry.row['name'])}</strong></p><p>{about}</p>"}
            )
    raise Problem(404, f"There is no {what} {wanted[:100]}", "no-such-thing")


def _entries(service: Service, what: str, of: str) -> Iterable[Entry]:
    reconciler = service.reconciler
    if what == "entity":
        iri = batches.class_of(reconciler, of, "type") if of else ""
        for thing in reconciler.catalogue.things.values():
            if not iri or iri in thing.all_classes:
                row = _row(thing.id, thing.label, described(reconciler, thing))
                row["notable"] = types_of(reconciler, thing)
                names = tuple(called.name.words for called in thing.names)
                yield Entry(row, names, (thing.iri, shorten(thing.iri)))
    elif what == "property":
        for known in reconciler.properties.all.values():
            also = (expand(known.id) or known.id,)
            yield Entry(
                _row(known.id, known.label, known.definition), (words(known.label), words(known.id)), also
            )
    elif what == "type":
        for iri in reconciler.catalogue.classes:
            label, definition = reconciler.catalogue.terms[iri]
            row = _row(shorten(iri), label, definition)
            broader = service.store.quads_for_pattern(NamedNode(iri), _SUB_CLASS, None, None)
            wider = sorted({q.object.value for q in broader} & reconciler.catalogue.classes.keys())
            if wider:
                row["broader"] = [type_of(reconciler, one) for one in wider]
            yield Entry(row, (words(label), words(shorten(iri))), (iri, iri.rpartition("#")[2]))
    else:
        raise Problem(404, f"Nothing is suggested for {what}; there are entity, property and type")


def _row(key: str, label: str, about: str) -> dict:
    return {"id": key, "name": label} | ({"description": about} if about else {})


def _rank(entry: Entry, prefix: str) -> int | None:
    """How early ``entry`` comes for ``prefix``; None where it does not come."""
    if prefix in (entry.row["id"], *entry.also, THINGS + entry.row["id"]):
        return 0
    typed = " ".join(words(prefix))
    if not typed:
        return None if prefix else 1
    starts = [" ".join(name).startswith(typed) for name in entry.names]
    if any(starts):
        return 1 if starts[0] else 2
    later = any(
        " ".join(name[place:]).startswith(typed) for name in entry.names for place in range(1, len(name))
    )
    return 3 if later else None
