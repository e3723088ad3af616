"""A connection to one server, over urllib3: kept open, to the address that was typed, within limits of time and size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import urllib3
from urllib3.util import parse_url

from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access, agent, basic, proxy
from ukjapan_graph.remote.proof import Proof

_CONNECT = 30.0  # seconds for a connection to be made
_BLOCK = 1 << 18  # bytes to read, or to send, at once


class Answer(NamedTuple):
    """All that a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        """Whether the status tells of success."""
        return 200 <= self.status < 300

    @property
    def media(self) -> str:
        """The media type of the body, in small letters, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Body:
    """What a request holds, in pieces that are made when they are sent, anew where it is sent again.

    :param size: bytes of them all
    :param pieces: makes them
    """

    def __init__(self, size: int, pieces: Callable[[], Iterator[bytes]]) -> None:
        self._size, self._pieces = size, pieces

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        held, size = [], 0
        for piece in self._pieces():
            held.append(piece)
            size += len(piece)
            if size >= _BLOCK:
                yield b"".join(held)
                held, size = [], 0
        if held:
            yield b"".join(held)


class Connection:
    """To the server at ``access.address``, for one thread at a time; to be closed (it is its own context manager).

    Redirects are answers like others. Proxies are those of the environment (``HTTP_PROXY``, ``NO_PROXY`` …).

    :param seconds: the most that a request may take, waiting and trying again included
    :param size: the most bytes that an answer may have
    """

    def __init__(self, access: Access, *, seconds: float, size: int) -> None:
        self.access, self.seconds, self.size = access, seconds, size
        self._proof = Proof(access)
        self._pool = _pool(access)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def ask(
        self, method: str, address: str, body: bytes = b"", media: str = "", wanted: str = "*/*"
    ) -> Answer:
        """The answer to one request, whatever its status.

        :raises RemoteError: nobody answers, or the connection broke
        :raises LimitError: it takes too long, or is too large
        """
        return self._ask(method, address, body, media, wanted, time.monotonic() + self.seconds)

    def settled(
        self,
        method: str,
        address: str,
        body: bytes | Body,
        media: str,
        wanted: str = "*/*",
        *,
        again: bool = True,
    ) -> Answer:
        """As :meth:`ask`, asked again while the server has a reason to refuse that passes.

        :param again: whether sending it twice does what sending it once does
        """
        end = time.monotonic() + self.seconds
        for attempt in range(1, faults.ATTEMPTS + 1):
            answer = self._ask(method, address, body, media, wanted, end)
            if answer.good:
                break
            wait = faults.pause(answer.status, answer.headers, attempt, answer.body)
            # 502 and 504 come from a server in between: the one behind it may have done the work.
            if wait is None or time.monotonic() + wait > end or (not again and answer.status in (502, 504)):
                break
            time.sleep(wait)
        return answer

    def _ask(
        self, method: str, address: str, body: bytes | Body, media: str, wanted: str, end: float
    ) -> Answer:
        try:
            address = parse_url(address).url  # as it will be sent: a Digest is made over it
        except urllib3.exceptions.LocationParseError as error:
            raise faults.unreachable(self.access.at(address), error) from error
        headers = {"User-Agent": agent(), "Accept": wanted, "Accept-Encoding": "gzip"}
        if media:
            headers["Content-Type"] = media
        if isinstance(body, Body):
            # Else it would go in chunks, which not all servers take.
            headers["Content-Length"] = str(len(body))
        for sent_before in (False, True, True):
            if proof := self._proof.header(method, address):
                headers["Authorization"] = proof
            answer = self._one(method, address, body, headers, end)
            challenges = answer.headers.getlist("WWW-Authenticate") if answer.status == 401 else ()
            if not challenges or not self._proof.learn(challenges, fresh=sent_before):
                break
        return answer

    def _one(
        self, method: str, address: str, body: bytes | Body, headers: dict[str, str], end: float
    ) -> Answer:
        start = time.monotonic()
        left = max(end - start, 0.001)
        try:
            response = self._pool.urlopen(
                method, address, body=body or None, headers=headers, redirect=False, retries=False,
                preload_content=False, timeout=urllib3.Timeout(connect=min(left, _CONNECT), read=left),
            )  # fmt: skip
            try:
                return Answer(response.status, response.headers, self._read(response, end))
            except BaseException:
                response.close()  # what is left of the answer must not be taken for the next one
                raise
            finally:
                response.release_conn()
        except urllib3.exceptions.ReadTimeoutError:
            # While a connection is made the time is shorter than the user's.
            if (waited := time.monotonic() - start) < left - 1:
                reason = f"no connection in {waited:.0f} s; is the address right, and http or https?"
                raise RemoteError(address, reason) from None
            raise self._late("the server said nothing") from None
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise faults.unreachable(self.access.at(address), _cause(error)) from error

    def _read(self, response: urllib3.BaseHTTPResponse, end: float) -> bytes:
        parts, size = [], 0
        while part := response.read1(_BLOCK):
            parts.append(part)
            size += len(part)
            if size > self.size:
                raise LimitError(f"{self.access.address}: stopped after {self.size:,} bytes of answer")
            if time.monotonic() > end:
                raise self._late("no whole answer")
        return b"".join(parts)

    def _late(self, what: str) -> LimitError:
        return LimitError(
            f"{self.access.address}: {what} for {self.seconds:g} s; run again, or raise --timeout"
        )


def _pool(access: Access) -> urllib3.PoolManager:
    before = urlsplit(proxy(access.address))
    if not before.netloc:
        return urllib3.PoolManager(maxsize=1, ssl_context=access.tls())
    pair = unquote(before.username or ""), unquote(before.password or "")
    return urllib3.ProxyManager(
        f"{before.scheme}://{before.netloc.rpartition('@')[2]}",
        maxsize=1,
        ssl_context=access.tls(),
        proxy_headers={"Proxy-Authorization": f"Basic {basic(*pair)}"} if pair[0] else None,
    )


def _cause(error: BaseException) -> BaseException:
    """What the system said of the failure; the library's own words name its classes and addresses."""
    while True:
        if isinstance(error.__cause__, OSError):
            error = error.__cause__
        elif error.args and isinstance(error.args[-1], Exception):
            error = error.args[-1]
        else:
            return error
