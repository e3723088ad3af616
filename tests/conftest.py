"""For all tests no width of a terminal; for those marked ``server`` real triple stores, empty for each test."""

from __future__ import annotations

import urllib.request
from functools import cache

import pytest

import servers
from ukjapan_graph.answering import views


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch):
    """What is printed does not depend on the width that whoever runs the tests has set."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="module")
def read_once():
    """Questions asked in this process read the release but once: they change nothing in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "open_store", cache(views.open_store))
        yield


def _needs(program: str, package: str) -> None:
    """Fail where a server is not installed: whoever asks for these tests wants them run."""
    if servers.program(program) is None:
        pytest.fail(f"{program} is not installed: {package}", pytrace=False)


@pytest.fixture(scope="session")
def _oxigraph(tmp_path_factory):
    _needs("oxigraph", "pip install oxigraph")
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "data") as server:
        yield server


@pytest.fixture(scope="session")
def _virtuoso(tmp_path_factory):
    _needs("virtuoso-t", "apt-get install virtuoso-opensource")
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso") / "data") as server:
        yield server


@pytest.fixture
def oxigraph(_oxigraph):
    """An Oxigraph server that holds nothing."""
    update = urllib.request.Request(
        f"{_oxigraph.address}/update", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}
    )
    urllib.request.urlopen(update).close()
    return _oxigraph


@pytest.fixture
def virtuoso(_virtuoso):
    """A Virtuoso that holds nothing but its own graphs."""
    port = servers.sql_port(_virtuoso)
    servers.isql(port, _virtuoso.password, "RDF_GLOBAL_RESET();")
    return _virtuoso


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request):
    """Each real server in turn, holding nothing of ours."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def new_server(request, tmp_path):
    """Each real server in turn, started for this test: Virtuoso keeps plans of queries beyond a reset of its data,
    and has answered by a plan made for other data with fewer rows."""
    if request.param == "oxigraph":
        yield request.getfixturevalue("oxigraph")
        return
    _needs("virtuoso-t", "apt-get install virtuoso-opensource")
    with servers.virtuoso(tmp_path / "data") as server:
        yield server
