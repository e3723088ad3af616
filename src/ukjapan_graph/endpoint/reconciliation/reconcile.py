"""Reconciliation: names of others matched with the things here (Reconciliation Service API 0.2).

Identifiers of entities are what follows ``identifierSpace`` in their IRIs; those of types and properties are
prefixed names. On the way in, IRIs and prefixed names are understood too.
"""

from __future__ import annotations

import json

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.answering import labels
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import FORM
from ukjapan_graph.endpoint.reconciliation import batches
from ukjapan_graph.endpoint.reconciliation.manifest import MOST, manifest
from ukjapan_graph.endpoint.reply import Reply, reply
from ukjapan_graph.endpoint.request import Request, pairs
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.linking.alike.catalogue import Thing
from ukjapan_graph.linking.alike.reconciling import Candidate, Reconciler
from ukjapan_graph.linking.alike.ways import ALL as KINDS
from ukjapan_graph.namespaces import THINGS, shorten

_JSON = "application/json"
_NUMBERS = {"integer": ("int", int), "decimal": ("float", float), "double": ("float", float)}


def reconcile(service: Service, request: Request) -> Reply:
    """The manifest (3.1), the candidates for a batch of queries (4), or values of properties (7)."""
    given = dict(_parameters(request))
    wanted = [name for name in ("queries", "extend") if name in given]
    if len(wanted) > 1:
        raise Problem(400, "Send queries or extend, not both", "parameter")
    if not wanted and (given or request.method == "POST"):
        hint = "; there is no JSONP here, since CORS lets every page read the answers" * ("callback" in given)
        raise Problem(
            400, f"Send queries or extend; without parameters, GET gives the manifest{hint}", "parameter"
        )
    reconciler = service.reconciler
    if not wanted:
        return as_json(manifest(request.base, _default_types(reconciler), service.version))
    if wanted == ["extend"]:
        return as_json(_extended(service, batches.extension(reconciler, given["extend"])))
    asked = batches.questions(reconciler, given["queries"])
    return as_json(
        {
            key: {"result": [_candidate(reconciler, found) for found in reconciler.candidates(question)]}
            for key, question in asked.items()
        }
    )


def propose(service: Service, request: Request) -> Reply:
    """Properties that things of a type have values of (7.2)."""
    given, reconciler = dict(request.parameters), service.reconciler
    wanted = given.get("type", "")
    iri = batches.class_of(reconciler, wanted) if wanted else ""
    limit = batches.number(given.get("limit"), 0, MOST, "limit")
    rows = [
        {"id": row.id, "name": row.label} | ({"description": row.definition} if row.definition else {})
        for row in reconciler.properties.of_class(iri)
    ]
    found: dict[str, object] = {"properties": rows[: limit or None], "type": wanted}
    return as_json(found | ({"limit": limit} if "limit" in given else {}))


def described(reconciler: Reconciler, thing: Thing) -> str:
    """What tells ``thing`` from its namesakes, in a line: classes, offices or states, and the project's note."""
    terms, rows = reconciler.catalogue.terms, reconciler.properties.all
    parts = [", ".join(terms[iri][0] for iri in thing.classes if iri in terms)]
    for known in ("office", "state"):
        others = [reconciler.catalogue.thing(term.value) for term in rows[known].values(thing)]
        if named := [other.label for other in others if other]:
            parts.append(", ".join(named))
            break
    return "; ".join(filter(None, [*parts, thing.note]))


def type_of(reconciler: Reconciler, iri: str) -> dict:
    """A type as messages have it."""
    return {"id": shorten(iri), "name": reconciler.catalogue.terms[iri][0]}


def types_of(reconciler: Reconciler, thing: Thing) -> list[dict]:
    """The types of ``thing``: those that it is given, then those that follow, since clients look for either."""
    known = reconciler.catalogue.terms
    follow = [iri for iri in reconciler.catalogue.classes if iri in thing.all_classes - set(thing.classes)]
    return [type_of(reconciler, iri) for iri in (*thing.classes, *follow) if iri in known]


def as_json(found: object) -> Reply:
    """A reply with ``found`` as JSON."""
    return reply(_JSON, json.dumps(found, ensure_ascii=False).encode() + b"\n")


def _parameters(request: Request) -> list[tuple[str, str]]:
    if request.method != "POST":
        return request.parameters
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != FORM:
        raise Problem(415, f"A POST has a body of {FORM}", "media-type", {"Accept-Post": FORM})
    return [*request.parameters, *pairs(request.body)]


def _default_types(reconciler: Reconciler) -> list[dict]:
    """The commonest class of each kind of thing."""
    found = []
    for kind in KINDS:
        counts: dict[str, int] = {}
        for thing in reconciler.catalogue.things.values():
            if thing.kind == kind:
                for iri in thing.all_classes & reconciler.catalogue.classes.keys():
                    counts[iri] = counts.get(iri, 0) + 1
        best = min(
            counts, key=lambda iri: (-counts[iri], reconciler.catalogue.classes[iri], iri), default=None
        )
        if best and best not in found:
            found.append(best)
    return [type_of(reconciler, iri) for iri in found]


def _candidate(reconciler: Reconciler, found: Candidate) -> dict:
    about = described(reconciler, found.thing)
    return {
        "id": found.thing.id,
        "name": found.thing.label,
        **({"description": about} if about else {}),
        "type": types_of(reconciler, found.thing),
        "score": found.score,
        "match": found.match,
        "features": [{"id": key, "value": value} for key, value in found.features.items()],
    }


def _extended(service: Service, asked: batches.Extension) -> dict:
    rows = {}
    for one in asked.ids:
        thing = service.reconciler.catalogue.thing(one)
        rows[one] = {
            row.id: [
                _value(service, term) for term in list(row.values(thing) if thing else ())[: limit or None]
            ]
            for row, limit in asked.properties
        }
    return {"meta": [{"id": row.id, "name": row.label} for row, _ in asked.properties], "rows": rows}


def _value(service: Service, term: NamedNode | Literal) -> dict:
    """A property value (7.4). A date stays text: the API knows only moments, and would make a moment of a year."""
    if isinstance(term, Literal):
        key, made = _NUMBERS.get(term.datatype.value.rpartition("#")[2], ("str", str))
        return {key: made(term.value)}
    if term.value.startswith(THINGS):
        return {"id": term.value.removeprefix(THINGS), "name": labels.label(service.store, term)}
    return {"str": term.value}
