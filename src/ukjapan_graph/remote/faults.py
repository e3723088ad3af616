"""What a server's refusal means, in words that say how to mend it; and when to try again."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.client import IncompleteRead
from urllib.error import URLError

from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError, printable
from ukjapan_graph.remote.access import Access

#: Statuses after which the same request may succeed: too many requests, and servers behind a server.
PASSING = frozenset({429, 502, 503, 504})
#: The header with which Virtuoso says that it answers with what it has so far (its anytime feature).
PARTIAL = "X-SQL-State"
#: How often a request is sent at most.
ATTEMPTS = 4
#: How many bytes of what a server says with a refusal are read.
START = 100_000

_LONGEST_PAUSE = 120.0  # seconds; a server that wants more is not waited for
# Two requests at once in each other's way, of which Virtuoso gives up one: a deadlock (SQLSTATE 40001), or the
# first use of a language or datatype by both. The work of one request is soon done.
_COLLISION = re.compile(rb"Error 40001|Non unique primary key on DB\.DBA\.RDF_")
_TIME_UP = re.compile(r"S1T00|S1TAT|timed? ?out|time limit|cancelled", re.IGNORECASE)
_FULL = re.compile(r"no space left|out of disk|disk (is )?full", re.IGNORECASE)
# What Python puts around the words of OpenSSL.
_NOISE = re.compile(r"^\[[A-Z][^\]]*\] | \(_ssl\.c:\d+\)$")
# Results of checking a certificate (X509_V_ERR_… of OpenSSL): its issuer is not there, or is itself.
_UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})
# What OpenSSL, old and new, says to an answer that is not TLS.
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})
_MARKUP = re.compile(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>")

# Statuses of a refusal that has nothing to do with what was asked.
_WHOEVER_ASKS = frozenset({401, 403, 404, 405, *PASSING})

_ADVICE = {
    401: "the server wants other credentials; set UKJAPAN_USER and UKJAPAN_PASSWORD (or UKJAPAN_TOKEN)",
    403: "the server does not allow this; use an account that may, or an address that takes it",
    404: "there is nothing at this address; is the path right?",
    405: "the address does not take this kind of request; is the path right, and the server not read-only?",
    406: "the server cannot answer in the format asked for",
    413: "the request is too large for the server or a proxy before it; raise its limit; load can send less at "
    "once (--portion)",
    415: "the server does not take this format; is it a SPARQL endpoint?",
    429: "the server is asked too often; wait and try again",
    500: "the server failed",
    501: "the server cannot do this",
    502: "the server behind this address is not there; try again later",
    503: "the server is busy or being started; try again later",
    507: "the server's disk is full; make room and try again",
}


class Unreachable(RemoteError):
    """Nobody answered, or the connection broke."""


def refusal(access: Access, status: int, headers: Mapping[str, str], body: bytes) -> UkjapanError:
    """The error for an answer with an HTTP ``status`` other than success.

    A redirect is an error too: credentials and data go to the address that was typed and nowhere else.
    """
    said = excerpt(access, body)
    if 300 <= status < 400:
        target = printable(access.redact(headers.get("Location", "") or "elsewhere"))
        reason = f"the server sends on to {target}; if you trust that address, use it"
        return RemoteError(access.address, reason, status=status)
    if status in (408, 504) or (status >= 500 and _TIME_UP.search(said)):
        return LimitError(
            f"{access.address}: the server stopped this at its own time limit (HTTP {status}){_said(said)}"
        )
    meant = 507 if status >= 500 and _FULL.search(said) else status
    advice = _ADVICE.get(meant, "the server refused")
    return RemoteError(access.address, f"{advice} (HTTP {status}){_said(said)}", status=status)


def unreachable(access: Access, error: BaseException) -> Unreachable:
    """The error for a connection that was not made, or broke."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, IncompleteRead):
        return Unreachable(access.address, f"the answer broke off{_how_far(cause)}")
    text = access.redact(getattr(cause, "strerror", None) or str(cause))
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        text = "the address or the credentials cannot be sent"  # its own words repeat whole headers
    text = printable(" ".join(_NOISE.sub("", text).split()) or type(cause).__name__)
    if isinstance(cause, ssl.SSLError):
        text = text.rstrip(".") + _tls_advice(cause)
    return Unreachable(access.address, f"no answer: {text}")


def hopeless(error: BaseException) -> bool:
    """Whether another request would end in the same ``error``, whatever is asked."""
    if not isinstance(error, RemoteError):
        return False
    status = error.status or 0
    return isinstance(error, Unreachable) or status in _WHOEVER_ASKS or 300 <= status < 400


def excerpt(access: Access, body: bytes) -> str:
    """The first line or so of what a server said, as plain text, without secrets."""
    text = access.redact(body[:START].decode("utf-8", "replace"))
    if len(body) >= START:
        # It may end within a secret, of which a letter has at most twelve when it is escaped.
        text = text[: -12 * max(map(len, access.secrets()), default=0) or None]
    if "<html" in text.lower():
        text = _MARKUP.sub(" ", text)
    text = text.partition("SPARQL query:")[0]  # Virtuoso repeats the whole query after its message
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= 300 else words[:299] + "…"


def pause(status: int, headers: Mapping[str, str], attempt: int, body: bytes = b"") -> float | None:
    """Seconds to wait before attempt number ``attempt + 1``; None where there is no point in another.

    ``Retry-After`` is honoured in both its forms (RFC 9110, 10.2.3): seconds, or a date, which is read
    against the server's own ``Date``. Without it the pause doubles from half a second, or from a twentieth
    where the ``body`` of the refusal says that another request was in the way.
    """
    collision = status == 500 and _COLLISION.search(body) is not None
    if attempt >= ATTEMPTS or not (status in PASSING or collision):
        return None
    seconds = _retry_after(headers)
    if seconds is None:
        seconds = (0.05 if collision else 0.5) * 2 ** (attempt - 1)
    return seconds if seconds <= _LONGEST_PAUSE else None


def _how_far(error: IncompleteRead) -> str:
    # The standard library's has the bytes of the last piece alone, urllib3's the number of all.
    if not isinstance(error.partial, int):
        return ""
    promised = f" of {error.partial + error.expected:,}" if isinstance(error.expected, int) else ""
    return f" after {error.partial:,}{promised} bytes"


def _tls_advice(error: ssl.SSLError) -> str:
    if getattr(error, "verify_code", None) in _UNKNOWN_AUTHORITY:
        return "; name the authority's certificates with --ca FILE if you trust it"
    return "; is the address http: and not https:?" if error.reason in _NO_TLS else ""


def _retry_after(headers: Mapping[str, str]) -> float | None:
    wanted = (headers.get("Retry-After") or "").strip()
    if wanted.isascii() and wanted.isdigit():
        return float(wanted)
    try:
        until, now = parsedate_to_datetime(wanted), parsedate_to_datetime(headers.get("Date") or "")
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _said(text: str) -> str:
    return f": {text}" if text else ""
