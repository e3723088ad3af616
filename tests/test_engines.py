"""The embedded engine: what it answers, and what it refuses."""

import traceback

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
)

import small_graph
from ukjapan_graph.answering.engines import Embedded, Engine, open_store, prepare, query_form, rows_of
from ukjapan_graph.errors import QuerySyntaxError, SourceError, UsageError
from ukjapan_graph.namespaces import PREFIXES, expand

PACT, ACCORD, BUILDS_ON = (
    NamedNode(expand(name)) for name in ("instrument:ferry-pact", "instrument:harbour-accord", "ukj:buildsOn")
)


@pytest.fixture(scope="module")
def engine():
    """The embedded engine on the small dataset."""
    return Embedded(small_graph.store())


def test_select(engine):
    """Rows come with their columns, terms as the store has them, None for an unbound variable."""
    text = "SELECT ?what ?none ?day { ?what ukj:signedOn ?day OPTIONAL { ?what ukj:buildsOn ?none } }"

    rows = engine.select(text)

    day = Literal("1903-04-30", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    assert rows.columns == ("what", "none", "day")
    assert rows.rows == [(PACT, None, day)]


def test_ask(engine):
    """An ASK is true where the pattern matches, else false."""
    assert engine.ask("ASK { ?x ukj:buildsOn instrument:ferry-pact }") is True
    assert engine.ask("ASK { ?x ukj:buildsOn instrument:tide-table }") is False


def test_construct_gives_each_triple_once(engine):
    """Two passages that state one triple make one triple, and triples are sorted."""
    text = "CONSTRUCT { ?y ukj:buildsOn ?x . ?x ukj:buildsOn ?y } { GRAPH ?g { ?x ukj:buildsOn ?y } }"

    assert engine.construct(text) == [Triple(PACT, BUILDS_ON, ACCORD), Triple(ACCORD, BUILDS_ON, PACT)]


def test_describe(engine):
    """A DESCRIBE gives the triples of the thing."""
    assert {t.subject for t in engine.construct("DESCRIBE instrument:ferry-pact")} == {PACT}


def test_union_of_all_graphs(engine):
    """A plain pattern joins what different graphs say; GRAPH says which graph."""
    text = "SELECT ?label { ?x ukj:buildsOn ?y . ?y skos:prefLabel ?label } GROUP BY ?label"

    assert engine.select(text).rows == [(Literal("Ferry Pact", language="en"),)]
    assert engine.ask("ASK { GRAPH ?g { ?x ukj:buildsOn ?y . ?y skos:prefLabel ?label } }") is False


def test_own_prefix_wins(engine):
    """A prefix that the text declares means what the text says."""
    text = "PREFIX ukj: <http://other/> ASK { ?x ukj:buildsOn ?y }"

    assert engine.ask(text) is False


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("SELECT ?x\n{ ?x foo:bar ?y }", 2, 6, "not declared"),
        ("SELECT ?x { ?x <a:b> ?y } ORDER ?x", 1, 35, "expected BY"),
        ("PREFIX a: <x y>\nSELECT ?x {}", 1, 11, "not an IRI"),
        ("SELECT ?x { ?x <a b> ?y }", 1, 21, "not an IRI"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ukj:of ?y }", 1, 45, "neither bound nor grouped"),
        ("SELECT ?x {\n  BIND(1 AS ?x)\n  BIND(2 AS ?x) }", 3, 18, "not SPARQL here"),
        ("", 1, 1, "nothing is asked"),
        ("# only talk", 1, 1, "nothing is asked"),
        ("\n SELEKT ?x {}", 2, 2, "expected one of SELECT"),
        ('SELECT ?x { BIND("x AS ?x) }', 1, 18, "does not end"),
    ],
)
def test_syntax_error(engine, text, line, column, reason):
    """Text that does not parse is refused with the place in the asker's own lines."""
    with pytest.raises(QuerySyntaxError, match=reason) as caught:
        engine.select(text)

    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x { service <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE#c\n<http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE<http://127.0.0.1:9/>{ ?x ?y ?z } }",
        "SELECT ?x { SERVICE SILENT <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE ukj:x { ?x ?y ?z } }",
        "SELECT ?x { SERVICE ?s { ?x ?y ?z } }",
        "SELECT ?x { ?x ?y ?z FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } } }",
        "SELECT ?x FROM <http://127.0.0.1:9/> { ?x ?y ?z }",
        "SELECT ?x from named <http://127.0.0.1:9/> { ?x ?y ?z }",
        "SELECT ?x { SERVICE",
    ],
)
@pytest.mark.parametrize("services", [(), ("http://127.0.0.1/",)])
def test_nobody_else_is_asked(text, services):
    """SERVICE in every spelling, and FROM, are refused with the reason and the place."""
    with pytest.raises(UsageError, match="refused"):
        Embedded(Store(), services=services).select(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "load <http://127.0.0.1:9/>",
        "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(engine, text):
    """An update is refused in so many words."""
    with pytest.raises(UsageError, match="update is refused"):
        engine.select(text)


def test_allowed_service():
    """An address on the list is let through whole, and only whole."""
    allowed = frozenset({"http://127.0.0.1:9/sparql"})
    text = "SELECT ?x {{ SERVICE SILENT <http://127.0.0.1:9/sparql{}> {{ ?x ?y ?z }} }}"

    assert prepare(text.format(""), ("SELECT",), allowed)[0].endswith(text.format(""))
    with pytest.raises(UsageError, match="allowed here"):
        prepare(text.format("/more"), ("SELECT",), allowed)


def test_words_that_only_look_so(engine):
    """The words SERVICE and FROM in strings, names and comments harm nobody."""
    text = 'SELECT ?from { ?from ukj:from "SERVICE <http://x>" } # SERVICE <http://x>'

    assert engine.select(text).rows == []


def test_wrong_form(engine):
    """Each method takes its own form of query and says which it wants."""
    with pytest.raises(UsageError, match="this is an ASK query; SELECT is wanted"):
        engine.select("ASK {}")
    with pytest.raises(UsageError, match="CONSTRUCT or DESCRIBE is wanted"):
        engine.construct("SELECT ?x {}")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select ?x {}", "SELECT"),
        ("# SELECT\nBASE <http://x/> PREFIX ask: <http://y/> Ask {}", "ASK"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SELECT ?s ?p ?o { ?s ?p ?o } }", "CONSTRUCT"),
        ("DESCRIBE <http://x>", "DESCRIBE"),
    ],
)
def test_query_form(text, form):
    """The form is that of the outermost query, whatever stands before or in it."""
    assert query_form(text) == form


def test_release_file_missing(tmp_path):
    """A release file that is not there is named, with the command that makes it."""
    with pytest.raises(SourceError, match=r"gone\.nq.*ukjapan build"):
        open_store(tmp_path / "gone.nq")


def test_release_file_broken(tmp_path):
    """A release file that is not N-Quads is named with the line."""
    path = tmp_path / "graph.nq"
    path.write_text("<a:b> <a:b> <a:b> .\nnonsense\n", encoding="utf-8")

    with pytest.raises(SourceError, match="not N-Quads") as caught:
        open_store(path)

    assert caught.value.line == 2


def test_release_file_is_folder(tmp_path):
    """A folder in place of the release file is refused without a traceback."""
    with pytest.raises(SourceError, match="cannot be read"):
        open_store(tmp_path)


def test_protocol():
    """The bare protocol answers nothing."""
    for method in ("select", "ask", "construct"):
        with pytest.raises(NotImplementedError):
            getattr(Engine(), method)("SELECT ?x {}")


def test_merge_shows_a_triple_once_that_two_graphs_hold():
    """Over the merge a triple stated twice is one solution; by GRAPH it is still two."""
    a, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
    store = Store()
    store.extend(Quad(a, p, a, NamedNode(f"https://example.org/g{number}")) for number in (1, 2))
    engine = Embedded.of_merge(store)

    assert engine.select("SELECT * { ?s ?p ?o }").rows == [(a, p, a)]
    assert len(engine.select("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows) == 2
    assert len(store) == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://x/1"}},',
            SyntaxError,
        ),
        ('{"head":{},"boolean":true}', ValueError),
    ],
)
def test_an_error_holds_no_solutions(text, error):
    """Solutions that are let go in another thread than their own are an error there, which nobody can catch."""
    with pytest.raises(error) as caught:
        rows_of(parse_query_results(text.encode(), format=QueryResultsFormat.JSON))

    held = [value for frame, _ in traceback.walk_tb(caught.tb) for value in frame.f_locals.values()]
    assert not [value for value in held if isinstance(value, QuerySolutions)]
