"""The links and the recordings put to neighbours on loopback."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

import neighbours
import release
from commands import ukjapan
from fake_server import Reply, serving
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.data.sssom import parse
from ukjapan_graph.errors import RemoteError
from ukjapan_graph.linking.neighbours import federated, live
from ukjapan_graph.linking.neighbours.recordings import Call, Recording
from ukjapan_graph.linking.neighbours.requests import SKOLEM
from ukjapan_graph.remote.access import Access
from ukjapan_graph.resources import root

WD = "http://www.wikidata.org/entity/"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SAME = NamedNode("http://www.w3.org/2002/07/owl#sameAs")


def in_order():
    """For each neighbour that answers SPARQL, a store in which every target is there under its name.

    Neighbours behind one service share its store.
    """
    stores = {}
    for path in sorted((root() / "graph" / "links").glob("*.sssom.tsv")):
        name = path.name.removesuffix(".sssom.tsv")
        if name not in live.ASKED:
            continue
        found, _ = parse(path.read_bytes(), path.name)
        service = live.ASKED[name].service
        stores[name] = next((stores[n] for n in stores if live.ASKED[n].service == service), None) or Store()
        label = NamedNode(live.ASKED[name].label.strip("<>"))
        for row in found.rows:
            text = Literal(row.get("object_label") or "some name", language="en")
            stores[name].add(Quad(NamedNode(found.iri(row.get("object_id"))), label, text))
    return stores


def checked(stores):
    """What a live check of the links finds in ``stores``."""

    def select(service):
        name = next(name for name, asked in live.ASKED.items() if asked.service == service)
        return Embedded(stores[name], merged=True).select

    return live.check_links(root(), select, lambda *_: None)


def test_in_order():
    """Where every target is there and called as it was, nothing is found."""
    outcome = checked(in_order())

    assert (outcome.findings, outcome.failures) == ([], [])
    assert outcome.checked > 190


def delete(store, item):
    """Take all that ``store`` says of ``item``."""
    for quad in list(store.quads_for_pattern(item, None, None)):
        store.remove(quad)


def called(name, language):
    """What gives an item another name."""

    def spoil(store, item):
        delete(store, item)
        store.add(Quad(item, LABEL, Literal(name, language=language)))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "check", "words"),
    [
        (delete, "link:gone", "deleted"),
        (lambda store, item: store.add(Quad(item, SAME, NamedNode(WD + "Q1"))), "link:moved", f"merged into {WD}Q1"),
        (called("Guy Fawkes", "en"), "link:label", "no longer called 'Boris Johnson'.*Guy Fawkes"),
        (called("ボリス", "ja"), "link:label", "no English label"),
    ],
)  # fmt: skip
def test_one_thing_wrong(spoil, check, words):
    """A target merged, deleted or renamed is one finding, at the line of its mapping."""
    stores = in_order()
    spoil(stores["wikidata"], NamedNode(WD + "Q180589"))

    (finding,) = checked(stores).findings

    assert (finding.path, finding.focus, finding.check) == (
        "graph/links/wikidata.sssom.tsv", "person:boris-johnson", check,
    )  # fmt: skip
    assert finding.line > 30 and re.search(words, str(finding))


def test_a_name_for_every_language():
    """What Wikidata calls a person in all languages at once is a label like the English one."""
    stores = in_order()
    item = NamedNode(WD + "Q180589")
    delete(stores["wikidata"], item)
    stores["wikidata"].add(Quad(item, LABEL, Literal("Boris Johnson", language="mul")))

    assert checked(stores).findings == []


def test_a_concept_withdrawn():
    """A concept that its thesaurus has deprecated is one finding."""
    stores = in_order()
    stores["eurovoc"].add(
        Quad(
            NamedNode("http://eurovoc.europa.eu/4727"),
            NamedNode("http://www.w3.org/2002/07/owl#deprecated"),
            Literal(True),
        )
    )

    assert {finding.check for finding in checked(stores).findings} == {"link:withdrawn"}


def test_a_neighbour_that_fails():
    """The others are still asked; the failure says how much was not checked."""
    stores = in_order()

    def select(service):
        if "wikidata" in service:
            return Remote(Access("http://127.0.0.1:9/"), seconds=2).as_it_stands
        name = next(name for name, asked in live.ASKED.items() if asked.service == service)
        return Embedded(stores[name], merged=True).select

    outcome = live.check_links(root(), select, lambda *_: None)

    (failure,) = outcome.failures
    assert isinstance(failure, RemoteError)
    assert "Wikidata: http://127.0.0.1:9/: no answer" in str(failure)
    assert "targets are not checked" in str(failure)
    assert outcome.findings == [] and outcome.checked > 100


def test_fewer_rows_than_last_time(tmp_path):
    """Rows that a neighbour no longer gives are one finding for each question; more rows are worth a note."""
    folder = tmp_path / "queries" / "federated"
    folder.mkdir(parents=True)
    for suffix in (".rq", ".recorded.json"):
        source = federated.find(root(), "careers").path.with_suffix(suffix)
        (folder / source.name).write_bytes(source.read_bytes())
    recording = Recording.read(folder / "careers.recorded.json")
    rows = recording.calls[0].rows

    def run(change):
        class Neighbour:
            def answer(self, request):
                return change(rows)

        def ask(found, recorder):
            asked = {"service": neighbours.WIKIDATA, "hash": recording.calls[0].request}
            recorder.of(Neighbour()).answer(type("R", (), asked))

        return live.check_questions(tmp_path, Embedded(release.store()), ask)

    assert run(lambda rows: rows).findings == []
    (finding,) = run(lambda rows: Rows(rows.columns, rows.rows[2:])).findings
    assert "no longer gives 2 of the rows recorded on 2026-11-23" in finding.message
    more = run(lambda rows: Rows(rows.columns, [*rows.rows, (None, *rows.rows[0][1:])]))
    assert more.findings == [] and "1 rows that were not recorded" in more.notes[0]


def checked_against(tmp_path, then, now):
    """What comes of checking a question that was answered by the calls ``then`` and is answered by ``now``."""
    folder = tmp_path / "queries" / "federated"
    folder.mkdir(parents=True)
    (folder / "careers.rq").write_bytes(federated.find(root(), "careers").path.read_bytes())
    Recording("2026-11-23", "a copy", tuple(then), folder / "careers.recorded.json").write()
    return live.check_questions(
        tmp_path, Embedded(release.store()), lambda found, recorder: recorder.calls.extend(now)
    )


def call(service, request, *values):
    """What ``service`` answered to ``request``: rows of one cell."""
    cells = [{"x": {"type": "literal", "value": value}} for value in values]
    return Call(service, request, {"head": {"vars": ["x"]}, "results": {"bindings": cells}})


def test_a_part_that_is_asked_no_more(tmp_path):
    """Where one part has nothing more to be asked for, its rows are missed, and the other is set against its own."""
    then = [call("http://a/", "one", "1"), call("http://b/", "two", "2", "3")]
    outcome = checked_against(tmp_path, then, [call("http://b/", "two", "2", "3")])
    (finding,) = outcome.findings
    assert "http://a/ no longer gives 1 of the rows" in finding.message
    assert outcome.notes == []


def test_rows_of_another_question_are_not_compared(tmp_path):
    """A recording that answers another question is one finding: what the neighbour gives now says nothing of it."""
    then = [call("http://a/", "one", "1"), call("http://b/", "two", "2")]
    now = [call("http://a/", "other", "7"), call("http://b/", "another", "8")]
    outcome = checked_against(tmp_path, then, now)
    (finding,) = outcome.findings
    assert (finding.check, "another question of http://a/" in finding.message) == ("link:recording", True)
    assert outcome.notes == []


@pytest.mark.parametrize(("name", "slice_"), [("careers", "wikidata"), ("areas-in-languages", "eurovoc")])
def test_names_of_the_neighbours_own_are_no_difference(name, slice_):
    """What a neighbour calls its statements and labels is not asked for, so that it may change."""
    text = (neighbours.FOLDER / f"{slice_}.ttl").read_text(encoding="utf-8")
    text = text.replace("/entity/statement/>", "/entity/statement/other->").replace("ev:xl_", "ev:other_")
    store = Store()
    store.load(text.encode(), format=RdfFormat.TURTLE)
    with neighbours.answering(store) as fake:

        def run(found, recorder):
            where = dict.fromkeys(found.services.values(), fake.address)
            engine = Embedded(release.store())
            if found.query.name == name:
                federated.live(found, engine, where, seconds=20, size=10_000_000, recorder=recorder)

        outcome = live.check_questions(root(), Embedded(release.store()), run)

    assert fake.requests
    assert [finding for finding in outcome.findings if finding.focus == name] == []
    assert [note for note in outcome.notes if note.startswith(f"{name}:")] == []


def test_blank_nodes_are_no_difference():
    """A blank node has another name each time, which is no change at the neighbour."""
    then, now = (Rows(("x",), [(NamedNode(f"{SKOLEM}{name}"),), (Literal(name),)]) for name in ("one", "two"))

    assert live._difference(then, now) == (["x=one"], ["x=two"])


def test_two_parts_of_one_neighbour(tmp_path):
    """Each part of a question is set against its own recording, though one neighbour answers both."""
    folder = release.below(tmp_path) / "queries" / "federated"
    folder.mkdir(parents=True)
    text = federated.find(root(), "careers").path.read_text(encoding="utf-8")
    more = "?person ?from ?until ?office ?post ?name"
    text = text.replace("?person ?from ?until ?office ?post", more, 1).replace(
        "#+   post: ", '#+   name: "its name"\n#+   post: '
    )
    text = text.replace(
        "\n}\nORDER", f"\n  SERVICE <{neighbours.WIKIDATA}> {{ ?item rdfs:label ?name }}\n}}\nORDER"
    )
    (folder / "careers.rq").write_text(text, encoding="utf-8")
    with neighbours.neighbour("wikidata") as wikidata:
        where = f"{neighbours.WIKIDATA}={wikidata.address}"
        ran = ukjapan("link", "record", "--root", str(tmp_path), "--date", "2026-11-23", "--service", where)
        assert (ran.code, ran.err) == (0, "")
        found = federated.find(tmp_path, "careers")

        def run(found, recorder):
            federated.live(
                found, Embedded(release.store()), {neighbours.WIKIDATA: wikidata.address},
                seconds=20, size=10_000_000, recorder=recorder,
            )  # fmt: skip

        outcome = live.check_questions(tmp_path, Embedded(release.store()), run)

    assert len(Recording.read(found.recording_path).calls) == 2
    assert (outcome.findings, outcome.failures, outcome.notes, outcome.checked) == ([], [], [], 1)


def test_the_command():
    """Findings on standard output; a neighbour that fails is named, and the exit code says so."""
    with neighbours.neighbour("wikidata") as wikidata, neighbours.neighbour("eurovoc") as eurovoc:
        ran = ukjapan(
            "link", "check", "--live", "--timeout", "20",
            "--service", f"{neighbours.WIKIDATA}={wikidata.address}",
            "--service", f"{neighbours.EUROVOC}={eurovoc.address}",
            "--service", "https://dbpedia.org/sparql=http://127.0.0.1:9/",
        )  # fmt: skip

    assert ran.code == 3
    assert "DBpedia: http://127.0.0.1:9/: no answer" in ran.err
    assert "area:cyber-security: the neighbour knows nothing of eurovoc:3027" in ran.out
    assert "eurovoc:1743" not in ran.out and "wd:Q58282" not in ran.out
    assert "other-treaties: nothing was recorded of it before" in ran.err
    assert "[link:rows]" not in ran.out


@pytest.mark.parametrize("fault", sorted(set(neighbours.FAULTS) - {"too large"}))
def test_faults(fault):
    """Whatever a neighbour does in place of answering: named, with what was not checked; no finding is made of it."""
    reply, _, words = neighbours.FAULTS[fault]
    # The first neighbour is DBpedia, and it alone fails; the others are not there.
    replies = (reply, neighbours.COUNT, Reply(500)) if "candidates" in fault else (reply, Reply(500))
    with serving(*replies) as fake:
        services = [f"{service}={fake.address}" for service in live.services([])]
        options = ["--timeout", "0.3"] if fault == "slow" else []
        ran = ukjapan(
            "link", "check", "--live", *options, *(part for pair in services for part in ("--service", pair))
        )

    assert (ran.code, ran.out) == (3, "")
    (line,) = (line for line in ran.err.splitlines() if line.startswith("DBpedia: "))
    assert re.search(words, line) and re.search(r"(\d+) of its \1 targets are not checked", line)


def test_a_limit_everywhere():
    """Where all that fails fails by a limit, the exit code says so."""
    with serving(Reply(silent=3)) as fake:
        services = [f"{service}={fake.address}" for service in live.services([])]
        ran = ukjapan(
            "link", "check", "--live", "--timeout", "0.2",
            *(part for pair in services for part in ("--service", pair)),
        )  # fmt: skip

    assert (ran.code, ran.out) == (4, "")


def test_a_web_page_in_place_of_an_answer():
    """A neighbour that answers with a page is a failure, not findings for all its targets."""
    page = Reply(body=b"<html>Wikidata is being mended</html>", media="text/html")
    with serving(page) as fake:
        services = [f"{service}={fake.address}" for service in live.services([])]
        ran = ukjapan("link", "check", "--live", *(part for pair in services for part in ("--service", pair)))

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("Wikidata is being mended") >= 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--live", "x.sssom.tsv"), "leave the files out"),
        (("--service", "http://a.example=http://b.example"), "goes with --live"),
        (("--live", "--service", "http://a.example=http://b.example"), "nothing is asked of it"),
    ],
)
def test_wrong_options(arguments, words):
    """Options that make no sense together are refused."""
    ran = ukjapan("link", "check", *arguments)

    assert ran.code == 2 and words in ran.err
