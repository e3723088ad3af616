"""What the pages are made from: the release, and the folders ``ontology/`` and ``queries/`` beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.canonical import parse
from ukjapan_graph.data.export import read_release
from ukjapan_graph.data.rules import Rule, read_rules
from ukjapan_graph.data.turtle import RDF_TYPE, natural, term_key
from ukjapan_graph.judging.checks import Check, check_files, read_check
from ukjapan_graph.judging.shapes import shape_files
from ukjapan_graph.namespaces import PREFIXES, expand, kind_of, shorten
from ukjapan_graph.querying.queries import read_folder
from ukjapan_graph.querying.saved_query import SavedQuery

ONTOLOGY = PREFIXES["graph"] + "ontology"
_LABELS = ("skos:prefLabel", "rdfs:label", "ukj:shortTitle", "dcterms:title", "ukj:gloss")


class Index:
    """Quads, found by subject and by object; names may be given prefixed (``rdfs:label``) or as IRIs."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = list(quads)
        self._by_subject: dict[str, dict[str, list[Quad]]] = {}
        self._by_object: dict[tuple[str, str], list[Quad]] = {}
        self._by_predicate: dict[str, list[Quad]] = {}
        self._by_graph: dict[str, list[Quad]] = {}
        self._users: dict[str, list[Quad]] = {}
        for quad in self.quads:
            subject, predicate = quad.subject.value, quad.predicate.value
            self._by_subject.setdefault(subject, {}).setdefault(predicate, []).append(quad)
            self._by_predicate.setdefault(predicate, []).append(quad)
            self._by_graph.setdefault(graph_of(quad), []).append(quad)
            if isinstance(quad.object, NamedNode):
                self._by_object.setdefault((predicate, quad.object.value), []).append(quad)
                self._users.setdefault(quad.object.value, []).append(quad)

    def about(self, subject: str) -> dict[str, list[Quad]]:
        """The quads about ``subject``, by the IRI of their predicate."""
        return self._by_subject.get(subject, {})

    def inside(self, graph: str) -> list[Quad]:
        """The quads of the named graph ``graph``."""
        return self._by_graph.get(graph, [])

    def users(self, iri: str) -> list[Quad]:
        """The quads whose object is ``iri``."""
        return self._users.get(iri, [])

    def facts(self, predicate: str) -> list[Quad]:
        """The quads with ``predicate``."""
        return self._by_predicate.get(full(predicate), [])

    def pointing(self, predicate: str, iri: str) -> list[Quad]:
        """The quads whose predicate is ``predicate`` and whose object is ``iri``."""
        return self._by_object.get((full(predicate), iri), [])

    def values(self, subject: str, predicate: str) -> list[NamedNode | Literal]:
        """The values of ``predicate``, each once, sorted."""
        return sorted({q.object for q in self.about(subject).get(full(predicate), ())}, key=term_key)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """The values of ``predicate`` that are IRIs, each once, in natural order."""
        return [term.value for term in self.values(subject, predicate) if isinstance(term, NamedNode)]

    def texts(self, subject: str, predicate: str) -> list[Literal]:
        """The values of ``predicate`` that are literals: English first, then by language."""
        found = [term for term in self.values(subject, predicate) if isinstance(term, Literal)]
        return sorted(found, key=lambda term: (term.language not in ("en", None), term.language or ""))

    def text(self, subject: str, predicate: str) -> str:
        """The first of :meth:`texts`; "" where there is none."""
        return next((term.value for term in self.texts(subject, predicate)), "")

    def number(self, subject: str, predicate: str) -> int | None:
        """The value of ``predicate`` as a whole number from 0; None where it has none that is one."""
        text = self.text(subject, predicate)
        return int(text) if text.isascii() and text.isdigit() else None

    def subjects(self, predicate: str, iri: str) -> list[str]:
        """Whatever has ``iri`` as a value of ``predicate``, each once, in natural order."""
        return sorted({quad.subject.value for quad in self.pointing(predicate, iri)}, key=natural)

    def things(self, kind: str) -> list[str]:
        """Whatever is of the class ``kind``, each once, in natural order."""
        return self.subjects(RDF_TYPE, full(kind))

    def label(self, iri: str) -> str:
        """What a reader calls ``iri``: a label, a short title, a title or a gloss, else its short name."""
        return self.called(iri).value

    def called(self, iri: str) -> Literal:
        """:meth:`label` with its language, where it has one."""
        found = (text for predicate in _LABELS for text in self.texts(iri, predicate)[:1] if text.value)
        return next(found, None) or Literal(shorten(iri))

    def terms_first(self) -> Index:
        """The part of this index that is the ontology; all of it where no graph has that name."""
        return Index(self.inside(ONTOLOGY) or self.quads)


class Material(NamedTuple):
    """Everything that is read before a page is written.

    :ivar graph: the release
    :ivar ontology: of the release, the terms alone
    :ivar subjects: stem of each file in ``ontology/``, with the IRIs of the terms it defines
    :ivar shapes: all shapes
    :ivar outside: questions for the world view; ``federated``: those that neighbours answer in part
    :ivar alignments: each file in ``ontology/alignments/`` by its stem
    """

    graph: Index
    ontology: Index
    subjects: dict[str, list[str]]
    shapes: Index
    shape_files: dict[str, list[str]]
    alignments: dict[str, Index]
    rules: list[Rule]
    queries: list[SavedQuery]
    checks: list[Check]
    outside: list[SavedQuery]
    federated: list[SavedQuery]


def read(root: Path) -> Material:
    """Everything below ``root`` that the pages tell of.

    :raises SourceError: the first file that cannot be read; the release file is missing
    """
    graph = Index(read_release(root))
    ontology = graph.terms_first()
    shapes = {path.stem: parse(path) for path in shape_files(root)}
    return Material(
        graph,
        ontology,
        {
            path.stem: _subjects(parse(path), PREFIXES["ukj"])
            for path in sorted((root / "ontology").glob("*.ttl"))
        },
        Index(quad for quads in shapes.values() for quad in quads),
        {stem: _subjects(quads, PREFIXES["shape"]) for stem, quads in shapes.items()},
        {path.stem: Index(parse(path)) for path in sorted((root / "ontology/alignments").glob("*.ttl"))},
        read_rules(root),
        read_folder(root / "queries"),
        [read_check(path) for path in check_files(root)],
        read_folder(root / "queries/external"),
        read_folder(root / "queries/federated"),
    )


def _subjects(quads: Iterable[Quad], namespace: str) -> list[str]:
    typed = {quad.subject.value for quad in quads if quad.predicate.value == RDF_TYPE}
    return sorted((iri for iri in typed if iri.startswith(namespace)), key=natural)


def full(name: str) -> str:
    """The IRI that a prefixed name stands for; anything else as it is."""
    return expand(name) or name


def graph_of(quad: Quad) -> str:
    """The IRI of the named graph of ``quad``; "" for the default graph."""
    return getattr(quad.graph_name, "value", "")


def is_passage(iri: str) -> bool:
    """Whether ``iri`` names a passage, and so the graph of what the passage states."""
    return kind_of(iri) == "passage"
