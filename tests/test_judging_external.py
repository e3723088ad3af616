"""Outside facts judged: each fault is one finding, and the corpus stays as it is."""

import shutil

import pytest

from small_project import HEADER
from ukjapan_graph import resources
from ukjapan_graph.cli import main
from ukjapan_graph.data.build import assemble
from ukjapan_graph.judging.external import judge


@pytest.fixture(scope="module")
def corpus():
    """The release of the project."""
    return assemble(resources.root())[0]


@pytest.fixture
def judged(tmp_path, corpus):
    """Judges a copy of the project with a file of outside facts more; gives path, focus, check and message."""
    for folder in ("ontology", "queries", "graph"):
        shutil.copytree(resources.root() / folder, tmp_path / folder)

    def judge_with(body):
        if body:
            (tmp_path / "graph/external/more.trig").write_text(HEADER + body, encoding="utf-8")
        return [
            (v.finding.path, v.finding.focus, v.finding.check, v.finding.message)
            for v in judge(tmp_path, corpus)
        ]

    judge_with.root = tmp_path
    return judge_with


SOURCE = """graph:external {
  outside:herald a ukj:OutsideSource ; skos:prefLabel "Herald"@en ; ukj:address "https://herald.example/"^^xsd:anyURI ;
    ukj:publishedBy "Herald"@en ; ukj:seenOn "2026-11-23"^^xsd:date ; ukj:status status:external ;
    ukj:gloss "It tells."@en .
}
"""


def tenure(name, who, start, end):
    """One tenure as the source has it."""
    return f"""outside:herald {{
      tenure:{name} a ukj:Tenure ; skos:prefLabel "tenure of {name}"@en ; ukj:tenureOf {who} ;
        ukj:tenureIn office:uk-defence-secretary ; ukj:tenureFrom "{start}"^^xsd:date ;
        ukj:tenureUntil "{end}"^^xsd:date .
    }}
"""


def test_the_project_is_in_order(judged):
    """The outside facts of the project have no findings, and the built file is fresh."""
    assert judged("") == []


def test_bad_tenures(judged):
    """A tenure that ends before it begins, of nobody known, or of a state, is found with its file."""
    found = judged(
        SOURCE
        + tenure("backwards", "person:ben-wallace", "2024-01-01", "2023-01-01")
        + tenure("nobodys", "person:nobody-known", "2023-01-01", "2024-01-01")
        + tenure("of-a-state", "state:japan", "2023-01-01", "2024-01-01")
    )
    assert {line[:3] for line in found} == {
        ("graph/external/more.trig", focus, check)
        for focus, check in (
            ("tenure:backwards", "shape:Tenure-earliestStart"),
            ("person:nobody-known", "terms:defined"),
            ("tenure:nobodys", "shape:Tenure-tenureOf"),
            ("tenure:nobodys", "check:wrong-range"),
            ("tenure:of-a-state", "shape:Tenure-tenureOf"),
            ("tenure:of-a-state", "check:wrong-range"),
        )
    }


def test_a_bound_by_hand(judged):
    """Each bound that a source's block gives, and not the build, is found: the audit would go by it."""
    body = SOURCE
    for number, bound in enumerate(("earliestStart", "latestStart", "earliestEnd", "latestEnd")):
        name = f"of-{number}"
        body += tenure(name, "person:ben-wallace", "2019-07-24", "2023-08-31")
        body += f'outside:herald {{ tenure:{name} ukj:{bound} "2019"^^xsd:gYear . }}\n'
    told = {line[1] for line in judged(body) if line[2] == "check:derived-by-hand"}
    assert told == {f"tenure:of-{number}" for number in range(4)}


def test_a_source_must_say_where_it_is(judged):
    """A source without its address, or with another status, is found."""
    body = SOURCE.replace('ukj:address "https://herald.example/"^^xsd:anyURI ;', "").replace(
        "external ;", "stated ;"
    )
    body += 'outside:herald { person:ben-wallace skos:altLabel "B. Wallace"@en . }'
    assert {line[2] for line in judged(body)} == {"shape:OutsideSource-address", "shape:OutsideSource-status"}


def test_one_person_is_one_node(judged):
    """A second node under the label of a person of the corpus is found by the checks of the corpus."""
    body = SOURCE.replace(
        "graph:external {",
        'graph:external { person:b-wallace a ukj:Person ; foaf:familyName "Wallace" ; skos:prefLabel "Ben Wallace"@en .',
    )
    body += "outside:herald { event:second-2plus2 ukj:participant person:b-wallace . }"
    assert {line[2] for line in judged(body)} == {"check:same-label"}


def test_a_block_called_after_a_passage(judged):
    """Outside facts that claim to be a passage are found before anything else is judged."""
    found = judged(
        SOURCE + "passage:raa-talks-2021.S03 { event:second-2plus2 ukj:participant state:japan . }"
    )
    assert ("passage:raa-talks-2021.S03", "in-its-place") in [line[1:3] for line in found]


def test_a_stale_file(judged):
    """A built file that is not what the sources give is found."""
    path = judged.root / "graph/ukjapan-external.nq"
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    assert [line[:3] for line in judged("")] == [("graph/ukjapan-external.nq", "", "release-fresh")]


def test_a_date_of_its_own_is_no_fault(judged):
    """Outside may give an event another date than the documents: that is for the audit, not for the shapes."""
    body = (
        SOURCE
        + 'outside:herald { event:second-2plus2 ukj:date "2016-01-09"^^xsd:date ; ukj:dateBasis basis:relative . }'
    )
    assert [line[2] for line in judged(body)] == ["release-fresh"]


def test_outside_facts_in_the_corpus(judged, capsys):
    """A tenure among the entities, or in a passage, is a finding of the corpus itself."""
    path = judged.root / "graph/entities/persons.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"@prefix tenure: <https://w3id.org/ukjapan/id/tenure/> .\n{text}\ntenure:x a ukj:Tenure .\n"
    )
    assert main(["validate", "--root", str(judged.root), "--only", "checks"]) == 1
    assert "tenure:x: no document says this" in capsys.readouterr().out
