"""The graph in other formats."""

import json
import os
import subprocess
import sys

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse

from small_project import make
from ukjapan_graph.cli import export as export_command
from ukjapan_graph.data import build, export
from ukjapan_graph.errors import COULD_NOT_RUN, DONE, USAGE, SourceError, UnknownNameError
from ukjapan_graph.formats import GRAPH_FORMATS
from ukjapan_graph.namespaces import expand

RDFLIB_NAMES = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.fixture
def root(tmp_path):
    """A small project with its release."""
    build.write_release(make(tmp_path))
    return tmp_path


@pytest.fixture
def release(root):
    """The quads of the small release."""
    return export.read_release(root)


def run(root, *arguments):
    """Run the command on the small project."""
    return export_command.run([*arguments, "--root", str(root)])


@pytest.mark.parametrize("form", GRAPH_FORMATS.values(), ids=lambda form: form.name)
def test_every_format_says_what_the_release_says(release, form):
    """Read back, each format has all quads, or, without named graphs, all triples and each once."""
    data = export.export(release, form)
    back = [Quad(*statement) for statement in parse(data, format=RdfFormat.from_media_type(form.media_type))]
    expected = set(release) if form.quads else {Quad(q.subject, q.predicate, q.object) for q in release}
    assert len(back) == len(expected)
    assert set(back) == expected


@pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)  # rdflib's own inner calls
@pytest.mark.parametrize("form", GRAPH_FORMATS.values(), ids=lambda form: form.name)
def test_another_library_reads_as_much(release, form):
    """rdflib reads from each format as many statements as there are, in the same named graphs."""
    dataset = rdflib.Dataset()
    dataset.parse(data=export.export(release, form), format=RDFLIB_NAMES.get(form.name, form.name))
    graphs = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    if form.quads:
        assert graphs == export.named_graphs(release)
    else:
        assert sum(graphs.values()) == len({(q.subject, q.predicate, q.object) for q in release})


@pytest.mark.parametrize("form", GRAPH_FORMATS.values(), ids=lambda form: form.name)
def test_order_of_quads_does_not_matter(release, form):
    """The same quads in another order give the same bytes."""
    assert export.export(release[::-1], form) == export.export(release, form)


def test_bytes_do_not_depend_on_the_process(root):
    """Two runs with different hash seeds write the same bytes in every format."""
    code = (
        "import sys, pathlib; from ukjapan_graph.data import export; "
        "from ukjapan_graph.formats import GRAPH_FORMATS; "
        "quads = export.read_release(pathlib.Path(sys.argv[1])); "
        "[sys.stdout.buffer.write(export.export(quads, form)) for form in GRAPH_FORMATS.values()]"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code, root],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second != b""


def test_n_quads_are_the_release_file(root, release):
    """Exported as N-Quads, the whole graph is the release file byte for byte."""
    data = export.export(release, GRAPH_FORMATS["nquads"])
    assert data == (root / "graph/ukjapan-graph.nq").read_bytes()


@pytest.mark.parametrize(
    ("name", "graphs"),
    [
        ("graph:entities", ["graph:entities"]),
        ("entities", ["graph:entities"]),
        ("passages", ["passage:harbour.S1"]),
        ("readings", ["reading:harbour.S2"]),
        ("passage:harbour.S1", ["passage:harbour.S1"]),
        ("https://w3id.org/ukjapan/id/graph/silences", ["graph:silences"]),
    ],
)
def test_graphs_are_picked_by_name_or_role(release, name, graphs):
    """A graph is picked by its name, its IRI or its role; passages and readings go together."""
    assert list(export.named_graphs(export.in_graphs(release, [name]))) == [expand(g) for g in graphs]


def test_several_graphs_are_picked_together(release):
    """Graphs named together are exported together; none named means all."""
    assert len(export.named_graphs(export.in_graphs(release, ["silences", "inferences", "silences"]))) == 2
    assert export.in_graphs(release, []) == release


def test_unknown_graphs_are_refused_with_the_nearest(release):
    """A graph that is not there is a wrong call; the message names the nearest and where to look."""
    with pytest.raises(UnknownNameError, match="Did you mean entities") as caught:
        export.in_graphs(release, ["entitys"])
    assert caught.value.exit_code == USAGE
    assert "--list-graphs" in str(caught.value)


def test_command_writes_to_standard_output(root, release, capfdbinary):
    """Without more, the command writes N-Quads to standard output and says nothing."""
    assert run(root) == DONE
    out, err = capfdbinary.readouterr()
    assert out == export.export(release, GRAPH_FORMATS["nquads"])
    assert err == b""


def test_command_says_what_a_format_leaves_out(root, capfd):
    """A format without named graphs is announced as such on standard error, not in the data."""
    assert run(root, "--format", "turtle", "--graph", "entities") == DONE
    out, err = capfd.readouterr()
    assert out.endswith('event:parade a ukj:Event .\n\nevent:regatta skos:prefLabel "regatta"@en .\n')
    assert "no named graphs" in err


def test_command_writes_a_file_whole(root, tmp_path):
    """The suffix of the file gives its format; where it cannot be written the old content stays."""
    path = tmp_path / "out.jsonld"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnknownNameError):
        run(root, "--output", str(path), "--graph", "nothing")
    assert path.read_text(encoding="utf-8") == "old"
    assert run(root, "--output", str(path)) == DONE
    assert "@context" in json.loads(path.read_bytes())
    with pytest.raises(SourceError, match="cannot be written") as caught:
        run(root, "--output", str(tmp_path / "missing" / "out.nq"))
    assert caught.value.exit_code == COULD_NOT_RUN


def test_command_writes_into_devices_as_they_are(root):
    """What is no regular file is written to and stays what it is."""
    assert run(root, "--output", os.devnull, "--format", "nquads") == DONE
    assert not os.path.isfile(os.devnull)  # noqa: PTH113


def test_command_lists_graphs(root, capsys):
    """The list has a line for each graph with its name, number of quads and what it is for."""
    assert run(root, "--list-graphs") == DONE
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["graph:entities", "2", "Identity."] in rows
    assert ["passage:harbour.S1", "2", ""] in rows
    assert len(rows) == 9


def test_a_missing_release_is_one_clear_error(tmp_path):
    """Without a release the command cannot run, and says which file is missing."""
    with pytest.raises(SourceError, match=r"ukjapan-graph\.nq: cannot be read"):
        run(tmp_path)
