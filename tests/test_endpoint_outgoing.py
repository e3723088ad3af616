"""Answers on their way to clients that take them, take their time, or take nothing."""

import asyncio

import pytest

from ukjapan_graph.endpoint import outgoing
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.outgoing import BLOCK, Outbox
from ukjapan_graph.endpoint.reply import empty, reply

LONG = 4 * BLOCK
LIMITS = Limits(largest=LONG, workers=2)


class Client:
    """Takes what is sent, as much as ``takes`` bytes; then it takes no more.

    :ivar got: the messages, in their order
    """

    def __init__(self, address: str = "one", takes: float = float("inf"), method: str = "GET") -> None:
        self.scope = {"client": (address, 1), "method": method}
        self.got, self._takes = [], takes

    async def send(self, message: dict) -> None:
        """As the server below does: it returns when there is room for more."""
        if self._takes <= 0:
            await asyncio.sleep(60)
        self._takes -= len(message.get("body", b""))
        self.got.append(message)

    @property
    def status(self) -> int:
        """The status of the response."""
        return self.got[0]["status"]

    @property
    def body(self) -> bytes:
        """What has come of the body."""
        return b"".join(message["body"] for message in self.got[1:])

    @property
    def has_all(self) -> bool:
        """Whether the end has come."""
        return not self.got[-1].get("more_body", False)


def answer(size: int):
    """An answer of so many bytes."""
    return reply("text/plain", bytes(range(256)) * (size // 256))


@pytest.mark.parametrize("size", [0, 256, BLOCK, BLOCK + 256, LONG])
def test_whole(size):
    """Short or long, the body comes as it is, in no block that is larger than may be; and nothing is held after."""
    outbox, client, long = Outbox(LIMITS), Client(), answer(size)
    asyncio.run(outbox.send(client.scope, client.send, long))
    assert (client.status, client.body, client.has_all) == (200, long.body, True)
    assert dict(client.got[0]["headers"])[b"content-length"] == str(size).encode()
    assert max(len(message["body"]) for message in client.got[1:]) <= BLOCK
    assert not outbox.held


def test_without_a_body():
    """HEAD has the length of the body that GET would have; 204 has none."""
    head, options = Client(method="HEAD"), Client(method="OPTIONS")
    asyncio.run(Outbox(LIMITS).send(head.scope, head.send, answer(LONG)))
    asyncio.run(Outbox(LIMITS).send(options.scope, options.send, empty(204, {"Allow": "GET"})))
    assert (head.body, dict(head.got[0]["headers"])[b"content-length"]) == (b"", str(LONG).encode())
    assert (options.status, b"content-length" in dict(options.got[0]["headers"])) == (204, False)


def test_who_takes_nothing_is_left(monkeypatch):
    """After a while no more is sent, nothing says that this is the end, and the room is free again."""
    monkeypatch.setattr(outgoing, "SECONDS", 0.05)
    outbox, client = Outbox(LIMITS), Client(takes=BLOCK)
    asyncio.run(asyncio.wait_for(outbox.send(client.scope, client.send, answer(LONG)), 5))
    assert (client.body, client.has_all) == (answer(LONG).body[:BLOCK], False)
    assert not outbox.held


def test_room():
    """A client has half of the room, all have the whole; above that there is a refusal. Short answers always go."""

    async def play() -> None:
        outbox = Outbox(LIMITS)
        one, more, other, third = Client(takes=1), Client(), Client("other", takes=1), Client("third")
        slow = [
            asyncio.ensure_future(outbox.send(client.scope, client.send, answer(LONG)))
            for client in (one, other)
        ]
        await asyncio.sleep(0)
        assert outbox.held == {"one": LONG, "other": LONG}
        for client, status in ((more, 429), (third, 503)):
            await outbox.send(client.scope, client.send, answer(LONG))
            assert (client.status, client.has_all) == (status, True)
            assert b"retry-after" in dict(client.got[0]["headers"])
        short = Client()
        await outbox.send(short.scope, short.send, answer(256))
        assert short.status == 200
        await outbox.emptied(0.1)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        await asyncio.wait_for(outbox.emptied(60), 1)

    asyncio.run(play())
