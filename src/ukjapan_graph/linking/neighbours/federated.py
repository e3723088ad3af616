"""Saved questions that neighbours answer in part: ``queries/federated/<name>.rq``, run and recorded.

The files are saved queries whose header has one key more, ``services``: what each neighbour is called and the
address that stands in the text's ``SERVICE``. They are plain SPARQL 1.1, so a triple store that holds the
release runs them as they lie.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ukjapan_graph.answering.engines import Embedded, Rows, prepare
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import RemoteError, SourceError, UkjapanError, UnknownNameError, UsageError
from ukjapan_graph.findings import Finding
from ukjapan_graph.linking.neighbours import federation
from ukjapan_graph.linking.neighbours.recordings import Recorded, Recorder, Recording
from ukjapan_graph.linking.neighbours.requests import BATCH, Live, Neighbour
from ukjapan_graph.querying.queries import header_keys, lines_above, mapping, read_query, split
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.remote.access import Access, checked

FOLDER = "queries/federated"
#: Pattern of the recordings below a project's root.
RECORDINGS = f"{FOLDER}/*.recorded.json"
#: The most bytes of one answer of a neighbour, unless the caller says otherwise.
SIZE = 64 * 1024 * 1024


class FederatedQuery(NamedTuple):
    """A saved question with the neighbours that answer it in part.

    :ivar query: the question itself
    :ivar services: address of each neighbour by what it is called
    :ivar path: its file
    :ivar above: how many lines of the file stand above its SPARQL
    """

    query: SavedQuery
    services: dict[str, str]
    path: Path
    above: int

    @property
    def text(self) -> str:
        """Its SPARQL, below as many empty lines, so that a line of it is a line of the file."""
        return "\n" * self.above + self.query.text

    @property
    def recording_path(self) -> Path:
        """Where its recording is kept."""
        return self.path.with_suffix(".recorded.json")


class NeighboursAnswer(NamedTuple):
    """The answer to a question that neighbours answer in part.

    :ivar rows: the answer
    :ivar recording: what of the neighbours it comes from; None where they were asked
    """

    rows: Rows
    recording: Recording | None


def read_all(root: Path) -> list[FederatedQuery]:
    """The federated questions below ``root``, sorted by name.

    :raises SourceError: a file that cannot be read, or a header that lacks what it must have
    :raises UkjapanError: PyYAML is not installed
    """
    return [read_one(path) for path in sorted((root / FOLDER).glob("*.rq"))]


def read_one(path: Path) -> FederatedQuery:
    """The federated question in the file ``path``; raises as :func:`read_all`."""
    try:
        query = read_query(path)
        services = mapping(path, header_keys(path, split(path)[0]), "services")
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"reading the federated questions needs {error.name}; "
            "install it with: pip install 'ukjapan-graph[link]'"
        ) from error
    if not services:
        raise SourceError(path, "the header has no services; add '#+ services:' with 'name: address'", line=1)
    named = {str(name): str(address) for name, address in services.items()}
    return FederatedQuery(query, named, path, lines_above(path))


def find(root: Path, name: str) -> FederatedQuery:
    """The federated question called ``name``.

    :raises UnknownNameError: there is none; carries the nearest names
    :raises SourceError: its file is not in order
    """
    paths = {path.stem: path for path in sorted((root / FOLDER).glob("*.rq"))}
    if name not in paths:
        from difflib import get_close_matches

        nearest = get_close_matches(name, paths, cutoff=0.5)
        raise UnknownNameError("federated question", name, nearest, see="List them with: ukjapan link ask")
    return read_one(paths[name])


def from_recording(found: FederatedQuery, engine: Embedded) -> NeighboursAnswer:
    """The answer to ``found`` by what was recorded of its neighbours.

    :raises SourceError: there is no recording, it was changed by hand, or it answers another question than
        the one that the file and the graph now ask
    """
    recording = Recording.read(found.recording_path)
    rows = federation.select(engine, found.text, lambda service: Recorded(recording, service))
    return NeighboursAnswer(rows, recording)


def stale(root: Path, engine: Embedded) -> list[Finding]:
    """A finding for each recording below ``root`` that no longer answers its question, or stands alone."""
    findings = []
    for path in sorted(root.glob(RECORDINGS)):
        name = path.name.removesuffix(".recorded.json")
        question = path.with_name(f"{name}.rq")
        try:
            if not question.is_file():
                raise SourceError(path, "records the answer to no question here; take the file away")
            from_recording(read_one(question), engine)
        except (SourceError, UsageError) as error:
            reason = getattr(error, "reason", str(error))
            findings.append(Finding(path.relative_to(root).as_posix(), 0, name, "link:recording", reason))
    return findings


def live(
    found: FederatedQuery,
    engine: Embedded,
    where: dict[str, str],
    *,
    seconds: float,
    size: int,
    batch: int = BATCH,
    authority: str = "",
    step: Callable[[str, int, int], None] = lambda name, done, of: None,
    recorder: Recorder | None = None,
) -> Rows:
    """The answer to ``found`` by its neighbours themselves. No credentials are sent.

    :param where: for some services, another address at which they are asked in fact
    :param seconds: the most that one answer of a neighbour may take
    :param size: the most bytes that one may have
    :param step: told what neighbour has answered how many of how many rows
    :param recorder: keeps what they answer
    :raises UsageError: ``where`` names a service that the question does not ask
    :raises RemoteError: a neighbour does not answer in full; see :func:`federation.select`
    :raises LimitError: the same, for a limit
    """
    address = federation.allowed(tuple(found.services.values()), where)
    names = {service: name for name, service in found.services.items()}

    def neighbour(service: str) -> Neighbour:
        asked = Remote(Access(checked(address(service)), authority=authority), seconds=seconds, size=size)
        teller = Live(
            asked.as_it_stands, batch=batch, step=lambda done, of: step(names.get(service, service), done, of)
        )
        return recorder.of(teller) if recorder else teller

    return federation.select(engine, found.text, neighbour)


def elsewhere(found: FederatedQuery, store: Remote) -> Rows:
    """The answer of a triple store that holds the release and asks the neighbours itself; raises as ``store``."""
    text = prepare(found.text, ("SELECT",), frozenset(found.services.values()))[0]
    try:
        return store.as_it_stands(text)
    except RemoteError as error:
        names = " and ".join(found.services)
        reason = f"{error.reason}; the store has to ask {names} itself: can it reach them, and may it?"
        raise RemoteError(error.address, reason, status=error.status) from error
