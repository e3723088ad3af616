"""What goes into Authorization, and when a refusal is a reason to send again."""

import hashlib
import re

import pytest

from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.proof import Proof

ADDRESS = "http://store.example/sparql?graph=a%2Fb"
ADA = Access(ADDRESS, "ada", "sesame")
DIGEST = 'Digest realm="a, store", qop="auth", nonce="n1", algorithm={}'


@pytest.mark.parametrize(("name", "made"), [("MD5", hashlib.md5), ("SHA-256", hashlib.sha256)])
def test_digest(name, made):
    """The response is that of RFC 7616, 3.4.1; each use of a nonce is counted (3.4, ``nc``)."""
    proof = Proof(ADA)

    assert proof.header("POST", ADDRESS) is None
    assert proof.learn([DIGEST.format(name)])

    def hashed(text):
        return made(text.encode()).hexdigest()

    for count in ("00000001", "00000002"):
        header = proof.header("POST", ADDRESS)
        terms = dict(re.findall(r'(\w+)="?([^",]+(?:, store)?)"?', header))
        assert (terms["nc"], terms["uri"]) == (count, "/sparql?graph=a%2Fb")
        secret, what = hashed("ada:a, store:sesame"), hashed(f"POST:{terms['uri']}")
        assert terms["response"] == hashed(f"{secret}:n1:{count}:{terms['cnonce']}:auth:{what}")


@pytest.mark.parametrize("algorithm", ["MD5", 'MD5, charset="UTF-8"'])
def test_digest_in_utf_8(algorithm):
    """Names are UTF-8 in the header and in what is hashed (RFC 7616, 3.4 and 4); a realm is the server's bytes."""
    proof = Proof(Access(ADDRESS, "鍵", "sésame"))
    assert proof.learn([DIGEST.format(algorithm).replace("store", "h\xf6me")])

    header = proof.header("POST", ADDRESS).encode("latin-1")
    assert 'username="鍵"'.encode() in header
    assert b'realm="a, h\xf6me"' in header
    cnonce, response = (re.search(rf'{name}="(\w+)"'.encode(), header)[1] for name in ("cnonce", "response"))
    secret = hashlib.md5("鍵:a, ".encode() + b"h\xf6me" + ":sésame".encode()).hexdigest()
    what = hashlib.md5(b"POST:/sparql?graph=a%2Fb").hexdigest()
    told = f"{secret}:n1:00000001:{cnonce.decode()}:auth:{what}"
    assert response.decode() == hashlib.md5(told.encode()).hexdigest()


def test_sent_again_or_not():
    """A new nonce for a kept one is a reason to send again; for one of a moment ago only where it is stale."""
    proof = Proof(ADA)
    assert proof.learn([DIGEST.format("MD5")])
    assert not proof.learn([DIGEST.format("MD5")], fresh=True)
    assert proof.learn([DIGEST.format("MD5") + ", stale=TRUE"], fresh=True)
    assert proof.learn([DIGEST.format("MD5").replace("n1", "n2")])
    assert 'nonce="n2"' in proof.header("GET", ADDRESS)


@pytest.mark.parametrize(
    "challenges",
    [
        ['Basic realm="x"'],
        ["Negotiate", 'basic realm="x"'],
        ['Negotiate, Basic realm="x"'],
        ['Digest realm="x", nonce="n", algorithm=SHA-512-256', 'Basic realm="x"'],
    ],
)
def test_basic(challenges):
    """Basic is for whoever asks for it and for no Digest that is known here; refused once, it is not sent again."""
    proof = Proof(ADA)

    assert proof.learn(challenges)
    assert proof.header("GET", ADDRESS) == "Basic YWRhOnNlc2FtZQ=="
    assert not proof.learn(challenges)


def test_nothing_to_show():
    """Without a user, and with a token, no challenge changes what is sent."""
    nobody, token = Proof(Access(ADDRESS)), Proof(Access(ADDRESS, token="t0ken"))

    assert not nobody.learn(['Basic realm="x"']) and nobody.header("GET", ADDRESS) is None
    assert not token.learn(['Basic realm="x"']) and token.header("GET", ADDRESS) == "Bearer t0ken"
    assert not Proof(ADA).learn(["Negotiate"])


@pytest.mark.parametrize("offered", ["auth,auth-int", "auth-int, auth"])
def test_what_is_offered_beside(offered):
    """Of several qualities of protection (RFC 7616, 3.3) the one without the body is taken, wherever it stands."""
    proof = Proof(ADA)

    assert proof.learn([DIGEST.format("MD5").replace('qop="auth"', f'qop="{offered}"')])
    assert re.search(r"qop=\"?auth\"?,", proof.header("GET", ADDRESS))
    assert not Proof(ADA).learn([DIGEST.format("MD5").replace('qop="auth"', 'qop="auth-int"')])
