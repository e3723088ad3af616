"""From raw text to units, and from units to the record of a document."""

import csv
import itertools
import os
import random
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.cli import main
from ukjapan_graph.data import canonical
from ukjapan_graph.documents import (
    clauses,
    comparing,
    drafting,
    kinds,
    layouts,
    mentions,
    sentences,
    verifying,
)
from ukjapan_graph.documents.reader import segment
from ukjapan_graph.documents.record import read_record
from ukjapan_graph.documents.text import RawText, fingerprint, lines, read_raw
from ukjapan_graph.errors import COULD_NOT_RUN, DONE, FINDINGS, USAGE, SourceError, UnknownNameError
from ukjapan_graph.namespaces import PREFIXES

CASES = Path(__file__).parent / "cases" / "segmentation"
FOLDER = os.environ.get("UKJAPAN_DOCUMENTS", "")

# Slug of each source document: its file and layout.
SOURCES = {
    "defence-agreements-2013": ("002_57e42a4bffc13c49.txt", "release"),
    "joint-declaration-2017": ("003_815fe2c7ae1f20eb.txt", "declaration"),
    "operational-cooperation": ("004_a88ebfff94face2c.txt", "news-item"),
    "raa-talks-2021": ("001_55e001f7f13f2cab.txt", "news-story"),
    "uk-japan-defence-ties-2017": ("000_522a37ec481d6089.txt", "release"),
}


def units(text, layout="release"):
    """The units of ``text`` as pairs of number and words."""
    return [(u.id, " ".join(text[u.start : u.end].split())) for u in segment(text, layouts.layout(layout))]


def words(text, layout="release"):
    """The words of the units of ``text``."""
    return [found for _, found in units(text, layout)]


# The five source documents


@pytest.mark.documents
@pytest.mark.skipif(not FOLDER, reason="set UKJAPAN_DOCUMENTS to the folder of the source documents")
@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_every_unit_of_the_documents_is_where_the_frozen_table_says(slug):
    """The reader finds exactly the units of the frozen table, in its order."""
    file, layout = SOURCES[slug]
    with (CASES / f"{slug}.tsv").open(encoding="utf-8", newline="") as rows:
        expected = [tuple(row) for row in csv.reader(rows, delimiter="\t")][1:]
    found = segment(read_raw(Path(FOLDER, file)).text, layouts.layout(layout))
    assert expected == [(u.id, str(u.line), str(u.start), str(u.end)) for u in found]


def test_the_frozen_tables_hold_all_units():
    """The frozen tables hold 173 units of five documents, each table sorted by start."""
    counts = {}
    for path in sorted(CASES.glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()][1:]
        counts[path.stem] = len(rows)
        assert sorted(rows, key=lambda row: int(row[2])) == rows
    assert sorted(SOURCES) == sorted(counts)
    assert sum(counts.values()) == 173


# Raw text


def test_positions_count_what_is_in_the_file(tmp_path):
    """No line ending is translated, so positions are those of the file."""
    (tmp_path / "a.txt").write_bytes("é\r\nb\n".encode())
    assert read_raw(tmp_path / "a.txt").text == "é\r\nb\n"


def test_a_byte_that_is_not_utf8_is_reported_with_its_line(tmp_path):
    """The error names the byte and the line on which it stands."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\nthr\xe9e\n")
    with pytest.raises(SourceError, match=r"a\.txt:3: byte 0xE9 is not UTF-8") as caught:
        read_raw(path)
    assert caught.value.line == 3


def test_a_missing_file_is_reported(tmp_path):
    """A file that is not there is an error of the source, not a traceback."""
    with pytest.raises(SourceError, match="cannot be read"):
        read_raw(tmp_path / "none.txt")


def test_lines_break_at_any_line_ending_and_nowhere_else():
    """CR, LF and CR LF break lines; a form feed does not."""
    assert [line.number for line in lines("a\r\nb\rc\n\fd")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "other", ["Treaty of\n Utrecht", " Treaty\u00a0of Utrecht\r\n", "Treaty  of\tUtrecht"]
)
def test_a_fingerprint_survives_other_white_space(other):
    """Line breaks, no-break spaces and space around a passage do not change its fingerprint."""
    assert fingerprint("Treaty of Utrecht") == fingerprint(other)


def test_a_fingerprint_survives_another_normal_form_but_no_other_letter():
    """Composed and decomposed letters are the same; a capital is not."""
    composed = "café"
    assert fingerprint(composed) == fingerprint(unicodedata.normalize("NFD", composed))
    assert fingerprint(composed) != fingerprint("Café")


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We left.", ["It rained.", "We left."]),
        ("Why? Because! So it is.", ["Why?", "Because!", "So it is."]),
        ("Rope, tar, etc. The rest came later.", ["Rope, tar, etc.", "The rest came later."]),
        ("Rope, tar, etc. and the rest came later.", ["Rope, tar, etc. and the rest came later."]),
        ("A list of rope, tar etc.", ["A list of rope, tar etc."]),
        ("Mr. Jones met Dr. Lee. They talked.", ["Mr. Jones met Dr. Lee.", "They talked."]),
        ("The Rt. Hon. Anne Field spoke.", ["The Rt. Hon. Anne Field spoke."]),
        (
            "Mr Jones and Rt Hon Anne Field spoke. We left.",
            ["Mr Jones and Rt Hon Anne Field spoke.", "We left."],
        ),
        ("J. R. Field of the U.S. Navy spoke.", ["J. R. Field of the U.S. Navy spoke."]),
        ("See No. 5 and para. 7. Then stop.", ["See No. 5 and para. 7.", "Then stop."]),
        ("I said no. Then we left.", ["I said no.", "Then we left."]),
        ("Work began. 2016 was better.", ["Work began.", "2016 was better."]),
        ("“It rained.” We left.", ["“It rained.”", "We left."]),
        ("It rained. “We left.”", ["It rained.", "“We left.”"]),
        ('It rained (hard.) "We" left.', ["It rained (hard.)", '"We" left.']),
        ("Version 3.5 is at ships.example.org today.", ["Version 3.5 is at ships.example.org today."]),
        ("It rained.\u00a0We left.", ["It rained.", "We left."]),
        ("12. The fleet sails. It returns.", ["12. The fleet sails.", "It returns."]),
        ("See the [fleet page](#). It is new.", ["See the [fleet page](#).", "It is new."]),
    ],
)
def test_sentences(text, expected):
    """A sentence ends where a reader would say so."""
    assert expected == [text[a:b] for a, b in sentences.split(text, 0, len(text))]


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        (True, "a port that shares", "deep water"),
        (True, "boats in the", "North Sea"),
        (False, "The port is open.", "ships came"),
        (False, "He said:", "nothing"),
        (False, "The Harbour", "The port is open."),
        (False, "“The port is open.”", "then closed"),
    ],
)
def test_a_break_inside_a_sentence_is_seen(expected, before, after):
    """Lower case after an open end, or an end on a word like "the", means that the sentence goes on."""
    assert expected == sentences.goes_on(before, after)


# Paragraphs of a release


def test_a_blank_line_inside_a_sentence_does_not_cut_it():
    """A sentence interrupted by a blank line is one unit."""
    text = "Harbour opens\n\nThe port has quays that reach\n\ninto deep water. It is new.\n"
    assert words(text) == ["Harbour opens", "The port has quays that reach into deep water.", "It is new."]


def test_a_quotation_left_open_at_a_blank_line_goes_on_in_curly_quotes():
    """Straight and curly quotes around and inside a broken sentence do no harm."""
    text = 'Harbour opens\n\n"We are proud of\n\nthe port’s cranes.\n\n“They are ‘new’.”\n'
    assert words(text) == ["Harbour opens", '"We are proud of the port’s cranes.', "“They are ‘new’.”"]


def test_each_line_of_a_release_is_a_paragraph():
    """Captions on neighbouring lines are units of their own."""
    assert words("Harbour opens\n\nThe mayor cuts a ribbon\nThe ribbon in two parts\n") == [
        "Harbour opens",
        "The mayor cuts a ribbon",
        "The ribbon in two parts",
    ]


def test_headings_begin_sections():
    """What follows a heading, marked or not, is in its section; a line about publication is in none."""
    text = (
        "# Harbour opens\n\nNew.\n\n## Opening times\n\nBy day.\n\nWider reading\n\nNone.\n\nPublished 2001"
    )
    found = segment(text, layouts.layout("release"))
    assert [u.section for u in found] == [
        "",
        "",
        "Opening times",
        "Opening times",
        "Wider reading",
        "Wider reading",
        "",
    ]


def test_list_items_are_units():
    """Each list item is one unit, its mark included, whatever stops inside it."""
    text = "Harbour opens\n\n- Rope. And tar\n- Sails\n* Oars\n"
    assert words(text) == ["Harbour opens", "- Rope. And tar", "- Sails", "* Oars"]


def test_a_contact_stays_with_its_label():
    """An e-mail address or telephone number is one unit with the label on the line above it."""
    text = "Harbour opens\n\nE-mail  \n[a@port.example](mailto:a@port.example)\n\nDesk\n020 5550 0199\n"
    assert words(text) == [
        "Harbour opens",
        "E-mail [a@port.example](mailto:a@port.example)",
        "Desk 020 5550 0199",
    ]


def test_a_page_number_in_a_release_is_a_unit_of_its_own():
    """A page number is numbered in its place and does not cut the sentence around it."""
    text = "Harbour opens\n\nThe port has quays for the Royal\n\n7\n\nNavy and others. It is new.\n"
    assert units(text) == [
        ("S01", "Harbour opens"),
        ("S02", "The port has quays for the Royal 7 Navy and others."),
        ("S03", "7"),
        ("S04", "It is new."),
    ]


def test_rules_and_lone_marks_are_no_units():
    """A line without a letter or digit is not a unit."""
    assert words("Harbour opens\n-\n* * *\n\t\nIt is new.\n") == ["Harbour opens", "It is new."]


def test_an_empty_text_has_no_units():
    """Nothing in, nothing out."""
    assert segment(" \n\n\u00a0\n", layouts.layout("release")) == []


def test_a_byte_order_mark_is_in_no_unit():
    """A byte order mark counts as a character but is not part of the title."""
    assert segment("\ufeffHarbour", layouts.layout("release"))[0][1:3] == (1, 8)


def test_leading_and_no_break_spaces_are_outside_the_range():
    """A range begins and ends with something that can be seen; a no-break space inside stays."""
    text = "Harbour opens\n\n \u00a0The old\u00a0port is full. \u00a0\n"
    last = segment(text, layouts.layout("release"))[-1]
    assert text[last.start : last.end] == "The old\u00a0port is full."
    assert last.line == 3


def test_everything_after_a_teaser_marker_is_teaser():
    """In a news item, all from the marker on is teaser, and in no section but the marker's."""
    text = "Harbour opens\nIt is new.\nMore from Port Notes\n-\nWhales seen\nOne was white. It left.\n"
    found = segment(text, layouts.layout("news-item"))
    assert ["metadata", "text", *["teaser"] * 4] == [u.kind for u in found]
    assert {"More from Port Notes"} == {u.section for u in found[2:]}
    assert "teaser" not in {u.kind for u in segment(text, layouts.layout("release"))}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (kinds.METADATA, "Press release"),
        (kinds.METADATA, "Published 4 May 2001"),
        (kinds.METADATA, "This was published under the 1990 to 1991 port authority"),
        (kinds.BOILERPLATE, "- Follow the port on [a site](#)"),
        (kinds.BOILERPLATE, "Subscribe to our letters."),
        (kinds.BOILERPLATE, "Photographs of the quay are available at [the port's page](#)"),
        (kinds.HEADING, "Further information"),
        (kinds.TEXT, "The mayor said:"),
        (kinds.TEXT, "The harbour follows the coast."),
    ],
)
def test_default_kinds(kind, line):
    """The reader guesses what a line of a page carries."""
    found = segment(f"Harbour opens\n\nIt is new.\n\n{line}\n", layouts.layout("release"))
    assert kind == found[-1].kind


# Clauses of a declaration

DECLARATION = """ Declaration on Harbours \x20
 \x20
The Mayors of Upton and Downton,\x20
 \x20
Recalling that both towns have\x20
harbours;\x20
 \x20
Noting the “tides”, which\x20
Mr. Jones measured;\x20
 \x20
Have decided as follows:\x20
 \x20
Common Works\x20
 \x20

Mindful of the sea, the towns act.\x20
They act on the\x20

North Quay first.\x20

1. The towns will build\x20

a wall. Today\x20
it is low.  It will be higher.\x20
 2. The towns will keep a list of rope, tar etc.\x20
Both will share it, as in chapter\x20
9. and in the annex.\x20

3. The towns will meet the Harbour\x20


12\x20

Masters each year.\x20
 \x20
Fields of Work\x20
 \x20
1. Rope\x20
2. Tar and\x20

sails\x20
 \x20
Conduct\x20
 \x20
1. The towns report.\x20

Upton, 3 May, 2001\x20
 \x20
Mr. A Jones Rt Hon B Field\x20
Mayor of Upton Mayor of Downton\x20
"""


def test_a_declaration_is_numbered_by_section_and_clause():
    """Preamble, openings, clauses, restarted numbering, a page number and the closing each have a number."""
    assert units(DECLARATION, "declaration") == [
        ("T", "Declaration on Harbours"),
        ("P0", "The Mayors of Upton and Downton,"),
        ("PR1", "Recalling that both towns have harbours;"),
        ("PR2", "Noting the “tides”, which Mr. Jones measured;"),
        ("DEC", "Have decided as follows:"),
        ("CW-H", "Common Works"),
        ("CW0.1", "Mindful of the sea, the towns act."),
        ("CW0.2", "They act on the North Quay first."),
        ("CW1.1", "1. The towns will build a wall."),
        ("CW1.2", "Today it is low."),
        ("CW1.3", "It will be higher."),
        ("CW2.1", "2. The towns will keep a list of rope, tar etc."),
        ("CW2.2", "Both will share it, as in chapter 9. and in the annex."),
        ("CW3", "3. The towns will meet the Harbour 12 Masters each year."),
        ("PG", "12"),
        ("FW-H", "Fields of Work"),
        ("FW1", "1. Rope"),
        ("FW2", "2. Tar and sails"),
        ("CO-H", "Conduct"),
        ("CO1", "1. The towns report."),
        ("CL1", "Upton, 3 May, 2001"),
        ("CL2", "Mr. A Jones Rt Hon B Field Mayor of Upton Mayor of Downton"),
    ]


def test_places_and_kinds_of_a_declaration():
    """Each unit of a declaration says how to cite it and what it carries."""
    found = {u.id: u for u in segment(DECLARATION, layouts.layout("declaration"))}
    expected = {
        "T": ("title", "", kinds.METADATA),
        "P0": ("opening", "", kinds.TEXT),
        "PR2": ("recital 2", "", kinds.TEXT),
        "DEC": ("words of decision", "", kinds.TEXT),
        "CW-H": ("Common Works, heading", "Common Works", kinds.HEADING),
        "CW0.2": ("Common Works, opening, sentence 2", "Common Works", kinds.TEXT),
        "CW3": ("Common Works 3", "Common Works", kinds.TEXT),
        "PG": ("page number", "", kinds.ARTEFACT),
        "FW2": ("Fields of Work 2", "Fields of Work", kinds.TEXT),
        "CL1": ("closing 1", "", kinds.METADATA),
    }
    assert expected == {
        number: (found[number].place, found[number].section, found[number].kind) for number in expected
    }


def test_a_heading_straight_before_its_first_clause_still_begins_a_section():
    """A heading needs no blank line between it and clause 1."""
    text = "Title of It\n\nCommon Works\n1. We act.\n\nOther Works\n1. We rest.\n"
    assert [number for number, _ in units(text, "declaration")] == ["T", "CW-H", "CW1", "OW-H", "OW1"]


def test_numbering_that_starts_again_without_a_heading_is_refused():
    """A unit without a number of its own is an error with a line, not a silent merger."""
    text = "Title of It\n\nCommon Works\n\n1. We act.\n\n2. We rest.\n\n1. We sleep.\n"
    with pytest.raises(SourceError, match=r"raw\.txt:9: clause 1 follows clause 2 of 'Common Works'"):
        segment(text, layouts.layout("declaration"), path="raw.txt")


def test_sections_with_the_same_initials_get_numbers_of_their_own():
    """Two sections never share a code, nor take one that means something else."""
    headings = ("Common Works", "Coastal Waters", "Coastal Lights")
    text = "Title\n\n" + "".join(f"{heading}\n\n1. We act.\n\n" for heading in headings)
    assert [n for n, _ in units(text, "declaration")] == [
        "T",
        "CW-H",
        "CW1",
        "CWB-H",
        "CWB1",
        "CLB-H",
        "CLB1",
    ]


def test_several_page_numbers_are_counted():
    """One page number is PG; several are PG1, PG2."""
    text = "Title\n\nWe act in\n\n- 1 -\n\nconcert;\n\nPage 2 of 9\n\nWe rest;\n"
    assert [number for number, _ in units(text, "declaration")] == ["T", "PR1", "PG1", "PG2", "PR2"]


def test_an_unknown_layout_names_the_known_ones():
    """A layout that is not there is refused with the nearest name."""
    with pytest.raises(UnknownNameError, match=r"no layout called 'news-storey'.*Did you mean news-story"):
        layouts.layout("news-storey")


# Any text at all

LINE = st.one_of(
    st.sampled_from(
        ["", " ", "\u00a0", "-", "7", "12. The port", "1. It", "# Head", "Common Works", "More from X"]
    ),
    st.text(alphabet=string.ascii_letters + string.digits + " .,;:?!()[]*#-'\"“”’é\u00a0\t\f", max_size=40),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\r\n"]), st.sampled_from(sorted(layouts.LAYOUTS)))
@example(["Title", "", "# 5", "", "1. It"], "\n", "declaration")
def test_no_text_is_lost_or_counted_twice(given_lines, ending, name):
    """Units are in order, apart but for page numbers, numbered once each, and hold every letter and digit."""
    text = ending.join(given_lines)
    try:
        found = segment(text, layouts.layout(name))
    except SourceError:
        assert name == "declaration"
        return
    assert len(found) == len({u.id for u in found})
    whole = [u for u in found if u.kind != kinds.ARTEFACT]
    assert all(a.end <= b.start for a, b in itertools.pairwise(whole))
    assert all(text[u.start : u.end].strip() == text[u.start : u.end] != "" for u in found)
    assert all(u.line == len(lines(text[: u.start])) for u in found)
    covered = {i for u in found for i in range(u.start, u.end)}
    assert not [text[i] for i in range(len(text)) if text[i].isalnum() and i not in covered]


# Names in passages


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("the\n Port Act", "the Port Act"),
        ("Port", "Port"),
        ("port’s crane", "port’s crane"),
        ("Harbour 12 Masters", "Harbour 12 Masters"),
        (None, "port's crane"),
        (None, "Por"),
        (None, "PORT"),
        (None, ""),
    ],
)
def test_a_name_is_found_as_whole_words_in_any_white_space(expected, name):
    """A name stands where its letters stand as whole words, however the lines are broken."""
    text = "Ports under the\n Port Act: the port’s crane, and Harbour 12 Masters."
    found = mentions.locate(name, text, 0, len(text))
    assert expected == (text[slice(*found)] if found else None)


def test_a_name_is_not_found_outside_its_passage():
    """Only the passage is searched."""
    assert mentions.locate("Upton", "Upton and Downton", 6, 17) is None
    assert mentions.locate("Down", "Upton and Downton", 0, 14) is not None


def test_a_page_number_does_not_split_a_name():
    """A name that a page number interrupts is found across it."""
    found = segment(DECLARATION, layouts.layout("declaration"))
    text = mentions.without_artefacts(DECLARATION, found)
    start, end = mentions.locate("Harbour Masters", text, 0, len(text))
    assert " ".join(DECLARATION[start:end].split()) == "Harbour 12 Masters"


# Drafting

RAW = "Harbour opens\n\nThe Port Act is in force. Upton has a\n port.\n\nPublished 3 May 2001"
CURATED = """graph:documents {
  document:harbour a ukj:Document ;
    ukj:shortTitle "Release of 3 May 2001"@en , "2001年5月3日"@ja ;
    ukj:fileName "harbour.txt" ; ukj:layout "release" .
  passage:harbour.S01 skos:prefLabel "見出し"@ja , "an old label"@en ; ukj:line 99 .
  passage:harbour.S02 a ukj:Passage ; ukj:gloss "The act holds."@en ; ukj:passageKind kind:metadata .
  mention:harbour.S02-1 a ukj:Mention ; ukj:inPassage passage:harbour.S02 ;
    ukj:name "Port Act"@en ; ukj:refersTo instrument:port-act .
  mention:harbour.S03-1 a ukj:Mention ; ukj:inPassage passage:harbour.S03 ;
    ukj:name "a port"@en ; ukj:refersTo place:port .
}
passage:harbour.S02 { instrument:port-act a ukj:Agreement . }
"""
PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TRIG = "graph/documents/2001-05-03-harbour.trig"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one invented document, and its raw text in the folder ``raw``."""
    monkeypatch.delenv("UKJAPAN_DOCUMENTS", raising=False)
    (tmp_path / "graph/documents").mkdir(parents=True)
    (tmp_path / "ontology").mkdir()
    (tmp_path / "raw").mkdir()
    (tmp_path / TRIG).write_text("# Curated by hand.\n" + PREFIX_LINES + CURATED, encoding="utf-8")
    (tmp_path / "raw/harbour.txt").write_text(RAW, encoding="utf-8")
    return tmp_path


def draft(project, *more):
    """Run ``ukjapan documents draft`` on the project; gives the exit code."""
    folder = ["--documents", str(project / "raw")]
    return main(["documents", "draft", "--root", str(project), *folder, *more])


def facts(project):
    """The triples of the project's document as triples of short names, by graph and subject."""
    return set(canonical.parse(project / TRIG))


def fact(subject, predicate, value, graph="graph:documents"):
    """The quad of three or four short names, or of a literal as object."""

    def node(name):
        prefix, _, local = name.partition(":")
        return NamedNode(PREFIXES[prefix] + local)

    return Quad(
        node(subject), node(predicate), value if isinstance(value, Literal) else node(value), node(graph)
    )


def test_drafting_writes_what_the_reader_knows(project):
    """Document, passage and mention get what the text says of them."""
    assert draft(project) == DONE
    expected = {
        fact("document:harbour", "ukj:characters", Literal(len(RAW))),
        fact("passage:harbour.S03", "rdf:type", "ukj:Passage"),
        fact("passage:harbour.S03", "ukj:inDocument", "document:harbour"),
        fact("passage:harbour.S03", "ukj:unit", Literal("S03")),
        fact("passage:harbour.S03", "ukj:line", Literal(3)),
        fact("passage:harbour.S03", "ukj:start", Literal(RAW.index("Upton"))),
        fact("passage:harbour.S03", "ukj:end", Literal(RAW.index("port.") + 5)),
        fact("passage:harbour.S03", "ukj:fingerprint", Literal(fingerprint("Upton has a port."))),
        fact("passage:harbour.S03", "ukj:status", "status:stated"),
        fact("passage:harbour.S03", "ukj:passageKind", "kind:text"),
        fact(
            "passage:harbour.S03",
            "skos:prefLabel",
            Literal("Release of 3 May 2001, sentence 3", language="en"),
        ),
        fact("mention:harbour.S03-1", "ukj:start", Literal(RAW.index("a\n port"))),
        fact("mention:harbour.S03-1", "ukj:end", Literal(RAW.index("port.") + 4)),
    }
    assert expected <= facts(project)


def test_drafting_keeps_what_the_curator_wrote(project):
    """Glosses, kinds, labels in other languages, facts and the comment at the head stay."""
    before = facts(project)
    draft(project)
    stale = {
        fact("passage:harbour.S01", "ukj:line", Literal(99)),
        fact("passage:harbour.S01", "skos:prefLabel", Literal("an old label", language="en")),
    }
    assert stale == before - facts(project)
    assert (project / TRIG).read_text(encoding="utf-8").startswith("# Curated by hand.\n")


def test_drafting_twice_changes_nothing(project, capsys):
    """The second run finds nothing to do and leaves the file as it is."""
    draft(project)
    first = (project / TRIG).read_bytes(), (project / TRIG).stat().st_mtime_ns
    capsys.readouterr()
    assert draft(project, "harbour") == DONE
    assert first == ((project / TRIG).read_bytes(), (project / TRIG).stat().st_mtime_ns)
    assert "4 passages, 2 mentions, unchanged" in capsys.readouterr().err


def test_drafting_does_not_tie_a_gloss_to_other_words_unasked(project, capsys):
    """A passage whose words changed is reported and nothing is written until the change is accepted."""
    draft(project)
    before = (project / TRIG).read_bytes()
    (project / "raw/harbour.txt").write_text(RAW.replace("Act is", "Act was"), encoding="utf-8")
    assert draft(project) == FINDINGS
    assert before == (project / TRIG).read_bytes()
    assert "passage:harbour.S02: unit S02 has other words than it had" in capsys.readouterr().out
    assert draft(project, "--accept-changes") == DONE
    assert before != (project / TRIG).read_bytes()


def test_drafting_follows_a_text_that_only_moved(project):
    """Where words are the same and their place is not, the new place is written without asking."""
    draft(project)
    (project / "raw/harbour.txt").write_text("\n\n" + RAW.replace(" port.", "  port."), encoding="utf-8")
    assert draft(project) == DONE
    assert fact("passage:harbour.S02", "ukj:line", Literal(5)) in facts(project)


def test_drafting_reports_what_it_cannot_place(project, capsys):
    """A name that is not in its passage and a passage without a unit are findings with their lines."""
    path = project / TRIG
    body = (
        path.read_text(encoding="utf-8").replace('"a port"', '"a Port"').replace("harbour.S01", "harbour.S09")
    )
    path.write_text(body, encoding="utf-8")
    assert draft(project) == FINDINGS
    out = capsys.readouterr().out
    assert "mention:harbour.S03-1: its name does not stand in passage:harbour.S03" in out
    assert "passage:harbour.S09: the text has no unit S09" in out
    described = path.read_text(encoding="utf-8").splitlines().index("  passage:harbour.S09") + 1
    assert f"{TRIG}:{described}: passage:harbour.S09" in out


def test_a_new_document_is_started_and_drafted(project, capsys):
    """``--new`` writes a file with the document and all its passages, which then is in order."""
    raw = project / "raw/quay.txt"
    raw.write_text("Quay opens\n\nIt is long.\n", encoding="utf-8")
    call = ["documents", "draft", "--root", str(project), "--new", "quay-2002", "--file", str(raw)]
    more = ["--layout", "release", "--short-title", "Release of 2002", "--date", "2002-06-01"]
    assert main([*call, *more]) == DONE
    quads = canonical.parse(project / "graph/documents/2002-06-01-quay.trig")
    record = read_record(quads)
    assert (
        record.slug,
        record.file_name,
        record.layout,
        record.short_title,
    ) == ("quay-2002", "quay.txt", "release", "Release of 2002")
    assert list(record.passages) == ["S01", "S02"]
    assert (
        main(["documents", "check", "--root", str(project), "--documents", str(raw.parent), "quay-2002"])
        == DONE
    )
    assert main([*call, *more]) == USAGE
    assert "there is a document quay-2002 already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "said", "arguments"),
    [
        (USAGE, "name their folder with --documents FOLDER or in UKJAPAN_DOCUMENTS", ["draft"]),
        (USAGE, "is no folder", ["draft", "--documents", "nowhere"]),
        (
            USAGE,
            "no document called 'harbor'. Did you mean harbour?",
            ["draft", "harbor", "--documents", "."],
        ),
        (COULD_NOT_RUN, "harbour.txt: is not there; put the raw text there", ["draft", "--documents", "."]),
        (USAGE, "needs --file RAW", ["draft", "--new", "quay", "--layout", "release"]),
        (USAGE, "no verb of documents called 'chek'. Did you mean check?", ["chek"]),
        (USAGE, "say what to do", []),
    ],
)
def test_a_wrong_call_says_how_to_mend_it(project, capsys, monkeypatch, code, said, arguments):
    """Each mistake has its exit code and a message that helps; nothing is written."""
    monkeypatch.chdir(project / "graph")
    before = (project / TRIG).read_bytes()
    verb, rest = arguments[:1], arguments[1:]
    assert code == main(["documents", *verb, *(["--root", str(project)] if verb == ["draft"] else []), *rest])
    assert said in capsys.readouterr().err
    assert before == (project / TRIG).read_bytes()


def test_the_folder_may_come_from_the_environment(project, monkeypatch):
    """``UKJAPAN_DOCUMENTS`` names the folder where no option does."""
    monkeypatch.setenv("UKJAPAN_DOCUMENTS", str(project / "raw"))
    assert main(["documents", "draft", "--root", str(project)]) == DONE


def test_a_comment_that_would_be_lost_stops_the_draft(project, capsys):
    """A comment below the head is reported with its line and the file is left."""
    with (project / TRIG).open("a", encoding="utf-8") as file:
        file.write("# a note\n")
    count = (project / TRIG).read_text(encoding="utf-8").count("\n")
    assert draft(project) == COULD_NOT_RUN
    assert f"{TRIG}:{count}: a comment below the head would be lost" in capsys.readouterr().err


def test_a_file_that_records_no_document_is_refused():
    """A record needs one document, with file name, layout and short title."""
    with pytest.raises(SourceError, match=r"x\.trig: describes 0 documents"):
        read_record([], "x.trig")
    with pytest.raises(SourceError, match=r"document:a has no ukj:fileName"):
        read_record([fact("document:a", "rdf:type", "ukj:Document")], "x.trig")
    quads = drafting.new_document("a", "a.txt", "release", "A")
    swapped = [q for q in quads if getattr(q.object, "value", "") != "release"]
    with pytest.raises(SourceError, match=r"has the layout 'scroll'; use one of declaration, "):
        read_record([*swapped, fact("document:a", "ukj:layout", Literal("scroll"))], "x.trig")


def test_the_order_of_the_quads_does_not_matter():
    """A record and a draft are the same whatever order the file is in."""
    quads = drafting.new_document("a", "a.txt", "release", "A")
    raw = RawText(RAW, "0" * 64)
    record = read_record(quads)
    found = drafting.units_of(record, raw)
    whole = drafting.drafted(quads, record, raw, found)
    shuffled = random.Random(7).sample(whole, len(whole))
    assert read_record(whole) == read_record(shuffled)
    assert set(whole) == set(drafting.drafted(shuffled, read_record(shuffled), raw, found))


def test_a_fresh_draft_has_no_faults():
    """What drafting writes, verification accepts."""
    raw = RawText(DECLARATION, "0" * 64)
    quads = drafting.new_document("a", "a.txt", "declaration", "A")
    record = read_record(quads)
    found = drafting.units_of(record, raw)
    whole = drafting.drafted(quads, record, raw, found)
    record = read_record(whole)
    assert verifying.inner_faults(record) == []
    assert comparing.text_faults(whole, record, raw, found) == []
    assert comparing.changed(record, raw, found) + comparing.unplaced(record, raw, found) == []


def test_codes_of_sections_come_from_their_capitals():
    """Capital initials, or two letters where there is one capital."""
    assert [
        clauses.section_code(heading, set())
        for heading in ("Strengthening Cooperation", "Areas of Cooperation", "Implementation")
    ] == ["SC", "AC", "IM"]


def test_a_name_inside_a_longer_one_is_passed_over():
    """A short name that also stands alone is found where it stands alone."""
    text = "the Harbour and Dock Masters' meeting, and the Dock Masters' meeting"
    longer = ["Harbour and Dock Masters' meeting"]
    start, end = mentions.locate("Dock Masters' meeting", text, 0, len(text), longer)
    assert (start, text[start:end]) == (47, "Dock Masters' meeting")
