"""The dataset described: how much there is of what, in the terms of VoID, DCAT and SPARQL Service Description.

``graph/dataset.ttl`` says by hand what the dataset is; the build adds what can be counted. Counts are those
of VoID (W3C Interest Group Note of 3 March 2011, 4) over the RDF merge of all named graphs but
``graph:dataset`` itself: a triple in several graphs counts once. Each named graph has a count of its own;
graphs of passages, and of readings, are taken together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ukjapan_graph.data.linksets import linksets
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.formats import GRAPH_FORMATS
from ukjapan_graph.namespaces import PREFIXES, TERMS, expand, kind_of

GRAPH = NamedNode(PREFIXES["graph"] + "dataset")
DATASET = NamedNode(PREFIXES["dataset"] + "ukjapan-graph")

_FAMILIES = {"passage": "passages", "reading": "readings"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def counted(quads: Collection[Quad]) -> list[Quad]:
    """What the build adds to ``graph:dataset``: version, sources, vocabularies, formats and counts.

    Classes and properties have a partition each where they are of this ontology and the data uses them. No
    node is blank: a partition is ``dataset:class-<name>`` or ``dataset:property-<name>``, a named graph
    ``dataset:graph-<name>``, a file ``dataset:ukjapan-graph.<suffix>``.

    :param quads: all that the release holds beside what this adds, entailed quads included
    :returns: nothing where ``quads`` do not describe :data:`DATASET`
    """
    if not any(quad.subject == DATASET and quad.graph_name == GRAPH for quad in quads):
        return []
    others = [quad for quad in quads if quad.graph_name != GRAPH]
    merge = {quad.triple for quad in others}
    return [
        *_about(others),
        *_sizes(merge, tuple(space.value for space in _said(quads, "void:uriSpace"))),
        *_graphs(others),
        *_partitions(merge),
        *_files(_said(quads, "dcterms:license")),
        *linksets(others, DATASET, GRAPH),
    ]


def _about(quads: Iterable[Quad]) -> Iterator[Quad]:
    ontology = NamedNode(TERMS.removesuffix("#"))
    documents, namespaces = set(), set()
    for quad in quads:
        namespaces.add(_namespace(quad.predicate))
        if quad.predicate.value == RDF_TYPE:
            namespaces.add(_namespace(quad.object))
            if quad.object.value == TERMS + "Document":
                documents.add(quad.subject)
        if quad.subject == ontology and quad.predicate.value == expand("owl:versionInfo"):
            yield _quad(DATASET, "dcat:version", quad.object)
        if quad.subject == ontology and quad.predicate.value == expand("owl:versionIRI"):
            yield _quad(DATASET, "dcterms:conformsTo", quad.object)
    for document in documents:
        yield _quad(DATASET, "dcterms:source", document)
    for namespace in namespaces:
        yield _quad(DATASET, "void:vocabulary", NamedNode(namespace))


def _sizes(merge: Collection[Triple], spaces: tuple[str, ...]) -> Iterator[Quad]:
    subjects = {triple.subject for triple in merge}
    for name, found in (
        ("triples", merge),
        ("distinctSubjects", subjects),
        ("distinctObjects", {triple.object for triple in merge}),
        ("entities", {subject for subject in subjects if subject.value.startswith(spaces)}),
        ("properties", {triple.predicate for triple in merge}),
        ("classes", {triple.object for triple in merge if triple.predicate.value == RDF_TYPE}),
    ):
        yield _quad(DATASET, f"void:{name}", _number(len(found)))


def _graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    graphs: dict[NamedNode, set[Triple]] = defaultdict(set)
    for quad in quads:
        graphs[quad.graph_name].add(quad.triple)
    families: dict[str, list[set[Triple]]] = defaultdict(list)
    for graph, triples in graphs.items():
        family = _FAMILIES.get(kind_of(graph.value))
        if family:
            families[family].append(triples)
            continue
        node = _part(f"graph-{graph.value.rpartition('/')[2]}")
        yield from _subset(node, triples)
        yield _quad(DATASET, "sd:namedGraph", node)
        yield _quad(node, RDF_TYPE, NamedNode(expand("sd:NamedGraph")))
        yield _quad(node, "sd:name", graph)
    for family, members in families.items():
        node = _part(family)
        yield from _subset(node, set().union(*members))
        text = (
            f"The merge of {len(members)} named graphs, one for each of the {family} that state something; "
            f"together they hold {sum(map(len, members))} quads."
        )
        yield _quad(node, "dcterms:description", Literal(text, language="en"))


def _subset(node: NamedNode, triples: Collection[Triple]) -> Iterator[Quad]:
    yield _quad(DATASET, "void:subset", node)
    yield _quad(node, RDF_TYPE, NamedNode(expand("void:Dataset")))
    yield _quad(node, "void:triples", _number(len(triples)))


def _partitions(merge: Iterable[Triple]) -> Iterator[Quad]:
    members: dict[str, set] = defaultdict(set)
    uses: dict[str, int] = defaultdict(int)
    for triple in merge:
        uses[triple.predicate.value] += 1
        if triple.predicate.value == RDF_TYPE:
            members[triple.object.value].add(triple.subject)
    for kind, counts, number in (
        ("class", {term: len(found) for term, found in members.items()}, "entities"),
        ("property", uses, "triples"),
    ):
        for term, count in counts.items():
            if term.startswith(TERMS):
                node = _part(f"{kind}-{term.removeprefix(TERMS)}")
                yield _quad(DATASET, f"void:{kind}Partition", node)
                yield _quad(node, f"void:{kind}", NamedNode(term))
                yield _quad(node, f"void:{number}", _number(count))


def _files(licences: Iterable[NamedNode]) -> Iterator[Quad]:
    for form in GRAPH_FORMATS.values():
        file = NamedNode(DATASET.value + form.suffix)
        yield _quad(DATASET, "void:dataDump", file)
        yield _quad(DATASET, "void:feature", NamedNode(f"http://www.w3.org/ns/formats/{form.w3c}"))
        yield _quad(DATASET, "dcat:distribution", file)
        yield _quad(file, RDF_TYPE, NamedNode(expand("dcat:Distribution")))
        yield _quad(file, "dcat:downloadURL", file)
        yield _quad(file, "dcat:mediaType", NamedNode(_MEDIA_TYPES + form.media_type))
        for licence in licences:
            yield _quad(file, "dcterms:license", licence)


def _said(quads: Iterable[Quad], predicate: str) -> list:
    """What ``quads`` say of the dataset by ``predicate``."""
    name = expand(predicate)
    return [quad.object for quad in quads if quad.subject == DATASET and quad.predicate.value == name]


def _namespace(term: NamedNode) -> str:
    return term.value[: max(term.value.rfind("/"), term.value.rfind("#")) + 1]


def _part(name: str) -> NamedNode:
    return NamedNode(PREFIXES["dataset"] + name)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(XSD + "integer"))


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(expand(predicate) or predicate), value, GRAPH)
