"""The endpoint, asked as clients ask it."""

import base64
import hashlib
import json
import re

import pytest
import rdflib
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat, parse, parse_query_results

import small_graph
from serving import FEW, serving
from ukjapan_graph.answering import answers
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data.dataset import DATASET, GRAPH
from ukjapan_graph.endpoint.evaluation import GRAPHS, RESULTS
from ukjapan_graph.namespaces import PREFIXES, THINGS
from ukjapan_graph.resources import release_path

ROWS = "SELECT ?s ?o WHERE { ?s ukj:buildsOn ?o } ORDER BY ?s"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file."""
    return small_graph.write_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def client(release):
    """A client on the small release."""
    with serving(release) as client:
        yield client


@pytest.mark.parametrize("media_type", RESULTS)
def test_results_in_every_format(client, media_type):
    """Rows and truths come in each format of results, under its own name."""
    rows, truth = client.sparql(ROWS, media_type), client.sparql("ASK {}", media_type)

    assert (rows.status_code, rows.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert truth.status_code == 200
    if media_type != "text/csv":  # which cannot tell an IRI from a string
        found = parse_query_results(rows.content, format=QueryResultsFormat.from_media_type(media_type))
        assert [row["o"].value for row in found] == [f"{THINGS}instrument/ferry-pact"]


@pytest.mark.parametrize("media_type", GRAPHS)
def test_graphs_in_every_format(client, media_type):
    """Constructed triples come in each format of graphs; so does a description."""
    response = client.sparql("CONSTRUCT WHERE { ?s ukj:buildsOn ?o }", media_type)
    described = client.sparql("DESCRIBE instrument:ferry-pact", media_type)

    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert len(list(parse(response.content, format=RdfFormat.from_media_type(media_type)))) == 1
    assert len(list(parse(described.content, format=RdfFormat.from_media_type(media_type)))) > 3


def test_lines_and_letters_as_the_standards_say(client):
    """CSV lines end in CR LF, TSV lines in LF (SPARQL 1.1 Results CSV and TSV, 3 and 4); text is UTF-8 and says so."""
    query = 'SELECT ?o WHERE { instrument:night-protocol skos:prefLabel ?o FILTER(LANG(?o) = "ja") }'
    csv, tsv = client.sparql(query, "text/csv"), client.sparql(query, "text/tab-separated-values")

    assert csv.content == "o\r\n夜間議定書\r\n".encode()
    assert tsv.content == '?o\n"夜間議定書"@ja\n'.encode()
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"


def test_three_ways_of_asking(client):
    """GET and both forms of POST give the same answer; HEAD gives its headers alone."""
    by_get = client.sparql(ROWS)
    by_form = client.request("POST", "/sparql", data={"query": ROWS})
    head = client.request("HEAD", "/sparql", params={"query": ROWS})
    direct = client.request(
        "POST", "/sparql", content=ROWS, headers={"Content-Type": "application/sparql-query"}
    )

    assert by_get.content == by_form.content == direct.content
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(by_get.content))
    assert head.headers["etag"] == by_get.headers["etag"]


def test_relative_names_are_read_against_the_address(client):
    """A relative IRI in a query is completed with the endpoint's own address (RFC 3986, 5.1)."""
    response = client.sparql("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples")
    assert response.text.startswith("<http://host/s> <http://host/p> ")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ASK { document:gazette ukj:documentDate ?d }", True),
        ("ASK { instrument:ferry-pact ukj:signedBy ?d }", False),
        ("ASK { GRAPH passage:gazette.S1 { ?s ?p ?o } }", False),
    ],
)
def test_dataset_of_the_protocol(client, query, found):
    """``default-graph-uri`` makes that graph, and only that, the default graph."""
    graph = THINGS + "passage/gazette.S1"
    response = client.sparql(query, **{"default-graph-uri": graph})
    assert json.loads(response.content)["boolean"] is found


def test_named_graphs_of_the_protocol_and_of_from(client):
    """Named graphs may be chosen; FROM says the same in the query, and the protocol goes before it."""
    one, other = THINGS + "passage/gazette.S1", THINGS + "passage/gazette.S2"
    count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    by_protocol = client.sparql(count, "text/csv", **{"named-graph-uri": [one, other]})
    by_query = client.sparql(
        count.replace("WHERE", f"FROM NAMED <{one}> FROM NAMED <{other}> WHERE"), "text/csv"
    )
    both = client.sparql(
        count.replace("WHERE", f"FROM NAMED <{other}> WHERE"), "text/csv", **{"named-graph-uri": one}
    )

    assert by_protocol.text == by_query.text == "n\r\n3\r\n"
    assert both.text == "n\r\n2\r\n"


def test_a_triple_in_two_graphs_counts_once(client):
    """The default graph is the merge, whether of all graphs or of those named (SPARQL 1.1 Query, 13.2)."""
    query = "SELECT (COUNT(*) AS ?n) WHERE { instrument:harbour-accord ukj:buildsOn ?o }"
    graphs = [THINGS + "passage/gazette.S2", THINGS + "passage/almanac.S1"]

    assert client.sparql(query, "text/csv").text == "n\r\n1\r\n"
    assert client.sparql(query, "text/csv", **{"default-graph-uri": graphs}).text == "n\r\n1\r\n"


def test_graphs_together_in_both_places(client):
    """Several graphs may make the default graph while others are named ones; nothing else is there then."""
    one, other, third = (THINGS + f"passage/{name}" for name in ("gazette.S1", "gazette.S2", "almanac.S1"))
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) (SAMPLE(?g) AS ?which) { ?s ?p ?o GRAPH ?g { ?a ?b ?c } }"
    found = client.sparql(
        query, "text/csv", **{"default-graph-uri": [one, other], "named-graph-uri": [third]}
    )
    none = client.sparql(query, "text/csv", **{"default-graph-uri": [one, other]})

    assert found.text == f"n,which\r\n1,{third}\r\n"
    assert none.text.startswith("n,which\r\n0,")


@pytest.mark.parametrize(
    ("url", "status", "kind"),
    [
        ("/sparql?query=SELECT%20*%20WHERE%20{%20?s", 400, "syntax"),
        ("/sparql?query=SELECT%20?x%20WHERE%20{%20nobody:x%20?p%20?x%20}", 400, "syntax"),
        ("/sparql?query=INSERT%20DATA%20{%20<a:b>%20<a:b>%20<a:b>%20}", 400, "refused"),
        ("/sparql?update=CLEAR%20ALL", 400, "update"),
        ("/sparql?query=ASK%20{}&default-graph-uri=no%20iri", 400, "graph"),
        ("/sparql?query=ASK%20FROM%20<http://elsewhere/>%20{}", 400, "unknown-graph"),
        ("/sparql?query=ASK%20{}&format=pdf", 406, "not-acceptable"),
        ("/queries/bilds-on", 404, "no-such-query"),
        ("/queries/builds-on?instrument=nothing-such", 400, "parameter"),
        ("/queries/builds-on?instrumnt=ferry-pact", 400, "parameter"),
        ("/queries/builds-on?instrument=a&instrument=b", 400, "parameter"),
        ("/queries/builds-on?page=2", 400, "parameter"),
        ("/queries/builds-on?page_size=0", 400, "parameter"),
        ("/queries/builds-on?page_size=00000000199999", 400, "parameter"),
        (f"/queries/builds-on?page_size={'0' * 9}{'1' * 5000}", 400, "parameter"),
        (f"/reconcile/suggest/entity?prefix=a&cursor={'0' * 9}{'1' * 5000}", 400, "parameter"),
        ("/reconcile/suggest/entity?prefix=a&cursor=00000000099999", 400, "parameter"),
        ("/queries/builds-on?page_size=1&page=9", 404, "no-such-page"),
        ("/id/instrument/nothing-such", 404, "no-such-thing"),
        ("/data/instrument/ferry-pact.pdf", 404, "no-such-format"),
        ("/data/instrument/nothing-such.ttl", 404, "no-such-thing"),
        ("/ns/Nothing", 404, "no-such-term"),
        ("/ns/9.9.9", 404, "no-such-term"),
        ("/dump/ukjapan-graph.pdf", 404, "no-such-dump"),
        ("/dump/other.nq", 404, "no-such-dump"),
        ("/store?graph=http://elsewhere/", 404, "unknown-graph"),
        ("/store?graph=http://a/&default", 400, "two-graphs"),
        ("/store?graph=http://a/&graph=http://b/", 400, "two-graphs"),
        ("/nothing-here", 404, ""),
    ],
)
def test_problems(client, url, status, kind):
    """Every refusal is a problem document that says what is wrong (RFC 9457), and is not kept."""
    response = client.get(url)
    problem = response.json()

    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert problem["status"] == status
    assert problem.get("type", "").rpartition("/")[2] == kind
    assert problem["detail"]
    assert response.headers["cache-control"] == "no-store"


def test_a_syntax_error_has_its_place(client):
    """Line and column are those of the query as sent, prefixes that were added not counted."""
    problem = client.sparql("SELECT ?s\nWHERE { ?s ukj:buildsOn }").json()
    assert (problem["line"], problem["column"]) == (2, 25)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE#c\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX a: <http://127.0.0.1:1/> SELECT * { SERVICE a: { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?g SERVICE ?g { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_nobody_else_is_asked(client, query):
    """Every spelling of SERVICE is refused before anything is evaluated."""
    response = client.sparql(query)
    assert response.status_code == 400
    assert response.json()["type"].rpartition("/")[2] in ("refused", "syntax")


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?s { ?s ?p "SERVICE <http://x/>" }',
        "SELECT ?s { ?s ?p ?o } # SERVICE <http://x/>",
        "SELECT ?service { ?service ?p <http://service/> }",
    ],
)
def test_the_word_alone_is_harmless(client, query):
    """SERVICE in a string, a comment, a name or an IRI is no SERVICE."""
    assert client.sparql(query).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_only_reading(client, method):
    """Methods that write are not there, and the answer says which are."""
    for path in ("/sparql", "/store", "/queries/builds-on", "/id/instrument/ferry-pact"):
        response = client.request(method, path)
        assert response.status_code == 405
        assert "GET" in response.headers["allow"]


def test_pages_of_other_sites_may_read(client):
    """CORS lets any page read, without credentials; OPTIONS says what may be sent."""
    response = client.get("/queries/builds-on", headers={"Origin": "http://elsewhere/"})
    preflight = client.request("OPTIONS", "/sparql", headers={"Origin": "http://elsewhere/"})

    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert (preflight.status_code, preflight.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_unchanged_answers_are_not_sent_again(client):
    """An answer has an entity tag; whoever has it already gets 304, from the first asking and from memory."""
    first = client.get("/queries/builds-on", "text/csv")
    for etag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        again = client.get("/queries/builds-on", "text/csv", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    twice = [("Accept", "text/csv"), ("If-None-Match", '"x"'), ("If-None-Match", first.headers["etag"])]
    assert client.request("GET", "/queries/builds-on", headers=twice).status_code == 304
    other = client.get("/queries/builds-on", "text/csv", headers={"If-None-Match": '"x"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("function", ["NOW()", "rand()", "UUID()", "StrUUID ( )"])
def test_what_varies_is_not_kept(client, function):
    """A function that gives another value each time is asked each time."""
    first, second = (client.sparql(f"SELECT ({function} AS ?x) {{}}", "text/csv") for _ in range(2))
    assert first.text != second.text
    assert first.headers["cache-control"] == second.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("url", "condition"),
    [
        ("/dump/ukjapan-graph.nq", "If-Modified-Since"),
        ("/dump/ukjapan-graph.nq", "If-None-Match"),
        ("/queries/builds-on", "If-None-Match"),
    ],
)
def test_a_304_has_what_the_200_would_have(client, url, condition, method):
    """Whatever the condition is, the headers are the same but for those of the body (RFC 9110, 15.4.5)."""
    whole = client.get(url)
    value = "*" if condition == "If-None-Match" else whole.headers["last-modified"]
    again = client.request(method, url, headers={condition: value})
    gone = {"content-type", "content-length"}
    assert (again.status_code, again.content) == (304, b"")
    assert dict(again.headers) == {k: v for k, v in whole.headers.items() if k not in gone}


def test_a_condition_is_for_reading(client):
    """A POST has its answer, whatever its If-None-Match says: 304 is for GET and HEAD (RFC 9110, 13.1.2)."""
    response = client.request("POST", "/sparql", data={"query": "ASK {}"}, headers={"If-None-Match": "*"})
    assert (response.status_code, response.json()["boolean"]) == (200, True)


def test_formats_are_kept_apart(client):
    """An answer kept for one format is not given to who wants another."""
    for accept in ("text/csv", "application/sparql-results+json", "text/csv"):
        assert client.get("/queries/builds-on", accept).headers["content-type"].startswith(accept)


def test_whoever_asks_by_another_name_does_not_set_it_for_others(client):
    """The address in a description is that by which this client came."""
    strange = client.get("/sparql", "text/turtle", headers={"Host": "elsewhere.example"})
    own = client.get("/sparql", "text/turtle")
    assert "http://elsewhere.example/sparql" in strange.text
    assert "elsewhere.example" not in own.text


def test_service_description(client):
    """Without a query there is the description: formats, graphs with true counts, prefixes, saved queries."""
    graph = rdflib.Graph().parse(data=client.get("/sparql", "text/turtle").text, format="turtle")
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    dataset = graph.value(service, SD.defaultDataset)
    named = {
        str(graph.value(node, SD.name)): int(graph.value(node, VOID.triples))
        for node in graph.objects(dataset, SD.namedGraph)
    }

    assert graph.value(service, SD.endpoint) == rdflib.URIRef("http://host/sparql")
    assert named == client.service.graphs
    assert int(graph.value(dataset, VOID.triples)) == len({q.triple for q in client.service.store})
    assert len(list(graph.objects(service, SD.resultFormat))) == 10
    prefixes = {str(graph.value(n, rdflib.SH.prefix)) for n in graph.objects(dataset, rdflib.SH.declare)}
    assert prefixes == set(PREFIXES)
    texts = {str(text) for text in graph.objects(None, rdflib.SH.select)}
    assert texts == {query.text for query in client.service.queries.values()}
    assert (
        client.get("/.well-known/void", "text/turtle").content == client.get("/sparql", "text/turtle").content
    )


def test_every_saved_query_is_a_resource(client):
    """Each saved query gives the rows that the library gives, by address, with its default and with a value."""
    store = open_store(client.service.path)
    for name in client.service.queries:
        found = parse_query_results(client.get(f"/queries/{name}").content, format=QueryResultsFormat.JSON)
        assert [tuple(row) for row in found] == answers.ask(store, name, {}).result.rows
    none = client.get("/queries/builds-on?instrument=Night%20Protocol&format=json").json()
    some = client.get("/queries/builds-on?instrument=Crossing%20Treaty&format=json").json()
    assert (none["results"]["bindings"], len(some["results"]["bindings"])) == ([], 2)


@pytest.mark.parametrize("media_type", RESULTS)
def test_an_answer_without_rows_says_where_to_read_what_that_means(client, media_type):
    """Beside it, by Link (RFC 8288), and in it where the format has a place; an answer with rows says nothing."""
    silent = client.get("/queries/builds-on?instrument=Night%20Protocol", media_type)
    spoken = client.get("/queries/builds-on", media_type)
    notice = "http://host/queries/builds-on/silence"

    assert silent.headers["link"] == f'<{notice}>; rel="describedby"; type="text/plain"'
    assert "link" not in spoken.headers
    if media_type.endswith("json"):
        assert silent.json()["head"]["link"] == [notice]
        assert "link" not in spoken.json()["head"]
    if media_type.endswith("xml"):
        assert f'<link href="{notice}"/></head>' in silent.text
        assert not list(parse_query_results(silent.content, format=QueryResultsFormat.XML))
    told = client.get(notice)
    assert (told.headers["content-type"], told.text) == (
        "text/plain; charset=utf-8",
        client.service.query("builds-on").silence + "\n",
    )
    assert told.text.strip() in client.get(notice, BROWSER).text
    assert client.get("/queries/nothing/silence").status_code == 404


def test_a_page_of_nothing_has_both_links(client):
    """Links to pages and to what silence means stand in one header."""
    response = client.get("/queries/builds-on?instrument=Night%20Protocol&page_size=5&format=csv")
    assert response.headers["x-total-count"] == "0"
    assert (
        'rel="last", <http://host/queries/builds-on/silence>; rel="describedby"' in response.headers["link"]
    )


def test_one_graph_as_json_ld_is_a_graph(client):
    """Whoever reads it gets triples, which they may put where they like (Graph Store HTTP Protocol, 5.2)."""
    response = client.get("/store", "application/ld+json", params={"graph": THINGS + "passage/gazette.S1"})
    graphs = {quad.graph_name for quad in parse(response.content, format=RdfFormat.JSON_LD)}
    assert graphs == {DefaultGraph()}


@pytest.mark.parametrize("host", ["a b", "<x>", "x/y", "u@x", "", "x:y"])
def test_a_host_that_is_none(client, host):
    """A Host that is not the name of a host is refused (RFC 9112, 3.2), before it can get into an IRI."""
    response = client.get("/sparql", "text/turtle", headers={"Host": host})
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (400, "host")


@pytest.mark.parametrize(
    ("params", "accept", "status", "media_type"),
    [
        ({"format": "csv"}, "text/html", 200, "text/csv; charset=utf-8"),
        ({"format": "turtle"}, "text/csv", 200, "text/csv; charset=utf-8"),
        ({"format": "turtle"}, "*/*", 406, "application/problem+json"),
        ({"format": ""}, "*/*", 406, "application/problem+json"),
    ],
)
def test_format_goes_before_accept(client, params, accept, status, media_type):
    """A name of a format decides; one that this query cannot have gives way to an Accept that names one it can."""
    response = client.sparql(ROWS, accept, **params)
    assert (response.status_code, response.headers["content-type"]) == (status, media_type)


def test_the_description_repeats_what_the_release_says_of_itself():
    """Counts, partitions and licence are those of graph:dataset; every named graph is there once."""
    with serving(release_path()) as client:
        found = set(
            parse(
                client.get("/.well-known/void", "application/n-triples").content, format=RdfFormat.N_TRIPLES
            )
        )
        said = {quad.triple for quad in client.service.store.quads_for_pattern(None, None, None, GRAPH)}
        graphs = list(client.service.graphs)
    triples = {quad.triple for quad in found}
    assert len(said) > 100
    assert said <= triples
    assert sorted(t.object.value for t in triples if t.predicate.value == str(SD.name)) == graphs
    sizes = [t for t in triples if t.subject == DATASET and t.predicate.value == str(VOID.triples)]
    assert len(sizes) == 1


def test_paging(client):
    """Pages follow each other by link, and together are the whole answer."""
    total = len(client.get("/queries/builds-on").json()["results"]["bindings"])
    url, found = "/queries/builds-on?page_size=1&format=json", 0
    while url:
        response = client.get(url)
        assert response.headers["x-total-count"] == str(total)
        found += len(response.json()["results"]["bindings"])
        link = re.search(r'<([^>]*)>; rel="next"', response.headers["link"])
        url = link[1] if link else None
    assert found == total == 2


def test_openapi(client):
    """The document names every saved query with its parameters, and each address in it answers."""
    document = client.get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    asked = {path: item for path, item in document["paths"].items() if path.startswith("/queries/")}
    assert set(asked) == {f"/queries/{name}" for name in client.service.queries}
    for path, item in asked.items():
        query = client.service.queries[path.rpartition("/")[2]]
        names = [p["name"] for p in item["get"]["parameters"]]
        assert names == [*(p.name for p in query.parameters), "page", "page_size", "format"]
        defaults = {
            p["name"]: p["schema"]["default"] for p in item["get"]["parameters"] if "default" in p["schema"]
        }
        assert client.get(path, params=defaults).status_code == 200


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (BROWSER, "/page/instrument/ferry-pact"),
        ("text/turtle", "/data/instrument/ferry-pact.ttl"),
        ("application/ld+json", "/data/instrument/ferry-pact.jsonld"),
        ("application/n-quads", "/data/instrument/ferry-pact.nq"),
        (None, "/data/instrument/ferry-pact.ttl"),
    ],
)
def test_a_thing_leads_to_a_document_about_it(client, accept, place):
    """303 leads a browser to a page and a program to data (Cool URIs for the Semantic Web, 4.2)."""
    response = client.get("/id/instrument/ferry-pact", accept)
    assert (response.status_code, response.headers["location"]) == (303, place)
    assert client.get(place).status_code == 200


def test_pages_for_people(client):
    """Pages are HTML with names, passages and silences; what is in the data cannot become markup."""
    page = client.get("/page/instrument/ferry-pact").text

    assert page.startswith("<!doctype html>")
    assert "Ferry Pact" in page
    assert '<a href="/id/passage/gazette.S2">' in page
    assert "No document says that the pact is in force." in page
    for path in ("/", "/queries", "/queries/builds-on", "/sparql", "/ns", "/ns/buildsOn"):
        response = client.get(path, BROWSER)
        assert (response.status_code, response.headers["content-type"]) == (
            200,
            "text/html; charset=utf-8",
        ), path
        assert "<script" not in response.text
    hostile = client.get("/queries/builds-on", BROWSER, params={"instrument": '"><script>'})
    assert (hostile.status_code, hostile.headers["content-type"]) == (400, "application/problem+json")


def test_graph_store(client):
    """Each graph, the default graph and the whole are there to read (Graph Store HTTP Protocol, 5.2)."""
    one = client.get("/store", "application/n-triples", params={"graph": THINGS + "passage/gazette.S1"})
    merged = client.get("/store?default", "application/n-triples")
    whole = client.get("/store")

    assert len(one.text.splitlines()) == 2
    assert len(merged.text.splitlines()) == len({q.triple for q in client.service.store})
    assert set(parse(whole.content, format=RdfFormat.N_QUADS)) == set(client.service.store)


def test_dumps(client, release):
    """A dump has its date and checksum, and 304 for who has it; that in N-Quads is the release."""
    response = client.get("/dump/ukjapan-graph.nq")
    digest = re.fullmatch(r"sha-256=:(.*):", response.headers["repr-digest"])[1]
    again = client.get(
        "/dump/ukjapan-graph.nq", headers={"If-Modified-Since": response.headers["last-modified"]}
    )

    assert set(response.content.splitlines()) == set(release.read_bytes().splitlines())
    assert digest == base64.b64encode(hashlib.sha256(response.content).digest()).decode()
    assert again.status_code == 304
    assert client.get("/dump/ukjapan-graph.ttl").headers["content-type"] == "text/turtle; charset=utf-8"


def test_state(client):
    """Health tells what is served and the limits; ready and metrics answer; none of it is kept."""
    health = client.get("/health").json()

    assert health["release"] == client.pool.release
    assert health["limits"]["seconds"] == FEW.seconds
    assert client.get("/ready").text == "ready\n"
    assert "ukjapan_queries_stopped_total 0" in client.get("/metrics").text
    assert client.get("/health").headers["cache-control"] == "no-store"


def test_every_answer_is_guarded(client):
    """No response lets a browser guess types, run scripts or be framed."""
    for path in ("/", "/sparql", "/queries/builds-on", "/nothing-here", "/health"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
