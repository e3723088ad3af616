"""One query over the wire: limits, trying again, credentials; against a server that behaves as badly as servers do."""

import time
from urllib.parse import parse_qs

import pytest

from fake_server import Reply, json_rows, serving
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import LimitError, RemoteError, UsageError
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

    with pytest.raises(RemoteError, match="no answer: Connection refused"):
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


def test_users_of_all_languages():
    """A user name goes to the server as UTF-8, whatever its letters."""
    door = Reply(401, headers=(("WWW-Authenticate", 'Digest realm="a", nonce="b", qop="auth"'),))
    with serving(door) as fake:
        with pytest.raises(RemoteError, match="HTTP 401"):
            Remote(Access(fake.address, "鍵ā", "sesame")).select(SELECT)
        assert "鍵ā".encode() in fake.requests[1].headers["Authorization"].encode("latin-1")
        with pytest.raises(RemoteError, match="cannot be sent") as caught:
            Remote(Access(fake.address, "ada\nX-y: z", "sesame")).select(SELECT)
    assert "Digest" not in str(caught.value)


@pytest.mark.parametrize(
    "variable", ["http:/ada:secret@host", "http://ada:se/cret@host", "socks5://ada:secret@h"]
)
def test_no_proxy(monkeypatch, variable):
    """A variable that names no proxy is named before anything is sent, and what it holds is not shown."""
    monkeypatch.setenv("http_proxy", variable)
    with pytest.raises(UsageError, match="http_proxy") as caught:
        Remote(Access("http://store.example/sparql"))
    assert "cret" not in str(caught.value)


def test_proxy(monkeypatch):
    """The proxy of the environment is used, with its credentials, which no error repeats."""

    def echo(request):
        return Reply(403, f"not for {request.headers['Proxy-Authorization']}".encode())

    with serving(echo) as fake:
        home = fake.address.removesuffix("/sparql")
        monkeypatch.setenv("http_proxy", home.replace("http://", "ada:s%40same@"))
        far = Remote(Access("http://store.example/sparql"))
        with pytest.raises(RemoteError, match="not for Basic •••"):
            far.select(SELECT)
    assert fake.requests[0].headers["Proxy-Authorization"] == "Basic YWRhOnNAc2FtZQ=="


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
