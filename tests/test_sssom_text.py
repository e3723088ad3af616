"""Writing mapping sets: one canonical text, which reads back as what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_links import HEADER, PARADE, REGATTA, REJECTED, text
from ukjapan_graph.data import links, sssom, sssom_text
from ukjapan_graph.files import read_bytes
from ukjapan_graph.resources import root

PATH = "graph/links/wikidata.sssom.tsv"


def canonical(content):
    """The canonical text of the set ``content``, which must be sound."""
    read, findings = sssom.parse(content.encode(), PATH)
    assert findings == []
    return sssom_text.text(read)


@pytest.mark.parametrize("candidates", [False, True])
def test_the_sets_of_the_project_are_canonical(candidates):
    """Each set of the project is written as this module writes it."""
    paths = links.mapping_files(root(), candidates=candidates)
    assert paths
    for path in paths:
        data = read_bytes(root() / path)
        assert canonical(data.decode()) == data.decode(), path


def test_rows_are_sorted_and_empty_columns_left_out():
    """The order of rows does not matter; a column nobody fills is not written."""
    both = canonical(text(REGATTA, PARADE))
    assert both == canonical(text(PARADE, REGATTA))
    assert "predicate_modifier" not in both
    assert "predicate_modifier" in canonical(text(PARADE, REJECTED))


def test_what_all_rows_share_is_told_once():
    """A slot that the standard calls propagatable moves to the metadata where all rows agree, and back."""
    columns = text(PARADE, REGATTA, header=HEADER.replace("#mapping_date: 2004-02-03\n", ""))
    columns = columns.replace("\tauthor_type\n", "\tauthor_type\tmapping_date\n")
    agreeing = columns.replace("prov:Person\n", "prov:Person\t2004-02-03\n")
    assert canonical(agreeing) == canonical(text(PARADE, REGATTA))
    differing = agreeing.replace("2004-02-03", "2004-02-04", 1)
    written = canonical(differing)
    assert "#mapping_date" not in written
    assert written.count("2004-02-0") == 2


def test_metadata_in_the_order_of_the_standard():
    """Prefixes in use come first, sorted; a prefix nobody uses goes; extension slots come last."""
    header = HEADER.replace("#mapping_set_title: Small set\n", "").replace(
        "#curie_map:\n", "#mapping_set_title: Small set\n#curie_map:\n#  zz: https://example.org/\n"
    )
    assert canonical(text(PARADE, header=header)) == canonical(text(PARADE))
    assert canonical(text(PARADE)).startswith("#curie_map:\n#  dataset: ")
    assert canonical(text(PARADE)) == text(PARADE).replace("predicate_modifier\t", "").replace(
        "closeMatch\t\t", "closeMatch\t"
    )


def test_cells_are_quoted_only_where_they_must_be():
    """A quotation mark or a tab needs quotes; a comma, a number sign or a quote that is not double does not."""
    row = PARADE | {"comment": '"Called ""fair""."', "object_label": "it's, #1"}
    lines = canonical(text(row)).splitlines()
    assert '\t"Called ""fair""."\t' in lines[-1]
    assert "\tit's, #1\t" in lines[-1]
    assert "\tThe names agree.\t" in canonical(text(PARADE | {"comment": '"The names agree."'}))


@pytest.mark.parametrize(
    ("given_", "written"), [("0.90", "0.9"), ("1.0", "1"), ("0.12345", "0.123"), ("0.0005", "0.001")]
)
def test_numbers_have_three_digits_at_most(given_, written):
    """Digits after the third are rounded away, halves upwards; zeros at the end go."""
    assert f"\t{written}\t" in canonical(text(PARADE | {"confidence": given_}))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda s: s + "x"))
def test_text_is_read_back(value):
    """Whatever stands in a cell or in the metadata is read back as it was."""
    read, _ = sssom.parse(text(PARADE).encode(), PATH)
    row = read.rows[0]
    changed = read._replace(
        rows=(row._replace(slots=row.slots | {"comment": value}),),
        header=read.header | {"mapping_set_title": value},
    )
    again, findings = sssom.parse(sssom_text.text(changed).encode(), PATH)
    assert findings == []
    assert again.rows[0].get("comment") == value
    assert again.header["mapping_set_title"] == value


@pytest.mark.parametrize("value", ["2026-13-45", "0x_", "2026-11-22 25:00:00"])
def test_text_that_yaml_takes_for_a_bad_number_or_date(value):
    """Metadata that looks like a date and is none is written in quotes."""
    read, _ = sssom.parse(text(PARADE, header=HEADER.replace("Small set", value)).encode(), PATH)
    assert f'#mapping_set_title: "{value}"\n' in sssom_text.text(read)


def test_several_values_that_all_rows_share():
    """They are a list in the metadata, and stay one."""
    header = HEADER + "#subject_match_field:\n#  - rdfs:label\n#  - skos:prefLabel\n"
    written = canonical(text(PARADE, REGATTA, header=header))
    assert "#subject_match_field:\n#  - rdfs:label\n#  - skos:prefLabel\n" in written
    assert canonical(written) == written


def test_a_header_for_a_new_set():
    """A set made by a program reads back without a fault, and declares the prefixes that it uses and no other."""
    read, _ = sssom.parse(text(PARADE).encode(), PATH)
    header = sssom_text.header_of(
        "links-x", "X", "About: x.", "https://example.org/l", mapping_date="2004-02-03"
    )
    again, findings = sssom.parse(sssom_text.text(read._replace(header=header)).encode(), PATH)
    assert findings == []
    assert again.prefixes() == read.prefixes()
    assert again.header["mapping_set_id"] == "https://w3id.org/ukjapan/dataset/links-x"
    assert again.rows[0].slots == read.rows[0].slots
