"""What ``import ukjapan_graph`` offers, and what it leaves alone."""

import subprocess
import sys

import pytest

import ukjapan_graph

SLOW = ("argparse", "dataclasses", "inspect", "json", "pathlib", "rdflib", "pyshacl", "typing", "yaml")


def loaded(statement):
    """The modules that are loaded after ``statement`` in a fresh Python."""
    script = f"import sys\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_public_names():
    """Every public name is there, and the list is sorted."""
    assert ukjapan_graph.__all__ == sorted(set(ukjapan_graph.__all__))
    for name in ukjapan_graph.__all__:
        assert getattr(ukjapan_graph, name).__name__ == name
    assert dir(ukjapan_graph) == [*ukjapan_graph.__all__, "__version__"]


def test_version():
    """The version is that of the installed package."""
    assert ukjapan_graph.__version__.count(".") == 2


def test_unknown_name():
    """Another name is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = ukjapan_graph.Nothing


def test_import_is_light():
    """Importing the package loads nothing of it but itself, and not even the engine."""
    modules = loaded("import ukjapan_graph")

    assert {name for name in modules if name.startswith("ukjapan_graph")} == {"ukjapan_graph"}
    assert "pyoxigraph" not in modules


def test_ask_is_light(tmp_path):
    """Asking a question loads none of the slow modules."""
    import small_graph

    release = small_graph.write_release(tmp_path)
    before = loaded("pass")

    line = ["ask", "builds-on", "--instrument", "ferry-pact", "--format", "csv", "--release", str(release)]
    modules = loaded(f"from ukjapan_graph.cli import main\nmain({line!r})")

    assert "pyoxigraph" in modules
    assert not (modules - before) & set(SLOW)
