"""Saved query files: what their headers say."""

import pytest

import small_graph
from ukjapan_graph.errors import SourceError
from ukjapan_graph.querying.queries import read_folder, read_query
from ukjapan_graph.querying.saved_query import Parameter


def written(folder, text, name="x.rq"):
    """The path of a query file with this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_read_query(tmp_path):
    """A file gives its header's parts as text, and the SPARQL below it as it lies."""
    query = read_query(small_graph.write_queries(tmp_path) / "signed-by.rq")

    assert query.name == "signed-by"
    assert query.summary == "What was signed by a day?"
    assert query.description == ""
    assert query.tags == ("time",)
    assert query.questions == ("CQ2",)
    assert (
        Parameter("day", "date", "1903-12-31", "the day"),
        Parameter("word", "string", "Pact", "a word of its name"),
    ) == query.parameters
    assert query.columns == (("what", "what was signed"), ("date", "when"))
    assert query.text.startswith("PREFIX skos:")
    assert query.text.endswith("ORDER BY ?what\n")


def test_read_folder(tmp_path):
    """A folder gives its own queries by name, and neither other files nor those of folders below."""
    folder = small_graph.write_queries(tmp_path)
    small_graph.write_queries(folder / "checks")
    (folder / "notes.txt").write_text("x", encoding="utf-8")

    assert [query.name for query in read_folder(folder)] == ["builds-on", "signed-by"]


def test_scalars_stay_as_written(tmp_path):
    """A default that YAML would take for a date or a number is the text in the file."""
    text = (
        "#+ summary: a?\n#+ params:\n#+   d: {type: date, default: 2017-08-31}\n"
        "#+   n: {type: integer, default: 010}\n#+ columns:\n#+   x: y\n#+ silence: none\nSELECT"
    )

    query = read_query(written(tmp_path, text))

    assert [parameter.default for parameter in query.parameters] == ["2017-08-31", "010"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("SELECT ?x {}", 1, "no header"),
        ("#+ summary: a: b\n", 1, "not YAML"),
        ("#+ summary: a?\n#+ tags: [a\n", 2, "not YAML"),
        ("#+ just words\n", 1, "not a list"),
        ("#+ columns:\n#+   x: y\n#+ silence: s\n", 1, "no summary"),
        ("#+ summary: a?\n#+ silence: s\n", 1, "no columns"),
        ("#+ summary: a?\n#+ columns:\n#+   x: y\n", 1, "no silence"),
        ("#+ summary: a?\n#+ columns: x\n#+ silence: s\n", 1, "columns"),
        ("#+ summary: [a]\n#+ columns:\n#+   x: y\n#+ silence: s\n", 1, "summary"),
        ("#+ summary: a?\n#+ tags: x\n#+ columns:\n#+   x: y\n#+ silence: s\n", 1, "tags"),
        ("#+ summary: a?\n#+ params:\n#+   p: {type: date}\n", 3, "default"),
        (b"#+ summary: \xff\n", None, "UTF-8"),
    ],
)
def test_broken_file(tmp_path, text, line, reason):
    """A header that cannot be read says what is wrong and on which line."""
    with pytest.raises(SourceError, match=reason) as caught:
        read_query(written(tmp_path, text))

    assert line == caught.value.line


def test_missing_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(SourceError, match=r"gone\.rq: cannot be read"):
        read_query(tmp_path / "gone.rq")
