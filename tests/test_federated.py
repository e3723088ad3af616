"""The saved questions that neighbours answer in part: their files, and their answers by the recordings."""

from pathlib import Path

import pytest

import release
from commands import ukjapan
from fake_server import Reply, serving
from neighbours import EUROVOC, WIKIDATA, neighbour
from servers import oxigraph
from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.answering.labels import short
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.api import KnowledgeGraph
from ukjapan_graph.errors import RemoteError, SourceError, UnknownNameError, UsageError
from ukjapan_graph.linking.neighbours import federated
from ukjapan_graph.linking.neighbours.recordings import Recording
from ukjapan_graph.querying.query_rules import problems
from ukjapan_graph.remote.access import Access
from ukjapan_graph.resources import root

NAMES = [found.query.name for found in federated.read_all(root())]
RECORDED = [name for name in NAMES if federated.find(root(), name).recording_path.is_file()]
EXPECTED = Path(__file__).parent / "expected" / "federated"
#: What each question finds in the slices and in what was made up beside them.
INVENTED = {
    "other-treaties": "wd:Q999000001,Invented Agreement on Tests,2099,",
    "other-meetings": "wd:Q999000005,Invented Meeting,,person:william-hague",
}


def live(found, *slices, **more):
    """The rows of ``found`` when neighbours on loopback answer it from ``slices``."""
    with neighbour("wikidata", *slices) as wikidata, neighbour("eurovoc") as eurovoc:
        where = {WIKIDATA: wikidata.address, EUROVOC: eurovoc.address}
        here = {service: url for service, url in where.items() if service in found.services.values()}
        return federated.live(found, Embedded(release.store()), here, seconds=20, size=10_000_000, **more)


def test_there_are_some():
    """The questions that the neighbours are for."""
    assert {"signatories-in-office", "areas-in-languages", "other-treaties", "other-meetings"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_in_order(name):
    """A federated question keeps the rules of every saved question, and names the services that it asks."""
    assert problems(federated.find(root(), name).path) == []


@pytest.mark.parametrize("name", RECORDED)
def test_frozen(name):
    """By the recording, the answer is the frozen one; standard error says whose it is, of when and whence."""
    ran = ukjapan("link", "ask", name, "--format", "csv", "--ids")

    assert ran.out.encode() == (EXPECTED / f"{name}.csv").read_bytes()
    assert ran.code == 0
    kept = Recording.read(federated.find(root(), name).recording_path)
    for words in (*federated.find(root(), name).services, kept.day, "not asked now", kept.origin):
        assert words in ran.err


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("batch", [3, 50])
def test_live(name, batch):
    """Neighbours that hold the slices give what was recorded of them, whatever the size of a request."""
    found = federated.find(root(), name)
    rows = live(found, batch=batch)
    if name in RECORDED:
        assert rows == federated.from_recording(found, Embedded(release.store()))[0]
    else:
        assert rows.rows == []


@pytest.mark.parametrize("name", INVENTED)
def test_what_was_made_up(name):
    """A question finds what a neighbour has, and not what only looks like it."""
    with neighbour("wikidata", "invented") as wikidata:
        ran = ukjapan(
            "link", "ask", name, "--service", f"{WIKIDATA}={wikidata.address}", "--format", "csv", "--ids"
        )

    assert INVENTED[name] in ran.out.split("\r\n")
    assert "Song" not in ran.out


def test_identifiers_that_differ():
    """A neighbour's identifier other than ours is shown as different, beside one that confirms if there is one."""
    found = federated.find(root(), "links-confirmed")
    verdicts = {
        (short(row[0]), row[4] and row[4].value): row[5].value for row in live(found, "invented").rows
    }

    assert verdicts[("organisation:united-nations", "made-up")] == "different"
    assert verdicts[("state:united-states", "made-up")] == "different"
    assert verdicts[("state:united-states", "130168302")] == "confirmed"
    assert verdicts[("state:united-kingdom", "0000 0001 2248 3427")] == "confirmed"
    assert verdicts[("place:asia", None)] == "silent"


def test_what_the_neighbour_calls_wrong():
    """A statement that Wikidata has deprecated is no answer."""
    found = federated.find(root(), "signatories-in-office")
    offices = {row[3].value for row in live(found, "invented").rows}

    assert "ambassador to the United Kingdom" in offices
    assert "Invented Office" not in offices


@pytest.mark.parametrize("name", ["careers", "signatories-in-office"])
def test_vague_dates(name):
    """What Wikidata knows by its month or year is shown so and holds for all of it; a decade says too little."""
    rows = live(federated.find(root(), name), "invented")
    columns = [rows.columns.index(column) for column in ("from", "until")]
    found = {
        tuple((row[i].value, short(row[i].datatype)) for i in columns)
        for row in rows.rows
        if any(getattr(term, "value", "") == "Invented Vague Office" for term in row)
    }

    assert found == {(("2013-07", "xsd:gYearMonth"), ("2013", "xsd:gYear"))}


def test_a_question_without_a_recording():
    """What was never recorded is not answered out of nothing."""
    ran = ukjapan("link", "ask", "other-treaties")

    assert (ran.code, ran.out) == (3, "")
    assert "nothing is recorded for this question" in ran.err and "--live" in ran.err


def test_nothing_in_a_part(tmp_path):
    """Where a recording is of a part, no row in it does not say that the neighbour has none."""
    folder = release.below(tmp_path) / "queries" / "federated"
    folder.mkdir(parents=True)
    (folder / "other-meetings.rq").write_bytes(federated.find(root(), "other-meetings").path.read_bytes())
    with neighbour("eurovoc") as empty:
        arguments = (
            "--root",
            str(tmp_path),
            "--date",
            "2026-11-23",
            "--service",
            f"{WIKIDATA}={empty.address}",
        )
        assert ukjapan("link", "record", "other-meetings", *arguments).code == 0
        ran = ukjapan("link", "ask", "other-meetings", "--root", str(tmp_path))

        assert ran.code == 0
        assert ran.out == "No row in what was recorded, which is not all that Wikidata has\n"
        assert f"from {empty.address} in place of {WIKIDATA}" in ran.err


@pytest.mark.parametrize("name", ["careers", "coordinates"])
def test_asked_like_any_other(name):
    """``ukjapan ask`` and ``ukjapan queries`` know these questions too."""
    assert ukjapan("ask", name, "--format", "csv", "--ids") == ukjapan(
        "link", "ask", name, "--format", "csv", "--ids"
    )
    assert name in ukjapan("ask").out and name in ukjapan("queries", "--tag", "federated").out
    assert "SERVICE <https://query.wikidata.org/sparql>" in ukjapan("queries", "show", name).out


def test_a_store_without_the_release():
    """A store that does not hold the graph is not asked: its silence would be read as the neighbours'."""
    with neighbour("wikidata") as store:
        ran = ukjapan("ask", "careers", "--endpoint", store.address)

    assert (ran.code, ran.out) == (3, "")
    assert len(store.requests) <= 2


def test_a_store_that_fails():
    """Where a store fails, the neighbours that it has to ask are named: Oxigraph, for one, only breaks off."""
    found = federated.find(root(), "careers")
    with serving(Reply(body=b'{"head": {"vars": ["person"]}, "results": {"bindings": [')) as store:
        asked = Remote(Access(store.address))
        with pytest.raises(RemoteError, match=r"breaks off.*has to ask Wikidata itself"):
            federated.elsewhere(found, asked)


def test_from_python():
    """The same from Python: by the recording, which is named, or live; or refused."""
    graph = KnowledgeGraph(release.store())
    rows, recording = graph.ask_neighbours("coordinates")

    assert [row[1].value for row in rows.rows] == [
        "Point(136.0 35.0)", "Point(-2.0 54.6)", "Point(-98.5795 39.828175)",
    ]  # fmt: skip
    assert "Q17" in recording.origin
    with neighbour("wikidata") as wikidata:
        services = {WIKIDATA: wikidata.address}
        assert graph.ask_neighbours("coordinates", live=True, services=services) == (rows, None)
        with pytest.raises(UsageError, match="live=True"):
            graph.ask_neighbours("coordinates", services=services)
        with pytest.raises(UsageError, match="asks no such service"):
            graph.ask_neighbours("areas-in-languages", live=True, services=services)
    with pytest.raises(UnknownNameError):
        graph.ask_neighbours("coordinate")
    with pytest.raises(UsageError, match="ask_neighbours"):
        graph.ask("coordinates")
    assert "Did you mean careers" in ukjapan("ask", "carers").err


def test_there_is_no_such_question():
    """A wrong name shows the right one."""
    with pytest.raises(UnknownNameError, match="Did you mean careers"):
        federated.find(root(), "carers")


def test_the_list():
    """Without a name, the questions."""
    ran = ukjapan("link", "ask")

    assert ran.code == 0 and all(name in ran.out for name in NAMES)


def test_a_neighbour_that_is_down():
    """The neighbour is named, with what there would have been; nothing is on standard output."""
    ran = ukjapan("link", "ask", "careers", "--service", f"{WIKIDATA}=http://127.0.0.1:9/sparql")

    assert (ran.code, ran.out) == (3, "")
    for words in (
        WIKIDATA,
        "http://127.0.0.1:9/sparql",
        "no from, until, office, post for 14 of the 14 rows",
        "(line 28 of the query)",
    ):
        assert words in ran.err


@pytest.mark.parametrize(
    ("old", "new"),
    [("LANG(?office)", "LNG(?office)"), ("SERVICE <", "SERVICE SILENT <"), ("SELECT", "SELECT SELECT")],
)
def test_lines_are_those_of_the_file(tmp_path, old, new):
    """A complaint about the text counts lines from the start of the file, header and all."""
    folder = release.below(tmp_path) / "queries" / "federated"
    folder.mkdir(parents=True)
    text = federated.find(root(), "careers").path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    (folder / "careers.rq").write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = ukjapan("link", "ask", "careers", "--root", str(tmp_path), "--live")
    assert ran.code == 2
    assert f"query: line {line}, " in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--service", "http://a.example"), "write SERVICE=URL"),
        (("--service", "http://a.example=http://b.example"), "asks no such service"),
        (
            ("--service", f"{WIKIDATA}=http://127.0.0.1:9/", "--service", f"{WIKIDATA}=http://127.0.0.1:8/"),
            "twice",
        ),
        (("--endpoint", "http://127.0.0.1:9/", "--live"), "leave --live and --service out"),
        (("--live", "--timeout", "soon"), "number of seconds"),
        (("--live", "--user", "me"), "--user goes with --endpoint"),
        (("--ca", "ca.pem"), "--ca goes with"),
    ],
)
def test_wrong_options(arguments, words):
    """Options that make no sense are refused, with what does."""
    ran = ukjapan("link", "ask", "careers", *arguments)

    assert (ran.code, ran.out) == (2, "") and words in ran.err


def test_header_and_text_agree(tmp_path):
    """A service that only the header names, or only the text, is a finding with its line."""
    text = federated.find(root(), "careers").path.read_text(encoding="utf-8")
    path = tmp_path / "careers.rq"
    path.write_text(text.replace('"https://query.wikidata.org/sparql"', '"https://query.wikidata.org/other"'))

    assert [(finding.line, finding.check) for finding in problems(path)] == [
        (5, "query:services"),
        (28, "query:services"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SERVICE <", "SERVICE SILENT <", "SILENT is refused"),
        ("  SERVICE <", "  FILTER(?person != ?item) SERVICE <", "put FILTER after"),
        ("LANG(?office)", "LNG(?office)", "not SPARQL here"),
        (
            "?item p:P39 ?held .",
            "OPTIONAL { ?item p:P39 ?held }",
            "begin the block with a triple about ?item",
        ),
    ],
)
def test_a_service_that_cannot_be_sent_on(tmp_path, old, new, words):
    """What the executor would refuse is a finding before anybody runs it."""
    path = tmp_path / "careers.rq"
    path.write_text(federated.find(root(), "careers").path.read_text(encoding="utf-8").replace(old, new))

    assert words in " ".join(finding.message for finding in problems(path))


def test_a_header_without_services(tmp_path):
    """A question in the folder that asks nobody else belongs elsewhere."""
    path = tmp_path / "careers.rq"
    lines = federated.find(root(), "careers").path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(line for line in lines if "ervices:" not in line and "Wikidata: " not in line))

    with pytest.raises(SourceError, match="has no services"):
        federated.read_one(path)


def test_only_services_of_the_header_are_asked(tmp_path):
    """A text with another service than its header asks nobody."""
    found = federated.find(root(), "careers")
    other = found._replace(services={"Wikidata": "http://a.example/"})

    with pytest.raises(UsageError, match="is refused"):
        federated.live(other, Embedded(release.store()), {}, seconds=1, size=1)


@pytest.mark.server
def test_a_store_that_asks_the_neighbours_itself(tmp_path):
    """A triple store that runs the file as it lies, services and all, gives the same rows as the executor here."""
    import urllib.request

    with oxigraph(tmp_path / "here", "--union-default-graph") as here, oxigraph(tmp_path / "there") as there:
        graph = (root() / "graph" / "ukjapan-graph.nq").read_bytes()
        for server, data, media in (
            (here, graph, "application/n-quads"),
            *((there, (Path(__file__).parent / "slices" / f"{name}.ttl").read_bytes(), "text/turtle")
              for name in ("wikidata", "eurovoc", "invented")),
        ):  # fmt: skip
            base = server.address.rstrip("/")
            target = f"{base}/store" if media.endswith("quads") else f"{base}/store?default"
            request = urllib.request.Request(target, data, {"Content-Type": media}, method="POST")
            urllib.request.urlopen(request).close()
        service = there.address.rstrip("/") + "/query"
        for name in NAMES:
            found = federated.find(root(), name)
            text = found.query.text
            for address in found.services.values():
                text = text.replace(address, service)
            moved = found._replace(
                query=found.query._replace(text=text), services=dict.fromkeys(found.services, service)
            )
            ours = federated.live(moved, Embedded(release.store()), {}, seconds=30, size=10_000_000)
            theirs = federated.elsewhere(
                moved, Remote(Access(here.address.rstrip("/") + "/query"), seconds=60)
            )
            assert ours == theirs, name
            assert ours.rows, name
