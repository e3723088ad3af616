"""How the server is; answered without a worker."""

from __future__ import annotations

import json

from ukjapan_graph.endpoint.pool import Pool
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reply import Reply, reply


def health(pool: Pool) -> Reply:
    """That the server lives, what it serves, and its limits."""
    state = {
        "release": pool.release,
        "limits": pool.limits._asdict(),
        "running": pool.running,
        "waiting": pool.waiting,
        "stopped": pool.killed,
    }
    return reply("application/json", json.dumps(state, indent=1).encode() + b"\n", kept=False)


def ready(pool: Pool) -> Reply:
    """Whether queries can be answered now.

    :raises Problem: 503, they cannot
    """
    if not pool.ready:
        raise Problem(503, "The server starts or closes; ask again soon", "closing", {"Retry-After": "5"})
    return reply("text/plain", b"ready\n", kept=False)


def metrics(pool: Pool) -> Reply:
    """Numbers in the text format of Prometheus."""
    lines = [
        ("ukjapan_queries_running", "gauge", "Queries that run now", pool.running),
        ("ukjapan_queries_waiting", "gauge", "Queries that wait for a worker", pool.waiting),
        (
            "ukjapan_queries_stopped_total",
            "counter",
            "Queries stopped: by a limit, or left by their client",
            pool.killed,
        ),
    ]
    text = "".join(f"# HELP {n} {about}\n# TYPE {n} {kind}\n{n} {value}\n" for n, kind, about, value in lines)
    return reply("text/plain; version=0.0.4; charset=utf-8", text.encode(), kept=False)
