"""The kinds of answer with their examples."""

from functools import cache

from paged_project import index, own
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.kinds_of_answer import Answer, answers
from ukjapan_graph.publishing.phrases import Ref, plain
from ukjapan_graph.publishing.terms import terms


@cache
def found() -> list[Answer]:
    """Those of the project."""
    return answers(own().graph, terms(own()))


def test_the_four_kinds_stand_in_their_order() -> None:
    """By rank, with the definitions of the ontology."""
    assert [one.label for one in found()] == ["stated", "entailed", "inferred", "not stated"]
    assert all(one.definition for one in found())


def test_each_kind_has_an_example_with_a_passage_to_look_up() -> None:
    """None is left without, and each passage is one of the release."""
    passages = set(own().graph.things("ukj:Passage"))
    for one in found():
        assert one.example
        assert one.where and set(one.where) <= passages


def test_examples_are_true_of_the_release() -> None:
    """The stated fact stands in its passage; nothing states the fact that is inferred."""
    graph, stated = own().graph, found()[0]
    predicate = next(part.iri for part in stated.example if isinstance(part, Ref))
    triples = [q for q in graph.inside(stated.where[0]) if q.predicate.value == predicate]
    assert any(plain(stated.example).startswith(graph.label(q.subject.value)) for q in triples)
    words = plain(found()[2].example)
    reported = (q for q in graph.facts(predicate) if "/passage/" in q.graph_name.value)
    assert not any(
        words.startswith(
            f"{graph.label(q.subject.value)} → {graph.label(predicate)} → {graph.label(q.object.value)}"
        )
        for q in reported
    )


def test_a_kind_without_example_is_still_explained() -> None:
    """A project that states nothing has the kinds all the same."""
    bare = index('status:stated a ukj:Status ; skos:prefLabel "stated"@en ; skos:definition "Said."@en .')
    (only,) = answers(bare, [])
    assert (only.iri, only.definition, only.example, only.where) == (expand("status:stated"), "Said.", [], [])
