"""The outside graphs that links lead to: what each is, and what its identifiers look like.

A mapping set is named after its neighbour: ``graph/links/<name>.sssom.tsv``. A neighbour whose identifiers
stand for things themselves, and not for concepts or records about them, may serve ``owl:sameAs``.

Identifiers are ASCII. DBpedia has others too, but the toolkit of SSSOM (sssom 0.4) drops a mapping to one of
those without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ukjapan_graph.namespaces import PREFIXES


class Neighbour(NamedTuple):
    """An outside graph.

    :ivar name: stem of its mapping set, and of its node ``dataset:<name>``
    :ivar title: what it is called, in English
    :ivar prefix: prefix of its things, in the prefix table
    :ivar pattern: what follows the prefix, as a regular expression for the whole
    :ivar example: an identifier of the right form, for messages
    :ivar home: page about it
    :ivar things: whether its identifiers stand for things themselves
    :ivar check: what else holds of an identifier of the right form
    """

    name: str
    title: str
    prefix: str
    pattern: str
    example: str
    home: str
    things: bool = False
    check: Callable[[str], bool] = lambda local: True

    @property
    def space(self) -> str:
        """Namespace of its things."""
        return PREFIXES[self.prefix]

    def fits(self, local: str) -> bool:
        """Whether ``local``, what follows the prefix, has the form of an identifier of this neighbour."""
        return re.fullmatch(self.pattern, local, re.ASCII) is not None and self.check(local)


def isni_checks(number: str) -> bool:
    """Whether the last character of the ISNI ``number`` is its check character (ISO 27729, by ISO 7064 MOD 11-2)."""
    total = 0
    for digit in number[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == number[-1]


#: Every neighbour by name.
NEIGHBOURS: dict[str, Neighbour] = {
    row.name: row
    for row in (
        Neighbour(
            "dbpedia", "DBpedia", "dbpedia", r"[!$-.0-;=@-\[\]_a-z~]+", "Japan", "https://www.dbpedia.org/",
            things=True,
        ),
        Neighbour(
            "eu-authority", "authority tables of the European Union", "euauth",
            r"(?:corporate-body|country|event|place|resource-type|role)/[A-Z][A-Za-z0-9_]*", "country/JPN",
            "https://op.europa.eu/en/web/eu-vocabularies",
        ),
        Neighbour(
            "eurovoc", "EuroVoc, the thesaurus of the European Union", "eurovoc", r"[1-9]\d*|c_[0-9a-f]{8}",
            "1743", "http://eurovoc.europa.eu/",
        ),
        Neighbour(
            "geonames", "GeoNames", "geonames", r"[1-9]\d*/", "1861060/", "https://www.geonames.org/",
            things=True,
        ),
        Neighbour(
            "gnd", "GND, the Gemeinsame Normdatei", "gnd", r"1[0-9]{7,9}[0-9X]|[1-9]\d{0,7}-[0-9X]", "4022153-2",
            "https://d-nb.info/gnd/",
        ),
        Neighbour(
            "isni", "ISNI, International Standard Name Identifier", "isni", r"\d{15}[0-9X]",
            "0000000122483427", "https://isni.org/", check=isni_checks,
        ),
        Neighbour(
            "loc", "Library of Congress Name Authority File", "loc", r"(?:n|nb|nr|no)\d{8,10}", "n79023147",
            "http://id.loc.gov/authorities/names",
        ),
        Neighbour(
            "m49", "M49, areas of the United Nations Statistics Division", "m49", r"\d{1,3}", "392",
            "https://unstats.un.org/unsd/methodology/m49/",
        ),
        Neighbour(
            "stw", "STW, a thesaurus for economics", "stw", r"\d{5}-\d", "16497-5", "http://zbw.eu/stw",
        ),
        Neighbour(
            "unbis", "UNBIS, the thesaurus of the United Nations", "unbis", r"1\d{6}", "1004779",
            "http://metadata.un.org/thesaurus",
        ),
        Neighbour(
            "viaf", "VIAF, Virtual International Authority File", "viaf", r"[1-9]\d{1,21}", "130168302",
            "http://viaf.org/",
        ),
        Neighbour(
            "wikidata", "Wikidata", "wd", r"Q[1-9]\d*", "Q17", "https://www.wikidata.org/", things=True,
        ),
    )
}  # fmt: skip


def neighbour_of(iri: str) -> Neighbour | None:
    """The neighbour in whose namespace ``iri`` lies; None where there is none."""
    return next((row for row in NEIGHBOURS.values() if iri.startswith(row.space)), None)
