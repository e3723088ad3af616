"""What the pages are made from."""

from pathlib import Path

import pytest

from paged_project import index, make, own
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing import material

SMALL = index(
    'state:x a ukj:State ; skos:prefLabel "イ"@ja , "X"@en ; ukj:ofState state:b , state:a .\n'
    "state:y ukj:ofState state:a ."
)


def test_values_are_found_from_both_ends() -> None:
    """By subject, by object, by property; each once and in natural order."""
    assert SMALL.iris(expand("state:x"), "ukj:ofState") == [expand("state:a"), expand("state:b")]
    assert SMALL.subjects("ukj:ofState", expand("state:a")) == [expand("state:x"), expand("state:y")]
    assert SMALL.things("ukj:State") == [expand("state:x")]
    assert len(SMALL.facts("ukj:ofState")) == 3
    assert len(SMALL.users(expand("state:a"))) == 2


def test_english_comes_first() -> None:
    """The text of a thing is English where there is English; a thing without a label has its name."""
    assert SMALL.text(expand("state:x"), "skos:prefLabel") == "X"
    assert [term.language for term in SMALL.texts(expand("state:x"), "skos:prefLabel")] == ["en", "ja"]
    assert SMALL.label(expand("state:y")) == "state:y"


def test_everything_of_a_project_is_read(tmp_path: Path) -> None:
    """Release, ontology by subject, shapes, alignments, rules, queries and checks."""
    read = material.read(make(tmp_path))
    assert expand("ukj:Raft") in read.subjects["hostile"]
    assert expand("shape:Raft") in read.shapes.things("sh:NodeShape")
    assert list(read.alignments) == ["hostile"]
    assert [query.name for query in read.queries] == ["carried", "hostile"]
    assert [check.name for check in read.checks] == ["self-carrying"]
    assert [rule.name for rule in read.rules] == ["subclass"]


def test_the_ontology_is_one_graph_of_the_release() -> None:
    """Facts of passages are no part of it."""
    own_terms = own().ontology
    assert own_terms.things("owl:Class")
    assert own_terms.things("ukj:Mention") == []


def test_a_missing_release_is_one_clear_error(tmp_path: Path) -> None:
    """Nothing can be said of a project without its release file."""
    with pytest.raises(SourceError, match=r"ukjapan-graph\.nq: cannot be read"):
        material.read(tmp_path)


def test_what_is_no_number_is_none() -> None:
    """A value that a shape would refuse does no harm here."""
    small = index('event:a ukj:ordinal 2 . event:b ukj:ordinal "two" , -1 . event:c ukj:ordinal "²" .')
    found = [small.number(expand(f"event:{name}"), "ukj:ordinal") for name in "abcd"]
    assert found == [2, None, None, None]
