"""What a client may use."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What a client may use.

    :ivar seconds: for one query, from when a worker takes it; as much for the body of a request to come
    :ivar largest: bytes of a result; times ``workers``, of all long ones that clients have not taken yet
    :ivar memory: bytes of address space of a worker; 0 for no limit
    :ivar workers: queries that run at once
    :ivar ready: of the workers, how many are kept ready while nobody asks
    :ivar quick: seconds of the processor's work after which a query has to make room where others wait
    :ivar waiting: queries that may wait for a worker, of all clients
    :ivar per_client: queries of one client that run or wait at once
    :ivar length: characters of a query
    :ivar body: bytes of a request's body
    :ivar kept: bytes of answers that are kept, to be given again
    """

    seconds: float = 10
    largest: int = 64 * 1024 * 1024
    memory: int = 2 * 1024 * 1024 * 1024
    workers: int = 4
    waiting: int = 64
    per_client: int = 16
    length: int = 32 * 1024
    body: int = 256 * 1024
    ready: int = 1
    quick: float = 0.2
    kept: int = 2 * 1024 * 1024
