"""The traps of the documents: what an over-eager reader would put into the graph, each test named for one."""

from __future__ import annotations

import re

import pytest

from release import rows, short

FORBIDDEN = {
    "the RAA builds on the ACSA": "GRAPH ?g { instrument:raa ukj:tiedTo|ukj:restsOn|ukj:buildsOn|ukj:basedOn instrument:acsa }",
    "the RAA is the framework of SC7": "GRAPH ?g { instrument:raa ukj:realises|owl:sameAs instrument:procedures-framework }",
    "the RAA existed in 2017": "GRAPH ?g { ?s ?p instrument:raa } ?g ukj:inDocument ?d . FILTER (?d != document:raa-talks-2021)",
    "RAA negotiations opened on 28 September 2021": "event:raa-negotiations ukj:date ?x",
    "the RAA was signed": "{ instrument:raa ukj:signedIn ?x } UNION { ?x ukj:stageOf instrument:raa ; ukj:phase phase:signed }",
    "an instrument is in force": "?x ukj:inForceFrom ?y",
    "Fallon signed the ACSA": "{ ?x a ukj:Signature ; ukj:person person:michael-fallon } UNION { ?x ukj:signedBy person:michael-fallon }",
    "somebody attended the second 2+2": "?x a ukj:Attendance ; ukj:inEvent event:second-2plus2",
    "the second 2+2 has a place": "event:second-2plus2 ukj:location ?x",
    "the first meeting has a place or a date": "event:first-ministerial-meeting ukj:location|ukj:date ?x",
    "21 January has a year": "event:first-ministerial-meeting-announcement ukj:date|ukj:plannedDate ?x",
    "21 January is the day of the meeting": "event:first-ministerial-meeting ukj:partialDate ?x",
    "the first meeting is merged with the first 2+2": "GRAPH ?g { event:first-ministerial-meeting ukj:occurrenceOf ?x }",
    "a Foreign Secretary succeeded another": "?x ?p ?y . ?x a ukj:Attestation . ?y a ukj:Attestation",
    "an attestation is an interval": "?x a ukj:Attestation . GRAPH ?g { ?x ukj:date ?a , ?b } FILTER (?a != ?b)",
    "Fallon was Defence Secretary on 31 August 2017": '?x ukj:person person:michael-fallon ; ukj:date "2017-08-31"^^xsd:date',
    "May was Prime Minister on 26 January 2017": '?x ukj:person person:theresa-may ; ukj:date "2017-01-26"^^xsd:date',
    "the Prime Ministers signed the Declaration": "{ instrument:joint-declaration ukj:signedIn|ukj:signedBy ?x } UNION { ?x a ukj:Signature ; ukj:person person:shinzo-abe } UNION { ?x a ukj:Signature ; ukj:person person:theresa-may }",
    "the Declaration is a treaty": "instrument:joint-declaration a ukj:Treaty",
    "the Information Security Agreement is about cyber security": "instrument:information-security-agreement ukj:covers|^ukj:about/ukj:topic area:cyber-security",
    "a joint missile is being developed": "{ ?s ukj:stageOf project:air-to-air-missile-feasibility-research ; ukj:phase ?p FILTER (?p != phase:identified-and-launched) } UNION { GRAPH ?g { project:air-to-air-missile-feasibility-research ukj:projectTopic topic:missile-technology } }",
    "Japan sent forces to the UK": "{ prospect:jsdf-visit-to-uk a ukj:Event } UNION { prospect:jsdf-visit-to-uk ukj:cameAboutIn|ukj:date ?x }",
    "a carrier was deployed as the Declaration foresaw": "{ prospect:uk-aircraft-carrier-deployment a ukj:Event } UNION { GRAPH ?g { event:carrier-strike-group-visit ukj:realises ?x } }",
    "Japan is one of the five powers": "instrument:fpda ukj:between|ukj:coAuthor|ukj:signedForState state:japan",
    "Japan is a permanent member of the Security Council": "{ organisation:un-security-council ukj:member|ukj:participant state:japan } UNION { prospect:japan-permanent-unsc-membership ukj:cameAboutIn ?x }",
    "Japan supports permanent membership of the UK": "GRAPH passage:joint-declaration-2017.SC16_3 { ?x ukj:force force:reiterates-support ; ukj:holder state:japan }",
    "the two states are allies of each other in the Declaration": 'GRAPH ?g { ?x a ukj:Characterisation ; ukj:wording ?w ; ukj:about state:japan ; ukj:relativeTo state:united-kingdom } ?g ukj:inDocument document:joint-declaration-2017 . FILTER (CONTAINS(LCASE(?w), "all"))',
    "the action plan was adopted": "{ instrument:action-plan ukj:adoptedOn ?x } UNION { ?s ukj:stageOf instrument:action-plan ; ukj:phase ?p FILTER (?p != phase:planned) }",
    "the promised meetings took place": "?x ukj:occurrenceOf ?series . GRAPH ?g { ?u ukj:about ?series } ?g ukj:inDocument document:joint-declaration-2017 . FILTER (?x NOT IN (event:first-2plus2, event:second-2plus2))",
    "the exercise founded the ACSA": "instrument:acsa ukj:restsOn|ukj:buildsOn|ukj:basedOn event:raf-jasdf-exercise-2016",
    "the exercise agreed and the one held are one node": "prospect:typhoon-exercise-october-2016 a ukj:Event",
    "Dunne or Paniguian signed": "?x a ukj:Signature ; ukj:person ?p . FILTER (?p IN (person:philip-dunne, person:richard-paniguian))",
    "the agreements are in the Parliamentary Library": "{ prospect:library-deposit a ukj:Event } UNION { ?i ukj:location organisation:parliamentary-library }",
    "the four equipment and security instruments are merged": "?a owl:sameAs ?b",
    "the teasers leave an entity": 'GRAPH ?p { ?s ?r ?o } ?p ukj:passageKind kind:teaser',
    "a heading, page number or social media line carries a fact": "GRAPH ?p { ?s ?r ?o } ?p ukj:passageKind ?k FILTER (?k IN (kind:heading, kind:boilerplate, kind:artefact))",
    "a name of the teasers is a mention": '?m ukj:name ?n FILTER (REGEX(?n, "NATO|Venezuela|Singapore|Greenland|Padrino|Chuanren|Arctic"))',
    "the page number 5 counts advisors": '?m ukj:inPassage passage:joint-declaration-2017.IM3 ; ukj:name ?n FILTER (CONTAINS(STR(?n), "5"))',
    "the Twitter handle is an alias": '?s skos:altLabel|ukj:name|ukj:alsoCalled ?n FILTER (CONTAINS(STR(?n), "@"))',
    "Global Britain is a name of the state": '?m ukj:refersTo state:united-kingdom ; ukj:name "Global Britain"@en',
    "the Foreign Secretary of Japan": "?a ukj:office office:uk-foreign-secretary ; ukj:person ?p . ?b ukj:person ?p ; ukj:office/ukj:ofState state:japan",
    "the Defence Ministers' meeting is the first ministerial meeting": "event:first-ministerial-meeting ukj:occurrenceOf|ukj:likelySameAs|ukj:possiblySameAs series:defence-ministers-meeting",
    "co-authors are signatories of the Arms Trade Treaty": "instrument:arms-trade-treaty ukj:signedForState|ukj:signedBy|ukj:between ?x",
    "a quotation speaks for its document": "?q a ukj:Quotation ; ukj:voice ?v . ?v a ukj:Document",
    "an inferred triple is asserted": "?i a ukj:Inference ; ukj:subject ?s ; ukj:predicate ?p ; ukj:object ?o . GRAPH ?g { ?s ?p ?o } FILTER (?p NOT IN (ukj:likelySameAs, ukj:possiblySameAs, ukj:earliest, ukj:latest))",
    "UN Security Council Resolutions have numbers": "instrument:un-security-council-resolutions a ukj:Instrument",
    "the tour has an owner": "event:asia-pacific-tour-2016 ukj:visitor|ukj:participant|ukj:host ?x",
    "the signing of the ACSA has a city": "event:acsa-signing ukj:location ?x . ?x a ukj:Place",
    "the agreements of 2013 have a place of signing": "?s ukj:stageOf ?i ; ukj:phase phase:signed ; ukj:location ?x . FILTER (?i IN (instrument:defence-equipment-cooperation-framework, instrument:information-security-agreement))",
    "the memorandum has signatories": "instrument:memorandum-2012 ukj:signedBy ?x",
}  # fmt: skip

EXPECTED = {
    "one node for the ACSA under its names": (
        'SELECT DISTINCT ?t WHERE { ?m ukj:name ?n ; ukj:refersTo ?t FILTER (REGEX(?n, "Defence Logistics Treaty|ACSA|Cross.Servicing")) }',
        {("instrument:acsa",)},
    ),
    "RAA and the framework of SC7 are two nodes": (
        "SELECT DISTINCT ?t WHERE { VALUES ?t { instrument:raa instrument:procedures-framework } GRAPH ?g { ?t ?p ?o } ?g ukj:inDocument ?d }",
        {("instrument:raa",), ("instrument:procedures-framework",)},
    ),
    "21 January is a day without a year, announced": (
        "SELECT ?d ?e ?l ?b WHERE { event:first-ministerial-meeting-announcement ukj:partialDate ?d ; ukj:earliest ?e ; ukj:latest ?l ; ukj:dateBasis ?b }",
        {("--01-21", "2014-01-21", "2015-01-21", "basis:inferred")},
    ),
    "the two Prime Ministers issue": (
        "SELECT DISTINCT ?p WHERE { instrument:joint-declaration ukj:issuedInNameOf ?p }",
        {("person:shinzo-abe",), ("person:theresa-may",)},
    ),
    "Gen is a given name": (
        "SELECT DISTINCT ?g ?f WHERE { person:gen-nakatani foaf:givenName ?g ; foaf:familyName ?f }",
        {("Gen", "Nakatani")},
    ),
    "two Philips": (
        'SELECT DISTINCT ?p WHERE { ?p foaf:givenName "Philip" }',
        {("person:philip-dunne",), ("person:philip-hammond",)},
    ),
    "Sir is an honorific of Fallon in one document": (
        'SELECT DISTINCT ?p ?d WHERE { GRAPH ?g { ?p ukj:honorific "Sir" } ?g ukj:inDocument ?d }',
        {("person:michael-fallon", "document:uk-japan-defence-ties-2017")},
    ),
    "three numbered lists": (
        'SELECT DISTINCT ?s WHERE { ?p ukj:section ?s ; ukj:unit ?u ; ukj:inDocument document:joint-declaration-2017 FILTER (REGEX(?u, "^(SC|AC|IM)7|^IM5")) }',
        {("Strengthening Cooperation",), ("Areas of Cooperation",), ("Implementation",)},
    ),
    "Asia-Pacific and Indo-Pacific are two regions": (
        'SELECT DISTINCT ?r WHERE { ?m ukj:name ?n ; ukj:refersTo ?r . ?r a ukj:Region FILTER (REGEX(?n, "Pacific")) }',
        {("place:asia-pacific",), ("place:indo-pacific",)},
    ),
    "South East Asia and Southeast Asia are one region": (
        'SELECT DISTINCT ?r WHERE { ?m ukj:name ?n ; ukj:refersTo ?r . ?r a ukj:Region FILTER (REGEX(?n, "South ?[Ee]ast Asia")) }',
        {("place:southeast-asia",)},
    ),
    "Tsuruoka alone signs on behalf of a government in words": (
        "SELECT DISTINCT ?p ?b WHERE { ?s a ukj:Signature ; ukj:person ?p ; ukj:onBehalfOf ?b }",
        {("person:koji-tsuruoka", "organisation:government-of-japan")},
    ),
    "the equipment agreement has three nodes and two strong links": (
        "SELECT DISTINCT ?a WHERE { ?a ukj:likelySameAs instrument:defence-equipment-cooperation-framework }",
        {("instrument:arms-transfer-agreement",), ("instrument:equipment-and-technology-transfer-agreement",)},
    ),
    "the exercise of 2016 has the precision of a year": (
        "SELECT DISTINCT ?d WHERE { event:raf-jasdf-exercise-2016 ukj:date ?d }",
        {("2016",)},
    ),
    "Wallace says close, not closest": (
        'SELECT DISTINCT ?w WHERE { ?q a ukj:Characterisation ; ukj:voice person:ben-wallace ; ukj:wording ?w FILTER (CONTAINS(?w, "partner")) }',
        {("Britain's close security partner in Asia",)},
    ),
    "the list of areas is open": (
        "SELECT DISTINCT ?f WHERE { GRAPH passage:joint-declaration-2017.AC0 { ?s a ukj:Undertaking ; ukj:force ?f } }",
        {("force:decided",)},
    ),
    "Japan will only consider sending forces": (
        "SELECT DISTINCT ?f ?h WHERE { GRAPH passage:joint-declaration-2017.SC3_3 { ?s ukj:force ?f ; ukj:holder ?h } }",
        {("force:will-consider", "state:japan")},
    ),
    "sixteen persons": (
        "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a ukj:Person }",
        {("16",)},
    ),
    "the meeting instructed, and the second 2+2 committed": (
        "SELECT DISTINCT ?phase WHERE { ?s ukj:stageOf instrument:acsa ; ukj:phase ?phase }",
        {("phase:called-for",), ("phase:committed-to",), ("phase:signed",), ("phase:concluded",), ("phase:not-concluded",)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("trap", FORBIDDEN)
def test_nothing_falls_into_the_trap(trap: str) -> None:
    """What the trap's name claims is nowhere in the graph as a fact."""
    assert rows(f"SELECT * WHERE {{ {FORBIDDEN[trap]} }}") == []


@pytest.mark.parametrize("trap", EXPECTED)
def test_the_graph_keeps(trap: str) -> None:
    """The graph holds exactly what the trap's name says."""
    query, expected = EXPECTED[trap]
    assert {tuple(map(short, row)) for row in rows(query)} == expected


def test_no_trap_passes_for_a_misspelt_name() -> None:
    """Every name of ours in a trap's pattern is a node of the graph."""
    known = {short(subject) for (subject,) in rows("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")}
    text = " ".join([*FORBIDDEN.values(), *(query for query, _ in EXPECTED.values())])
    names = re.findall(r"\b[a-z]+:[A-Za-z0-9][\w.-]*\w", re.sub(r'"[^"]*"', "", text))
    foreign = ("owl:", "xsd:", "foaf:", "skos:")
    assert {name for name in names if not name.startswith(foreign)} - known == set()
