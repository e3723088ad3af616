"""What is sent to a store: in one piece, to the address that was typed, with limits on time and size.

An answer other than success is an error in words (:mod:`ukjapan_graph.remote.faults`); redirects are refused,
and a web page with status 200 is no success.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from ukjapan_graph.errors import LimitError, RemoteError, UkjapanError
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.connection import Answer, Body, Connection

#: Seconds that a request may take, and bytes that an answer may have.
SECONDS, SIZE = 600.0, 1 << 30

_FORM = "application/x-www-form-urlencoded"


class Message(NamedTuple):
    """One request that writes.

    :ivar about: what it does, for people
    :ivar address: where it goes
    :ivar content: its body, or what makes it when it is wanted: the bodies of a load, and one of them, may be
        more than memory holds
    :ivar media: the media type of its body
    :ivar graph: the value of ``?graph=``; "" for none
    :ivar again: whether sending it twice does what sending it once does
    :ivar triples: how many triples it holds
    :ivar beside: whether it may be on its way together with its neighbours that may
    """

    about: str
    method: str
    address: str
    content: bytes | Body | Callable[[], bytes] = b""
    media: str = ""
    graph: str = ""
    again: bool = True
    triples: int = 0
    beside: bool = False

    @property
    def made(self) -> bytes | Body:
        """What is sent."""
        return self.content() if callable(self.content) else self.content

    @property
    def body(self) -> bytes:
        """What is sent, in one piece."""
        return b"".join([made] if isinstance(made := self.made, bytes) else made)


class Transport:
    """A connection to one server, to be closed (it is its own context manager).

    :param seconds: the most that a request may take, waiting and trying again included
    :param size: the most bytes that an answer may have
    """

    def __init__(self, access: Access, *, seconds: float = SECONDS, size: int = SIZE) -> None:
        self.access = access
        self._connection = Connection(access, seconds=seconds, size=size)

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.__exit__(*error)

    def look(self) -> Answer:
        """What the server answers at its address, whatever that is.

        :raises RemoteError: nobody answers
        :raises LimitError: it takes too long
        """
        return self._connection.ask("GET", self.access.address)

    def send(self, message: Message, progress: Callable[[int], None] = lambda _: None) -> None:
        """Send ``message``; when this returns, the server has said that it is done.

        :param progress: is told how many triples of a body that goes in pieces are on their way
        :raises RemoteError: it was refused, or the connection broke
        :raises LimitError: it took too long, here or there
        """
        address = message.address
        if message.graph:
            address += f"{'&' if '?' in address else '?'}{urlencode({'graph': message.graph})}"
        body = message.made
        if isinstance(body, Body):
            body = _told(body, lambda part: progress(int(message.triples * part)))
        answer = self._connection.settled(message.method, address, body, message.media, again=message.again)
        if not answer.good:
            raise self._refusal(message.address, answer)
        # Virtuoso calls an empty body HTML.
        if answer.media == "text/html" and answer.body.strip():
            said = faults.excerpt(self.access, answer.body)
            raise RemoteError(message.address, f"a web page came in place of an answer: {said}")

    def ask(self, address: str, text: str, *media: str) -> bytes:
        """The answer to the query ``text`` (SPARQL 1.1 Protocol, 2.1.2) in one of the types ``media``.

        Nothing shows whether the server cut it at a number of rows: the caller must know how many there are.

        :raises RemoteError: it was refused, is of another type, or the connection broke
        :raises LimitError: it took too long, is too large, or is part of an answer
        """
        body = urlencode({"query": text}).encode()
        answer = self._connection.settled("POST", address, body, _FORM, ", ".join(media))
        if not answer.good:
            raise self._refusal(address, answer)
        if answer.headers.get(faults.PARTIAL) or answer.status != 200:
            raise LimitError(f"{address}: the server gave only part of the answer")
        if answer.media not in media:
            said = faults.excerpt(self.access, answer.body)
            raise RemoteError(address, f"the answer is {answer.media}, not {media[0]}: {said}")
        return answer.body

    def _refusal(self, address: str, answer: Answer) -> UkjapanError:
        return faults.refusal(self.access.at(address), answer.status, answer.headers, answer.body)


def _told(body: Body, progress: Callable[[float], None]) -> Body:
    """``body``, of which is told what part has gone."""

    def pieces() -> Iterator[bytes]:
        done = 0
        for piece in body:
            yield piece
            done += len(piece)
            progress(done / max(len(body), 1))

    return Body(len(body), pieces)
