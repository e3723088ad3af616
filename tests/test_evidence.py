"""Passages stand in the documents, and every passage is accounted for."""

import json
import re

import pytest

from ukjapan_graph.cli import main
from ukjapan_graph.data import canonical
from ukjapan_graph.errors import DONE, FINDINGS, USAGE, SourceError, UnknownNameError
from ukjapan_graph.judging.evidence import Coverage, check_document, coverage, coverage_faults, document_files
from ukjapan_graph.namespaces import PREFIXES

PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TRIG = "graph/documents/2001-05-03-harbour.trig"
RAW = """Harbour opens

The Port Act is in force. Upton has a

port that reaches the Royal

7

Navy.

Wider reading

Follow the port on its page

Published 3 May 2001
"""
CURATED = """graph:documents {
  document:harbour a ukj:Document ;
    ukj:shortTitle "Release of 3 May 2001"@en ; ukj:fileName "harbour.txt" ; ukj:layout "release" .
  passage:harbour.S02 a ukj:Passage ; ukj:gloss "The act holds."@en .
  mention:harbour.S02-1 a ukj:Mention ; ukj:inPassage passage:harbour.S02 ;
    ukj:name "Port Act"@en ; ukj:refersTo instrument:port-act .
  mention:harbour.S03-1 a ukj:Mention ; ukj:inPassage passage:harbour.S03 ;
    ukj:name "Royal Navy"@en ; ukj:refersTo organisation:royal-navy .
}
passage:harbour.S01 { document:harbour dcterms:title "Harbour opens"@en . }
passage:harbour.S02 { instrument:port-act a ukj:Agreement . }
passage:harbour.S03 { place:port a ukj:Place . }
passage:harbour.S07 { document:harbour ukj:documentDate "2001-05-03"^^xsd:date . }
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one invented document, drafted from the raw text in the folder ``raw``."""
    monkeypatch.delenv("UKJAPAN_DOCUMENTS", raising=False)
    for folder in ("graph/documents", "ontology", "raw"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / TRIG).write_text(PREFIX_LINES + CURATED, encoding="utf-8")
    (tmp_path / "raw/harbour.txt").write_text(RAW, encoding="utf-8")
    assert main(["documents", "draft", "--root", str(tmp_path), "--documents", str(tmp_path / "raw")]) == DONE
    return tmp_path


def alter(path, old, new):
    """Replace ``old``, which must be there, by ``new`` in the file ``path``."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def property_of(project, focus, name, value):
    """Give ``focus`` another ``value`` of the property ``name`` in the project's document."""
    pattern = rf"(?s)(  {re.escape(focus)} a ukj:\w+ ;.*?    {name} )\S+"
    path = project / TRIG
    text, count = re.subn(pattern, rf"\g<1>{value}", path.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def found(project, *, texts=True):
    """Findings of the check as pairs of focus and check."""
    findings = []
    for file in document_files(project):
        findings += check_document(file, project, project / "raw" if texts else None)
    return findings


def pairs(findings):
    """Focus and check of each finding."""
    return [(finding.focus, finding.check) for finding in findings]


# Verification


@pytest.mark.parametrize("texts", [True, False])
def test_a_drafted_document_is_in_order(project, texts):
    """With its text and without, a record fresh from the reader has no findings."""
    assert found(project, texts=texts) == []


def test_a_document_that_was_never_read_is_one_finding(project):
    """Where nothing has been drafted, one finding says so, not one for each passage."""
    (project / TRIG).write_text(PREFIX_LINES + CURATED, encoding="utf-8")
    [finding] = found(project)
    assert finding.message == "its text has not been read; run: ukjapan documents draft harbour"
    assert pairs([finding]) == [("document:harbour", "drafted")]


def test_a_changed_file_and_its_changed_passage_are_found(project):
    """Other words in a passage are found, with what to do and the line of the passage in the record."""
    alter(project / "raw/harbour.txt", "in force.", "no longer in force.")
    findings = found(project)
    expected = {
        ("document:harbour", "document-text"),
        ("passage:harbour.S02", "passage-text"),
        ("passage:harbour.S03", "passage-text"),
        ("passage:harbour.S04", "passage-text"),
        ("passage:harbour.S05", "passage-text"),
        ("passage:harbour.S06", "passage-text"),
        ("passage:harbour.S07", "passage-text"),
        ("mention:harbour.S03-1", "mention-text"),
    }
    assert set(pairs(findings)) == expected
    lines = (project / TRIG).read_text(encoding="utf-8").splitlines()
    second = next(finding for finding in findings if finding.focus == "passage:harbour.S02")
    assert lines[second.line - 1].startswith("  passage:harbour.S02 a ukj:Passage")
    assert second.path == TRIG
    assert "its text has changed; compare its gloss, mentions and facts with line 3" in second.message
    assert second.message.endswith("run: ukjapan documents draft harbour --accept-changes")
    third = next(finding for finding in findings if finding.focus == "passage:harbour.S03")
    assert "its text has moved to chars" in third.message


def test_a_passage_whose_words_are_now_another_unit_is_told_which(project):
    """A sentence put in before a passage moves its words to the next unit, and the finding names it."""
    alter(project / "raw/harbour.txt", "The Port Act", "It is new. The Port Act")
    findings = {finding.focus: finding.message for finding in found(project)}
    assert (
        "its text is now unit S03, on line 3; move its gloss and facts to passage:harbour.S03"
        in (findings["passage:harbour.S02"])
    )
    assert "the text has a unit S08 on line 15 without a passage" in findings["document:harbour"]


def test_another_line_ending_leaves_the_words_as_they_are(project):
    """A file saved with other line endings is reported, but no passage has changed its words."""
    text = RAW.replace("\n", "\r\n")
    (project / "raw/harbour.txt").write_bytes(text.encode())
    messages = [finding.message for finding in found(project) if finding.check == "passage-text"]
    assert messages
    assert all("has moved" in message for message in messages)


def test_a_range_beyond_the_text_is_found(project):
    """A passage that ends after the text ends is found with the text and without."""
    property_of(project, "passage:harbour.S07", "ukj:end", 9999)
    for texts in (True, False):
        assert pairs(found(project, texts=texts)) == [("passage:harbour.S07", "passage-range")]
    assert f"which has {len(RAW)} characters" in found(project)[0].message


def test_a_range_that_ends_before_it_begins_is_found(project):
    """A range must be forward."""
    property_of(project, "passage:harbour.S01", "ukj:end", 0)
    assert ("passage:harbour.S01", "passage-range") in pairs(found(project, texts=False))


def test_overlapping_ranges_are_found_without_the_text(project):
    """Two passages may not share a character, but a page number may lie inside a passage."""
    property_of(project, "passage:harbour.S02", "ukj:start", 3)
    assert pairs(found(project, texts=False)) == [("passage:harbour.S02", "passage-overlap")]


def test_an_artefact_across_the_edge_of_a_passage_is_found(project):
    """A page number lies inside a passage or outside, not half."""
    start = RAW.index("Navy.") + len("Navy.") - 1
    property_of(project, "passage:harbour.S04", "ukj:start", start)
    property_of(project, "passage:harbour.S04", "ukj:end", start + 2)
    assert ("passage:harbour.S04", "passage-overlap") in pairs(found(project, texts=False))


def test_a_missing_passage_is_found(project):
    """A unit of the text that the record does not have is a finding at the document."""
    quads = canonical.parse(project / TRIG)
    kept = [quad for quad in quads if not quad.subject.value.endswith("passage/harbour.S06")]
    canonical.write(project / TRIG, kept)
    [finding] = found(project)
    assert pairs([finding]) == [("document:harbour", "passage-missing")]
    assert "the text has a unit S06 on line 13 without a passage" in finding.message
    assert found(project, texts=False) == []


def test_a_passage_that_is_no_unit_of_the_text_is_found(project):
    """A passage with a number that the text does not have is found."""
    alter(
        project / TRIG,
        "graph:documents {\n  document:",
        "graph:documents {\n  passage:harbour.S99 a ukj:Passage .\n  document:",
    )
    assert set(pairs(found(project))) == {
        ("passage:harbour.S99", "passage-unknown"),
        ("passage:harbour.S99", "drafted"),
    }


def test_a_wrong_address_is_found(project):
    """A line, label or section that the reader would write otherwise is a finding with the right value."""
    property_of(project, "passage:harbour.S02", "ukj:line", 4)
    [finding] = found(project)
    assert pairs([finding]) == [("passage:harbour.S02", "passage-address")]
    assert finding.value == "should be 3"


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("mention-text", '"Port Act"', '"Harbour Act"'),
        ("mention-text", '"Port Act"', '"Port act"'),
        ("mention-text", '"Port Act"', '"Act"'),
    ],
)
def test_a_name_that_does_not_stand_at_its_range_is_found(project, check, old, new):
    """A mention must be, in its range, the name it says, capitals included."""
    alter(project / TRIG, old, new)
    assert pairs(found(project)) == [("mention:harbour.S02-1", check)]


def test_a_mention_outside_its_passage_is_found_without_the_text(project):
    """The range of a mention lies inside that of its passage."""
    property_of(project, "mention:harbour.S02-1", "ukj:start", 0)
    assert pairs(found(project, texts=False)) == [("mention:harbour.S02-1", "mention-range")]


def test_a_missing_raw_file_is_a_finding(project):
    """A folder without the document's file cannot bear it out."""
    (project / "raw/harbour.txt").unlink()
    [finding] = found(project)
    assert pairs([finding]) == [("document:harbour", "document-text")]
    assert "harbour.txt is not in the documents' folder" in finding.message


def test_documents_are_chosen_by_name(project):
    """A document is called by its slug or its prefixed name; another name gets the nearest one."""
    assert [file.path for file in document_files(project, ["document:harbour"])] == [TRIG]
    with pytest.raises(UnknownNameError, match=r"Did you mean harbour\? Known: harbour"):
        document_files(project, ["harbor"])


def test_an_unreadable_record_is_an_error(project):
    """A file that is no TriG stops the check with its line."""
    alter(project / TRIG, "graph:documents {", "graph:documents {{")
    with pytest.raises(SourceError):
        document_files(project)


def test_check_without_the_texts_says_so(project, capsys):
    """Without the documents the check still runs, and says on standard error what it did not do."""
    capsys.readouterr()
    assert main(["documents", "check", "--root", str(project)]) == DONE
    out, err = capsys.readouterr()
    assert out == ""
    assert "the texts were not at hand" in err
    assert "documents: 1, passages: 7, mentions: 2, findings: 0" in err


def test_check_prints_findings_as_text_and_as_json(project, capsys):
    """Both forms hold path, line, focus, message and check; the exit code says that there are findings."""
    alter(project / TRIG, '"Port Act"', '"Quay Act"')
    [finding] = found(project)
    call = ["documents", "check", "--root", str(project), "--documents", str(project / "raw")]
    capsys.readouterr()
    assert main(call) == FINDINGS
    assert capsys.readouterr().out == f"{finding}\n"
    assert str(finding).startswith(
        f"{TRIG}:{finding.line}: mention:harbour.S02-1: its name does not stand in"
    )
    assert main([*call, "--format", "json"]) == FINDINGS
    assert json.loads(capsys.readouterr().out) == [finding._asdict()]


# Coverage


def quads(project):
    """The quads of the project's document."""
    return canonical.parse(project / TRIG)


def test_coverage_counts_passages_by_kind_and_use(project):
    """Each document and the total: units, kinds, cited and uncited passages that carry claims."""
    # units; text, metadata, heading, boilerplate, artefact, teaser; cited, uncited
    counts = (7, (2, 2, 1, 1, 1, 0), 4, 0)
    assert coverage(quads(project)) == [Coverage("harbour", *counts), Coverage("total", *counts)]
    assert coverage_faults(quads(project)) == []


def test_coverage_of_nothing_is_a_total_of_nothing():
    """Without documents there is a total all the same."""
    assert coverage([]) == [Coverage("total", 0, (0, 0, 0, 0, 0, 0), 0, 0)]


def test_a_text_that_nothing_rests_on_is_found(project):
    """A passage of text without facts, reading, inference or silence is uncited, mentions or not."""
    alter(project / TRIG, "place:port a ukj:Place .", "")
    assert [(fault.focus.rpartition("/")[2], fault.check) for fault in coverage_faults(quads(project))] == [
        ("harbour.S03", "passage-cited")
    ]
    assert coverage(quads(project))[0][3:] == (3, 1)


@pytest.mark.parametrize(
    "support",
    [
        "graph:inferences { inference:a ukj:premise passage:harbour.S03 . }",
        "graph:silences { silence:a ukj:nearestPassage passage:harbour.S03 . }",
        "graph:documents { reading:harbour.S03 ukj:readingOf passage:harbour.S03 . }\n"
        "reading:harbour.S03 { place:port a ukj:Place . }",
    ],
)
def test_a_reading_an_inference_or_a_silence_cites_a_passage(project, support):
    """What rests on a passage need not be a fact that it states."""
    alter(project / TRIG, "place:port a ukj:Place .", "")
    with (project / TRIG).open("a", encoding="utf-8") as file:
        file.write(PREFIX_LINES + support)
    assert coverage_faults(quads(project)) == []


def test_a_mention_is_enough_for_metadata(project):
    """A title or date line may be there only to name something."""
    alter(project / TRIG, 'document:harbour dcterms:title "Harbour opens"@en .', "")
    assert [fault.value for fault in coverage_faults(quads(project))] == ["metadata"]
    with (project / TRIG).open("a", encoding="utf-8") as file:
        file.write(
            PREFIX_LINES + "graph:documents { mention:harbour.S01-1 ukj:inPassage passage:harbour.S01 . }"
        )
    assert coverage_faults(quads(project)) == []


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("facts", "passage:harbour.S05 { place:port a ukj:Place . }"),
        ("mentions", "graph:documents { mention:harbour.S05-1 ukj:inPassage passage:harbour.S05 . }"),
    ],
)
def test_a_heading_with_facts_or_mentions_is_found(project, what, more):
    """A passage that carries no claim has neither facts nor mentions."""
    with (project / TRIG).open("a", encoding="utf-8") as file:
        file.write(PREFIX_LINES + more)
    [fault] = coverage_faults(quads(project))
    assert f"is of a kind without claims but has {what}" in fault.message


def test_a_passage_without_a_kind_is_found(project):
    """Every passage needs a kind that coverage knows."""
    property_of(project, "passage:harbour.S05", "ukj:passageKind", "kind:unheard-of")
    [fault] = coverage_faults(quads(project))
    assert (fault.check, fault.value) == ("passage-kind", "unheard-of")


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "tsv"])
def test_coverage_is_printed_in_each_form(project, capsysbinary, form):
    """The total is the last line in every form of rows."""
    capsysbinary.readouterr()
    assert main(["documents", "coverage", "--root", str(project), "--format", form]) == DONE
    last = capsysbinary.readouterr().out.decode().splitlines()[-1]
    assert "total" in last
    numbers = re.findall(r"(?<![\w/#])[0-9]+", last)
    assert numbers == ["7", "2", "2", "1", "1", "1", "0", "4", "0"]


def test_coverage_in_json_is_a_table_of_results(project, capsysbinary):
    """JSON follows the SPARQL results format, numbers as integers."""
    capsysbinary.readouterr()
    main(["documents", "coverage", "--root", str(project), "--format", "json"])
    answer = json.loads(capsysbinary.readouterr().out)
    assert answer["head"]["vars"][:2] == ["document", "units"]
    assert answer["results"]["bindings"][-1]["uncited"]["value"] == "0"


def test_uncovered_passages_are_findings_on_standard_error(project, capsysbinary):
    """The table goes to standard output, the findings, with their places, to standard error; exit 1."""
    alter(project / TRIG, "place:port a ukj:Place .", "")
    capsysbinary.readouterr()
    assert main(["documents", "coverage", "--root", str(project), "--format", "csv"]) == FINDINGS
    out, err = capsysbinary.readouterr()
    assert out.decode().splitlines()[-1] == "total,7,2,2,1,1,1,0,3,1"
    lines = (project / TRIG).read_text(encoding="utf-8").splitlines()
    place = next(
        i for i, line in enumerate(lines, 1) if line.startswith("  passage:harbour.S03 a ukj:Passage")
    )
    assert err.decode().startswith(
        f"{TRIG}:{place}: passage:harbour.S03: nothing rests on it; state what it says"
    )


def test_coverage_does_not_count_broken_sources(project, capsys):
    """Where a source cannot be read there is no table, only what is wrong."""
    (project / "graph/silences.ttl").write_text("silence:a", encoding="utf-8")
    assert main(["documents", "coverage", "--root", str(project)]) == FINDINGS
    assert "graph/silences.ttl:1" in capsys.readouterr().err


def test_an_option_of_another_verb_is_refused(project, capsys):
    """Coverage needs no raw documents and takes no folder of them."""
    assert main(["documents", "coverage", "--root", str(project), "--documents", "."]) == USAGE
    assert "there is no option --documents" in capsys.readouterr().err
