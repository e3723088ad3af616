"""OWL axioms as plain data and as sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.namespaces import PREFIXES

_TOKENS = re.compile(
    r"(?P<open>[A-Za-z]+)\(|(?P<close>\))|<(?P<iri>[^>]*)>|(?P<name>[a-z]+:[A-Za-z]+)|(?P<number>\d+)"
    r'|"(?P<literal>.*?)"(?:@[\w-]+|\^\^(?:<[^>]*>|[a-z]+:[A-Za-z]+))?(?=[\s)])',
    re.DOTALL,
)


class Axiom(NamedTuple):
    """One OWL axiom, or an expression in it (OWL 2 Structural Specification, 6 to 9).

    :ivar kind: its name in functional-style syntax: ClassAssertion, DisjointClasses, ObjectHasSelf …
    :ivar parts: its arguments in the order of that syntax: the text of an IRI, literal or number, or an Axiom
    """

    kind: str
    parts: tuple[str | Axiom, ...]

    @classmethod
    def parse(cls, text: str) -> Axiom:
        """The axiom that the OWL API writes as ``text``.

        :raises ValueError: that is no axiom in functional-style syntax
        """
        axioms = list(_read(_TOKENS.finditer(text)))
        if len(axioms) != 1 or isinstance(axioms[0], str):
            raise ValueError(f"no axiom: {text}")
        return axioms[0]

    def triple(self) -> tuple[str, str, str] | None:
        """Subject, predicate and object (an IRI or a literal's text) of a statement on named things."""
        if not all(isinstance(part, str) for part in self.parts):
            return None
        if self.kind == "ClassAssertion":
            return self.parts[1], RDF_TYPE, self.parts[0]
        if self.kind in ("ObjectPropertyAssertion", "DataPropertyAssertion"):
            predicate, subject, value = self.parts
            return subject, predicate, value
        return None

    def sentence(self, label: Callable[[str], str]) -> str:
        """The axiom in words.

        :param label: the name to call an IRI by
        """

        words = [label(part) if isinstance(part, str) else part.sentence(label) for part in self.parts]
        if self.kind in _LISTS:
            words = [", ".join(words[:-1]) + " and " + words[-1]]
        if self.kind == "SubObjectPropertyOf":
            words = [
                f"“{word}”" if isinstance(part, str) else word
                for word, part in zip(words, self.parts, strict=True)
            ]
        if self.kind == "ObjectPropertyChain":
            words = [", ".join(f"“{word}”" for word in words)]
        template = _SENTENCES.get(self.kind, self.kind + "(" + ", ".join(["{}"] * len(words)) + ")")
        return template.format(*words)


_SENTENCES = {
    "AsymmetricObjectProperty": "“{0}” never holds both ways",
    "ClassAssertion": "{1} is of the class {0}",
    "DataPropertyAssertion": "{1} – {0} – {2}",
    "DataPropertyDomain": "whatever has “{0}” is of the class {1}",
    "DataPropertyRange": "a value of “{0}” is of the type {1}",
    "DifferentIndividuals": "{0} are different things",
    "DisjointClasses": "nothing is at once of the classes {0}",
    "DisjointObjectProperties": "no two things are tied at once by {0}",
    "EquivalentClasses": "the classes {0} have the same members",
    "FunctionalDataProperty": "a thing has at most one value of “{0}”",
    "FunctionalObjectProperty": "a thing has at most one “{0}”",
    "InverseFunctionalObjectProperty": "at most one thing has the same “{0}”",
    "InverseObjectProperties": "“{0}” is “{1}” read backwards",
    "IrreflexiveObjectProperty": "nothing has itself as its “{0}”",
    "ObjectPropertyAssertion": "{1} – {0} – {2}",
    "ObjectPropertyDomain": "whatever has “{0}” is of the class {1}",
    "ObjectPropertyRange": "a value of “{0}” is of the class {1}",
    "SameIndividual": "{0} are one thing",
    "SubClassOf": "whatever is of the class {0} is of the class {1}",
    "SubDataPropertyOf": "what holds with “{0}” holds with “{1}”",
    "ObjectHasSelf": "of those with themselves as “{0}”",
    "InverseOf": "{0} backwards",
    "ObjectMaxCardinality": "of those with at most {0} “{1}”",
    "ObjectPropertyChain": "the steps {0}",
    "SubObjectPropertyOf": "what holds with {0} holds with {1}",
    "SymmetricObjectProperty": "“{0}” holds both ways",
    "TransitiveObjectProperty": "“{0}” holds over several steps",
}
_LISTS = ("DifferentIndividuals", "DisjointClasses", "DisjointObjectProperties", "EquivalentClasses",
          "SameIndividual")  # fmt: skip


def _read(tokens: Iterator[re.Match]) -> Iterator[str | Axiom]:
    """The terms up to the next unmatched ``)`` or the end."""
    for token in tokens:
        kind = token.lastgroup
        if kind == "close":
            return
        if kind == "open":
            yield Axiom(token["open"], tuple(_read(tokens)))
        elif kind == "name":
            prefix, _, local = token["name"].partition(":")
            yield {"xsd": XSD}.get(prefix, PREFIXES.get(prefix, prefix + ":")) + local
        else:
            yield token[kind]
