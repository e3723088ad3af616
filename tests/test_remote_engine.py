"""The engine over the wire, against a server that behaves as badly as servers do."""

from urllib.parse import parse_qs

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fake_server import Reply, json_rows, serving
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import LimitError, QuerySyntaxError, RemoteError, UsageError
from ukjapan_graph.remote.access import Access

SELECT = "SELECT ?x { ?x ukj:buildsOn ?y }"
CONSTRUCT = "CONSTRUCT { ?x ukj:carries ?y } WHERE { ?x ukj:buildsOn ?y } LIMIT 5"
GOOD = Reply(body=json_rows("a", "b"))
TRIPLES = Reply(body=b"<http://x/b> <http://x/p> <http://x/c> .\n" * 2, media="application/n-triples")


def engine(fake, **more):
    """An engine on the server ``fake``."""
    return Remote(Access(fake.address), **more)


def test_select():
    """Rows come with their columns; the request is a form in a POST that says who asks and what it takes."""
    with serving(GOOD) as fake:
        rows = engine(fake).select(SELECT)

    assert rows == (("x",), [(Literal("a"),), (Literal("b"),)])
    (request,) = fake.requests
    sent = parse_qs(request.body.decode())
    assert (request.method, list(sent)) == ("POST", ["query"])
    assert sent["query"][0].endswith(SELECT)
    assert request.headers["User-Agent"].startswith("ukjapan-graph/")
    assert request.headers["Accept"] == "application/sparql-results+json, application/json"
    assert request.headers["Authorization"] is None


def test_blank_nodes_of_virtuoso():
    """Virtuoso's addresses of blank nodes are read as labels; a text that looks like one stays as it is."""
    body = json_rows("a").replace(
        b'{"type": "literal", "value": "a"}',
        rb'{"type": "bnode", "value": "nodeID://b10"}}, {"x": {"type": "literal", '
        rb'"value": "\"type\": \"bnode\", \"value\": \"nodeID://b10\""}',
    )
    with serving(Reply(body=body)) as fake:
        rows = engine(fake).select(SELECT).rows

    assert rows == [(BlankNode("b10"),), (Literal('"type": "bnode", "value": "nodeID://b10"'),)]


def test_ask():
    """The answer to an ASK is a truth."""
    with serving(Reply(body=b'{"head": {}, "boolean": true}')) as fake:
        assert engine(fake).ask("ASK {}") is True


def test_construct():
    """Triples come sorted, each once, in whichever RDF format the server prefers."""
    turtle = Reply(body=b"@prefix : <http://x/> . :b :p :c . :a :p :c .", media="text/turtle; charset=utf-8")
    a, b, c, p = (NamedNode(f"http://x/{name}") for name in "abcp")
    with serving(TRIPLES, turtle) as fake:
        assert engine(fake).construct(CONSTRUCT) == [Triple(b, p, c)]
        assert engine(fake).construct("DESCRIBE <http://x/b>") == [Triple(a, p, c), Triple(b, p, c)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", QuerySyntaxError),
        ("SELECT ?x { ?x ?y }", QuerySyntaxError),
        ("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }", UsageError),
        ("SELECT ?x FROM <http://127.0.0.1:9/> { ?x ?y ?z }", UsageError),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", UsageError),
        ("ASK {}", UsageError),
    ],
)
def test_refused_before_sending(text, error):
    """A mistake, another source, an update and the wrong form are refused here; nothing is sent."""
    with serving(GOOD) as fake, pytest.raises(error):
        engine(fake).select(text)

    assert fake.requests == []


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(body=b"<html><h1>Welcome</h1>", media="text/html"), "text/html, no answer to SPARQL: Welcome"),
        (GOOD._replace(media=""), "of no type"),
        (GOOD._replace(cut=40), "broke off after 40 of"),
        (GOOD._replace(cut=40, length=False), "breaks off or is no SPARQL JSON"),
        (Reply(body=json_rows("a")[:-3] + b"The SPARQL operation has been cancelled"), "breaks off"),
        (Reply(body=b'{"head": {}, "boolean": true}'), "yes or no"),
        (Reply(301, headers=(("Location", "http://127.0.0.1:9/"),)), "sends on to http://127.0.0.1:9/"),
        (Reply(302, headers=(("Location", "/sparql"),)), "sends on to /sparql"),
        (Reply(400, b"parse error"), "HTTP 400"),
        (Reply(401, headers=(("WWW-Authenticate", 'Basic realm="x"'),)), "HTTP 401"),
        (Reply(401, headers=(("WWW-Authenticate", "Negotiate"),)), "HTTP 401"),
        (Reply(403), "HTTP 403"),
        (Reply(404), "path right"),
        (Reply(413), "too large"),
        (Reply(500, b"boom"), "HTTP 500"),
    ],
)
def test_no_answer(reply, words):
    """What is no whole answer is an error that says what came instead; it is asked for once."""
    with serving(reply) as fake, pytest.raises(RemoteError, match=words):
        engine(fake).select(SELECT)

    assert len(fake.requests) == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (TRIPLES._replace(media="text/html"), "no answer to SPARQL"),
        (TRIPLES._replace(cut=41), "broke off after 41 of 82"),
        (TRIPLES._replace(length=False), "has no length"),
        (TRIPLES._replace(body=b"nonsense"), "is no application/n-triples"),
    ],
)
def test_no_triples(reply, words):
    """Triples that may not be whole are refused: a list of lines does not show that it was cut."""
    with serving(reply) as fake, pytest.raises(RemoteError, match=words):
        engine(fake).construct(CONSTRUCT)


def test_rows_cut_by_the_server():
    """Where the server says that it gives so many rows at most, their number is compared with the count."""

    def cut(count):
        number = (
            b'"type": "literal", "value": "%d", "datatype": "http://www.w3.org/2001/XMLSchema#integer"'
            % count
        )
        counted = b'{"head": {"vars": ["rows"]}, "results": {"bindings": [{"rows": {%b}}]}}' % number
        return serving(GOOD._replace(headers=(("X-SPARQL-MaxRows", "2"),)), Reply(body=counted))

    with cut(2) as fake:
        assert len(engine(fake).select(SELECT).rows) == 2
    with cut(17) as fake, pytest.raises(LimitError, match="2 of 17 rows"):
        engine(fake).select(SELECT)
    assert "SELECT (COUNT(*) AS ?rows) WHERE" in parse_qs(fake.requests[1].body.decode())["query"][0]


def test_solutions_cut_by_virtuoso():
    """Virtuoso does not say that it cut the solutions under triples; asked for them as rows, it does."""
    virtuoso = TRIPLES._replace(server="Virtuoso/07.20")
    for text in (CONSTRUCT, "CONSTRUCT WHERE { ?x ukj:buildsOn ?y } LIMIT 5"):
        with serving(virtuoso, GOOD) as fake:
            assert len(engine(fake).construct(text)) == 1
        sent = parse_qs(fake.requests[1].body.decode())["query"][0]
        assert sent.endswith("SELECT (1 AS ?row) WHERE { ?x ukj:buildsOn ?y } LIMIT 5")

        full = GOOD._replace(headers=(("X-SPARQL-MaxRows", "2"),))
        with serving(virtuoso, full) as fake, pytest.raises(LimitError, match="from 2 solutions at most"):
            engine(fake).construct(text)


def test_part_of_an_answer():
    """An answer that the server itself calls partial is none."""
    part = GOOD._replace(headers=(("X-SQL-State", "S1TAT"), ("X-SQL-Message", "anytime")))
    with serving(part) as fake, pytest.raises(LimitError, match="only part of the answer: anytime"):
        engine(fake).select(SELECT)
