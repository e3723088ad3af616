"""A store, loaded, verified and unloaded, whatever goes wrong on the way."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

import small_graph
from fake_server import Reply, serving
from fake_store import storing
from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError, UsageError
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.loader import Loader, read_release
from ukjapan_graph.loading.receipts import GRAPH
from ukjapan_graph.remote.access import Access

FOREIGN = Quad(NamedNode("http://x/s"), NamedNode("http://x/p"), Literal("theirs"), NamedNode("http://x/g"))
KINDS = ("oxigraph", "virtuoso", "rdf4j")


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release."""
    return read_release(small_graph.write_release(tmp_path_factory.mktemp("release")))


def loader(fake, kind="auto", **more):
    """A loader of the store ``fake``."""
    return Loader(Access(fake.address), kind, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_load_verify_unload(kind, release):
    """A store comes to hold the release; a second run sends nothing; after unloading only theirs is there."""
    with storing(kind) as fake, loader(fake, kind) as to:
        fake.store.add(FOREIGN)
        assert not to.verify(release).agrees
        assert (to.receipt(), to.counts(release), fake.writes) == (None, {}, [])

        done = to.run(release)

        assert done.survey.agrees
        assert len(fake.writes) == len(done.messages) > 0
        assert to.counts(release) == {name: len(lines) for name, lines in release.graphs.items()}
        assert to.receipt()[:3] == (release.hash, release.size, tuple(release.graphs))
        assert to.run(release).messages == ()
        assert len(fake.writes) == len(done.messages)

        assert to.unload(release) == {name: len(lines) for name, lines in release.graphs.items()}
        assert list(fake.store) == [FOREIGN]


@pytest.mark.parametrize("kind", KINDS)
def test_next_release(kind, release):
    """The next release replaces the one before, graphs that are no more included."""
    from ukjapan_graph.loading.contents import Release

    graphs = dict(release.graphs)
    graphs.pop("https://w3id.org/ukjapan/id/passage/almanac.S1")
    graphs["https://w3id.org/ukjapan/id/passage/almanac.S2"] = frozenset(['<http://x/a> <http://x/b> "new"'])
    newer = Release("b" * 64, graphs)
    with storing(kind) as fake, loader(fake, kind) as to:
        to.run(release)
        to.run(newer)

        assert to.verify(newer).agrees
        assert to.receipt().graphs == tuple(sorted(graphs))
        assert not to.verify(release).agrees


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_differs_is_sent(kind, release):
    """One triple gone and one too many are mended by as little."""
    graph = NamedNode("https://w3id.org/ukjapan/id/graph/entities")
    with storing(kind) as fake, loader(fake, kind) as to:
        to.run(release)
        gone = min(fake.store.quads_for_pattern(None, None, None, graph), key=str)
        fake.store.remove(gone)
        fake.store.add(Quad(FOREIGN.subject, FOREIGN.predicate, FOREIGN.object, graph))
        before = len(fake.writes)

        to.run(release)

        assert sum(len(request.body) for request in fake.writes[before:]) < 6000
        assert to.verify(release).agrees


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [401, 403, 413, 500, 507])
@pytest.mark.parametrize("nth", [1, 3])
def test_refused_in_the_middle(kind, status, nth, release):
    """A refusal is told, leaves no receipt, and the next run completes the load."""
    refuse = [True]

    def fault(_, number):
        return Reply(status, b"no", "text/plain") if refuse[0] and number >= nth else None

    with storing(kind, fault) as fake, loader(fake, kind) as to:
        if kind == "virtuoso" or nth == 1:
            with pytest.raises(RemoteError, match=f"HTTP {status}"):
                to.run(release)
            assert to.receipt() is None
        refuse[0] = False
        to.run(release)
        assert to.verify(release).agrees


def test_says_yes_and_does_nothing(release):
    """A store that says yes to everything is found out by reading back."""
    yes = Reply(200, b"", "text/plain")
    with storing("oxigraph", lambda *_: yes) as fake, loader(fake) as to:  # noqa: SIM117
        with pytest.raises(UkjapanError, match=r"yet [\d,]+ triples differ"):
            to.run(release)


def test_page_in_place_of_an_answer(release):
    """A proxy that answers with a page is told apart from the store."""
    page = Reply(200, b"<html>Please log in", "text/html")
    with storing("oxigraph", lambda *_: page) as fake, loader(fake) as to:
        with pytest.raises(RemoteError, match=r"web page came .*Please log in"):
            to.run(release)
        assert len(fake.store) == 0


def test_busy_store(release):
    """429 with Retry-After is waited for, whatever is sent."""
    refused = set()

    def busy(request, _):
        what = (request.method, request.path, request.body)
        if what in refused:
            return None
        refused.add(what)
        return Reply(429, headers=(("Retry-After", "0"),))

    with storing("virtuoso", busy) as fake, loader(fake) as to:
        to.run(release)
        assert to.verify(release).agrees


def test_silent_store(release):
    """A store that stops answering is given up after the time limit, and the next run completes."""
    silent = [True]
    stall = Reply(204, silent=30)
    with storing("virtuoso", lambda _, n: stall if silent[0] and n == 4 else None) as fake:
        with loader(fake, seconds=0.5) as to, pytest.raises(LimitError, match="said nothing"):
            to.run(release)
        silent[0] = False
        with loader(fake) as to:
            assert to.run(release).survey.agrees


def test_default_graph_that_is_no_union(release):
    """A store that hides its graphs, against its profile, is refused before anything more is sent."""
    with storing("oxigraph") as fake:
        with loader(fake) as to:
            to.run(release)
        fake.store.update("CLEAR DEFAULT")
        before = len(fake.writes)
        wrong = Access(fake.query)
        with Loader(wrong, "rdf4j") as to, pytest.raises(UkjapanError, match="switch on the union"):
            to.plan(release)
        assert len(fake.writes) == before
        with loader(fake) as to:
            assert to.run(release).survey.agrees


def test_unknown_store(release):
    """A server that does not say what it is, and a store of an unknown kind, need a word from the user."""
    with storing("rdf4j") as fake, pytest.raises(UsageError, match="--store"):
        loader(fake).run(release)


def test_progress(release):
    """Whoever waits is told how far it is."""
    seen = []
    with storing() as fake, loader(fake, progress=lambda *step: seen.append(step)) as to:
        to.run(release)

    assert {what for what, _, _ in seen} == {"reading", "sending"}
    assert all(0 <= done <= total for _, done, total in seen)


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_no_receipt_over_what_is_wrong(kind, release):
    """Where what was read back is wrong and cannot be mended, no receipt says that it is there."""
    lost = []

    def forgetful(request, _):
        if lost and lost[0] in request.body.decode():
            return Reply(400, b"no")
        if b"sha256:" in request.body and not lost:
            name = max(release.graphs, key=lambda name: len(release.graphs[name]))
            one = next(fake.store.quads_for_pattern(None, None, None, NamedNode(name)))
            fake.store.remove(one)
            lost.append(f"{one.subject} {one.predicate} {one.object}")
        return None

    with storing(kind, forgetful) as fake, loader(fake, kind) as to:
        with pytest.raises(RemoteError, match="HTTP 400"):
            to.run(release)
        assert lost
        assert to.receipt() is None
        assert set(to.left().unfinished) >= set(release.graphs)


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_names_from_the_store_are_not_trusted(kind, release):
    """What others write into the loader's lists takes none of their graphs away, and stops no load."""
    part, x = NamedNode("http://purl.org/dc/terms/hasPart"), NamedNode("http://x/x")
    bad = Literal("x> ; DROP GRAPH <http://x/g> ; DROP SILENT GRAPH <http://x/y")
    with storing(kind) as fake, loader(fake, kind) as to:
        fake.store.add(FOREIGN)
        staging, going = NamedNode(f"{GRAPH}/staging"), NamedNode(f"{GRAPH}/loading")
        for value in (bad, NamedNode("http://x/g"), Triple(x, x, x)):
            fake.store.add(Quad(staging, part, value, staging))
        fake.store.add(Quad(NamedNode(GRAPH), NamedNode("http://x/other"), NamedNode("http://x/g"), going))
        assert to.run(release).survey.agrees
        assert FOREIGN in fake.store
        to.unload(release)
        assert FOREIGN in fake.store


def test_receipt_is_not_ours_to_trust(release):
    """Content decides, not the receipt: where it is gone the load is done again."""
    with storing() as fake, loader(fake) as to:
        to.run(release)
        fake.store.update("DELETE WHERE { GRAPH <https://w3id.org/ukjapan/id/graph/entities> { ?s ?p ?o } }")
        assert to.receipt() is not None
        assert to.run(release).messages

        fake.store.update(f"DROP GRAPH <{GRAPH}>")
        assert to.run(release).messages
        assert to.receipt() is not None


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(503, b"starting", "text/plain"), "busy or being started"),
        (Reply(301, headers=(("Location", "https://h/"),)), "sends on to https://h/"),
        (Reply(401), "other credentials"),
    ],
)
def test_refused_at_the_door(reply, words):
    """A server of which nobody can tell the kind, because it refuses, is told for what it says."""
    with serving(reply) as fake, pytest.raises(RemoteError, match=words):
        Loader(Access(fake.address))


@pytest.mark.parametrize(
    "body",
    [
        b'{"head":{"vars":["z"]},"results":{"bindings":[{"z":{"type":"literal","value":"x"}}]}}',
        b'{"head":{"vars":["p","o","g"]},"results":{"bindings":[{}]}}',
        b'{"head":{},"boolean":true}',
    ],
)
def test_rows_of_other_questions(body):
    """Rows that answer another question are no answer."""
    release = Release("1" * 64, {"http://x/g": frozenset(['<http://x/a> <http://x/p> "a"'])})
    with (
        serving(Reply(body=body, server="oxigraph")) as fake,
        Loader(Access(fake.address)) as loader,
        pytest.raises(RemoteError, match="breaks off or is none"),
    ):
        loader.counts(release)


def test_part_of_an_answer():
    """An answer that calls itself a part is no whole one."""
    rows = b'{"head":{"vars":["p","o","g"]},"results":{"bindings":[]}}'
    with (
        serving(Reply(206, rows, server="oxigraph")) as fake,
        Loader(Access(fake.address)) as loader,
        pytest.raises(LimitError, match="part"),
    ):
        loader.receipt()
