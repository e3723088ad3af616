"""Reading a release to compare."""

import gzip
import io
import sys

import pytest

import small_project
from two_releases import release, rules, write
from ukjapan_graph.changes.release import project_cases, read
from ukjapan_graph.data.build import write_release
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import expand
from ukjapan_graph.resources import release_file

SMALL = release()
QUAD = "<http://x.example/a> <http://x.example/b> <http://x.example/c>"


def test_forms_of_a_release(tmp_path, monkeypatch):
    """A file under any name, packed or not, and standard input hold the same release."""
    plain = write(SMALL, tmp_path / "plain")
    packed = tmp_path / "packed.nq.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plain.read_bytes())))

    assert read(plain).quads == read(packed).quads == read("-").quads == SMALL.quads
    assert (read(plain).name, read(plain).root) == (str(plain), None)


def test_a_project(tmp_path):
    """A folder is the release of that project, and so is its release file by name."""
    root = small_project.make(tmp_path / "project")
    write_release(root)

    assert read(root).quads == read(release_file(root)).quads
    assert read(root).root == read(release_file(root)).root == root


def test_this_project():
    """Without a name it is this project's release."""
    own = read()

    assert (own.name, own.version) == ("this project's release", read(release_file()).version)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", "holds no quads", None),
        (b"# only a comment\n", "holds no quads", None),
        (QUAD.encode() + b" .\n", "is in no named graph", None),
        (QUAD.encode() + b" <http://x.example/g> .\nnonsense\n", r"a release is N-Quads", 2),
        (b"_:a <http://x.example/b> <http://x.example/c> <http://x.example/g> .\n", "a blank node", 1),
        (b"\xff\xfe", "not UTF-8", 1),
        (b"\x1f\x8b\x08nonsense", "cannot be unpacked", None),
        (gzip.compress(QUAD.encode(), mtime=0)[:-9], "cannot be unpacked", None),
    ],
)
def test_refusals(tmp_path, content, reason, line):
    """What is no release is refused with file, line and reason."""
    path = tmp_path / "file.nq"
    path.write_bytes(content)

    with pytest.raises(SourceError, match=reason) as caught:
        read(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_missing(tmp_path):
    """A file, or a folder's release, that is not there is refused with what to do."""
    with pytest.raises(SourceError, match="name a release"):
        read(tmp_path / "none.nq")
    with pytest.raises(SourceError, match="ukjapan build"):
        read(tmp_path)


def test_version():
    """The version is that of the ontology; none where there is none, or more than one."""
    assert SMALL.version == "0.1.0"
    assert release({'owl:versionInfo "0.1.0"': "owl:deprecated false"}).version == ""
    assert release({'"0.1.0"': '"0.1.0" , "0.2.0"'}).version == ""


def test_rules():
    """A release carries its rules, or has none."""
    assert [rule.name for rule in SMALL.rules] == [rule.name for rule in rules()]
    assert release(carried=False).rules is None


def test_names():
    """Things have their labels, a mention its words and passage, a literal its language and datatype."""
    mention = SMALL.entity(expand("mention:gazette.S2-2"))

    assert mention.label == "“that paper” in Gazette 1903, 2"
    assert SMALL.entity(expand("instrument:ferry-pact")).label == "Ferry Pact"
    assert SMALL.called(None) is None


def test_cases():
    """The cases are those of the projects that the releases belong to, or else of this one."""
    assert "builds-on--instrument=acsa" in project_cases([SMALL, read()])
    assert project_cases([SMALL]) == project_cases([read()])
