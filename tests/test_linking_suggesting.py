"""Neighbours asked for what may be the same; and neighbours that fail."""

import contextlib
import json
import socket
import threading
import time

import pytest

from fake_neighbour import MANIFEST, TRIPLES, WIKIDATA, endpoint, row, service
from fake_server import Reply, serving
from release import store
from ukjapan_graph.data.neighbours import NEIGHBOURS
from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.linking.alike import stores_asked
from ukjapan_graph.linking.alike.catalogue import Catalogue
from ukjapan_graph.linking.alike.services_asked import LOOKED_AT
from ukjapan_graph.linking.alike.suggesting import MOST, asking, linked, suggest, unlinked
from ukjapan_graph.remote.access import Access


@pytest.fixture(scope="module")
def catalogue():
    """Of the release."""
    return Catalogue(store())


def asked(catalogue, fake, *names, seconds=5, way="auto", **more):
    """What came of asking ``fake`` for the things ``names``."""
    things = [catalogue.thing(name) for name in names]
    with asking(Access(fake.address), catalogue, seconds=seconds, way=way) as there:
        return suggest(there, catalogue, things, **more)


def test_a_store(catalogue):
    """A SPARQL endpoint is known by its answers; what it knows is evidence, and tells namesakes apart."""
    with serving(endpoint()) as fake:
        found = asked(catalogue, fake, "person:koji-tsuruoka", "instrument:raa", "person:keiichi-hayashi")
    assert found.failure is None
    told = [(one.thing.id, one.found.iri.rpartition("/")[2], one.evidence.score) for one in found.pairs]
    assert told == [
        ("person/koji-tsuruoka", "Q900000001", 100.0),
        ("instrument/raa", "Q900000003", 85.5),
        ("person/keiichi-hayashi", "1", 85.5),
    ]
    first = found.pairs[0]
    assert (first.neighbour.name, first.found.note, first.evidence.related) == (
        "wikidata", "diplomat, invented", (WIKIDATA + "Q17",),
    )  # fmt: skip
    assert found.pairs[2].neighbour is None


def test_a_name_that_too_many_have(catalogue):
    """Of ten thousand things of one name none is proposed, and that is told."""
    many = "".join(
        f'<{WIKIDATA}Q8{n:06}> <http://www.w3.org/2000/01/rdf-schema#label> "Koji Tsuruoka"@en .\n'
        for n in range(10_000)
    )
    with serving(endpoint(many)) as fake:
        found = asked(catalogue, fake, "person:koji-tsuruoka")
    assert (found.pairs, found.failure) == ((), None)
    assert "10000 things there are called 'Koji Tsuruoka'" in found.notes[0]


def test_a_service(catalogue):
    """A reconciliation service is known by its manifest, and asked in batches of the size that it wants."""
    names = ("person:koji-tsuruoka", "instrument:raa", "person:keiichi-hayashi", "person:ben-wallace")
    person = {"type": [{"id": "Q5", "name": "human"}], "description": "a person"}
    with serving(
        service(lambda name: [row("Q7", "Somebody Else"), row("Q900000009", name, **person)])
    ) as fake:
        found = asked(catalogue, fake, *names)
    sizes = [len(json.loads(_form(request))) for request in fake.requests if request.method == "POST"]
    assert sizes == [3, 1]
    tsuruoka = next(one for one in found.pairs if one.thing.id == "person/koji-tsuruoka")
    assert (tsuruoka.found.iri, tsuruoka.evidence.score, tsuruoka.evidence.kind) == (
        WIKIDATA + "Q900000009",
        100.0,
        True,
    )
    assert (tsuruoka.found.score, tsuruoka.evidence.expected) == (50, 0)


def _form(request) -> str:
    from urllib.parse import parse_qs

    return parse_qs(request.body.decode())["queries"][0]


def test_a_service_with_ten_thousand_candidates(catalogue):
    """As many as are worth looking at are weighed, and the likeliest few are proposed."""
    rows = [row(f"Q{n + 1}", "Koji Tsuruoka") for n in range(10_000)]
    with serving(service(lambda name: rows)) as fake:
        found = asked(catalogue, fake, "person:koji-tsuruoka")
    assert [one.found.iri for one in found.pairs] == sorted(f"{WIKIDATA}Q{n + 1}" for n in range(LOOKED_AT))[
        :MOST
    ]
    assert f"{LOOKED_AT - MOST} more" in found.notes[0]


def test_a_label_in_another_script(catalogue):
    """What nobody here can compare is not proposed, and not passed over in silence."""
    with serving(service(lambda name: [row("Q1", "Кодзи Цуруока")])) as fake:
        found = asked(catalogue, fake, "person:koji-tsuruoka")
    assert found.pairs == ()
    assert "script" in found.notes[0]


def test_what_was_weighed_or_has_a_match_is_not_proposed(catalogue):
    """Neither an accepted nor a rejected pair comes again, nor a second match in one graph."""
    with serving(service(lambda name: [row("Q1", name)])) as fake:
        for name, more, word in (
            (
                "person:koji-tsuruoka",
                {"judged": lambda thing, iri: iri == WIKIDATA + "Q1"},
                "rejected before",
            ),
            ("state:japan", {}, "exact match already"),
        ):
            found = asked(catalogue, fake, name, **more)
            assert found.pairs == ()
            assert word in found.notes[0]


@pytest.mark.parametrize(
    ("replies", "error", "words"),
    [
        ([Reply(200, b"<html>log in</html>", "text/html")], RemoteError, "no answer to SPARQL"),
        ([Reply(404, b"nothing", "text/plain")], RemoteError, "404"),
        ([Reply(302, headers=(("Location", "http://other.example/"),))], RemoteError, "other.example"),
        ([Reply(429, headers=(("Retry-After", "500"),))], RemoteError, "too often"),
        ([Reply(500, b"oh", "text/plain")], RemoteError, "500"),
        ([Reply(silent=9)], LimitError, "said nothing"),
        ([Reply(200, b"x" * 60, drip=0.2)], LimitError, "no whole answer"),
    ],
    ids=["html", "not found", "redirect", "too many", "failed", "silent", "dripping"],
)
def test_who_is_neither(catalogue, replies, error, words):
    """A web page, a refusal, a redirect, a server asked too often or too slow: told before anything is asked for."""
    with serving(*replies) as fake, pytest.raises(error, match=words):
        asked(catalogue, fake, "person:koji-tsuruoka", seconds=1)


def test_nobody_there(catalogue):
    """An address at which nobody listens."""
    with serving(Reply()) as fake:
        pass
    with pytest.raises(RemoteError, match="no answer"):
        asked(catalogue, fake, "person:koji-tsuruoka")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Reply(200, b"<html>busy</html>", "text/html"), "no JSON"),
        (Reply(200, b"{}", "application/json"), "no result for person/keiichi-hayashi"),
        (Reply(200, b'{"q0": {"result": [{"id": 5}]}}', "application/json"), "no id or no name"),
        (
            Reply(200, b'{"q0": {"result": [{"id": "\\ud800", "name": "x"}]}}', "application/json"),
            "which is none",
        ),
        (Reply(200, b"[" * 100_000, "application/json"), "no JSON"),
        (Reply(429, headers=(("Retry-After", "500"),)), "too often"),
        (Reply(307, headers=(("Location", "http://other.example/"),)), "other.example"),
    ],
    ids=["html", "no result", "no id", "odd id", "deep", "too many", "redirect"],
)
def test_a_service_that_fails_on_the_way(catalogue, bad, words):
    """What was found before stands, and what was not asked for is told."""
    good = service(lambda name: [row("Q900000009", name)], MANIFEST | {"batchSize": 1})
    names = ("person:koji-tsuruoka", "person:keiichi-hayashi", "person:gen-nakatani")
    with serving(good, good, bad) as fake:
        found = asked(catalogue, fake, *names)
    assert [one.thing.id for one in found.pairs] == ["person/koji-tsuruoka"]
    assert [thing.id for thing in found.left] == ["person/keiichi-hayashi", "person/gen-nakatani"]
    assert words in str(found.failure)


@pytest.mark.parametrize("score", ["1" + "0" * 400, "NaN", "1e999", '"high"', "null"])
def test_a_score_that_is_none(catalogue, score):
    """What a service gives in place of a score is no score, and stands in nobody's way."""
    body = (
        b'{"q0": {"result": [{"id": "Q900000009", "name": "Koji Tsuruoka", "score": %s}]}}' % score.encode()
    )
    with serving(service(lambda name: []), Reply(200, body, "application/json")) as fake:
        (one,) = asked(catalogue, fake, "person:koji-tsuruoka").pairs
    assert one.found.score is None


def test_text_that_would_move_a_cursor(catalogue):
    """Names and notes of others come on one line, without signs that control a terminal, or halves of characters."""
    hostile = row("Q900000009", "Koji\x1b[31m Tsuruoka", description="a\n\tb\ud800" + "c" * 999)
    with serving(service(lambda name: [hostile])) as fake:
        (one,) = asked(catalogue, fake, "person:koji-tsuruoka").pairs
    assert one.found.labels == ("Koji [31m Tsuruoka",)
    assert one.found.note.startswith("a b ccc") and len(one.found.note) == 200


def test_a_candidate_given_twice(catalogue):
    """One thing that a service gives by identifier and by address is one proposal."""
    rows = [row("Q900000009", "Koji Tsuruoka"), row(WIKIDATA + "Q900000009", "Tsuruoka Koji")]
    with serving(service(lambda name: rows)) as fake:
        (one,) = asked(catalogue, fake, "person:koji-tsuruoka").pairs
    assert one.found.labels == ("Koji Tsuruoka",)


def test_a_name_for_every_language(catalogue):
    """What Wikidata calls a person in all languages at once is a name to find it by."""
    triples = TRIPLES.replace('"RAA"@en', '"RAA"@mul')
    with serving(endpoint(triples)) as fake:
        (one,) = asked(catalogue, fake, "instrument:raa").pairs
    assert one.found.labels == ("RAA",)


@pytest.mark.parametrize(
    ("columns", "row_"),
    [
        (["name"], {"name": {"type": "literal", "value": "RAA"}}),
        (["name", "found"], {"name": {"type": "literal", "value": "RAA"}}),
        (
            ["name", "found"],
            {"name": {"type": "literal", "value": "RAA"}, "found": {"type": "bnode", "value": "b"}},
        ),
    ],
)
def test_rows_that_lack_something(catalogue, columns, row_):
    """A store whose rows lack what was asked for is named as failing; what it left out is not taken for nothing."""
    body = json.dumps({"head": {"vars": columns}, "results": {"bindings": [row_]}}).encode()
    with serving(Reply(200, body)) as fake:
        found = asked(catalogue, fake, "instrument:raa", way="sparql")
    assert isinstance(found.failure, RemoteError) and "without name, found" in str(found.failure)


def test_columns_in_another_order(catalogue):
    """Columns are known by their names."""
    cells = {
        "name": {"type": "literal", "value": "RAA"},
        "found": {"type": "uri", "value": WIKIDATA + "Q900000003"},
    }
    body = json.dumps({"head": {"vars": ["found", "name"]}, "results": {"bindings": [cells]}}).encode()
    with serving(Reply(200, body), endpoint()) as fake:
        found = asked(catalogue, fake, "instrument:raa", way="sparql")
    assert [one.found.iri for one in found.pairs] == [WIKIDATA + "Q900000003"]


@pytest.mark.parametrize("most", [1, 4])
def test_more_than_one_answer_holds(catalogue, most, monkeypatch):
    """Where an answer was cut, of names or of what is said of the things, nothing is made of the part."""
    monkeypatch.setattr(stores_asked, "_ROWS", most)
    with serving(endpoint()) as fake:
        found = asked(catalogue, fake, "person:koji-tsuruoka", way="sparql")
    assert isinstance(found.failure, LimitError) and f"stopped after {most} rows" in str(found.failure)


def test_a_server_that_drips_headers(catalogue):
    """A line of the answer's head now and then does not put the end off."""
    over = threading.Event()

    def drip(server):
        client, _ = server.accept()
        with client, contextlib.suppress(OSError):
            client.sendall(b"HTTP/1.1 200 OK\r\n")
            while not over.wait(0.1):
                client.sendall(b"X-More: yes\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        fake = type("Fake", (), {"address": f"http://127.0.0.1:{server.getsockname()[1]}/"})
        start = time.monotonic()
        with pytest.raises(LimitError):
            asked(catalogue, fake, "person:koji-tsuruoka", seconds=0.5)
        took = time.monotonic() - start
        over.set()
    assert took < 5


def test_the_way_may_be_said(catalogue):
    """Asked for as a service, an endpoint is none; asked for as a store, it is not looked at first."""
    with serving(endpoint(TRIPLES)) as fake:
        with pytest.raises(RemoteError, match="manifest"):
            asked(catalogue, fake, "person:koji-tsuruoka", way="reconcile")
        found = asked(catalogue, fake, "person:koji-tsuruoka", way="sparql")
        assert len(found.pairs) == 1
    assert [request.method for request in fake.requests].count("GET") == 1


def test_what_has_no_link(catalogue):
    """Things with an exact match to the neighbour are left out, where one is named."""
    wikidata = NEIGHBOURS["wikidata"]
    some, all_of_them = unlinked(catalogue, wikidata, ("state",)), unlinked(catalogue, None, ("state",))
    assert "state/japan" in {thing.id for thing in all_of_them} - {thing.id for thing in some}
    assert linked(catalogue.thing("state:japan"), wikidata)
