"""Constraints in words: how many values, and what each of them is (SHACL, W3C Recommendation of 2017).

Every parameter of every constraint is put into words; one that this module does not know is shown as it
stands, so that nothing is left out.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.namespaces import PREFIXES, THINGS, shorten
from ukjapan_graph.publishing.axioms import members
from ukjapan_graph.publishing.material import Index
from ukjapan_graph.publishing.phrases import Code, Phrase, Ref, listing

_SH = PREFIXES["sh"]
_DATATYPES = {
    "xsd:boolean": "true or false", "xsd:date": "a day", "xsd:dateTime": "a moment",
    "xsd:decimal": "a decimal number", "xsd:gMonth": "a month without a year",
    "xsd:gMonthDay": "a day without a year", "xsd:gYear": "a year", "xsd:gYearMonth": "a month",
    "xsd:integer": "a whole number", "xsd:string": "plain text", "rdf:langString": "text with a language",
}  # fmt: skip
_NODE_KINDS = {"IRI": "an IRI", "Literal": "a literal", "BlankNode": "a blank node"}
_LANGUAGES = {"en": "English", "ja": "Japanese"}
_NUMBERS = {0: "no", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
_ANYTHING = "^" + THINGS.replace(".", "[.]")
_OUR_NAMES = re.compile(re.escape(_ANYTHING) + r"(?:\(([a-z|]+)\)|([a-z]+))/(.*)")
_WORDS_AND_HYPHENS = "[a-z0-9]+(-[a-z0-9]+)*$"
_COMPARED = {
    "lessThan": "less than",
    "lessThanOrEquals": "at most",
    "equals": "the same as",
    "disjoint": "other than",
}
_SIMPLE = {
    "minInclusive": "is at least {}", "maxInclusive": "is at most {}", "minExclusive": "is more than {}",
    "maxExclusive": "is less than {}", "minLength": "has at least {} characters",
    "maxLength": "has at most {} characters",
}  # fmt: skip
#: What says where a shape looks, how it is told, or which other shapes it has: not a constraint itself.
_NO_CONSTRAINTS = (
    "path property message severity name description order group targetClass targetNode targetSubjectsOf "
    "targetObjectsOf deactivated flags minCount maxCount hasValue uniqueLang qualifiedValueShape "
    "qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint"
)
_BESIDE = frozenset(_NO_CONSTRAINTS.split())
_ORDER = ("class", "datatype", "nodeKind", "node", "or", "in", "minInclusive", "minExclusive")


def property_words(shapes: Index, iri: str, *, depth: int = 5) -> Phrase:
    """The property shape ``iri`` as a sentence: how many values, what each is, and what all are together.

    ``depth`` bounds how far shapes within shapes are told, for they may lead back to where they began.
    """
    # At least none is no constraint.
    least, most = (shapes.number(iri, _SH + "minCount") or None, shapes.number(iri, _SH + "maxCount"))
    path = [part for value in shapes.values(iri, "sh:path") for part in path_words(shapes, value)]
    held = [term_words(term) for term in shapes.values(iri, "sh:hasValue")]
    if held and least is None:
        least = 1  # a value that must be there is a value
    each, together = constraints(shapes, iri, depth=depth), _together(shapes, iri, depth)
    each += [_within(shapes, prop, depth) for prop in _active(shapes, iri)]
    if most == 0:
        return ["Has no ", *path]
    counted = least is not None or most is not None
    words = ["Has ", *_how_many(least, most), " ", *path] if counted else ["Each ", *path]
    if held:
        words += [", which is " if most == 1 else ", among them ", *listing(held)]
    if each:
        which = ", which " if most == 1 else ", each of which "
        words += [which if counted else " ", *listing(each)]
    elif not counted and not together:
        words += [" is free"]
    elif not counted:
        words = ["Of all ", *path]
    for number, clause in enumerate(together):
        words += ["; " if each or counted or number else " ", *clause]
    return words


def _how_many(least: int | None, most: int | None) -> list[str]:
    if least is not None and most is not None:
        return ["exactly ", _count(least)] if least == most else [_count(least), " to ", _count(most)]
    return ["at most ", _count(most)] if least is None else ["at least ", _count(least)]


def _together(shapes: Index, iri: str, depth: int) -> list[Phrase]:
    """What a property shape asks of all values together."""
    found: list[Phrase] = []
    for shape in shapes.iris(iri, "sh:qualifiedValueShape"):
        least, most = (shapes.number(iri, f"{_SH}qualified{name}") for name in ("MinCount", "MaxCount"))
        if least or most is not None:
            clauses = listing(_clauses(shapes, shape, depth - 1))
            number = ["none"] if most == 0 else _how_many(least or None, most)
            found.append([*number, " of them ", *clauses])
    if any(value.value in ("true", "1") for value in shapes.values(iri, "sh:uniqueLang")):
        found.append(["no two of them are in one language"])
    return found


def path_words(shapes: Index, value: NamedNode | Literal) -> Phrase:
    """A SHACL property path in the notation of SPARQL 1.1 paths."""
    iri = value.value
    for other in shapes.values(iri, "sh:inversePath"):
        return ["^", *_step(shapes, other, "/|")]
    if shapes.values(iri, "rdf:first"):
        return _joined([_step(shapes, step, "|") for step in members(shapes, iri)], "/")
    for head in shapes.iris(iri, "sh:alternativePath"):
        return _joined([path_words(shapes, step) for step in members(shapes, head)], "|")
    for name, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        for other in shapes.values(iri, _SH + name):
            return [*_step(shapes, other, "/|^*+?"), mark]
    return [Ref(iri)]


def _step(shapes: Index, value: NamedNode | Literal, weaker: str) -> Phrase:
    """A path within another; in brackets where it has a mark that binds less than the one around it."""
    words = path_words(shapes, value)
    return ["(", *words, ")"] if any(part in weaker for part in words if isinstance(part, str)) else words


def _joined(steps: list[Phrase], joint: str) -> Phrase:
    return [part for number, step in enumerate(steps) for part in ([joint] if number else []) + step]


def constraints(shapes: Index, iri: str, *, depth: int = 5) -> list[Phrase]:
    """What the shape ``iri`` asks of a thing or value, each as a clause that goes on from “it”."""
    found: list[Phrase] = []
    names = (p.removeprefix(_SH) for p in shapes.about(iri) if p.startswith(_SH))
    rank = {name: number for number, name in enumerate(_ORDER)}
    for name in sorted(names, key=lambda name: (rank.get(name, len(rank)), name)):
        if name not in _BESIDE:
            for value in shapes.values(iri, _SH + name):
                found += _constraint(shapes, name, value, depth)
                if name == "pattern" and "i" in shapes.text(iri, "sh:flags"):
                    found[-1] = [*found[-1], " in upper or lower case"]
    held = [] if shapes.values(iri, "sh:path") else shapes.values(iri, "sh:hasValue")
    # What may be one thing or another comes last: “is a or b and matches c” could be read in two ways.
    return sorted([*found, *(["is ", term_words(value)] for value in held)], key=_has_choice)


def _has_choice(clause: Phrase) -> bool:
    return any(part == " or " or str(part).startswith("either ") for part in clause)


def _constraint(shapes: Index, name: str, value: NamedNode | Literal, depth: int) -> list[Phrase]:
    text = value.value
    if name in _SIMPLE:
        return [[_SIMPLE[name].format(text)]]
    if name in ("lessThan", "lessThanOrEquals", "equals", "disjoint"):
        return [[f"is {_COMPARED[name]} its ", Ref(text)]]
    if name in ("class", "datatype"):
        kind = "of the class " if name == "class" else _DATATYPES.get(shorten(text), "of the datatype")
        return [["is ", kind, Ref(text)] if name == "class" else [f"is {kind} (", Ref(text), ")"]]
    if name == "nodeKind":
        return [["is " + " or ".join(words for kind, words in _NODE_KINDS.items() if kind in text)]]
    if name == "pattern":
        return [_pattern(text)]
    if name in ("languageIn", "in"):
        listed = members(shapes, text)
        if name == "languageIn":
            return [["is in ", *listing([_LANGUAGES.get(tag.value, tag.value) for tag in listed], "or")]]
        return [["is ", *listing([term_words(term) for term in listed], "or")]]
    if name in ("or", "and", "xone", "not", "node"):
        return _logic(shapes, name, text, max(depth - 1, 0))
    if name == "closed":
        return [["has no other properties"]] if text in ("true", "1") else []
    if name == "sparql":
        return [[shapes.text(text, "sh:message") or "satisfies a SPARQL query"]]
    return [["satisfies ", Ref(_SH + name), " ", term_words(value)]]


def _logic(shapes: Index, name: str, text: str, depth: int) -> list[Phrase]:
    if name in ("not", "node"):
        inner = _clauses(shapes, text, depth)
        return [["is not anything that ", *listing(inner)]] if name == "not" else [listing(inner)]
    parts = [listing(_clauses(shapes, term.value, depth)) for term in members(shapes, text)]
    if name == "and":
        return parts
    only = [["is only one of these"]] if name == "xone" else []
    return [["either ", *listing(parts, "or")], *only]


def _clauses(shapes: Index, iri: str, depth: int) -> list[Phrase]:
    """The clauses of another shape, those of its properties included; its name where it has none."""
    if depth < 1:
        return [["fits the shape ", Ref(iri)]]
    if shapes.values(iri, "sh:path"):
        return [_within(shapes, iri, depth)]
    found = constraints(shapes, iri, depth=depth)
    found += [_within(shapes, prop, depth) for prop in _active(shapes, iri)]
    return found or [["fits the shape ", Ref(iri)]]


def _within(shapes: Index, iri: str, depth: int) -> Phrase:
    """The property shape ``iri`` of another shape, to go on from “it”."""
    if depth < 1:
        return ["fits the shape ", Ref(iri)]
    return _clause(property_words(shapes, iri, depth=depth - 1))


def _active(shapes: Index, iri: str) -> list[str]:
    """The property shapes of the shape ``iri`` that are not switched off."""
    return [prop for prop in shapes.iris(iri, "sh:property") if not switched_off(shapes, prop)]


def switched_off(shapes: Index, iri: str) -> bool:
    """Whether the shape ``iri`` asks nothing of anything (SHACL, 2.1.5)."""
    return any(value.value in ("true", "1") for value in shapes.values(iri, "sh:deactivated"))


def _clause(words: Phrase) -> Phrase:
    """A sentence made to go on from “it”."""
    first = str(words[0])
    start = "" if first.startswith("Has") else "is such that "
    return [start + first[:1].lower() + first[1:], *words[1:]]


def _pattern(text: str) -> Phrase:
    if text == _ANYTHING:
        return ["is a thing of this graph"]
    match = _OUR_NAMES.fullmatch(text)
    if not match:
        return ["matches ", Code(text)]
    kinds = listing([Code(f"{kind}:…") for kind in (match[1] or match[2]).split("|")], "or")
    if match[3] == _WORDS_AND_HYPHENS:
        return ["is named ", *kinds, " in lower-case words and figures joined by hyphens"]
    after = ["; what follows matches ", Code(match[3])] if match[3] else []
    return ["is named ", *kinds, *after]


def _count(number: int) -> str:
    return _NUMBERS.get(number, str(number))


def term_words(term: NamedNode | Literal) -> Ref | str:
    """A node or value as a part of a phrase."""
    return Ref(term.value) if isinstance(term, NamedNode) else f"“{term.value}”"
