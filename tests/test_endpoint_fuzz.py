"""Whatever is sent, the endpoint answers: never 500, never a cut answer, and it goes on."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small_graph
from serving import serving
from ukjapan_graph.endpoint.limits import Limits

CODE = (
    "SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH SERVICE UNION OPTIONAL FILTER BIND AS VALUES "
    "LIMIT COUNT PREFIX INSERT DELETE LOAD DATA { } ?s ?p ?o * . ; , a ( ) 1 || && ! = + / ^ % < > "
    "ukj: ukj:buildsOn <http://x/> \" \"x\" ''' @en ^^ # \\u0041 外 \n \x00"
)
WORDS = st.sampled_from(CODE.split(" "))
QUERIES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80)
FINE = {200, 303, 400, 404, 405, 406, 413, 415, 429, 503, 504}
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A client on the small release, with little time and room."""
    release = small_graph.write_release(tmp_path_factory.mktemp("release"))
    with serving(release, Limits(seconds=1, workers=1, memory=0, largest=200_000)) as client:
        yield client


def check(response) -> None:
    """The response is one that may be given, and a refusal says why."""
    assert response.status_code in FINE
    if response.status_code >= 400:
        assert json.loads(response.content)["detail"]


@given(query=QUERIES)
@OFTEN
def test_any_query(client, query):
    """Any text as a query is answered or refused with a reason."""
    encodable = query.encode("utf-8", "replace").decode()
    check(client.request("POST", "/sparql", data={"query": encodable}))


@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["application/sparql-query", "text/plain", "", "a/b;c=\xe9"]),
)
@OFTEN
def test_any_body(client, body, kind):
    """Any bytes under any type are answered or refused with a reason."""
    check(client.request("POST", "/sparql", content=body, headers={"Content-Type": kind.encode("latin-1")}))


@given(
    name=st.sampled_from(["builds-on", "names-used", "x", "..", "%00"]),
    values=st.dictionaries(
        st.sampled_from(["instrument", "day", "word", "page", "page_size", "format", "x"]),
        st.text(max_size=20),
        max_size=3,
    ),
)
@OFTEN
def test_any_parameters(client, name, values):
    """Any parameters of a saved query are bound or refused, and cannot change the query."""
    fit = {key: value.encode("utf-8", "replace").decode() for key, value in values.items()}
    check(client.get(f"/queries/{name}", params=fit))


@given(accept=st.text(st.characters(codec="latin-1", exclude_characters="\r\n\x00"), max_size=60))
@OFTEN
def test_any_accept(client, accept):
    """Any Accept header leads to a format or to 406."""
    check(client.request("GET", "/queries/builds-on", headers={"Accept": accept.encode("latin-1")}))


@given(
    path=st.lists(
        st.sampled_from(
            ["id", "instrument", "ferry-pact", "ns", "data", "..", "%2e", "é", "store", "", "a" * 300]
        ),
        max_size=5,
    )
)
@OFTEN
def test_any_path(client, path):
    """Any path is answered or is not there."""
    check(client.get("http://host/" + "/".join(path)))
