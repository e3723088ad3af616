"""Keeping the sources in canonical form."""

import pytest
from pyoxigraph import Literal, NamedNode

from small_project import FIRST_LINE, make, put
from ukjapan_graph.cli import fmt as fmt_command
from ukjapan_graph.data import build, canonical, formatting
from ukjapan_graph.errors import COULD_NOT_RUN, DONE, FINDINGS, SourceError
from ukjapan_graph.namespaces import PREFIXES, expand


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def test_fmt_puts_all_in_form_and_is_then_content(root, capsys):
    """The command rewrites every source and the prefix table, once; a check then finds nothing."""
    before = build.build(root)
    assert fmt_command.run(["--check", "--root", str(root)]) == FINDINGS
    out = capsys.readouterr().out
    assert f"{formatting.PREFIX_FILE}:1: is not in canonical form; run: ukjapan fmt" in out
    assert fmt_command.run(["--root", str(root)]) == DONE
    assert "files: 7, rewritten: 7, findings: 0" in capsys.readouterr().err
    assert fmt_command.run(["--check", "--root", str(root)]) == DONE
    assert fmt_command.run(["--root", str(root)]) == DONE
    assert "files: 7, rewritten: 0, findings: 0" in capsys.readouterr().err
    (root / formatting.PREFIX_FILE).unlink()
    assert build.build(root) == before


def test_fmt_check_names_the_first_differing_line(root, capsys):
    """A file out of form is one finding with its first differing line, and is not touched."""
    fmt_command.run(["--root", str(root)])
    path = root / "graph/entities/events.ttl"
    text = path.read_text(encoding="utf-8").replace('"regatta"@en', '"regatta"@EN')
    path.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert fmt_command.run(["--check", "--root", str(root)]) == FINDINGS
    line = text[: text.index("@EN")].count("\n") + 1
    assert capsys.readouterr().out.startswith(f"graph/entities/events.ttl:{line}: is not in canonical form")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "body", "line", "reason"),
    [
        ("graph/entities/events.ttl", "event:a ukj:n [] .", 0, "blank node"),
        ("graph/entities/events.ttl", "event:a ukj:n 1 .\n# lost", 1, "comment"),
        ("graph/documents/2004-harbour.trig", "\nevent:a ukj:n 1 .", 1, "stands in no block"),
    ],
)
def test_fmt_leaves_bad_files_alone(root, capsys, name, body, line, reason):
    """A file that cannot be put in form is reported with its line and left as it is; the others are done."""
    path = put(root, name, body)
    before = path.read_bytes()
    assert fmt_command.run(["--root", str(root)]) == FINDINGS
    out = capsys.readouterr().out
    assert f"{name}:{FIRST_LINE + line}: " in out
    assert reason in out
    assert path.read_bytes() == before
    assert canonical.is_canonical(root / "graph/silences.ttl")


def test_fmt_of_one_file_touches_no_other(root, capsys, monkeypatch):
    """Files named on the command line are found from where one stands, and no other file is rewritten."""
    monkeypatch.chdir(root / "graph")
    assert fmt_command.run(["silences.ttl", "--root", str(root)]) == DONE
    assert "files: 1, rewritten: 1, findings: 0" in capsys.readouterr().err
    assert canonical.is_canonical(root / "graph/silences.ttl")
    assert not canonical.is_canonical(root / "graph/inferences.ttl")


def test_fmt_of_a_missing_file_cannot_run(root):
    """A file that is not there is an error before any file is touched."""
    with pytest.raises(SourceError, match="is no file") as caught:
        fmt_command.run(["missing.ttl", "--root", str(root)])
    assert caught.value.exit_code == COULD_NOT_RUN


def test_prefix_table_says_what_the_code_says(root):
    """The generated file declares every prefix once, with named nodes, for the ontology."""
    quads = canonical.parse_bytes(formatting.prefix_table().encode(), root / "prefixes.ttl")
    names = {q.subject: q.object.value for q in quads if q.predicate.value == expand("sh:prefix")}
    spaces = {q.subject: q.object for q in quads if q.predicate.value == expand("sh:namespace")}
    any_uri = NamedNode(expand("xsd:anyURI"))
    assert {names[node]: spaces[node] for node in names} == {
        prefix: Literal(namespace, datatype=any_uri) for prefix, namespace in PREFIXES.items()
    }
    ontology = NamedNode("https://w3id.org/ukjapan/ns")
    declared = {
        q.object for q in quads if q.predicate.value == expand("sh:declare") and q.subject == ontology
    }
    assert declared == set(names)
