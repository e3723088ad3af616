"""The links to outside graphs: mapping sets as quads, and the identity file made of them.

    graph/links/<neighbour>.sssom.tsv               accepted and rejected mappings    graph:links
    graph/links/candidates/<neighbour>.sssom.tsv    what nobody has seen or weighed   no graph

An accepted mapping is a plain triple of a SKOS mapping property and a node ``mapping:…`` that says who made
it, why and how surely; a rejected one (``predicate_modifier`` Not) is a node only. A node has the properties
that SSSOM gives to slots in RDF, but not its class owl:Axiom: an OWL reader adds to its axioms whatever a
node of that class annotates, and would take up what was rejected.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.neighbours import NEIGHBOURS, Neighbour
from ukjapan_graph.data.sssom import SUFFIX, MappingSet, Row, parse
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of

LINKS = NamedNode(PREFIXES["graph"] + "links")
SAME_AS = "graph/ukjapan-same-as.nt"
#: The mapping properties of SKOS (reference, 10), with the words for how close each is.
PREDICATES = {f"skos:{name}Match": name for name in ("exact", "close", "broad", "narrow", "related")}
#: Kinds of thing of which identity is said; concepts are not things.
IDENTIFIED = ("office", "organisation", "person", "place", "state")

_FOLDERS = ("graph/links", "graph/links/candidates")
# The properties of SSSOM's slots in RDF: as a term, as an English text, as a plain text.
_TERMS = {
    "subject_id": "owl:annotatedSource", "predicate_id": "owl:annotatedProperty",
    "object_id": "owl:annotatedTarget", "mapping_justification": "sssom:mapping_justification",
    "author_id": "pav:authoredBy", "author_type": "ukj:authorType", "object_source": "sssom:object_source",
}  # fmt: skip
_STRINGS = {
    "object_label": "sssom:object_label", "object_source_version": "sssom:object_source_version",
    "other": "sssom:other",
}  # fmt: skip
_STRANGE = re.compile(r"[^A-Za-z0-9_.-]+")


def mapping_files(root: Path, *, candidates: bool = False) -> list[str]:
    """Relative paths, sorted, of the mapping sets below ``root``: those of the graph, or the candidates."""
    folder = root / _FOLDERS[candidates]
    return sorted(path.relative_to(root).as_posix() for path in folder.glob(f"*{SUFFIX}") if path.is_file())


def read_sets(root: Path, paths: Iterable[str]) -> tuple[list[MappingSet], list[Finding]]:
    """The mapping sets in the files ``paths`` (relative to ``root``), and what is wrong with their form.

    :raises UkjapanError: PyYAML is not installed
    """
    sets, findings = [], []
    for path in paths:
        try:
            found, faults = parse(read_bytes(root / path), path)
        except SourceError as error:
            findings.append(Finding(path, 0, "", "readable", error.reason))
            continue
        sets.append(found)
        findings += faults
    return sets, findings


def neighbour_named(path: str) -> Neighbour | None:
    """The neighbour after which the mapping set ``path`` is named; None where there is none."""
    return NEIGHBOURS.get(path.rpartition("/")[2].removesuffix(SUFFIX))


def node_of(found: MappingSet, row: Row) -> str:
    """The IRI of the mapping ``row``: ``mapping:<neighbour>-<kind>-<slug>-<identifier there>``."""
    subject, target = found.iri(row.get("subject_id")) or "", row.get("object_id").partition(":")[2]
    parts = (
        found.path.rpartition("/")[2].removesuffix(SUFFIX),
        kind_of(subject),
        subject.rpartition("/")[2],
        _STRANGE.sub("-", target).strip("-."),
    )
    return PREFIXES["mapping"] + "-".join(parts)


def is_rejected(row: Row) -> bool:
    """Whether ``row`` says that the mapping does not hold."""
    return row.get("predicate_modifier") == "Not"


def quads(sets: Iterable[MappingSet], unsound: Collection[tuple[str, int]] = ()) -> list[Quad]:
    """The mapping sets as quads of ``graph:links``.

    :param unsound: path and line of the rows in which something is wrong (see
        :mod:`ukjapan_graph.data.link_rules`); they are left out
    """
    return [
        normal(quad)
        for found in sets
        for row in found.rows
        if (found.path, row.line) not in unsound
        for quad in _row(found, row)
    ]


def _row(found: MappingSet, row: Row) -> Iterator[Quad]:
    node = NamedNode(node_of(found, row))
    if not is_rejected(row):
        ends = (found.iri(row.get(slot)) or "" for slot in ("subject_id", "predicate_id", "object_id"))
        yield Quad(*map(NamedNode, ends), LINKS)
    yield _quad(node, RDF_TYPE, NamedNode(expand("ukj:Mapping")))
    if is_rejected(row):
        yield _quad(node, "sssom:predicate_modifier", NamedNode(expand("sssom:NegatedPredicate")))
    for slot, name in _TERMS.items():
        for value in filter(None, row.get(slot).split("|")):
            yield _quad(node, name, NamedNode(found.iri(value) or value))
    for slot, name in _STRINGS.items():
        if row.get(slot):
            yield _quad(node, name, Literal(row.get(slot)))
    for value in filter(None, row.get("see_also").split("|")):
        yield _quad(node, "rdfs:seeAlso", NamedNode(value))
    if row.get("comment"):
        yield _quad(node, "rdfs:comment", Literal(row.get("comment"), language="en"))
    # A decimal, where SSSOM has a double: stores rewrite doubles, and the value is the same.
    for slot, name, kind in (
        ("confidence", "sssom:confidence", "decimal"), ("mapping_date", "dcterms:created", "date"),
    ):  # fmt: skip
        if row.get(slot):
            yield _quad(node, name, Literal(row.get(slot), datatype=NamedNode(XSD + kind)))


def same_as(quads: Iterable[Quad]) -> bytes:
    """Identity, for those who want it: sorted N-Triples of owl:sameAs; empty where there is none.

    Of the accepted exact matches of ``graph:links``, those between a thing of a kind in :data:`IDENTIFIED`
    and a neighbour whose identifiers stand for things.
    """
    spaces = tuple(row.space for row in NEIGHBOURS.values() if row.things)
    lines = {
        f"{quad.subject} <{expand('owl:sameAs')}> {quad.object} .\n"
        for quad in quads
        if quad.graph_name == LINKS
        and quad.predicate.value == expand("skos:exactMatch")
        and kind_of(quad.subject.value) in IDENTIFIED
        and quad.object.value.startswith(spaces)
    }
    return "".join(sorted(lines)).encode()


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(expand(predicate) or predicate), value, LINKS)
