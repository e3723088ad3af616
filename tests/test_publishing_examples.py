"""Examples from the release."""

import pytest
from pyoxigraph import RdfFormat, parse

from paged_project import own
from small_project import HEADER
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing import examples
from ukjapan_graph.publishing.axioms import ancestors
from ukjapan_graph.publishing.terms import terms


def every_term() -> list[tuple[str, str]]:
    """Name and kind of each."""
    return [(term.name, term.kind) for term in terms(own())]


def of(name: str, kind: str) -> list[examples.Example]:
    """The examples of a term."""
    find = examples.of_class if kind == "class" else examples.of_property
    return find(own().graph, expand(name))


def test_every_example_is_in_the_release() -> None:
    """Each parses, and each quad of it is one of the release, in the same named graph."""
    release = set(own().graph.quads)
    for name, kind in every_term():
        for example in of(name, kind):
            quads = list(parse((HEADER + example.code).encode(), format=RdfFormat.TRIG))
            assert quads, name
            assert set(quads) <= release, name
            assert {quad.graph_name.value for quad in quads} == set(example.graphs), name


def test_every_term_in_use_has_an_example_that_shows_it() -> None:
    """The name of a property stands in each of its examples; at most three."""
    for name, kind in every_term():
        found = of(name, kind)
        used = own().graph.facts(expand(name)) if kind != "class" else own().graph.things(name)
        assert (1 if used else 0) <= len(found) <= examples.MOST, name
        assert [one for one in found if kind != "class" and name not in one.code] == []


def test_an_example_of_a_class_says_so() -> None:
    """The thing shown is of the class, or of a narrower one, by the very lines that are shown."""
    classes = [term for term in terms(own()) if term.kind == "class"]
    for term in classes:
        kinds = {other.iri for other in classes if term.iri in ancestors(own().ontology, other.iri)} | {
            term.iri
        }
        for example in of(term.name, "class"):
            quads = parse((HEADER + example.code).encode(), format=RdfFormat.TRIG)
            shown = {quad.object.value for quad in quads if quad.predicate.value == expand("rdf:type")}
            assert kinds & shown, (term.name, example.code)


def test_passages_come_first_and_from_several_documents() -> None:
    """What a passage states is shown in its graph, one from each document before a second of any."""
    graphs = [example.graphs[-1] for example in of("ukj:Undertaking", "class")]
    assert [graph for graph in graphs if "/passage/" not in graph] == []
    assert len({graph.rpartition("/")[2].partition(".")[0] for graph in graphs}) == 3


def test_a_thing_named_elsewhere_is_shown_with_its_class() -> None:
    """An entity's class stands among the entities; the example shows both graphs."""
    (example, *_) = of("ukj:State", "class")
    assert "a ukj:State" in example.code


def test_what_only_follows_is_shown_as_entailed() -> None:
    """A property that the build adds has its examples in the entailed graph."""
    assert of("ukj:signedBy", "object property")[0].graphs == [expand("graph:entailed")]


@pytest.mark.parametrize("name", ["ukj:adoptedOn", "ukj:inForceFrom"])
def test_what_nobody_states_has_no_example(name: str) -> None:
    """No example is made up."""
    assert of(name, "data property") == []
