"""The release file, and the commands that make it and keep its sources in form."""

import random

import pytest

from small_project import FIRST_LINE, RULE, make, put
from ukjapan_graph.cli import build as build_command
from ukjapan_graph.data import build, canonical
from ukjapan_graph.errors import DONE, FINDINGS, FindingsError
from ukjapan_graph.namespaces import PREFIXES, expand

RELEASE = "graph/ukjapan-graph.nq"


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def quads_of(root, graph):
    """What the release says in ``graph``, as subject, predicate, object."""
    built = canonical.parse_bytes(build.build(root), root / RELEASE)
    return {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in built
        if q.graph_name.value == expand(graph)
    }


def test_release_is_fresh_until_a_source_changes(root):
    """What was just written is fresh; a change of a source makes it stale, and so does one of the file."""
    assert not build.is_fresh(root)
    written = build.write_release(root)
    assert (root / RELEASE).read_bytes() == written
    assert build.is_fresh(root)
    put(root, "graph/entities/more.ttl", "event:fair a ukj:Event .")
    assert not build.is_fresh(root)
    build.write_release(root)
    (root / RELEASE).write_bytes((root / RELEASE).read_bytes().replace(b"\n", b"\r\n"))
    assert not build.is_fresh(root)


def test_findings_leave_the_release_as_it_was(root):
    """Where sources are wrong, every finding is reported, and the old release stays byte for byte."""
    before = build.write_release(root)
    put(root, "graph/entities/bad.ttl", "event:a ukj:n")
    put(root, "graph/entities/blank.ttl", "event:a ukj:n [] .")
    put(
        root, "graph/documents/loose.trig", "graph:documents { document:l a ukj:Document }\nevent:a ukj:n 1 ."
    )
    (root / "graph/entities/bytes.ttl").write_bytes(b"# \xe9\n")
    (root / "queries/bad.rq").write_text("SELECT * WHERE { }", encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        build.write_release(root)
    assert [(f.path, f.line, f.check) for f in caught.value.findings] == [
        ("graph/documents/loose.trig", FIRST_LINE + 1, "in-its-place"),
        ("graph/entities/bad.ttl", FIRST_LINE, "readable"),
        ("graph/entities/blank.ttl", FIRST_LINE, "readable"),
        ("graph/entities/bytes.ttl", 1, "readable"),
        ("queries/bad.rq", 1, "readable"),
    ]
    assert caught.value.exit_code == FINDINGS
    assert (root / RELEASE).read_bytes() == before
    assert [path.name for path in (root / "graph").iterdir() if "part" in path.name] == []


def test_a_bad_rule_is_a_finding(root):
    """A rule that does not parse stops the build with its file and line."""
    (root / "ontology/rules/subclass.rq").write_text(RULE + "\n}", encoding="utf-8")
    findings = build.assemble(root)[1]
    assert [(f.path, f.line, f.check) for f in findings] == [("ontology/rules/subclass.rq", 4, "readable")]


def test_build_command_writes_and_counts(root, capsys):
    """The command writes the release and says on standard error what is in it."""
    assert build_command.run(["--root", str(root)]) == DONE
    out, err = capsys.readouterr()
    assert out == ""
    rows = dict(line.split() for line in err.splitlines())
    assert rows["graph:inferences"] == "1"
    assert int(rows["quads"]) == (root / RELEASE).read_bytes().count(b"\n")


def test_build_check_writes_nothing(root, capsys):
    """With --check a missing and a stale release are findings with their first differing line."""
    arguments = ["--check", "--root", str(root)]
    assert build_command.run(arguments) == FINDINGS
    assert capsys.readouterr().out == f"{RELEASE}: is not there; run: ukjapan build [release-fresh]\n"
    assert not (root / RELEASE).exists()
    lines = build.write_release(root).split(b"\n")
    assert build_command.run(arguments) == DONE
    (root / RELEASE).write_bytes(b"\n".join([lines[0], *lines[2:]]))
    assert build_command.run(arguments) == FINDINGS
    assert capsys.readouterr().out.startswith(
        f"{RELEASE}:2: is not what the sources give; run: ukjapan build"
    )


def test_build_command_reports_findings(root, capsys):
    """Findings go to standard output, one a line, and the exit code says so."""
    put(root, "graph/silences.ttl", "silence:a")
    assert build_command.run(["--root", str(root)]) == FINDINGS
    out, err = capsys.readouterr()
    assert out.startswith(f"graph/silences.ttl:{FIRST_LINE}: syntax error")
    assert out.count("\n") == 1
    assert "left as it was" in err


def test_release_is_canonical_n_quads(root):
    """The release is UTF-8, one quad a line, each once, in the order of code points, without blank nodes."""
    lines = build.build(root).decode().split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    assert not any("_:" in line for line in lines)
    assert all(line.endswith(" .") for line in lines)


def test_same_sources_give_the_same_bytes(root, tmp_path_factory):
    """Another folder, another layout and another order of statements give the same release."""
    other = make(tmp_path_factory.mktemp("other"))
    lines = ["event:parade a ukj:Event .", 'event:regatta skos:prefLabel "regatta"@EN .']
    random.Random(4).shuffle(lines)
    put(other, "graph/entities/events.ttl", "\n\n".join(lines))
    assert build.build(other) == build.build(root)


def test_release_holds_sources_queries_and_what_follows(root):
    """Sources, saved queries and what rules and calendar entail are each in their graph."""
    counts = build.graph_counts(canonical.parse_bytes(build.build(root), root / RELEASE))
    assert list(counts) == [
        "graph:documents", "graph:entailed", "graph:entities", "graph:inferences", "graph:ontology",
        "graph:queries", "graph:silences", "passage:*", "reading:*",
    ]  # fmt: skip
    entailed = quads_of(root, "graph:entailed")
    event = expand("event:regatta")
    assert entailed == {
        (event, PREFIXES["rdf"] + "type", expand("ukj:Event")),
        (event, expand("ukj:earliest"), "2004-02-01"),
        (event, expand("ukj:latest"), "2004-02-29"),
    }
