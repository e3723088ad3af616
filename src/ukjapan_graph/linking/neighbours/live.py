"""The links and the federated questions put to the neighbours themselves.

For each accepted mapping to a neighbour that answers SPARQL: is its target still there, has it been merged
into another, is it withdrawn, and is it still called what it was called when it was linked? For each federated
question: does it still give every row that was recorded?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.answering.labels import short
from ukjapan_graph.data import links
from ukjapan_graph.data.sssom import MappingSet, Row
from ukjapan_graph.errors import LimitError, RemoteError, SourceError, UkjapanError, UsageError
from ukjapan_graph.findings import Finding
from ukjapan_graph.linking.neighbours import federated
from ukjapan_graph.linking.neighbours.recordings import Call, Recorder, Recording
from ukjapan_graph.linking.neighbours.requests import SKOLEM, Live, Request


class Asked(NamedTuple):
    """How a neighbour is asked about its things.

    :ivar service: address of its SPARQL service
    :ivar label: property of what a thing is called
    :ivar moved: property of the thing that has taken its place
    :ivar withdrawn: pattern of a thing that is no longer to be used; "" where there is no such thing
    """

    service: str
    label: str
    moved: str
    withdrawn: str = ""


_RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_SKOS_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
_OFFICE = "https://publications.europa.eu/webapi/rdf/sparql"  # the Publications Office of the European Union
_WITHDRAWN = '?target <{}> ?old FILTER(STR(?old) IN ("true", "1"))'
#: The neighbours that answer SPARQL, by the names of their mapping sets.
ASKED = {
    "dbpedia": Asked(
        "https://dbpedia.org/sparql", _RDFS_LABEL, "<http://dbpedia.org/ontology/wikiPageRedirects>"
    ),
    "eu-authority": Asked(
        _OFFICE, _SKOS_LABEL, _REPLACED,
        _WITHDRAWN.format("http://publications.europa.eu/ontology/authority/deprecated"),
    ),
    "eurovoc": Asked(
        _OFFICE, _SKOS_LABEL, _REPLACED, _WITHDRAWN.format("http://www.w3.org/2002/07/owl#deprecated")
    ),
    "wikidata": Asked(
        "https://query.wikidata.org/sparql", _RDFS_LABEL, "<http://www.w3.org/2002/07/owl#sameAs>"
    ),
}  # fmt: skip

Select = Callable[[str], Callable[[str], Rows]]  # a service's address → what gives the rows of a text there


class Outcome(NamedTuple):
    """What a live check found.

    :ivar findings: what is wrong, sorted
    :ivar failures: one error for each neighbour, or question, that could not be checked in full
    :ivar notes: what is not wrong and worth knowing
    :ivar checked: mappings and questions that were checked
    """

    findings: list[Finding]
    failures: list[UkjapanError]
    notes: list[str]
    checked: int


def services(found: list[federated.FederatedQuery]) -> tuple[str, ...]:
    """Every address that a live check asks, sorted."""
    asked = {row.service for row in ASKED.values()}
    return tuple(sorted(asked.union(*(set(query.services.values()) for query in found), asked)))


def check_links(root: Path, select: Select, step: Callable[[str, int, int], None]) -> Outcome:
    """The accepted mappings below ``root`` against their neighbours.

    A neighbour that does not answer in full is one failure, and the others are still asked.

    :param select: gives, for a service, what answers a query text there; raises as an engine does
    :param step: told what neighbour has answered about how many of how many targets
    """
    findings, failures, checked = [], [], 0
    sets, faults = links.read_sets(root, links.mapping_files(root))
    findings += faults
    for found in sets:
        neighbour = links.neighbour_named(found.path)
        asked = ASKED.get(neighbour.name) if neighbour else None
        if not asked:
            continue
        rows = [row for row in found.rows if not links.is_rejected(row) and found.iri(row.get("object_id"))]
        targets = sorted({found.iri(row.get("object_id")) for row in rows})
        request = _request(asked, targets)
        teller = Live(select(asked.service), step=lambda done, of, name=neighbour.title: step(name, done, of))
        try:
            answer = teller.answer(request)
        except (RemoteError, LimitError) as error:
            failures.append(
                _failure(error, neighbour.title, getattr(error, "unanswered", len(targets)), len(targets))
            )
            continue
        known = _told(answer)
        for row in rows:
            checked += 1
            findings += _row(found, row, known.get(found.iri(row.get("object_id")), {}))
    return Outcome(sorted(findings), failures, [], checked)


def check_questions(
    root: Path, engine: Embedded, run: Callable[[federated.FederatedQuery, Recorder], object]
) -> Outcome:
    """The federated questions below ``root``, asked anew, against what was recorded of them.

    :param run: asks a question of its neighbours themselves, and keeps in the recorder what they answer
    """
    findings, failures, notes, checked = [], [], [], 0
    for found in federated.read_all(root):
        path = found.recording_path.relative_to(root).as_posix()
        try:
            recording = Recording.read(found.recording_path) if found.recording_path.is_file() else None
        except SourceError as error:
            findings.append(Finding(path, 0, found.query.name, "link:recording", error.reason))
            continue
        recorder = Recorder()
        try:
            run(found, recorder)
        except (RemoteError, LimitError) as error:
            failures.append(error)
            continue
        checked += 1
        if recording is None:
            notes.append(
                f"{found.query.name}: nothing was recorded of it before; ukjapan link record keeps it"
            )
            continue
        for then, now in _side_by_side(recording, recorder):
            if then and now and then.request != now.request:
                # What the parts after it are asked for may come from this one.
                text = (
                    f"the recording answers another question of {now.service}: the query, the graph or what comes "
                    "before it has changed since; record it again"
                )
                findings.append(Finding(path, 0, found.query.name, "link:recording", text))
                break
            lost, new = _difference(*(call.rows if call else Rows((), []) for call in (then, now)))
            service = (now or then).service
            if lost:
                text = (
                    f"{service} no longer gives {len(lost)} of the rows recorded on {recording.day}; "
                    "look why, and record it again"
                )
                findings.append(Finding(path, 0, found.query.name, "link:rows", text, lost[0]))
            if new:
                notes.append(
                    f"{found.query.name}: {service} gives {len(new)} rows that were not recorded on "
                    f"{recording.day}, such as {new[0]}"
                )
    return Outcome(sorted(findings), failures, notes, checked)


def _side_by_side(recording: Recording, recorder: Recorder) -> Iterator[tuple[Call | None, Call | None]]:
    """What was recorded of each part of a question, and what was answered now; None where it was not asked.

    Parts come in the order of the text, and one for which nothing here has a use is not asked.
    """
    left = list(recording.calls)
    for now in recorder.calls:
        then = next((call for call in left if call.service == now.service), None)
        if then:
            left.remove(then)
        yield then, now
    for then in left:
        yield then, None


def _request(asked: Asked, targets: list[str]) -> Request:
    # "mul": what Wikidata calls a thing in every language that has no name of its own for it.
    withdrawn = f"OPTIONAL {{ {asked.withdrawn} }}" if asked.withdrawn else ""
    inside = (
        f' OPTIONAL {{ ?target {asked.label} ?label FILTER(LANG(?label) IN ("en", "mul")) }}'
        f" OPTIONAL {{ ?target {asked.moved} ?moved }} {withdrawn}"
        " BIND(EXISTS { ?target ?property ?value } AS ?known) "
    )
    gives = tuple(sorted({"known", "label", "moved", "target", *(["old"] if withdrawn else [])}))
    seeds = [(NamedNode(target),) for target in targets]
    return Request(asked.service, "", inside, gives, ("target",), seeds)


def _told(answer: Rows) -> dict[str, dict[str, set[str]]]:
    """What each target's rows say: its values in each column."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in answer.rows:
        values = dict(zip(answer.columns, row, strict=True))
        for name, term in values.items():
            if term is not None and values.get("target") is not None:
                told[values["target"].value][name].add(term.value)
    return told


def _row(found: MappingSet, row: Row, told: dict[str, set[str]]) -> Iterator[Finding]:
    """What is wrong with the mapping ``row`` by what the neighbour has ``told`` of its target."""
    target, label = row.get("object_id"), row.get("object_label")

    def finding(check: str, message: str, value: str = "") -> Finding:
        return Finding(found.path, row.line, row.get("subject_id"), f"link:{check}", message, value)

    if moved := told.get("moved"):
        where = " and ".join(sorted(moved))
        yield finding(
            "moved", f"{target} has been merged into {where}; weigh the link anew and point it there"
        )
    elif not told.get("known", set()) & {"true", "1"}:
        yield finding("gone", f"the neighbour knows nothing of {target}; it was deleted, or never there")
    elif told.get("old"):
        yield finding("withdrawn", f"the neighbour has withdrawn {target}; look for what has taken its place")
    elif label and told.get("label") and label not in told["label"]:
        now = " or ".join(sorted(told["label"]))
        yield finding("label", f"{target} is no longer called {label!r}; is it still the same thing?", now)
    elif label and not told.get("label"):
        yield finding("label", f"{target} has no English label any more; it was {label!r}")


def _difference(then: Rows, now: Rows) -> tuple[list[str], list[str]]:
    """Rows that were there ``then`` and are not ``now``, and the reverse, as text, whatever the columns' order.

    What has no name at the neighbour is alike there each time: the IRI that stands for it is another.
    """

    def rows(some: Rows) -> set[str]:
        order = sorted(range(len(some.columns)), key=lambda i: some.columns[i])
        return {
            " ".join(f"{some.columns[i]}={_told_of(row[i])}" for i in order if row[i] is not None)
            for row in some.rows
        }

    before, after = rows(then), rows(now)
    return sorted(before - after), sorted(after - before)


def _told_of(found: object) -> str:
    return "(no name)" if getattr(found, "value", "").startswith(SKOLEM) else short(found)


def _failure(error: UkjapanError, title: str, unanswered: int, of: int) -> UkjapanError:
    told = f"{title}: {error}; {unanswered:,} of its {of:,} targets are not checked"
    if isinstance(error, LimitError):
        return LimitError(told)
    return RemoteError(title, f"{error}; {unanswered:,} of its {of:,} targets are not checked")


def allowed_only(names: tuple[str, ...], where: dict[str, str]) -> None:
    """Refuse, with :class:`UsageError`, a service in ``where`` that no live check asks."""
    for service in where:
        if service not in names:
            raise UsageError(f"--service {service}: nothing is asked of it; asked are: {', '.join(names)}")
