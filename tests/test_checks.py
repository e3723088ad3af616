"""The checks, each by cases in ``tests/checks/<check>/``: the file name is the verdict.

In ``valid.<why>.trig`` the check finds nothing, in ``invalid.<why>.trig`` what stands in
``invalid.<why>.findings.txt`` beside it. A new case is a new file; after a change on purpose:

    python -m tests.test_checks --approve
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Store

from ukjapan_graph import resources
from ukjapan_graph.data import canonical
from ukjapan_graph.data.turtle import Writer
from ukjapan_graph.errors import SourceError
from ukjapan_graph.judging import checks
from ukjapan_graph.namespaces import PREFIXES, shorten
from ukjapan_graph.querying.tokens import declared_prefixes, is_word, tokenise, used_prefixes

CASES = Path(__file__).parent / "checks"
FILES = checks.check_files(resources.root())


@cache
def check(name: str) -> checks.Check:
    """The check called ``name``."""
    return checks.read_check(resources.root() / "queries" / "checks" / f"{name}.rq")


def judged(path: Path) -> str:
    """What the check of the folder finds in the case ``path``: focus, path and value, a line each."""
    store = Store()
    store.extend(canonical.parse(path))
    rows = [
        (shorten(b.focus), shorten(b.path) if b.path else "", Writer().term(b.value) if b.value else "")
        for b in checks.run(check(path.parent.name), store)
    ]
    return "".join(" | ".join(row) + "\n" for row in rows)


def cases(kind: str) -> list[Path]:
    """The case files whose verdict is ``kind``, sorted."""
    return sorted(CASES.glob(f"*/{kind}.*.trig"))


def approved(path: Path) -> Path:
    """The file of approved findings beside the invalid case ``path``."""
    return path.with_suffix(".findings.txt")


def name_of(path: Path) -> str:
    """A file as it is called in test reports."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", cases("valid"), ids=name_of)
def test_valid_case(path):
    """The check finds nothing in a valid case."""
    assert judged(path) == ""


@pytest.mark.parametrize("path", cases("invalid"), ids=name_of)
def test_invalid_case(path):
    """The check finds in an invalid case what was approved."""
    expected = approved(path).read_text(encoding="utf-8")
    assert expected, "nothing was approved: an invalid case has findings"
    assert expected == judged(path), "if on purpose: python -m tests.test_checks --approve"


def test_every_check_has_cases():
    """Each check has a valid and an invalid case, and each folder of cases its check."""
    names = [path.stem for path in FILES]
    assert names == sorted({path.parent.name for path in cases("valid")})
    assert names == sorted({path.parent.name for path in cases("invalid")})
    known = {*cases("valid"), *cases("invalid"), *map(approved, cases("invalid"))}
    assert sorted(set(CASES.glob("*/*")) - known) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file_of_a_check(path):
    """A check has its header, its prefixes sorted, used and from the table, and a total order of rows."""
    found = checks.read_check(path)
    tokens = tokenise(found.text)
    declared = [(name.text[:-1], iri) for name, iri in declared_prefixes(tokens)]
    assert sorted(declared) == declared
    assert {prefix for prefix, _ in declared} == set(used_prefixes(tokens))
    assert [PREFIXES[prefix] for prefix, _ in declared] == [iri for _, iri in declared]
    assert found.text.rstrip().endswith("ORDER BY ?focus ?path ?value")
    assert not [token for token in tokens if is_word(token, "LIMIT", "OFFSET", "SERVICE", "FROM")]
    assert found.summary[0].isupper() and not found.summary.endswith(".")
    assert found.message[0].islower() and not found.message.endswith(".")


HEADER = "#+ summary: Ties\n#+ severity: violation\n#+ message: mend it\n\n"
QUERY = "SELECT ?focus ?path ?value WHERE { ?focus ?path ?value } ORDER BY ?focus ?path ?value\n"


def test_a_check_is_read(tmp_path):
    """Name, summary, severity and message come from the file and its header."""
    path = tmp_path / "ties.rq"
    path.write_text(HEADER + QUERY, encoding="utf-8")
    found = checks.read_check(path)
    assert found[:4] == ("ties", "Ties", "violation", "mend it")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (QUERY, 1),
        (HEADER.replace("#+ message: mend it\n", "") + QUERY, 1),
        (HEADER.replace("#+ message", "#+ note: x\n#+ message") + QUERY, 1),
        (HEADER.replace("violation", "fatal") + QUERY, 1),
        (HEADER.replace("Ties", "a: b") + QUERY, 1),
    ],
    ids=["no header", "no message", "strange key", "no such severity", "not YAML"],
)
def test_a_header_that_is_wrong(tmp_path, text, line):
    """A header that lacks something, or has too much, is an error with file and line."""
    path = tmp_path / "ties.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        checks.read_check(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\nSELECT ?focus WHERE {\n  ?focus ?path }}", 7),
        ("SELECT ?focus WHERE { ?focus ?p ?o }", 1),
        ("ASK { }", 1),
    ],
    ids=["no SPARQL", "columns", "no SELECT"],
)
def test_a_query_that_is_wrong(tmp_path, text, line):
    """SPARQL that does not parse, or has other columns, is an error with file and line."""
    path = tmp_path / "ties.rq"
    path.write_text(HEADER + text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        checks.run(checks.read_check(path), Store())
    assert (caught.value.path, caught.value.line) == (str(path), line)


def approve() -> None:
    """Write down what is found now in every invalid case."""
    for path in cases("invalid"):
        approved(path).write_text(judged(path), encoding="utf-8")
    print(f"{len(cases('invalid'))} cases approved; read the difference before you keep it", file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:] != ["--approve"]:
        sys.exit("usage: python -m tests.test_checks --approve")
    approve()
