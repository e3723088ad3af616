"""Reading mapping sets: what they say, and each fault of form as one finding with its line."""

import pytest

from small_links import COLUMNS, FIRST, HEADER, PARADE, REGATTA, text
from ukjapan_graph.data import sssom

PATH = "graph/links/wikidata.sssom.tsv"


def found(content):
    """Line, check and message of each finding on the set ``content``."""
    data = content if isinstance(content, bytes) else content.encode()
    return [(f.line, f.check, f.message) for f in sssom.parse(data, PATH)[1]]


def test_a_set_is_read():
    """Rows have their slots, what the metadata says for all of them, and their line; the set its prefixes."""
    read, findings = sssom.parse(text(PARADE, REGATTA).encode(), PATH)
    assert findings == []
    assert [row.line for row in read.rows] == [FIRST, FIRST + 1]
    assert read.rows[0].slots == {k: v for k, v in PARADE.items() if v} | {
        "object_source": "dataset:wikidata",
        "mapping_date": "2004-02-03",
    }
    assert read.rows[0].get("predicate_modifier") == ""
    assert read.iri("wd:Q3") == "http://www.wikidata.org/entity/Q3"
    assert (read.iri("nowhere:Q3"), read.iri("Q3")) == (None, None)
    assert read.header["mapping_set_title"] == "Small set"


def test_quoted_cells_are_read():
    """Quotation marks around a cell are taken off; a tab or a doubled mark within them is kept."""
    row = PARADE | {"comment": '"A ""fair"",\tor parade."'}
    read, findings = sssom.parse(text(row).encode(), PATH)
    assert findings == []
    assert read.rows[0].get("comment") == 'A "fair",\tor parade.'


def test_a_row_may_say_what_the_metadata_leaves_open():
    """Where a slot is a column, the metadata does not fill its empty cells (the standard's rule)."""
    content = text(PARADE).replace("\tauthor_type\n", "\tauthor_type\tmapping_date\n")
    content = content.replace("\tprov:Person\n", "\tprov:Person\t\n")
    read, findings = sssom.parse(content.encode(), PATH)
    assert findings == []
    assert read.rows[0].get("mapping_date") == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "check", "words"),
    [
        ("parade\tskos", "par\tade\tskos", FIRST, "link:cells", "has 12 cells where there are 11 columns"),
        ("\tprov:Person", "", FIRST, "link:cells", "has 10 cells"),
        ("The names", '"The names', FIRST, "link:cells", "quotation mark"),
        ("event:parade", "evnt:parade", FIRST, "link:prefix", "prefix 'evnt' is not declared"),
        ("semapv:Lex", "semap:Lex", FIRST, "link:prefix", "prefix 'semap' is not declared"),
        ("event:parade", "event:par ade", FIRST, "link:prefix", "which is no IRI"),
        ("https://w3id.org/ukjapan/\n", "project\n", FIRST, "link:prefix", "which is no IRI"),
        ("\tcomment\t", "\tcoment\t", FIRST - 1, "link:column", "is no slot of SSSOM"),
        ("\tsubject_label\t", "\tcomment\t", FIRST - 1, "link:column", "is a column twice"),
        ("\tobject_id\t", "\tmatch_string\t", FIRST - 1, "link:column", "is not among the columns"),
        ("#license", "#licence", 1, "link:header", "has no license"),
        ("#mapping_set_title: ", "#mapping_set_title: a: ", 11 + 1, "readable", "not YAML"),
        (HEADER, "#just words\n", 1, "readable", "not a list"),
        (HEADER, "", 1, "readable", "has no metadata"),
    ],
)
def test_faults_of_form(old, new, line, check, words):
    """Each fault is one finding that says where it is and what to do."""
    content = text(PARADE)
    assert old in content
    ((at, name, message),) = found(content.replace(old, new, 1))
    assert (at, name) == (line, check)
    assert words in message


@pytest.mark.parametrize(
    ("old", "new", "slot"),
    [
        ("#mapping_date: 2004-02-03", "#mapping_date: {day: 3}", "mapping_date"),
        ("#object_source: dataset:wikidata", "#object_source: [[dataset:wikidata]]", "object_source"),
        ("#  ukjapan: https://w3id.org/ukjapan/", "#  ukjapan: [x]", "curie_map"),
        ("#    property: ukj:authorType", "#    property: [ukj:authorType]", "extension_definitions"),
        ("#  - slot_name: author_type", "#  - author_type\n#  - slot_name: b", "extension_definitions"),
    ],
)
def test_metadata_of_another_form(old, new, slot):
    """A slot of the metadata of which nobody can tell what it means is a finding that names it, and no more."""
    content = text(PARADE)
    assert old in content
    told = [words for _, check, words in found(content.replace(old, new, 1)) if check == "link:header"]
    assert len(told) == 1 and told[0].startswith(f"{slot} in the metadata is of another form")


def test_metadata_nested_without_end():
    """What would exhaust the reader of YAML is a finding like any other that cannot be read."""
    ((line, check, message),) = found("#a: " + "[" * 20_000 + "\nsubject_id\n")
    assert (line, check) == (1, "readable")
    assert "nested too deeply" in message


def test_a_list_in_the_metadata():
    """Where a slot has several values, the metadata has a list and a row a bar between them."""
    header = HEADER + "#subject_match_field:\n#  - rdfs:label\n#  - skos:prefLabel\n"
    read, findings = sssom.parse(text(PARADE, header=header).encode(), PATH)
    assert findings == []
    assert read.rows[0].get("subject_match_field") == "rdfs:label|skos:prefLabel"


def test_lines_as_windows_ends_them():
    """A set saved on Windows says the same."""
    here, there = (sssom.parse(text(PARADE).replace("\n", end).encode(), PATH) for end in ("\n", "\r\n"))
    assert here == there


def test_a_prefix_means_what_it_means_in_the_project():
    """A prefix of the project's table that a file gives another namespace is a finding for each row using it."""
    ((line, check, message),) = found(text(PARADE).replace("entity/", "wiki/"))
    assert (line, check) == (FIRST, "link:prefix")
    assert "stands for http://www.wikidata.org/entity/" in message


def test_an_empty_line_is_a_fault():
    """The standard has no empty lines."""
    ((line, check, message),) = found(text(PARADE) + "\n")
    assert (line, check) == (FIRST + 1, "link:cells")
    assert "empty line" in message


def test_what_cannot_be_read_at_all():
    """A file that is not UTF-8, or ends after its metadata, is one finding."""
    ((line, check, message),) = found(text(PARADE).encode().replace(b"procession", b"proc\xfe"))
    assert (line, check) == (FIRST, "readable")
    assert "UTF-8" in message
    ((line, check, message),) = found(HEADER)
    assert (line, check) == (HEADER.count("\n"), "readable")
    assert "no table" in message


def test_slots_are_those_of_the_standard():
    """The columns used here are slots, the extension slot apart, in the order of the standard."""
    known = [column for column in COLUMNS if column in sssom.SLOTS]
    assert known == sorted(known, key=sssom.SLOTS.index)
    assert set(COLUMNS) - set(known) == {"author_type"}
    assert len(sssom.SLOTS) == len(set(sssom.SLOTS)) == 50
