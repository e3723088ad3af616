"""What is sent to a store, over httpx: in one piece, to the address that was typed, with a limit on time.

An answer other than success is an error in words (:mod:`ukjapan_graph.remote.faults`); redirects are refused,
and a web page with status 200 is no success.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

import httpx

from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access, agent

#: Seconds to wait for a server to take or say something.
SECONDS = 600.0

_FORM = "application/x-www-form-urlencoded"


class Message(NamedTuple):
    """One request that writes.

    :ivar about: what it does, for people
    :ivar address: where it goes
    :ivar content: its body, or what makes it when it is wanted: the bodies of a load may be more than memory holds
    :ivar media: the media type of its body
    :ivar graph: the value of ``?graph=``; "" for none
    :ivar again: whether sending it twice does what sending it once does
    :ivar triples: how many triples it holds
    :ivar beside: whether it may be on its way together with its neighbours that may
    """

    about: str
    method: str
    address: str
    content: bytes | Callable[[], bytes] = b""
    media: str = ""
    graph: str = ""
    again: bool = True
    triples: int = 0
    beside: bool = False

    @property
    def body(self) -> bytes:
        """What is sent."""
        return self.content if isinstance(self.content, bytes) else self.content()


class Transport:
    """A connection to one server, to be closed (it is its own context manager)."""

    def __init__(self, access: Access, *, seconds: float = SECONDS) -> None:
        self.access, self.seconds = access, seconds
        self._client = httpx.Client(
            auth=_Proof(access) if access.user or access.token else None,
            verify=access.tls(),
            timeout=httpx.Timeout(seconds, connect=min(seconds, 30.0)),
            headers={"User-Agent": agent()},
            follow_redirects=False,
        )

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def look(self) -> Mapping[str, str]:
        """The headers with which the server answers at its address, whatever else it says there.

        :raises RemoteError: nobody answers
        """
        return self._send("GET", self.access.address, {}, b"", "").headers

    def send(self, message: Message) -> None:
        """Send ``message``; when this returns, the server has said that it is done.

        :raises RemoteError: it was refused, or the connection broke
        :raises LimitError: it took too long, here or there
        """
        parameters, body = {"graph": message.graph} if message.graph else {}, message.body
        for attempt in range(1, faults.ATTEMPTS + 1):
            answer = self._send(message.method, message.address, parameters, body, message.media)
            if answer.is_success and not _is_page(answer):
                return
            access = self.access.at(message.address)
            if answer.is_success:
                said = faults.excerpt(access, answer.content)
                raise RemoteError(access.address, f"a web page came in place of an answer: {said}")
            wait = faults.pause(answer.status_code, answer.headers, attempt, answer.content)
            # 502 and 504 come from a server in between: the one behind it may have done the work.
            if wait is None or (not message.again and answer.status_code in (502, 504)):
                raise self._refusal(access, answer)
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def ask(self, address: str, text: str, *media: str) -> bytes:
        """The answer to the query ``text`` (SPARQL 1.1 Protocol, 2.1.2) in one of the types ``media``.

        Nothing shows whether the server cut it at a number of rows: the caller must know how many there are.

        :raises RemoteError: it was refused, is of another type, or the connection broke
        :raises LimitError: it took too long, or is part of an answer
        """
        body, access = urlencode({"query": text}).encode(), self.access.at(address)
        for attempt in range(1, faults.ATTEMPTS + 1):
            answer = self._send("POST", address, {}, body, _FORM, ", ".join(media))
            if answer.is_success:
                if answer.headers.get(faults.PARTIAL):
                    raise LimitError(f"{address}: the server gave only part of the answer")
                if _media(answer) not in media:
                    said = faults.excerpt(access, answer.content)
                    raise RemoteError(address, f"the answer is {_media(answer)}, not {media[0]}: {said}")
                return answer.content
            wait = faults.pause(answer.status_code, answer.headers, attempt, answer.content)
            if wait is None:
                raise self._refusal(access, answer)
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _send(
        self, method: str, address: str, parameters: dict, body: bytes, media: str, wanted: str = "*/*"
    ) -> httpx.Response:
        headers = {"Accept": wanted} | ({"Content-Type": media} if media else {})
        try:
            return self._client.request(
                method, address, params=parameters or None, content=body, headers=headers
            )
        except httpx.TimeoutException:
            raise LimitError(
                f"{address}: the server said nothing for {self.seconds:g} s; run again, or raise --timeout"
            ) from None
        except httpx.HTTPError as error:
            raise faults.unreachable(self.access.at(address), error) from error

    def _refusal(self, access: Access, answer: httpx.Response) -> UkjapanError:
        return faults.refusal(access, answer.status_code, answer.headers, answer.content)


class _Proof(httpx.Auth):
    """Credentials in the form the server asks for: bearer at once, Digest or Basic after its challenge."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._inner: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._access.token:
            request.headers["Authorization"] = f"Bearer {self._access.token}"
            yield request
            return
        if self._inner is None:
            answer = yield request
            schemes = [c.partition(" ")[0].lower() for c in answer.headers.get_list("WWW-Authenticate")]
            if answer.status_code != 401 or not {"digest", "basic"} & set(schemes):
                return
            kind = httpx.DigestAuth if "digest" in schemes else httpx.BasicAuth
            self._inner = kind(self._access.user, self._access.password)
        yield from self._inner.auth_flow(request)


def _is_page(answer: httpx.Response) -> bool:
    """Whether ``answer`` is a web page of some proxy or login form (Virtuoso calls an empty body HTML)."""
    return _media(answer) == "text/html" and bool(answer.content.strip())


def _media(answer: httpx.Response) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
