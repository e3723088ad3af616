"""Which address is answered by what."""

from __future__ import annotations

READ = ("GET", "HEAD")

#: Path, the name of the answer, methods. A part in braces takes any text without a slash.
ROUTES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/", "front", READ),
    ("/style.css", "style", READ),
    ("/sparql", "query", (*READ, "POST")),
    ("/sparql/", "query", (*READ, "POST")),
    ("/query", "query", (*READ, "POST")),
    ("/store", "store", READ),
    ("/dump/{name}", "dump", READ),
    ("/.well-known/void", "void", READ),
    ("/queries", "index", READ),
    ("/queries/{name}", "ask", READ),
    ("/queries/{name}/silence", "silence", READ),
    ("/openapi.json", "openapi", READ),
    ("/id/{kind}/{slug}", "thing", READ),
    ("/page/{kind}/{slug}", "page", READ),
    ("/data/{kind}/{slug}", "data", READ),
    ("/ns", "terms", READ),
    ("/ns/{term}", "term", READ),
    ("/reconcile", "reconcile", (*READ, "POST")),
    ("/reconcile/suggest/{what}", "suggest", READ),
    ("/reconcile/flyout/{what}", "flyout", READ),
    ("/reconcile/properties", "propose", READ),
    ("/reconcile/preview", "preview", READ),
    ("/reconcile/features", "features", READ),
    ("/health", "health", READ),
    ("/ready", "ready", READ),
    ("/metrics", "metrics", READ),
)

_BY_PATH = {path: (name, methods) for path, name, methods in ROUTES if "{" not in path}
_PATTERNS = [(path.split("/"), name, methods) for path, name, methods in ROUTES if "{" in path]


def find(path: str) -> tuple[str, tuple[str, ...], dict[str, str]] | None:
    """The name of the answer at ``path``, its methods, and the variable parts; None where nothing is.

    An address with a slash too many is another address.
    """
    if path in _BY_PATH:
        return *_BY_PATH[path], {}
    given = path.split("/")
    for pattern, name, methods in _PATTERNS:
        if len(pattern) == len(given):
            parts = {}
            for wanted, part in zip(pattern, given, strict=True):
                if wanted[:1] == "{" and part:
                    parts[wanted[1:-1]] = part
                elif wanted != part:
                    break
            else:
                return name, methods, parts
    return None
