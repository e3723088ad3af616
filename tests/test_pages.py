"""What stands on each page."""

import shlex

import pytest

from commands import ukjapan
from paged_project import index, make, own
from ukjapan_graph import resources
from ukjapan_graph.errors import DONE
from ukjapan_graph.publishing import links, material, pages
from ukjapan_graph.publishing.terms import terms
from ukjapan_graph.querying.queries import read_folder
from ukjapan_graph.querying.saved_query import Parameter


def test_every_term_file_and_query_has_its_page() -> None:
    """Seven pages, each with a title and a description."""
    found, all_links, _ = pages.pages(own())
    assert [page.file for page in found] == [
        links.INDEX, links.LISTS, links.SHAPES, links.RULES, links.QUERIES, links.PASSAGES, links.ALIGNMENTS,
    ]  # fmt: skip
    assert all(page.title and page.description for page in found)
    assert all(all_links.href(term.iri, "x") for term in terms(own()))


def test_the_tree_holds_each_class_below_its_broader_ones() -> None:
    """Every class is in the tree; a class stands below the class it is a kind of."""
    all_terms = [term for term in terms(own()) if term.kind == "class"]
    tree = pages.tree(own().ontology, all_terms)

    def walk(branches: list, above: str = "") -> list[tuple[str, str]]:
        return [
            step for one in branches for step in [(one.term.anchor, above), *walk(one.below, one.term.anchor)]
        ]

    steps = walk(tree)
    assert {name for name, _ in steps} == {term.anchor for term in all_terms}
    assert ("Signing", "Stage") in steps and ("Agent", "") in steps


def test_classes_in_a_circle_do_not_hang_the_tree() -> None:
    """Each stands on top."""
    ontology = index(
        "ukj:A a owl:Class ; rdfs:subClassOf ukj:B . ukj:B a owl:Class ; rdfs:subClassOf ukj:A .\n"
        "ukj:C a owl:Class ; rdfs:subClassOf ukj:B ."
    )
    everything = own()._replace(ontology=ontology, graph=ontology)
    tree = pages.tree(ontology, terms(everything))
    assert [(one.term.anchor, [low.term.anchor for low in one.below]) for one in tree] == [
        ("A", []),
        ("B", ["C"]),
    ]


def test_subjects_are_the_files_of_the_ontology(tmp_path) -> None:
    """Each with the classes and properties it defines."""
    read = material.read(make(tmp_path))
    found = {stem: [term.anchor for term in [*a, *b]] for stem, a, b in pages.subjects(read, terms(read))}
    assert found["hostile"] == ["Raft", "oar", "tows", "tub"]


def test_words_and_code_of_a_rule_are_told_apart() -> None:
    """The comment at its head is the words; prefixes and headers are neither."""
    text = "#+ summary: no\n# One.\n# Two.\n\nPREFIX ukj: <x>\n\nSELECT ?x\nWHERE { }\n"
    assert pages.words_and_code(text) == ("One. Two.", "SELECT ?x\nWHERE { }")


def test_what_to_type_is_never_cut_where_it_means_another_thing() -> None:
    """A kind is left out where the parameter says it; a text with a colon, or any thing at all, stays whole."""
    parameters = tuple(
        Parameter(name, kind, default, "")
        for name, kind, default in (
            ("a", "instrument", "instrument:acsa"), ("b", "string", "at 12:30"), ("c", "entity", "state:japan"),
        )
    )  # fmt: skip
    query = own().queries[0]._replace(name="any", parameters=parameters)
    assert pages.ask_line(query) == "ukjapan ask any --a acsa --b 'at 12:30' --c state:japan"


def test_queries_are_found_by_tag() -> None:
    """A query without a tag is among the others."""
    found = dict(pages.tags(own()))
    assert "builds-on" in found["chains"]
    queries = [query._replace(tags=()) for query in own().queries[:1]]
    assert pages.tags(own()._replace(queries=queries)) == [("other", [queries[0].name])]


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("query", read_folder(resources.root() / "queries"), ids=lambda query: query.name)
def test_what_to_type_for_a_question_asks_it(query) -> None:
    """The line beside a question runs, and answers as the question does with its defaults."""
    words = shlex.split(pages.ask_line(query))
    ran = ukjapan(*words[1:], "--format", "tsv")
    assert ran.code == DONE, ran.err
    assert ran.out == ukjapan("ask", query.name, "--format", "tsv").out
