"""Proposed links on paper: rows of ``graph/links/candidates/<neighbour>.sssom.tsv``, for somebody to weigh.

A proposal is never in the graph. A pair that is accepted, rejected or proposed already is not written again, so
writing the same twice changes nothing; a file is replaced whole or left as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ukjapan_graph.data.links import IDENTIFIED, is_rejected, mapping_files, neighbour_named, read_sets
from ukjapan_graph.data.neighbours import NEIGHBOURS, Neighbour
from ukjapan_graph.data.sssom import SUFFIX, MappingSet, Row
from ukjapan_graph.data.sssom_text import header_of, text
from ukjapan_graph.errors import FindingsError, UkjapanError
from ukjapan_graph.files import replace_file
from ukjapan_graph.linking.alike.catalogue import Thing
from ukjapan_graph.linking.alike.suggesting import Suggestion
from ukjapan_graph.namespaces import shorten

_FOLDER = "graph/links/candidates"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
#: Nobody has weighed it, so it is never quite sure.
_SUREST = 0.95
_TOOL = "ukjapan link suggest"


class Judged(NamedTuple):
    """The mappings that there are.

    :ivar weighed: pairs (IRI here, IRI there) that are accepted or rejected
    :ivar proposed: pairs that are candidates
    """

    weighed: frozenset[tuple[str, str]]
    proposed: frozenset[tuple[str, str]]

    def is_weighed(self, thing: Thing, iri: str) -> bool:
        """Whether ``thing`` and ``iri`` have been accepted or rejected."""
        return (thing.iri, iri) in self.weighed

    def is_proposed(self, one: Suggestion) -> bool:
        """Whether the pair is a candidate already."""
        return (one.thing.iri, one.found.iri) in self.proposed


def judged(root: Path) -> Judged:
    """The mappings below ``root``.

    :raises FindingsError: a mapping set is not sound, so that nobody can tell what has been rejected
    :raises UkjapanError: PyYAML is not installed
    """
    return Judged(*(frozenset(_pairs(_sets(root, candidates=flag))) for flag in (False, True)))


def write(root: Path, suggestions: Iterable[Suggestion], day: str) -> dict[str, int]:
    """Write what is new among ``suggestions``; gives the number of rows added to each file, by its path.

    All files are made ready before the first is written.

    :param day: the date of the mappings, as in 2026-11-22
    :raises UkjapanError: a suggestion leads to no neighbour that is known
    :raises FindingsError: a mapping set is not sound
    :raises SourceError: a file cannot be written
    """
    done = set().union(*judged(root))
    rows: dict[str, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        if one.neighbour is None:
            names = ", ".join(NEIGHBOURS)
            raise UkjapanError(f"<{one.found.iri}> belongs to no neighbour that is known: {names}")
        pair = one.thing.iri, one.found.iri
        if pair not in done:
            done.add(pair)
            rows[one.neighbour.name].append(one)
    before = {
        neighbour_named(found.path).name: found
        for found in _sets(root, candidates=True)
        if neighbour_named(found.path)
    }
    files = {}
    for name, new in sorted(rows.items()):
        found = before.get(name) or _empty(NEIGHBOURS[name])
        added = tuple(Row(0, _slots(one, day)) for one in new)
        files[found.path] = (text(_with_prefixes(found)._replace(rows=(*found.rows, *added))), len(added))
    for path, (data, _) in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / path, data.encode())
    return {path: count for path, (_, count) in files.items()}


def _slots(one: Suggestion, day: str) -> dict[str, str]:
    predicate = "skos:exactMatch" if one.thing.kind in IDENTIFIED else "skos:closeMatch"
    share = min(one.evidence.score / 100, _SUREST)
    told = [
        f"Proposed by likeness of names: {one.evidence.ours!r} here, {one.evidence.theirs!r} there",
        *([f"said there to be {one.found.note!r}"] if one.found.note else []),
        *([f"both tied to {', '.join(map(shorten, one.evidence.related))}"] if one.evidence.related else []),
        *([f"both dated {', '.join(one.evidence.dates)}"] if one.evidence.dates else []),
    ]
    return {
        "subject_id": shorten(one.thing.iri),
        "subject_label": one.thing.label,
        "predicate_id": predicate,
        "object_id": f"{one.neighbour.prefix}:{one.found.iri.removeprefix(one.neighbour.space)}",
        "object_label": one.found.labels[0],
        "mapping_justification": "semapv:LexicalMatching",
        "author_id": "ukjapan:project",
        "author_type": "prov:SoftwareAgent",
        "subject_source": "dataset:ukjapan-graph",
        "object_source": f"dataset:{one.neighbour.name}",
        "mapping_tool": _TOOL,
        "mapping_date": day,
        "confidence": f"{share:.3f}",
        "match_string": one.evidence.theirs,
        "other": one.evidence.told(),
        "comment": "; ".join(told) + ". Nobody has weighed it.",
    }


def _empty(neighbour: Neighbour) -> MappingSet:
    title = f"UK-Japan graph to {neighbour.title.partition(',')[0]}: candidates"
    about = (
        f"Links from the UK-Japan graph to {neighbour.title.partition(',')[0]} that nobody has yet weighed, or whose "
        "target was not seen; they are in no graph."
    )
    header = header_of(f"candidates-{neighbour.name}", title, about, _LICENCE, creator_id=["ukjapan:project"])
    return MappingSet(f"{_FOLDER}/{neighbour.name}{SUFFIX}", header, ())


def _with_prefixes(found: MappingSet) -> MappingSet:
    """``found`` with every prefix that a new row may need; the text of a set declares only those in use."""
    known = header_of("", "", "", "")["curie_map"]
    return found._replace(header=found.header | {"curie_map": known | found.prefixes()})


def _sets(root: Path, *, candidates: bool) -> list[MappingSet]:
    found, faults = read_sets(root, mapping_files(root, candidates=candidates))
    if faults:
        raise FindingsError(faults)
    return found


def _pairs(sets: Sequence[MappingSet]) -> Iterable[tuple[str, str]]:
    for found in sets:
        for row in found.rows:
            # Closer and wider matches too: somebody has looked at the pair, whatever came of it.
            ends = found.iri(row.get("subject_id")), found.iri(row.get("object_id"))
            if all(ends) or is_rejected(row):
                yield ends[0] or "", ends[1] or ""
