"""Saved queries as part of the graph."""

from small_project import QUERY
from ukjapan_graph.data import catalogue
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.querying.queries import read_query
from ukjapan_graph.querying.saved_query import SavedQuery

SILENT = SavedQuery("bare", "What?", "", (), (), (), (("what", ""),), "Nothing.", "SELECT ?what {}\n")


def test_saved_queries_are_in_the_release(tmp_path):
    """A saved query is there with its question, columns, silence, SPARQL and typed parameter."""
    query, parameter = expand("query:held"), expand("query:held.thing")
    path = tmp_path / "held.rq"
    path.write_text(QUERY, encoding="utf-8")
    text = QUERY.rpartition("held.\n")[2]
    made = catalogue.quads([read_query(path)])
    assert {quad.graph_name for quad in made} == {catalogue.QUERIES}
    assert {(q.subject.value, q.predicate.value, q.object.value) for q in made} == {
        (query, PREFIXES["rdf"] + "type", expand("ukj:SavedQuery")),
        (query, PREFIXES["rdf"] + "type", expand("sh:SPARQLExecutable")),
        (query, PREFIXES["rdf"] + "type", expand("sh:SPARQLSelectExecutable")),
        (query, expand("skos:prefLabel"), "What was held?"),
        (query, expand("dcterms:description"), "Lists what was held."),
        (query, expand("schema:keywords"), "events"),
        (query, expand("ukj:answersQuestion"), "CQ1"),
        (query, expand("ukj:answersQuestion"), "CQ2"),
        (query, expand("ukj:columnNames"), "what where"),
        (query, expand("ukj:whenSilent"), "No document says that anything was held."),
        (query, expand("sh:select"), text),
        (query, expand("ukj:parameter"), parameter),
        (parameter, PREFIXES["rdf"] + "type", expand("ukj:Parameter")),
        (parameter, expand("skos:prefLabel"), "what was held"),
        (parameter, expand("ukj:parameterName"), "thing"),
        (parameter, expand("ukj:parameterType"), "event"),
        (parameter, expand("ukj:defaultValue"), "event:regatta"),
        (parameter, expand("ukj:position"), "1"),
    }


def test_what_a_query_does_not_say_is_left_out():
    """A query without description, tags or parameters has no empty values in their place."""
    made = catalogue.quads([SILENT])
    assert all(quad.object.value for quad in made)
    assert {quad.predicate.value for quad in made} == {
        PREFIXES["rdf"] + "type",
        *map(expand, ("skos:prefLabel", "ukj:columnNames", "ukj:whenSilent", "sh:select")),
    }


def test_sentences_are_english_and_names_are_plain():
    """Sentences carry the language tag en; names, keywords and SPARQL carry none."""
    tags = {
        quad.predicate.value: quad.object.language
        for quad in catalogue.quads([SILENT])
        if hasattr(quad.object, "language")
    }
    assert tags == {
        expand("skos:prefLabel"): "en",
        expand("ukj:whenSilent"): "en",
        expand("ukj:columnNames"): None,
        expand("sh:select"): None,
    }
