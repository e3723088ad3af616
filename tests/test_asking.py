"""One query over the wire: limits, trying again, credentials; against a server that behaves as badly as servers do."""

import time
from urllib.parse import parse_qs

import pytest

from fake_server import Reply, json_rows, serving
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.remote.access import Access

SELECT = "SELECT ?x { ?x ukj:buildsOn ?y }"
GOOD = Reply(body=json_rows("a", "b"))


def engine(fake, **more):
    """An engine on the server ``fake``."""
    return Remote(Access(fake.address), **more)


def test_words_that_look_like_updates():
    """A query is sent as a query, whatever words stand in its comments and names."""
    with serving(GOOD) as fake:
        engine(fake).select(f"PREFIX insert: <http://delete/> # DELETE WHERE {{}}\n{SELECT} # LOAD")

    assert list(parse_qs(fake.requests[0].body.decode())) == ["query"]


def test_nobody_there():
    """A port on which nobody listens is an error at once."""
    with serving(GOOD) as fake:
        pass

    with pytest.raises(RemoteError, match=r"no answer: .*refused"):
        engine(fake).ask("ASK {}")


def test_connection_cut():
    """A connection closed without a word is an error."""

    def hang_up(_):
        raise ConnectionResetError

    with serving(hang_up) as fake, pytest.raises(RemoteError, match="no answer"):
        engine(fake).select(SELECT)


@pytest.mark.parametrize("reply", [GOOD._replace(silent=30), GOOD._replace(drip=0.05)])
def test_time_limit(reply):
    """Neither a server that says nothing nor one that says a byte at a time holds its caller."""
    with serving(reply) as fake:
        start = time.monotonic()
        with pytest.raises(LimitError, match=r"stopped after 0\.5 s"):
            engine(fake, seconds=0.5).select(SELECT)

        assert time.monotonic() - start < 1.5


def test_size_limit():
    """An answer larger than the limit is not read to its end."""
    with (
        serving(Reply(body=json_rows(*"x" * 5000))) as fake,
        pytest.raises(LimitError, match="bytes of answer"),
    ):
        engine(fake, size=1000).select(SELECT)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_tried_again(status):
    """What passes is tried again, after the pause that the server asks for."""
    busy = Reply(status, headers=(("Retry-After", "0"),))
    with serving(busy, busy, GOOD) as fake:
        assert len(engine(fake).select(SELECT).rows) == 2

    assert len(fake.requests) == 3


def test_not_tried_for_ever():
    """A server that stays busy is given up, and one that asks for a longer pause than there is time."""
    with serving(Reply(503, headers=(("Retry-After", "0"),))) as fake:
        with pytest.raises(RemoteError, match="busy"):
            engine(fake).select(SELECT)
        assert len(fake.requests) == 4
    with serving(Reply(429, headers=(("Retry-After", "60"),))) as fake:
        with pytest.raises(RemoteError, match="too often"):
            engine(fake, seconds=5).select(SELECT)
        assert len(fake.requests) == 1


def test_the_servers_time_limit():
    """A query that the server stopped is a limit error."""
    with serving(Reply(500, b"S1T00 Error SR171: Transaction timed out")) as fake, pytest.raises(LimitError):
        engine(fake).select(SELECT)


def test_credentials():
    """Basic credentials and bearer tokens go to the server that asks for them, and into no error."""

    def door(request):
        if request.headers["Authorization"] in ("Basic YWRhOnNlc2FtZQ==", "Bearer t0ken"):
            return GOOD
        return Reply(401, b"not sesame", headers=(("WWW-Authenticate", 'Basic realm="store"'),))

    with serving(door) as fake:
        assert Remote(Access(fake.address, "ada", "sesame")).select(SELECT).rows
        assert Remote(Access(fake.address, token="t0ken")).select(SELECT).rows
        with pytest.raises(RemoteError, match="HTTP 401") as caught:
            Remote(Access(fake.address, "ben", "sesame")).select(SELECT)

    assert "sesame" not in str(caught.value)


def test_credentials_do_not_leave():
    """A redirect takes no credentials with it."""
    with serving(GOOD) as other:
        away = Reply(307, headers=(("Location", other.address),))
        with serving(away) as fake, pytest.raises(RemoteError, match="sends on"):
            Remote(Access(fake.address, token="t0ken")).select(SELECT)

    assert other.requests == []


def test_digest():
    """Digest answers the server's challenge; the password itself is never sent."""

    def door(request):
        if (request.headers["Authorization"] or "").startswith('Digest username="ada", realm="store"'):
            return GOOD
        challenge = 'Digest realm="store", qop="auth", nonce="n0nce", algorithm=MD5'
        return Reply(401, headers=(("WWW-Authenticate", challenge),))

    with serving(door) as fake:
        assert Remote(Access(fake.address, "ada", "sesame")).select(SELECT).rows

    assert all("sesame" not in str(request.headers) for request in fake.requests)
