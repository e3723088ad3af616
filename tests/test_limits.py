"""A query with a limit on time answers in full or is stopped."""

import time

import pytest

import small_graph
from ukjapan_graph.answering.engines import Embedded, open_store
from ukjapan_graph.answering.limits import Limited
from ukjapan_graph.errors import LimitError, QuerySyntaxError, UkjapanError, UsageError

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) > STR(?k)) }"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file."""
    return small_graph.write_release(tmp_path_factory.mktemp("release"))


@pytest.fixture
def limited(release):
    """An engine with time enough."""
    return Limited(release, 60)


def test_same_answers(limited, release):
    """Rows, truths and triples are those of the embedded engine."""
    engine = Embedded.of_merge(open_store(release))
    rows = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    triples = "CONSTRUCT { ?y ukj:carries ?x } { ?x ukj:buildsOn ?y }"

    assert limited.select(rows) == engine.select(rows)
    assert limited.construct(triples) == engine.construct(triples)
    assert limited.ask("ASK { ?x ukj:buildsOn ?y }") is True


def test_heavy_query_is_stopped(release):
    """A query without end is stopped when time is up, and nothing is answered."""
    start = time.monotonic()

    with pytest.raises(LimitError, match=r"after 0\.5 s"):
        Limited(release, 0.5).select(HEAVY)

    assert time.monotonic() - start < 10


def test_syntax_error(limited):
    """A mistake in the query comes back with its place."""
    with pytest.raises(QuerySyntaxError, match="not declared") as caught:
        limited.select("SELECT ?x\n{ ?x foo:bar ?y }")

    assert (caught.value.line, caught.value.column) == (2, 6)


def test_refusal(limited):
    """What the embedded engine refuses is refused."""
    with pytest.raises(UsageError, match="refused"):
        limited.ask("ASK { SERVICE <http://127.0.0.1:9/> {} }")


def test_missing_file(tmp_path):
    """A release file that is not there is named."""
    with pytest.raises(UkjapanError, match=r"gone\.nq"):
        Limited(tmp_path / "gone.nq", 60).ask("ASK {}")
