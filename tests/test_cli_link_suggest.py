"""``ukjapan link suggest``."""

import csv
import io
import json
import shutil

import pytest

import release
import servers
from commands import ukjapan
from fake_neighbour import MANIFEST, TRIPLES, WIKIDATA, endpoint, row, service
from fake_server import Reply, serving
from ukjapan_graph.resources import root

SET = "graph/links/candidates/wikidata.sssom.tsv"


@pytest.fixture
def project(tmp_path):
    """A copy of the project's mapping sets."""
    shutil.copytree(root() / "graph" / "links", tmp_path / "graph" / "links")
    return release.below(tmp_path)


def test_table_and_other_formats():
    """What was found is a table, JSON or CSV; talk goes to standard error."""
    with serving(endpoint()) as fake:
        arguments = ("link", "suggest", "koji-tsuruoka", "raa", "--from", fake.address)
        table, as_json, as_csv = (ukjapan(*arguments, "--format", form) for form in ("table", "json", "csv"))
    assert {ran.code for ran in (table, as_json, as_csv)} == {0}
    assert "wd:Q900000001" in table.out and "diplomat, invented" in table.out
    assert "2 candidates, 2 of them new" in table.err
    rows = json.loads(as_json.out)
    assert [(row["candidate"], row["score"], row["kind"]) for row in rows] == [
        (WIKIDATA + "Q900000001", 100.0, True), (WIKIDATA + "Q900000003", 85.5, None),
    ]  # fmt: skip
    assert [line["candidate"] for line in csv.DictReader(io.StringIO(as_csv.out))] == [
        "wd:Q900000001",
        "wd:Q900000003",
    ]


def test_writing(project):
    """New candidates are appended once; they are candidates afterwards, and the set is still sound."""
    with serving(endpoint()) as fake:
        arguments = (
            "link",
            "suggest",
            "--from",
            fake.address,
            "--root",
            str(project),
            "--neighbour",
            "wikidata",
        )
        first = ukjapan(*arguments, "--write", "--date", "2026-11-23")
        data = (project / SET).read_bytes()
        second = ukjapan(*arguments, "--write", "--date", "2027-11-23")
    assert (first.code, second.code) == (0, 0)
    assert f"{SET}: 2 added" in first.err
    assert "0 of them new" in second.err and "added" not in second.err
    assert (project / SET).read_bytes() == data
    assert b"wd:Q900000001" in data and b"elsewhere.example" not in data


def test_a_rejected_pair_does_not_come_again(project):
    """Once somebody has rejected a candidate, it is not proposed any more."""
    with serving(endpoint()) as fake:
        arguments = ("link", "suggest", "koji-tsuruoka", "--from", fake.address, "--root", str(project))
        ukjapan(*arguments, "--write", "--date", "2026-11-23")
        candidates = (project / SET).read_text(encoding="utf-8")
        lines = candidates.splitlines()
        columns = next(line for line in lines if line.startswith("subject_id")).split("\t")
        place = columns.index("predicate_id")
        mine = next(line for line in lines if "Q900000001" in line).split("\t")
        rejected = "\n".join(line for line in lines if line.startswith("#")) + "\n"
        rejected += "\t".join([*columns, "predicate_modifier"]) + "\n" + "\t".join([*mine, "Not"]) + "\n"
        assert mine[place] == "skos:exactMatch"
        (project / "graph/links/wikidata.sssom.tsv").write_text(rejected, encoding="utf-8")
        (project / SET).unlink()
        again = ukjapan(*arguments, "--write", "--date", "2026-11-23")
    assert again.code == 0
    assert "rejected before" in again.err
    assert not (project / SET).exists()


def test_a_failure_on_the_way(project):
    """The neighbour, the reason and what was not looked for are told; exit code 3, and no file changes."""
    good = service(lambda name: [row("Q900000009", name)], MANIFEST | {"batchSize": 1})
    before = (project / SET).read_bytes()
    with serving(good, good, Reply(200, b"<html>busy</html>", "text/html")) as fake:
        ran = ukjapan(
            "link", "suggest", "koji-tsuruoka", "keiichi-hayashi", "gen-nakatani", "--write",
            "--from", "https://neighbour.example/", "--service", f"https://neighbour.example/={fake.address}",
            "--root", str(project),
        )  # fmt: skip
    assert ran.code == 3
    assert "https://neighbour.example/ failed" in ran.err
    assert "not looked for: person:keiichi-hayashi, person:gen-nakatani" in ran.err
    assert "wd:Q900000009" in ran.out
    assert (project / SET).read_bytes() == before


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(200, b"<html>hello</html>", "text/html"), 3),
        (Reply(429, headers=(("Retry-After", "500"),)), 3),
        (Reply(301, headers=(("Location", "http://other.example/"),)), 3),
        (Reply(silent=5), 4),
    ],
    ids=["html", "429", "redirect", "silent"],
)
def test_faults(reply, code):
    """Whatever is wrong with a neighbour, it is named, with the things that were not looked for."""
    with serving(reply) as fake:
        ran = ukjapan("link", "suggest", "raa", "--from", fake.address, "--timeout", "1")
    assert (ran.code, ran.out) == (code, "")
    assert f"{fake.address} failed" in ran.err and "instrument:raa" in ran.err


def test_nobody_there():
    """A server that is down is exit 3 too."""
    with serving(Reply()) as fake:
        pass
    ran = ukjapan("link", "suggest", "raa", "--from", fake.address)
    assert (ran.code, "failed" in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--from"),
        (("--from", "ftp://x/"), "no address"),
        (("--from", "http://x/", "--neighbour", "narnia"), "no neighbour narnia"),
        (("--from", "http://x/", "--service", "x"), "SERVICE=URL"),
        (("--from", "http://x/", "--service", "http://y/=http://z/"), "asked is: http://x/"),
        (("--from", "http://x/", "--date", "yesterday"), "no date"),
        (("--from", "http://x/", "--date", "20261123"), "no date"),
        (("--from", "http://x/", "--kind", "boat"), "--kind"),
        (("nobody", "--from", "http://x/"), "nobody"),
        (("force:states", "--from", "http://x/"), "not of a kind"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_wrong_calls(arguments, words):
    """A wrong call is exit 2, and says what is wrong."""
    ran = ukjapan("link", "suggest", *arguments)
    assert (ran.code, words in ran.err) == (2, True), ran.err


def test_an_address_with_an_equals_sign(project):
    """The address of a service may have a query string."""
    there = "https://neighbour.example/?of=all"
    with serving(endpoint()) as fake:
        ran = ukjapan("link", "suggest", "raa", "--from", there, "--service", f"{there}={fake.address}")
    assert (ran.code, "wd:Q900000003" in ran.out) == (0, True)


def test_a_thing_named_twice(project):
    """A thing that two words name is looked for, and written, once."""
    names = ("koji-tsuruoka", "person:koji-tsuruoka")
    with serving(endpoint()) as fake:
        ran = ukjapan("link", "suggest", *names, "--from", fake.address, "--root", str(project), "--write")
    assert ran.err.startswith("1 things looked for")
    assert (project / SET).read_text(encoding="utf-8").count("wd:Q900000001") == 1


def test_what_has_a_match_is_told():
    """A thing with an exact match to the neighbour is not looked for, and that is said."""
    with serving(endpoint()) as fake:
        ran = ukjapan("link", "suggest", "state:japan", "--from", fake.address, "--neighbour", "wikidata")
    assert (ran.code, ran.out) == (0, "")
    assert "has an exact match to Wikidata already" in ran.err


@pytest.mark.server
def test_oxigraph_as_a_neighbour(tmp_path):
    """A real SPARQL endpoint is asked, and what it knows is found."""
    with servers.oxigraph(tmp_path / "store") as server:
        import httpx

        loaded = httpx.post(
            f"{server.address}/store?default",
            content=TRIPLES.encode(),
            headers={"Content-Type": "text/turtle"},
        )
        assert loaded.status_code in (200, 201, 204)
        ran = ukjapan("link", "suggest", "--from", f"{server.address}/query", "--format", "json")
    assert ran.code == 0
    assert {row["candidate"] for row in json.loads(ran.out)} == {
        WIKIDATA + "Q900000001", WIKIDATA + "Q900000003", "http://elsewhere.example/1",
    }  # fmt: skip


@pytest.mark.server
def test_our_own_service_as_a_neighbour():
    """Everything that is looked for in our own reconciliation service is found there under its own IRI."""
    with servers.endpoint() as (base, _):
        ran = ukjapan("link", "suggest", "--from", f"{base}/reconcile", "--format", "json")
    rows = json.loads(ran.out)
    assert ran.code == 0
    best: dict[str, dict] = {}
    for one in rows:
        best.setdefault(one["thing"], one)
    assert len(best) > 50
    assert all(key == one["candidate"] for key, one in best.items())
