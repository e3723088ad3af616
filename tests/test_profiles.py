"""The table of stores, and which row is meant."""

import pytest

from ukjapan_graph.errors import UnknownNameError, UsageError
from ukjapan_graph.loading.profiles import PROFILES, guess, profile, site


@pytest.mark.parametrize("name", PROFILES)
def test_rows_are_consistent(name):
    """What is done piece by piece has a limit on pieces; a default graph is filled only all at once."""
    row = PROFILES[name]

    assert row.name == name
    assert row.whole or row.inline
    assert row.whole or row.union
    assert row.note.endswith(".")
    assert row.portion >= 1_000_000
    assert row.rows >= 1_000


def test_the_tested_ones():
    """Two stores are run by the tests; the others say that they are not."""
    assert {name for name, row in PROFILES.items() if row.tested} == {"oxigraph", "virtuoso"}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("oxigraph", "http://h:7878"), ("oxigraph", "http://h:7878/"), ("oxigraph", "http://h:7878/query"),
        ("oxigraph", "http://h:7878/update"), ("oxigraph", "http://h:7878/store"),
    ],
)  # fmt: skip
def test_any_address_of_a_store(name, address):
    """The base, or any address that people have at hand, leads to all the others."""
    assert site(address, PROFILES[name])[1:] == (
        "http://h:7878/query",
        "http://h:7878/update",
        "http://h:7878/store",
        "http://h:7878/store",
    )


def test_addresses_of_other_stores():
    """Each store has its own paths; a store without Graph Store Protocol has no address for it."""
    assert site("http://h/sparql-auth", PROFILES["virtuoso"])[1:] == (
        "http://h/sparql",
        "http://h/sparql-auth",
        "http://h/sparql-graph-crud-auth",
        None,
    )
    repository = "http://h/repositories/x"
    assert site(repository, PROFILES["graphdb"])[1:] == (
        repository,
        f"{repository}/statements",
        f"{repository}/rdf-graphs/service",
        None,
    )
    assert site("http://h/x", PROFILES["qlever"])[1:] == ("http://h/x", "http://h/x", None, None)
    assert site("https://h:8182/sparql/gsp", PROFILES["neptune"]).query == "https://h:8182/sparql"


@pytest.mark.parametrize("name", ["data", "query", "sparql", "update", "x"])
def test_names_like_endings(name):
    """A dataset, database or repository may be called what an address ends in; a host too."""
    for ending in ("", "/", "/query", "/update", "/data", "/data/"):
        found = site(f"http://h:3030/{name}{ending}", PROFILES["fuseki"])
        assert found.query == f"http://h:3030/{name}/query"
    for ending in ("", "/", "/query", "/update"):
        assert (
            site(f"http://h:5820/{name}{ending}", PROFILES["stardog"]).query == f"http://h:5820/{name}/query"
        )
    assert site(f"http://{name}/", PROFILES["oxigraph"]).query == f"http://{name}/query"
    assert site(f"http://{name}/query", PROFILES["oxigraph"]).query == f"http://{name}/query"


def test_repositories_called_statements():
    """A repository of RDF4J or GraphDB keeps its name."""
    for kind, above in (("graphdb", "http://h"), ("rdf4j", "http://h/rdf4j-server")):
        for ending in ("", "/statements", "/rdf-graphs/service"):
            repository = f"{above}/repositories/statements"
            assert site(repository + ending, PROFILES[kind]).query == repository
    assert site("http://h/repositories/query", PROFILES["fuseki"]).query == "http://h/repositories/query"


def test_query_string_in_an_address():
    """An address with parameters of its own cannot be built upon."""
    with pytest.raises(UsageError, match="without its query string"):
        site("http://h/sparql?x=1", PROFILES["virtuoso"])


@pytest.mark.parametrize(
    ("address", "server", "name"),
    [
        ("http://h/", "Oxigraph/0.5.13", "oxigraph"),
        ("http://h/sparql", "Virtuoso/07.20.3229 (Linux)", "virtuoso"),
        ("http://h/ds", "Apache Jena Fuseki (4.5.0)", "fuseki"),
        ("http://h/rdf4j-server/repositories/x", "Apache", "rdf4j"),
        ("http://h/repositories/x", "", "graphdb"),
        ("https://x.cluster.neptune.amazonaws.com:8182", "", "neptune"),
    ],
)
def test_guess(address, server, name):
    """A store is known by what it calls itself, else by its address."""
    assert guess(address, server).name == name


def test_unknown():
    """A store that cannot be told, and one that is not in the table, are refused with those that are."""
    with pytest.raises(UsageError, match=r"calls itself 'nginx'.*--store"):
        guess("http://h/sparql", "nginx")
    with pytest.raises(UsageError, match=r"It answered HTTP 400: no query$"):
        guess("http://h/sparql", "", "HTTP 400: no query")
    with pytest.raises(UnknownNameError, match="auto, oxigraph, virtuoso"):
        profile("blazegraph")
