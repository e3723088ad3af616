"""Proposals on paper."""

import shutil

import pytest

from release import store
from ukjapan_graph.data.link_rules import findings
from ukjapan_graph.data.links import IDENTIFIED, mapping_files, read_sets
from ukjapan_graph.data.sssom_text import text
from ukjapan_graph.errors import FindingsError, UkjapanError
from ukjapan_graph.linking.alike.catalogue import Catalogue
from ukjapan_graph.linking.alike.evidence import Found, weigh
from ukjapan_graph.linking.alike.names import plain
from ukjapan_graph.linking.alike.proposals import judged, write
from ukjapan_graph.linking.alike.suggesting import Suggestion
from ukjapan_graph.resources import root

WD = "http://www.wikidata.org/entity/"


@pytest.fixture
def project(tmp_path):
    """A copy of the project's mapping sets."""
    shutil.copytree(root() / "graph" / "links", tmp_path / "graph" / "links")
    return tmp_path


def suggestion(name="person:koji-tsuruoka", iri=WD + "Q900000001", label="Koji Tsuruoka", note="", **more):
    """A suggestion."""
    catalogue = Catalogue(store())
    thing, found = catalogue.thing(name), Found(iri, (plain(label),), note=plain(note), **more)
    return Suggestion(thing, found, weigh(catalogue, thing, found))


def test_what_is_written_is_sound_and_canonical(project):
    """Rows pass the checks of the project, a hostile label too, and the file is in its one form."""
    hostile = 'Koji\tTsuruoka\n"#: <script>\u202e'
    rows = [suggestion(), suggestion(iri=WD + "Q900000002", label=hostile, note="a\tb"),
            suggestion(iri="https://www.geonames.org/1/"), suggestion(iri="https://d-nb.info/gnd/118540238")]  # fmt: skip
    rows = [one for one in rows if one.neighbour]
    added = write(project, rows, "2026-11-23")

    assert sum(added.values()) == len(rows) >= 3
    accepted, candidates = (
        read_sets(project, mapping_files(project, candidates=flag)) for flag in (False, True)
    )
    assert candidates[1] == []
    assert findings(accepted[0], candidates[0], store()) == []
    for found in candidates[0]:
        assert found.header["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert text(found).encode() == (project / found.path).read_bytes()


def test_a_row(project):
    """A row says what it is: by whom, why, how surely, and that nobody has weighed it."""
    write(project, [suggestion(classes=(WD + "Q5",))], "2026-11-23")
    found = read_sets(project, ["graph/links/candidates/wikidata.sssom.tsv"])[0][0]
    row = next(row for row in found.rows if row.get("object_id") == "wd:Q900000001")
    assert {slot: row.get(slot) for slot in (
        "subject_id", "predicate_id", "mapping_justification", "confidence", "author_type", "mapping_date",
        "mapping_tool",
    )} == {
        "subject_id": "person:koji-tsuruoka", "predicate_id": "skos:exactMatch",
        "mapping_justification": "semapv:LexicalMatching", "confidence": "0.95", "author_type": "prov:SoftwareAgent",
        "mapping_date": "2026-11-23", "mapping_tool": "ukjapan link suggest",
    }  # fmt: skip
    assert row.get("comment").endswith("Nobody has weighed it.")


def test_twice_is_once(project):
    """Writing again adds nothing and changes no byte, whatever the day."""
    assert write(project, [suggestion()], "2026-11-23") == {"graph/links/candidates/wikidata.sssom.tsv": 1}
    before = {path: path.read_bytes() for path in project.rglob("*.tsv")}
    assert write(project, [suggestion()], "2027-01-01") == {}
    assert {path: path.read_bytes() for path in project.rglob("*.tsv")} == before


def test_a_pair_given_twice_is_written_once(project):
    """One pair that two answers have is one row."""
    assert write(project, [suggestion(), suggestion()], "2026-11-23") == {
        "graph/links/candidates/wikidata.sssom.tsv": 1
    }


def test_accepted_and_rejected_pairs_are_known(project):
    """Every pair of the reviewed sets is, and one of them is not proposed again."""
    known = judged(project)
    sets = read_sets(project, mapping_files(project))[0]
    assert len(known.weighed) == sum(len(found.rows) for found in sets)
    assert any(row.get("predicate_modifier") == "Not" for found in sets for row in found.rows)
    rejected = next(
        (f, r)
        for f in sets
        for r in f.rows
        if r.get("predicate_modifier") == "Not" and r.get("subject_id").partition(":")[0] in IDENTIFIED
    )
    pair = suggestion(rejected[1].get("subject_id"), rejected[0].iri(rejected[1].get("object_id")))
    assert known.is_weighed(pair.thing, pair.found.iri)
    assert write(project, [pair], "2026-11-23") == {}


def test_nothing_is_half_written(project):
    """One that belongs nowhere, or a set that is not sound, and no file changes."""
    before = {path: path.read_bytes() for path in project.rglob("*.tsv")}
    with pytest.raises(UkjapanError, match="no neighbour"):
        write(project, [suggestion(), suggestion(iri="http://elsewhere.example/1")], "2026-11-23")
    assert {path: path.read_bytes() for path in project.rglob("*.tsv")} == before
    (project / "graph/links/wikidata.sssom.tsv").write_text("broken", encoding="utf-8")
    with pytest.raises(FindingsError):
        write(project, [suggestion()], "2026-11-23")
