"""A server on loopback that says what a test tells it to say, right or wrong, and keeps what it was sent."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

ROWS = "application/sparql-results+json"


class Request(NamedTuple):
    """What a client sent; ``path`` with its query string."""

    method: str
    path: str
    headers: Message
    body: bytes


class Reply(NamedTuple):
    """What to send back.

    :ivar cut: send only so many bytes of the body, then close the connection
    :ivar drip: seconds to wait before each byte
    :ivar silent: seconds to say nothing at all before the reply
    :ivar length: whether to promise a Content-Length
    :ivar server: the name that the server gives itself
    """

    status: int = 200
    body: bytes = b""
    media: str = ROWS
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None
    drip: float = 0
    silent: float = 0
    length: bool = True
    server: str = ""


class Fake(NamedTuple):
    """A running server: its address, and the requests it got so far."""

    address: str
    requests: list[Request]


@contextlib.contextmanager
def serving(
    *replies: Reply | Callable[[Request], Reply], tls: ssl.SSLContext | None = None
) -> Iterator[Fake]:
    """A server that gives ``replies`` in turn, and the last one ever after; over TLS as ``localhost`` with ``tls``."""
    got: list[Request] = []
    lock, over = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            with contextlib.suppress(ConnectionError):
                super().handle_one_request()

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = Request(self.command, self.path, self.headers, body)
            with lock:
                reply = replies[min(len(got), len(replies) - 1)]
                got.append(request)
            self.send(reply(request) if callable(reply) else reply)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

        def send(self, reply: Reply) -> None:
            over.wait(reply.silent)
            self.server_version, self.sys_version = reply.server, ""
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.media)
            for name, value in reply.headers:
                self.send_header(name, value)
            if reply.length:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            for byte in reply.body[: reply.cut] if reply.drip else ():
                self.wfile.write(bytes([byte]))
                if over.wait(reply.drip):
                    return
            if not reply.drip:
                self.wfile.write(reply.body[: reply.cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        # The handshake is done by the thread that answers.
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # a client that does not trust us hangs up
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        home = "https://localhost" if tls else "http://127.0.0.1"
        yield Fake(f"{home}:{server.server_port}/sparql", got)
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def forward(address: str, request: Request) -> Reply:
    """The reply that the real server at ``address`` (its path is not used) gives to ``request``."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    kept = {
        name: value
        for name, value in request.headers.items()
        if name.lower() not in ("host", "connection", "content-length", "accept-encoding")
    }
    try:
        connection.request(request.method, request.path, request.body, kept)
        answer = connection.getresponse()
        body = answer.read()
        passed = tuple(
            (name, value)
            for name, value in answer.getheaders()
            if name.lower()
            not in ("content-type", "content-length", "connection", "transfer-encoding", "server")
        )
        return Reply(answer.status, body, answer.getheader("Content-Type") or "", passed)
    finally:
        connection.close()


def json_rows(*values: str) -> bytes:
    """SPARQL JSON of one column ``x`` of plain strings."""
    cells = ", ".join(f'{{"x": {{"type": "literal", "value": "{value}"}}}}' for value in values)
    return f'{{"head": {{"vars": ["x"]}}, "results": {{"bindings": [{cells}]}}}}'.encode()


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Return when ``true()``; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
