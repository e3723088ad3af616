"""Loading and asking over TLS, before a server with a certificate of an authority of our own; and who gets secrets."""

import datetime
import ssl

import pytest
import trustme

import small_graph
from commands import ukjapan
from fake_server import Reply, serving
from fake_store import storing

PASSWORD, TOKEN = "open-sesame-7", "t0ken-of-ada-9"


@pytest.fixture(scope="module")
def authority():
    """A private certificate authority."""
    return trustme.CA()


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@pytest.fixture
def ca(authority, tmp_path):
    """The file with the authority's certificate, as text."""
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch, tmp_path):
    """Nothing in the environment, and a netrc file of the test's own that is not there."""
    for name in ("UKJAPAN_TOKEN", "UKJAPAN_USER", "UKJAPAN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def context(authority, *names):
    """What a server needs that calls itself ``names``."""
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(found)
    return found


def test_trusted(authority, ca, release):
    """With ``--ca`` a store behind TLS is loaded, verified and asked."""
    with storing("virtuoso", tls=context(authority, "localhost")) as fake:
        options = ["--ca", ca]
        ran = ukjapan("load", "run", fake.address, "--store", "virtuoso", "--release", release, *options)
        assert (ran.code, "read back" in ran.out) == (0, True), ran.err
        asked = ukjapan("ask", "builds-on", "--endpoint", fake.query, "--release", release, *options)

    assert asked.out == ukjapan("ask", "builds-on", "--release", release).out
    assert fake.address.startswith("https://localhost:")


@pytest.mark.parametrize("names", [["localhost"], ["other.example"]], ids=["authority", "host"])
def test_refused(names, authority, ca, release):
    """An authority that nobody named is not trusted, nor a certificate for another host; nothing is sent."""
    options = [] if names == ["localhost"] else ["--ca", ca]
    with storing("oxigraph", tls=context(authority, *names)) as fake:
        loading = ukjapan("load", "run", fake.address, "--store", "oxigraph", "--release", release, *options)
        asking = ukjapan("ask", "builds-on", "--endpoint", fake.query, "--release", release, *options)

        assert (loading.code, asking.code, fake.writes) == (3, 3, [])
        reason = "unable to get local issuer" if names == ["localhost"] else "Hostname mismatch"
        for ran in (loading, asking):
            assert f"no answer: certificate verify failed: {reason}" in ran.err
            assert ("--ca FILE" in ran.err) is (names == ["localhost"])
            assert "_ssl.c" not in ran.err


def test_expired(authority, ca, release):
    """A certificate that is no longer valid is told as that; another authority would not help."""
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    authority.issue_cert("localhost", not_before=past, not_after=past).configure_cert(found)
    with storing("oxigraph", tls=found) as fake:
        ran = ukjapan("load", "run", fake.address, "--release", release, "--ca", ca)

    assert (ran.code, "certificate has expired" in ran.err, "--ca FILE" in ran.err) == (3, True, False)


def test_no_tls_there(release):
    """Where no TLS is spoken, both commands say so in the same words, with what to do."""
    with serving(Reply()) as fake:
        address = fake.address.replace("http:", "https:")
        loading = ukjapan("load", "run", address, "--release", release)
        asking = ukjapan("ask", "builds-on", "--endpoint", address, "--release", release)

    assert (loading.code, asking.code) == (3, 3)
    assert loading.err == asking.err
    assert loading.err.endswith("; is the address http: and not https:?\n")
    assert "SSL" not in loading.err


@pytest.mark.parametrize("kind", ["netrc", "environment", "token"])
def test_secrets_stay_here(kind, monkeypatch, tmp_path, authority, ca, release):
    """Credentials reach the server they are for, and are in no output, no request's body and no receipt."""
    if kind == "netrc":
        (tmp_path / "netrc").write_text(
            f"machine localhost login ada password {PASSWORD}\n", encoding="utf-8"
        )
        (tmp_path / "netrc").chmod(0o600)
    elif kind == "environment":
        monkeypatch.setenv("UKJAPAN_USER", "ada")
        monkeypatch.setenv("UKJAPAN_PASSWORD", PASSWORD)
    else:
        monkeypatch.setenv("UKJAPAN_TOKEN", TOKEN)
    seen = []

    def door(request, _):
        seen.append(request.headers["Authorization"] or "")
        if seen[-1].startswith(("Basic ", "Bearer ")):
            return None
        return Reply(401, b"who are you?", "text/plain", (("WWW-Authenticate", 'Basic realm="store"'),))

    with storing("oxigraph", door, tls=context(authority, "localhost")) as fake:
        words = [fake.address, "--store", "oxigraph", "--release", release, "--ca", ca]
        said = [ukjapan("load", verb, *words) for verb in ("plan", "run", "status", "verify", "unload")]
        assert [ran.code for ran in said] == [0] * 5, said
        held = "".join(map(str, fake.store)) + "".join(request.body.decode() for request in fake.writes)

    assert seen[-1] == (f"Bearer {TOKEN}" if kind == "token" else "Basic YWRhOm9wZW4tc2VzYW1lLTc=")
    for secret in (PASSWORD, TOKEN, "YWRhOm9wZW4tc2VzYW1lLTc="):
        assert secret not in held
        assert all(secret not in ran.out + ran.err for ran in said)


def test_digest(monkeypatch, authority, ca, release):
    """Digest works over TLS as without: a store is loaded and asked, and the password itself never sent."""
    monkeypatch.setenv("UKJAPAN_USER", "ada")
    monkeypatch.setenv("UKJAPAN_PASSWORD", PASSWORD)
    seen = []

    def door(request, _):
        seen.append(str(request.headers))
        if 'Digest username="ada", realm="store", nonce="n0nce"' in (request.headers["Authorization"] or ""):
            return None
        challenge = 'Digest realm="store", qop="auth", nonce="n0nce", algorithm=MD5'
        return Reply(401, b"who are you?", "text/plain", (("WWW-Authenticate", challenge),))

    with storing("oxigraph", door, tls=context(authority, "localhost")) as fake:
        options = ["--release", release, "--ca", ca]
        loading = ukjapan("load", "run", fake.address, "--store", "oxigraph", *options)
        asking = ukjapan("ask", "builds-on", "--endpoint", fake.query, *options)

    assert (loading.code, asking.code) == (0, 0), loading.err + asking.err
    assert not any(PASSWORD in headers for headers in seen)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_secrets_do_not_follow_redirects(status, monkeypatch, authority, ca, release):
    """A server that sends on to another is not followed: the other one hears nothing."""
    monkeypatch.setenv("UKJAPAN_TOKEN", TOKEN)
    with serving(Reply(204)) as other:
        away = Reply(status, headers=(("Location", other.address),))
        with serving(away, tls=context(authority, "localhost")) as fake:
            loading = ukjapan(
                "load", "run", fake.address, "--store", "rdf4j", "--release", release, "--ca", ca
            )
            asking = ukjapan("ask", "builds-on", "--endpoint", fake.address, "--ca", ca)

    assert other.requests == []
    for ran in (loading, asking):
        assert (ran.code, "sends on to" in ran.err, TOKEN in ran.err) == (3, True, False)
