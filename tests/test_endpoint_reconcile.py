"""The reconciliation service, asked as its clients ask it."""

from __future__ import annotations

import json
import time

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciliation_messages import faults
from serving import serving
from ukjapan_graph.endpoint.reconciliation.manifest import BATCH, EXTENDED, PATHS
from ukjapan_graph.linking.alike.reconciling import Question
from ukjapan_graph.resources import release_path


@pytest.fixture(scope="module")
def client():
    """A client on the release."""
    with serving(release_path()) as client:
        yield client


def asked(client, *queries: dict, **more: object):
    """The answer to a batch of ``queries``, by POST."""
    batch = {f"q{number}": query for number, query in enumerate(queries)}
    return client.request("POST", "/reconcile", data={"queries": json.dumps(batch)}, **more)


def best(client, **query: object) -> dict:
    """The first candidate for one query."""
    return asked(client, query).json()["q0"]["result"][0]


def test_manifest(client):
    """GET without parameters gives the manifest (3.1), and every address in it answers."""
    response = client.get("/reconcile")
    found = response.json()

    assert response.headers["content-type"] == "application/json"
    assert faults("manifest", found) == []
    assert (found["versions"], found["batchSize"]) == (["0.2"], BATCH)
    assert {"ukj:Person", "ukj:Instrument", "ukj:State"} <= {row["id"] for row in found["defaultTypes"]}
    one = "state%2Fjapan"
    for address in (found["preview"]["url"], found["view"]["url"]):
        assert client.get(address.replace("{{id}}", one)).status_code in (200, 303)
    assert client.get(found["feature_view"]["url"].replace("{{id}}", "property%3Aoffice")).status_code == 200
    for what, row in found["suggest"].items():
        assert (
            client.get(row["service_url"] + row["service_path"], params={"prefix": ""}).status_code == 200
        ), what
    row = found["extend"]["propose_properties"]
    assert client.get(row["service_url"] + row["service_path"]).status_code == 200


def test_queries_by_get_and_post(client):
    """Both ways give the same answer, as the standard has it (4.2, 4.3)."""
    batch = {"q0": {"query": "Fumio Kishida", "limit": 3}, "another key": {"query": "ACSA"}}
    by_get = client.get("/reconcile", params={"queries": json.dumps(batch)})
    by_post = client.request("POST", "/reconcile", data={"queries": json.dumps(batch)})

    assert by_get.content == by_post.content
    assert faults("results", by_get.json()) == []
    assert {key: row["result"][0]["id"] for key, row in by_get.json().items()} == {
        "q0": "person/fumio-kishida",
        "another key": "instrument/acsa",
    }


def test_candidate(client):
    """A candidate has everything that the standard lets it have."""
    assert best(client, query="KISHIDA, Fumio") == {
        "id": "person/fumio-kishida",
        "name": "Fumio Kishida",
        "description": "person; Foreign Minister of Japan",
        "type": [{"id": "ukj:Person", "name": "person"}, {"id": "ukj:Agent", "name": "agent"}],
        "score": 100.0,
        "match": True,
        "features": [
            {"id": "name", "value": 100.0},
            {"id": "exact_name", "value": False},
            {"id": "name_used_by_document", "value": False},
            {"id": "name_from_outside", "value": False},
        ],
    }


def test_every_thing_is_found_by_its_name_and_by_its_identifier(client):
    """The standard expects it of a name that is matched exactly, and of an identifier as query (4.4)."""
    things = client.service.reconciler.catalogue.things.values()
    for thing in things:
        for text in {thing.label, thing.id}:
            found = client.service.reconciler.candidates(Question(text, limit=100))
            assert thing.id in {one.thing.id for one in found if one.score == 100}, text


def test_type_and_properties_as_constraints(client):
    """A type shuts others out, unless it only should; properties tell namesakes apart."""
    family = {"query": "Philip", "type": "ukj:Person"}
    british = {"pid": "state", "v": {"id": "state/united-kingdom", "name": "UK"}}
    held = {"pid": "office", "v": "Foreign Secretary"}
    found = asked(
        client, {"query": "Japan", "type": ["ukj:Organisation"]},
        {"query": "Japan", "type": "ukj:Organisation", "type_strict": "should"},
        family | {"properties": [british, held]}, {"properties": [held]},
    ).json()  # fmt: skip

    assert faults("results", found) == []
    assert "state/japan" not in {row["id"] for row in found["q0"]["result"]}
    assert "state/japan" in {row["id"] for row in found["q1"]["result"]}
    assert found["q2"]["result"][0]["id"] == "person/philip-hammond"
    assert {row["id"] for row in found["q3"]["result"]} == {
        "person/boris-johnson", "person/liz-truss", "person/philip-hammond", "person/william-hague",
    }  # fmt: skip
    assert not any(row["match"] for row in found["q3"]["result"])


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("[", "JSON"),
        ("[]", "no object"),
        ('{"q": 1}', "no object"),
        ('{"q": {}}', "needs"),
        ('{"q": {"query": ""}}', "not empty"),
        ('{"q": {"query": 5}}', "is a text"),
        ('{"q": {"query": "x", "limit": 0}}', "above 0"),
        ('{"q": {"query": "x", "limit": NaN}}', "no number"),
        ('{"q": {"query": "x", "limit": true}}', "above 0"),
        ('{"q": {"query": "\\ud800"}}', "JSON"),
        ('{"\\ud800": {"query": "x"}}', "JSON"),
        ('{"q": {"query": "x", "type": "ukj:Boat"}}', "no type ukj:Boat"),
        ('{"q": {"query": "x", "type": {"id": "ukj:Person"}}}', "is a type"),
        ('{"q": {"query": "x", "type_strict": []}}', "any, should, all"),
        ('{"q": {"query": "x", "properties": [{"pid": "colour", "v": 1}]}}', "no property colour"),
        ('{"q": {"query": "x", "properties": [{"pid": "name", "v": null}]}}', "is a text, number"),
        ('{"q": {"query": "x", "properties": [{"pid": "name", "v": {"id": [1]}}]}}', "is a text, number"),
        ('{"q": {"query": "x", "boat": 1}}', "has boat"),
        ("[" * 50_000, "nested"),
        ('{"q": {"query": "x", "limit": ' + "9" * 5000 + "}}", "JSON"),
        ('{"q": {"query": "' + "x" * 2001 + '"}}', "2,001 characters"),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_batch_is_refused(client, query, reason):
    """Bad JSON, and what is JSON but no batch, are 400 with the reason, and never a fault of the server."""
    response = client.request("POST", "/reconcile", data={"queries": query})

    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert reason in response.json()["detail"]


def test_batches_that_are_too_large(client):
    """More queries than the manifest says are 413 (3.1), ten thousand of them at once; so are entities."""
    queries = [{"query": "x"}] * (BATCH + 1)
    start = time.monotonic()
    assert asked(client, *queries).status_code == 413
    assert asked(client, *queries * 200).status_code == 413
    assert time.monotonic() - start < 5
    asked_for = {"ids": ["x"] * (EXTENDED + 1), "properties": []}
    assert client.request("POST", "/reconcile", data={"extend": json.dumps(asked_for)}).status_code == 413


def test_a_full_batch_of_long_names_takes_little_time(client):
    """As much as may be asked at once is answered well within the limit."""
    start = time.monotonic()
    found = asked(client, *[{"query": f"agreement on defence {n} " * 20} for n in range(BATCH)])
    assert (found.status_code, len(found.json())) == (200, BATCH)
    assert time.monotonic() - start < 8


@given(text=st.text(max_size=60), strict=st.sampled_from(["any", "all", "should"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name(client, text, strict):
    """Any text as a name gets an answer of the right form, or a refusal."""
    batch = {text: {"query": text, "type": "Person", "type_strict": strict}}
    response = client.request("POST", "/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code == (200 if text else 400)
    if response.status_code == 200:
        assert faults("results", response.json()) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "query",
                    "type",
                    "type_strict",
                    "limit",
                    "properties",
                    "pid",
                    "v",
                    "id",
                    "ids",
                    "settings",
                    "name",
                    "q0",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(message=JSON, what=st.sampled_from(["queries", "extend"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json(client, message, what):
    """Any JSON as a batch or an extension is answered in form, or refused with a reason; the server never fails."""
    response = client.request("POST", "/reconcile", data={what: json.dumps(message)})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert faults("results" if what == "queries" else "extension", response.json()) == []
    else:
        assert response.json()["detail"]


def test_cells_that_are_no_names(client):
    """A blank cell, one with a page of text, and one of signs have no candidates, and spoil no batch."""
    found = asked(
        client, {"query": "  "}, {"query": "word " * 390}, {"query": "-?!"}, {"query": "Liz Truss"}
    ).json()
    assert [len(found[f"q{number}"]["result"]) > 0 for number in (0, 2, 3)] == [False, False, True]
    assert not any(row["match"] for row in found["q1"]["result"])


def test_other_wrong_requests(client):
    """No form, nothing asked, both at once, JSONP: refused, each in words that help."""
    content = {"content": b"{}", "headers": {"Content-Type": "application/json"}}
    wrong = [
        (client.request("POST", "/reconcile", **content), 415, "form-urlencoded"),
        (client.request("POST", "/reconcile", data={"x": "1"}), 400, "queries or extend"),
        (client.get("/reconcile", params={"queries": "{}", "extend": "{}"}), 400, "not both"),
        (client.get("/reconcile", params={"callback": "f"}), 400, "JSONP"),
        (client.get("/reconcile/suggest/boat"), 404, "boat"),
        (client.get("/reconcile/suggest/entity", params={"cursor": "x"}), 400, "cursor"),
        (client.get("/reconcile/suggest/entity", params={"type": "x"}), 400, "no type x"),
        (client.get("/reconcile/suggest/entity", params={"prefix": "x" * 2001}), 400, "characters"),
        (client.get("/reconcile/flyout/entity", params={"id": "x"}), 404, "no entity x"),
        (client.get("/reconcile/preview", params={"id": "x\0"}), 404, "identifier"),
        (client.get("/reconcile/features", params={"id": "x"}), 404, "feature"),
        (client.get("/reconcile/properties", params={"limit": "²"}), 400, "limit"),
    ]
    for response, status, words in wrong:
        assert (response.status_code, words in response.json()["detail"]) == (status, True), words
    assert client.request("DELETE", "/reconcile").status_code == 405


def test_suggestions(client):
    """What is typed finds entities, properties and types, by name, by identifier, and past a cursor."""
    for what, prefix, key in (
        ("entity", "fumi", "person/fumio-kishida"),
        ("entity", "kishi", "person/fumio-kishida"),
        ("entity", "岸田文", "person/fumio-kishida"),
        ("entity", "https://w3id.org/ukjapan/id/state/japan", "state/japan"),
        ("entity", "Kisida Fumio", "person/fumio-kishida"),
        ("property", "office", "office"),
        ("property", "ukj:ofState", "ukj:ofState"),
        ("type", "armed", "ukj:ArmedForce"),
        ("type", "ukj:State", "ukj:State"),
    ):
        found = client.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()
        assert faults(f"suggestions of {what}", found) == []
        assert found["result"][0]["id"] == key, prefix

    pages = [
        [
            row["id"]
            for row in client.get(f"/reconcile/suggest/entity?prefix=&cursor={start}").json()["result"]
        ]
        for start in (0, 20)
    ]
    assert len({*pages[0], *pages[1]}) == 40
    persons = client.get("/reconcile/suggest/entity?prefix=&type=ukj:Person").json()["result"]
    assert {row["id"].partition("/")[0] for row in persons} == {"person"}


def test_flyouts(client):
    """A flyout has the identifier as given, and HTML in which nothing is open (6.5)."""
    for what, key in (("entity", "state/japan"), ("property", "ukj:ofState"), ("type", "ukj:State")):
        found = client.get(f"/reconcile/flyout/{what}", params={"id": key}).json()
        assert faults("flyout", found) == []
        assert found["id"] == key
        html5lib.HTMLParser(strict=True).parseFragment(found["html"])


def test_preview_may_be_framed_and_nothing_else_may(client):
    """OpenRefine shows a preview in a frame; no other page of the server lets itself be framed."""
    response = client.get("/reconcile/preview", params={"id": "person/fumio-kishida"})
    policies = response.headers.get_list("content-security-policy")

    assert len(policies) == 1
    assert "frame-ancestors http: https:" in policies[0]
    assert "default-src 'none'" in policies[0] and "script" not in policies[0]
    html5lib.HTMLParser(strict=True).parse(response.text)
    assert "Foreign Minister of Japan" in response.text
    for other in ("/", "/page/state/japan", "/reconcile/features", "/reconcile"):
        assert "frame-ancestors 'none'" in client.get(other).headers["content-security-policy"]


def test_extension(client):
    """Values of properties: things, texts, numbers and dates, as few as asked for; nothing for the unknown."""
    query = {
        "ids": ["person/boris-johnson", "area/cyber-security", "event/acsa-signing", "state/nowhere"],
        "properties": [
            {"id": "office"}, {"id": "ukj:listNumber"}, {"id": "date"},
            {"id": "name", "settings": {"limit": "1"}}, {"id": "identifier", "settings": {"limit": 0}},
        ],
    }  # fmt: skip
    by_get = client.get("/reconcile", params={"extend": json.dumps(query)})
    by_post = client.request("POST", "/reconcile", data={"extend": json.dumps(query)})
    found = by_post.json()

    assert by_get.content == by_post.content
    assert faults("extension", found) == []
    assert [row["id"] for row in found["meta"]] == ["office", "ukj:listNumber", "date", "name", "identifier"]
    rows = found["rows"]
    assert list(rows) == query["ids"]
    assert rows["person/boris-johnson"]["office"] == [
        {"id": "office/uk-foreign-secretary", "name": "Foreign Secretary of the UK"}
    ]
    assert isinstance(rows["area/cyber-security"]["ukj:listNumber"][0]["int"], int)
    assert rows["event/acsa-signing"]["date"] == [{"str": "2017-01-26"}]
    assert rows["person/boris-johnson"]["name"] == [{"str": "Boris Johnson"}]
    assert all(values == [] for values in rows["state/nowhere"].values())


def test_every_value_of_every_thing_has_the_form_of_the_standard(client):
    """All properties of all things can be asked for, and nothing in any answer is out of form."""
    reconciler = client.service.reconciler
    ids, names = list(reconciler.catalogue.things), list(reconciler.properties.all)
    for start in range(0, len(names), 20):
        query = {"ids": ids, "properties": [{"id": name} for name in names[start : start + 20]]}
        response = client.request("POST", "/reconcile", data={"extend": json.dumps(query)})
        assert faults("extension", response.json()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "{}", '{"ids": 1, "properties": []}', '{"ids": [1], "properties": []}', '{"ids": [], "properties": [1]}',
        '{"ids": [], "properties": [{"id": "colour"}]}',
        '{"ids": [], "properties": [{"id": "name", "settings": {"limit": "²"}}]}',
        '{"ids": [], "properties": [{"id": "name", "settings": {"limit": -1}}]}',
        '{"ids": [], "properties": [{"id": "name", "settings": [1]}]}',
    ],
)  # fmt: skip
def test_wrong_extensions(client, wrong):
    """What is no data extension query is refused."""
    assert client.request("POST", "/reconcile", data={"extend": wrong}).status_code == 400


def test_proposed_properties(client):
    """Only properties that things of the type have values of are proposed (7.2)."""
    persons = client.get("/reconcile/properties?type=ukj:Person").json()
    two = client.get("/reconcile/properties?type=ukj:Event&limit=2").json()

    for found in (persons, two, client.get("/reconcile/properties").json()):
        assert faults("proposal", found) == []
    ids = {row["id"] for row in persons["properties"]}
    assert {"office", "foaf:familyName"} <= ids
    assert "ukj:stageOf" not in ids
    assert (len(two["properties"]), two["limit"], two["type"]) == (2, 2, "ukj:Event")


def test_every_answer_can_be_read_across_origins(client):
    """All addresses allow it, refusals and answers to OPTIONS too (3.3)."""
    for path in ("/reconcile", "/reconcile/suggest/type", "/reconcile/preview?id=x", "/reconcile/properties"):
        for response in (client.get(path), client.request("OPTIONS", path.partition("?")[0])):
            assert response.headers["access-control-allow-origin"] == "*"
    allowed = client.request("OPTIONS", "/reconcile").headers["access-control-allow-methods"]
    assert "POST" in allowed


def test_the_service_is_told_of(client):
    """The front page leads to it, and the OpenAPI document has its addresses."""
    assert 'href="/reconcile"' in client.get("/").text
    assert set(PATHS) <= set(client.get("/openapi.json").json()["paths"])


def test_what_openrefine_sends(client):
    """The messages of a whole session of OpenRefine, as its sources build them, in their order.

    Adding the service; guessing types; reconciling with a type and a column; choosing another match; previewing;
    adding columns from the values of what was matched.
    """
    origin = {"headers": {"Origin": "http://127.0.0.1:3333"}}
    manifest = client.get("/reconcile", "application/json, text/plain, */*", **origin).json()
    guesses = asked(client, *[{"query": name, "limit": 3} for name in ("Fumio Kishida", "Liz Truss")]).json()
    types = [row["type"][0]["id"] for answer in guesses.values() for row in answer["result"][:1]]
    assert types == ["ukj:Person"] * 2

    query = {
        "query": "Truss", "type": types[0], "type_strict": "should", "limit": 5,
        "properties": [{"pid": "office", "v": {"id": "office/uk-foreign-secretary", "name": "Foreign Secretary"}}],
    }  # fmt: skip
    found = asked(client, query, **origin)
    assert found.headers["access-control-allow-origin"] == "*"
    chosen = found.json()["q0"]["result"][0]["id"]
    assert chosen == "person/liz-truss"

    suggest = manifest["suggest"]["entity"]
    address = suggest["service_url"] + suggest["service_path"]
    assert client.get(address, params={"prefix": "Liz", "type": types[0]}).json()["result"][0]["id"] == chosen
    flyout = suggest["flyout_service_url"] + suggest["flyout_service_path"]
    assert client.get(flyout.replace("${id}", "person%2Fliz-truss")).json()["id"] == chosen
    assert "Liz Truss" in client.get(manifest["preview"]["url"].replace("{{id}}", "person%2Fliz-truss")).text

    row = manifest["extend"]["propose_properties"]
    proposed = client.get(
        row["service_url"] + row["service_path"], params={"type": types[0], "limit": 256}
    ).json()
    columns = [{"id": one["id"], "settings": {"limit": "1"}} for one in proposed["properties"]][:3]
    extend = {"extend": json.dumps({"ids": [chosen], "properties": columns})}
    rows = client.request("POST", "/reconcile", data=extend).json()
    assert [one["id"] for one in rows["meta"]] == [one["id"] for one in columns]
    assert all(len(rows["rows"][chosen][one["id"]]) <= 1 for one in columns)


@pytest.mark.parametrize(
    "number", ["0" * 9 + "9" * 5000, "0" * 9 + "10001", "9" * 20, "-1", "1.0", "\u0663", ""]
)
@pytest.mark.parametrize("address", ["/reconcile/suggest/entity?cursor=", "/reconcile/properties?limit="])
def test_numbers_that_are_none(client, address, number):
    """What is no number, or more than may be asked for, is refused, however it is written."""
    response = client.get(f"{address}{number}")
    assert (response.status_code, "whole number" in response.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("limit", "count"), [(1, 1), (1.0, 1), ("1", 1), ("0000000000001", 1), ("", None), (0, None)]
)
def test_the_most_values_of_a_row(client, limit, count):
    """A limit may come as a form or a script writes it; none and 0 are all."""
    asked = {"ids": ["instrument/acsa"], "properties": [{"id": "name", "settings": {"limit": limit}}]}
    response = client.request("POST", "/reconcile", data={"extend": json.dumps(asked)})
    names = response.json()["rows"]["instrument/acsa"]["name"]
    assert len(names) == count if count else len(names) > 1
