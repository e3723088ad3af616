"""The saved queries as an OpenAPI 3.1 document, from their headers."""

from __future__ import annotations

from ukjapan_graph.endpoint.evaluation import RESULTS
from ukjapan_graph.endpoint.reconciliation import manifest
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

_SCHEMAS = {
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
}


def document(service: Service, base: str) -> dict:
    """The OpenAPI document of the service reached under ``base``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "UK-Japan defence and security cooperation: saved queries",
            "version": service.version,
            "description": "Each answer says what the documents say, how firmly, and where.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": base}],
        "paths": {
            **{f"/queries/{name}": {"get": _operation(query)} for name, query in service.queries.items()},
            **manifest.PATHS,
        },
        "components": {
            "responses": {
                "Problem": {"description": "What is wrong", "content": {"application/problem+json": {}}}
            }
        },
    }


def _operation(query: SavedQuery) -> dict:
    found = {
        "operationId": query.name,
        "summary": query.summary,
        "tags": list(query.tags),
        "parameters": [*map(_parameter, query.parameters), *_PAGING],
        "responses": {
            "200": {
                "description": f"Rows of {', '.join(name for name, _ in query.columns)}. Without rows: {query.silence}",
                "content": {media_type: {} for media_type in (*RESULTS, "text/html")},
            },
            "304": {"description": "Nothing has changed"},
            **{
                code: {"$ref": "#/components/responses/Problem"}
                for code in ("400", "404", "406", "429", "503", "504")
            },
        },
    }
    return found | ({"description": query.description} if query.description else {})


def _parameter(parameter: Parameter) -> dict:
    schema = _SCHEMAS.get(parameter.type, {"type": "string", "minLength": 1})
    default: object = int(parameter.default) if parameter.type == "integer" else parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.about or f"a name of kind {parameter.type}",
        "schema": schema | {"default": default},
    }


_PAGING = [
    {
        "name": "page",
        "in": "query",
        "description": "which page, from 1, where page_size is given too; the Link header names the next",
        "schema": {"type": "integer", "minimum": 1, "maximum": 10000},
    },
    {
        "name": "page_size",
        "in": "query",
        "description": "rows of a page; without it, all rows are one page",
        "schema": {"type": "integer", "minimum": 1, "maximum": 10000},
    },
    {
        "name": "format",
        "in": "query",
        "description": "goes before the Accept header",
        "schema": {"type": "string", "enum": ["json", "xml", "csv", "tsv", "html"]},
    },
]
