"""The judge of the data, each part on its own fault, and the command that asks it."""

import json
import re

import pytest
import rdflib

from judged_project import CHECK, DOCUMENT, TERMS, change, make, term
from small_project import FIRST_LINE, HEADER, put
from ukjapan_graph import resources
from ukjapan_graph.cli import validate as command
from ukjapan_graph.data.build import write_release
from ukjapan_graph.errors import DONE, FINDINGS, UkjapanError, UsageError
from ukjapan_graph.judging import validation

LOG = "graph/documents/log.trig"
BOATS = "graph/entities/boats.ttl"


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def line_of(text, part):
    """Line of ``part`` in a file of prefixes and ``text``."""
    return FIRST_LINE + text[: text.index(part)].count("\n")


def found(root, **options):
    """Place, focus and judge of each finding."""
    return [f[:4] for f in validation.validate(root, **options).findings]


def test_this_project_has_no_findings():
    """The project itself satisfies every judge."""
    report = validation.validate(resources.root())
    assert [str(verdict) for verdict in report.verdicts] == []
    assert report.conforms


def test_no_findings_in_a_project_without_faults(root):
    """What is in order conforms."""
    assert validation.validate(root) == ((), ())
    assert validation.validate(root).conforms


@pytest.mark.parametrize(
    ("part", "name", "old", "new", "expected"),
    [
        (
            "sources", LOG, "passage:log.S1 {\n", "passage:log.S2 {\n",
            (LOG, line_of(DOCUMENT, "passage:log.S1 {"), "passage:log.S2", "passage-described"),
        ),
        (
            "terms", LOG, "event:blue ukj:carries", "event:blue ukj:caries",
            (LOG, line_of(DOCUMENT, "event:blue ukj"), "ukj:caries", "terms:defined"),
        ),
        (
            "terms", "ontology/terms.ttl", "dcterms:source passage:log.S1 ; ", "",
            ("ontology/terms.ttl", line_of(TERMS, "ukj:Boat a"), "ukj:Boat", "terms:source"),
        ),
        (
            "shapes", LOG, "event:blue ukj:carries event:red .", "",
            (BOATS, FIRST_LINE, "event:blue", "shape:Boat-carries"),
        ),
        (
            "shapes", LOG, "event:red ukj:carries event:blue", "event:red ukj:carries document:log",
            (LOG, line_of(DOCUMENT, "event:red ukj"), "event:red", "shape:Boat-carries"),
        ),
        (
            "checks", LOG, "event:red ukj:carries event:blue", "event:red ukj:carries event:red",
            (LOG, line_of(DOCUMENT, "event:red ukj"), "event:red", "check:self-carrying"),
        ),
        (
            "checks", "queries/checks/self-carrying.rq", "#+ severity: violation\n", "",
            ("queries/checks/self-carrying.rq", 1, "", "readable"),
        ),
        (
            "queries", "queries/carried.rq", "ORDER BY ?what", "",
            ("queries/carried.rq", 6, "carried", "query:shape"),
        ),
        (
            "release", BOATS, "event:red a ukj:Boat", "event:red a ukj:Ferry",
            ("graph/ukjapan-graph.nq", 12, "", "release-fresh"),
        ),
    ],
)  # fmt: skip
def test_each_part_finds_its_fault(root, part, name, old, new, expected):
    """One thing broken is found by the part that looks at it, with its place, and alone."""
    change(root, name, old, new)
    findings = found(root, only=[part])
    if part == "release":
        assert [(finding[0], finding[3]) for finding in findings] == [(expected[0], expected[3])]
    else:
        assert findings == [expected]


def test_findings_of_all_parts_come_in_the_order_of_files(root):
    """All parts together report by file and line, each finding once."""
    old = "event:red ukj:carries event:blue"
    change(root, LOG, old, f"{old} , event:red , event:white")
    assert found(root) == [
        (LOG, line_of(DOCUMENT, "event:red ukj"), "event:red", "check:self-carrying"),
        (LOG, line_of(DOCUMENT, "event:red ukj"), "event:red", "shape:Boat-carries"),
        (LOG, line_of(DOCUMENT, "event:red ukj"), "event:white", "terms:defined"),
    ]


def test_a_warning_is_a_finding(root):
    """A warning is shown as one, and the project does not conform with it."""
    change(root, BOATS, '"blue"@en', '"blue"@en , "bleu"@fr')
    report = validation.validate(root, only=["shapes"])
    assert [v.breach.severity for v in report.verdicts] == ["warning"]
    assert str(report.verdicts[0]).endswith("one label will do [shape:Boat-label, warning]")
    assert not report.conforms


def test_what_cannot_be_read_is_reported_alone(root):
    """Where a file does not parse nothing else is judged, and the report says what was left out."""
    change(root, LOG, "event:red ukj:carries", "event:red")
    report = validation.validate(root, only=["sources", "shapes", "checks"])
    assert [f.check for f in report.findings] == ["readable"]
    assert report.unjudged == ("shapes", "checks")
    assert not report.conforms
    assert not validation.validate(root, only=["shapes"]).conforms


def test_what_is_out_of_place_does_not_hide_the_rest(root):
    """A fact outside any block is one finding, and shapes are judged with the classes that follow."""
    old = "passage:log.S1 {\n  event:blue ukj:carries event:red ."
    change(root, LOG, old, "event:blue a ukj:Ferry .\npassage:log.S1 {")
    assert [finding[2:] for finding in found(root, only=["sources", "shapes", "release"])] == [
        ("event:blue", "in-its-place"),
        ("event:blue", "shape:Boat-carries"),
    ]


def test_a_bad_rule_is_a_finding(root):
    """A rule that does not parse is reported with its file."""
    change(root, "ontology/rules/subclass.rq", "CONSTRUCT", "CONSTRUE")
    assert [finding[0] for finding in found(root)] == ["ontology/rules/subclass.rq"]


def test_without_pyshacl_the_error_says_what_to_install(root, monkeypatch):
    """Without pySHACL, shapes cannot be judged, and the message names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "pyshacl", None)
    with pytest.raises(UkjapanError, match=re.escape("ukjapan-graph[validate]")):
        validation.validate(root, only=["shapes"])


def test_rdflib_is_left_as_it_was(root):
    """The switch that keeps literals as written is put back, whatever it was."""
    for before in (True, False):
        rdflib.NORMALIZE_LITERALS = before
        try:
            validation.validate(root, only=["shapes"])
            assert rdflib.NORMALIZE_LITERALS is before
        finally:
            rdflib.NORMALIZE_LITERALS = True


def test_progress_names_the_parts(root):
    """Whoever waits is told which part, or check or query of it, is at work."""
    seen = []
    validation.validate(root, progress=lambda *step: seen.append(step))
    assert [step[0] for step in seen] == [
        "sources", "sources", "terms", "shapes", "checks", "self-carrying", "queries", "carried", "release",
        "external",
    ]  # fmt: skip
    assert all(done < total for _, done, total in seen)


def test_a_draft_is_judged_as_part_of_the_project(root, tmp_path_factory):
    """A draft may refer to the project; only what is about the draft is reported, under the name given."""
    change(root, LOG, "event:red ukj:carries event:blue .", "event:red ukj:carries event:red .")
    draft = put(tmp_path_factory.mktemp("drafts"), "green.ttl", "event:green a ukj:Ferry .\n")
    assert found(root, files=[draft]) == [(str(draft), FIRST_LINE, "event:green", "shape:Boat-carries")]


def test_a_draft_takes_the_place_of_what_it_describes(root, tmp_path_factory):
    """A draft of a document is judged instead of the project's own file of that document."""
    body = DOCUMENT.replace("event:red ukj:carries event:blue", "event:red ukj:carries event:red")
    draft = put(tmp_path_factory.mktemp("drafts"), "anything.trig", body)
    expected = [(str(draft), line_of(body, "event:red ukj"), "event:red", "check:self-carrying")]
    assert found(root, files=[draft]) == expected
    assert found(root, files=[root / LOG]) == []


def test_a_draft_with_faults_in_its_form(root, tmp_path_factory):
    """A draft that does not parse, names what is not there, or stands in no block, is told so."""
    folder = tmp_path_factory.mktemp("drafts")
    broken = put(folder, "broken.ttl", "event:green a\n")
    loose = put(folder, "loose.trig", DOCUMENT.replace(":log", ":day") + "event:green a ukj:Fery .\n")
    assert found(root, files=[broken]) == [(str(broken), FIRST_LINE + 1, "", "readable")]
    line = FIRST_LINE + DOCUMENT.count("\n")
    assert found(root, files=[loose], only=["sources", "terms"]) == [
        (str(loose), line, "event:green", "in-its-place"),
        (str(loose), line, "event:green", "terms:defined"),
        (str(loose), line, "ukj:Fery", "terms:defined"),
    ]


def test_a_draft_of_a_term(root, tmp_path_factory):
    """A draft of the ontology is asked for all that a term needs; the terms of the project are not."""
    text = term("ukj:Raft", "Class", "boat").replace("dcterms:source passage:log.S1 ; ", "")
    draft = put(tmp_path_factory.mktemp("drafts"), "rafts.ttl", text)
    assert [finding[2:] for finding in found(root, files=[draft], only=["terms"])] == [
        ("ukj:Raft", "terms:example"),
        ("ukj:Raft", "terms:label"),
        ("ukj:Raft", "terms:source"),
        ("ukj:Raft", "terms:used"),
    ]


def run(root, *arguments):
    """The command on the project below ``root``."""
    return command.run(["--root", str(root), *arguments])


def test_command_without_findings(root, capsys):
    """Nothing on standard output, a count on standard error and no bar, exit code 0."""
    assert run(root) == DONE
    assert capsys.readouterr() == ("", "findings: 0\n")


def test_command_prints_findings(root, capsys):
    """One line a finding, and exit code 1."""
    change(root, LOG, "event:red ukj:carries event:blue", "event:red ukj:carries event:red")
    assert run(root, "--only", "checks", "--only", "shapes") == FINDINGS
    out, err = capsys.readouterr()
    line = line_of(DOCUMENT, "event:red ukj")
    assert (
        out
        == f"{LOG}:{line}: event:red: no boat carries itself (ukj:carries event:red) [check:self-carrying]\n"
    )
    assert err == "findings: 1\n"


def test_command_prints_json(root, capsysbinary):
    """With --format json every finding is an object with its severity; without findings the list is empty."""
    assert run(root, "--format", "json") == DONE
    assert json.loads(capsysbinary.readouterr().out) == []
    change(root, BOATS, '"blue"@en', '"blue"@en , "青"@ja')
    assert run(root, "--format", "json", "--only", "shapes") == FINDINGS
    assert json.loads(capsysbinary.readouterr().out) == [
        {
            "path": BOATS, "line": FIRST_LINE, "focus": "event:blue", "check": "shape:Boat-label",
            "message": "one label will do", "value": "", "severity": "warning",
        }
    ]  # fmt: skip


def test_command_prints_a_shacl_report(root, capsysbinary):
    """With --format shacl the output is Turtle that holds a validation report, also when all is well."""
    assert run(root, "--format", "shacl") == DONE
    assert b"sh:conforms true" in capsysbinary.readouterr().out
    change(root, LOG, "event:red ukj:carries event:blue", "event:red ukj:carries event:red")
    assert run(root, "--format", "shacl", "--only", "checks") == FINDINGS
    graph = rdflib.Graph().parse(capsysbinary.readouterr().out, format="turtle")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))) == 1


def test_command_says_what_was_not_judged(root, capsys):
    """Where a file cannot be read, standard error says which parts had to wait."""
    put(root, "graph/entities/more.ttl", "event:green")
    assert run(root, "--only", "sources", "--only", "shapes") == FINDINGS
    assert capsys.readouterr().err == "not judged until the files can be read: shapes\nfindings: 1\n"


def test_command_refuses_what_is_no_part(root):
    """An unknown part, an unknown option and a file that is no data are wrong calls."""
    shapes = put(root, "elsewhere/shapes.ttl", "shape:Raft a sh:NodeShape .\n")
    boats = str(root / BOATS)
    for arguments in (
        ["--only", "forms"],
        ["--onyl", "terms"],
        ["--only", "release", boats],
        [str(root / "queries/carried.rq")],
        [str(shapes)],
    ):
        with pytest.raises(UsageError):
            run(root, *arguments)
    assert command.PARTS == validation.PARTS


def test_a_bar_is_drawn_on_a_terminal_and_wiped(root, capsys, monkeypatch):
    """On a terminal a bar shows the part at work; at the end nothing of it is left."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(root, "--only", "checks")
    drawn = capsys.readouterr().err
    assert "self-carrying" in drawn
    assert drawn.endswith("\r" + " " * 79 + "\rfindings: 0\n")


def test_the_same_faults_give_the_same_report(root, capsysbinary):
    """Reports are the same text each time, in every format."""
    old = "event:red ukj:carries event:blue"
    change(root, LOG, old, f"{old} , event:red , event:white")
    put(root, "queries/checks/another.rq", "")
    (root / "queries/checks/another.rq").write_text(CHECK.replace("=", "!="), encoding="utf-8")
    for form in ("text", "json", "shacl"):
        texts = set()
        for _ in range(2):
            run(root, "--format", form)
            texts.add(capsysbinary.readouterr().out)
        assert len(texts) == 1


def test_the_release_of_a_project_with_faults_is_not_judged(root):
    """Where sources are out of place no release can be made, so none is compared."""
    write_release(root)
    put(root, "graph/documents/loose.trig", HEADER + "event:green a ukj:Ferry .")
    assert "release-fresh" not in [finding[3] for finding in found(root)]
