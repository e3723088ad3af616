"""The examples of the terms: each term has one, and none says what is not so."""

import pytest

from judged_project import change, make, term
from small_project import put
from ukjapan_graph.data import build
from ukjapan_graph.judging import examples, validation


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def unshown(root):
    """Term, value and the first words of the message of each finding."""
    found = examples.unshown(build.assemble(root)[0])
    assert {finding.check for finding in found} <= {"terms:example"}
    return [(finding.focus, finding.value, " ".join(finding.message.split()[:7])) for finding in found]


def example(root, old, new):
    """Put ``new`` in the place of the example ``old``."""
    change(root, "ontology/terms.ttl", f"skos:example '{old}'", new)


def test_every_term_is_shown(root):
    """In a project without faults each term has a triple of the graph that shows it."""
    assert unshown(root) == []


CARRIES = "event:red ukj:carries event:blue"
TWICE = f"{CARRIES} . event:blue ukj:carries event:red"
NEITHER = "has an example that is neither one"
IRI = "https://w3id.org/ukjapan/id/event/red"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("rdfs:seeAlso event:red", [("", "has no example; give a triple of")]),
        (
            "skos:example 'event:red ukj:carries event:red'",
            [("event:red ukj:carries event:red", "has an example that no graph holds;")],
        ),
        (
            f"skos:example 'blue carries red' , '{CARRIES}'",
            [("blue carries red", NEITHER)],
        ),
        (
            f"skos:example '{TWICE}'",
            [(TWICE, NEITHER)],
        ),
        ("skos:example 'event:red a ukj:Boat'", [("", "has no example that shows it; give")]),
        ("skos:example 'a tug and its barge'@en", [("", "has no example that shows it; give")]),
        (
            f"skos:example '{CARRIES}' , 'as event:green carries event:red'@en",
            [("as event:green carries event:red", "has an example that names event:green, which")],
        ),
        (f"skos:example '{CARRIES}' , 'ein Schlepper'@de", [("ein Schlepper", NEITHER)]),
        (f"skos:example '{CARRIES}' , event:red", [(IRI, NEITHER)]),
    ],
    ids=["none", "untrue", "no triple", "two", "of another", "prose", "no such thing", "German", "an IRI"],
)  # fmt: skip
def test_an_example_that_is_wrong(root, new, expected):
    """A property's example is a triple of the graph that has it; what a sentence names is there."""
    example(root, CARRIES, new)
    assert unshown(root) == [("ukj:carries", value, message) for value, message in expected]


def test_examples_that_are_right(root):
    """A sentence may stand beside a triple; numbers may be written as one likes."""
    example(root, CARRIES, f"skos:example '{CARRIES}' , 'as event:blue does, on xsd:date or rdfs:label'@en")
    example(root, "passage:log.S1 ukj:start 0", "skos:example 'passage:log.S1 ukj:start 00'")
    assert unshown(root) == []


def test_a_term_that_no_datum_uses(root):
    """Such a term is shown by a sentence that names a silence or an inference about it."""
    sinks = term("ukj:sinks", "ObjectProperty", "sinks", "event:red a ukj:Boat")
    put(root, "ontology/more.ttl", sinks)
    put(root, "graph/silences.ttl", "silence:sunk a ukj:Silence ; ukj:predicate ukj:sinks .")
    put(root, "graph/inferences.ttl", "inference:other a ukj:Inference ; ukj:predicate ukj:carries .")
    wanted = "is used by no datum; name in"
    assert unshown(root) == [("ukj:sinks", "", wanted)]
    put(root, "ontology/more.ttl", sinks.replace("'event:red a ukj:Boat'", "'inference:other says so.'@en"))
    assert unshown(root) == [("ukj:sinks", "", wanted)]
    put(root, "ontology/more.ttl", sinks.replace("'event:red a ukj:Boat'", "'silence:sunk says so.'@en"))
    assert unshown(root) == []


def test_a_missing_example_fails_validation(root):
    """``ukjapan validate`` finds the term, with the file and line in which it is defined."""
    example(root, CARRIES, "rdfs:seeAlso event:red")
    found = [v.finding for v in validation.validate(root, only=["terms"]).verdicts]
    assert [(f.path, f.focus, f.check) for f in found] == [
        ("ontology/terms.ttl", "ukj:carries", "terms:example")
    ]
    assert found[0].line > 1
