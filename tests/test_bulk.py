"""Files for bulk loaders."""

import gzip
import hashlib
import subprocess

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import release
import servers
from commands import ukjapan
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.data.bulk import compressed, folder
from ukjapan_graph.loading.loader import Loader, read_release
from ukjapan_graph.remote.access import Access
from ukjapan_graph.resources import release_file


def read(files):
    """The quads of the files, by manifest."""
    found = set()
    for row in files["manifest.tsv"].decode().splitlines()[1:]:
        name, graph, count, digest = row.split("\t")
        content = gzip.decompress(files[name])
        assert files[f"{name.removesuffix('.gz')}.graph"] == f"{graph}\n".encode()
        assert (content.count(b"\n"), hashlib.sha256(content).hexdigest()) == (int(count), digest)
        triples = parse(content, format=RdfFormat.N_TRIPLES)
        found |= {Quad(q.subject, q.predicate, q.object, NamedNode(graph)) for q in triples}
    return found


def test_folder_holds_every_quad():
    """The files together are the release, graph by graph, and the same each time."""
    quads = list(release.store())

    files = folder(quads)

    assert read(files) == set(quads)
    assert folder(reversed(quads)) == files
    assert all(name.isascii() and "/" not in name for name in files)


def test_compressed():
    """Compression keeps the data and adds no time of its own."""
    assert gzip.decompress(compressed(b"abc")) == b"abc"
    assert compressed(b"abc")[4:8] == b"\0\0\0\0"


def test_command(tmp_path):
    """``export --bulk`` writes the folder; ``--output x.gz`` compresses in the format before it."""
    ran = ukjapan("export", "--bulk", str(tmp_path / "new" / "folder"))
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert (ran.code, read(written)) == (0, set(release.store()))

    assert ukjapan("export", "--output", str(tmp_path / "graph.nq.gz")).code == 0
    assert gzip.decompress((tmp_path / "graph.nq.gz").read_bytes()) == release_file().read_bytes()
    assert ukjapan("export", "--output", str(tmp_path / "g.ttl.gz"), "--graph", "silences").code == 0
    assert gzip.decompress((tmp_path / "g.ttl.gz").read_bytes()).startswith(b"@prefix")


@pytest.mark.parametrize(
    ("argv", "code"), [(["--format", "turtle"], 2), (["--output", "x.nq"], 2), (["--graph", "nothing"], 2)]
)
def test_wrong_calls(tmp_path, argv, code):
    """Bulk goes with no format of another kind, and into no folder that holds something."""
    assert ukjapan("export", "--bulk", str(tmp_path / "new"), *argv).code == code
    assert not (tmp_path / "new").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    assert ukjapan("export", "--bulk", str(tmp_path / "full")).code == 2
    assert ukjapan("export", "--bulk", str(tmp_path / "full" / "file")).code == 2


def test_full_disk_leaves_no_half(tmp_path, monkeypatch):
    """Where not all files can be written none stays, and the same folder can be named again."""
    from ukjapan_graph.cli import export
    from ukjapan_graph.errors import SourceError

    written, honest = [], export.replace_file

    def full(path, data):
        if len(written) == 3:
            raise SourceError(path, "cannot be written: No space left on device")
        written.append(path)
        honest(path, data)

    (tmp_path / "there").mkdir()
    for name, left in (("new", []), ("there", [tmp_path / "there"])):
        written.clear()
        monkeypatch.setattr(export, "replace_file", full)
        assert ukjapan("export", "--bulk", str(tmp_path / name)).code == 3
        assert list(tmp_path.rglob("*")) == [tmp_path / "there"]
        assert left == [path for path in [tmp_path / name] if path.exists()]
    monkeypatch.undo()
    assert ukjapan("export", "--bulk", str(tmp_path / "new")).code == 0


@pytest.mark.server
def test_virtuoso_bulk_loader(virtuoso):
    """Virtuoso's own bulk loader makes of the folder what the loader would have made."""
    target, port = virtuoso.folder / "load" / "bulk", servers.sql_port(virtuoso)
    assert ukjapan("export", "--bulk", str(target)).code == 0
    text = f"ld_dir('{target}', '*.nt.gz', 'urn:unused'); rdf_loader_run(); checkpoint;"

    servers.isql(port, virtuoso.password, text)

    with Loader(Access(virtuoso.address, virtuoso.user, virtuoso.password)) as loader:
        assert loader.verify(read_release(release_file())).agrees
    assert not Remote(Access(virtuoso.address)).ask("ASK { GRAPH <urn:unused> { ?s ?p ?o } }")


@pytest.mark.server
def test_oxigraph_bulk_loader(tmp_path):
    """Oxigraph's own bulk loader takes the compressed N-Quads."""
    path, data = tmp_path / "graph.nq.gz", tmp_path / "data"
    assert ukjapan("export", "--output", str(path)).code == 0
    arguments = [servers.program("oxigraph"), "load", "--location", str(data), "--file", str(path)]
    subprocess.run(arguments, check=True, capture_output=True)

    with servers.oxigraph(data) as server, Loader(Access(server.address)) as loader:
        found = loader.verify(read_release(release_file()))
        assert all(difference.agrees for difference in found.graphs)
        assert found.default  # its default graph is for the loader, or --union-default-graph, to fill


@pytest.mark.server
def test_jena_bulk_loader(tmp_path):
    """Jena TDB2 loads the compressed N-Quads, and gives them back unchanged."""
    path, data, fix = tmp_path / "graph.nq.gz", tmp_path / "data", tmp_path / "fix"
    assert ukjapan("export", "--output", str(path)).code == 0
    servers.jena(fix, "tdb2.tdbloader", "--loc", str(data), str(path))

    dumped = servers.jena(fix, "tdb2.tdbdump", "--loc", str(data))
    assert set(parse(dumped.encode(), format=RdfFormat.N_QUADS)) == set(release.store())
