"""Neighbours on loopback for tests: a SPARQL endpoint over a few triples, and a reconciliation service."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from fake_server import ROWS, Reply, Request
from ukjapan_graph.namespaces import sparql_prologue

WIKIDATA = "http://www.wikidata.org/entity/"
#: Invented, but for the numbers of states and classes.
TRIPLES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q900000001 rdfs:label "Koji Tsuruoka"@en , "鶴岡公二"@ja ; wdt:P31 wd:Q5 ; wdt:P27 wd:Q17 ;
  schema:description "diplomat, invented"@en .
wd:Q900000002 rdfs:label "Koji Tsuruoka"@en ; wdt:P31 wd:Q515 ; schema:description "town, invented"@en .
wd:Q900000003 rdfs:label "RAA"@en ; wdt:P585 "2022-01-11"^^xsd:date .
wd:Q900000004 rdfs:label "Tokyo"@en .
<http://elsewhere.example/1> rdfs:label "Keiichi Hayashi"@en .
"""
MANIFEST = {
    "versions": ["0.2"], "name": "fake", "identifierSpace": WIKIDATA, "schemaSpace": WIKIDATA, "batchSize": 3,
}  # fmt: skip


def endpoint(triples: str = TRIPLES) -> Callable[[Request], Reply]:
    """What a SPARQL endpoint over ``triples`` (Turtle) answers; to a bare GET, a web page."""
    store = Store()
    store.load(triples.encode(), format=RdfFormat.TURTLE)

    def answer(request: Request) -> Reply:
        if request.method == "GET":
            return Reply(200, b"<html>ask me</html>", "text/html")
        query = parse_qs(request.body.decode())["query"][0]
        found = store.query(sparql_prologue() + query)
        return Reply(200, found.serialize(format=QueryResultsFormat.JSON), ROWS)

    return answer


def service(
    candidates: Callable[[str], list[dict]], manifest: dict | None = None
) -> Callable[[Request], Reply]:
    """What a reconciliation service answers that has ``candidates`` for a name."""

    def answer(request: Request) -> Reply:
        if request.method == "GET":
            return Reply(200, json.dumps(manifest or MANIFEST).encode(), "application/json")
        batch = json.loads(parse_qs(request.body.decode())["queries"][0])
        found = {key: {"result": candidates(query["query"])} for key, query in batch.items()}
        return Reply(200, json.dumps(found).encode(), "application/json")

    return answer


def row(key: str, name: str, **more: object) -> dict:
    """A candidate."""
    return {"id": key, "name": name, "score": 50, "match": False, "type": [], **more}
