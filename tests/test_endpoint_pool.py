"""Limits that hold: on time, memory, size, and on how many ask at once."""

import asyncio
import time

import pytest

import small_graph
from serving import serving
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.spawning import Spawner, Worker

#: Queries that would run for hours, each of another shape.
RUNAWAYS = {
    "count of a product": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?j "
    "FILTER(STRLEN(STR(?a)) + STRLEN(STR(?c)) > STRLEN(STR(?e))) }",
    "sorted product": "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h } ORDER BY ?d ?a ?h",
    "pattern in a product": "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?j "
    'FILTER(REGEX(STR(?p), CONCAT(STR(?q), STR(?r), STR(?s), STR(?t), "zzz"))) }',
}
SMALL = "ASK { instrument:ferry-pact a ?kind }"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file."""
    return small_graph.write_release(tmp_path_factory.mktemp("release"))


@pytest.mark.parametrize("query", RUNAWAYS.values(), ids=RUNAWAYS)
def test_a_runaway_is_stopped(release, query):
    """A query that takes too long gets 504 with no part of an answer; the next is answered."""
    with serving(release, Limits(seconds=2, workers=1, memory=0)) as client:
        stopped = client.sparql(query, "text/csv")
        assert (stopped.status_code, stopped.headers["retry-after"]) == (504, "60")
        assert stopped.headers["content-type"] == "application/problem+json"
        assert client.sparql(SMALL).json() == {"head": {}, "boolean": True}
        assert client.pool.killed == 1


def test_others_do_not_notice(release):
    """While one worker is held by a runaway, another answers."""
    with serving(release, Limits(seconds=3, workers=2, memory=0)) as client:
        runaway = ("GET", "/sparql", {"params": {"query": RUNAWAYS["count of a product"]}})
        small = [("GET", "/sparql", {"params": {"query": f"{SMALL} # {i}"}}) for i in range(5)]
        first, *others = client.together(runaway, *small)
        assert first.status_code == 504
        assert [response.status_code for response in others] == [200] * 5


def test_who_runs_longest_makes_room(release):
    """Where all workers run long, one who waits gets the worker of the longest, who is told so, whole."""
    with serving(release, Limits(seconds=9, workers=1, memory=0)) as client:
        runaway = ("GET", "/sparql", {"params": {"query": RUNAWAYS["count of a product"]}})
        stopped, small = client.together(runaway, ("GET", "/sparql", {"params": {"query": SMALL}}))
        assert (stopped.status_code, stopped.headers["retry-after"]) == (503, "30")
        assert stopped.json()["type"].rpartition("/")[2] == "made-room"
        assert small.json() == {"head": {}, "boolean": True}


def test_what_runs_long_alone_may_go_on(release):
    """A query that takes longer than a moment is answered where nobody waits for its worker."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(STR(?a) > STR(?f)) }"
    with serving(release, Limits(seconds=30, workers=1, memory=0, quick=0.001)) as client:
        assert client.sparql(slow, "text/csv").status_code == 200
        assert client.pool.killed == 0
        assert client.sparql(SMALL).status_code == 200


def test_a_result_that_is_too_large(release):
    """A result above the limit is refused whole; the worker lives on."""
    with serving(release, Limits(seconds=10, workers=1, memory=0, largest=2000)) as client:
        response = client.sparql("SELECT * { ?s ?p ?o }")
        assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (503, "size")
        assert response.headers["retry-after"] == "60"
        assert client.sparql(SMALL).status_code == 200
        assert client.pool.killed == 0


def test_a_query_that_eats_memory(release):
    """A query that needs more memory than it may have gets 503, and the next is answered."""
    greedy = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?d ?b"
    with serving(release, Limits(seconds=20, workers=1, memory=400 * 1024 * 1024)) as client:
        response = client.sparql(greedy)
        assert response.status_code == 503, response.text
        assert client.sparql(SMALL).status_code == 200


def test_too_many_of_one_client(release):
    """Above its share, a client gets 429 and is told when to come again; the rest of its queries are answered."""
    with serving(release, Limits(seconds=5, workers=1, memory=0, per_client=3)) as client:
        asked = [("GET", "/sparql", {"params": {"query": f"{SMALL} # {i}"}}) for i in range(8)]
        found = client.together(*asked)
        codes = sorted(response.status_code for response in found)
        assert codes == [200] * 3 + [429] * 5
        assert {r.headers.get("retry-after") for r in found if r.status_code == 429} == {"1"}


def test_a_full_queue(release):
    """Where the queue is full, whoever comes gets 429 at once."""
    with serving(release, Limits(seconds=2, workers=1, memory=0, waiting=1, per_client=50)) as client:
        runaway = ("GET", "/sparql", {"params": {"query": RUNAWAYS["count of a product"]}})
        found = client.together(runaway, *[runaway] * 5)
        codes = sorted(response.status_code for response in found)
        assert codes.count(429) >= 4
        assert 504 in codes


def test_a_query_that_is_too_long(release):
    """A query, or a body, above the limit is refused before it is read on."""
    with serving(release, Limits(workers=1, memory=0, length=100, body=300)) as client:
        long = client.sparql("ASK { } #" + "x" * 100)
        wide = client.request("POST", "/sparql", data={"query": "x" * 400})
        assert (long.status_code, wide.status_code) == (400, 413)
        assert long.json()["detail"].startswith("The query has 109 characters")


def test_who_waits_too_long_is_told(release):
    """Whoever waits for a worker as long as a query may take gets 429."""
    with serving(release, Limits(seconds=0.5, workers=1, memory=0)) as client:
        idle, client.pool._line.idle = client.pool._line.idle, []
        response = client.sparql(SMALL)
        assert response.status_code == 429
        client.pool._line.idle = idle


def test_a_closing_server_takes_no_more(release):
    """Once the server closes, queries get 503 and readiness is gone."""
    with serving(release, Limits(workers=1, memory=0)) as client:
        client.pool._closing = True
        assert client.sparql(SMALL).status_code == 503
        assert client.get("/ready").status_code == 503


#: No process has this number; 0 would be this one, which would then be nice to all others.
_NOBODY = 2**22 + 1


class Played(Worker):
    """A worker that this process plays: it answers when it is told to, or is ended.

    :ivar asked: set when it has an order
    :ivar ended: whether it was ended, and not only killed
    :ivar faults: of its ends, of all of them
    """

    ended = False
    faults: list[str]

    def __init__(self) -> None:
        super().__init__(_NOBODY, asyncio.StreamReader(), None)
        self.asked = asyncio.Event()
        self._reader.feed_data(bytes(8))  # ready

    async def send(self, content):
        self.asked.set()

    def answer(self, content=b"fine"):
        """Answer what it was asked."""
        self._reader.feed_data(len(content).to_bytes(8, "big") + content)

    def kill(self):
        self._reader.feed_eof()

    async def end(self):
        self.kill()
        try:
            await self._reader.read()
            self.ended = True
        except RuntimeError as error:  # two read at once
            self.faults.append(str(error))


class Playing(Spawner):
    """Makes workers that are played; ``fails`` says whether it can make none."""

    def __init__(self, *, fails=False):
        self.fails, self.made, self.faults = fails, [], []

    async def spawn(self):
        if self.fails:
            raise RuntimeError("no room for another thread")
        worker = Played()
        worker.faults = self.faults
        self.made.append(worker)
        return worker


def test_who_makes_room_is_told_why_and_ends_cleanly():
    """Nobody reads from a worker while its asker does, and its end is not taken for a lack of memory."""

    async def play():
        spawner = Playing()
        pool = Pool(spawner, Limits(seconds=5, workers=1, quick=0.01))
        await pool.start()
        long = asyncio.ensure_future(pool.answer(b"long", "one"))
        await spawner.made[0].asked.wait()
        await asyncio.sleep(0.1)
        short = asyncio.ensure_future(pool.answer(b"short", "other"))
        with pytest.raises(Problem, match="others waited"):
            await long
        spawner.made[1].answer()
        assert await short == b"fine"
        await pool.close()
        return spawner

    spawner = asyncio.run(play())
    assert (len(spawner.made), spawner.faults) == (2, [])


def test_who_waits_when_the_server_closes_is_told():
    """What is at work is finished; who waits for a worker is told at once that none comes."""

    async def play():
        spawner = Playing()
        pool = Pool(spawner, Limits(seconds=5, workers=1, quick=5))
        await pool.start()
        first = asyncio.ensure_future(pool.answer(b"first", "one"))
        second = asyncio.ensure_future(pool.answer(b"second", "other"))
        await spawner.made[0].asked.wait()
        closing = asyncio.ensure_future(pool.close())
        with pytest.raises(Problem) as caught:
            await asyncio.wait_for(second, 1)
        assert (caught.value.status, caught.value.kind) == (503, "closing")
        spawner.made[0].answer()
        assert await first == b"fine"
        await closing

    asyncio.run(play())


def test_closing_ends_whatever_happens():
    """A worker that does not answer, and one that does not start, hold the end up no longer than a query may."""

    async def play():
        spawner = Playing()
        pool = Pool(spawner, Limits(seconds=0.2, workers=2, quick=0.01))
        await pool.start()
        pool._line.idle.clear()  # as if it were at work for ever
        pool._later(asyncio.sleep(60))
        start = time.monotonic()
        await pool.close()
        assert time.monotonic() - start < 3
        assert spawner.made[0]._reader.at_eof()
        assert spawner.faults == []

    asyncio.run(play())


def test_a_worker_that_starts_while_the_server_closes_is_ended():
    """None is left behind."""

    async def play():
        spawner = Playing()
        pool = Pool(spawner, Limits(seconds=5, workers=2))
        await pool.start()
        pool._starting += 1
        pool._later(pool._spawn())
        await pool.close()
        return [worker.ended for worker in spawner.made]

    assert asyncio.run(play()) == [True, True]


def test_without_any_worker():
    """Where no worker can be started, whatever the reason, who asks is told so at once; later there may be one."""

    async def play():
        spawner = Playing(fails=True)
        pool = Pool(spawner, Limits(seconds=5, workers=1))
        for _ in range(2):
            with pytest.raises(Problem) as caught:
                await asyncio.wait_for(pool.answer(b"x", "one"), 2)
            assert (caught.value.status, caught.value.kind) == (503, "worker")
        spawner.fails = False
        found = asyncio.ensure_future(pool.answer(b"x", "one"))
        await asyncio.sleep(0.1)
        spawner.made[0].answer()
        assert await found == b"fine"
        await pool.close()

    asyncio.run(play())
