"""Where the project's files are: in a checkout, or in the installed package."""

from __future__ import annotations

import os

from ukjapan_graph.errors import SourceError

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from pathlib import Path

# pathlib is loaded only by those who want a Path: it would cost ``ukjapan ask`` a tenth of its time.
_PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))  # noqa: PTH120


def root() -> Path:
    """Folder that holds ``ontology/``, ``graph/`` and ``queries/``.

    A checkout is used as it lies; an installed package brings its own copy.

    :raises SourceError: neither is there (a broken installation)
    """
    from pathlib import Path

    return Path(_root())


def release_file(base: Path | None = None) -> Path:
    """The release file (canonical N-Quads), below ``base`` or the project's own root."""
    return (base or root()) / "graph" / "ukjapan-graph.nq"


def release_path() -> str:
    """The project's own release file, as :func:`release_file` gives it, but as text."""
    return os.path.join(_root(), "graph", "ukjapan-graph.nq")  # noqa: PTH118


def external_file(base: Path | None = None) -> Path:
    """The file of outside facts (canonical N-Quads), below ``base`` or the project's own root."""
    return (base or root()) / "graph" / "ukjapan-external.nq"


def external_path() -> str:
    """The project's own file of outside facts, as :func:`external_file` gives it, but as text."""
    return os.path.join(_root(), "graph", "ukjapan-external.nq")  # noqa: PTH118


def federated_names() -> list[str]:
    """The names of the questions that neighbours answer in part, sorted."""
    folder = os.path.join(_root(), "queries", "federated")  # noqa: PTH118
    found = os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208
    return sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq"))


def _root() -> str:
    for folder in (os.path.join(_PACKAGE, "_shipped"), _CHECKOUT):  # noqa: PTH118
        if all(os.path.isdir(os.path.join(folder, part)) for part in ("ontology", "graph")):  # noqa: PTH112, PTH118
            return folder
    raise SourceError(_PACKAGE, "the installation lacks its ontology/ and graph/ folders; install it again")
