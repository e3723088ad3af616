"""The cases of W3C's own tests for SPARQL 1.1 Protocol, result formats and service description, in our words.

Each test names the entry of the manifest (``protocol``, ``csv-tsv-res``, ``json-res``, ``service-description`` of
the SPARQL 1.1 test suite) whose case it is; data and queries are our own. Updates are refused, always, so of those
cases that change data the refusal is what is tested.
"""

import csv
import io
import json

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, parse_query_results

from serving import serving
from ukjapan_graph.endpoint.evaluation import GRAPHS, RESULTS
from ukjapan_graph.endpoint.protocol import FORM, QUERY, UPDATE

ONE, TWO, THREE = (f"http://ferry.example/graph/{name}" for name in ("one", "two", "three"))
NOWHERE = "http://ferry.example/graph/nowhere"
XSD = "http://www.w3.org/2001/XMLSchema#"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
TRUE = {"head": {}, "boolean": True}

#: Subject and object of the triples in the graph of terms.
TERMS = {
    "a": NamedNode("http://ferry.example/b"),
    "b": Literal("deck"),
    "c": Literal("4", datatype=NamedNode(XSD + "integer")),
    "d": Literal("5.5", datatype=NamedNode(XSD + "decimal")),
    "e": BlankNode("cargo"),
    "f": Literal("1", datatype=NamedNode(XSD + "string")),
    "g": Literal("-3", datatype=NamedNode(XSD + "negativeInteger")),
    "h": Literal("left, right"),
    "i": Literal("6,7", datatype=NamedNode("http://ferry.example/knots")),
    "j": Literal("1.0E6", datatype=NamedNode(XSD + "double")),
    "k": Literal("a7", datatype=NamedNode(XSD + "hexBinary")),
    "l": Literal('say "ahoy"\nand\twave \\o/', language="en"),
}
ROWS = "SELECT ?s ?o WHERE { GRAPH <http://ferry.example/graph/terms> { ?s <http://ferry.example/has> ?o } } ORDER BY ?s"
WITH_GAPS = ROWS.replace("?s ?o", "?s ?o ?more").replace(
    "?o }", "?o OPTIONAL { ?o <http://ferry.example/has> ?more } }"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A client on three graphs that each say what they are, and one with terms of every kind."""
    lines = [
        f"<{graph}> <http://ferry.example/is> <http://ferry.example/Graph> <{graph}> ."
        for graph in (ONE, TWO, THREE)
    ]
    for name, term in TERMS.items():
        lines.append(
            f"<http://ferry.example/{name}> <http://ferry.example/has> {term} <http://ferry.example/graph/terms> ."
        )
    path = tmp_path_factory.mktemp("w3c") / "release.nq"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    with serving(path) as client:
        yield client


def is_there(*graphs: str) -> str:
    """An ASK whether the default graph holds what these graphs say of themselves."""
    return "ASK { " + " ".join(f"<{graph}> <http://ferry.example/is> ?kind ." for graph in graphs) + " }"


def are_named(*graphs: str, default: str = "", clause: str = "") -> str:
    """An ASK whether some named graphs hold what these graphs say, and the default graph what ``default`` says."""
    named = " ".join(f"GRAPH ?g{i} {{ <{graph}> ?p{i} ?o{i} }}" for i, graph in enumerate(graphs))
    return f"ASK {clause} {{ {f'<{default}> ?p ?o .' if default else ''} {named} }}"


@pytest.mark.parametrize(
    ("entry", "method", "params", "kind", "body"),
    [
        ("query_get", "GET", {"query": "ASK {}", "default-graph-uri": NOWHERE}, None, None),
        ("query_post_form", "POST", {"default-graph-uri": NOWHERE}, FORM, "query=ASK+%7B%7D"),
        ("query_post_direct", "POST", {}, QUERY, "ASK {}"),
        (
            "query_dataset_default_graphs_get",
            "GET",
            {"query": is_there(ONE, TWO), "default-graph-uri": [ONE, TWO]},
            None,
            None,
        ),
        (
            "query_dataset_default_graphs_post",
            "POST",
            {"default-graph-uri": [ONE, TWO]},
            QUERY,
            is_there(ONE, TWO),
        ),
        (
            "query_dataset_named_graphs_get",
            "GET",
            {"query": are_named(ONE, TWO), "named-graph-uri": [ONE, TWO]},
            None,
            None,
        ),
        (
            "query_dataset_named_graphs_post",
            "POST",
            {"named-graph-uri": [ONE, TWO]},
            QUERY,
            are_named(ONE, TWO),
        ),
        (
            "query_dataset_full",
            "POST",
            {"default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]},
            QUERY,
            are_named(ONE, TWO, default=THREE),
        ),
        (
            "query_multiple_dataset",
            "POST",
            {"named-graph-uri": [ONE, TWO]},
            QUERY,
            are_named(ONE, TWO, clause=f"FROM <{THREE}>"),
        ),
    ],
)
def test_protocol_query(client, entry, method, params, kind, body):
    """protocol: query_get, query_post_form, query_post_direct, query_dataset_*, query_multiple_dataset."""
    headers = {"Content-Type": kind} if kind else {}
    response = client.request(method, "/sparql", params=params, headers=headers, content=body)
    assert (response.status_code, response.json()) == (200, TRUE), entry


def test_protocol_dataset_is_only_what_was_asked_for(client):
    """protocol: the datasets of query_dataset_* hold nothing beside, and a graph that is not here is empty."""
    for params in (
        {"query": is_there(THREE), "default-graph-uri": [ONE, TWO]},
        {"query": are_named(THREE), "named-graph-uri": [ONE, TWO]},
        {"query": is_there(ONE), "default-graph-uri": NOWHERE},
        {"query": are_named(ONE), "named-graph-uri": NOWHERE},
        {"query": is_there(THREE).replace("ASK", f"ASK FROM <{THREE}>"), "named-graph-uri": [ONE, TWO]},
    ):
        assert client.get("/sparql", params=params).json() == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("entry", "query", "media_types"),
    [
        ("query_content_type_select", "SELECT (1 AS ?n) {}", RESULTS),
        ("query_content_type_ask", "ASK {}", RESULTS[:2]),
        ("query_content_type_describe", f"DESCRIBE <{ONE}>", GRAPHS[:3]),
        ("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS[:3]),
    ],
)
def test_protocol_content_type(client, entry, query, media_types):
    """protocol: query_content_type_select, _ask, _describe, _construct."""
    response = client.request(
        "POST",
        "/sparql",
        params={"default-graph-uri": NOWHERE},
        content=query,
        headers={"Content-Type": QUERY},
    )
    assert response.status_code == 200, entry
    assert response.headers["content-type"].partition(";")[0] in media_types


@pytest.mark.parametrize(
    ("entry", "method", "params", "kind", "body"),
    [
        ("bad_query_method", "PUT", {"query": "ASK {}"}, FORM, None),
        ("bad_multiple_queries", "GET", {"query": ["ASK {}", "SELECT * {}"]}, None, None),
        ("bad_query_wrong_media_type", "POST", {}, "text/plain", b"ASK {}"),
        ("bad_query_missing_form_type", "POST", {}, None, b"query=ASK+%7B%7D"),
        ("bad_query_missing_direct_type", "POST", {}, None, b"ASK {}"),
        ("bad_query_non_utf8", "POST", {}, QUERY + "; charset=UTF-16", "ASK {}".encode("utf-16")),
        ("bad_query_syntax", "GET", {"query": "ASK {"}, None, None),
        ("bad_update_get", "GET", {"update": "CLEAR ALL"}, None, None),
        ("bad_multiple_updates", "POST", {}, FORM, b"update=CLEAR+ALL&update=CLEAR+ALL"),
        ("bad_update_wrong_media_type", "POST", {}, "text/plain", b"CLEAR ALL"),
        ("bad_update_missing_form_type", "POST", {}, None, b"update=CLEAR+ALL"),
        ("bad_update_non_utf8", "POST", {}, UPDATE + "; charset=UTF-16", "CLEAR ALL".encode("utf-16")),
        ("bad_update_syntax", "POST", {}, FORM, b"update=CLEAR"),
        (
            "bad_update_dataset_conflict",
            "POST",
            {"using-named-graph-uri": ONE},
            UPDATE,
            b"DELETE { ?s ?p ?o } USING <a:b> WHERE { ?s ?p ?o }",
        ),
        ("update_post_form", "POST", {}, FORM, b"update=CLEAR+ALL"),
        ("update_post_direct", "POST", {}, UPDATE, b"CLEAR ALL"),
        ("update_base_uri", "POST", {}, UPDATE, b"INSERT DATA { GRAPH <a:g> { <a:s> <a:p> <o> } }"),
        (
            "update_dataset_default_graph",
            "POST",
            {"using-graph-uri": ONE},
            UPDATE,
            b"DELETE WHERE { ?s ?p ?o }",
        ),
        (
            "update_dataset_default_graphs",
            "POST",
            {"using-graph-uri": [ONE, TWO]},
            UPDATE,
            b"DELETE WHERE { ?s ?p ?o }",
        ),
        (
            "update_dataset_named_graphs",
            "POST",
            {"using-named-graph-uri": [ONE, TWO]},
            UPDATE,
            b"DELETE WHERE { ?s ?p ?o }",
        ),
        (
            "update_dataset_full",
            "POST",
            {"using-graph-uri": ONE, "using-named-graph-uri": TWO},
            UPDATE,
            b"DELETE WHERE { ?s ?p ?o }",
        ),
    ],
)
def test_protocol_refused(client, entry, method, params, kind, body):
    """protocol: bad_query_*, bad_multiple_queries, bad_update_*, bad_multiple_updates, and every update_*."""
    headers = {"Content-Type": kind} if kind else {}
    response = client.request(method, "/sparql", params=params, headers=headers, content=body)
    assert 400 <= response.status_code < 500, entry
    assert response.headers["content-type"] == "application/problem+json"
    assert client.sparql(is_there(ONE, TWO, THREE)).json() == TRUE


def test_csv(client):
    """csv-tsv-res: csv01, csv03; every term of a row as its plain text, quoted where it must be."""
    found = list(csv.reader(io.StringIO(client.sparql(ROWS, "text/csv").text, newline="")))
    assert found[0] == ["s", "o"]
    assert [row[0] for row in found[1:]] == [f"http://ferry.example/{name}" for name in TERMS]
    for (_, text), term in zip(found[1:], TERMS.values(), strict=True):
        if isinstance(term, BlankNode):
            assert text.startswith("_:")
        elif term.value == "1.0E6":
            assert float(text) == 1e6
        else:
            assert text == term.value


def test_tsv(client):
    """csv-tsv-res: tsv01, tsv03; every term as Turtle has it, with variables marked."""
    text = client.sparql(ROWS, "text/tab-separated-values").text
    lines = text.splitlines()
    assert lines[0] == "?s\t?o"
    assert lines[3].endswith("\t4") and lines[4].endswith("\t5.5")
    check_terms(parse_query_results(text.encode(), format=QueryResultsFormat.TSV))


def test_csv_and_tsv_with_gaps(client):
    """csv-tsv-res: csv02, tsv02; a variable that is not bound leaves its field empty."""
    lines = client.sparql(WITH_GAPS, "text/csv").text.split("\r\n")
    assert lines[:3] == [
        "s,o,more",
        "http://ferry.example/a,http://ferry.example/b,deck",
        "http://ferry.example/b,deck,",
    ]
    lines = client.sparql(WITH_GAPS, "text/tab-separated-values").text.split("\n")
    assert lines[0] == "?s\t?o\t?more"
    assert lines[2] == '<http://ferry.example/b>\t"deck"\t'


def test_json(client):
    """json-res: jsonres01; terms by type, with datatype or language where they have one."""
    text = client.sparql(ROWS, "application/sparql-results+json").text
    found = json.loads(text)
    assert found["head"] == {"vars": ["s", "o"]}
    rows = [row["o"] for row in found["results"]["bindings"]]
    assert rows[0] == {"type": "uri", "value": "http://ferry.example/b"}
    assert rows[1] == {"type": "literal", "value": "deck"}
    assert rows[2] == {"type": "literal", "value": "4", "datatype": XSD + "integer"}
    assert rows[4]["type"] == "bnode"
    assert rows[-1] == {"type": "literal", "value": TERMS["l"].value, "xml:lang": "en"}
    check_terms(parse_query_results(text.encode(), format=QueryResultsFormat.JSON))


def test_json_with_gaps(client):
    """json-res: jsonres02; a variable that is not bound is not in its row."""
    rows = client.sparql(WITH_GAPS).json()["results"]["bindings"]
    assert [set(row) for row in rows[:2]] == [{"s", "o", "more"}, {"s", "o"}]


def test_json_truth(client):
    """json-res: jsonres03, jsonres04; the answer to ASK."""
    assert client.sparql("ASK {}").json() == TRUE
    assert client.sparql("ASK { FILTER(false) }").json() == {"head": {}, "boolean": False}


@pytest.fixture(scope="module")
def described(client):
    """What a GET of the endpoint tells who wants Turtle."""
    return rdflib.Graph().parse(data=client.get("/sparql", "text/turtle").text, format="turtle")


def test_service_description_is_rdf(client, described):
    """service-description: returns-rdf, also to a client that has no wish."""
    assert len(described) > 10
    assert client.get("/sparql", None).headers["content-type"] == "text/turtle; charset=utf-8"


def test_service_description_has_the_endpoint(described):
    """service-description: has-endpoint-triple, with the address that was asked."""
    assert list(described.objects(None, SD.endpoint)) == [rdflib.URIRef("http://host/sparql")]


def test_service_description_conforms(described):
    """service-description: conforms-to-schema; what the properties of SPARQL 1.1 Service Description lead to."""
    kinds = {
        SD.defaultDataset: SD.Dataset, SD.defaultGraph: SD.Graph, SD.namedGraph: SD.NamedGraph,
    }  # fmt: skip
    for name, kind in kinds.items():
        found = list(described.objects(None, name))
        assert found, name
        for node in found:
            assert (node, rdflib.RDF.type, kind) in described
    for name in ("feature", "resultFormat", "supportedLanguage", "name"):
        assert all(isinstance(node, rdflib.URIRef) for node in described.objects(None, SD[name]))
    (service,) = described.subjects(rdflib.RDF.type, SD.Service)
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
    named = {str(node) for node in described.objects(None, SD.name)}
    assert named == {ONE, TWO, THREE, "http://ferry.example/graph/terms"}


def check_terms(rows) -> None:
    """The rows hold the terms that were put in; two numbers by value: the engine rewrites them."""
    found = [row["o"] for row in rows]
    for term, wanted in zip(found, TERMS.values(), strict=True):
        if isinstance(wanted, BlankNode):
            assert isinstance(term, BlankNode)
        elif wanted.value in ("1.0E6", "-3"):
            assert float(term.value) == float(wanted.value)
        else:
            assert term == wanted
