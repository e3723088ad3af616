"""One SPARQL query sent to an endpoint (SPARQL 1.1 Protocol, 2.1) through SPARQLWrapper, and its whole answer."""

from __future__ import annotations

import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access, agent, proxy
from ukjapan_graph.remote.proof import Proof

Answer = tuple[bytes, Mapping[str, str]]


class Asking:
    """Whoever asks one endpoint.

    :param seconds: the most that an answer may take, waiting and trying again included
    :param size: the most bytes that an answer may have
    :raises UsageError: the environment names a proxy that is none
    """

    def __init__(self, access: Access, *, seconds: float, size: int) -> None:
        self.access, self.seconds, self.size = access, seconds, size
        self._tls, before = access.tls(), proxy(access.address)
        self._proxies = {urlsplit(access.address).scheme: before} if before else {}

    def answer(self, text: str, form: str, wanted: tuple[str, ...]) -> Answer:
        """The body and headers of the answer to the query ``text``.

        :param form: SELECT, ASK, CONSTRUCT or DESCRIBE
        :param wanted: the media types to ask for; which one came is for the caller to see
        :raises LimitError: it takes too long, or is too large; or the server stopped it at a limit of its own
        :raises RemoteError: there is no answer, a refusal, or less of an answer than was promised
        """
        return within(self.seconds, lambda end: self._send(text, form, wanted, end))

    def _send(self, text: str, form: str, wanted: tuple[str, ...], end: float) -> Answer:
        """One query, sent until it is answered or there is no point in trying again."""
        for attempt in range(1, faults.ATTEMPTS + 1):
            wrapper = _Wrapper(self, text, form, wanted)
            wrapper.timeout = max(end - time.monotonic(), 0.001)
            try:
                response, _ = wrapper._query()
                with response:
                    if response.status != 200:
                        reason = f"the answer is only part of one (HTTP {response.status})"
                        raise RemoteError(self.access.address, reason, status=response.status)
                    return self._read(response, end), response.headers
            except urllib.error.HTTPError as error:
                with error:
                    wait = faults.pause(error.code, error.headers, attempt)
                    if wait is None or time.monotonic() + wait > end:
                        raise faults.refusal(self.access, error.code, error.headers, _start(error)) from None
                time.sleep(wait)
            except TimeoutError:
                raise _late(self.seconds) from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                if isinstance(getattr(error, "reason", None), TimeoutError):
                    raise _late(self.seconds) from None
                raise faults.unreachable(self.access, error) from error
        raise AssertionError("the last attempt returns or raises")

    def _read(self, response: http.client.HTTPResponse, end: float) -> bytes:
        """The whole body of ``response``."""
        parts, size = [], 0
        while part := response.read1(1 << 20):
            parts.append(part)
            size += len(part)
            if size > self.size:
                raise LimitError(
                    f"{self.access.address}: stopped after {self.size:,} bytes of answer; narrow the query"
                )
            if time.monotonic() > end:
                raise _late(self.seconds)
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and int(promised) != size:
            reason = f"the answer broke off after {size:,} of {int(promised):,} bytes"
            raise RemoteError(self.access.address, reason)
        return b"".join(parts)


class _Wrapper(SPARQLWrapper):
    """One query as SPARQLWrapper puts it, opened so that it goes to its own address and nowhere else.

    SPARQLWrapper itself would follow redirects, credentials and all, and for Digest install an opener for
    the whole process.
    """

    def __init__(self, asking: Asking, text: str, form: str, wanted: tuple[str, ...]) -> None:
        access = asking.access
        super().__init__(access.address, returnFormat=TURTLE if form == "CONSTRUCT" else JSON, agent=agent())
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", ", ".join(wanted))
        if access.token:
            self.addCustomHttpHeader("Authorization", f"Bearer {access.token}")
        # Set as they are: setQuery would guess the form, and take a word in a comment for an update.
        self.queryString, self.queryType = text, form
        self._access = access
        self._opener = urllib.request.build_opener(
            _NoRedirect,
            urllib.request.HTTPSHandler(context=asking._tls),
            urllib.request.ProxyHandler(asking._proxies),
        )

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        request = self._createRequest()
        try:
            return self._opener.open(request, timeout=self.timeout), self.returnFormat
        except urllib.error.HTTPError as error:
            proof, challenges = Proof(self._access), error.headers.get_all("WWW-Authenticate", [])
            if error.code != 401 or not proof.learn(challenges):
                raise
            error.close()
        # (The library's own handlers would leave the first connection open.)
        request.add_header("Authorization", proof.header(request.get_method(), request.full_url))
        return self._opener.open(request, timeout=self.timeout), self.returnFormat


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects come back as the answers they are."""

    def redirect_request(self, *_: object) -> None:
        return None


def within(seconds: float, work: object) -> object:
    """What ``work(end)`` returns or raises, or a :class:`LimitError` when it takes longer than ``seconds``.

    A server that sends a byte now and then never runs into a socket's timeout, so the work has a thread that
    is left behind.
    """
    done: list = []

    def run() -> None:
        try:
            done.append((work(time.monotonic() + seconds), None))
        except BaseException as error:
            done.append((None, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + 0.25)  # whoever works notices first, as a rule, and says more
    if not done:
        raise _late(seconds)
    answer, error = done[0]
    if error is not None:
        raise error
    return answer


def _late(seconds: float) -> UkjapanError:
    return LimitError(
        f"stopped after {seconds:g} s without a whole answer; narrow the query or raise --timeout"
    )


def _start(error: urllib.error.HTTPError) -> bytes:
    """The start of what a server says with a refusal; empty where even that breaks off."""
    try:
        return error.read(faults.START)
    except (OSError, http.client.HTTPException):
        return b""
