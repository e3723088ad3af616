"""Refusals in words, and when to try again."""

import http.client
import ssl
from urllib.error import URLError

import pytest
import urllib3

from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.faults import START, excerpt, pause, refusal, unreachable

ACCESS = Access("http://store.example/sparql", "ada", "sesame")


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "UKJAPAN_PASSWORD"), (403, "does not allow"), (404, "path right"),
     (413, "raise its limit; load can send less at once (--portion)"),
     (429, "too often"), (500, "failed"), (503, "busy"), (507, "disk is full"), (418, "refused")],
)  # fmt: skip
def test_refusal(status, words):
    """A refusal says what it means, where, with its status and the server's own words."""
    error = refusal(ACCESS, status, {}, b"so it goes")

    assert isinstance(error, RemoteError)
    assert error.status == status
    assert str(error).startswith("http://store.example/sparql: ")
    assert words in str(error)
    assert str(error).endswith(f"(HTTP {status}): so it goes")


@pytest.mark.parametrize(
    "said", [b"Error 40004 SR174: Log out of disk", b"IO error: No space left on device"]
)
def test_full_disk(said):
    """A server that has no room is told as one, whatever its status."""
    assert "disk is full; make room" in str(refusal(ACCESS, 500, {}, said))
    assert "disk is full" not in str(refusal(ACCESS, 400, {}, said))


def test_redirect_is_refused():
    """A redirect is named, not followed."""
    error = refusal(ACCESS, 302, {"Location": "https://elsewhere.example/"}, b"")

    assert "https://elsewhere.example/" in str(error)
    assert "if you trust" in str(error)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (504, b""),
        (408, b""),
        (500, b"Virtuoso S1T00 Error SR171: Transaction timed out"),
        (503, b"time limit"),
    ],
)
def test_the_servers_own_limit(status, body):
    """A server that stopped a query at its own limit gives a limit error."""
    assert isinstance(refusal(ACCESS, status, {}, body), LimitError)


def test_excerpt():
    """Of a web page only the words are shown, of a long answer the start, of the query nothing."""
    assert excerpt(ACCESS, b"<html><style>a{}</style><h1>Gate\nclosed</h1></html>") == "Gate closed"
    assert len(excerpt(ACCESS, b"x" * 5000)) == 300
    assert excerpt(ACCESS, b"Error 37000\n\nSPARQL query:\nSELECT") == "Error 37000"
    assert excerpt(ACCESS, b"\x1b[31mred\xff") == "[31mred\ufffd"


def test_no_secret_is_repeated():
    """A server that repeats the password does not bring it to the screen."""
    assert "sesame" not in str(refusal(ACCESS, 500, {}, b"you said sesame"))
    assert "sesame" not in str(refusal(ACCESS, 302, {"Location": "http://x/?p=sesame"}, b""))


@pytest.mark.parametrize("before", [0, 290, 99_990])
def test_no_part_of_a_secret_is_repeated(before):
    """A password with spaces, or where what is read or shown of an answer ends, is not shown in part either."""
    known = Access("http://store.example/sparql", "ada", "open  sesame")
    said = excerpt(known, b"x" * min(before, 290) + b" " * (before - 290) + b"open  sesame" + b"y" * 100)

    assert said.startswith("•••y" if not before else "x")
    assert "open" not in said and "same" not in said


def test_secret_where_an_answer_was_cut():
    """What was read of an answer may end within a password."""
    known = Access("http://store.example/sparql", "ada", "open-sesame")

    assert "open" not in excerpt(known, (b" " * (START - 8) + b"open-sesame")[:START])
    assert excerpt(known, b"you said open") == "you said open"


def test_secret_in_an_address():
    """A password that stands escaped in the address that a server sends on to is not shown, nor is an odd letter."""
    known = Access("http://store.example/sparql", "ada", "open sésame/")
    for target in (
        "http://x/?p=open%20s%C3%A9same%2F",
        "http://x/?p=open+s%c3%a9same/",
        "http://x/?p=\x1bopen s",
    ):
        said = str(refusal(known, 302, {"Location": target}, b""))
        assert "same" not in said
        assert "\x1b" not in said


def test_unreachable_without_secrets():
    """What cannot be sent is not repeated: it may be a header. A password with two spaces is hidden."""
    said = str(unreachable(ACCESS, ValueError("Invalid header value b'Digest username=\"ada\"'")))
    assert "Digest" not in said and "cannot be sent" in said
    known = Access("http://store.example/sparql", "ada", "open  sesame")
    assert "same" not in str(unreachable(known, OSError("no such thing: open  sesame")))


def test_unreachable():
    """A connection that fails says why; a certificate that is not trusted, what to do about it."""
    for error in (refused := ConnectionRefusedError(111, "refused"), URLError(refused)):
        assert str(unreachable(ACCESS, error)) == "http://store.example/sparql: no answer: refused"
    assert str(unreachable(ACCESS, URLError("no host given"))).endswith(": no answer: no host given")


@pytest.mark.parametrize(("code", "advice"), [(2, 1), (10, 0), (18, 1), (19, 1), (20, 1), (21, 1), (62, 0)])
def test_certificates(code, advice):
    """A certificate that is refused says why; where nobody knows its authority, what to do about it."""
    error = ssl.SSLCertVerificationError(
        1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: so (_ssl.c:1)"
    )
    error.verify_code, error.reason = code, "CERTIFICATE_VERIFY_FAILED"
    for told in (str(unreachable(ACCESS, error)), str(unreachable(ACCESS, URLError(error)))):
        assert "no answer: certificate verify failed: so" in told
        assert ("--ca FILE" in told) is bool(advice)
        assert "[" not in told and "(" not in told


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (http.client.IncompleteRead(b""), "broke off"),
        (urllib3.exceptions.IncompleteRead(1023, 976), "broke off after 1,023 of 1,999 bytes"),
    ],
)
def test_broken_off(error, words):
    """An answer that breaks off is told in words, with what is known of its length."""
    assert str(unreachable(ACCESS, error)) == f"http://store.example/sparql: the answer {words}"


@pytest.mark.parametrize(
    ("status", "headers", "attempt", "seconds"),
    [
        (429, {"Retry-After": "7"}, 1, 7),
        (503, {}, 1, 0.5),
        (503, {}, 3, 2),
        (503, {}, 4, None),
        (503, {"Retry-After": "100000"}, 1, None),
        (503, {"Retry-After": "soon"}, 1, 0.5),
        (
            503,
            {"Retry-After": "Mon, 23 Nov 2026 10:00:09 GMT", "Date": "Mon, 23 Nov 2026 10:00:05 GMT"},
            1,
            4,
        ),
        (
            503,
            {"Retry-After": "Mon, 23 Nov 2026 10:00:01 GMT", "Date": "Mon, 23 Nov 2026 10:00:05 GMT"},
            1,
            0,
        ),
        (500, {"Retry-After": "1"}, 1, None),
        (401, {}, 1, None),
    ],
)
def test_pause(status, headers, attempt, seconds):
    """Only what passes is tried again, after the pause the server asks for, or one that doubles."""
    assert pause(status, headers, attempt) == seconds


@pytest.mark.parametrize(
    ("status", "body", "seconds"),
    [
        (500, b"Request Failed\nError 40001 SR172: Transaction deadlocked", 0.1),
        (500, b"Error 23000 SR197: Non unique primary key on DB.DBA.RDF_LANGUAGE.", 0.1),
        (500, b"Error 23000 SR197: Non unique primary key on SHOP.DBA.ORDERS.", None),
        (400, b"Error 40001", None),
    ],
)
def test_pause_after_a_collision(status, body, seconds):
    """What Virtuoso gave up because another request was in the way is soon tried again."""
    assert pause(status, {}, 2, body) == seconds
