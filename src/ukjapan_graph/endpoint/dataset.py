"""Which graphs a query is put to (SPARQL 1.1 Protocol 2.1.4; SPARQL 1.1 Query 13.2)."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import Asked
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.tokens import Token, declared_prefixes, is_word


class Dataset(NamedTuple):
    """Graphs by IRI; both None where the service's own dataset is meant."""

    default: tuple[str, ...] | None
    named: tuple[str, ...] | None


OWN = Dataset(None, None)


def resolve(asked: Asked, tokens: list[Token], known: Container[str]) -> Dataset:
    """The dataset of a request: that of the protocol, else that of FROM in the query, else the service's own.

    Nothing is ever fetched. A graph that the protocol names and that is not here is an empty one, as W3C's
    tests of the protocol want it.

    :param tokens: of the query
    :param known: IRIs of the graphs that the service holds
    :raises Problem: 400, FROM with a graph that is not here, or no IRI as the name of a graph
    """
    default, named = asked.default_graphs, asked.named_graphs
    from_query = _clauses(tokens)
    for iri in (*from_query.default, *from_query.named):
        if iri not in known:
            raise Problem(
                400,
                f"There is no graph <{iri}> here, and none is fetched; the service description lists the graphs",
                "unknown-graph",
            )
    for iri in (*default, *named):
        _check_iri(iri)
    if default or named:
        return Dataset(default, named)
    return from_query if from_query.default or from_query.named else OWN


def _check_iri(iri: str) -> None:
    try:
        NamedNode(iri)
    except ValueError as error:
        raise Problem(400, f"{iri} is not the IRI of a graph: {error}", "graph") from None


def _clauses(tokens: list[Token]) -> Dataset:
    """What the FROM and FROM NAMED of a query say; in a CONSTRUCT they stand after the braces of its template."""
    prefixes = PREFIXES | {name.text[:-1]: iri for name, iri in declared_prefixes(tokens)}
    default, named = [], []
    for i, token in enumerate(tokens):
        if is_word(token, "FROM"):
            is_named = is_word(tokens[i + 1], "NAMED") if i + 1 < len(tokens) else False
            rest = tokens[i + 1 + is_named : i + 2 + is_named]
            (named if is_named else default).append(_iri(rest[0], prefixes) if rest else "")
    return Dataset(tuple(default), tuple(named))


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, prefix + ":") + local
