"""SERVICE to an address that the operator allows, and to no other."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import small_graph
from serving import FEW, serving

ANSWER = {
    "head": {"vars": ["x"]},
    "results": {"bindings": [{"x": {"type": "literal", "value": "from afar"}}]},
}


class Other(BaseHTTPRequestHandler):
    """A SPARQL service that notes who asks: rows at /sparql, a fault at /broken, elsewhere at /moved."""

    asked: list[str]

    def do_POST(self) -> None:
        """Rows, a fault, or a redirection."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def do_GET(self) -> None:
        """The same."""
        self._answer()

    def _answer(self) -> None:
        path = self.path.partition("?")[0]
        self.asked.append(path)
        self.send_response({"/moved": 307, "/broken": 500}.get(path, 200))
        if path == "/moved":
            self.send_header("Location", "/secret")
        self.send_header("Content-Type", "application/sparql-results+json")
        body = json.dumps(ANSWER).encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[tuple[str, list[str]]]:
    """The address of such a service, and the paths that were asked."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Noting", (Other,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def client(other, tmp_path_factory):
    """A client whose server may ask three addresses there."""
    address, _ = other
    release = small_graph.write_release(tmp_path_factory.mktemp("release"))
    allowed = [f"{address}/{name}" for name in ("sparql", "broken", "moved")]
    with serving(release, FEW, allowed) as client:
        yield client


def test_an_allowed_service_is_asked(client, other):
    """The rows of the service come through, and are fetched again each time, for they may change."""
    address, asked = other
    asked.clear()
    query = f"SELECT * {{ SERVICE <{address}/sparql> {{ ?s ?p ?x }} }}"
    for _ in range(2):
        response = client.sparql(query)
        assert response.status_code == 200, response.text
        assert [row["x"]["value"] for row in response.json()["results"]["bindings"]] == ["from afar"]
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    assert asked == ["/sparql"] * 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <BASE/other> { ?s ?p ?x } }",
        "SELECT * { SERVICE <BASE/sparql/> { ?s ?p ?x } }",
        "SELECT * { SERVICE <BASE/sparql?x> { ?s ?p ?x } }",
        "SELECT * { SERVICE <BASE/a/../sparql> { ?s ?p ?x } }",
        "SELECT * { SERVICE <BASE/%73parql> { ?s ?p ?x } }",
        "SELECT * { SERVICE <\\u0068ttp://127.0.0.1/> { ?s ?p ?x } }",
        "SELECT * { SERVICE SILENT <BASE/other> { ?s ?p ?x } }",
        "SELECT * { service#c\n<BASE/other> { ?s ?p ?x } }",
        "BASE <BASE/> SELECT * { SERVICE <sparql> { ?s ?p ?x } }",
        "BASE <BASE/sparql> SELECT * { SERVICE <> { ?s ?p ?x } }",
        "PREFIX a: <BASE/> SELECT * { SERVICE a:other { ?s ?p ?x } }",
        "SELECT * { BIND(<BASE/sparql> AS ?g) SERVICE ?g { ?s ?p ?x } }",
        "SELECT * { VALUES ?g { <BASE/other> } SERVICE SILENT ?g { ?s ?p ?x } }",
        "SELECT * { SERVICE <BASE/sparql> { SERVICE <BASE/other> { ?s ?p ?x } } }",
        "SELECT * { SERVICE <BASE/sparql> { ?s ?p ?x } SERVICE <BASE/other> { ?s ?p ?y } }",
        "ASK { FILTER NOT EXISTS { SERVICE <BASE/other> { ?s ?p ?x } } }",
        "SELECT * FROM <BASE/sparql> { ?s ?p ?o }",
        "SELECT * FROM NAMED <BASE/sparql> { ?s ?p ?o }",
        "LOAD <BASE/sparql>",
        "LOAD SILENT <BASE/sparql> INTO GRAPH <a:b>",
    ],
)
def test_no_other_is_asked(client, other, query):
    """Whatever is not written just as the operator wrote it is refused, and nobody is asked."""
    address, asked = other
    asked.clear()
    response = client.sparql(query.replace("BASE/", f"{address}/"))
    assert response.status_code == 400, response.text
    assert response.json()["type"].rpartition("/")[2] in ("refused", "syntax", "unknown-graph")
    assert asked == []


def test_a_service_that_fails(client, other):
    """A fault of the service is told as such; with SILENT there are no rows from it, as the standard says."""
    address, _ = other
    loud = client.sparql(f"SELECT * {{ SERVICE <{address}/broken> {{ ?s ?p ?x }} }}")
    silent = client.sparql(f"SELECT * {{ SERVICE SILENT <{address}/broken> {{ ?s ?p ?x }} }}")
    assert (loud.status_code, loud.json()["type"].rpartition("/")[2]) == (502, "service")
    assert silent.status_code == 200


def test_a_service_that_sends_on(client, other):
    """Where an allowed service sends elsewhere, nobody goes there."""
    address, asked = other
    asked.clear()
    response = client.sparql(f"SELECT * {{ SERVICE <{address}/moved> {{ ?s ?p ?x }} }}")
    assert asked == ["/moved"]
    assert response.status_code == 502
