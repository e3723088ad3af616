"""JSON-LD 1.1 of quads without blank nodes: compact names, a context of the prefixes in use, all sorted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data.turtle import RDF_TYPE, XSD, natural, term_key
from ukjapan_graph.namespaces import PREFIXES, shorten

# A canonical integer of which every JSON reader keeps all digits.
_EXACT = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")


def json_ld(quads: Iterable[Quad]) -> str:
    """``quads``, all in named graphs, as one JSON-LD document; their order does not matter."""
    graphs: dict[str, dict[str, dict[str, list]]] = {}
    for quad in set(quads):
        subjects = graphs.setdefault(quad.graph_name.value, {})
        properties = subjects.setdefault(quad.subject.value, {})
        properties.setdefault(quad.predicate.value, []).append(quad.object)
    names = _Names()
    content = [
        {
            "@id": names.of(graph),
            "@graph": [_node(subject, graphs[graph][subject], names) for subject in _sorted(graphs[graph])],
        }
        for graph in _sorted(graphs)
    ]
    context = {"@version": 1.1} | {prefix: PREFIXES[prefix] for prefix in sorted(names.used)}
    return json.dumps({"@context": context, "@graph": content}, ensure_ascii=False, indent=1) + "\n"


class _Names:
    def __init__(self) -> None:
        self.used: set[str] = set()

    def of(self, iri: str) -> str:
        short = shorten(iri)
        if short.startswith("<"):
            return iri
        self.used.add(short.partition(":")[0])
        return short


def _node(subject: str, properties: dict[str, list], names: _Names) -> dict:
    node: dict[str, object] = {"@id": names.of(subject)}
    if RDF_TYPE in properties:
        node["@type"] = [names.of(term.value) for term in sorted(properties[RDF_TYPE], key=term_key)]
    for predicate in _sorted(properties.keys() - {RDF_TYPE}):
        node[names.of(predicate)] = [
            _value(term, names) for term in sorted(properties[predicate], key=term_key)
        ]
    return node


def _value(term: NamedNode | Literal, names: _Names) -> object:
    if isinstance(term, NamedNode):
        return {"@id": names.of(term.value)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    value, datatype = term.value, term.datatype.value
    if datatype == XSD + "string":
        return value
    if datatype == XSD + "boolean" and value in ("true", "false"):
        return value == "true"
    if datatype == XSD + "integer" and _EXACT.match(value):
        return int(value)
    return {"@value": value, "@type": names.of(datatype)}


def _sorted(iris: Iterable[str]) -> list[str]:
    return sorted(iris, key=natural)
