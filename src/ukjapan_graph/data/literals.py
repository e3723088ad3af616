"""The one lexical form of each literal (XML Schema part 2: datatypes).

Stores rewrite what is not in canonical form, and then no hash of the source survives loading. Language tags
are lower-cased by the parser.
"""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ukjapan_graph.data.turtle import XSD

_INTEGERS = {
    XSD + name
    for name in (
        "integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger",
        "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_TIMES = {
    XSD + name for name in ("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
}
_INTEGER = re.compile(r"([+-]?)0*([0-9]+)\Z")
_DECIMAL = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?\Z")
_UTC = re.compile(r"[+-]00:00\Z")


def n_triples(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """``term`` as N-Triples and SPARQL write it: a triple term in brackets, which it has not as a text."""
    return f"<<( {term} )>>" if isinstance(term, Triple) else str(term)


def normal(quad: Quad) -> Quad:
    """``quad`` with its literal in canonical form (XML Schema part 2; whole decimals end in ``.0``).

    Ill-typed literals are left as they are: what they should be is for a person to say.
    """
    term = quad.object
    if not isinstance(term, Literal):
        return quad
    value = _canonical_form(term.value, term.datatype.value)
    if value == term.value:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(value, datatype=term.datatype), quad.graph_name)


def _canonical_form(value: str, datatype: str) -> str:
    bare = value.strip(" \t\r\n")
    if datatype in _INTEGERS and (match := _INTEGER.match(bare)):
        return ("-" if match[1] == "-" and match[2] != "0" else "") + match[2]
    if datatype == XSD + "decimal" and (match := _DECIMAL.match(bare)) and re.search("[0-9]", bare):
        whole, fraction = match[2] or "0", match[3] or "0"
        return ("-" if match[1] == "-" and (whole, fraction) != ("0", "0") else "") + f"{whole}.{fraction}"
    if datatype == XSD + "boolean" and bare in ("0", "1", "true", "false"):
        return {"0": "false", "1": "true"}.get(bare, bare)
    return _UTC.sub("Z", bare) if datatype in _TIMES else value
