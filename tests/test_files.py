"""Writing files whole."""

import os
import stat
from pathlib import Path

import pytest

from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes, replace_file, replace_folder


def test_a_new_and_an_old_file_are_written(tmp_path):
    """A file gets its content, whether it was there or not, and nothing else is left in the folder."""
    path = tmp_path / "a.txt"
    for content in (b"one", b"two"):
        replace_file(path, content)
        assert read_bytes(path) == content
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_what_comes_in_pieces_is_written_whole(tmp_path):
    """Pieces are written one after the other; where making one fails, the old content stays."""
    file = tmp_path / "file"
    replace_file(file, iter([b"a", b"b", b""]))
    assert file.read_bytes() == b"ab"

    def broken():
        yield b"c"
        raise ValueError

    with pytest.raises(ValueError):
        replace_file(file, broken())
    assert file.read_bytes() == b"ab"
    assert list(tmp_path.iterdir()) == [file]


def test_permissions_stay(tmp_path):
    """The permissions of a file that is replaced stay as they were."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path):
    """Writing through a link changes what it leads to and leaves the link."""
    (tmp_path / "real").write_bytes(b"")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    replace_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_failure_leaves_the_old_content(tmp_path, monkeypatch):
    """Where the last step fails, the old content stays and no half-written file is left."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(SourceError, match=r"a\.txt: cannot be written: No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", [".", "missing/a.txt"])
def test_where_no_file_can_be_is_an_error(tmp_path, name):
    """A folder, or a file in no folder, cannot be written or read, and the error says so."""
    with pytest.raises(SourceError, match="cannot be written"):
        replace_file(tmp_path / name, b"")
    with pytest.raises(SourceError, match="cannot be read"):
        read_bytes(tmp_path / name)


def test_a_device_stays_a_device():
    """The null device takes the bytes and is not replaced by a file."""
    before = os.stat(os.devnull).st_rdev  # noqa: PTH116
    replace_file(Path(os.devnull), b"gone")
    assert os.stat(os.devnull).st_rdev == before  # noqa: PTH116


def test_a_folder_is_replaced_whole(tmp_path):
    """New or old, it holds the new files and nothing else, with the permissions it had."""
    folder = tmp_path / "pages"
    replace_folder(folder, {"a": b"1", "b": b"2"})
    folder.chmod(0o750)
    replace_folder(folder, {"b": b"3"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"b": b"3"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_linked_folder_is_replaced_where_it_lies(tmp_path):
    """The link stays a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_folder(tmp_path / "link", {"a": b"1"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"1"


@pytest.mark.parametrize("failing", ["write_bytes", "replace"])
def test_a_failure_leaves_the_old_folder(tmp_path, monkeypatch, failing):
    """Whichever step fails, the old files stay and nothing half-written is left beside them."""
    folder = tmp_path / "pages"
    replace_folder(folder, {"a": b"old"})
    works, calls = getattr(Path, failing), []

    def full(self, *arguments):
        calls.append(self)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return works(self, *arguments)

    monkeypatch.setattr(Path, failing, full)
    with pytest.raises(SourceError, match="pages: cannot be written: No space left"):
        replace_folder(folder, {"a": b"new", "b": b"new"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_folder_in_no_folder_is_an_error(tmp_path):
    """The folder above must be there."""
    with pytest.raises(SourceError, match="cannot be written"):
        replace_folder(tmp_path / "missing" / "pages", {"a": b""})
