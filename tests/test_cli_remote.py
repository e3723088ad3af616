"""``--endpoint``: questions and SPARQL answered by a server."""

from urllib.parse import parse_qs

import pytest
from pyoxigraph import QueryResultsFormat

import small_graph
from commands import ukjapan
from fake_server import Reply, serving
from ukjapan_graph import KnowledgeGraph
from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.errors import RemoteError, UkjapanError

SELECT = "SELECT ?x ?day { ?x ukj:signedOn ?day }"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


def endpoint(store, merged=False):
    """A SPARQL endpoint on ``store``, good enough for SELECT and ASK."""
    engine = Embedded(store, merged=merged)

    def answer(request):
        text = parse_qs(request.body.decode())["query"][0]
        found = engine.answer(text, "SELECT", "ASK")
        return Reply(body=found.serialize(format=QueryResultsFormat.JSON))

    return serving(answer)


@pytest.fixture
def good():
    """An endpoint that holds the small graph."""
    with endpoint(small_graph.store()) as fake:
        yield fake


@pytest.mark.parametrize(
    "argv",
    [
        ["ask", "builds-on"],
        ["ask", "builds-on", "--instrument", "the boat treaty", "--format", "csv"],
        ["ask", "signed-by", "--format", "json"],
        ["sparql", SELECT],
        ["sparql", "ASK { ?x ukj:never ?y }"],
    ],
)
def test_same_answer(good, release, argv):
    """The same words get the same answer from the endpoint as from the release file."""
    here = ukjapan(*argv, "--release", release)

    assert ukjapan(*argv, "--release", release, "--endpoint", good.address) == here
    assert here.code == 0
    assert len(good.requests) <= 3


def test_python(good, release):
    """``KnowledgeGraph`` asks the endpoint, and takes names and labels from the release file."""
    here, there = KnowledgeGraph.open(release), KnowledgeGraph.open(release, endpoint=good.address)

    assert list(there.ask("builds-on", instrument="crossing treaty")) == list(here.ask("builds-on"))
    assert there.sparql(SELECT) == here.sparql(SELECT)
    assert there.entity("ferry-pact") == here.entity("ferry-pact")
    assert len(good.requests) == 3


def test_store_without_the_graph(release):
    """No question is answered by a store that does not hold the graph: its silence would be taken for ours."""
    from pyoxigraph import Store

    with endpoint(Store()) as fake:
        ran = ukjapan("ask", "builds-on", "--release", release, "--endpoint", fake.address)
        with pytest.raises(UkjapanError, match="does not hold"):
            KnowledgeGraph.open(release, endpoint=fake.address)

    assert (ran.code, ran.out) == (3, "")
    assert f"ukjapan load run {fake.address}" in ran.err


def test_store_without_union(release):
    """SPARQL of a user's own is answered by any endpoint, with a word where plain patterns do not see the graph."""
    with endpoint(small_graph.store(), merged=True) as fake:
        ran = ukjapan("sparql", SELECT, "--release", release, "--endpoint", fake.address)

    assert (ran.code, ran.out) == (0, "x  day\n")
    assert "not the union" in ran.err


@pytest.mark.parametrize(
    ("argv", "code", "reason"),
    [
        (["ask", "builds-on", "--endpoint", "store.example"], 2, "no address"),
        (["ask", "builds-on", "--endpoint"], 2, "needs a value"),
        (["ask", "builds-on", "--timeout", "5"], 2, "goes with --endpoint"),
        (
            ["ask", "builds-on", "--endpoint", "http://127.0.0.1:9/", "--timeout", "soon"],
            2,
            "number of seconds",
        ),
        (["ask", "builds-on", "--endpoint", "http://127.0.0.1:9/"], 3, "no answer"),
        (["ask", "builds-on", "--endpoint", "https://127.0.0.1:9/", "--ca", "gone.pem"], 3, "gone.pem"),
        (["sparql", SELECT, "--endpoint", "http://ada:sesame@127.0.0.1:9/"], 2, "UKJAPAN_PASSWORD"),
        (["sparql", SELECT, "--endpoint", "http://127.0.0.1:9/"], 3, "no answer"),
        (["sparql", SELECT, "--user", "ada"], 2, "go with --endpoint"),
    ],
)
def test_wrong_calls(release, argv, code, reason):
    """A wrong call says what to mend, answers nothing and shows no password."""
    ran = ukjapan(*argv, "--release", release)

    assert (ran.code, ran.out) == (code, "")
    assert reason in ran.err
    assert "sesame" not in ran.err


def test_another_release(release):
    """A store whose receipt is of another release still answers, with a word about it."""
    from pyoxigraph import NamedNode, RdfFormat

    from ukjapan_graph.loading.receipts import GRAPH, Receipt

    store = small_graph.store()
    lines = "".join(f"{line} .\n" for line in Receipt("e" * 64, 1, ()).triples())
    store.load(lines.encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(GRAPH))
    with endpoint(store) as fake:
        ran = ukjapan("ask", "builds-on", "--release", release, "--endpoint", fake.address)

    assert (ran.code, ran.out) == (0, ukjapan("ask", "builds-on", "--release", release).out)
    assert "holds another release" in ran.err


def test_queries_are_tested_there(good, release, tmp_path):
    """``queries test --endpoint`` compares every saved question with the endpoint's answer."""
    argv = ["queries", "test", "--release", release, "--queries", str(small_graph.write_queries(tmp_path))]
    argv += ["--expected", str(tmp_path / "none"), "--endpoint"]

    assert ukjapan(*argv, good.address).code == 0
    spoilt = small_graph.store()
    spoilt.update("DELETE WHERE { GRAPH ?g { ?s <https://w3id.org/ukjapan/ns#signedOn> ?o } }")
    with endpoint(spoilt) as fake:
        ran = ukjapan(*argv, fake.address)
    assert ran.code == 1
    assert f"{fake.address} answers otherwise" in ran.out


@pytest.mark.parametrize(
    ("reply", "code", "reason"),
    [
        (None, 3, "no answer: "),
        (Reply(401, media="text/plain"), 3, "HTTP 401"),
        (Reply(silent=30), 4, "builds-on: stopped after 0.3 s"),
    ],
    ids=["nobody", "credentials", "silent"],
)
def test_queries_stop_where_none_is_answered(reply, code, reason, release, tmp_path):
    """``queries test --endpoint`` asks no more where the next question would fare like the first."""
    with serving(reply or Reply()) as fake:
        address = fake.address if reply else "http://127.0.0.1:1"
        ran = ukjapan(
            "queries", "test", "--release", release, "--queries", str(small_graph.write_queries(tmp_path)),
            "--expected", str(tmp_path / "none"), "--endpoint", address, "--timeout", "0.3",
        )  # fmt: skip

    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert reason in ran.err
    assert len(fake.requests) == bool(reply)


def test_queries_go_on_where_one_is_refused(release, tmp_path):
    """``queries test --endpoint``: a question that the server cannot answer is a finding."""
    argv = ["queries", "test", "--release", release, "--queries", str(small_graph.write_queries(tmp_path))]
    with serving(Reply(400, b"syntax", "text/plain")) as fake:
        ran = ukjapan(*argv, "--expected", str(tmp_path / "none"), "--endpoint", fake.address)

    assert (ran.code, ran.out.count("[query:run]"), len(fake.requests)) == (1, 2, 2)


def test_stopped(release):
    """An endpoint that takes too long is stopped with 4."""
    with serving(Reply(silent=30)) as fake:
        ran = ukjapan(
            "ask", "builds-on", "--release", release, "--endpoint", fake.address, "--timeout", "0.3"
        )

    assert (ran.code, ran.out) == (4, "")
    assert "stopped after 0.3 s" in ran.err


def test_nobody_there(release):
    """An address at which nobody listens is an error of the endpoint."""
    with pytest.raises(RemoteError):
        KnowledgeGraph.open(release, endpoint="http://127.0.0.1:9/")
