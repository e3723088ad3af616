"""The two views, each asked for by name: the corpus, and the world.

corpus    the release: what the five documents say, what follows, what is inferred and what is not said
world     the release and the file of outside facts; a row from outside has the status external and says
          which outside source it comes from
"""

from __future__ import annotations

from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.errors import UsageError
from ukjapan_graph.resources import external_path, release_path

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

CORPUS, WORLD = VIEWS = ("corpus", "world")


def files(
    view: str = CORPUS, release: str | Path | None = None, external: str | Path | None = None
) -> tuple[str | Path, ...]:
    """The files that make up ``view``: the ``release``, and for the world the ``external`` one; by default
    those that come with the package.

    :raises UsageError: there is no such view, or the corpus is asked for with outside facts
    """
    if view not in VIEWS:
        from difflib import get_close_matches

        nearest = get_close_matches(str(view), VIEWS, 1, 0.4)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        raise UsageError(f"there is no view {view!r}.{hint} Choose from {', '.join(VIEWS)}")
    if view == CORPUS:
        if external:
            raise UsageError("outside facts are seen in the world view alone: add --view world")
        return (release or release_path(),)
    return (release or release_path(), external or external_path())


def open_view(
    view: str = CORPUS, release: str | Path | None = None, external: str | Path | None = None
) -> Store:
    """``view`` as a store in memory; arguments as in :func:`files`.

    :raises UsageError: as :func:`files`
    :raises SourceError: a file is missing, or is not N-Quads
    """
    return open_store(*files(view, release, external))
