"""The prefix table, and the way between an IRI and the short name people type.

``ontology/prefixes.ttl`` is generated from this table and checked against it, so that the data,
the queries and the code cannot disagree.
"""

from __future__ import annotations

import re

BASE = "https://w3id.org/ukjapan/"
TERMS = BASE + "ns#"
THINGS = BASE + "id/"

KINDS = (
    "area", "attestation", "basis", "document", "event", "force", "frequency", "genre", "grade", "graph",
    "group", "inference", "instrument", "kind", "mapping", "mention", "office", "organisation", "outside",
    "participation", "passage", "person", "phase", "place", "policy", "project", "prospect", "query",
    "reading", "scheme", "series", "silence", "state", "statement", "status", "tension", "tenure", "topic",
)  # fmt: skip

PREFIXES: dict[str, str] = dict(
    sorted(
        {
            "ukj": TERMS,
            **{name: f"{BASE}{name}/" for name in ("axiom", "dataset", "rule", "shape")},
            **{kind: f"{THINGS}{kind}/" for kind in KINDS},
            "dbpedia": "http://dbpedia.org/resource/",
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "euauth": "http://publications.europa.eu/resource/authority/",
            "eurovoc": "http://eurovoc.europa.eu/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "geonames": "https://sws.geonames.org/",
            "gnd": "https://d-nb.info/gnd/",
            "isni": "https://isni.org/isni/",
            "loc": "http://id.loc.gov/authorities/names/",
            "m49": "http://metadata.un.org/sdg/codes/geoArea/",
            "owl": "http://www.w3.org/2002/07/owl#",
            "pav": "http://purl.org/pav/",
            "prov": "http://www.w3.org/ns/prov#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "schema": "https://schema.org/",
            "sd": "http://www.w3.org/ns/sparql-service-description#",
            "semapv": "https://w3id.org/semapv/vocab/",
            "sh": "http://www.w3.org/ns/shacl#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "sssom": "https://w3id.org/sssom/",
            "stw": "http://zbw.eu/stw/descriptor/",
            "unbis": "http://metadata.un.org/thesaurus/",
            "vann": "http://purl.org/vocab/vann/",
            "viaf": "http://viaf.org/viaf/",
            "void": "http://rdfs.org/ns/void#",
            "wd": "http://www.wikidata.org/entity/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }.items()
    )
)

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")


def shorten(iri: str) -> str:
    """``iri`` as a prefixed name where the table has its namespace, else in angle brackets."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    namespace, local = iri[:cut], iri[cut:]
    for prefix, known in PREFIXES.items():
        if known == namespace and _LOCAL.match(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def expand(name: str) -> str | None:
    """The IRI that the prefixed name ``name`` stands for; None where its prefix is not in the table."""
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES or not _LOCAL.match(local):
        return None
    return PREFIXES[prefix] + local


def is_ours(iri: str) -> bool:
    """Whether ``iri`` lies in a namespace of this project."""
    return iri.startswith(BASE)


def kind_of(iri: str) -> str:
    """The kind segment of one of our things (``person`` in ``…/id/person/x``); "" for anything else."""
    return iri[len(THINGS) :].partition("/")[0] if iri.startswith(THINGS) else ""


def sparql_prologue() -> str:
    """PREFIX lines for the whole table, put before SPARQL that declares none of its own."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
