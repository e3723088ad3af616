"""Addresses and credentials: where they come from, and that they are never shown."""

import base64
import html
import json
import time
from urllib.parse import quote, quote_plus

import pytest

from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.remote.access import Access, access, agent, checked, proxy

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


def test_source(monkeypatch, tmp_path):
    """The access knows where its credentials come from."""
    netrc(tmp_path, "machine store.example login ada password sesame\n")
    assert access("http://other.example/").source == ""
    assert access(HOST).source == "netrc"
    monkeypatch.setenv("UKJAPAN_PASSWORD", "sesame")
    assert access(HOST, user="ben").source == "environment"
    monkeypatch.setenv("UKJAPAN_TOKEN", "t0ken")
    assert access(HOST).source == "environment"
    monkeypatch.delenv("UKJAPAN_TOKEN")
    monkeypatch.delenv("UKJAPAN_PASSWORD")
    monkeypatch.setattr("ukjapan_graph.remote.access._typed", lambda *_: "typed")
    assert access(HOST, user="ben").source == "terminal"


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


PASSWORD = """se<sa>&me "'\\/+ é鍵"""


@pytest.mark.parametrize("spoken", ["ada:{}", "ben:{}"])
def test_secret_of_basic_is_hidden(spoken):
    """What goes into the header of Basic (RFC 7617) is the password in another writing."""
    known = Access(HOST, spoken.partition(":")[0], PASSWORD)
    sent = base64.b64encode(spoken.format(PASSWORD).encode()).decode()

    for shown in (sent, quote(sent, safe=""), sent.replace("/", "\\/")):
        assert known.redact(f"Authorization: Basic {shown}!") == "Authorization: Basic •••!"
    assert sent[:8] not in known.redact(f"Basic {sent}")


@pytest.mark.parametrize(
    "written",
    [
        quote(PASSWORD),
        quote(PASSWORD, safe=""),
        quote(PASSWORD, safe="").lower(),
        quote_plus(PASSWORD),
        json.dumps(PASSWORD)[1:-1],
        json.dumps(PASSWORD, ensure_ascii=False)[1:-1],
        json.dumps(PASSWORD)[1:-1].replace("<", "\\u003C").replace("&", "\\u0026").replace("/", "\\/"),
        html.escape(PASSWORD),
        html.escape(PASSWORD, quote=False),
        html.escape(PASSWORD).replace("&#x27;", "&apos;").replace("é", "&eacute;"),
        PASSWORD.encode("ascii", "xmlcharrefreplace").decode(),
        PASSWORD.encode().decode("latin-1"),
        PASSWORD.replace("鍵", "?").encode("latin-1").decode("utf-8", "replace").replace("?", "鍵"),
        repr(PASSWORD),
        repr(PASSWORD.encode()),
    ],
)
def test_escaped_secrets_are_hidden(written):
    """A secret is hidden however an address, JSON, a web page or an exception escapes its letters."""
    for known in (Access(HOST, "ada", PASSWORD), Access(HOST, token=PASSWORD)):
        shown = known.redact(f"open {written}!")
        assert "•••" in shown
        assert not any(part in shown for part in ("se", "sa", "me"))


def test_secrets_of_the_proxy_are_hidden(monkeypatch):
    """The password of the proxy that is used is a secret too."""
    monkeypatch.setenv("http_proxy", "http://ada:open%2Bsesame@proxy.example:3128")
    shown = Access(HOST).redact("open+sesame, open%2Bsesame, YWRhOm9wZW4rc2VzYW1l")

    assert shown == "•••, •••, •••"


def test_hiding_is_quick():
    """A long token and a long text take no time to speak of."""
    start = time.monotonic()
    Access(HOST, "ada", PASSWORD * 5, "x.Y-" * 2_000).redact("x.Y-se<sa&lt;\\" * 5_000)

    assert time.monotonic() - start < 2


@pytest.mark.parametrize("odd", ["se\nsame", "se\x1bsame", "se\x7fsame", "se\x85same", "se\udcffsame"])
def test_control_characters(monkeypatch, tmp_path, odd):
    """Neither user nor password may hold a control character (RFC 7617, 2); what they hold is not shown."""
    monkeypatch.setenv("UKJAPAN_PASSWORD", odd)
    with pytest.raises(UsageError, match=r"password .*control character") as caught:
        access(HOST, user="ada")
    assert "same" not in str(caught.value)
    monkeypatch.setenv("UKJAPAN_PASSWORD", "sesame")
    with pytest.raises(UsageError, match=r"user .*control character") as caught:
        access(HOST, user=odd)
    assert "same" not in str(caught.value)
    monkeypatch.delenv("UKJAPAN_PASSWORD")
    if odd.isascii():
        netrc(tmp_path, f'machine store.example login ada password "{odd}"\n')
        with pytest.raises(UsageError, match=r"password .*control character"):
            access(HOST)


@pytest.mark.parametrize("text", ["password open topsecret", "password topsecret\ntopsecret"])
def test_netrc_is_not_repeated(tmp_path, text):
    """Of a netrc file that makes no sense only the line is told: a password may stand there."""
    netrc(tmp_path, f"machine store.example login ada {text}\n")
    with pytest.raises(SourceError, match=r"netrc: .*line [23]") as caught:
        access(HOST)
    assert "topsecret" not in str(caught.value)


def test_netrc_for_all_to_read(monkeypatch, tmp_path):
    """What is wrong with the file itself is told."""
    monkeypatch.delenv("NETRC")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text("machine store.example login ada password sesame\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o644)
    with pytest.raises(SourceError, match="too permissive"):
        access(HOST)


@pytest.mark.parametrize(
    ("variable", "used"),
    [
        ("http://ada:s%40me@proxy.example:3128", "http://ada:s%40me@proxy.example:3128"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example/", "http://proxy.example"),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("", ""),
    ],
)
def test_proxy(monkeypatch, variable, used):
    """The proxy of the environment, in full; none for a host that needs none."""
    monkeypatch.setenv("http_proxy", variable)
    assert proxy(HOST) == used
    monkeypatch.setenv("no_proxy", "store.example:8890")
    assert proxy(HOST) == ""


@pytest.mark.parametrize(
    "variable",
    ["http:/ada:secret@host", "http://ada:se/cret@host", "http://ada:12/secret@host", "http://ada:1?secret@host",
     "http://ada:1#secret@host", "http://ada:secret@", "http://ada:secret@host:port", "socks5://ada:secret@h:1",
     "http://ada:se cret@host", "http://ada:secrét@host", "http://ada:secret@[::1", "http://ada:secret@[::::]",
     "http://ada:sec%0Aret@host", "http://"],
)  # fmt: skip
def test_no_proxy(monkeypatch, variable):
    """A variable that names no proxy is named, and what it holds is not shown."""
    monkeypatch.setenv("http_proxy", variable)
    with pytest.raises(UsageError, match="http_proxy") as caught:
        proxy(HOST)
    assert "cret" not in str(caught.value)


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
