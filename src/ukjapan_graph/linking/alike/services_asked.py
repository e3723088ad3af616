"""Looking for things by name in a reconciliation service (Reconciliation Service API 0.1 or 0.2).

Only what the standard lets every service do is asked: a batch of queries by POST. The service's own scores are
told, but not believed: names are compared here, as everywhere in this package.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from urllib.parse import urlencode

from ukjapan_graph.errors import RemoteError
from ukjapan_graph.linking.alike.catalogue import Thing
from ukjapan_graph.linking.alike.evidence import Found
from ukjapan_graph.linking.alike.names import plain
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access
from ukjapan_graph.remote.asking import within
from ukjapan_graph.remote.connection import Connection

#: Queries of a batch, where the service does not want fewer; candidates asked for, and looked at.
BATCH, WANTED, LOOKED_AT = 10, 10, 200
_BYTES = 32 * 1024 * 1024
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class ServiceAsked:
    """The reconciliation service at ``access``, whose manifest has been read; to be closed.

    :ivar space: the namespace of its identifiers
    """

    def __init__(self, access: Access, manifest: dict, client: Client) -> None:
        self._access, self._client = access, client
        self.space = str(manifest.get("identifierSpace") or "")
        self._schema = str(manifest.get("schemaSpace") or "")
        wanted = manifest.get("batchSize")
        self.batch = max(1, min(BATCH, wanted)) if isinstance(wanted, int) else BATCH

    def find(self, things: Sequence[Thing]) -> dict[str, list[Found]]:
        """The candidates for each of ``things``, by their identifiers.

        :raises RemoteError: there is no answer, or one that makes no sense
        :raises LimitError: it takes too long, or is too large
        """
        batch = {f"q{number}": {"query": thing.label, "limit": WANTED} for number, thing in enumerate(things)}
        body = self._client.post({"queries": json.dumps(batch, ensure_ascii=False)})
        answer = parsed(self._access, body)
        found = {}
        for key, thing in zip(batch, things, strict=True):
            result = answer.get(key, {}) if isinstance(answer, dict) else {}
            rows = result.get("result") if isinstance(result, dict) else None
            if not isinstance(rows, list):
                raise RemoteError(self._access.address, f"the answer has no result for {thing.id}")
            found[thing.id] = [self._found(row) for row in rows[:LOOKED_AT]]
        return found

    def _found(self, row: object) -> Found:
        if (
            not isinstance(row, dict)
            or not isinstance(row.get("id"), str)
            or not isinstance(row.get("name"), str)
        ):
            raise RemoteError(self._access.address, "a candidate has no id or no name")
        if not row["id"].isprintable():
            raise RemoteError(self._access.address, f"a candidate has the id {row['id']!a}, which is none")
        types = row.get("type")
        types = types if isinstance(types, list) else []
        keys = [t.get("id") if isinstance(t, dict) else t for t in types]
        return Found(
            row["id"] if row["id"].startswith(("http://", "https://")) else self.space + row["id"],
            (plain(row["name"]),),
            tuple(
                iri
                for key in keys
                if isinstance(key, str)
                for iri in (key, self.space + key, self._schema + key)
            ),
            note=plain(str(row.get("description") or "")),
            score=_number(row.get("score")),
        )


def _number(given: object) -> float | None:
    """``given`` as a number; None where it is none, or larger than a number can be."""
    try:
        found = float(given) if isinstance(given, int | float) else math.nan
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


class Client:
    """Asks one address and nothing else, with limits on time and size; to be closed (a context manager)."""

    def __init__(self, access: Access, *, seconds: float) -> None:
        self._access, self._seconds = access, seconds
        self._connection = Connection(access, seconds=seconds, size=_BYTES)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.__exit__(*error)

    def get(self) -> tuple[int, bytes]:
        """Status and body of what the address answers to a plain GET, whatever that is.

        :raises RemoteError: nobody answers
        :raises LimitError: it takes too long, or is too large
        """
        answer = within(
            self._seconds, lambda end: self._connection.ask("GET", self._access.address, wanted=_JSON)
        )
        return answer.status, answer.body

    def post(self, form: dict[str, str]) -> bytes:
        """The body of the answer to ``form``.

        :raises RemoteError: nobody answers, or with a refusal or redirect
        :raises LimitError: it takes too long, or is too large
        """
        body = urlencode(form).encode()
        answer = within(
            self._seconds,
            lambda end: self._connection.settled("POST", self._access.address, body, _FORM, _JSON),
        )
        if not answer.good:
            raise faults.refusal(self._access, answer.status, answer.headers, answer.body)
        return answer.body


def manifest_in(body: bytes) -> dict | None:
    """The service manifest that ``body`` is; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    named = isinstance(found, dict) and isinstance(found.get("name"), str)
    return found if named and "identifierSpace" in found else None


def parsed(access: Access, body: bytes) -> object:
    """``body`` as JSON.

    :raises RemoteError: it is none
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        said = faults.excerpt(access, body)
        raise RemoteError(access.address, f"the answer is no JSON: {said}") from None
