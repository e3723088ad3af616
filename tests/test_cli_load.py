"""``ukjapan load``."""

import base64
import fcntl
import json
import os
import shlex
import signal
import ssl
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import pytest
import trustme
from pyoxigraph import Literal, NamedNode, Quad

import small_graph
from commands import ukjapan
from fake_server import Reply, serving
from fake_store import storing


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def fake():
    """A store that calls itself Oxigraph."""
    with storing() as fake:
        yield fake


@pytest.fixture
def load(release, fake):
    """Runs ``ukjapan load VERB URL …``."""

    def run(verb, *argv):
        return ukjapan("load", verb, fake.address, *argv, "--release", release)

    return run


def test_from_plan_to_unload(load, fake):
    """Every verb says what is so, before and after the load."""
    plan = load("plan")
    assert (plan.code, fake.writes) == (0, [])
    assert "oxigraph\n" in plan.out
    assert "graphs differ" in plan.out
    assert "1. POST" in plan.out
    assert load("status").out.splitlines()[1:] == ["receipt    none", "graphs     0 of 12, 0 triples in them"]
    assert load("verify").code == 1

    ran = load("run")
    assert (ran.code, len(fake.writes)) == (0, 2)
    assert "in 12 graphs, sent in 2 requests and read back" in ran.out
    assert f"--endpoint {fake.query}" in ran.err
    assert "holds exactly" in load("verify").out
    assert "nothing was sent" in load("run").out
    assert "nothing to send" in load("plan").out
    status = load("status").out
    assert "(the one at hand)" in status
    assert "the server does not tell" not in status

    assert "in 12 graphs taken out" in load("unload").out
    assert len(fake.store) == 0


def test_asked_after_loading(load, fake, release):
    """What was loaded answers the saved questions as the release file does."""
    load("run")

    for name in small_graph.QUERIES:
        here = ukjapan("ask", name, "--release", release)
        assert ukjapan("ask", name, "--release", release, "--endpoint", fake.query) == here


def test_verify_shows_examples(load, fake):
    """Missing, extra, rewritten and hidden triples are told apart, counted and shown."""
    load("run")
    fake.store.update(
        """PREFIX graph: <https://w3id.org/ukjapan/id/graph/> PREFIX ukj: <https://w3id.org/ukjapan/ns#>
        DELETE WHERE { GRAPH graph:silences { ?s ukj:gloss ?o } } ;
        INSERT DATA { GRAPH graph:entailed { <http://x/a> <http://x/b> <http://x/c> , [] } }"""
    )

    ran = load("verify")

    assert ran.code == 1
    assert "missing: 2 in graph:silences\n" in ran.out
    assert "extra: 1 in graph:entailed\n  <http://x/a> <http://x/b> <http://x/c>\n" in ran.out
    assert "blank nodes: 1 in graph:entailed\n" in ran.out
    assert "not seen by plain patterns: " in ran.out
    assert "are not as in the release" in ran.err


def test_plan_as_curl(load, fake, tmp_path, monkeypatch):
    """The plan can be carried out with curl: its lines name the files that it writes, and no password."""
    import urllib.request

    monkeypatch.setenv("UKJAPAN_USER", "ada")
    monkeypatch.setenv("UKJAPAN_PASSWORD", "sesame")
    folder = tmp_path / "to send"
    ran = load("plan", "--show", "--output", str(folder))

    lines = [text.strip() for text in ran.out.splitlines() if text.strip().startswith("curl")]
    assert len(lines) == 2
    for line in lines:
        words = shlex.split(line)
        assert words[words.index("-u") + 1] == "$UKJAPAN_USER:$UKJAPAN_PASSWORD"
        body = words[words.index("--data-binary") + 1].removeprefix("@")
        media = words[words.index("-H") + 1].removeprefix("Content-Type: ")
        content = Path(body).read_bytes()
        request = urllib.request.Request(words[-1], content, {"Content-Type": media}, method="POST")
        urllib.request.urlopen(request).close()
    assert "holds exactly" in load("verify").out


def curled(fake, release, folder, *options):
    """The lines of curl that the plan for a store has, carried out by a shell."""
    argv = ("--show", "--output", str(folder), "--release", release, *options)
    ran = ukjapan("load", "plan", fake.address, *argv)
    assert ran.code == 0, ran.err
    lines = [text.strip() for text in ran.out.splitlines() if text.strip().startswith("curl")]
    assert lines
    for line in lines:
        subprocess.run(["sh", "-ec", line], check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return lines


def door(wanted):
    """A server's door that opens to one ``Authorization``, and asks for Basic."""
    challenge = (("WWW-Authenticate", 'Basic realm="store"'),)

    def fault(request, _):
        if request.headers["Authorization"] == wanted:
            return None
        return Reply(401, b"", "text/plain", challenge)

    return fault


@pytest.fixture
def credentials(monkeypatch, tmp_path):
    """Sets variables with credentials; a home of the test's own, without netrc."""
    for name in ("UKJAPAN_TOKEN", "UKJAPAN_USER", "UKJAPAN_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return lambda **given: [monkeypatch.setenv(name, value) for name, value in given.items()]


PASSWORD = 'o\'pen $HOME "sesame"'
BASIC = f"Basic {base64.b64encode(f'ada:{PASSWORD}'.encode()).decode()}"


@pytest.mark.parametrize(
    ("wanted", "variables", "options", "words"),
    [
        (BASIC, {"UKJAPAN_USER": "ada", "UKJAPAN_PASSWORD": PASSWORD}, (),
         '--anyauth -u "$UKJAPAN_USER:$UKJAPAN_PASSWORD"'),
        (BASIC, {"UKJAPAN_PASSWORD": PASSWORD}, ("--user", "ada"), '--anyauth -u ada:"$UKJAPAN_PASSWORD"'),
        ("Bearer t0k$x", {"UKJAPAN_TOKEN": "t0k$x", "UKJAPAN_USER": "ada", "UKJAPAN_PASSWORD": PASSWORD}, (),
         '-H "Authorization: Bearer $UKJAPAN_TOKEN"'),
        (None, {}, (), ""),
    ],
)  # fmt: skip
def test_curl_as_whom(credentials, release, tmp_path, wanted, variables, options, words):
    """The lines of curl take the credentials that a load would take, by name of their variables."""
    credentials(**variables)
    with storing("oxigraph", door(wanted)) as fake:
        lines = curled(fake, release, tmp_path / "out", *options)
        assert "holds exactly" in ukjapan("load", "verify", fake.address, "--release", release, *options).out

    assert all(line.startswith(f"curl --fail-with-body {words} -X POST".replace("  ", " ")) for line in lines)
    assert "sesame" not in str(lines)


@pytest.mark.parametrize("variable", [True, False])
def test_curl_with_netrc(credentials, release, tmp_path, variable):
    """What comes from netrc comes from netrc for curl too, and from the same file."""
    file = tmp_path / ("my netrc" if variable else ".netrc")
    file.write_text("machine 127.0.0.1 login ada password sesame\n", encoding="utf-8")
    file.chmod(0o600)
    if variable:
        credentials(NETRC=str(file))
    with storing("oxigraph", door("Basic YWRhOnNlc2FtZQ==")) as fake:
        lines = curled(fake, release, tmp_path / "out")

    assert all(("--netrc-file" if variable else "--netrc ") in line and " -u " not in line for line in lines)


def test_curl_with_a_password_that_was_typed(credentials, release, tmp_path, monkeypatch):
    """Whoever typed the password is asked for it by curl."""
    credentials()
    monkeypatch.setattr("ukjapan_graph.remote.access._typed", lambda *_: "sesame")
    with storing() as fake:
        ran = ukjapan("load", "plan", fake.address, "--show", "--user", "ad a", "--release", release)

    assert "--anyauth -u 'ad a' -X POST" in ran.out


def test_curl_with_an_authority(credentials, release, tmp_path):
    """The certificates that ``--ca`` names are those that curl trusts."""
    credentials()
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "the ca.pem"))
    with storing(tls=tls) as fake:
        lines = curled(fake, release, tmp_path / "out", "--ca", str(tmp_path / "the ca.pem"))

    assert all(f"--cacert '{tmp_path}/the ca.pem'" in line for line in lines)


def test_plan_into_the_folder_of_another(load, fake, tmp_path):
    """The files of an earlier plan are replaced as a whole; what else is in the folder stays."""
    kept = ["notes.txt", "0009.txt", "12.ru", "0001.ru.old", "2026.nt"]
    for name in (*kept, "0001.bin", "0002.nq", "0003.nt", "0004.ttl", "0005.ru"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    (tmp_path / "0008.nq").mkdir()

    assert load("plan", "--output", str(tmp_path)).code == 0
    found = {path.name for path in tmp_path.iterdir()} - {*kept, "0008.nq"}
    assert {name.partition(".")[0] for name in found} == {"0001", "0002"}
    assert len(found) == 2
    assert all((tmp_path / name).read_text(encoding="utf-8") == "old" for name in kept)
    load("run")
    load("plan", "--output", str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "0008.nq"}


def test_plan_that_cannot_be_written(load, tmp_path):
    """A plan that cannot be written in full leaves none of its files."""
    (tmp_path / "0002.ru").mkdir()
    ran = load("plan", "--output", str(tmp_path))

    assert (ran.code, ran.out) == (3, "")
    assert [path.name for path in tmp_path.iterdir()] == ["0002.ru"]


def test_what_a_store_says_on_a_terminal(load, fake):
    """What could move a terminal's cursor is shown as ``?``, and is whole in JSON."""
    load("run")
    graph = NamedNode("https://w3id.org/ukjapan/id/graph/receipt")
    receipt = next(fake.store.quads_for_pattern(None, None, None, graph)).subject
    for name, value in (("creator", "\x1b[2Jby\x9bhand"), ("issued", "\x1b[31m2026")):
        predicate = NamedNode(f"http://purl.org/dc/terms/{name}")
        for old in list(fake.store.quads_for_pattern(None, predicate, None, receipt)):
            fake.store.remove(old)
        fake.store.add(Quad(receipt, predicate, Literal(value), graph))
    odd = Literal("\x1b[2J\x9bodd\u202e")
    graph = NamedNode("https://w3id.org/ukjapan/id/graph/entailed")
    fake.store.add(Quad(NamedNode("http://x/a"), NamedNode("http://x/b"), odd, graph))

    shown = [load(verb).out for verb in ("status", "verify", "plan")]
    assert all(line.isprintable() for text in shown for line in text.splitlines())
    assert "by ?[2Jby?hand\n" in shown[0]
    assert "loaded     ?[31m2026\n" in shown[0]
    assert "odd?" in shown[1]
    assert json.loads(load("status", "--format", "json").out)["receipt"]["tool"] == "\x1b[2Jby\x9bhand"
    findings = json.loads(load("verify", "--format", "json").out)["findings"]
    assert any("\u202e" in example for finding in findings for example in finding["examples"])


def test_several_stores(release):
    """Stores are served one after another, and a fault stops before the next."""
    with storing() as one, storing() as two:
        both = ukjapan("load", "run", one.address, two.address, "--release", release)
        assert (both.code, both.out.count("read back")) == (0, 2)
    with storing("oxigraph", lambda *_: Reply(403, b"read only", "text/plain")) as one, storing() as two:
        ran = ukjapan("load", "run", one.address, two.address, "--release", release)
        assert (ran.code, len(two.writes)) == (3, 0)
        assert "read only" in ran.err


def test_several_stores_are_all_looked_at(release, tmp_path):
    """Verbs that only look go on after a store that does not answer; what is planned for two is not mixed."""
    dead = "http://127.0.0.1:9"
    with storing() as fake:
        assert ukjapan("load", "run", fake.address, "--release", release).code == 0
        ran = ukjapan("load", "verify", dead, fake.address, "--release", release)
        assert (ran.code, "holds exactly" in ran.out, ran.err.count("no answer")) == (3, True, 1)
        ran = ukjapan("load", "unload", dead, fake.address, "--release", release)
        assert (ran.code, ran.err.splitlines()[-1]) == (3, f"left as they are: {fake.address}")
        ran = ukjapan("load", "plan", dead, fake.address, "--output", str(tmp_path), "--release", release)
        assert (ran.code, "one URL" in ran.err) == (2, True)


def test_plan_into_no_folder(load, release):
    """A folder that cannot be made is named, before anything is told."""
    ran = load("plan", "--output", release)

    assert (ran.code, ran.out) == (3, "")
    assert f"{release}: cannot be made" in ran.err


def test_curl_without_files(load):
    """Lines of curl whose files nobody has written come with a word on that."""
    assert "--output FOLDER" in load("plan", "--show").err


def test_as_json(load, fake):
    """Every verb tells the same as a line of JSON."""
    plan = json.loads(load("plan", "--format", "json", "--show").out)
    assert (plan["differ"], len(plan["requests"])) == (12, 2)
    assert plan["requests"][0]["curl"].startswith("curl")
    ran = load("verify", "--format", "json")
    facts = json.loads(ran.out)
    assert (ran.code, facts["agrees"], facts["findings"][0]["kind"]) == (1, False, "missing")
    assert json.loads(load("status", "--format", "json").out)["receipt"] is None
    assert json.loads(load("run", "--format", "json").out)["requests"] == 2
    assert json.loads(load("verify", "--format", "json").out)["findings"] == []
    assert json.loads(load("status", "--format", "json").out)["receipt"]["at_hand"] is True
    assert all(r["expected"] for r in json.loads(load("selftest", "--format", "json").out)["results"])
    assert json.loads(load("unload", "--format", "json").out)["graphs"] == 12
    assert load("status", "--format", "csv").code == 2


def test_selftest(load, fake):
    """The selftest shows a row for all that it tried, and leaves nothing behind."""
    ran = load("selftest")

    assert ran.code == 0
    assert "is a graph of its own" in ran.out
    assert "is undone" in ran.out
    assert "all 20,000 come" in ran.out
    assert len(fake.store) == 0


def test_selftest_finds_out(release):
    """A store that is not what its profile says is shown to be otherwise."""
    with storing("rdf4j") as fake:
        ran = ukjapan("load", "selftest", fake.address, "--store", "oxigraph", "--release", release)

    assert ran.code == 1
    assert "not as expected" in ran.out


PAGE = b"<html><title>Harbour</title><body>Welcome to the harbour</body></html>"


@pytest.mark.parametrize(
    ("reply", "code", "reason"),
    [
        (Reply(404, PAGE, "text/html"), 3, "there is nothing at this address; is the path right? (HTTP 404)"),
        (Reply(413, b"", "text/plain"), 3, "too large"),
        (Reply(200, PAGE, "text/html; charset=utf-8"), 3, "a web page came, and no store's: Harbour Welcome"),
        (Reply(200, PAGE.replace(b"Welcome", b"SPARQL"), "text/html"), 2, "HTTP 200: Harbour SPARQL"),
        (Reply(200, b"", "text/html"), 2, "Say so with --store"),
        (Reply(200, b"{}", "application/json"), 2, "Say so with --store"),
        (Reply(400, b"no query", "text/plain"), 2, "It answered HTTP 400: no query"),
        (Reply(400, b"<html>sent to HTTPS port</html>", "text/html"), 2, "HTTP 400: sent to HTTPS port"),
        (Reply(405, b"", "text/plain"), 2, "It answered HTTP 405"),
    ],
)
def test_no_store_there(reply, code, reason, release):
    """What is no store says what came back; where a store might answer so, its kind is asked for."""
    with serving(reply._replace(server="nginx/1.22.1")) as fake:
        ran = ukjapan("load", "plan", fake.address, "--release", release)

    assert (ran.code, ran.out, len(fake.requests)) == (code, "", 1)
    assert reason in ran.err


def test_portion(release):
    """A proxy that refuses large requests is loaded through in smaller ones."""
    limit = 20_000
    refuse = Reply(413, b"", "text/plain")
    with storing("oxigraph", lambda request, _: refuse if len(request.body) > limit else None) as fake:
        whole = ukjapan("load", "run", fake.address, "--release", release)
        assert (whole.code, "--portion" in whole.err) == (3, True)
        assert ukjapan("load", "run", fake.address, "--portion", "15000", "--release", release).code == 0
        assert ukjapan("load", "verify", fake.address, "--release", release).code == 0
    assert ukjapan("load", "run", fake.address, "--portion", "9", "--release", release).code == 2


def test_another_release_after_a_load_that_was_stopped(tmp_path, release):
    """No graph of a load that was stopped stays behind, whichever release comes next; nobody asks it meanwhile."""
    graphs = Path(release).read_text(encoding="utf-8").replace("/passage/almanac.S1>", "/passage/almanac.S9>")
    newer = tmp_path / "newer.nq"
    newer.write_text(graphs, encoding="utf-8")
    refuse = []

    def fault(_, number):
        return Reply(507, b"", "text/plain") if number in refuse else None

    with storing("virtuoso", fault) as fake:
        options = (fake.address, "--store", "virtuoso", "--release")
        refuse += range(4, 1000)
        assert ukjapan("load", "run", *options, str(newer)).code == 3
        assert "was stopped" in ukjapan("load", "status", *options, release).out
        name = next(iter(small_graph.QUERIES))
        ran = ukjapan("ask", name, "--endpoint", fake.query, "--release", release)
        assert (ran.code, ran.out) == (3, "")
        refuse.clear()
        assert ukjapan("load", "run", *options, release).code == 0
        assert not any("almanac.S9" in g.value for g in fake.store.named_graphs())
        assert ukjapan("ask", name, "--endpoint", fake.query, "--release", release).code == 0
        assert ukjapan("load", "unload", *options, release).code == 0
        assert len(fake.store) == 0


def test_no_password_anywhere(load, monkeypatch, fake):
    """Neither output nor receipt holds a secret."""
    monkeypatch.setenv("UKJAPAN_USER", "ada")
    monkeypatch.setenv("UKJAPAN_PASSWORD", "open-sesame")
    shown = [load(verb, *more) for verb, *more in (["plan", "--show"], ["run"], ["status"], ["verify"])]

    assert "open-sesame" not in str(shown)
    assert "open-sesame" not in "".join(map(str, fake.store))


@pytest.mark.parametrize(
    ("argv", "code", "reason"),
    [
        (["lod", "http://127.0.0.1:9"], 2, "Did you mean"),
        (["run"], 2, "URL"),
        (["run", "store.example"], 2, "no address"),
        (["run", "http://a:open-sesame@h/"], 2, "UKJAPAN_PASSWORD"),
        (["run", "http://127.0.0.1:9", "--store", "blazegraph"], 2, "Known: auto"),
        (["run", "http://127.0.0.1:9", "--show"], 2, "go with plan"),
        (["run", "http://127.0.0.1:9"], 3, "no answer"),
        (["run", "http://127.0.0.1:9", "--timeout", "soon"], 2, "number of seconds"),
    ],
)
def test_wrong_calls(argv, code, reason, release):
    """A wrong call says what to mend."""
    ran = ukjapan("load", *argv, "--release", release)

    assert (ran.code, ran.out) == (code, "")
    assert reason in ran.err
    assert "open-sesame" not in ran.err


def test_help_tells_what_is_untested():
    """The help has a line for each store, and says which nobody has tested."""
    ran = ukjapan("load", "--help")

    assert "oxigraph  tested with" in ran.out
    assert "neptune   untested" in ran.out


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_interrupted(kind, release):
    """Whoever presses Ctrl-C while a server says nothing has the prompt back, and is told how to go on."""
    begun = threading.Event()

    def silent(_, number):
        if number > 1:
            begun.set()
            return Reply(silent=60)
        return None

    with storing(kind, silent) as fake:
        words = [sys.executable, "-m", "ukjapan_graph", "load", "run", fake.address, "--release", release]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert begun.wait(30)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert time.monotonic() - start < 10
    assert (process.returncode, out) == (130, "")
    assert err == f"stopped; to complete it: ukjapan load run {fake.address}\n"


def many_graphs(folder, number):
    """A release file of ``number`` graphs with two triples each."""
    path = folder / "many.nq"
    triples = '<http://x/s{0}> <http://x/p> "1" <http://x/g{0}> .\n<http://x/s{0}> <http://x/p> "2" <http://x/g{0}> .\n'
    path.write_text("".join(triples.format(n) for n in range(number)), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("columns", [40, 12, 1, 0])
def test_progress_fits_the_terminal(tmp_path, columns):
    """The line of progress is no wider than the terminal, and is drawn about ten times a second."""
    above, below = os.openpty()
    fcntl.ioctl(below, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    words = [sys.executable, "-m", "ukjapan_graph", "load", "verify"]
    with storing() as fake:
        graphs = many_graphs(tmp_path, 1500)
        assert ukjapan("load", "run", fake.address, "--release", graphs).code == 0
        start = time.monotonic()
        words += [fake.address, "--release", graphs]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=below) as process:
            os.close(below)
            shown = b""
            try:
                while part := os.read(above, 65536):
                    shown += part
            except OSError:  # how Linux says that nobody has the other side open
                pass
        seconds = time.monotonic() - start
    os.close(above)

    *drawn, blank, rest = shown.decode().split("\r")[1:]
    assert (process.returncode, rest, blank.strip()) == (0, "", "")
    assert drawn
    assert {len(text) for text in (*drawn, blank)} == {max((columns or 80) - 1, 1)}
    assert len(drawn) <= 10 * seconds + 2
    if columns in (40, 0):
        assert "] reading 3,000/3,000" in drawn[-1]


SMALL = "PREFIX graph: <https://w3id.org/ukjapan/id/graph/> PREFIX ukj: <https://w3id.org/ukjapan/ns#> "


def test_plan_tells_all_that_is_to_do(load, fake):
    """The plan names what is wrong beside missing and extra triples: default graph, blank nodes, a stopped load."""
    load("run")
    fake.store.update("DELETE WHERE { ?s ?p ?o }")
    ran, facts = load("plan").out, json.loads(load("plan", "--format", "json").out)
    assert "  0 of 12 graphs differ\n  the default graph lacks triples of 12 graphs\n    1. POST" in ran
    assert (facts["differ"], facts["default_lacks"], facts["blank"], facts["unfinished"]) == (0, 12, 0, False)

    load("run")
    fake.store.update(
        SMALL
        + """INSERT DATA { GRAPH graph:entailed { <http://x/a> <http://x/b> [] } GRAPH <urn:x> { _:a a _:b } } ;
        INSERT DATA { GRAPH <https://w3id.org/ukjapan/id/graph/receipt/loading> {
          graph:receipt <http://purl.org/dc/terms/hasPart> graph:entailed } }"""
    )
    ran, facts = load("plan").out, json.loads(load("plan", "--format", "json").out)
    assert "  1 of 12 graphs differs: 0 triples to add, 0 to take out\n" in ran
    assert "  1 graph has triples with blank nodes, so it is emptied and sent anew\n" in ran
    assert "  a load is going on, or was stopped: its list names 1 graph\n" in ran
    assert (facts["differ"], facts["default_lacks"], facts["blank"], facts["unfinished"]) == (1, 1, 1, True)


def test_verify_does_not_count_the_examples_from_the_default_graph(load, fake):
    """What plain patterns do not see is told by graphs; a few of its triples are no count of them."""
    load("run")
    fake.store.update("DELETE WHERE { ?s ?p ?o }")
    ran = load("verify")
    assert (ran.code, ran.out.splitlines()[0]) == (
        1, "not seen by plain patterns: some triples of 12 graphs, which the default graph lacks"
    )  # fmt: skip
    assert ran.err == f"{fake.query}: plain patterns do not see some triples of 12 graphs\n"
    assert len(ran.out.splitlines()) == 5
    facts = json.loads(load("verify", "--format", "json").out)
    (finding,) = facts["findings"]
    assert (finding["kind"], finding["graphs"], len(finding["examples"])) == (
        "not seen by plain patterns",
        12,
        3,
    )
    assert ("count" in finding, facts["agrees"]) == (False, False)

    fake.store.update(SMALL + "DELETE WHERE { GRAPH graph:silences { ?s ukj:gloss ?o } }")
    assert ": 2 triples are not as in the release; plain patterns do not" in load("verify").err


def test_verify_where_there_is_nothing(tmp_path, load):
    """Many graphs that are not there are told in a line, and each in JSON."""
    assert load("verify").out.count("missing: ") == 12
    many = many_graphs(tmp_path, 1200)
    with storing() as fake:
        ran = ukjapan("load", "verify", fake.address, "--release", many)
        shown = ukjapan("load", "verify", fake.address, "--format", "json", "--release", many)

    assert (ran.code, ran.err) == (1, f"{fake.query}: 2,400 triples are not as in the release\n")
    assert ran.out == (
        "missing: 1,200 graphs are not there: 2,400 triples\n  <http://x/g0>\n  <http://x/g1>\n  <http://x/g10>\n  …\n"
    )
    assert len(json.loads(shown.out)["findings"]) == 1200


@pytest.fixture
def rewritten(tmp_path):
    """A store of two graphs, loaded, that writes one number in another way; and its release."""
    path = tmp_path / "numbers.nq"
    number = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    text = "".join(f"<http://x/s> <http://x/p> {number.format(n)} <http://x/g{n}> .\n" for n in ("01", "2"))
    path.write_text(text, encoding="utf-8")
    with storing() as fake:
        argv = (fake.address, "--release", str(path))
        assert ukjapan("load", "run", *argv).code == 0
        yield fake, argv


def test_what_is_written_in_another_way_is_there(rewritten):
    """``run`` and ``verify`` say the same of it; only ``verify`` has a finding, as what is there is not exact."""
    fake, argv = rewritten
    ran, found = ukjapan("load", "run", *argv), ukjapan("load", "verify", *argv)

    assert (ran.code, found.code) == (0, 1)
    assert "note: the store writes 1 triple in another way\n" in ran.err
    assert found.err == f"{fake.query}: all 2 quads are there, 1 of them written in another way\n"
    assert json.loads(ukjapan("load", "verify", *argv, "--format", "json").out)["rewritten"] == 1


def test_one_is_no_plural(tmp_path):
    """One of a thing is told as one, thousands with a comma, whatever is counted."""
    one, many = tmp_path / "one.nq", many_graphs(tmp_path, 1200)
    one.write_text('<http://x/s> <http://x/p> "1" <http://x/g> .\n', encoding="utf-8")
    with storing() as fake:
        argv = (fake.address, "--release", str(one))
        assert "1 of 1 graph differs: 1 triple to add, 0 to take out\n" in ukjapan("load", "plan", *argv).out
        assert ": 1 triple is not as in the release\n" in ukjapan("load", "verify", *argv).err
        assert ": 1 quad in 1 graph, sent in " in ukjapan("load", "run", *argv).out
        assert "exactly the 1 quad of" in ukjapan("load", "verify", *argv).out
        assert "graphs     1 of 1, 1 triple in it\n" in ukjapan("load", "status", *argv).out
        assert ": 1 triple in 1 graph taken out\n" in ukjapan("load", "unload", *argv).out
        argv = (fake.address, "--release", many)
        assert "1,200 of 1,200 graphs differ: 2,400 triples to add" in ukjapan("load", "plan", *argv).out
        assert "2,400 quads in 1,200 graphs" in ukjapan("load", "run", *argv).out
        assert "graphs     1,200 of 1,200, 2,400 triples in them" in ukjapan("load", "status", *argv).out


def test_status_of_another_release(tmp_path, load, fake):
    """Graphs of another release, which a loader left, are not counted among those of the one at hand."""
    assert ukjapan("load", "run", fake.address, "--release", many_graphs(tmp_path, 1200)).code == 0

    ran, facts = load("status"), json.loads(load("status", "--format", "json").out)
    assert ran.out.splitlines()[-2:] == [
        "graphs     0 of 12, 0 triples in them",
        "others     1,200 graphs that a loader left, 2,400 triples in them",
    ]
    assert (facts["graphs"], facts["triples"], facts["others"]) == (0, 0, {"graphs": 1200, "triples": 2400})


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--portion", "0", "--portion: '0' is no number of bytes from 10,000 up"),
        ("--portion", "much", "--portion: 'much' is no number of bytes from 10,000 up"),
        ("--timeout", "0", "--timeout: '0' is no number of seconds above 0 and below 1,000,000"),
        ("--timeout", "nan", "--timeout: 'nan' is no number of seconds above 0 and below 1,000,000"),
    ],
)
def test_numbers_out_of_bounds(load, option, value, reason):
    """A number that cannot be is refused with what may be, and the help says it beforehand."""
    ran = load("run", option, value)

    assert (ran.code, reason in ran.err) == (2, True)
    about = " ".join(ukjapan("load", "--help").out.split())
    assert "10,000 or more" in about
    assert "above 0" in about
