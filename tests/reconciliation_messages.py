"""What the messages of the Reconciliation Service API 0.2 must be, as JSON Schemas written for this project.

They were written from the prose of the final report of 10 April 2023, section by section as noted, and hold what
it says with must; its own schemas (appendix A) are not copied. They are stricter where the prose is and the
schemas there are not: identifiers are not empty, feature identifiers and types are unique, and members that the
report does not name are refused.
"""

from __future__ import annotations

from jsonschema import Draft202012Validator


def _object(needed: dict, optional: dict | None = None) -> dict:
    return {
        "type": "object",
        "properties": needed | (optional or {}),
        "required": sorted(needed),
        "additionalProperties": False,
    }


def _list(items: dict, **more: object) -> dict:
    return {"type": "array", "items": items, **more}


_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
# 2.2: a type has an identifier and a name, and may have broader ones.
_TYPE = _object(
    {"id": _TEXT, "name": _TEXT}, {"description": {"type": "string"}, "broader": {"$ref": "#/$defs/types"}}
)
_TYPES = _list({"$ref": "#/$defs/type"}, uniqueItems=True)
_WITH_TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
# 6.1: addresses and paths are put together.
_SUGGEST = _object(
    {"service_url": _ADDRESS, "service_path": {"type": "string", "pattern": "^/"}},
    {"flyout_service_url": _ADDRESS, "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"}},
)
# 7.1: settings of four kinds, of which this service has numbers.
_SETTING = _object(
    {"name": _TEXT, "label": _TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"default": {}, "help_text": {"type": "string"}, "choices": {"type": "array"}},
)
# 7.4 and 2.4: what a value may be; the empty object says that there is none.
_VALUE = {
    "oneOf": [
        _object({}),
        _object({"id": _TEXT, "name": _TEXT}, {"description": {"type": "string"}}),
        _object({"str": {"type": "string"}}),
        _object({"int": {"type": "integer"}}),
        _object({"float": {"type": "number"}}),
        _object({"bool": {"type": "boolean"}}),
    ]
}
_SUGGESTED = _object({"id": _TEXT, "name": _TEXT}, {"description": {"type": "string"}, "notable": _TYPES})

SCHEMAS = {
    # 3.1; 5.1 for the preview; 7.1 for extension.
    "manifest": _object(
        {
            "versions": {"type": "array", "items": _TEXT, "contains": {"const": "0.2"}},
            "name": _TEXT,
            "identifierSpace": _ADDRESS,
            "schemaSpace": _ADDRESS,
        },
        {
            "defaultTypes": _TYPES,
            "documentation": _ADDRESS,
            "logo": _ADDRESS,
            "serviceVersion": {"type": "string"},
            "view": _object({"url": _WITH_TEMPLATE}),
            "feature_view": _object({"url": _WITH_TEMPLATE}),
            "preview": _object(
                {"url": _WITH_TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}
            ),
            "suggest": _object({}, dict.fromkeys(("entity", "property", "type"), _SUGGEST)),
            "extend": _object(
                {},
                {
                    "propose_properties": _object({"service_url": _ADDRESS, "service_path": _TEXT}),
                    "property_settings": _list(_SETTING),
                },
            ),
            "batchSize": {"type": "integer", "minimum": 1},
        },
    ),
    # 4.2
    "results": {
        "type": "object",
        "additionalProperties": _object(
            {
                "result": _list(
                    _object(
                        {"id": _TEXT, "name": _TEXT, "score": {"type": "number"}},
                        {
                            "description": {"type": "string"},
                            "type": _TYPES,
                            "match": {"type": "boolean"},
                            "features": _list(
                                _object({"id": _TEXT, "value": {"type": ["number", "boolean"]}})
                            ),
                        },
                    )
                )
            }
        ),
    },
    # 6.3
    "suggestions of entity": _object({"result": _list(_SUGGESTED)}),
    "suggestions of property": _object(
        {"result": _list(_object({"id": _TEXT, "name": _TEXT}, {"description": {"type": "string"}}))}
    ),
    "suggestions of type": _object({"result": _TYPES}),
    # 6.5
    "flyout": _object({"id": _TEXT, "html": _TEXT}),
    # 7.2
    "proposal": _object(
        {"properties": _list(_object({"id": _TEXT, "name": _TEXT}, {"description": {"type": "string"}}))},
        {"type": {"type": "string"}, "limit": {"type": "integer"}},
    ),
    # 7.4
    "extension": _object(
        {
            "meta": _list(
                _object(
                    {"id": _TEXT, "name": _TEXT},
                    {"type": _object({"id": _TEXT}, {"name": _TEXT}), "service": _ADDRESS},
                )
            ),
            "rows": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": _list(_VALUE)},
            },
        }
    ),
}


def faults(kind: str, message: object) -> list[str]:
    """What is wrong with ``message`` as one of the kind ``kind``; empty where nothing is."""
    schema = SCHEMAS[kind] | {"$defs": {"type": _TYPE, "types": _TYPES}}
    found = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(message)
    ]
    if kind == "results" and not found:
        for key, answer in message.items():
            for one in answer["result"]:
                names = [row["id"] for row in one.get("features", ())]
                if len(set(names)) < len(names):
                    found.append(f"{key}: {one['id']} has a feature twice")
            scores = [one["score"] for one in answer["result"]]
            if scores != sorted(scores, reverse=True):
                found.append(f"{key}: not by falling score (4.2)")
    return found
