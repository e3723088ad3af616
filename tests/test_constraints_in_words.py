"""Constraints in words."""

import re

import pytest

from paged_project import index, own
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.publishing import constraints_in_words as in_words
from ukjapan_graph.publishing.phrases import plain
from ukjapan_graph.publishing.shapes_in_words import groups

LISTS = "shape:l1 rdf:first {0} ; rdf:rest shape:l2 . shape:l2 rdf:first {1} ; rdf:rest rdf:nil ."


def sentence(body: str, more: str = "") -> str:
    """The property shape with ``body`` in words."""
    shapes = index(f"shape:x sh:path ukj:p ; {body} .\n{more}")
    return plain(in_words.property_words(shapes, expand("shape:x")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "Has exactly one ukj:p"),
        ("sh:minCount 2", "Has at least two ukj:p"),
        ("sh:maxCount 7", "Has at most 7 ukj:p"),
        ("sh:minCount 1 ; sh:maxCount 3", "Has one to three ukj:p"),
        ("sh:maxCount 0", "Has no ukj:p"),
        ("sh:class ukj:State", "Each ukj:p is of the class ukj:State"),
        ("sh:minCount 1 ; sh:class ukj:State", "Has at least one ukj:p, each of which is of the class ukj:State"),
        ("sh:maxCount 1 ; sh:datatype xsd:date", "Has at most one ukj:p, which is a day (xsd:date)"),
        ("sh:nodeKind sh:IRIOrLiteral", "Each ukj:p is an IRI or a literal"),
        ('sh:pattern "^a"', "Each ukj:p matches ^a"),
        ('sh:pattern "^https://w3id[.]org/ukjapan/id/"', "Each ukj:p is a thing of this graph"),
        (
            'sh:pattern "^https://w3id[.]org/ukjapan/id/(event|state)/"',
            "Each ukj:p is named event:… or state:…",
        ),
        ("sh:minInclusive 0 ; sh:maxExclusive 9", "Each ukj:p is at least 0 and is less than 9"),
        ("sh:maxLength 9", "Each ukj:p has at most 9 characters"),
        ("sh:lessThan ukj:q", "Each ukj:p is less than its ukj:q"),
        ("sh:lessThanOrEquals ukj:q", "Each ukj:p is at most its ukj:q"),
        ("sh:hasValue state:x", "Has at least one ukj:p, among them state:x"),
        ("sh:maxCount 1 ; sh:hasValue state:x", "Has exactly one ukj:p, which is state:x"),
        ("sh:uniqueLang true", "Of all ukj:p no two of them are in one language"),
        ("sh:minCount 0", "Each ukj:p is free"),
        ("sh:minCount 0 ; sh:maxCount 3", "Has at most three ukj:p"),
        ('sh:pattern "^a" ; sh:flags "i"', "Each ukj:p matches ^a in upper or lower case"),
        ("sh:unheardOf ukj:q", "Each ukj:p satisfies sh:unheardOf ukj:q"),
    ],
)  # fmt: skip
def test_each_constraint_has_words(body: str, expected: str) -> None:
    """Counts, kinds of value, patterns, bounds, comparisons; what is unknown is shown as it stands."""
    assert sentence(body) == expected


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        ("sh:languageIn shape:l1", LISTS.format('"en"', '"ja"'), "Each ukj:p is in English or Japanese"),
        ("sh:in shape:l1", LISTS.format("state:x", '"y"'), "Each ukj:p is state:x or “y”"),
        (
            "sh:or shape:l1",
            LISTS.format("shape:a", "shape:b") + "shape:a sh:class ukj:A . shape:b sh:minLength 2 .",
            "Each ukj:p either is of the class ukj:A or has at least 2 characters",
        ),
        (
            'sh:pattern "^a" ; sh:or shape:l1',
            LISTS.format("shape:a", "shape:b") + "shape:a sh:class ukj:A . shape:b sh:minLength 2 .",
            "Each ukj:p matches ^a and either is of the class ukj:A or has at least 2 characters",
        ),
        (
            "sh:node shape:a ; sh:maxLength 9",
            LISTS.format('"x"', '"y"') + 'shape:a sh:in shape:l1 ; sh:pattern "^a" .',
            "Each ukj:p has at most 9 characters and matches ^a and is “x” or “y”",
        ),
        (
            "sh:not shape:a",
            "shape:a sh:class ukj:A .",
            "Each ukj:p is not anything that is of the class ukj:A",
        ),
        (
            "sh:node shape:a",
            "shape:a sh:property shape:b . shape:b sh:path ukj:q ; sh:class ukj:Q .",
            "Each ukj:p is such that each ukj:q is of the class ukj:Q",
        ),
        (
            "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape shape:a",
            "shape:a sh:class ukj:A .",
            "Of all ukj:p at least one of them is of the class ukj:A",
        ),
        (
            "sh:maxCount 1 ; sh:property shape:a",
            "shape:a sh:path ukj:q ; sh:minCount 1 .",
            "Has at most one ukj:p, which has at least one ukj:q",
        ),
        (
            "sh:property shape:a",
            "shape:a sh:path ukj:q ; sh:minCount 1 ; sh:deactivated true .",
            "Each ukj:p is free",
        ),
        (
            "sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape shape:a",
            "shape:a sh:class ukj:A .",
            "Of all ukj:p none of them is of the class ukj:A",
        ),
        ("sh:qualifiedMinCount 0 ; sh:qualifiedValueShape shape:a", "", "Each ukj:p is free"),
        (
            "sh:sparql shape:a",
            'shape:a sh:message "no boat carries itself" .',
            "Each ukj:p no boat carries itself",
        ),
    ],
)
def test_constraints_with_parts_have_words(body: str, more: str, expected: str) -> None:
    """Lists of values, logic, nested shapes, and queries by their message."""
    assert sentence(body, more) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sh:inversePath ukj:p", "^ukj:p"),
        ("sh:alternativePath shape:l1", "ukj:p|ukj:q"),
        ("sh:zeroOrMorePath ukj:p", "ukj:p*"),
        ("rdf:first ukj:p ; rdf:rest shape:l2", "ukj:p/ukj:q"),
        ("sh:inversePath shape:l1", "^(ukj:p/ukj:q)"),
        ("sh:zeroOrMorePath shape:l1", "(ukj:p/ukj:q)*"),
        ("sh:oneOrMorePath shape:either", "(ukj:p|ukj:q)+"),
        ("rdf:first shape:either ; rdf:rest shape:l2", "(ukj:p|ukj:q)/ukj:q"),
        ("rdf:first shape:back ; rdf:rest shape:l2", "^ukj:p/ukj:q"),
    ],
)
def test_paths_are_written_as_in_sparql(path: str, expected: str) -> None:
    """Inverse, alternative, repeated and sequence paths."""
    shapes = index(
        f"shape:x sh:path shape:p ; sh:minCount 1 . shape:p {path} .\n{LISTS.format('ukj:p', 'ukj:q')}\n"
        "shape:either sh:alternativePath shape:l1 . shape:back sh:inversePath ukj:p ."
    )
    assert plain(in_words.property_words(shapes, expand("shape:x"))) == f"Has at least one {expected}"


@pytest.mark.parametrize(
    "more",
    [
        "shape:x sh:node shape:a . shape:a sh:property shape:x .",
        "shape:x sh:not shape:x .",
        "shape:x sh:qualifiedMinCount 1 ; sh:qualifiedValueShape shape:x .",
        "shape:x sh:property shape:x .",
        f"shape:x sh:or shape:l1 . {LISTS.format('shape:x', 'shape:x')}",
    ],
)
def test_shapes_that_lead_back_to_themselves_come_to_an_end(more: str) -> None:
    """Where it becomes too deep, the shape is named."""
    assert "fits the shape shape:" in sentence("sh:minCount 1", more)


def test_every_parameter_of_our_own_shapes_is_known() -> None:
    """No sentence of the project's own shapes falls back on the bare name of a parameter."""
    sentences = [plain(rule.words) for group in groups(own().shapes) for rule in group.rules]
    assert len(sentences) > 200
    assert [words for words in sentences if re.search(r"\bsh:(?!select)", words)] == []
    assert [words for words in sentences if words.endswith("is free")] == []


def test_no_parameter_is_silently_left_out() -> None:
    """Each parameter used in the project's shapes changes the words when it is taken away."""
    shapes, nothing = own().shapes, {"message", "severity", "path", "flags"}
    for iri in shapes.things("sh:PropertyShape"):
        before = plain(in_words.property_words(shapes, iri))
        for predicate in shapes.about(iri):
            name = predicate.removeprefix(PREFIXES["sh"])
            if predicate.startswith(PREFIXES["sh"]) and name not in nothing:
                rest = [q for q in shapes.quads if q.subject.value != iri or q.predicate.value != predicate]
                assert plain(in_words.property_words(type(shapes)(rest), iri)) != before, (iri, name)
