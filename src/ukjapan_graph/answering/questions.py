"""The saved questions that a release file brings with it, read from ``graph:queries``."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering.names import is_slug
from ukjapan_graph.errors import SourceError, UnknownNameError, UsageError
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery
from ukjapan_graph.resources import federated_names

GRAPH = NamedNode(PREFIXES["graph"] + "queries")
_UKJ = PREFIXES["ukj"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_SAVED_QUERY = NamedNode(_UKJ + "SavedQuery")
_LABEL = PREFIXES["skos"] + "prefLabel"
_HOME = PREFIXES["query"]


def names(store: Store) -> list[str]:
    """The names of all saved questions, sorted."""
    quads = store.quads_for_pattern(None, _TYPE, _SAVED_QUERY, GRAPH)
    return sorted(quad.subject.value.removeprefix(_HOME) for quad in quads)


def read_all(store: Store) -> list[SavedQuery]:
    """All saved questions, sorted by name."""
    return [read(store, name) for name in names(store)]


def read(store: Store, name: str) -> SavedQuery:
    """The saved question called ``name``; its tags and questions are sorted, its columns have no notes.

    :raises UnknownNameError: there is none; carries the nearest names
    :raises UsageError: there is one, but for the world view, or for neighbours
    :raises SourceError: the release file lacks part of it
    """
    found = _values(store, NamedNode(_HOME + name)) if is_slug(name) else {}
    if _SAVED_QUERY.value not in found.get(_TYPE.value, ()):
        from difflib import get_close_matches

        if name in map(_name_of, beside(store)):
            raise UsageError(
                f"{name} asks for what sources outside the documents say; ask it in the world view: "
                f"ukjapan ask {name} --view world"
            )

        if name in federated_names():
            raise UsageError(
                f"neighbours answer {name} in part; ask it with: ukjapan link ask {name}, or from Python: "
                f"graph.ask_neighbours({name!r})"
            )
        nearest = get_close_matches(name, [*names(store), *federated_names()])
        raise UnknownNameError("saved query", name, nearest, see="List them with: ukjapan queries")
    return SavedQuery(
        name=name,
        summary=_one(found, _LABEL, name),
        description=_one(found, PREFIXES["dcterms"] + "description", name, ""),
        tags=tuple(sorted(found.get(PREFIXES["schema"] + "keywords", ()))),
        questions=tuple(sorted(found.get(_UKJ + "answersQuestion", ()))),
        parameters=_parameters(store, found.get(_UKJ + "parameter", ())),
        columns=tuple((column, "") for column in _one(found, _UKJ + "columnNames", name).split()),
        silence=_one(found, _UKJ + "whenSilent", name),
        text=_one(found, PREFIXES["sh"] + "select", name),
    )


def beside(store: Store) -> list[SavedQuery]:
    """The questions for the world view that come with the package and that ``store`` lacks, sorted by name;
    none where the file of outside facts is not there."""
    from ukjapan_graph.answering.engines import open_store
    from ukjapan_graph.resources import external_path

    try:
        outside = open_store(external_path())
    except SourceError:
        return []
    here = set(names(store))
    return [query for query in read_all(outside) if query.name not in here]


def _name_of(query: SavedQuery) -> str:
    return query.name


def _parameters(store: Store, iris: Iterable[str]) -> tuple[Parameter, ...]:
    """The parameters with these IRIs, by position."""
    found = []
    for iri in iris:
        values = _values(store, NamedNode(iri))
        parameter = Parameter(
            name=_one(values, _UKJ + "parameterName", iri),
            type=_one(values, _UKJ + "parameterType", iri),
            default=_one(values, _UKJ + "defaultValue", iri),
            about=_one(values, _LABEL, iri, ""),
        )
        found.append((int(_one(values, _UKJ + "position", iri)), parameter))
    return tuple(parameter for _, parameter in sorted(found))


def _values(store: Store, subject: NamedNode) -> dict[str, list[str]]:
    """What ``graph:queries`` says of ``subject``: the values of each predicate."""
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(subject, None, None, GRAPH):
        if isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return found


def _one(values: dict[str, list[str]], predicate: str, name: str, default: str | None = None) -> str:
    """The one value of ``predicate``."""
    found = values.get(predicate, [default] if default is not None else [])
    if len(found) != 1:
        reason = f"saved query {name} has {len(found)} values of <{predicate}>, not one"
        raise SourceError("release file", f"{reason}; build it again with: ukjapan build")
    return found[0]
