"""Each rule for query files, broken once."""

import pytest

import small_graph
from ukjapan_graph.querying.query_rules import problems

GOOD = small_graph.QUERIES["builds-on"]


def found(folder, text, name="builds-on.rq"):
    """(line, rule, message) of each problem of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [(finding.line, finding.check, finding.message) for finding in problems(path)]


@pytest.mark.parametrize("name", sorted(small_graph.QUERIES))
def test_good_file(tmp_path, name):
    """A file in order has no problems."""
    assert found(tmp_path, small_graph.QUERIES[name], f"{name}.rq") == []


def line_of(text, part):
    """Line of ``part`` in ``text``, from 1."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "rule"),
    [
        ("instrument?", "instrument", "#+ summary", "notes"),
        (', about: "what is built on"', "", "#+   instrument", "notes"),
        ("what builds on it\n", '""\n', "#+   what", "notes"),
        ("{type: instrument", "{type: treaty", "#+   instrument", "names"),
        ('"instrument:ferry-pact"', '"person:ferry-pact"', "#+   instrument", "defaults"),
        ('"instrument:ferry-pact"', '"ferry-pact"', "#+   instrument", "defaults"),
        ("{ instrument:ferry-pact }", "{ instrument:other }", "VALUES", "defaults"),
        ("{ instrument:ferry-pact }", "{ instrument:ferry-pact ukj:x }", "VALUES", "defaults"),
        ("{ instrument:ferry-pact }", "{ }", "VALUES", "defaults"),
        ("VALUES ?instrument {", "VALUES ?thing {", "#+   instrument", "defaults"),
        ("ORDER BY ?what ?where\n", "ORDER BY ?what ?where\nLIMIT 3\n", "LIMIT", "shape"),
        ("ORDER BY ?what ?where\n", "", "PREFIX", "shape"),
        ("SELECT ?what ?signed ?where", "SELECT *", "*", "shape"),
        ("OPTIONAL {", "SERVICE <http://x> {", "SERVICE", "shape"),
        ("?what ?signed ?where WHERE", "?what ?where WHERE", "#+ columns", "columns"),
        ("?what ?signed ?where WHERE", "?signed ?what ?where WHERE", "#+ columns", "columns"),
        (
            "PREFIX ukj:",
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX ukj:",
            "PREFIX skos",
            "prefixes",
        ),
        ("PREFIX ukj: <https://w3id.org/ukjapan/ns#>\n", "", "GRAPH", "prefixes"),
        ("ns#>", "other#>", "PREFIX ukj", "prefixes"),
        ("ukj:", "foo:", "PREFIX foo", "prefixes"),
    ],
)
def test_broken_rule(tmp_path, old, new, at, rule):
    """A broken rule is found under its name, at the line to mend."""
    assert old in GOOD
    text = GOOD.replace(old, new)

    assert (line_of(text, at), f"query:{rule}") in [problem[:2] for problem in found(tmp_path, text)]


def test_prefixes_out_of_order(tmp_path):
    """PREFIX lines that are not sorted are found at the line that stands too late."""
    lines = [line for line in GOOD.splitlines() if line.startswith("PREFIX")]
    text = GOOD.replace("\n".join(lines), "\n".join(reversed(lines)))

    assert [(line_of(text, "PREFIX instrument"), "query:prefixes")] == [p[:2] for p in found(tmp_path, text)]


def test_not_sparql(tmp_path):
    """SPARQL that does not parse is found at its line in the file, not in the query."""
    text = GOOD.replace("OPTIONAL {", "OPTIONAL")

    assert (line_of(text, "OPTIONAL"), "query:syntax") in [p[:2] for p in found(tmp_path, text)]


def test_string_without_end(tmp_path):
    """Text without tokens is found at its line in the file."""
    text = GOOD.replace("ORDER BY", 'BIND("x) ORDER BY')

    assert [(line_of(text, 'BIND("x'), "query:syntax")] == [p[:2] for p in found(tmp_path, text)]


def test_not_a_select(tmp_path):
    """Another form of query is found."""
    text = GOOD.replace("SELECT ?what ?signed ?where WHERE", "ASK").replace("ORDER BY ?what ?where\n", "")

    assert "query:shape" in [p[1] for p in found(tmp_path, text)]


def test_broken_header(tmp_path):
    """A header that cannot be read is one finding, at its line."""
    assert [p[:2] for p in found(tmp_path, "#+ summary: a?\n#+ tags: a: b\n")] == [(2, "query:header")]


@pytest.mark.parametrize("name", ["Builds-on.rq", "builds--on.rq", "builds_on.rq"])
def test_file_name(tmp_path, name):
    """A name that is not lower-case words joined by hyphens is found."""
    assert (1, "query:names") in [p[:2] for p in found(tmp_path, GOOD, name)]


@pytest.mark.parametrize("name", ["format", "ids", "Day"])
def test_parameter_name(tmp_path, name):
    """A parameter named like an option of ask, or not in lower case, is found."""
    text = GOOD.replace("#+   instrument:", f"#+   {name}:").replace("?instrument", f"?{name}")

    assert [(line_of(text, f"#+   {name}:"), "query:names")] == [p[:2] for p in found(tmp_path, text)]


def test_repeated_block(tmp_path):
    """A parameter may stand in several groups, if its value is the same in each."""
    twice = GOOD.replace("OPTIONAL {", "OPTIONAL { VALUES ?instrument { instrument:ferry-pact }")

    assert found(tmp_path, twice) == []


def test_path_relative_to_base(tmp_path):
    """Findings name the file relative to the folder given."""
    path = tmp_path / "queries" / "x.rq"
    path.parent.mkdir()
    path.write_text("SELECT", encoding="utf-8")

    assert [finding.path for finding in problems(path, base=tmp_path)] == ["queries/x.rq"]
