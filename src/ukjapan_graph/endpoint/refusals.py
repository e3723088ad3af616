"""What the pool says to whom it does not answer: why, and when to ask again."""

from __future__ import annotations

from ukjapan_graph.endpoint.problem import Problem


def _later(status: int, detail: str, kind: str, seconds: int) -> Problem:
    return Problem(status, detail, kind, {"Retry-After": str(seconds)})


def busy(detail: str) -> Problem:
    """429: this client has too many here, or all have."""
    return _later(429, f"{detail}; ask again soon", "busy", 1)


def closing() -> Problem:
    """503: the server takes no more."""
    return _later(503, "The server is closing; ask again soon", "closing", 5)


def crowded() -> Problem:
    """503: too much waits for clients to take it."""
    detail = "Other clients are still taking large answers; ask again soon, or for less, with LIMIT"
    return _later(503, detail, "crowded", 10)


def without_workers() -> Problem:
    """503: there is no worker, and none can be had."""
    return _later(503, "No worker can be started; ask again later", "worker", 30)


def made_room() -> Problem:
    """503: the query was stopped for the sake of others."""
    detail = (
        "The query was stopped because others waited and it had run longest; narrow it, or ask again later"
    )
    return _later(503, detail, "made-room", 30)


def out_of_memory() -> Problem:
    """503: the worker ended over the query."""
    return _later(503, "The query needs more memory than it may have; narrow it", "memory", 60)


def out_of_time(seconds: float) -> Problem:
    """504: the query was stopped after ``seconds``."""
    return _later(504, f"The query was stopped after {seconds:g} s; narrow it", "timeout", 60)
