"""Questions that neighbours answer in part, put to the test without the web: file, recording and frozen answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.answering.query_tests import compare_frozen
from ukjapan_graph.errors import QuerySyntaxError, SourceError, UsageError
from ukjapan_graph.findings import Finding
from ukjapan_graph.linking.neighbours import federated
from ukjapan_graph.querying.query_rules import problems


def check(path: Path, engine: Embedded, expected: Path) -> list[Finding]:
    """What is wrong with the federated question in ``path``: its file first, and only then its answer.

    :param expected: the folder of frozen answers, ``<query>.csv``
    """
    found = problems(path)
    if found:
        return found
    return [
        Finding(path.as_posix(), 0, path.stem, f"query:{rule}", text)
        for rule, text in _troubles(path, engine, expected / f"{path.stem}.csv")
    ]


def _troubles(path: Path, engine: Embedded, frozen: Path) -> Iterator[tuple[str, str]]:
    try:
        found = federated.read_one(path)
        if not found.recording_path.is_file():
            if frozen.is_file():
                yield "expected", f"{frozen.name} is frozen, but there is no recording to compare it with"
            return
        rows, _ = federated.from_recording(found, engine)
    except (SourceError, UsageError, QuerySyntaxError) as error:
        yield "recording", getattr(error, "reason", str(error))
        return
    if not frozen.is_file():
        yield "expected", f"there is a recording, but no frozen answer {frozen.name}"
    elif difference := compare_frozen(frozen, rows):
        yield "expected", f"{frozen.name}: {difference}"
