"""Saved questions, asked with values."""

import sys
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

import small_graph
from ukjapan_graph.answering import answers, names
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.answering.rdflib_engine import RdflibEngine
from ukjapan_graph.errors import ParameterError, UkjapanError, UnknownNameError
from ukjapan_graph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file."""
    return small_graph.write_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def store(release):
    """The small release file as a store."""
    return open_store(release)


def labels(answer):
    """The rows with things by their label."""
    return [tuple(str(cell) for cell in row) for row in answer]


def test_defaults(store):
    """Without values a question is asked as it lies in the file."""
    answer = answers.ask(store, "builds-on", {})

    assert answer.columns == ("what", "signed", "where")
    assert labels(answer) == [
        ("Harbour Accord", "None", "Almanac, 1"),
        ("Harbour Accord", "None", "Gazette 1903, 2"),
    ]
    assert (len(answer), answer.silence, answer.parameters) == (2, "", {})


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ({"day": "1903-04-30"}, 1),
        ({"day": "1903-04-29"}, 0),
        ({"day": date(1903, 4, 30), "word": "Ferry"}, 1),
        ({"word": "ferry"}, 0),
        ({"word": '" } #'}, 0),
        ({"word": '") || true) #'}, 0),
    ],
)
def test_values(store, values, rows):
    """Values take the place of defaults, as terms."""
    assert len(answers.ask(store, "signed-by", values)) == rows


def test_entity_as_value(store):
    """A thing found before can be a value."""
    pact = names.entity(store, names.find(store, "crossing treaty"))

    assert len(answers.ask(store, "builds-on", {"instrument": pact})) == 2


def test_silence(store):
    """An answer without rows has a sentence in their place, whatever the header's own stops and capitals."""
    assert answers.ask(store, "builds-on", {"instrument": "tide-table"}).silence == (
        "No document says that anything builds on it."
    )
    assert answers.ask(store, "signed-by", {"word": "x"}).silence == (
        "No document says that such a thing was signed by then."
    )


def test_other_engine(store, release):
    """Another engine gives the same rows."""
    second = RdflibEngine.open(release)

    assert answers.ask(store, "builds-on", {}, engine=second).rows == answers.ask(store, "builds-on", {}).rows


def test_unknown_question(store):
    """A misspelt question is refused with the nearest."""
    with pytest.raises(UnknownNameError, match="Did you mean builds-on"):
        answers.ask(store, "build-on", {})


@pytest.mark.parametrize(
    ("question", "values", "reason"),
    [
        ("builds-on", {"instrment": "x"}, "no parameter 'instrment'. Did you mean instrument"),
        ("builds-on", {"zzz": "x"}, "It takes: instrument"),
        ("builds-on", {"instrument": "fery-pact"}, "Did you mean instrument:ferry-pact"),
        ("builds-on", {"instrument": "person:ada-quay"}, "not of the kind instrument"),
        ("builds-on", {"instrument": "mayor"}, "no instrument called 'mayor'"),
        ("builds-on", {"instrument": 'x" } #'}, "no instrument called"),
        ("builds-on", {"instrument": "javascript:alert(1)"}, "no instrument called"),
        ("builds-on", {"instrument": "http://a> . ?x ?y ?w . <http://b"}, "called 'http://a>"),
        ("builds-on", {"instrument": 3}, "3 is not a name"),
        ("signed-by", {"day": "1903"}, "day: '1903' is not a day"),
        ("signed-by", {"word": 3}, "word: 3 is not a string"),
    ],
)
def test_refused_values(store, question, values, reason):
    """A value that is not of its type, or names nothing, is refused with the parameter and the reason."""
    with pytest.raises(ParameterError, match=reason):
        answers.ask(store, question, values)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (Literal("x", language="en"), "x"),
        (Literal("3", datatype=NamedNode(XSD + "integer")), 3),
        (Literal("1.5", datatype=NamedNode(XSD + "decimal")), Decimal("1.5")),
        (Literal("true", datatype=NamedNode(XSD + "boolean")), True),
        (Literal("false", datatype=NamedNode(XSD + "boolean")), False),
        (Literal("2017-08-31", datatype=NamedNode(XSD + "date")), date(2017, 8, 31)),
        (Literal("2017-08-31Z", datatype=NamedNode(XSD + "date")), "2017-08-31Z"),
        (Literal("2017-08", datatype=NamedNode(XSD + "gYearMonth")), "2017-08"),
        (BlankNode("b"), "_:b"),
        (NamedNode("http://x/y"), names.Entity("http://x/y", "<http://x/y>", "<http://x/y>")),
    ],
)
def test_python_value(store, term, expected):
    """Each term becomes what Python has for it."""
    assert answers.python_value(store, term) == expected


def test_to_pandas(store, monkeypatch):
    """The rows go into a data frame as they are."""
    frame = SimpleNamespace(DataFrame=lambda rows, columns: (rows, columns))
    monkeypatch.setitem(sys.modules, "pandas", frame)
    answer = answers.ask(store, "builds-on", {})

    assert answer.to_pandas() == (answer.rows, ["what", "signed", "where"])


def test_without_pandas(store, monkeypatch):
    """Without pandas the error says how to get it."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(UkjapanError, match=r"pip install 'ukjapan-graph\[pandas\]'"):
        answers.ask(store, "builds-on", {}).to_pandas()
