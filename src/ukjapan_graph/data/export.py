"""The graph in other formats, from the release file: all of it, or some of its named graphs.

The same release gives the same bytes. Formats with named graphs keep them; the others hold the union of
the triples, each once, without the passages they come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from ukjapan_graph.data.canonical import parse, text
from ukjapan_graph.data.jsonld import json_ld
from ukjapan_graph.data.turtle import RDF_TYPE, Writer, natural, term_key
from ukjapan_graph.errors import UnknownNameError
from ukjapan_graph.formats import GraphFormat
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of, shorten
from ukjapan_graph.resources import release_file

_GROUPS = {"passages": "passage", "readings": "reading"}
_DESCRIBED = ("graph", "passage", "reading")


def read_release(root: Path | None = None) -> list[Quad]:
    """The quads of the release file.

    :raises SourceError: it is not there or cannot be read
    """
    return parse(release_file(root))


def named_graphs(quads: Iterable[Quad]) -> dict[str, int]:
    """IRI of each named graph with its number of quads, in natural order."""
    counts: dict[str, int] = {}
    for quad in quads:
        counts[quad.graph_name.value] = counts.get(quad.graph_name.value, 0) + 1
    return {iri: counts[iri] for iri in sorted(counts, key=natural)}


def graph_notes(quads: list[Quad]) -> dict[str, str]:
    """What each graph is for, or its label, in English, by its IRI."""
    notes: dict[str, str] = {}
    for wanted in ("skos:prefLabel", "ukj:role"):
        for quad in quads:
            if quad.predicate.value == expand(wanted) and kind_of(quad.subject.value) in _DESCRIBED:
                notes[quad.subject.value] = quad.object.value
    return notes


def in_graphs(quads: Iterable[Quad], names: Iterable[str]) -> list[Quad]:
    """The quads of the graphs with ``names``; all quads where there are no names.

    A name is that of a graph (``graph:entities``, an IRI), its last part (``entities``), or ``passages`` or
    ``readings`` for all graphs of passages or readings.

    :raises UnknownNameError: no graph has that name
    """
    quads, names = list(quads), list(names)
    graphs = named_graphs(quads)
    chosen: set[str] = set()
    for name in names:
        found = [iri for iri in graphs if _is_called(iri, name)]
        if not found:
            from difflib import get_close_matches

            known = [*_GROUPS, *map(shorten, graphs), *(iri.rpartition("/")[2] for iri in graphs)]
            nearest = get_close_matches(name, known, 2)
            raise UnknownNameError(
                "named graph", name, nearest, see="List them: ukjapan export --list-graphs"
            )
        chosen.update(found)
    return [quad for quad in quads if quad.graph_name.value in chosen] if names else quads


def export(quads: Iterable[Quad], form: GraphFormat) -> bytes:
    """``quads`` in the format ``form``, sorted; formats without named graphs get each triple once.

    Lines, Turtle and TriG are in this project's canonical form; JSON-LD is 1.1, compacted with a context of
    the prefixes in use; RDF/XML is 1.1.
    """
    quads = list(quads)
    if form.name == "nquads":
        return text(quads, ".nq").encode()
    if form.name == "trig":
        return _trig(quads).encode()
    if form.name == "jsonld":
        return json_ld(quads).encode()
    triples = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    if form.name == "turtle":
        return text(triples, ".ttl").encode()
    if form.name == "ntriples":
        return text(triples, ".nq").encode()
    return _rdf_xml(triples)


def _is_called(iri: str, name: str) -> bool:
    if name in _GROUPS:
        return kind_of(iri) == _GROUPS[name]
    if kind_of(iri) == "graph" and iri == PREFIXES["graph"] + name:
        return True
    return iri == (expand(name) or name.removeprefix("<").removesuffix(">"))


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return {iri: graphs[iri] for iri in sorted(graphs, key=natural)}


def _trig(quads: Iterable[Quad]) -> str:
    writer = Writer()
    for graph, members in _by_graph(quads).items():
        writer.triples(members, graph=graph)
    return writer.text()


def _rdf_xml(triples: Iterable[Quad]) -> bytes:
    ordered = sorted(triples, key=lambda q: (natural(q.subject.value), q.predicate.value, term_key(q.object)))
    used = {_namespace(quad.predicate) for quad in ordered}
    used |= {_namespace(quad.object) for quad in ordered if quad.predicate.value == RDF_TYPE}
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if iri in used}
    return serialize((quad.triple for quad in ordered), format=RdfFormat.RDF_XML, prefixes=prefixes)


def _namespace(term: NamedNode) -> str:
    return term.value[: max(term.value.rfind("/"), term.value.rfind("#")) + 1]
