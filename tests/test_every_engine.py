"""One contract: every saved question has the same rows, in the same order, whoever answers."""

import pytest

import release
import servers
from commands import ukjapan
from fake_store import storing
from jena_engine import jena_engine
from ukjapan_graph import resources
from ukjapan_graph.answering import questions
from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.answering.limits import Limited
from ukjapan_graph.answering.query_tests import compare
from ukjapan_graph.answering.rdflib_engine import RdflibEngine
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.loading.loader import Loader, read_release
from ukjapan_graph.remote.access import Access

ASKS = {
    "ASK { instrument:acsa ukj:signedBy person:boris-johnson }": True,
    "ASK { GRAPH ?g { ?x ukj:inForceFrom ?day } }": False,
}
CONSTRUCTS = (
    "CONSTRUCT { ?area rdfs:label ?label } WHERE { ?area ukj:listNumber ?number ; skos:prefLabel ?label }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH passage:joint-declaration-2017.SC7 { ?s ?p ?o } }",
)
#: What most often differs between engines.
SELECTS = (
    "SELECT DISTINCT ?day ?what { ?what ukj:date ?day } ORDER BY STR(?day) ?what",
    """SELECT DISTINCT ?o { ?s ?p ?o
      FILTER (STRSTARTS(STR(?p), STR(ukj:)) && ISLITERAL(?o) && DATATYPE(?o) != xsd:string && LANG(?o) = '')
    } ORDER BY STR(?o) STR(DATATYPE(?o))""",
    "SELECT DISTINCT ?label { ?s skos:prefLabel ?label FILTER (LANG(?label) = 'ja') } ORDER BY STR(?label)",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ukj:Undertaking }",
    "SELECT DISTINCT ?x ?none { ?x ukj:listNumber 1 OPTIONAL { ?x ukj:never ?none } }",
)


def same_answers(engine):
    """Compare ``engine`` with the embedded one on every saved question and on each form of query."""
    embedded = Embedded.of_merge(release.store())
    saved = [query.text for query in questions.read_all(release.store())]
    assert len(saved) > 60
    different = {
        text: difference
        for text in (*saved, *SELECTS)
        if (difference := compare(embedded.select(text), engine.select(text)))
    }
    assert different == {}
    assert {text: engine.ask(text) for text in ASKS} == ASKS
    assert [engine.construct(text) for text in CONSTRUCTS] == [
        embedded.construct(text) for text in CONSTRUCTS
    ]
    assert all(embedded.construct(text) for text in CONSTRUCTS)


def test_fast_embedded_engine():
    """The engine that answers ``ask``, on Oxigraph's own union."""
    embedded, merged = Embedded(release.store()), Embedded.of_merge(release.store())

    for query in questions.read_all(release.store()):
        assert compare(merged.select(query.text), embedded.select(query.text)) == ""


def test_own_process():
    """The engine with a limit on time."""
    limited = Limited(resources.release_file(), 60)

    merged = Embedded.of_merge(release.store())
    for text in SELECTS:
        assert compare(merged.select(text), limited.select(text)) == ""


def test_rdflib():
    """rdflib, on the queries that most often differ; ``ukjapan queries test`` asks it all the rest."""
    second = RdflibEngine.open(resources.release_file())
    merged = Embedded.of_merge(release.store())

    for text in SELECTS:
        assert compare(merged.select(text), second.select(text)) == ""
    assert {text: second.ask(text) for text in ASKS} == ASKS
    assert [second.construct(text) for text in CONSTRUCTS] == [merged.construct(text) for text in CONSTRUCTS]


def test_over_the_wire():
    """The remote engine, before a store in this process that has the union as default graph."""
    with storing("virtuoso") as fake:
        fake.store.extend(release.store())
        embedded, remote = Embedded(release.store()), Remote(Access(fake.query))
        for query in questions.read_all(release.store()):
            assert compare(embedded.select(query.text), remote.select(query.text)) == ""


@pytest.mark.server
def test_real_server(new_server, monkeypatch):
    """Every real server, loaded by the loader; and asked by the command as well."""
    server = new_server
    access = Access(server.address, server.user, server.password)
    wanted = read_release(resources.release_file())
    with Loader(access) as loader:
        assert loader.run(wanted).survey.agrees
        same_answers(loader.engine)
        address = loader.site.query
    ran = ukjapan("queries", "test", "--endpoint", address)  # with every frozen case, too
    assert (ran.code, ran.out) == (0, "")
    for argv in (["builds-on", "--instrument", "acsa"], ["passage-says", "--format", "csv"], ["in-force"]):
        assert ukjapan("ask", *argv, "--endpoint", address) == ukjapan("ask", *argv)


@pytest.mark.server
def test_jena(tmp_path):
    """Jena's ARQ over TDB2, filled from the release file by its own bulk loader."""
    data, fix = tmp_path / "data", tmp_path / "fix"
    servers.jena(fix, "tdb2.tdbloader", "--loc", str(data), str(resources.release_file()))
    with jena_engine(data, fix) as engine:
        same_answers(engine)
