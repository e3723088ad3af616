"""Recordings: the same bytes for the same answers, and never an answer to another question."""

import json

import pytest
from pyoxigraph import Literal, NamedNode

import release
from commands import ukjapan
from neighbours import WIKIDATA, neighbour
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.errors import SourceError
from ukjapan_graph.linking.neighbours import federated
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
    path.write_bytes(b"\xff{")

    with pytest.raises(SourceError, match=r"x\.recorded\.json: is no recording"):
        Recording.read(path)


def test_record(tmp_path):
    """The command keeps what the neighbours say, and the question is answered from it at once."""
    folder = tmp_path / "queries" / "federated"
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
    folder = tmp_path / "queries" / "federated"
    folder.mkdir(parents=True)
    (folder / "careers.rq").write_bytes(federated.find(root(), "careers").path.read_bytes())

    ran = ukjapan(
        "link", "record", "--root", str(tmp_path), "--date", "2026-11-23",
        "--service", f"{WIKIDATA}=http://127.0.0.1:9/",
    )  # fmt: skip

    assert ran.code == 3 and [path.name for path in folder.iterdir()] == ["careers.rq"]


def test_a_day_is_needed():
    """A recording without its day is worth nothing."""
    assert ukjapan("link", "record").code == 2
    assert ukjapan("link", "record", "--date", "today").code == 2


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
