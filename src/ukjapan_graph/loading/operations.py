"""Operations of SPARQL Update, and additions to a graph, as requests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b

from ukjapan_graph.loading.compact import turtle
from ukjapan_graph.loading.profiles import Site
from ukjapan_graph.loading.receipts import GRAPH, HASH, LOADING, PART, Receipt, listing
from ukjapan_graph.loading.spool import by_size, text_of
from ukjapan_graph.loading.transport import Message

#: The graph that names the staging graphs, so that those of a load that was stopped can be cleared away.
REGISTER = GRAPH + "/staging"
#: Any triple.
ALL = "?s ?p ?o"

#: How the names of staging graphs begin.
STAGING = "urn:ukjapan:staging:"

_LEFT, _LIST = GRAPH + "/left", f"<{GRAPH}>"
_UPDATE = "application/sparql-update"
_FEW = 20  # triples: Virtuoso takes longer to read an update of more than for a request more


def update(site: Site, texts: Sequence[str | Callable[[], str]], about: str, triples: int) -> Message:
    """An update of these operations; those that are large are made when they are sent."""

    def body() -> bytes:
        made = (text if isinstance(text, str) else text() for text in texts)
        return " ;\n".join(text for text in made if text).encode()

    return Message(about, "POST", site.update, body, _UPDATE, triples=triples)


def addition(site: Site, graph: str, lines: Collection[str], about: str) -> Message:
    """Add ``lines`` to ``graph``: by Graph Store Protocol where there is one, else by an update."""
    if not site.graphs:
        return update(site, [f"INSERT DATA {{ {block(graph, lines)} }}"], about, len(lines))
    compact = site.profile.compact
    body = lambda: (turtle(sorted(lines)) if compact else triples(lines)).encode()  # noqa: E731
    media = "text/turtle" if compact else "application/n-triples"
    return Message(about, "POST", site.graphs, body, media, graph, triples=len(lines), beside=True)


def staging(digest: str, *words: str) -> str:
    """The name of a staging graph for the release with the hash ``digest``; ``words`` say what is in it.

    What a load that was stopped has left there must be right for the next one, which finds another state.
    """
    return f"{STAGING}{digest[:16]}:{blake2b(' '.join(words).encode(), digest_size=8).hexdigest()}"


def registration(site: Site, graphs: Iterable[str]) -> Message:
    """The request that names staging ``graphs`` in :data:`REGISTER`, before they are there."""
    return update(site, [f"INSERT DATA {{ {_registered(graphs)} }}"], "name the staging graphs", 0)


def striking(graph: str) -> list[str]:
    """The operations that drop the staging ``graph`` and its name."""
    return [*dropping([graph]), f"DELETE DATA {{ {_registered([graph])} }}"]


def written_out(site: Site, number: int) -> bool:
    """Whether so many triples go in an update, and not by Graph Store Protocol or in several updates."""
    few = min(site.profile.inline, _FEW) if site.graphs else site.profile.inline
    return not site.profile.inline or number <= few


def noting(site: Site, graph: str, lines: Collection[str], about: str) -> Iterator[Message]:
    """The requests that add to a ``graph`` of ours, one after the other, ``lines`` that are not the release's."""
    if site.graphs and not written_out(site, len(lines)):
        for part in by_size(lines, site.profile.portion):
            yield addition(site, graph, part, about)._replace(triples=0, beside=False)
        return
    for part in by_number(lines, site.profile.inline) if lines else ():
        yield update(site, [f"INSERT DATA {{ {block(graph, part)} }}"], about, 0)


def naming(site: Site, graphs: Iterable[str]) -> Iterator[Message]:
    """The requests that put on record which ``graphs`` a load may leave, before they are there."""
    return noting(site, LOADING, listing(graphs), "name the graphs")


def withdrawal(site: Site, graphs: Iterable[str]) -> Iterator[Message]:
    """The requests that take the receipt out of the store, and keep on record which ``graphs`` may be there."""
    # In this order another loader, which strikes what its receipt names, leaves no graph without a record.
    yield update(site, [retiring()], "withdraw the receipt", 0)
    yield from naming(site, graphs)


def succession(receipt: Receipt, before: Receipt | None, unfinished: Iterable[str]) -> list[str]:
    """The operations, done as a whole, that put ``receipt`` in the place of the one ``before``.

    :param unfinished: graphs that were on record and are as they should be then; what other loaders have put on
        record since, and what is named by a receipt that has come between, stays there
    """
    struck = listing(set(unfinished).difference(receipt.graphs))
    there = f"{{ {_parts(GRAPH)}{_but(before)} }} UNION {{ {_parts(LOADING)} }}"
    return [
        *([f"DELETE DATA {{ {block(LOADING, struck)} }}"] if struck else []),
        f"INSERT {{ {_parts(_LEFT, _LIST)} }} WHERE {{ {there} }}",
        *dropping([GRAPH, LOADING]),
        f"INSERT DATA {{ {block(GRAPH, sorted(receipt.triples()))} }}",
        f"INSERT {{ {_parts(LOADING, _LIST)} }} WHERE "
        f"{{ {_parts(_LEFT)} FILTER NOT EXISTS {{ {_parts(GRAPH, '?other')} }} }}",
        *dropping([_LEFT]),
    ]


def retiring() -> str:
    """The operation that takes away the receipts that are there, and puts on record which graphs they name."""
    gone = f"GRAPH <{GRAPH}> {{ {ALL} }}"
    return (
        f"DELETE {{ {gone} }} INSERT {{ {_parts(LOADING, _LIST)} }} WHERE "
        f"{{ {{ {gone} }} UNION {{ {_parts(GRAPH)} }} }}"
    )


def striking_names(receipt: Receipt, known: Iterable[str]) -> list[str]:
    """The operations that strike from the record what the receipts name that are there, and the graphs ``known``."""
    both = f"{_parts(LOADING, _LIST)} . {_parts(GRAPH)}"
    others = listing(set(known).difference(receipt.graphs))
    return [
        f"DELETE {{ {_parts(LOADING, _LIST)} }} WHERE {{ {both} }}",
        *(f"DELETE DATA {{ {block(LOADING, part)} }}" for part in portions(others, 500)),
    ]


def dropping(graphs: Iterable[str]) -> list[str]:
    """The operations that drop ``graphs``, whether they are there or not."""
    return [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]


def values(names: Iterable[str]) -> str:
    """``names`` as values of ``?g``."""
    return f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"


def block(graph: str, lines: Collection[str]) -> str:
    """``lines`` in ``graph``, as SPARQL writes quads."""
    return f"GRAPH <{graph}> {{\n{triples(lines)}}}"


def triples(lines: Collection[str]) -> str:
    """``lines`` as N-Triples."""
    return text_of(lines, " .\n")


def _parts(graph: str, subject: str = "?r") -> str:
    return f"GRAPH <{graph}> {{ {subject} <{PART}> ?g }}"


def _but(receipt: Receipt | None) -> str:
    """A filter of receipts, ``?r``, that are not ``receipt``."""
    if receipt is None:
        return ""
    return f' FILTER NOT EXISTS {{ GRAPH <{GRAPH}> {{ ?r <{HASH}> "sha256:{receipt.hash}" }} }}'


def _registered(graphs: Iterable[str]) -> str:
    return block(REGISTER, [f"<{REGISTER}> <{PART}> <{graph}>" for graph in graphs])


def by_number(lines: Collection[str], number: int) -> Iterator[Sequence[str]]:
    """``lines``, sorted, ``number`` at a time; 0 for all at once."""
    return portions(sorted(lines), number or max(len(lines), 1))


def portions(items: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    """``items``, ``number`` at a time."""
    for start in range(0, len(items), number):
        yield items[start : start + number]
