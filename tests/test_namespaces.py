"""The prefix table and the way between IRIs and short names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph import namespaces as ns


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (ns.TERMS + "buildsOn", "ukj:buildsOn"),
        (ns.THINGS + "instrument/acsa", "instrument:acsa"),
        (ns.THINGS + "passage/joint-declaration-2017.SC9_1", "passage:joint-declaration-2017.SC9_1"),
        ("http://www.w3.org/2001/XMLSchema#date", "xsd:date"),
    ],
)
def test_known_names_are_short_and_come_back(iri, name):
    """An IRI of a known namespace has a short name, and that name leads back to it."""
    assert ns.shorten(iri) == name
    assert ns.expand(name) == iri


@pytest.mark.parametrize(
    "iri",
    [
        "http://example.org/x",
        ns.BASE + "ns",
        ns.THINGS + "instrument/",
        ns.THINGS + "instrument/a.",
        ns.THINGS + "instrument/é",
        ns.THINGS + "instrument/a/b",
        ns.TERMS + "a b",
    ],
)
def test_other_names_stay_in_brackets(iri):
    """What is in no known namespace, or is no safe local name, is shown as the IRI it is."""
    assert ns.shorten(iri) == f"<{iri}>"


@pytest.mark.parametrize(
    "name", ["acsa", "", ":", "nobody:acsa", "ukj:", "ukj:a b", "ukj:a.", "http://example.org/"]
)
def test_what_is_no_name_is_not_expanded(name):
    """A text that is no prefixed name of the table stands for no IRI."""
    assert ns.expand(name) is None


@given(st.sampled_from(sorted(ns.PREFIXES)), st.from_regex(r"[A-Za-z0-9_.-]{1,12}", fullmatch=True))
def test_expand_and_shorten_agree(prefix, local):
    """Whatever expands shortens to the same name again."""
    iri = ns.expand(f"{prefix}:{local}")
    if iri is not None:
        assert ns.shorten(iri) == f"{prefix}:{local}"


def test_table_is_sorted_and_one_to_one():
    """Prefixes stand in order, and no two of them share a namespace."""
    assert list(ns.PREFIXES) == sorted(ns.PREFIXES)
    assert len(set(ns.PREFIXES.values())) == len(ns.PREFIXES)


def test_each_kind_has_its_prefix():
    """Every kind of thing has a prefix of its own name, below the namespace of things."""
    assert {kind: ns.PREFIXES[kind] for kind in ns.KINDS} == {k: f"{ns.THINGS}{k}/" for k in ns.KINDS}


def test_kind_and_ownership():
    """The kind of a thing is the segment before its slug; terms and others have none."""
    assert ns.kind_of(ns.THINGS + "person/x") == "person"
    assert ns.kind_of(ns.TERMS + "Person") == ""
    assert ns.is_ours(ns.TERMS + "Person")
    assert not ns.is_ours("https://example.org/ukjapan/ns#Person")


def test_prologue_declares_the_table():
    """The SPARQL prologue has one PREFIX line for each entry of the table."""
    lines = ns.sparql_prologue().splitlines()
    assert lines == [f"PREFIX {prefix}: <{iri}>" for prefix, iri in ns.PREFIXES.items()]
