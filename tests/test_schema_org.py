"""Things in the words of schema.org.

The terms of schema.org are checked against the list that rdflib carries (``rdflib.SDO``, made from schema.org's own
vocabulary), so that no context is fetched.
"""

import json

import html5lib
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.namespace import SDO

from release import store
from serving import serving
from ukjapan_graph.namespaces import PREFIXES, THINGS, expand
from ukjapan_graph.publishing.schema_org import ANYTHING, CONTEXT, TYPES, block, described, text
from ukjapan_graph.resources import release_path

#: What the context of schema.org makes of the keys used here, said without fetching it.
OFFLINE = {
    "@vocab": "https://schema.org/",
    **{key: {"@type": "@id"} for key in ("sameAs", "url")},
    **{key: {"@type": "https://schema.org/Date"} for key in ("startDate", "temporal", "legislationDate")},
}


def things() -> list[NamedNode]:
    """Every thing of the release."""
    rdf_type = NamedNode(expand("rdf:type"))
    found = {q.subject for q in store().quads_for_pattern(None, rdf_type, None, None)}
    return sorted((node for node in found if node.value.startswith(THINGS)), key=str)


def about(name: str) -> dict:
    """What is told of the thing with the prefixed name ``name``."""
    return described(store(), NamedNode(expand(name)))


def keys(found: object) -> set[str]:
    """Every key in ``found``, at any depth, but for those of JSON-LD itself."""
    if isinstance(found, list):
        return set().union(*map(keys, found))
    if isinstance(found, dict):
        return {key for key in found if key[0] != "@"}.union(*map(keys, found.values()))
    return set()


def test_every_term_is_one_of_schema_org():
    """No key and no type of anything in the release is made up."""
    used = set().union(*(keys(described(store(), node)) for node in things()))
    assert {"name", "sameAs", "subjectOf", "startDate", "legislationDate", "familyName"} <= used
    assert [name for name in sorted({*used, *TYPES.values(), ANYTHING}) if name not in SDO] == []
    assert "madeUp" not in SDO


def test_every_class_is_one_of_the_ontology():
    """The table has no class that the ontology does not define."""
    owl_class = NamedNode(expand("owl:Class"))
    known = {q.subject.value for q in store().quads_for_pattern(None, None, owl_class, None)}
    assert set(TYPES) <= known


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("person:philip-hammond", "Person"),
        ("state:japan", "Country"),
        ("organisation:uk-government", "GovernmentOrganization"),
        ("organisation:royal-air-force", "GovernmentOrganization"),
        ("organisation:united-nations", "Organization"),
        ("place:tokyo", "Place"),
        ("instrument:acsa", "Legislation"),
        ("instrument:joint-declaration", "CreativeWork"),
        ("instrument:raa", "CreativeWork"),
        ("event:acsa-signing", "Event"),
        ("event:olympic-games-2020", "SportsEvent"),
        ("series:foreign-and-defence-ministers-meeting", "EventSeries"),
        ("area:cyber-security", "DefinedTerm"),
        ("document:raa-talks-2021", "CreativeWork"),
        ("office:uk-prime-minister", "Thing"),
    ],
)
def test_types(name, kind):
    """The narrowest type that fits; what is only planned is no legislation."""
    assert about(name)["@type"] == kind


def test_what_is_told_of_an_instrument():
    """Name, other names, the day on which a document says it was signed, and the documents that mention it."""
    found = about("instrument:acsa")
    assert found["@context"] == CONTEXT
    assert found["legislationDate"] == "2017-01-26"
    assert "ACSA" in found["alternateName"]
    assert {"@type": "CreativeWork", "@id": PREFIXES["document"] + "raa-talks-2021"} not in found["subjectOf"]
    assert {one["@id"] for one in found["subjectOf"]} >= {PREFIXES["document"] + "uk-japan-defence-ties-2017"}


def test_identity_elsewhere_is_that_of_the_links():
    """The accepted exact matches, and nothing that is only close, wide or a candidate."""
    assert about("state:japan")["sameAs"] == sorted(
        q.object.value
        for q in store().quads_for_pattern(
            NamedNode(expand("state:japan")), NamedNode(expand("skos:exactMatch")), None, None
        )
    )
    assert "http://www.wikidata.org/entity/Q17" in about("state:japan")["sameAs"]
    assert "sameAs" not in about("person:koji-tsuruoka")


def test_no_date_that_no_passage_states():
    """A date that is inferred, entailed, or told in two ways is left out."""
    made, event = Store(), NamedNode(PREFIXES["event"] + "x")
    passage, other = (NamedNode(PREFIXES["passage"] + name) for name in ("d.S1", "d.S2"))
    date, basis = NamedNode(expand("ukj:date")), NamedNode(expand("ukj:dateBasis"))
    made.add(Quad(event, NamedNode(expand("rdf:type")), NamedNode(expand("ukj:Event")), passage))

    def told() -> str | None:
        return described(made, event).get("startDate")

    made.add(Quad(event, date, Literal("2017"), NamedNode(PREFIXES["graph"] + "entailed")))
    assert told() is None
    made.add(Quad(event, date, Literal("2016"), passage))
    assert told() == "2016"
    made.add(Quad(event, date, Literal("2016-01-08"), other))
    assert told() is None
    made.remove(Quad(event, date, Literal("2016-01-08"), other))
    made.add(Quad(event, basis, NamedNode(PREFIXES["basis"] + "inferred"), passage))
    assert told() is None


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated", "ignore:Dataset.default_context is deprecated"
)
def test_it_is_json_ld():
    """Read offline by two libraries, everything is triples of schema.org about the thing, none lost."""
    for name in ("person:philip-hammond", "instrument:acsa", "event:acsa-signing", "state:japan"):
        found = about(name) | {"@context": OFFLINE}
        by_rdflib = rdflib.Graph().parse(data=json.dumps(found), format="json-ld")
        by_oxigraph = list(parse(json.dumps(found).encode(), format=RdfFormat.JSON_LD))
        assert len(by_rdflib) == len(by_oxigraph) > len(found) - 3
        me = rdflib.URIRef(expand(name))
        assert {str(o) for o in by_rdflib.objects(me, SDO.sameAs)} == set(found.get("sameAs", ()))
        assert (me, rdflib.RDF.type, SDO[found["@type"]]) in by_rdflib


@pytest.mark.parametrize(
    "label", ["</script><script>alert(1)</script>", "<!--", "a & b > c", "\u2028", '"\\']
)
def test_a_hostile_label(label):
    """No label ends the block or begins a comment, and it reads back as it was."""
    made, person = Store(), NamedNode(PREFIXES["person"] + "x")
    made.add(
        Quad(
            person, NamedNode(expand("skos:prefLabel")), Literal(label, language="en"), NamedNode("http://g/")
        )
    )
    page = f"<!doctype html><html><head><title>x</title></head><body>{block(made, person)}<p>after</p></body></html>"
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    scripts = list(tree.iter("script"))
    assert [(one.get("type"), json.loads(one.text)["name"]) for one in scripts] == [
        ("application/ld+json", label)
    ]
    assert tree.find(".//p").text == "after"
    assert not set(text({"name": label})) & set("<>&\u2028")


def test_on_the_pages_of_the_server():
    """The page of a thing carries the block once; the same can be had alone; the policy of the page stays."""
    with serving(release_path()) as client:
        page = client.get("/page/instrument/acsa", "text/html")
        alone = client.get("/page/instrument/acsa?format=schema")
        redirect = client.get("/id/instrument/acsa?format=schema")
        wrong = client.get("/page/instrument/acsa?format=boat")
    tree = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(page.text)
    blocks = [json.loads(one.text) for one in tree.iter("script")]
    assert blocks == [alone.json()] == [about("instrument:acsa")]
    assert alone.headers["content-type"] == "application/ld+json"
    assert "script" not in page.headers["content-security-policy"]
    assert (redirect.status_code, redirect.headers["location"]) == (
        303,
        "/page/instrument/acsa?format=schema",
    )
    assert wrong.status_code == 406
