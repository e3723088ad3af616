"""A request as the process that talks to clients hands it to a worker, and frames between the two."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from ukjapan_graph.endpoint.problem import Problem

#: Headers that an answer may depend on.
_HEADERS = frozenset((b"accept", b"content-type"))
_HOST = re.compile(r"(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)


class Request(NamedTuple):
    """What a client asks for.

    :ivar name: of the answer that it wants; see :mod:`ukjapan_graph.endpoint.routes`
    :ivar parts: the variable parts of its path
    :ivar query_string: of its address, still encoded
    :ivar headers: by name in lower case, those that an answer may depend on
    :ivar base: where the client reached the server: scheme and host, without a slash at the end
    :ivar body: of a POST, whole
    """

    name: str
    parts: dict[str, str]
    method: str = "GET"
    query_string: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012 - nobody writes into it
    base: str = "http://localhost"
    body: bytes = b""

    @property
    def accept(self) -> str | None:
        """The value of the header Accept, where there is one."""
        return self.headers.get("accept")

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the address, in their order.

        :raises Problem: 400, they are not URL-encoded UTF-8
        """
        return pairs(self.query_string.encode("latin-1"))


def from_scope(scope: dict, name: str, parts: dict[str, str], body: bytes) -> Request:
    """The request of an ASGI ``scope``.

    :raises Problem: 400, its Host is not the name of one host (RFC 9112, 3.2)
    """
    headers: dict[str, str] = {}
    hosts = []
    for key, value in scope["headers"]:
        if key in _HEADERS:
            text, known = value.decode("latin-1"), headers.get(key.decode())
            headers[key.decode()] = f"{known}, {text}" if known else text
        elif key == b"host":
            hosts.append(value.decode("latin-1"))
    # HTTP 1.0 does without; the server below tells of it as an empty one.
    if not hosts or (hosts == [""] and scope.get("http_version") in ("1", "1.0")):
        hosts = [_own(scope)]
    if len(hosts) > 1 or not _HOST.fullmatch(hosts[0]):
        raise Problem(400, "The header Host does not name one host", "host")
    base = f"{scope.get('scheme', 'http')}://{hosts[0]}"
    query_string = scope["query_string"].decode("latin-1")
    return Request(name, parts, scope["method"], query_string, headers, base, body)


def _own(scope: dict) -> str:
    """The address that the server listens on, as a Host would have it."""
    address, *port = scope.get("server") or ("localhost",)
    return ":".join([f"[{address}]" if ":" in address else address, *map(str, port)])


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values of ``application/x-www-form-urlencoded`` text.

    :raises Problem: 400, it is not that, or not UTF-8
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise Problem(400, f"The parameters are not URL-encoded UTF-8: {error}", "encoding") from None


def pack(request: Request) -> bytes:
    """``request`` as the content of a frame."""
    return packed(request[:-1], request.body)


def unpack(content: bytes) -> Request:
    """The way back from :func:`pack`."""
    head, body = unpacked(content)
    return Request(*head, body)


def packed(head: object, body: bytes) -> bytes:
    """A head that JSON can hold, and bytes after it."""
    start = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(start).to_bytes(4, "big") + start + body


def unpacked(content: bytes) -> tuple[list, bytes]:
    """The way back from :func:`packed`."""
    end = 4 + int.from_bytes(content[:4], "big")
    return json.loads(content[4:end].decode("utf-8", "surrogatepass")), content[end:]
