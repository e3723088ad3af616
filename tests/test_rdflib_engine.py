"""The second engine answers as the first does."""

import pytest
import rdflib

import small_graph
from ukjapan_graph.answering.engines import Embedded, open_store
from ukjapan_graph.answering.rdflib_engine import RdflibEngine
from ukjapan_graph.errors import QuerySyntaxError, SourceError, UkjapanError, UsageError


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file."""
    return small_graph.write_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def second(release):
    """The second engine on it."""
    return RdflibEngine.open(release)


@pytest.fixture(scope="module")
def first(release):
    """The first engine on it."""
    return Embedded(open_store(release))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT ?g ?s { GRAPH ?g { ?s ukj:buildsOn ?o } } ORDER BY ?g ?s",
        "SELECT ?x ?day { ?x a ukj:Agreement OPTIONAL { ?x ukj:signedOn ?day } } ORDER BY ?x",
        "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?x ukj:buildsOn ?y } }",
        "SELECT DISTINCT ?x { ?x ukj:buildsOn/ukj:between ?y FILTER NOT EXISTS { ?x ukj:of ?d } }",
        "SELECT ?x { ?x ukj:signedOn ?d FILTER(?d < '1904-01-01'^^xsd:date) }",
        'SELECT ?x { VALUES ?x { "a"@en-GB "b" 1 1.5 true "c\\\\u0041" "\\u0041" } } ORDER BY STR(?x)',
        "SELECT ?none { OPTIONAL { ?none ukj:never ?x } }",
    ],
)
def test_same_rows(first, second, text):
    """Rows compare equal between engines: columns, order, terms."""
    assert second.select(text) == first.select(text)


def test_same_truth_and_triples(first, second):
    """So do truths and triples."""
    text = "CONSTRUCT { ?y ukj:carries ?x } { ?x ukj:buildsOn ?y }"

    assert second.construct(text) == first.construct(text)
    assert second.ask("ASK { ?x ukj:buildsOn ?y }") is first.ask("ASK { ?x ukj:buildsOn ?y }") is True


def test_literals_as_written(tmp_path):
    """Literals keep their form, and rdflib's own setting is as it was."""
    path = tmp_path / "x.nq"
    kinds = {"01": "integer", "1903-05-01Z": "date", "1": "boolean"}
    path.write_text(
        "".join(
            f'<a:s> <a:p> "{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}> <a:g> .\n'
            for value, kind in kinds.items()
        ),
        encoding="utf-8",
    )
    before = rdflib.NORMALIZE_LITERALS

    rows = RdflibEngine.open(path).select("SELECT ?o { ?s ?p ?o } ORDER BY STR(?o)").rows

    assert [row[0].value for row in rows] == sorted(kinds)
    assert before is rdflib.NORMALIZE_LITERALS is True


def test_setting_returns_after_error(second):
    """The setting is restored also where a query fails."""
    with pytest.raises(QuerySyntaxError):
        second.select("SELECT ?x {")

    assert rdflib.NORMALIZE_LITERALS is True


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE SILENT <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT ?x FROM <http://127.0.0.1:9/> { ?x ?y ?z }",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_nobody_else_is_asked(second, text):
    """What could fetch from elsewhere is refused before rdflib sees it."""
    with pytest.raises(UsageError, match="refused"):
        second.select(text)


def test_escape_in_comment(second):
    """An escaped line end in a comment does not end it."""
    assert second.ask("ASK { ?x ukj:buildsOn ?y # \\u000a . ?x ukj:never ?z\n }") is True


def test_syntax_error_like_the_first(first, second):
    """Both engines refuse with the same words at the same place."""
    text = "SELECT ?x\n{ ?x foo:bar ?y }"
    told = []
    for engine in (first, second):
        with pytest.raises(QuerySyntaxError) as caught:
            engine.select(text)
        told.append(str(caught.value))

    assert told[0] == told[1]


def test_what_rdflib_cannot_do(second, monkeypatch):
    """A failure inside rdflib is an error of this package that says so."""

    def fail(*_):
        raise KeyError("odd")

    monkeypatch.setattr(second.dataset, "query", fail)
    with pytest.raises(UkjapanError, match="rdflib cannot run this query: KeyError"):
        second.ask("ASK {}")


def test_release_file(tmp_path):
    """A release file that is missing or broken is named."""
    broken = tmp_path / "graph.nq"
    broken.write_text("nonsense\n", encoding="utf-8")

    with pytest.raises(SourceError, match="not N-Quads"):
        RdflibEngine.open(broken)
    with pytest.raises(SourceError, match="ukjapan build"):
        RdflibEngine.open(tmp_path / "gone.nq")
