"""From what people type to the thing they mean.

A name is looked for in this order, and the first step that finds anything decides: full IRI or prefixed
name; slug; preferred label; other label; a name by which a document calls it. Case, spaces, hyphens,
accents and a leading "the" make no difference.
"""

from __future__ import annotations

from collections import namedtuple

from pyoxigraph import NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.errors import ParameterError, UnknownNameError
from ukjapan_graph.namespaces import KINDS, PREFIXES, THINGS, expand, kind_of, shorten

_SCALES = ("basis", "force", "frequency", "genre", "grade", "kind", "phase", "scheme", "status")
#: Kinds that are about other things: meant by a bare name only where no other kind has it.
SECONDARY = frozenset(
    {*_SCALES, "graph", "inference", "mapping", "mention", "outside", "query", "reading", "silence", "tenure"}
)


class Entity(namedtuple("Entity", "iri name label")):
    """A thing with an IRI; three strings.

    :ivar iri: the full IRI
    :ivar name: the prefixed name people type
    :ivar label: what a reader sees
    """

    __slots__ = ()

    @property
    def kind(self) -> str:
        """``person`` for ``person:boris-johnson``; "" for what is not one of the project's things."""
        return kind_of(self.iri)

    def __str__(self) -> str:
        return self.label


def entity(store: Store, node: NamedNode) -> Entity:
    """``node`` with its name and label."""
    return Entity(node.value, shorten(node.value), labels.label(store, node))


def find(store: Store, name: str, kind: str = "entity") -> NamedNode:
    """The thing that ``name`` means, of the given ``kind`` ("entity": any kind).

    :raises UnknownNameError: nothing is called that; carries the nearest names
    :raises AmbiguousNameError: several things are; carries them
    :raises ParameterError: it is written as an IRI or prefixed name of another kind
    """
    name = name.strip()
    if node := _written_out(store, name):
        if kind not in ("entity", kind_of(node.value)):
            what = kind_of(node.value) or "term"
            raise ParameterError(f"{name!r} is not of the kind {kind} but of the kind {what}")
        return node
    if kind != "entity":
        return _find(store, name, kind, [kind])
    try:
        return _find(store, name, "thing", [k for k in KINDS if k not in SECONDARY])
    except UnknownNameError as error:
        try:
            return _find(store, name, "thing", sorted(SECONDARY))
        except UnknownNameError:
            raise error from None


def find_term(store: Store, name: str) -> NamedNode:
    """The class or property that ``name`` means: prefixed name, IRI, local name or label; ``a`` for a type.

    :raises UnknownNameError: nothing is called that; carries the nearest names
    :raises AmbiguousNameError: several terms are; carries them
    """
    name = name.strip()
    if name == "a":
        return NamedNode(PREFIXES["rdf"] + "type")
    if node := _written_out(store, name):
        return node
    from ukjapan_graph.answering import aliases

    known = aliases.of_terms(store)
    # ukj:area and ukj:Area differ in case alone, so the case as typed counts first.
    exact = [alias for alias in known if alias[1] == name]
    return aliases.choose(store, name, "term", exact or known)


def is_slug(name: str) -> bool:
    """Whether ``name`` could be the last part of an IRI of this project: ASCII letters, digits, ``-_.``."""
    return name.isascii() and name.replace("-", "").replace(".", "").replace("_", "").isalnum()


def _find(store: Store, name: str, what: str, kinds: list[str]) -> NamedNode:
    """The thing of one of ``kinds`` that ``name`` means: by slug, else by label."""
    slugs = {name, name.lower()} if is_slug(name) else ()
    nodes = [NamedNode(f"{THINGS}{k}/{slug}") for k in kinds for slug in slugs]
    found = [node for node in nodes if _known(store, node)]
    if len(found) == 1:
        return found[0]
    from ukjapan_graph.answering import aliases

    if found:
        return aliases.only(store, name, found)
    return aliases.choose(store, name, what, aliases.of_things(store, frozenset(kinds)))


def _written_out(store: Store, name: str) -> NamedNode | None:
    """The node whose full IRI or prefixed name ``name`` is; None where it is neither.

    :raises UnknownNameError: it is one, and the dataset says nothing with it
    """
    is_iri = name.startswith(("http://", "https://", "<http://", "<https://"))
    iri = name.removeprefix("<").removesuffix(">") if is_iri else expand(name)
    if iri is None:
        return None
    try:
        node = NamedNode(iri)
    except ValueError:
        node = None
    if node is not None and _known(store, node):
        return node
    prefix, _, local = name.partition(":")
    nearest = []
    if prefix in KINDS:
        from ukjapan_graph.answering import aliases

        nearest = aliases.nearest(local, aliases.of_things(store, frozenset({prefix})))
    raise UnknownNameError("thing", name, nearest)


def _known(store: Store, node: NamedNode) -> bool:
    """Whether the dataset says anything with ``node``."""
    patterns = (
        (node, None, None, None),
        (None, None, node, None),
        (None, None, None, node),
        (None, node, None, None),
    )
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)
