"""Where the project's files are."""

from ukjapan_graph.resources import federated_names, release_file, release_path, root


def test_root():
    """The root holds the ontology, the graph and the queries."""
    assert all((root() / part).is_dir() for part in ("ontology", "graph", "queries"))


def test_release_file(tmp_path):
    """The release file is in the graph's folder, here or below another root, as a path or as text."""
    assert release_file() == root() / "graph" / "ukjapan-graph.nq"
    assert release_file(tmp_path) == tmp_path / "graph" / "ukjapan-graph.nq"
    assert release_path() == str(release_file())


def test_federated_names():
    """The questions for neighbours, by name; recordings beside them are none."""
    assert "careers" in federated_names() and "careers.recorded.json" not in federated_names()
    assert federated_names() == sorted(path.stem for path in (root() / "queries" / "federated").glob("*.rq"))
