"""Recordings: the same bytes for the same answers, and never an answer to another question."""

import json

import pytest
from pyoxigraph import Literal, NamedNode

import release
from commands import ukjapan
from neighbours import WIKIDATA, neighbour
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.errors import SourceError
from ukjapan_graph.linking.neighbours import federated, recordings
from ukjapan_graph.linking.neighbours.recordings import Recorded, Recorder, Recording
from ukjapan_graph.linking.neighbours.requests import Request
from ukjapan_graph.resources import root

REQUEST = Request(
    "http://a.example/", "", " ?x ?p ?y ", ("p", "x", "y"), ("x",), [(NamedNode("http://x/a"),)]
)
ROWS = Rows(
    ("x", "y"),
    [
        (NamedNode("http://x/a"), Literal("蜂", language="ja")),
        (NamedNode("http://x/a"), Literal(1)),
        (NamedNode("http://x/a"), None),
        (NamedNode("http://x/a"), None),
    ],
)


#: The answer to an ASK, in place of rows.
YES = {"answer": {"head": {}, "boolean": True}}
YES["sha256"] = recordings._hash(YES["answer"])


class Answers:
    """A neighbour that knows one answer."""

    def answer(self, request):
        return ROWS


@pytest.fixture
def kept(tmp_path):
    """A recording of one answer, in its file."""
    recorder = Recorder()
    recorder.of(Answers()).answer(REQUEST)
    recording = Recording("2026-11-23", "a copy", tuple(recorder.calls), tmp_path / "x.recorded.json")
    recording.write()
    return recording


def test_round_trip(kept):
    """Rows come back as they were, doubles and gaps included."""
    read = Recording.read(kept.path)

    assert read == kept
    assert Recorded(read, REQUEST.service).answer(REQUEST) == ROWS


def test_same_bytes(kept):
    """Writing again gives the same bytes."""
    assert Recording.read(kept.path).write() == kept.path.read_bytes()


def test_rows_without_columns(tmp_path):
    """A block without variables is so or not, as often as its rows say."""
    rows = Rows((), [(), ()])
    recorder = Recorder()
    recorder.of(type("N", (), {"answer": lambda self, request: rows})()).answer(REQUEST)
    recording = Recording("2026-11-23", "a copy", tuple(recorder.calls), tmp_path / "x.recorded.json")
    recording.write()

    assert Recorded(Recording.read(recording.path), REQUEST.service).answer(REQUEST) == rows


@pytest.mark.parametrize(
    "other",
    [
        REQUEST._replace(inside=" ?x ?q ?y "),
        REQUEST._replace(head="PREFIX x: <http://x/>\n"),
        REQUEST._replace(seeds=[(NamedNode("http://x/b"),)]),
        REQUEST._replace(seeds=[]),
        REQUEST._replace(columns=("y",)),
        REQUEST._replace(gives=("p", "q", "x", "y")),
    ],
)
def test_another_question(kept, other):
    """What was not asked is not answered."""
    with pytest.raises(SourceError, match="answers another question"):
        Recorded(kept, REQUEST.service).answer(other)


def test_another_service(kept):
    """One service does not answer for another."""
    with pytest.raises(SourceError, match=r"holds no answer of http://b\.example/"):
        Recorded(kept, "http://b.example/").answer(REQUEST)


def test_white_space_is_no_other_question(kept):
    """A block that is only laid out anew is the same question."""
    assert Recorded(kept, REQUEST.service).answer(REQUEST._replace(inside="\n  ?x   ?p\t?y\n")) == ROWS


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept: kept["calls"][0]["answer"]["results"]["bindings"].pop(), "are not those recorded"),
        (lambda kept: kept.pop("day"), "is no recording"),
        (lambda kept: kept.update(day="yesterday"), "is no recording"),
        (lambda kept: kept.update(day="2026-13-01"), "is no recording"),
        (lambda kept: kept["calls"][0].update(YES), "is no recording"),
        (lambda kept: kept["calls"][0].pop("sha256"), "is no recording"),
        (lambda kept: kept.update(calls=3), "is no recording"),
    ],
)
def test_changed_by_hand(kept, change, words):
    """A recording that is not as it was written is refused."""
    data = json.loads(kept.path.read_bytes())
    change(data)
    kept.path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(SourceError, match=words):
        Recording.read(kept.path)


def test_no_json(tmp_path):
    """A file of another kind is refused with its name."""
    path = tmp_path / "x.recorded.json"
    for data in (b"\xff{", b'{"calls": ' * 100_000):
        path.write_bytes(data)
        with pytest.raises(SourceError, match=r"x\.recorded\.json: is no recording"):
            Recording.read(path)


def test_record(tmp_path):
    """The command keeps what the neighbours say, and the question is answered from it at once."""
    folder = release.below(tmp_path) / "queries" / "federated"
    folder.mkdir(parents=True)
    name = "careers"
    (folder / f"{name}.rq").write_bytes(federated.find(root(), name).path.read_bytes())
    with neighbour("wikidata") as wikidata:
        ran = ukjapan(
            "link", "record", name, "--root", str(tmp_path), "--date", "2026-11-23", "--origin", "a slice",
            "--service", f"{WIKIDATA}={wikidata.address}",
        )  # fmt: skip

    assert (ran.code, ran.out) == (0, "careers.recorded.json: 52 rows of Wikidata\n")
    shipped = json.loads(federated.find(root(), name).recording_path.read_bytes())
    ours = json.loads((folder / f"{name}.recorded.json").read_bytes())
    assert ours["calls"] == shipped["calls"]
    assert ukjapan("link", "ask", name, "--root", str(tmp_path)).code == 0


def test_nothing_half_recorded(tmp_path):
    """A neighbour that fails leaves no recording."""
    folder = release.below(tmp_path) / "queries" / "federated"
    folder.mkdir(parents=True)
    (folder / "careers.rq").write_bytes(federated.find(root(), "careers").path.read_bytes())

    ran = ukjapan(
        "link", "record", "--root", str(tmp_path), "--date", "2026-11-23",
        "--service", f"{WIKIDATA}=http://127.0.0.1:9/",
    )  # fmt: skip

    assert "http://127.0.0.1:9/: no answer" in ran.err
    assert ran.code == 3 and [path.name for path in folder.iterdir()] == ["careers.rq"]


@pytest.mark.parametrize("day", ["today", "2026-13-01", "20261123", "\u0662\u0660\u0662\u0666-11-23"])
def test_a_day_is_needed(day):
    """A recording without its day is worth nothing."""
    assert ukjapan("link", "record").code == 2
    ran = ukjapan("link", "record", "--date", day)
    assert (ran.code, "is no date" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--service", "http://wikidata.example=http://b.example"), "asks no such service"),
        (("--user", "me"), "no option --user"),
    ],
)
def test_nobody_else_is_asked(options, words):
    """A mirror of a service that no question asks is a mistake, and not passed over; nobody gets credentials."""
    ran = ukjapan("link", "record", "careers", "--date", "2026-11-23", *options)
    assert (ran.code, ran.out) == (2, "") and words in ran.err


def test_the_release_of_the_project(tmp_path):
    """A project's questions are asked of its own release, and judged by it too."""
    folder = tmp_path / "queries" / "federated"
    folder.mkdir(parents=True)
    (tmp_path / "graph").mkdir()
    for suffix in (".rq", ".recorded.json"):
        source = federated.find(root(), "careers").path.with_suffix(suffix)
        (folder / source.name).write_bytes(source.read_bytes())
    (tmp_path / "graph" / "ukjapan-graph.nq").write_bytes(b"")
    for verb in (("ask", "careers"), ("check",), ("record", "--date", "2026-11-23")):
        ran = ukjapan("link", *verb, "--root", str(tmp_path))
        # Of a graph without a person nothing has to be asked.
        assert ran.code == 0, ran.err
    assert json.loads((folder / "careers.recorded.json").read_bytes())["calls"] == []


def test_stale(tmp_path):
    """A recording that answers no question, or another one than is asked now, is one finding."""
    folder = tmp_path / "queries" / "federated"
    folder.mkdir(parents=True)
    found = federated.find(root(), "careers")
    text = found.path.read_text(encoding="utf-8")
    (folder / "careers.rq").write_text(text.replace("pqv:P580 ?start", "pqv:P581 ?start"))
    (folder / "careers.recorded.json").write_bytes(found.recording_path.read_bytes())
    (folder / "lost.recorded.json").write_bytes(found.recording_path.read_bytes())
    engine = Embedded(release.store())

    findings = federated.stale(tmp_path, engine)

    assert [(finding.focus, finding.check) for finding in findings] == [
        ("careers", "link:recording"),
        ("lost", "link:recording"),
    ]
    assert "answers another question" in findings[0].message
    assert federated.stale(root(), engine) == []
