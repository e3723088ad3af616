"""The server as a process, reached over loopback: clients, slow and hostile ones, and a clean stop."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

import servers
from servers import endpoint as server
from ukjapan_graph.answering import answers
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.endpoint.front import HEAD_SECONDS
from ukjapan_graph.resources import release_path

pytestmark = pytest.mark.server

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(STR(?a) > STR(?f)) }"
SMALL = "SELECT ?o { instrument:acsa skos:prefLabel ?o }"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of a server with a short time limit."""
    with server("--timeout", "2", "--workers", "2") as (base, _):
        yield base


def test_every_saved_query_over_the_wire(base):
    """Each saved query has over HTTP the rows that it has in the library."""
    store = open_store(release_path())
    for query in httpx.get(f"{base}/queries", headers={"Accept": "application/json"}).json():
        rows = httpx.get(query["href"], timeout=20).json()["results"]["bindings"]
        assert len(rows) == len(answers.ask(store, query["name"], {})), query["name"]


def test_small_queries_do_not_wait_for_runaways(base):
    """While a runaway holds one worker, others are answered well within its time."""
    with httpx.Client(timeout=20) as client, httpx.Client(timeout=0.2) as hasty:
        with pytest.raises(httpx.ReadTimeout):
            hasty.get(f"{base}/sparql", params={"query": RUNAWAY + " # held"})
        times = []
        for number in range(30):
            start = time.monotonic()
            assert client.get(f"{base}/sparql", params={"query": f"{SMALL} # {number}"}).status_code == 200
            times.append(time.monotonic() - start)
        assert max(times) < 2
        assert client.get(f"{base}/sparql", params={"query": RUNAWAY}).status_code == 504


def told(base: str, content: bytes, seconds: float = 10) -> bytes:
    """All that the server sends to whoever sends it just this, until it closes the connection."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as client:
        client.sendall(content)
        return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"HTTP/1.0\r\n", b"200"),
        (b"HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", b"200"),
        (b"HTTP/1.1\r\nConnection: close\r\n", b"400"),
        (b"HTTP/1.1\r\nHost: x\r\nHost: x\r\nConnection: close\r\n", b"400"),
    ],
)
def test_the_host_of_a_request(base, head, status):
    """HTTP 1.1 names one host; HTTP 1.0 may do without."""
    assert told(base, b"GET /sparql?query=ASK%7B%7D " + head + b"\r\n").split()[1] == status


def test_clients_that_say_nothing_keep_nobody_out(base):
    """Whoever connects and sends nothing is let go in time; others are answered meanwhile."""
    host, port = base.removeprefix("http://").split(":")
    with contextlib.ExitStack() as stack:
        start = time.monotonic()
        silent = [
            stack.enter_context(socket.create_connection((host, int(port)), timeout=30)) for _ in range(300)
        ]
        assert httpx.get(f"{base}/ready", timeout=5).status_code == 200
        assert [client.recv(100) for client in silent] == [b""] * len(silent)
        assert time.monotonic() - start < HEAD_SECONDS + 10


def test_another_protocol_is_refused(base):
    """HTTP 2, for which there are no limits here, is not spoken; an upgrade to it, or to WebSocket, is passed over."""
    assert told(base, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9))[:1] in (b"", b"H")
    for wanted in (b"h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", b"websocket\r\nSec-WebSocket-Version: 13"):
        head = b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: " + wanted
        assert told(base, head + b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_slow_client_is_let_go(base):
    """Whoever sends the head of a request letter by letter is cut off; others are answered meanwhile."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as slow:
        slow.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert httpx.get(f"{base}/ready").status_code == 200
        start = time.monotonic()
        try:
            while time.monotonic() - start < 25:
                slow.sendall(b"a")
                slow.settimeout(1)
                try:
                    if slow.recv(1000) is not None:
                        break
                except TimeoutError:
                    continue
        except OSError:
            pass
        assert time.monotonic() - start < 20


def test_a_slow_body_is_let_go(base):
    """Whoever sends the body of a request letter by letter is told so, and cut off."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as slow:
        slow.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 999\r\n\r\n"
        )
        start, said = time.monotonic(), b""
        slow.settimeout(0.2)
        while time.monotonic() - start < 9 and not said:
            slow.sendall(b"A")
            with contextlib.suppress(TimeoutError):
                said = slow.recv(1000)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert 1.5 < time.monotonic() - start < 8  # the limit is 2 s


def test_who_leaves_needs_no_worker_any_more(base):
    """A query whose client has gone is stopped, whether it runs or waits."""
    host, port = base.removeprefix("http://").split(":")
    with contextlib.ExitStack() as stack:
        for number in range(6):
            client = stack.enter_context(socket.create_connection((host, int(port)), timeout=10))
            query = quote(f"{RUNAWAY} # left {number}")
            client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        end = time.monotonic() + 10
        while httpx.get(f"{base}/health").json()["running"] == 0 and time.monotonic() < end:
            time.sleep(0.02)
    time.sleep(0.5)  # the limit is 2 s
    state = httpx.get(f"{base}/health").json()
    assert (state["running"], state["waiting"]) == (0, 0)


def test_a_body_that_is_told_to_be_too_long_is_not_waited_for(base):
    """The refusal comes before the body, also where the client waits to be told to send it."""
    for line in (b"", b"Expect: 100-continue\r\n"):
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n" + line
        start = time.monotonic()
        assert told(base, head + b"\r\n").startswith(b"HTTP/1.1 413 ")
        assert time.monotonic() - start < 1


def test_who_takes_an_answer_slowly_has_it_whole_when_the_server_stops():
    """On SIGTERM an answer on its way is sent, where the client takes it within the time of a query."""
    query = "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 100000"
    with server("--timeout", "10") as (base, process), contextlib.closing(socket.socket()) as slow:
        host, port = base.removeprefix("http://").split(":")
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(10)
        slow.connect((host, int(port)))
        slow.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        got = slow.recv(65536)
        process.send_signal(signal.SIGTERM)
        time.sleep(3)
        got += b"".join(iter(lambda: slow.recv(65536), b""))
        head, _, body = got.partition(b"\r\n\r\n")
        assert len(body) == int(head.lower().partition(b"content-length: ")[2].split()[0]) > 10_000_000
        assert process.wait(timeout=20) == 0


def test_a_flood_of_headers_is_refused(base):
    """More headers than a request may have close the connection or are refused; the server lives."""
    host, port = base.removeprefix("http://").split(":")
    flood = b"".join(b"X-%d: %s\r\n" % (i, b"a" * 1000) for i in range(500))
    first = b""
    with socket.create_connection((host, int(port)), timeout=10) as client, contextlib.suppress(OSError):
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + flood)
        client.sendall(b"\r\n")
        first = client.recv(100)
    assert first.startswith(b"HTTP/1.1 4") or first == b""
    assert httpx.get(f"{base}/ready").status_code == 200


def test_a_clean_stop():
    """On SIGTERM the answer at work is finished, the process ends, and so do its workers."""
    with server("--timeout", "4") as (base, process), httpx.Client(timeout=20) as client:
        assert client.get(f"{base}/sparql", params={"query": SMALL}).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{base}/ready")


def test_nothing_goes_on_after_a_kill():
    """Where the process that talks to clients is killed, the others end too, whatever they were doing."""
    with server("--timeout", "60") as (base, process), httpx.Client(timeout=0.5) as hasty:
        with contextlib.suppress(httpx.ReadTimeout):
            hasty.get(f"{base}/sparql", params={"query": RUNAWAY})
        others = servers.below(process.pid)
        assert len(others) >= 2
        process.kill()
        end = time.monotonic() + 10
        while any(is_alive(pid) for pid in others) and time.monotonic() < end:
            time.sleep(0.05)
        assert [pid for pid in others if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_ends_is_replaced():
    """Where workers are killed from outside, who asked is told, and the next is answered."""
    with server() as (base, process), httpx.Client(timeout=20) as client:
        template = servers.below(process.pid)[0]
        for pid in servers.below(template):
            os.kill(pid, signal.SIGKILL)
        codes = [
            client.get(f"{base}/sparql", params={"query": f"{SMALL} # {n}"}).status_code for n in range(5)
        ]
        assert set(codes) <= {200, 503}
        assert codes[-1] == 200


def test_workers_can_be_had_when_their_maker_is_gone():
    """Where the process that makes workers is killed, and they too, others are made in another way."""
    with server() as (base, process), httpx.Client(timeout=20) as client:
        template = servers.below(process.pid)[0]
        for pid in (template, *servers.below(template)):
            os.kill(pid, signal.SIGKILL)
        codes = [
            client.get(f"{base}/sparql", params={"query": f"{SMALL} # {n}"}).status_code for n in range(3)
        ]
        assert set(codes) <= {200, 503}
        assert codes[-1] == 200
        assert client.get(f"{base}/ready").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def serve(*options: str) -> subprocess.CompletedProcess:
    """``ukjapan serve`` with options that it cannot serve with."""
    line = [sys.executable, "-m", "ukjapan_graph", "serve", *options]
    return subprocess.run(line, capture_output=True, text=True, timeout=30)


def test_a_taken_port_is_named():
    """Where the port is taken, the command says so and leaves with 3."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = serve("--port", str(holder.getsockname()[1]))
    assert done.returncode == 3
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "203.0.113.77"])
def test_an_address_that_cannot_be_had(host):
    """Where a host is none, or is another's, the command says so and leaves with 3."""
    done = serve("--port", str(servers.free_port()), "--host", host)
    assert (done.returncode, "cannot be had" in done.stderr) == (3, True)
    assert "Traceback" not in done.stderr


def test_localhost():
    """A name is as good as the address that it stands for."""
    with server("--host", "localhost") as (base, _):
        assert httpx.get(f"{base}/ready").status_code == 200


def test_log_lines_hold_no_query():
    """A line for each request as JSON, without what was asked."""
    with server("--log", "json") as (base, process):
        httpx.get(f"{base}/sparql", params={"query": SMALL})
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert any(line["path"] == "/sparql" and line["status"] == 200 for line in lines)
    assert "acsa" not in err


def test_behind_a_proxy():
    """Links begin as the client reached the proxy; the answer to one scheme is not given to the other."""
    with server("--proxy", "127.0.0.1") as (base, _):
        told = {"Host": "graph.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        far = httpx.get(f"{base}/openapi.json", headers=told).json()
        near = httpx.get(f"{base}/openapi.json", headers={"Host": "graph.example"}).json()
        assert far["servers"] == [{"url": "https://graph.example"}]
        assert near["servers"] == [{"url": "http://graph.example"}]
