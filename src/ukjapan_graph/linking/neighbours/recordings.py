"""What neighbours answered, kept: ``queries/federated/<name>.recorded.json``.

A recording holds the rows of each service as SPARQL 1.1 Query Results JSON (3.2) has them, with the day on
which, and the origin from which, they were taken: the service itself, or a copy of a part of it. The rows have
a SHA-256, so a change by hand is seen; so has the question, so that rows never answer another one.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from ukjapan_graph.answering.engines import Rows, rows_of
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.linking.neighbours.requests import Neighbour, Request, values

#: The origin of rows that the services gave at the addresses which the queries name.
THEMSELVES = "the services themselves"
_KEYS = {"service", "request", "sha256", "answer"}


class Call(NamedTuple):
    """What one service answered.

    :ivar service: its address, as the query has it
    :ivar request: :attr:`Request.hash` of what it was asked
    :ivar answer: its rows, as SPARQL JSON
    """

    service: str
    request: str
    answer: dict

    @property
    def rows(self) -> Rows:
        return rows_of(parse_query_results(json.dumps(self.answer).encode(), format=QueryResultsFormat.JSON))


class Recording(NamedTuple):
    """What the neighbours answered on one day.

    :ivar day: the day, as ``2026-11-23``
    :ivar origin: where the answers were taken from, in words
    :ivar calls: one a service, in the order of the query
    :ivar path: its file
    """

    day: str
    origin: str
    calls: tuple[Call, ...]
    path: Path

    @classmethod
    def read(cls, path: Path) -> Recording:
        """The recording in ``path``.

        :raises SourceError: it is not there, is no recording, or its rows do not have the hash it gives
        """
        if not path.is_file():
            raise SourceError(
                path,
                "nothing is recorded for this question; ask the neighbours now (--live), or keep what they say: "
                "ukjapan link record",
            )
        try:
            kept = json.loads(read_bytes(path))
            calls = []
            for call in kept["calls"]:
                if set(call) != _KEYS or not isinstance(call["answer"], dict):
                    raise ValueError("a call has other keys than it should")
                if _hash(call["answer"]) != call["sha256"]:
                    reason = f"the rows of {call['service']} are not those recorded; record them again"
                    raise SourceError(path, reason)
                calls.append(Call(call["service"], call["request"], call["answer"]))
                calls[-1].rows  # noqa: B018 (it must parse)
            if date.fromisoformat(kept["day"]).isoformat() != kept["day"] or not isinstance(
                kept["origin"], str
            ):
                raise ValueError("day and origin must be text, the day as 2026-11-23")
        except (AttributeError, KeyError, RecursionError, SyntaxError, TypeError, ValueError) as error:
            raise SourceError(path, f"is no recording: {error}; make it anew: ukjapan link record") from error
        return cls(kept["day"], kept["origin"], tuple(calls), path)

    def write(self) -> bytes:
        """Write it to its file, all at once or not at all; gives its bytes, the same for the same answers."""
        calls = [
            {"service": c.service, "request": c.request, "sha256": _hash(c.answer), "answer": c.answer}
            for c in self.calls
        ]
        kept = {"day": self.day, "origin": self.origin, "calls": calls}
        data = (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()
        replace_file(self.path, data)
        return data


class Recorded:
    """A neighbour of whom there is only a recording."""

    def __init__(self, recording: Recording, service: str) -> None:
        self.recording, self.service = recording, service

    def answer(self, request: Request) -> Rows:
        """The rows recorded for ``request``; raises :class:`SourceError` where it is not what was recorded."""
        calls = [call for call in self.recording.calls if call.service == self.service]
        if not calls:
            reason = f"holds no answer of {self.service}; record it: ukjapan link record"
            raise SourceError(self.recording.path, reason)
        for call in calls:
            if call.request == request.hash:
                return call.rows
        raise SourceError(
            self.recording.path,
            f"answers another question of {self.service}: the query or the graph has changed since; "
            "record it again (ukjapan link record), or ask the neighbour itself (--live)",
        )


class Recorder:
    """Keeps what neighbours answer."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def of(self, neighbour: Neighbour) -> Neighbour:
        """``neighbour``, its answers kept."""
        return _Kept(neighbour, self.calls)


class _Kept:
    def __init__(self, neighbour: Neighbour, calls: list[Call]) -> None:
        self.neighbour, self.calls = neighbour, calls

    def answer(self, request: Request) -> Rows:
        rows = self.neighbour.answer(request)
        self.calls.append(Call(request.service, request.hash, _as_json(rows)))
        return rows


def _as_json(rows: Rows) -> dict:
    """``rows`` as SPARQL 1.1 Query Results JSON, 3.2; without blank nodes, which have become IRIs."""
    names = " ".join(f"?{name}" for name in rows.columns) or "*"
    found = Store().query(f"SELECT {names} WHERE {{ {values(rows.columns, rows.rows)} }}")
    return json.loads(found.serialize(format=QueryResultsFormat.JSON))


def _hash(answer: dict) -> str:
    return hashlib.sha256(json.dumps(answer, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
