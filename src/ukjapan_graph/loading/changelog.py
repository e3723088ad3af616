"""Changes to graphs, written down in a graph of their own for one operation to carry out.

Each is a statement about a triple (RDF Schema 1.1, 5.3), so that no pattern that looks for the triple itself finds
it before its time. Its name comes from what it says: written twice, it is there once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from ukjapan_graph.loading.operations import ALL
from ukjapan_graph.loading.spool import by_size, bytes_of
from ukjapan_graph.namespaces import PREFIXES

#: Triples for each change.
TRIPLES = 4

_NAME = "urn:ukjapan:change:"
_ADDS, _TAKES, _EMPTIES = (f"urn:ukjapan:{name}" for name in ("adds-to", "takes-from", "empties"))
_SUBJECT, _PREDICATE, _OBJECT = (PREFIXES["rdf"] + name for name in ("subject", "predicate", "object"))
_BYTES = 420  # of a change as N-Triples, beside the names of its graph and of its triple


class Change(NamedTuple):
    """What happens to one graph.

    :ivar added: triples that are then there, as N-Triples without the point
    :ivar taken: triples that are there no more, likewise
    :ivar emptied: whether first of all nothing is there any more
    """

    graph: str
    added: Collection[str] = ()
    taken: Collection[str] = ()
    emptied: bool = False

    @property
    def size(self) -> int:
        """How many triples change, but for those of a graph that is emptied."""
        return len(self.added) + len(self.taken)

    @property
    def bytes(self) -> int:
        """Bytes of those triples."""
        return bytes_of(self.added) + bytes_of(self.taken)


class Written(Collection[str]):
    """``changes`` as triples (N-Triples without the point), made when they are wanted."""

    def __init__(self, changes: Collection[Change]) -> None:
        self._changes = changes

    def __len__(self) -> int:
        return sum(change.emptied + change.size * TRIPLES for change in self._changes)

    def __iter__(self) -> Iterator[str]:
        return _written(self._changes)

    def __contains__(self, text: object) -> bool:
        return any(text == line for line in self)


def carrying_out(log: str) -> str:
    """The operation (SPARQL 1.1 Update, 3.1.3) that does what is written in the graph ``log``."""
    return (
        f"DELETE {{ GRAPH ?g {{ {ALL} }} }} INSERT {{ GRAPH ?h {{ ?a ?b ?c }} }} WHERE {{\n"
        f"{{ GRAPH <{log}> {{ ?x <{_TAKES}> ?g ; {_about('?s', '?p', '?o')} }} }}\n"
        f"UNION {{ GRAPH <{log}> {{ ?x <{_EMPTIES}> ?g }} GRAPH ?g {{ {ALL} }} }}\n"
        f"UNION {{ GRAPH <{log}> {{ ?x <{_ADDS}> ?h ; {_about('?a', '?b', '?c')} }} }} }}"
    )


def digest(changes: Iterable[Change]) -> str:
    """What tells ``changes`` from others, in hexadecimal."""
    made = blake2b(digest_size=8)
    for line in Written(list(changes)):
        made.update(line.encode() + b"\n")
    return made.hexdigest()


def in_portions(changes: Iterable[Change], size: int, number: int) -> Iterator[list[Change]]:
    """``changes`` in portions of at most ``size`` bytes and ``number`` triples as they are written; 0 for any number."""
    held: list[Change] = []
    bytes_held = number_held = 0
    for piece in _pieces(changes, size, number):
        cost, count = _cost(piece), len(Written([piece]))
        if held and (bytes_held + cost > size or (number and number_held + count > number)):
            yield held
            held, bytes_held, number_held = [], 0, 0
        held.append(piece)
        bytes_held, number_held = bytes_held + cost, number_held + count
    if held:
        yield held


def _written(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        graph = f"<{change.graph}>"
        if change.emptied:
            yield f"{_named(_EMPTIES, graph)} <{_EMPTIES}> {graph}"
        for act, lines in ((_TAKES, change.taken), (_ADDS, change.added)):
            for line in lines:
                name, (subject, predicate, value) = _named(act, graph, line), line.split(" ", 2)
                yield f"{name} <{act}> {graph}"
                yield f"{name} <{_SUBJECT}> {subject}"
                yield f"{name} <{_PREDICATE}> {predicate}"
                yield f"{name} <{_OBJECT}> {value}"


def _pieces(changes: Iterable[Change], size: int, number: int) -> Iterator[Change]:
    """``changes`` cut so small that each piece fits into a portion."""
    for change in changes:
        if change.emptied:
            yield Change(change.graph, emptied=True)
        # A change is a multiple of its triple long.
        for part in _cut(change.taken, size // 32, number // TRIPLES):
            yield Change(change.graph, taken=part)
        for part in _cut(change.added, size // 32, number // TRIPLES):
            yield Change(change.graph, added=part)


def _cut(lines: Collection[str], size: int, number: int) -> Iterator[Collection[str]]:
    for part in by_size(lines, size) if lines else ():
        if not number or len(part) <= number:
            yield part
            continue
        listed = sorted(part)
        for start in range(0, len(listed), number):
            yield listed[start : start + number]


def _cost(piece: Change) -> int:
    return piece.bytes + max(piece.size, 1) * (_BYTES + len(piece.graph.encode()))


def _about(*terms: str) -> str:
    roles = zip((_SUBJECT, _PREDICATE, _OBJECT), terms, strict=True)
    return " ; ".join(f"<{role}> {term}" for role, term in roles)


def _named(*words: str) -> str:
    return f"<{_NAME}{blake2b(' '.join(words).encode(), digest_size=16).hexdigest()}>"
