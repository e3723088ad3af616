"""Answers without rows, and where they say what that means."""

from __future__ import annotations

import json
from html import escape

_JSON = "application/sparql-results+json"
_XML = "application/sparql-results+xml"


def is_empty(media_type: str, body: bytes) -> bool:
    """Whether ``body``, the result of a SELECT as the engine writes it in ``media_type``, has no row."""
    if media_type in (_JSON, _XML):
        return body.rstrip().endswith(
            (b'"bindings":[]}}', b"<results></results></sparql>", b"<results/></sparql>")
        )
    # The names of the columns are a line; a row, even one in which nothing is bound, is another.
    return body.count(b"\n") == 1


def pointing(media_type: str, body: bytes, address: str) -> bytes:
    """``body`` with a link to ``address``, where results have a place for it.

    That is ``link`` of the head in JSON (SPARQL 1.1 Query Results JSON Format, 3.1.2) and in XML (SPARQL Query
    Results XML Format, 2.3.1), in both after the variables; CSV and TSV have none.
    """
    if media_type == _JSON:
        found = json.loads(body)
        found["head"]["link"] = [address]
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    if media_type == _XML:
        return body.replace(b"</head>", f'<link href="{escape(address)}"/></head>'.encode(), 1)
    return body
