"""The SHACL shapes in ``ontology/shapes/``, judged by pySHACL (SHACL Core, W3C Recommendation of 2017)."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib import SH, XSD

from ukjapan_graph.data.canonical import parse
from ukjapan_graph.errors import UkjapanError
from ukjapan_graph.judging.verdicts import Breach
from ukjapan_graph.namespaces import shorten


def shape_files(root: Path) -> list[Path]:
    """The files of shapes below ``root``, sorted."""
    return sorted((root / "ontology" / "shapes").glob("*.ttl"))


def read_shapes(root: Path) -> rdflib.Graph:
    """All shapes below ``root`` as one graph.

    :raises SourceError: a file that cannot be read
    """
    return as_graph(quad for path in shape_files(root) for quad in parse(path))


def as_graph(quads: Iterable[pyoxigraph.Quad]) -> rdflib.Graph:
    """The triples of ``quads``, whatever their graphs, with literals as they are written."""
    graph = rdflib.Graph(bind_namespaces="none")
    known: dict = {}
    with _literals_as_written(), _quietly():
        for quad in quads:
            triple = []
            for term in (quad.subject, quad.predicate, quad.object):
                if term not in known:
                    known[term] = _rdflib_term(term)
                triple.append(known[term])
            graph.add(tuple(triple))
    return graph


def breaches(data: rdflib.Graph, shapes: rdflib.Graph) -> list[Breach]:
    """What in ``data`` does not satisfy ``shapes``.

    Nothing is inferred: ``data`` holds the classes that follow, as the build makes them.

    :raises UkjapanError: pySHACL is not installed, or cannot work with these shapes
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"validating shapes needs {error.name}; install it with: pip install 'ukjapan-graph[validate]'"
        ) from error
    try:
        # pySHACL turns the switch for literals on when it is done, whatever it was before.
        with _literals_as_written(), _quietly():
            _, report, _ = pyshacl.validate(
                data, shacl_graph=shapes, inplace=True, inference="none", advanced=False, meta_shacl=False
            )
    except pyshacl.errors.ReportableRuntimeError as error:
        reason = " ".join(str(error).split())
        raise UkjapanError(f"pySHACL cannot work with ontology/shapes/: {reason}; mend the shape") from error
    # Results within a result (sh:detail) are not the report's own.
    return [_breach(report, result) for result in report.objects(None, SH.result)]


def _breach(report: rdflib.Graph, result: rdflib.term.Node) -> Breach:
    value = report.value(result, SH.value)
    return Breach(
        focus=str(report.value(result, SH.focusNode)),
        path=str(report.value(result, SH.resultPath) or ""),
        value=None if value is None else _own_term(value),
        judge=shorten(str(report.value(result, SH.sourceShape))),
        message=str(report.value(result, SH.resultMessage)),
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
        component=str(report.value(result, SH.sourceConstraintComponent)),
    )


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals here, and only here: a shape must see ``01``, not ``1``."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep rdflib from telling standard error of an ill-formed literal, which a shape reports with its place,
    and from warning of its own comparisons of values without an order."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.disabled = before


def _rdflib_term(term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> rdflib.term.Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=None if datatype == XSD.string else datatype)


def _own_term(term: rdflib.term.Node) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if not isinstance(term, rdflib.Literal):
        return pyoxigraph.NamedNode(str(term))
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
    return pyoxigraph.Literal(str(term), datatype=datatype)
