"""The canonical text of Turtle and TriG: one property a line, one object a line, everything sorted.

A library's serializer packs the objects of a property on one line, so that one new object makes a diff of
the whole list. The form written here is for people who read the sources and their history. It holds what
this project allows: IRIs and literals, no blank nodes (RDF 1.1 Turtle and TriG).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.namespaces import PREFIXES, shorten

XSD = PREFIXES["xsd"]
RDF_TYPE = PREFIXES["rdf"] + "type"
_ONTOLOGY = PREFIXES["owl"] + "Ontology"
# What Turtle reads without quotes as each of these types (RDF 1.1 Turtle, 2.5.2 and 2.5.3).
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_DIGITS = re.compile(r"([0-9]+)")
_ESCAPES = str.maketrans(
    {chr(code): f"\\u{code:04X}" for code in (*range(32), 127)}
    | {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\n": "\\n"}
)
_LONG_ESCAPES = {code: text for code, text in _ESCAPES.items() if chr(code) not in '\n"'}


@lru_cache(1 << 16)
def natural(text: str) -> tuple:
    """Sort key that reads runs of ASCII digits as numbers, so that ``SC2`` stands before ``SC10``."""
    parts = _DIGITS.split(text)
    # split() puts the digits at the odd places, so numbers only ever meet numbers.
    key = ((len(p.lstrip("0")), p.lstrip("0")) if i % 2 else p for i, p in enumerate(parts))
    return tuple(key), text


def term_key(term: NamedNode | Literal) -> tuple:
    """Sort key of a term: IRIs first, then literals by form, language and datatype."""
    if isinstance(term, NamedNode):
        return (0, natural(term.value))
    return (1, natural(term.value), term.language or "", term.datatype.value)


class Writer:
    """Collects blocks of text and, at the end, puts the prefixes they used before them."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._blocks: list[str] = []

    def triples(self, quads: Iterable[Quad], *, graph: str = "", first: str = "") -> None:
        """Add the subjects of ``quads``, in a block of the graph with IRI ``graph`` where one is given.

        The subject ``first`` comes first, then an ontology, then the others in natural order.
        """
        indent = "  " if graph else ""
        body = "\n\n".join(self._subject(*group, indent) for group in _by_subject(quads, first))
        self._blocks.append(f"{self.iri(graph)} {{\n{body}\n}}" if graph else body)

    def text(self, head: str = "") -> str:
        """Everything added so far as one file, after the comment ``head`` and the prefixes in use."""
        prefixes = "\n".join(f"@prefix {p}: <{PREFIXES[p]}> ." for p in sorted(self._used))
        parts = [part for part in (head.rstrip("\n"), prefixes, *self._blocks) if part]
        return "\n\n".join(parts) + "\n" if parts else ""

    def iri(self, iri: str) -> str:
        """``iri`` as a prefixed name where the table knows its namespace, else in angle brackets."""
        name = shorten(iri)
        if not name.startswith("<"):
            self._used.add(name.partition(":")[0])
        return name

    def term(self, term: NamedNode | Literal) -> str:
        """``term`` in Turtle; integers, booleans and decimals bare, long strings over several lines."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        value, datatype = term.value, term.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(value):
            return value
        quoted = _long(value) if "\n" in value else f'"{value.translate(_ESCAPES)}"'
        if term.language:
            return f"{quoted}@{term.language}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.iri(datatype)}"

    def _subject(self, subject: str, properties: dict[str, set], indent: str) -> str:
        lines = []
        for predicate in sorted(properties, key=lambda p: (p != RDF_TYPE, natural(p))):
            name = "a" if predicate == RDF_TYPE else self.iri(predicate)
            objects = [self.term(o) for o in sorted(properties[predicate], key=term_key)]
            if len(objects) == 1:
                lines.append(f"{name} {objects[0]}")
            else:
                lines.append(f"{name}\n{indent}    " + f" ,\n{indent}    ".join(objects))
        name = self.iri(subject)
        # The type, or an only fact, stands beside its subject; other facts each have a line of their own.
        if RDF_TYPE in properties or (len(lines) == 1 and "\n" not in lines[0]):
            name = f"{name} {lines.pop(0)}"
            return indent + f" ;\n{indent}  ".join([name, *lines]) + " ."
        return f"{indent}{name}\n{indent}  " + f" ;\n{indent}  ".join(lines) + " ."


def _by_subject(quads: Iterable[Quad], first: str) -> list[tuple[str, dict[str, set]]]:
    subjects: dict[str, dict[str, set]] = {}
    ontologies = set()
    for quad in quads:
        subject, predicate = quad.subject.value, quad.predicate.value
        subjects.setdefault(subject, {}).setdefault(predicate, set()).add(quad.object)
        if predicate == RDF_TYPE and getattr(quad.object, "value", "") == _ONTOLOGY:
            ontologies.add(subject)
    order = sorted(subjects, key=lambda s: (s != first, s not in ontologies, natural(s)))
    return [(subject, subjects[subject]) for subject in order]


def _long(value: str) -> str:
    text = value.translate(_LONG_ESCAPES).replace('"""', '\\"\\"\\"')
    if text.endswith('"'):
        text = text[:-1] + '\\"'
    return f'"""{text}"""'
