"""Addresses and credentials: where they come from, and that they are never shown."""

import pytest

from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.remote.access import Access, access, agent, checked

HOST = "http://store.example:8890/sparql"


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch, tmp_path):
    """Nothing in the environment; a netrc file of the test's own, at first not there."""
    for name in ("UKJAPAN_TOKEN", "UKJAPAN_USER", "UKJAPAN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def netrc(tmp_path, text):
    """Write the netrc file."""
    (tmp_path / "netrc").write_text(text, encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)


def test_nobody():
    """Without credentials anywhere the access has none."""
    assert access(HOST) == Access(HOST)


def test_environment(monkeypatch):
    """User and password come from the environment; a token goes before them."""
    monkeypatch.setenv("UKJAPAN_USER", "ada")
    monkeypatch.setenv("UKJAPAN_PASSWORD", "sesame")
    assert access(HOST)[1:4] == ("ada", "sesame", "")
    assert access(HOST, user="ben")[1:3] == ("ben", "sesame")

    monkeypatch.setenv("UKJAPAN_TOKEN", "bearer-1")
    assert access(HOST)[1:4] == ("", "", "bearer-1")


def test_netrc(tmp_path):
    """The netrc file is asked for the host, and for the user where one is given."""
    netrc(tmp_path, "machine store.example login ada password sesame\n")

    assert access(HOST)[1:3] == ("ada", "sesame")
    assert access(HOST, user="ada")[1:3] == ("ada", "sesame")
    assert access("http://other.example/sparql")[1:3] == ("", "")
    with pytest.raises(UsageError, match="no password for ben"):
        access(HOST, user="ben")


def test_netrc_broken(tmp_path):
    """A netrc file that cannot be read is named."""
    netrc(tmp_path, "machine store.example nonsense\n")

    with pytest.raises(SourceError, match="netrc"):
        access(HOST)


def test_netrc_of_other_letters(tmp_path):
    """A netrc file that is no UTF-8 is named as well."""
    (tmp_path / "netrc").write_bytes(b"machine \xff login a password b\n")
    (tmp_path / "netrc").chmod(0o600)

    with pytest.raises(SourceError, match="netrc"):
        access(HOST)


@pytest.mark.parametrize("token", ["secret\r", "secret\nX: y", "secret one", "sécret"])
def test_token_of_no_header(monkeypatch, token):
    """A token that cannot stand in a header is refused, and not repeated."""
    monkeypatch.setenv("UKJAPAN_TOKEN", token)
    with pytest.raises(UsageError, match="UKJAPAN_TOKEN") as caught:
        access(HOST)
    assert token[:3] not in str(caught.value)


def test_nothing_typed(monkeypatch):
    """Whoever ends the question for a password without an answer, or has no standard input, is told."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    def end(_):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", end)
    with pytest.raises(UsageError, match="was typed"):
        access(HOST, user="ada")
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match="no password"):
        access(HOST, user="ada")


def test_terminal(monkeypatch):
    """With a user and no password, the terminal is asked."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "typed")

    assert access(HOST, user="ada").password == "typed"
    assert asked == ["Password of ada at store.example:8890: "]


@pytest.mark.parametrize(
    "address",
    ["", "store.example", "ftp://store.example/", "file:///etc/passwd", "http://", "http://a b/", "http://h/#x",
     "http://h:port/", "http://h:99999/", "http://h/\n", "http://[::1/", "http://höst/"],
)  # fmt: skip
def test_no_address(address):
    """What is no address of a web server is refused before anything is sent."""
    with pytest.raises(UsageError, match="no address"):
        checked(address)


def test_credentials_in_an_address():
    """An address that holds a password is refused without repeating it."""
    with pytest.raises(UsageError, match="UKJAPAN_PASSWORD") as caught:
        checked("http://ada:sesame@store.example/")

    assert "sesame" not in str(caught.value)


def test_secrets_are_hidden():
    """Neither the access itself nor a text that passes it shows a secret."""
    known = Access(HOST, "ada", "sesame", "bearer-1")

    assert "sesame" not in repr(known) + str(known)
    assert "bearer-1" not in repr(known) + f"{known}"
    assert known.redact("open sesame, bearer-1") == "open •••, •••"
    assert Access(HOST).redact("as it is") == "as it is"


def test_authority(tmp_path):
    """Certificates are checked; a file that holds none is refused."""
    import ssl

    assert Access(HOST).tls().verify_mode == ssl.CERT_REQUIRED
    for content in (None, "no certificate"):
        path = tmp_path / "ca.pem"
        if content:
            path.write_text(content, encoding="utf-8")
        with pytest.raises(SourceError, match=r"ca\.pem"):
            Access(HOST, authority=str(path)).tls()


def test_agent():
    """The user agent says what asks, and where to read about it."""
    assert agent().startswith("ukjapan-graph/")
    assert "https://w3id.org/ukjapan/" in agent()


def test_another_address_of_the_server():
    """Credentials go along to another address of the same server."""
    assert Access(HOST, "ada", "sesame").at("http://store.example:8890/x") == Access(
        "http://store.example:8890/x", "ada", "sesame"
    )
