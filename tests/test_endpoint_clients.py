"""Other people's clients against a running server: each gets what the library gives."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

import servers
from ukjapan_graph.answering import answers
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.resources import release_path, root

pytestmark = pytest.mark.server

#: Where .ci/run has npm put what it installs.
PACKAGES = Path(sys.prefix) / "node_modules"
ACSA = "https://w3id.org/ukjapan/id/instrument/acsa"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
NAME = "UK-Japan Acquisition and Cross-Servicing Agreement (ACSA)"
QUERY = f"SELECT ?label WHERE {{ <{ACSA}> <{LABEL}> ?label }}"


@pytest.fixture(scope="module")
def base():
    """The address of a server."""
    with servers.endpoint() as (base, _):
        yield base


def _needs(there: object, install: str) -> None:
    """Fail where a client is not installed: whoever asks for these tests wants them run."""
    if not there:
        pytest.fail(f"a client is not installed: {install}", pytrace=False)


def test_rdflib(base):
    """rdflib's SPARQL store reads rows and truths, by GET and by POST, as JSON and as XML."""
    for method in ("GET", "POST", "POST_FORM"):
        for form in ("json", "xml"):
            store = SPARQLStore(f"{base}/sparql", returnFormat=form, method=method)
            assert [str(row[0]) for row in store.query(QUERY)] == [NAME]
            assert store.query(QUERY.replace("SELECT ?label WHERE", "ASK")).askAnswer is True
    graph = rdflib.Graph(store=SPARQLStore(f"{base}/sparql", returnFormat="json"))
    assert str(graph.value(rdflib.URIRef(ACSA), rdflib.URIRef(LABEL))) == NAME


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_sparqlwrapper(base):
    """SPARQLWrapper gets rows in four formats, and graphs in three."""
    import SPARQLWrapper as wrapper

    client = wrapper.SPARQLWrapper(f"{base}/sparql")
    client.setQuery(QUERY)
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(form)
        found = client.query().convert()
        text = (
            found.toxml()
            if form == wrapper.XML
            else json.dumps(found)
            if form == wrapper.JSON
            else found.decode()
        )
        assert NAME in text
    client.setQuery(f"CONSTRUCT WHERE {{ <{ACSA}> ?p ?o }}")
    for form, name in ((wrapper.TURTLE, "turtle"), (wrapper.RDFXML, None), (wrapper.JSONLD, None)):
        client.setReturnFormat(form)
        found = client.query().convert()
        graph = rdflib.Graph().parse(data=found, format=name) if name else found
        assert rdflib.Literal(NAME, lang="en") in set(graph.objects())


def test_curl(base, tmp_path):
    """curl asks by GET, by a form, by a file as it is, and for the head alone."""
    _needs(shutil.which("curl"), "apt-get install curl")
    file = tmp_path / "query.rq"
    file.write_text(QUERY, encoding="utf-8")
    csv = f"label\r\n{NAME}\r\n"
    asked = (
        ["-G", "--data-urlencode", f"query={QUERY}"],
        ["--data-urlencode", f"query={QUERY}"],
        ["--data-urlencode", f"query@{file}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"],
    )
    for options in asked:
        line = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", *options, f"{base}/sparql"]
        assert subprocess.run(line, capture_output=True, check=True).stdout.decode() == csv
    line = ["curl", "-sS", "-I", "-G", "--data-urlencode", f"query={QUERY}", f"{base}/sparql"]
    head = subprocess.run(line, capture_output=True, check=True).stdout.decode().lower()
    assert head.startswith("http/1.1 200") and "etag:" in head
    assert not re.search("server: .*[0-9]", head)


def test_jena(base, tmp_path):
    """Jena's ARQ reads rows, a truth and a graph."""
    _needs(
        Path("/usr/share/java/jena-arq.jar").is_file(),
        "apt-get install libapache-jena-java default-jre-headless",
    )
    ask = ("arq.rsparql", "--service", f"{base}/sparql")
    assert NAME in servers.jena(tmp_path / "fix", *ask, "--results=csv", QUERY)
    assert "Yes" in servers.jena(tmp_path / "fix", *ask, QUERY.replace("SELECT ?label WHERE", "ASK"))
    text = servers.jena(tmp_path / "fix", *ask, "--results=ttl", f"CONSTRUCT WHERE {{ <{ACSA}> ?p ?o }}")
    assert rdflib.Literal(NAME, lang="en") in set(rdflib.Graph().parse(data=text, format="turtle").objects())


def test_comunica(base, tmp_path):
    """Comunica finds out by itself that this is an endpoint, and reads rows, a truth and a graph."""
    _needs(
        (PACKAGES / "@comunica/query-sparql").is_dir() and shutil.which("node"), "see .ci/run: npm install"
    )
    script = tmp_path / "ask.cjs"
    script.write_text(
        """
        const { QueryEngine } = require(process.argv[2] + "/@comunica/query-sparql");
        const [endpoint, rows, graph] = process.argv.slice(3);
        (async () => {
          const engine = new QueryEngine();
          const found = [];
          for (const source of [endpoint, { type: "sparql", value: endpoint }]) {
            const bindings = await (await engine.queryBindings(rows, { sources: [source] })).toArray();
            const quads = await (await engine.queryQuads(graph, { sources: [source] })).toArray();
            found.push([
              bindings.map(row => row.get("label").value),
              await engine.queryBoolean("ASK { ?s ?p ?o }", { sources: [source] }),
              quads.length,
            ]);
          }
          console.log(JSON.stringify(found));
        })();
        """
    )
    graph = f"CONSTRUCT WHERE {{ <{ACSA}> <{LABEL}> ?o }}"
    line = ["node", str(script), str(PACKAGES), f"{base}/sparql", QUERY, graph]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [[[NAME], True, 1]] * 2


def test_grlc(base, tmp_path):
    """grlc makes an API of the query files as they lie, and its answers through this server are the library's."""
    pytest.importorskip("grlc", reason="pip install grlc")
    (tmp_path / "config.ini").write_text(
        f"[defaults]\nsparql_endpoint = {base}/sparql\nserver_name = localhost\n"
        f"[local]\nlocal_sparql_dir = {root() / 'queries'}\n"
    )
    script = """
import json, sys
from grlc.server import app
client = app.test_client()
spec = client.get("/api-local/swagger").get_json()
found = {path: operation["get"]["summary"] for path, operation in spec["paths"].items()}
rows = client.get("/api-local/" + sys.argv[1], headers={"Accept": "text/csv"}).get_data(as_text=True)
print("FOUND" + json.dumps([found, rows]))
"""
    line = [sys.executable, "-c", script, "in-force"]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    found, rows = json.loads(ran.stdout.partition("FOUND")[2])
    store = open_store(release_path())
    names = {path.stem for path in (root() / "queries").glob("*.rq")}
    assert {path.strip("/").rpartition("/")[2] for path in found} == names
    assert len(rows.split("\r\n")) - 2 == len(answers.ask(store, "in-force", {}))
