"""What a client of the reconciliation service asks for, read from JSON (Reconciliation Service API 0.2, 4.1 and 7.3).

All that comes is judged before any of it is answered, and a refusal says which query of the batch it is about.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reconciliation.manifest import BATCH, EXTENDED, LENGTH
from ukjapan_graph.linking.alike.properties import Property
from ukjapan_graph.linking.alike.reconciling import Question, Reconciler, class_named

#: Properties of a query, values of a property, and candidates of an answer, at most.
PROPERTIES, VALUES, CANDIDATES = 20, 20, 100
#: Characters of a name that are looked at: whoever has a column of names may have a cell with more.
_READ_CHARACTERS = 500
_FIELDS = frozenset(("query", "type", "limit", "properties", "type_strict"))
_STRICT = ("any", "should", "all")


class Extension(NamedTuple):
    """A data extension query: identifiers as given, and properties, each with the most values of a row (0: all)."""

    ids: tuple[str, ...]
    properties: tuple[tuple[Property, int], ...]


def questions(reconciler: Reconciler, text: str) -> dict[str, Question]:
    """The queries of a batch, by their keys.

    :raises Problem: 400, it is not one; 413, it has more queries than may be
    """
    batch = _read(text, "queries")
    if not isinstance(batch, dict):
        raise _wrong('is no object; send {"q0": {"query": "…"}}', "queries")
    if len(batch) > BATCH:
        raise Problem(
            413, f"A batch may have {BATCH} queries, and this has {len(batch):,}; send several", "batch"
        )
    return {key: _question(reconciler, key, query) for key, query in batch.items()}


def extension(reconciler: Reconciler, text: str) -> Extension:
    """A data extension query.

    :raises Problem: 400, it is not one; 413, it is of more entities than may be
    """
    asked = _read(text, "extend")
    if not isinstance(asked, dict) or not {"ids", "properties"} <= asked.keys():
        raise _wrong('is no object with "ids" and "properties"', "extend")
    ids, rows = asked["ids"], asked["properties"]
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise _wrong("is no list of texts", "extend", "ids")
    if len(ids) > EXTENDED:
        raise Problem(413, f"An extension may be of {EXTENDED} entities, and this has {len(ids):,}", "batch")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row for row in rows):
        raise _wrong("is no list of objects with id", "extend", "properties")
    if len(rows) > PROPERTIES:
        raise _wrong(f"has more than {PROPERTIES}", "extend", "properties")
    found = tuple((_property(reconciler, row["id"], "extend"), _limit_of(row)) for row in rows)
    return Extension(tuple(ids), found)


def class_of(reconciler: Reconciler, given: object, *where: str) -> str:
    """The IRI of the type ``given``.

    :raises Problem: 400, there is none
    """
    iri = class_named(reconciler.catalogue, given) if isinstance(given, str) else None
    if iri is None:
        raise _wrong(f"There is no type {_shown(given)}; /reconcile/suggest/type lists them", *where)
    return iri


def number(text: str | None, default: int, largest: int, what: str) -> int:
    """The whole number ``text`` of the parameter ``what``, ``default`` where there is none.

    :raises Problem: 400, it is none from 0 to ``largest``
    """
    if text is None:
        return default
    found = _whole(text)
    if found is None or found > largest:
        raise Problem(400, f"{what} is a whole number from 0 to {largest:,}", "parameter")
    return found


def _whole(text: str) -> int | None:
    """The whole number that ``text`` writes, of one too long its first digits; None where it writes none."""
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text.lstrip("0")[:12] or "0")  # Python refuses to read thousands of digits


def _question(reconciler: Reconciler, key: str, query: object) -> Question:
    if not isinstance(query, dict):
        raise _wrong("is no object", key)
    if unknown := sorted(query.keys() - _FIELDS):
        raise _wrong(f"has {_shown(unknown[0])}; a query has {', '.join(sorted(_FIELDS))}", key)
    text, rows = query.get("query", ""), query.get("properties", [])
    if not isinstance(text, str) or ("query" in query and not text):
        raise _wrong("is a text, and not empty", key, "query")
    if len(text) > LENGTH:
        raise _wrong(f"has {len(text):,} characters; {LENGTH} are allowed", key, "query")
    if not isinstance(rows, list) or len(rows) > PROPERTIES:
        raise _wrong(f"is a list of at most {PROPERTIES}", key, "properties")
    if not text and not rows:
        raise _wrong('needs "query" or "properties"', key)
    types = query.get("type") or []
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or len(types) > PROPERTIES:
        raise _wrong(f"is a type, or a list of at most {PROPERTIES}", key, "type")
    strict = query.get("type_strict", "any")
    if strict not in _STRICT:
        raise _wrong(f"is one of {', '.join(_STRICT)}", key, "type_strict")
    limit = query.get("limit", 10)
    if not isinstance(limit, int | float) or isinstance(limit, bool) or limit < 1:
        raise _wrong("is a whole number above 0", key, "limit")
    return Question(
        text[:_READ_CHARACTERS].strip(),
        tuple(class_of(reconciler, one, key, "type") for one in types),
        strict,
        tuple(_constraint(reconciler, key, row) for row in rows),
        int(min(limit, CANDIDATES)),
    )


def _constraint(reconciler: Reconciler, key: str, row: object) -> tuple[Property, tuple[object, ...]]:
    if not isinstance(row, dict) or not {"pid", "v"} <= row.keys():
        raise _wrong("is a list of objects with pid and v", key, "properties")
    values = row["v"] if isinstance(row["v"], list) else [row["v"]]
    if len(values) > VALUES or not all(map(_is_value, values)):
        raise _wrong(
            f"is a text, number, truth or {{id, name}}, or a list of at most {VALUES}", key, "properties", "v"
        )
    return _property(reconciler, row["pid"], key), tuple(values)


def _is_value(value: object) -> bool:
    if isinstance(value, dict):
        return "id" in value and all(
            isinstance(value.get(k, ""), str) and len(value.get(k, "")) <= LENGTH for k in ("id", "name")
        )
    return len(value) <= LENGTH if isinstance(value, str) else isinstance(value, bool | int | float)


def _property(reconciler: Reconciler, given: object, *where: str) -> Property:
    found = reconciler.properties.named(given) if isinstance(given, str) else None
    if found is None:
        raise _wrong(f"There is no property {_shown(given)}; /reconcile/suggest/property lists them", *where)
    return found


def _limit_of(row: dict) -> int:
    settings = row.get("settings") or {}
    given = settings.get("limit", 0) if isinstance(settings, dict) else None
    # Clients send what stands in a field of a form, so a number may come as text, or as 5.0.
    given = int(given) if isinstance(given, float) and given.is_integer() else given
    found = None if isinstance(given, bool) or given is None else _whole(str(given or 0))
    if found is None:
        raise _wrong("is a whole number, 0 for all", "extend", "settings", "limit")
    return found


def _read(text: str, what: str) -> object:
    try:
        found = json.loads(text, parse_constant=_no_number)
        # Halves of characters, which JSON can write and UTF-8 cannot.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        reason = reason.encode("utf-8", "replace").decode()
        raise Problem(400, f"{what} cannot be read as JSON: {reason}", "json") from None
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _shown(given: object) -> str:
    text = given if isinstance(given, str) else json.dumps(given)
    return f"{text[:60]}…" if len(text) > 60 else text


def _wrong(detail: str, *where: str) -> Problem:
    place = " → ".join(_shown(part) for part in where)
    return Problem(400, f"{place}: {detail}" if place else detail, "query")
