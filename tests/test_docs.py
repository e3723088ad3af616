"""What the README and the guides say is so: their commands run, their outputs are true, nothing is left out.

To renew the outputs after a change that is meant to change them:

    python tests/test_docs.py
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from commands import ukjapan
from release import rows
from ukjapan_graph import resources
from ukjapan_graph.cli import COMMANDS
from ukjapan_graph.querying.queries import read_folder

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
OUTPUT = re.compile(r"(<!-- output: ukjapan (.*?) -->\n```text\n)(.*?)(```)", re.S)
WIDTH = "100"  # columns of the terminal that the README shows
PATTERNS = re.findall(r"^## (.*?)\n.*?```sparql\n(.*?)```", GUIDE, re.S | re.M)


def shell_lines() -> list[str]:
    """The README's ``ukjapan`` lines, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line.startswith("ukjapan ")]


def printed(command: str) -> str:
    """What ``ukjapan COMMAND`` prints on a terminal as wide as the README shows."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = WIDTH
    try:
        return ukjapan(*shlex.split(command)).out
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before


@pytest.mark.parametrize("line", shell_lines())
def test_every_command_of_the_readme_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the README does what it is there for: exit 0 and something to read."""
    monkeypatch.chdir(tmp_path)
    ran = ukjapan(*shlex.split(line)[1:])
    written = [path for path in tmp_path.iterdir() if path.stat().st_size]
    assert (ran.code, bool(ran.out or written or ran.err)) == (0, True), ran.err


@pytest.mark.parametrize("command", [match[2] for match in OUTPUT.finditer(README)])
def test_every_output_in_the_readme_is_true(command: str) -> None:
    """What the README shows below a command is what the command prints."""
    shown = {match[2]: match[3] for match in OUTPUT.finditer(README)}
    assert shown[command] == printed(command)


def test_the_first_screen_asks_and_answers() -> None:
    """Question, line to type and answer stand within the README's first screen."""
    screen = "\n".join(README.splitlines()[:45])
    assert "newcomer: ask" in screen and "inferred (weak)" in screen


def test_the_python_example_runs(capsys: pytest.CaptureFixture) -> None:
    """The README's Python prints the two signatories."""
    code = re.search(r"```python\n(.*?)```", README, re.S)[1]
    exec(compile(code, "README.md", "exec"), {})
    assert "Koji Tsuruoka" in capsys.readouterr().out


def test_every_command_is_in_the_readme() -> None:
    """No command is without a line in the README's table."""
    assert {name for name in COMMANDS if f"| `ukjapan {name}` |" not in README} == set()


@pytest.mark.parametrize(("title", "pattern"), PATTERNS, ids=[title for title, _ in PATTERNS])
def test_every_pattern_of_the_guide_finds_something(title: str, pattern: str) -> None:
    """A pattern runs as it stands, is short, and has an answer."""
    assert len(pattern.splitlines()) <= 8
    assert rows(pattern) != []


def test_the_guide_has_a_pattern_for_each_kind_of_question() -> None:
    """Fact and passage, people, life, undertakings, names, inference, silence."""
    titles = " ".join(title.lower() for title, _ in PATTERNS)
    wanted = (
        "passage",
        "office",
        "status on a date",
        "undertakings",
        "builds on",
        "names",
        "inferences",
        "silence",
    )
    assert [word for word in wanted if word not in titles] == []


def test_every_link_inside_the_project_leads_somewhere() -> None:
    """Relative links in the Markdown files name files that are there."""
    for path in (ROOT / "README.md", *ROOT.glob("ontology/*.md"), *ROOT.glob("graph/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_there_are_as_many_saved_questions_as_the_readme_says() -> None:
    """More than sixty."""
    assert len(read_folder(resources.root() / "queries")) > 60


def test_the_package_and_the_ontology_have_one_version() -> None:
    """pyproject and the ontology's version information agree."""
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
    assert [row[0].value for row in rows("SELECT ?v WHERE { ?o a owl:Ontology ; owl:versionInfo ?v }")] == [
        version
    ]


if __name__ == "__main__":
    renewed = OUTPUT.sub(lambda match: match[1] + printed(match[2]) + match[4], README)
    (ROOT / "README.md").write_text(renewed, encoding="utf-8")
