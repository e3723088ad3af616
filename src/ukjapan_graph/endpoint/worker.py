"""A process that answers requests on one release file, and that may be killed at any moment.

Requests come on standard input, answers go to standard output, each as a frame: a length in eight bytes, most
significant first, and that many bytes, see :func:`ukjapan_graph.endpoint.request.pack` and
:func:`ukjapan_graph.endpoint.reply.to_bytes`. The first frame that it sends is empty and says that it is ready.

Argument: JSON with ``path``, the release file, ``limits`` and ``services``.
"""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from ukjapan_graph.endpoint.answers import reply_to
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.reply import to_bytes
from ukjapan_graph.endpoint.request import unpack
from ukjapan_graph.endpoint.service import Service
from ukjapan_graph.errors import UkjapanError


def read_frame(stream: BinaryIO) -> bytes | None:
    """The content of the next frame; None where the stream ends."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    wanted, content = int.from_bytes(head, "big"), bytearray()
    while len(content) < wanted:
        block = stream.read(wanted - len(content))
        if not block:
            return None
        content += block
    return bytes(content)


def frame(content: bytes) -> bytes:
    """``content`` as a frame."""
    return len(content).to_bytes(8, "big") + content


def work(service: Service, orders: BinaryIO, answers: BinaryIO) -> None:
    """Say that it is ready, then answer requests until there are no more."""
    if service.limits.memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (service.limits.memory, service.limits.memory))
    content: bytes | None = b""
    while content is not None:
        _write(answers, frame(to_bytes(reply_to(service, unpack(content))) if content else b""))
        content = read_frame(orders)


def main(argv: list[str]) -> int:
    """Be a worker on standard input and output; argument as said above."""
    told = json.loads(argv[0])
    try:
        service = Service(told["path"], Limits(*told["limits"]), told["services"])
    except UkjapanError as error:
        print(f"ukjapan: {error}", file=sys.stderr)
        return error.exit_code
    work(service, sys.stdin.buffer, sys.stdout.buffer)
    return 0


def _write(stream: BinaryIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) or 0 :]
    stream.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
