"""``ukjapan export docs`` as people type it."""

from pathlib import Path

import pytest

from commands import ukjapan
from paged_project import make, own_pages
from ukjapan_graph.errors import COULD_NOT_RUN, DONE, USAGE


def test_the_command_writes_the_pages(tmp_path: Path) -> None:
    """Into a new folder; standard output stays empty, standard error says where to look."""
    folder = tmp_path / "pages"
    ran = ukjapan("export", "docs", "--output", str(folder))
    assert (ran.code, ran.out) == (DONE, "")
    assert f"{folder / 'index.html'}" in ran.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == own_pages()


def test_without_a_folder_the_pages_go_into_one_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``ukjapan-docs``, where the command was typed; another project's with --root."""
    project = make(tmp_path / "project")
    monkeypatch.chdir(tmp_path)
    assert ukjapan("export", "docs", "--root", str(project)).code == DONE
    assert "Raft" in (tmp_path / "ukjapan-docs" / "index.html").read_text(encoding="utf-8")


def test_a_folder_of_something_else_is_refused_before_any_work(tmp_path: Path) -> None:
    """Exit code 3, the folder as it was."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    ran = ukjapan("export", "docs", "--output", str(tmp_path), "--root", str(tmp_path / "empty"))
    assert (ran.code, ran.out) == (COULD_NOT_RUN, "")
    assert "did not write" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--ouput", "x"), USAGE, "Did you mean --output"),
        (("--output", "missing/folder"), COULD_NOT_RUN, "cannot be written"),
        (("--root", "missing"), USAGE, "no folder"),
        (("--output", ""), COULD_NOT_RUN, "the folder you are in"),
    ],
)
def test_wrong_calls_are_explained(
    arguments: tuple, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, a code that says whose fault it is, and nothing left behind."""
    monkeypatch.chdir(tmp_path)
    ran = ukjapan("export", "docs", *arguments)
    assert ran.code == code
    assert said in ran.err and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_other_exports_are_as_they_were(capsys: pytest.CaptureFixture) -> None:
    """The help of export speaks of the pages; a format still goes to standard output."""
    assert "ukjapan export docs" in ukjapan("export", "--help").out
    assert ukjapan("export", "--graph", "silences").out.count("\n") > 10


def test_the_help_says_what_is_written() -> None:
    """Terms, shapes, queries and the rule about folders."""
    help_text = " ".join(ukjapan("export", "docs", "--help").out.split())
    assert "static HTML" in help_text and "ukjapan-docs" in help_text
