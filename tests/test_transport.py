"""What is sent, and what becomes of it."""

import pytest

from fake_server import Reply, serving
from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.loading.transport import Message, Transport
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.connection import Body

DONE = Reply(204, media="text/plain")


def message(fake, **more):
    """A small message."""
    return Message("test", "POST", fake.address, b"<a:b> <a:b> <a:b> .", "application/n-triples", **more)


def send(fake, *, access=None, seconds=5.0, **more):
    """Send a small message."""
    with Transport(access or Access(fake.address), seconds=seconds) as transport:
        transport.send(message(fake, **more))


def test_what_is_sent():
    """The body goes in one piece, with its type, its graph and who sends it."""
    with serving(DONE) as fake:
        send(fake, graph="http://x/g?a=b&c")

    (request,) = fake.requests
    assert request.path == "/sparql?graph=http%3A%2F%2Fx%2Fg%3Fa%3Db%26c"
    assert request.body == b"<a:b> <a:b> <a:b> ."
    assert request.headers["Content-Type"] == "application/n-triples"
    assert request.headers["User-Agent"].startswith("ukjapan-graph/")
    assert request.headers["Authorization"] is None


def test_body_in_pieces():
    """A body in pieces arrives whole, with its length, each time it is sent; how far it is, is told."""
    challenge = Reply(401, headers=(("WWW-Authenticate", 'Basic realm="x"'),))
    lines = [b"<a:b> <a:b> <a:%d> .\n" % i for i in range(100_000)]
    body, told = Body(sum(map(len, lines)), lambda: iter(lines)), []
    with serving(challenge, Reply(503, headers=(("Retry-After", "0"),)), DONE) as fake:
        sent = Message("test", "POST", fake.address, body, "application/n-triples", triples=100_000)
        with Transport(Access(fake.address, "user", "secret")) as transport:
            transport.send(sent, told.append)

    assert [request.body == b"".join(lines) for request in fake.requests] == [True] * 3
    assert {request.headers["Transfer-Encoding"] for request in fake.requests} == {None}
    once = told[: len(told) // 3]
    assert told == once * 3
    assert (once, once[-1]) == (sorted(once), 100_000)
    assert 5 < len(once) < 50
    assert sent.body == b"".join(lines)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(200, b"<html><p>log in", "text/html"), "a web page came"),
        (Reply(302, headers=(("Location", "http://127.0.0.1:9/"),)), "sends on to http://127.0.0.1:9/"),
        (Reply(401), "UKJAPAN_PASSWORD"),
        (Reply(403, b"read only"), "does not allow"),
        (Reply(405), "read-only"),
        (Reply(413), "too large"),
        (Reply(500, b"disk full"), "disk full"),
    ],
)
def test_refused(reply, words):
    """A refusal says what it means, and is not tried again."""
    with serving(reply) as fake, pytest.raises(RemoteError, match=words):
        send(fake)

    assert len(fake.requests) == 1


def test_tried_again():
    """A server that is busy is asked again when it says."""
    with serving(
        Reply(429, headers=(("Retry-After", "0"),)), Reply(503, headers=(("Retry-After", "0"),)), DONE
    ) as fake:
        send(fake)

    assert len(fake.requests) == 3


def test_tried_again_after_a_collision():
    """A portion that Virtuoso gave up because another was in the way is sent again."""
    refused = Reply(500, b"Error 23000 SR197: Non unique primary key on DB.DBA.RDF_LANGUAGE.")
    with serving(refused, DONE) as fake:
        send(fake)

    assert len(fake.requests) == 2


def test_not_tried_again():
    """What may have been done already and must not be done twice is sent once."""
    with serving(Reply(502, headers=(("Retry-After", "0"),))) as fake:
        with pytest.raises(RemoteError, match="HTTP 502"):
            send(fake, again=False)
        assert len(fake.requests) == 1


def test_silence_and_cut():
    """A server that stops answering, or hangs up, is an error."""

    def hang_up(_):
        raise ConnectionResetError

    with serving(Reply(silent=30)) as fake, pytest.raises(LimitError, match=r"said nothing for 0\.3 s"):
        send(fake, seconds=0.3)
    with serving(hang_up) as fake, pytest.raises(RemoteError, match="no answer"):
        send(fake)
    with pytest.raises(RemoteError, match="no answer"):
        send(fake)


def test_basic_and_bearer():
    """Basic waits for a challenge and is then sent at once; a bearer token needs none."""

    def door(request):
        if request.headers["Authorization"] in ("Basic YWRhOnNlc2FtZQ==", "Bearer t0ken"):
            return DONE
        return Reply(401, headers=(("WWW-Authenticate", 'Basic realm="store"'),))

    with serving(door) as fake:
        with Transport(Access(fake.address, "ada", "sesame")) as transport:
            transport.send(message(fake))
            transport.send(message(fake))
        assert [bool(r.headers["Authorization"]) for r in fake.requests] == [False, True, True]
        send(fake, access=Access(fake.address, token="t0ken"))
        with pytest.raises(RemoteError, match="HTTP 401") as caught:
            send(fake, access=Access(fake.address, "ada", "wrong-one"))

    assert "wrong-one" not in str(caught.value)


def test_digest():
    """Digest answers the server's challenge; the password itself is never sent."""

    def door(request):
        if (request.headers["Authorization"] or "").startswith('Digest username="ada", realm="store"'):
            return DONE
        challenge = 'Digest realm="store", qop="auth", nonce="n0nce", algorithm=MD5'
        return Reply(401, headers=(("WWW-Authenticate", challenge),))

    with serving(door) as fake:
        send(fake, access=Access(fake.address, "ada", "sesame"))

    assert all(b"sesame" not in str(r.headers).encode() for r in fake.requests)


def test_look():
    """The server's headers are read whatever its status."""
    with serving(Reply(404, server="Virtuoso/7")) as fake, Transport(Access(fake.address)) as transport:
        assert "Virtuoso" in transport.look().headers["Server"]
