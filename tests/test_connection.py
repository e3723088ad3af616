"""A connection stays within its limits, goes where it should, and says what went wrong."""

import base64
import contextlib
import gzip
import socket

import pytest

from fake_server import Reply, serving
from ukjapan_graph.errors import LimitError, RemoteError, UsageError
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.connection import Connection


def asked(fake, *, access=None, seconds=5.0, size=1000, again=True):
    """The answer to a small POST."""
    with Connection(access or Access(fake.address), seconds=seconds, size=size) as connection:
        return connection.settled("POST", fake.address, b"x", "text/plain", again=again)


@contextlib.contextmanager
def opened(*replies):
    """A connection to a server that gives these replies in turn."""
    with (
        serving(*replies) as fake,
        Connection(Access(fake.address), seconds=5, size=1000) as connection,
    ):
        yield connection


def test_limits():
    """An answer that is too large, that never ends, or that is not begun, is stopped."""
    with serving(Reply(body=b"x" * 1001)) as fake, pytest.raises(LimitError, match="1,000 bytes"):
        asked(fake)
    with serving(Reply(body=b"x" * 1000)) as fake:
        assert len(asked(fake).body) == 1000
    with serving(Reply(body=b"x" * 900, drip=0.05)) as fake, pytest.raises(LimitError, match="no whole"):
        asked(fake, seconds=0.4)
    with serving(Reply(silent=20)) as fake, pytest.raises(LimitError, match="said nothing"):
        asked(fake, seconds=0.2)


def test_packed():
    """A packed answer is unpacked, and its size counted unpacked."""
    packed = Reply(body=gzip.compress(b"x" * 900), headers=(("Content-Encoding", "gzip"),))
    with serving(packed) as fake:
        assert asked(fake).body == b"x" * 900
    with serving(packed) as fake, pytest.raises(LimitError, match="500 bytes"):
        asked(fake, size=500)
    with serving(packed._replace(body=b"no gzip")) as fake, pytest.raises(RemoteError, match="no answer"):
        asked(fake)


def test_broken():
    """An answer that breaks off is none; the next request has a connection of its own."""
    with opened(Reply(body=b"x" * 100, cut=50), Reply(body=b"whole")) as connection:
        with pytest.raises(RemoteError, match="the answer broke off after 50 of 100 bytes"):
            connection.ask("GET", connection.access.address)
        assert connection.ask("GET", connection.access.address).body == b"whole"


def test_what_was_left_of_an_answer():
    """What is left of an answer that was too large is not taken for the next one."""
    with opened(Reply(body=b"x" * 500_000), Reply(body=b"whole")) as connection:
        with pytest.raises(LimitError):
            connection.ask("GET", connection.access.address)
        assert connection.ask("GET", connection.access.address).body == b"whole"


def test_no_time_to_wait():
    """A server that wants more patience than there is time is not asked again."""
    with serving(Reply(503, headers=(("Retry-After", "9"),))) as fake:
        assert asked(fake, seconds=2).status == 503
        assert len(fake.requests) == 1


def test_proxy(monkeypatch):
    """The proxy of the environment is used, with its credentials, except for hosts that need none."""
    with serving(Reply(body=b"through")) as fake:
        home = fake.address.removesuffix("/sparql")
        monkeypatch.setenv("http_proxy", home.replace("://", "://ada:sesame@"))
        far = Access("http://store.example/sparql")
        with Connection(far, seconds=5, size=1000) as connection:
            assert connection.ask("GET", far.address).body == b"through"
        (request,) = fake.requests
        assert request.path == far.address
        assert request.headers["Proxy-Authorization"] == "Basic YWRhOnNlc2FtZQ=="
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        asked(fake)
        assert fake.requests[-1].path == "/sparql"


def test_proxy_with_an_escaped_password(monkeypatch):
    """What is escaped in the variable is sent as it is meant."""
    with serving(Reply(body=b"through")) as fake:
        home = fake.address.removesuffix("/sparql")
        monkeypatch.setenv("http_proxy", home.replace("://", "://ada:s%40s%C4%81me@"))
        far = Access("http://store.example/sparql")
        with Connection(far, seconds=5, size=1000) as connection:
            connection.ask("GET", far.address)
        sent = base64.b64encode("ada:s@sāme".encode()).decode()
        assert fake.requests[0].headers["Proxy-Authorization"] == f"Basic {sent}"


@pytest.mark.parametrize("proxy", ["socks5://h:1", "ftp://ada:sesame@h", "http://["])
def test_no_proxy(monkeypatch, proxy):
    """A variable that names no proxy is named, and what it holds is not shown."""
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(UsageError, match="http_proxy") as caught:
        Connection(Access("http://store.example/"), seconds=1, size=1)
    assert "sesame" not in str(caught.value)


def test_no_such_host():
    """An address that only the library refuses is an address without an answer; the words are a person's."""
    with pytest.raises(RemoteError, match="no answer"), opened(Reply()) as connection:
        connection.ask("GET", "http://[v1.a]/")
    with (
        serving(lambda _: (_ for _ in ()).throw(ConnectionResetError())) as fake,
        pytest.raises(RemoteError) as caught,
    ):
        asked(fake)
    assert "(" not in str(caught.value)


def test_no_connection(monkeypatch):
    """A connection that does not come about has a time of its own, and that is the one that is told."""
    import ukjapan_graph.remote.connection as module

    monkeypatch.setattr(module, "_CONNECT", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with (
            Connection(Access(address), seconds=60, size=1) as connection,
            pytest.raises(RemoteError, match="http or https"),
        ):
            connection.ask("GET", address)


@pytest.mark.parametrize(
    "challenge",
    [
        'Digest realm="a", nonce="b", qop="auth-int"',
        'Digest realm="a" nonce= ,=,,"',
        "Digest =",
        "Digest",
        'Digest realm="a", nonce="\xe9", qop="auth"',
    ],
)
def test_odd_challenge(challenge):
    """A challenge that is not understood is a refusal."""
    with serving(Reply(401, headers=(("WWW-Authenticate", challenge),))) as fake:
        assert asked(fake, access=Access(fake.address, "ada", "sesame")).status == 401


@pytest.mark.parametrize("challenge", ['Digest realm="a", nonce="b", qop="auth"', 'Basic realm="a"'])
def test_users_of_all_languages(challenge):
    """A user name goes to the server as UTF-8 (RFC 7616, 3.4; RFC 7617, 2.1), whatever its letters."""
    with serving(Reply(401, headers=(("WWW-Authenticate", challenge),))) as fake:
        assert asked(fake, access=Access(fake.address, "鍵ā", "sésame")).status == 401
        sent = fake.requests[1].headers["Authorization"].encode("latin-1")
        assert "鍵ā".encode() in (base64.b64decode(sent[6:]) if sent.startswith(b"Basic") else sent)


def test_what_no_header_holds():
    """A name that cannot stand in a header is told in a line, and the header is not shown."""
    door = Reply(401, headers=(("WWW-Authenticate", 'Digest realm="a", nonce="b", qop="auth"'),))
    with serving(door) as fake, pytest.raises(RemoteError, match="cannot be sent") as caught:
        asked(fake, access=Access(fake.address, "ada\nX-y: z", "sesame"))
    assert "Digest" not in str(caught.value)


@pytest.mark.parametrize("password", ["sesame", "wrong"])
def test_digest_kept(password):
    """Digest is learned once; a nonce that grew old is replaced; a wrong password is sent once."""
    nonce = ["n1"]

    def door(request):
        if password == "sesame" and f'nonce="{nonce[0]}"' in (request.headers["Authorization"] or ""):
            return Reply()
        challenge = f'Digest realm="store", qop="auth", nonce="{nonce[0]}", algorithm=MD5'
        return Reply(401, headers=(("WWW-Authenticate", challenge),))

    with serving(door) as fake:
        with Connection(Access(fake.address, "ada", password), seconds=5, size=1000) as connection:
            first, second = connection.ask("GET", fake.address), connection.ask("GET", fake.address)
            nonce[0] = "n2"
            third = connection.ask("GET", fake.address)

        good = password == "sesame"
        assert [a.status for a in (first, second, third)] == [200 if good else 401] * 3
        assert len(fake.requests) == (5 if good else 6)
