"""What is wrong with mappings: one case of bad input each, and exactly one finding."""

import pytest

from small_links import ENTITIES, FIRST, PARADE, REGATTA, REJECTED, write
from small_project import make, put
from ukjapan_graph.data import link_rules, links
from ukjapan_graph.data.sources import read_all, read_statements
from ukjapan_graph.resources import root as project

PATH = "graph/links/wikidata.sssom.tsv"


@pytest.fixture
def root(tmp_path):
    """A small project with sound links."""
    root = make(tmp_path)
    put(root, "graph/entities/events.ttl", ENTITIES)
    write(root, PARADE, REGATTA, REJECTED)
    return root


def found(root):
    """The findings on the project."""
    return read_all(root)[1]


def test_sound_mappings_have_no_findings(root):
    """Accepted and rejected mappings, and candidates, that are as they should be."""
    write(root, REGATTA | {"object_id": "wd:Q9"}, candidates=True)
    assert found(root) == []


@pytest.mark.parametrize(
    ("change", "check", "value", "words"),
    [
        ({"object_id": "wd:17"}, "identifier", "wd:17", "write one like wd:Q17"),
        ({"object_id": "event:regatta"}, "identifier", "event:regatta", "write one like wd:Q17"),
        ({"predicate_id": "skos:match"}, "predicate", "skos:match", "not on the list"),
        ({"predicate_id": "skos:broader"}, "predicate", "skos:broader", "skos:broadMatch"),
        ({"predicate_modifier": "not"}, "modifier", "not", "write Not"),
        ({"mapping_justification": "semapv:Guess"}, "justification", "semapv:Guess", "no justification"),
        ({"mapping_justification": ""}, "justification", "", "no justification"),
        ({"confidence": "1.1"}, "confidence", "1.1", "between 0 and 1"),
        ({"confidence": "-0.1"}, "confidence", "-0.1", "between 0 and 1"),
        ({"confidence": "0.\u0663"}, "confidence", "0.\u0663", "between 0 and 1"),
        ({"object_id": "wd:Q1\u0663"}, "identifier", "wd:Q1\u0663", "write one like wd:Q17"),
        ({"confidence": "high"}, "confidence", "high", "between 0 and 1"),
        ({"confidence": ""}, "confidence", "", "between 0 and 1"),
        ({"author_type": "prov:Robot"}, "author", "prov:Robot", "prov:SoftwareAgent"),
        ({"author_id": ""}, "author", "prov:Person", "who made it"),
        ({"comment": ""}, "reason", "", "needs a reason"),
        ({"comment": "same name"}, "reason", "same name", "a full stop"),
        ({"subject_id": "event:parad"}, "subject", "", "is not in the graph"),
        ({"subject_label": "Parade"}, "label", "Parade", "is called parade in the graph"),
    ],
)
def test_one_wrong_cell_is_one_finding(root, change, check, value, words):
    """A fault of a row is one finding: file and line, the subject, what is wrong and how to mend it."""
    write(root, PARADE | change, REGATTA)
    ((path, line, focus, name, message, given),) = found(root)
    assert (path, line, name, given) == (PATH, FIRST, f"link:{check}", value)
    assert focus == (PARADE | change)["subject_id"]
    assert words in message


@pytest.mark.parametrize("source", ["dataset:geonames", ""])
def test_a_set_that_leads_elsewhere(root, source):
    """A row whose source is another graph than its set is named after, or none, is one finding."""
    path = root / PATH
    content = path.read_text(encoding="utf-8").replace(
        "#object_source: dataset:wikidata", f"#object_source: {source}"
    )
    path.write_text(content, encoding="utf-8")
    assert {(f.check, f.value) for f in found(root)} == {("link:source", source)}


def test_a_prefix_of_its_own_hides_no_contradiction(root):
    """One thing of ours under two prefixes is one thing."""
    write(root, REGATTA, REGATTA | {"subject_id": "ours:regatta", "predicate_modifier": "Not"})
    path = root / PATH
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace("#  prov:", "#  ours: https://w3id.org/ukjapan/id/event/\n#  prov:"), encoding="utf-8"
    )
    assert [(f.focus, f.check) for f in found(root)] == [("ours:regatta", "link:contradiction")]


@pytest.mark.parametrize("day", ["2004-02-30", "2004-2-3", "February 2004"])
def test_a_day_that_is_none(root, day):
    """A mapping date that is no day is one finding for each row that has it."""
    path = root / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("2004-02-03", day), encoding="utf-8")
    assert {(f.check, f.value) for f in found(root)} == {("link:date", day)}


def test_an_address_that_is_none(root):
    """Evidence must be an address."""
    path = root / PATH
    content = (
        path.read_text(encoding="utf-8")
        .replace("\tcomment\t", "\tsee_also\t")
        .replace("The names agree.", "here")
    )
    path.write_text(content, encoding="utf-8")
    assert {f.check for f in found(root)} == {"link:see-also", "link:reason"}


@pytest.mark.parametrize(
    ("rows", "line", "check", "words"),
    [
        ((REGATTA, REGATTA), FIRST + 1, "duplicate", f"at {PATH}:{FIRST} already"),
        ((REGATTA, REGATTA | {"predicate_id": "skos:closeMatch"}), FIRST + 1, "duplicate", "already"),
        (
            (REGATTA, REGATTA | {"predicate_modifier": "Not"}),
            FIRST + 1,
            "contradiction",
            "accepted and rejected at once",
        ),
        ((REGATTA, REGATTA | {"object_id": "wd:Q9"}), FIRST + 1, "two-targets", "another exact match"),
        (
            (REGATTA, PARADE | {"predicate_id": "skos:exactMatch", "object_id": "wd:Q4"}),
            FIRST + 1,
            "two-subjects",
            "exact match of event:regatta",
        ),
    ],
)
def test_rows_that_do_not_go_together(root, rows, line, check, words):
    """Two rows of which only one can stand are one finding, at the second."""
    write(root, *rows)
    (finding,) = found(root)
    assert (finding.path, finding.line, finding.check) == (PATH, line, f"link:{check}")
    assert words in finding.message


@pytest.mark.parametrize(("row", "fate"), [(REGATTA, "accepted"), (REJECTED, "rejected")])
def test_a_candidate_that_was_weighed_already(root, row, fate):
    """A candidate that is accepted or rejected already is one finding, at the candidate."""
    path = write(root, row | {"predicate_modifier": ""}, candidates=True)
    (finding,) = found(root)
    assert (finding.path, finding.line, finding.check) == (path, FIRST, "link:candidate")
    assert f"{fate} at {PATH}" in finding.message


def test_what_is_rejected_or_not_exact_may_be_many(root):
    """Several rejected targets, several close ones, and candidates beside an exact match are no fault."""
    write(
        root,
        REGATTA,
        *(REJECTED | {"object_id": f"wd:Q{n}"} for n in (5, 6)),
        *(REGATTA | {"object_id": f"wd:Q{n}", "predicate_id": "skos:closeMatch"} for n in (7, 8)),
    )
    write(root, REGATTA | {"object_id": "wd:Q9"}, candidates=True)
    assert found(root) == []


def test_a_set_is_named_after_its_neighbour(root):
    """A set under another name is a finding for each row, and its rows are judged no further."""
    path = write(root, PARADE | {"confidence": "2"}, name="wikipedia")
    (finding,) = found(root)
    assert (finding.path, finding.check) == (path, "link:neighbour")


def test_a_set_that_nothing_reads(root):
    """A table that is no mapping set by its name, or lies elsewhere, is found."""
    (root / "graph/links/wikidata.tsv").write_text("", encoding="utf-8")
    (root / "graph/wikidata.sssom.tsv").write_text("", encoding="utf-8")
    assert [(f.path, f.check) for f in found(root)] == [
        ("graph/links/wikidata.tsv", "in-its-place"),
        ("graph/wikidata.sssom.tsv", "in-its-place"),
    ]


def test_sources_that_cannot_be_read_hide_no_mapping(root):
    """Where entities cannot be read, mappings are judged by themselves and not called strangers."""
    put(root, "graph/entities/events.ttl", "event:regatta a\n")
    write(root, PARADE | {"confidence": "2"}, REGATTA)
    assert [f.check for f in found(root)] == ["readable", "link:confidence"]


def test_the_project_s_own_mappings_are_sound():
    """No finding on the mapping sets of this project, and there are some of each kind."""
    accepted, faults = links.read_sets(project(), links.mapping_files(project()))
    candidates, more = links.read_sets(project(), links.mapping_files(project(), candidates=True))
    assert [*faults, *more] == []
    assert link_rules.findings(accepted, candidates, read_statements(project())[0]) == []
    rows = [row for found in accepted for row in found.rows]
    assert sum(map(links.is_rejected, rows)) > 5
    assert len(rows) > 300
    assert candidates
