"""No name without a meaning: every IRI used is defined, every term of the ontology explained and used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, Quad

from ukjapan_graph.data import canonical, places
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.errors import QuerySyntaxError, SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import PREFIXES, TERMS, is_ours, shorten
from ukjapan_graph.querying import tokens

_ONTOLOGY = PREFIXES["graph"] + "ontology"
_DEFINED_BY = PREFIXES["rdfs"] + "isDefinedBy"
_SOURCE = PREFIXES["dcterms"] + "source"
_VERSIONS = {PREFIXES["owl"] + name for name in ("versionIRI", "priorVersion")}
_TERM_TYPES = {
    PREFIXES["owl"] + name: name
    for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
_QUERIES = ("queries/*.rq", "queries/checks/*.rq", "queries/federated/*.rq", "ontology/rules/*.rq")


class Use(NamedTuple):
    """An IRI, and a file and line in which it stands."""

    iri: str
    path: str
    line: int


def uses_in_rdf(root: Path, paths: Iterable[str]) -> Iterator[Use]:
    """Every IRI in the Turtle and TriG files ``paths`` (relative to ``root``), prefix lines left out."""
    for path in paths:
        content = read_bytes(root / path).decode(errors="replace")
        for occurrence in places.occurrences(content):
            yield Use(occurrence.iri, path, occurrence.line)


def uses_in_queries(root: Path, patterns: Iterable[str] = _QUERIES) -> Iterator[Use]:
    """Every IRI in the saved queries, checks and rules; what is not SPARQL is left to other judges.

    :param patterns: which files to read, relative to ``root``
    """
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        text = read_bytes(path).decode(errors="replace")
        try:
            found = tokens.tokenise(text)
        except QuerySyntaxError:
            continue
        declared = {name.text[:-1]: iri for name, iri in tokens.declared_prefixes(found)}
        known = PREFIXES | declared
        for token in found:
            prefix, _, local = token.text.partition(":")
            if token.kind == "iri":
                iri = token.text[1:-1]
            else:
                # A namespace alone, as in STR(ukj:), is no name of anything.
                iri = known[prefix] + local if token.kind == "name" and local and prefix in known else ""
            if iri and iri not in declared.values():
                yield Use(iri, path.relative_to(root).as_posix(), tokens.place(text, token.start)[0])


def defined(root: Path, quads: Iterable[Quad]) -> set[str]:
    """IRIs that have a class by ``quads`` (by more than entailment), or are described beside the graph.

    Beside the graph lie shapes and alignments; there every subject counts. The ontology itself gives the
    names of its versions.
    """
    found = set()
    for quad in quads:
        if quad.predicate.value == RDF_TYPE and quad.graph_name != ENTAILED:
            found.add(quad.subject.value)
        elif quad.predicate.value in _VERSIONS:
            found.add(quad.object.value)
    for path in (*root.glob("ontology/shapes/**/*.ttl"), *root.glob("ontology/alignments/**/*.ttl")):
        try:
            found.update(quad.subject.value for quad in canonical.parse(path))
        except SourceError:
            continue
    return found


def undefined(uses: Iterable[Use], names: set[str]) -> list[Finding]:
    """Uses of an IRI of ours that is not among ``names``, or of a term that its vocabulary does not have.

    Vocabularies are those of the prefix table, as rdflib knows them; each name is reported once a file.
    """
    vocabularies = _vocabularies()
    found = {}
    for use in uses:
        message = ""
        if is_ours(use.iri):
            if use.iri not in names:
                message = "is used here and defined nowhere; mend the name, or define it and give it a class"
        else:
            for namespace, terms in vocabularies.items():
                if use.iri.startswith(namespace) and use.iri not in terms:
                    message = f"is no term of {namespace}; mend the name"
        if message:
            found.setdefault(
                (use.path, use.iri), Finding(use.path, use.line, shorten(use.iri), "terms:defined", message)
            )
    return sorted(found.values())


def unexplained(quads: Iterable[Quad]) -> list[Finding]:
    """Terms of the ontology without exactly one English label and definition, a source and its ontology, and
    classes, or properties, that share a label. The findings have no place."""
    ontology = ontology_of(quads)
    values: dict[tuple[str, str], list] = defaultdict(list)
    for quad in ontology:
        values[quad.subject.value, quad.predicate.value].append(quad.object)
    found = []
    for term in terms(ontology):
        for name, prefixed in (("label", "rdfs:label"), ("definition", "skos:definition")):
            prefix, local = prefixed.split(":")
            english = [v for v in values[term, PREFIXES[prefix] + local] if _is_english(v)]
            if len(english) != 1:
                text = f'has {len(english)} English values of {prefixed}; give it one: {prefixed} "…"@en'
                found.append(Finding("", 0, shorten(term), f"terms:{name}", text))
        if not values[term, _SOURCE]:
            text = "has no source; name the passage or standard that needs it: dcterms:source passage:…"
            found.append(Finding("", 0, shorten(term), "terms:source", text))
        if [v.value for v in values[term, _DEFINED_BY]] != [TERMS.removesuffix("#")]:
            text = f"belongs to this ontology: rdfs:isDefinedBy <{TERMS.removesuffix('#')}>"
            found.append(Finding("", 0, shorten(term), "terms:defined-by", text))
    return sorted(found + list(_same_labels(values, terms(ontology))))


def unused(quads: Iterable[Quad], uses: Iterable[Use]) -> list[Finding]:
    """Terms of the ontology that occur in no datum and not among ``uses``. The findings have no place."""
    quads = list(quads)
    known = {use.iri for use in uses}
    for quad in quads:
        if quad.graph_name.value != _ONTOLOGY or quad.predicate.value == RDF_TYPE:
            known.add(quad.predicate.value)
            known.add(getattr(quad.object, "value", ""))
    text = "occurs in no datum, query or rule; use it, or remove it with its shape"
    ours = terms(ontology_of(quads))
    return [Finding("", 0, shorten(term), "terms:used", text) for term in ours if term not in known]


def ontology_of(quads: Iterable[Quad]) -> list[Quad]:
    """Those of ``quads`` that stand in the graph of the ontology."""
    return [quad for quad in quads if quad.graph_name.value == _ONTOLOGY]


def terms(ontology: Iterable[Quad]) -> dict[str, str]:
    """The classes and properties of ours, sorted, each with the local name of its OWL type."""
    found = {
        quad.subject.value: _TERM_TYPES[quad.object.value]
        for quad in ontology
        if quad.predicate.value == RDF_TYPE
        and quad.object.value in _TERM_TYPES
        and quad.subject.value.startswith(TERMS)
    }
    return dict(sorted(found.items()))


def _same_labels(values: dict, ours: dict[str, str]) -> Iterator[Finding]:
    bearers = defaultdict(list)
    for term, kind in ours.items():
        for label in values[term, PREFIXES["rdfs"] + "label"]:
            bearers[kind == "Class", label.value.lower()].append(term)
    for (_, label), sharing in bearers.items():
        for term in sharing if len(sharing) > 1 else ():
            text = "shares its label with another class or another property; make the labels differ"
            yield Finding("", 0, shorten(term), "terms:label", text, label)


def _is_english(value: object) -> bool:
    return isinstance(value, Literal) and value.language == "en"


def _vocabularies() -> dict:
    """The outside namespaces of the prefix table, and two of the alignments, with rdflib's lists of terms."""
    from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD

    return {str(v): v for v in (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)}
