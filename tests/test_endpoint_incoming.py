"""Bodies of requests, and clients that leave."""

import asyncio

import pytest

from ukjapan_graph.endpoint import incoming
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.problem import Problem

LIMITS = Limits(seconds=0.1, body=10)
LEFT = {"type": "http.disconnect"}


def part(content: bytes, *, more: bool = True) -> dict:
    """A part of a body."""
    return {"type": "http.request", "body": content, "more_body": more}


def client(*messages: dict):
    """An ASGI ``receive`` that gives these messages, and then nothing more for ever."""
    rest = list(messages)

    async def receive() -> dict:
        if not rest:
            await asyncio.sleep(60)
        return rest.pop(0)

    return receive


def read(*messages: dict, told: bytes | None = None) -> bytes:
    """The body that these messages make, whose length the head told."""
    headers = [] if told is None else [(b"content-length", told)]
    return asyncio.run(incoming.body({"headers": headers}, client(*messages), LIMITS))


def test_a_body_in_parts():
    """Parts make a whole, up to the limit."""
    assert read(part(b"12345"), part(b""), part(b"67890", more=False), told=b"10") == b"1234567890"
    assert read({"type": "http.request"}) == b""


@pytest.mark.parametrize(
    ("messages", "told", "status"),
    [
        ([part(b"123456"), part(b"78901")], None, 413),
        ([], b"11", 413),
        ([], b"9" * 5000, 413),
        ([part(b"1")], b"10", 408),
        ([], b"nonsense", 408),
    ],
)
def test_a_body_that_is_not_read(messages, told, status):
    """Too long is refused at once where the head tells it, and too slow in time; the connection is then closed."""
    with pytest.raises(Problem) as caught:
        read(*messages, told=told)
    assert (caught.value.status, caught.value.headers["Connection"]) == (status, "close")


def test_who_leaves_in_the_middle():
    """Half a body is none."""
    with pytest.raises(incoming.Left):
        read(part(b"1"), LEFT)


def test_work_is_done_for_who_stays():
    """The answer comes through, whether it takes a moment or longer; so does what goes wrong."""

    async def work(seconds: float, answer: object) -> object:
        await asyncio.sleep(seconds)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def play() -> None:
        for seconds in (0, 0.15):
            assert await incoming.unless_left(client(part(b"", more=False)), work(seconds, 7)) == 7
            with pytest.raises(KeyError):
                await incoming.unless_left(client(), work(seconds, KeyError("x")))

    asyncio.run(play())


def test_work_ends_when_the_client_leaves():
    """It is cancelled, and only it: whoever waited for it goes on."""

    async def play() -> list[str]:
        said = []

        async def work() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                said.append("cancelled")

        with pytest.raises(incoming.Left):
            await incoming.unless_left(client(part(b"", more=False), LEFT), work())
        assert asyncio.current_task().cancelling() == 0
        return said

    assert asyncio.run(play()) == ["cancelled"]


def test_a_task_that_is_cancelled_from_elsewhere():
    """That is not taken for a client that left."""

    async def play() -> None:
        waiting = asyncio.ensure_future(incoming.unless_left(client(), asyncio.sleep(60)))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(play())
