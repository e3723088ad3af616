"""What is wrong with mappings: with one row, between rows, and against the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pyoxigraph import Literal, Quad

from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.data.links import LINKS, PREDICATES, is_rejected, neighbour_named
from ukjapan_graph.data.neighbours import NEIGHBOURS
from ukjapan_graph.data.sssom import ABSOLUTE, MappingSet, Row
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import expand

#: Kinds of matching in SEMAPV that SSSOM names for a justification.
JUSTIFICATIONS = frozenset(
    f"semapv:{name}"
    for name in (
        "BackgroundKnowledgeBasedMatching", "CompositeMatching", "InstanceBasedMatching", "LexicalMatching",
        "LexicalSimilarityThresholdMatching", "LogicalReasoning", "ManualMappingCuration", "MappingChaining",
        "MappingInversion", "MappingReview", "SemanticSimilarityThresholdMatching", "StructuralMatching",
        "UnspecifiedMatching",
    )
)  # fmt: skip
#: Who may have made a mapping, in the classes of PROV-O.
AUTHORS = ("prov:Organization", "prov:Person", "prov:SoftwareAgent")


class _Place(NamedTuple):
    found: MappingSet
    row: Row
    candidate: bool

    def finding(self, check: str, message: str, value: str = "") -> Finding:
        return Finding(
            self.found.path, self.row.line, self.row.get("subject_id"), f"link:{check}", message, value
        )

    def __str__(self) -> str:
        return f"{self.found.path}:{self.row.line}"

    @property
    def positive(self) -> bool:
        return not is_rejected(self.row)


def findings(
    accepted: Iterable[MappingSet],
    candidates: Iterable[MappingSet],
    quads: Iterable[Quad] | None = None,
) -> list[Finding]:
    """What is wrong with the mappings, sorted; one fault is one finding.

    :param accepted: the sets of ``graph/links``, whose rows are accepted or rejected
    :param candidates: the sets of ``graph/links/candidates``
    :param quads: the graph without its links; None where it cannot be compared with the mappings
    """
    places = [
        _Place(found, row, candidate)
        for sets, candidate in ((accepted, False), (candidates, True))
        for found in sets
        for row in found.rows
    ]
    wrong: list[Finding] = []
    sound = []
    labels = None if quads is None else _labels(quads)
    for place in places:
        own = list(_row(place)) or ([] if labels is None else list(_against(place, labels)))
        wrong += own
        sound += [] if own else [place]
    return sorted({*wrong, *_pairs(sound), *_exact(sound)})


def _row(place: _Place) -> Iterator[Finding]:
    row, found = place.row, place.found
    neighbour = neighbour_named(found.path)
    if neighbour is None:
        message = f"is named after no neighbour; call it after one of: {', '.join(NEIGHBOURS)}"
        yield place.finding("neighbour", message)
        return
    prefix, _, local = row.get("object_id").partition(":")
    if prefix != neighbour.prefix or not neighbour.fits(local):
        message = (
            f"leads to no identifier of the form of {neighbour.title}; "
            f"write one like {neighbour.prefix}:{neighbour.example}"
        )
        yield place.finding("identifier", message, row.get("object_id"))
    if row.get("object_source") != f"dataset:{neighbour.name}":
        message = (
            f"does not say that it leads to {neighbour.title}; give object_source: dataset:{neighbour.name}"
        )
        yield place.finding("source", message, row.get("object_source"))
    if row.get("predicate_id") not in PREDICATES:
        message = f"has a predicate that is not on the list; use one of: {', '.join(PREDICATES)}"
        yield place.finding("predicate", message, row.get("predicate_id"))
    if row.get("predicate_modifier") not in ("", "Not"):
        message = "has a modifier that SSSOM does not know; write Not, or nothing"
        yield place.finding("modifier", message, row.get("predicate_modifier"))
    if row.get("mapping_justification") not in JUSTIFICATIONS:
        message = "has no justification that SSSOM knows; say how it was found, as in semapv:LexicalMatching"
        yield place.finding("justification", message, row.get("mapping_justification"))
    if not _is_share(row.get("confidence")):
        message = "needs a confidence between 0 and 1, as in 0.9"
        yield place.finding("confidence", message, row.get("confidence"))
    if row.get("author_type") not in AUTHORS or not row.get("author_id"):
        message = f"does not say who made it; give author_id, and author_type as one of: {', '.join(AUTHORS)}"
        yield place.finding("author", message, row.get("author_type"))
    if not _is_date(row.get("mapping_date")):
        message = "needs the day on which it was made, as in 2026-11-22, in the row or the metadata"
        yield place.finding("date", message, row.get("mapping_date"))
    if not row.get("comment").endswith("."):
        message = "needs a reason: a sentence, with a full stop, in the column comment"
        yield place.finding("reason", message, row.get("comment"))
    for value in filter(None, row.get("see_also").split("|")):
        if not ABSOLUTE.match(value):
            yield place.finding(
                "see-also", "leads to what is no address; write it out, as in https://…", value
            )


def _against(place: _Place, labels: dict[str, set[str]]) -> Iterator[Finding]:
    iri = place.found.iri(place.row.get("subject_id")) or ""
    if iri not in labels:
        yield place.finding("subject", "is not in the graph; mend the name, or take the mapping out")
    elif place.row.get("subject_label") not in labels[iri]:
        wanted = " or ".join(sorted(labels[iri])) or "nothing"
        message = (
            f"is called {wanted} in the graph; mend subject_label, or look whether this is the thing meant"
        )
        yield place.finding("label", message, place.row.get("subject_label"))


def _pairs(places: Iterable[_Place]) -> Iterator[Finding]:
    """Faults between rows on one pair of subject and object: each pair is judged once."""
    first: dict[tuple[str, str], _Place] = {}
    for place in places:
        # A set may have a prefix of its own for our things.
        pair = place.found.iri(place.row.get("subject_id")) or "", place.row.get("object_id")
        other = first.setdefault(pair, place)
        if other is place:
            continue
        if place.candidate and not other.candidate:
            fate = "accepted" if other.positive else "rejected"
            message = f"is a candidate here and {fate} at {other}; take the candidate out"
            yield place.finding("candidate", message, pair[1])
        elif place.positive != other.positive:
            message = f"is accepted and rejected at once, here and at {other}; keep one of the two"
            yield place.finding("contradiction", message, pair[1])
        else:
            yield place.finding("duplicate", f"is mapped so at {other} already; keep one of the two", pair[1])


def _exact(places: Iterable[_Place]) -> Iterator[Finding]:
    """Accepted exact matches that cannot all hold: two things there for one here, or the other way round."""
    targets: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    sources: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        if place.positive and not place.candidate and place.row.get("predicate_id") == "skos:exactMatch":
            targets[place.found.path, place.row.get("subject_id")].append(place)
            sources[place.row.get("object_id")].append(place)
    for (_, _), same in targets.items():
        for place in _later(same, "object_id"):
            message = f"has another exact match in the same graph at {same[0]}; keep one, make the other skos:closeMatch"
            yield place.finding("two-targets", message, place.row.get("object_id"))
    for same in sources.values():
        for place in _later(same, "subject_id"):
            message = (
                f"has the exact match of {same[0].row.get('subject_id')} at {same[0]}; two things here are not one "
                "there: make one of the two skos:closeMatch"
            )
            yield place.finding("two-subjects", message, place.row.get("object_id"))


def _later(places: list[_Place], slot: str) -> Iterator[_Place]:
    yield from (place for place in places[1:] if place.row.get(slot) != places[0].row.get(slot))


def _labels(quads: Iterable[Quad]) -> dict[str, set[str]]:
    """The English names of every thing of ours that has a class by more than entailment."""
    found: dict[str, set[str]] = {}
    names: dict[str, set[str]] = defaultdict(set)
    label = expand("skos:prefLabel")
    for quad in quads:
        if quad.predicate.value == RDF_TYPE and quad.graph_name not in (ENTAILED, LINKS):
            found[quad.subject.value] = names[quad.subject.value]
        elif (
            quad.predicate.value == label
            and isinstance(quad.object, Literal)
            and quad.object.language == "en"
        ):
            names[quad.subject.value].add(quad.object.value)
    return found


def _is_share(value: str) -> bool:
    return re.fullmatch(r"0(\.[0-9]+)?|1(\.0+)?", value) is not None


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
