"""The two views: what the corpus answers never depends on outside facts."""

import pytest

from commands import ukjapan
from ukjapan_graph import KnowledgeGraph, resources
from ukjapan_graph.answering import answers, questions, views
from ukjapan_graph.answering.labels import short
from ukjapan_graph.errors import SourceError, UsageError
from ukjapan_graph.namespaces import PREFIXES, kind_of

QUESTION = "who-held-office"


def test_the_corpus_is_the_release_alone():
    """The default view is the release file; the world view adds the file of outside facts."""
    assert views.files() == (resources.release_path(),)
    assert views.files("world") == (resources.release_path(), resources.external_path())
    assert views.files("world", "a.nq", "b.nq") == ("a.nq", "b.nq")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(("wrld",), "Did you mean world"), (("corpus", None, "b.nq"), "add --view world")],
)
def test_views_that_are_none(arguments, reason):
    """An unknown view, and outside facts in the corpus, are refused with what to do."""
    with pytest.raises(UsageError, match=reason):
        views.files(*arguments)


def test_a_file_that_is_not_there(tmp_path):
    """A missing file of outside facts is named, with the command that makes it."""
    with pytest.raises(SourceError, match=r"no file of outside facts; make it with: ukjapan build"):
        views.open_view("world", None, tmp_path / "gone.nq")


def test_no_quad_of_the_release_is_from_outside():
    """No graph, subject or object of the release is an outside source or tenure, and none has the status external."""
    ontology = PREFIXES["graph"] + "ontology"  # it has the terms, and the prefixes
    for quad in (quad for quad in views.open_view("corpus") if quad.graph_name.value != ontology):
        parts = {kind_of(getattr(part, "value", "")) for part in (quad.subject, quad.object, quad.graph_name)}
        assert not parts & {"outside", "tenure"}, quad
        if quad.predicate.value.endswith("#status"):
            assert not quad.object.value.endswith("/external")


def test_corpus_answers_do_not_depend_on_outside_facts(tmp_path, monkeypatch):
    """Every saved question has the same rows whether the file of outside facts is there or not."""

    def asked():
        store = views.open_view()
        return {name: answers.ask(store, name, {}).result for name in questions.names(store)}

    present = asked()
    monkeypatch.setattr(resources, "_root", lambda: str(tmp_path))
    with pytest.raises(SourceError):
        views.open_view()
    (tmp_path / "graph").mkdir()
    monkeypatch.undo()
    release = (tmp_path / "graph" / "ukjapan-graph.nq", resources.release_file().read_bytes())
    release[0].write_bytes(release[1])
    monkeypatch.setattr(resources, "_root", lambda: str(tmp_path))
    assert not resources.external_file(tmp_path).exists()
    assert asked() == present
    assert len(present) > 50


def test_rows_from_outside_say_so():
    """In the world view an old question has rows with the status external, and their source as the place."""
    graph = KnowledgeGraph.open(view="world")
    rows = [
        dict(zip(("stage", "status", "where"), map(str, row[:1] + row[6:]), strict=True))
        for row in graph.ask("life", thing="raa")
    ]
    outside = [row for row in rows if row["status"] == "external"]
    assert {row["stage"] for row in outside} >= {"signing of the RAA", "entry into force of the RAA"}
    assert [
        row for row in KnowledgeGraph.open().ask("life", thing="raa") if "external" in map(str, row)
    ] == []


def test_commands_take_the_view():
    """ask, sparql and show look outside only with --view world; sparql does so under a time limit too."""
    query = "SELECT ?s { ?s a ukj:OutsideSource } ORDER BY ?s"
    assert ukjapan("sparql", query, "--format", "csv").out == "s\r\n"
    seen = ukjapan("sparql", query, "--format", "csv", "--view", "world").out
    assert "outside/mofa-2plus2-2015" in seen
    assert ukjapan("sparql", query, "--format", "csv", "--view", "world", "--timeout", "60").out == seen
    assert ukjapan("show", "taro-kono").code == 2
    shown = ukjapan("show", "taro-kono", "--view", "world")
    assert "14 December 2017: external\nhttps://www.mofa.go.jp/erp/we/gb/page4e_000759.html" in shown.out
    assert ukjapan("show", "岸田文雄", "--view", "world").out.startswith("Fumio Kishida")
    asked = ukjapan("ask", QUESTION, "--view", "world", "--format", "csv", "--ids")
    assert "person:boris-johnson,surely,2016-07-13,2018-07-09,status:external" in asked.out


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("ask", QUESTION), f"ukjapan ask {QUESTION} --view world"),
        (("ask", "life", "--view", "wrld"), "Did you mean world"),
        (("ask", "life", "--view"), "--view"),
        (("ask", "life", "--external", "x.nq"), "add --view world"),
        (("show", "raa", "--view", "mars"), "Choose from corpus, world"),
        (
            ("sparql", "ASK {}", "--view", "world", "--endpoint", "http://127.0.0.1:1/"),
            "--view is for the files",
        ),
        (("ask", "life", "--view", "world", "--endpoint", "http://127.0.0.1:1/"), "--view is for the files"),
    ],
)
def test_refusals(command, reason):
    """What cannot be asked is refused with exit code 2 and what to do."""
    ran = ukjapan(*command)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err


def test_questions_for_the_world_view_are_listed():
    """Both lists name them, marked; and show gives their file."""
    for ran in (ukjapan("ask"), ukjapan("queries", "list"), ukjapan("queries", "--tag", "outside")):
        (line,) = [line for line in ran.out.splitlines() if line.startswith(QUESTION)]
        assert line.endswith("(--view world)")
    assert ukjapan("queries", "show", QUESTION).out.startswith("#+ summary:")


def test_questions_for_the_world_view_are_tested():
    """Each goes with its rules, both engines and its frozen answers, which each of them has."""
    names = sorted(path.stem for path in (resources.root() / "queries/external").glob("*.rq"))
    ran = ukjapan("queries", "test", *names)
    assert (ran.code, ran.out) == (0, "")
    frozen = resources.root() / "tests/expected/external"
    assert {path.stem.partition("--")[0] for path in frozen.glob("*.csv")} == set(names)


def test_a_frozen_answer_that_has_changed_is_a_finding(tmp_path):
    """A world question whose answer is not the frozen one fails the test, by name."""
    (tmp_path / "external").mkdir()
    (tmp_path / "external" / f"{QUESTION}.csv").write_text("person\n", encoding="utf-8")
    ran = ukjapan("queries", "test", QUESTION, "--expected", str(tmp_path))
    assert ran.code == 1
    assert "the answer has changed: - person; + person | certainty" in ran.out


def test_the_graph_object_takes_the_view():
    """KnowledgeGraph has the view as an argument; the audit is part of the world alone."""
    graph = KnowledgeGraph.open(view="world")
    assert [short(row[0]) for row in graph.ask(QUESTION).result.rows] == ["person:boris-johnson"]
    assert {line.is_finding for line in graph.audit()} == {False}
    with pytest.raises(UsageError, match="open the world view"):
        KnowledgeGraph.open().audit()
    with pytest.raises(UsageError, match="view world"):
        KnowledgeGraph.open().ask(QUESTION)
    with pytest.raises(UsageError, match="a view is of the files here"):
        KnowledgeGraph.open(view="world", endpoint="http://127.0.0.1:1/")
