"""What the reconciliation service offers, and where: its manifest, and the same as paths of OpenAPI.

The standard is the Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group, 10 April 2023).
JSONP, which it leaves to the service (3.3), is not offered: every answer may be read across origins.
"""

from __future__ import annotations

from ukjapan_graph.namespaces import TERMS, THINGS

#: The most queries of a batch, and entities of a data extension query.
BATCH, EXTENDED = 50, 500
#: Characters of a name; suggestions that may be passed over; properties that may be asked for at once.
LENGTH, FURTHEST, MOST = 2000, 10_000, 1000
#: Size of a preview in pixels.
WIDTH, HEIGHT = 430, 320

_FORM = "application/x-www-form-urlencoded"


def manifest(base: str, types: list[dict], version: str) -> dict:
    """The service manifest (3.1) of the service reached under ``base``.

    :param types: the types that are good first choices
    :param version: of the release
    """
    return {
        "versions": ["0.2"],
        "name": "UK-Japan defence and security cooperation",
        "identifierSpace": THINGS,
        "schemaSpace": TERMS,
        "defaultTypes": types,
        "documentation": f"{base}/",
        "serviceVersion": version,
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "feature_view": {"url": f"{base}/reconcile/features?id={{{{id}}}}"},
        "preview": {
            "url": f"{base}/reconcile/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            what: {
                "service_url": base,
                "service_path": f"/reconcile/suggest/{what}",
                "flyout_service_url": base,
                "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "The most values of a row; 0 for all",
                }
            ],
        },
        "batchSize": BATCH,
    }


def _operation(name: str, summary: str, *parameters: dict, media_type: str = "application/json") -> dict:
    refused = ("400", "404", "413", "429", "503", "504", *(["415"] if name == "post" else []))
    return {
        "operationId": f"reconcile-{name}",
        "summary": summary,
        "tags": ["reconciliation"],
        "parameters": list(parameters),
        "responses": {
            "200": {"description": summary, "content": {media_type: {}}},
            **{code: {"$ref": "#/components/responses/Problem"} for code in refused},
        },
    }


def _parameter(
    name: str, about: str, *, needed: bool = False, where: str = "query", **schema: object
) -> dict:
    told = {"name": name, "in": where, "required": needed, "description": about}
    return told | {"schema": {"type": "string"} | schema}


_BATCH = "a reconciliation query batch (4.1), as JSON"
_EXTENSION = "a data extension query (7.3), as JSON"
_JSON = {"contentMediaType": "application/json"}
_WHAT = _parameter(
    "what", "what is suggested", needed=True, where="path", enum=["entity", "property", "type"]
)
#: Paths of the OpenAPI document.
PATHS = {
    "/reconcile": {
        "get": _operation(
            "get",
            "Reconciliation Service API 0.2: without parameters the manifest, else the answer",
            _parameter("queries", _BATCH, **_JSON),
            _parameter("extend", _EXTENSION, **_JSON),
        ),
        "post": _operation("post", "Reconciliation Service API 0.2: the answer to a batch or an extension")
        | {
            "requestBody": {
                "required": True,
                "content": {
                    _FORM: {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "queries": {"type": "string", "description": _BATCH} | _JSON,
                                "extend": {"type": "string", "description": _EXTENSION} | _JSON,
                            },
                        }
                    }
                },
            }
        },
    },
    "/reconcile/suggest/{what}": {
        "get": _operation(
            "suggest", "Completions of what is being typed (6)", _WHAT,
            _parameter("prefix", "what is typed so far", maxLength=LENGTH),
            _parameter("cursor", "how many to pass over", type="integer", minimum=0, maximum=FURTHEST),
        )
    },
    "/reconcile/flyout/{what}": {
        "get": _operation(
            "flyout", "A few words on one suggestion (6.4)", _WHAT, _parameter("id", "its identifier", needed=True)
        )
    },
    "/reconcile/properties": {
        "get": _operation(
            "properties", "Properties that a data extension can ask for (7.2)",
            _parameter("type", "a type; without it, those of all types"),
            _parameter("limit", "the most to give, 0 for all", type="integer", minimum=0, maximum=MOST),
        )
    },
    "/reconcile/preview": {
        "get": _operation(
            "preview", "A thing in a small frame (5)", _parameter("id", "its identifier", needed=True),
            media_type="text/html",
        )
    },
    "/reconcile/features": {
        "get": _operation(
            "features", "What the features of a candidate mean (2.1)", _parameter("id", "one of them"),
            media_type="text/html",
        )
    },
}  # fmt: skip
