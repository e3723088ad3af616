"""One version, written in several places."""

import pytest

from judged_project import make
from release import rows
from small_project import put
from ukjapan_graph import resources
from ukjapan_graph.data import build
from ukjapan_graph.errors import SourceError
from ukjapan_graph.judging import validation
from ukjapan_graph.judging.versions import Versions, disagreements, read_versions

FIRST, SECOND = "https://w3id.org/ukjapan/ns/0.1.0", "https://w3id.org/ukjapan/ns/0.2.0"
META = (
    f'<https://w3id.org/ukjapan/ns> owl:versionInfo "0.2.0" ; owl:versionIRI <{SECOND}> ;\n'
    f"  owl:priorVersion <{FIRST}> ; owl:incompatibleWith <{FIRST}> ;\n"
    f'  dcterms:bibliographicCitation "Boats, version 0.2.0, {SECOND}"@en ;\n'
    '  vann:preferredNamespacePrefix "ukj" ;\n'
    '  vann:preferredNamespaceUri "https://w3id.org/ukjapan/ns#" .\n'
)


@pytest.fixture
def root(tmp_path):
    """A small project without faults, with its version in all places."""
    make(tmp_path)
    put(tmp_path, "ontology/meta.ttl", META)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    return tmp_path


def found(root):
    """What disagrees, by the first words of its message."""
    findings = disagreements(build.assemble(root)[0], read_versions(root))
    assert {finding.check for finding in findings} <= {"terms:version"}
    return [(" ".join(finding.message.split()[:6]), finding.value) for finding in findings]


def test_the_project_has_one_version():
    """The ontology in the release has the version of the project, and its dates."""
    versions = read_versions(resources.root())
    assert [
        row[0].value for row in rows("SELECT ?v { <https://w3id.org/ukjapan/ns> owl:versionInfo ?v }")
    ] == [versions.current]


def test_versions_are_read(root):
    """The version comes from pyproject.toml, dates from the headings of the changelog that have one."""
    assert read_versions(root) == Versions("0.2.0", {})
    text = "# Changes\n\n## [Unreleased]\n\n## [0.2.0] - 1903-05-02\n\n## [0.1.0] - 1903-05-01\n"
    (root / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert read_versions(root) == Versions("0.2.0", {"0.2.0": "1903-05-02", "0.1.0": "1903-05-01"})


def test_an_installed_copy_has_nothing_to_compare(tmp_path):
    """Where there is no pyproject.toml there is no other place that could disagree."""
    assert read_versions(tmp_path) is None


@pytest.mark.parametrize("text", ["[project]\n", "version", "\xff"], ids=["none", "no TOML", "no UTF-8"])
def test_a_project_without_a_version(root, text):
    """The error names the file and says what to write."""
    (root / "pyproject.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SourceError, match="gives no version; write version") as caught:
        read_versions(root)
    assert caught.value.path == str(root / "pyproject.toml")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ('versionInfo "0.2.0"', 'versionInfo "0.1.0"', [("should have 0.2.0 for owl:versionInfo", "0.1.0")]),
        (f"versionIRI <{SECOND}>", f"versionIRI <{FIRST}>", [(f"should have {SECOND} for owl:versionIRI", FIRST)]),
        (
            "Boats, version 0.2.0", "Boats, version 0.1.0",
            [("should be cited as version 0.2.0,", f"Boats, version 0.1.0, {SECOND}")],
        ),
        ('Prefix "ukj"', 'Prefix "uk"', [("should have ukj for vann:preferredNamespacePrefix", "uk")]),
        (
            'Uri "https://w3id.org/ukjapan/ns#"', 'Uri "https://w3id.org/ukjapan/ns"',
            [("should have https://w3id.org/ukjapan/ns# for vann:preferredNamespaceUri", "https://w3id.org/ukjapan/ns")],
        ),
        (f" owl:incompatibleWith <{FIRST}> ;", "", [("should say once of its owl:priorVersion", "")]),
        (
            "owl:incompatibleWith", f"owl:backwardCompatibleWith <{FIRST}> ; owl:incompatibleWith",
            [("should say once of its owl:priorVersion", "")],
        ),
        (f"incompatibleWith <{FIRST}>", f"backwardCompatibleWith <{FIRST}>", []),
        (f"owl:priorVersion <{FIRST}> ; owl:incompatibleWith <{FIRST}> ;", "", []),
        (
            f"owl:priorVersion <{FIRST}> ; owl:incompatibleWith <{FIRST}> ;",
            f"owl:priorVersion <{SECOND}> ; owl:incompatibleWith <{SECOND}> ;",
            [("should have one owl:priorVersion, the version", SECOND)],
        ),
        (
            'Prefix "ukj"', 'Prefix "ukj" ; dcterms:issued "1903-05-02"',
            [("should have nothing: CHANGELOG.md dates no", "1903-05-02")],
        ),
    ],
)  # fmt: skip
def test_what_disagrees_is_found(root, old, new, expected):
    """Each place that says another version is found; a date that the changelog does not give is too."""
    put(root, "ontology/meta.ttl", META.replace(old, new, 1) if old else META)
    assert found(root) == expected


def test_dates_are_those_of_the_changelog(root):
    """Once the changelog dates the version, the ontology says when it was issued and first created."""
    text = "## [0.2.0] - 1903-05-02\n\n## [0.1.0] - 1903-05-01\n"
    (root / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert found(root) == [
        ("should have 1903-05-01 for dcterms:created", ""),
        ("should have 1903-05-02 for dcterms:issued", ""),
    ]
    dates = 'dcterms:created "1903-05-01"^^xsd:date ; dcterms:issued "1903-05-02"^^xsd:date ; vann:preferredNamespaceP'
    put(root, "ontology/meta.ttl", META.replace("vann:preferredNamespaceP", dates))
    assert found(root) == []


def test_validation_says_where(root):
    """``ukjapan validate`` finds another version in the file of the ontology, and the rest in order."""
    assert [v.finding for v in validation.validate(root, only=["terms"]).verdicts] == []
    put(root, "ontology/meta.ttl", META.replace('versionInfo "0.2.0"', 'versionInfo "0.1.0"'))
    (finding,) = [v.finding for v in validation.validate(root, only=["terms"]).verdicts]
    assert (finding.path.startswith("ontology/"), finding.line > 0) == (True, True)
    assert (finding.focus, finding.check) == ("<https://w3id.org/ukjapan/ns>", "terms:version")
