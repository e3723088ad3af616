"""All there is to say of each term."""

from pathlib import Path

import pytest

from paged_project import HOSTILE, index, make, own
from release import rows
from ukjapan_graph.data.rules import Rule
from ukjapan_graph.data.rules import parse as parse_rule
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing import material
from ukjapan_graph.publishing.phrases import plain
from ukjapan_graph.publishing.terms import Term, foreign_terms, term_iris, terms


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Term]:
    """The terms of the small project by name."""
    read = material.read(make(tmp_path_factory.mktemp("project")))
    return {term.name: term for term in terms(read)}


@pytest.fixture(scope="module")
def ours() -> dict[str, Term]:
    """The project's own terms by name."""
    return {term.name: term for term in terms(own())}


def test_words_come_with_their_languages(small: dict[str, Term]) -> None:
    """The English label first, others with their language."""
    raft = small["ukj:Raft"]
    assert (raft.label, raft.kind, raft.anchor, raft.subject) == (HOSTILE, "class", "Raft", "hostile")
    assert [(other.value, other.language) for other in raft.others] == [("いかだ", "ja")]
    assert [text.language for text in raft.definition] == ["en", "ja"]


def test_places_in_the_hierarchy_and_axioms(small: dict[str, Term]) -> None:
    """Broader and narrower, domain as an expression, characteristics, chains, disjointness, further axioms."""
    assert small["ukj:Boat"].subs == [expand("ukj:Ferry"), expand("ukj:Raft")]
    assert [plain(one) for one in small["ukj:tows"].domain] == ["ukj:Boat or ukj:Raft"]
    assert small["ukj:tows"].traits == [("symmetric", "it holds both ways or not at all")]
    assert len(small["ukj:tows"].chains) == 1
    assert small["ukj:Raft"].disjoint.apart == [expand("ukj:Document")]
    assert expand("ukj:Ferry") in small["ukj:Raft"].disjoint.open
    assert [(predicate, [plain(v) for v in values]) for predicate, values in small["ukj:Raft"].more] == [
        ("http://www.w3.org/2000/01/rdf-schema#seeAlso", [f"“{HOSTILE}”"])
    ]


def test_nodes_of_axioms_are_no_terms(tmp_path: Path) -> None:
    """Neither ours nor others': a list or an inverse that only an axiom needs has no entry."""
    ontology = material.read(make(tmp_path)).ontology
    listed = [*term_iris(ontology), *(iri for iri, _ in foreign_terms(ontology))]
    assert [iri for iri in listed if "/axiom/" in iri] == []
    assert small_inverses(ontology) == []


def small_inverses(ontology: material.Index) -> list[str]:
    """Terms whose named inverse would be a node of an axiom."""
    from ukjapan_graph.publishing.terms import _named_inverses

    return [iri for iri in term_iris(ontology) if _named_inverses(ontology, iri)]


def test_use_is_counted_in_the_release(small: dict[str, Term], ours: dict[str, Term]) -> None:
    """Things of a class, facts with a property, each once however many passages say it."""
    assert tuple(small["ukj:carries"].use) == (2, 1, 2, 0, [])
    assert small["ukj:Boat"].use.count == 3
    assert ours["ukj:Document"].use.count == 5
    assert tuple(ours["ukj:adoptedOn"].use) == (0, 0, 0, 0, [])


def test_use_keeps_apart_how_firmly_it_is_said() -> None:
    """Stated in a passage, following by a rule or a reading, or standing elsewhere: each fact once, most firmly."""
    read, use = own(), {term.name: term.use for term in terms(own())}
    for name, pattern in (("ukj:Event", "?s a ukj:Event"), ("ukj:date", "?s ukj:date ?o")):
        told = rows(f"SELECT DISTINCT ?s ?o {{ GRAPH ?g {{ {pattern} }} ?g a ukj:Passage }}")
        assert use[name].stated == len(told) < use[name].count
    assert use["ukj:Event"].entailed > 20
    assert use["ukj:date"].entailed > 0
    assert dict(use["ukj:dateBasis"].elsewhere).keys() == {expand("graph:inferences")}
    assert dict(use["ukj:Document"].elsewhere) == {expand("graph:documents"): 5}
    for name, one in use.items():
        assert one.count == one.stated + one.entailed + sum(number for _, number in one.elsewhere), name
        assert (one.stated > 0) == (one.passages > 0), name
    assert len(use) == len(term_iris(read.ontology))


def test_queries_rules_alignments_and_silences_are_found(
    ours: dict[str, Term], small: dict[str, Term]
) -> None:
    """Each term knows who asks for it, what concludes it, its neighbours, and what is not said of it."""
    assert "rests-on" in ours["ukj:buildsOn"].queries
    assert ours["ukj:signedBy"].made_by == ["signed-by"]
    assert "signed-by" in ours["ukj:Signature"].read_by
    assert [other for _, other in small["ukj:Raft"].alignments] == ["https://example.org/raft?a&b"]
    assert len(ours["ukj:inForceFrom"].silences) > 1


def small_term(turtle: str, rules: list[Rule] | None = None) -> Term:
    """The one term that ``turtle`` tells of."""
    ontology = index(turtle)
    (only,) = terms(own()._replace(ontology=ontology, graph=ontology, rules=rules or []))
    return only


@pytest.mark.parametrize(
    "said",
    ["a owl:Class ; owl:deprecated true", "a owl:Class , owl:DeprecatedClass",
     "a owl:Class , owl:DeprecatedClass ; owl:deprecated true"],
)  # fmt: skip
def test_a_term_that_is_deprecated_says_so_once(said: str) -> None:
    """By its class or by ``owl:deprecated``, which is what OWL 2 says it with."""
    assert small_term(f"ukj:Old {said} .").traits == [("deprecated", "do not use it in new data")]
    assert small_term("ukj:Kept a owl:Class ; owl:deprecated false .").traits == []


def test_what_a_rule_concludes_is_told_from_what_it_asks_for() -> None:
    """However its text is written, as in a comment with the word WHERE, or that word in small letters."""
    text = (
        "# WHERE a boat is old\n\nPREFIX ukj: <https://w3id.org/ukjapan/ns#>\n\n"
        "construct { ?x ukj:made ?y } where { ?x ukj:asked ?y }\n"
    )
    rules = [parse_rule(text, "old")]
    made = small_term("ukj:made a owl:ObjectProperty .", rules)
    asked = small_term("ukj:asked a owl:ObjectProperty .", rules)
    assert (made.made_by, made.read_by) == (["old"], [])
    assert (asked.made_by, asked.read_by) == ([], ["old"])


def test_every_term_is_there_with_label_definition_and_source(ours: dict[str, Term]) -> None:
    """All four kinds, by name, none without what the style guide asks for."""
    assert len(ours) == len(term_iris(own().ontology)) > 190
    assert [
        term.name for term in ours.values() if not (term.definition and term.sources and term.subject)
    ] == []


def test_a_class_has_what_its_broader_classes_have(ours: dict[str, Term], small: dict[str, Term]) -> None:
    """Properties by the broader class they come from, and those that only the data shows."""
    inherited = dict(ours["ukj:Signing"].inherits)
    assert expand("ukj:stageOf") in inherited[expand("ukj:Stage")]
    assert expand("ukj:date") in ours["ukj:Signing"].seen
    assert small["ukj:Ferry"].seen == [expand("ukj:carries")]
    for term in ours.values():
        told = [*term.starts, *(name for _, names in term.inherits for name in names)]
        assert set(told).isdisjoint(term.seen), term.name
