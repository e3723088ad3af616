"""Classes of other graphs that say of what kind a thing is, by the kinds of this one.

A short list of wide classes: it serves to tell a person from a town, not to sort the world. A class that is not
here says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

_SCHEMA = ("https://schema.org/", "http://schema.org/")
_WIKIDATA, _DBPEDIA = "http://www.wikidata.org/entity/", "http://dbpedia.org/ontology/"
_FOAF = "http://xmlns.com/foaf/0.1/"

_NAMES: dict[str, tuple[str, ...]] = {
    "person": ("schema:Person", "foaf:Person", "dbo:Person", "wd:Q5"),
    "office": ("wd:Q4164871", "dbo:Position"),
    "organisation": (
        "schema:Organization", "schema:GovernmentOrganization", "foaf:Organization", "dbo:Organisation",
        "wd:Q43229", "wd:Q327333",
    ),
    "state": ("schema:Country", "dbo:Country", "wd:Q6256", "wd:Q3624078"),
    "place": ("schema:Place", "schema:City", "dbo:Place", "wd:Q515", "wd:Q82794"),
    "instrument": ("schema:Legislation", "wd:Q131569"),
    "event": ("schema:Event", "dbo:Event"),
}  # fmt: skip
#: Kinds that other graphs do not keep apart.
_ALIKE = {"state": {"place"}, "place": {"state"}}


def _iris(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    spaces = {"schema": _SCHEMA, "foaf": (_FOAF,), "dbo": (_DBPEDIA,), "wd": (_WIKIDATA,)}[prefix]
    return tuple(space + local for space in spaces)


KINDS: dict[str, frozenset[str]] = {
    kind: frozenset(iri for name in names for iri in _iris(name)) for kind, names in _NAMES.items()
}


def agree(kind: str, classes: Iterable[str]) -> bool | None:
    """Whether ``classes`` are those of the ``kind``; None where they do not say."""
    found = {known for known, iris in KINDS.items() if iris & set(classes)}
    if kind not in KINDS or not found:
        return None
    return bool(found & ({kind} | _ALIKE.get(kind, set())))
