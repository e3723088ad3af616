"""The forms of outside identifiers."""

import pytest

from ukjapan_graph.data.neighbours import NEIGHBOURS, isni_checks, neighbour_of
from ukjapan_graph.namespaces import PREFIXES


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_the_example_fits(name):
    """Each neighbour has a prefix of the table, an address, and an example of its own form."""
    neighbour = NEIGHBOURS[name]
    assert neighbour.name == name
    assert neighbour.space == PREFIXES[neighbour.prefix]
    assert neighbour.home.startswith("http")
    assert neighbour.fits(neighbour.example)
    assert neighbour_of(neighbour.space + neighbour.example) == neighbour


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("wikidata", "17"), ("wikidata", "P17"), ("wikidata", "Q0"), ("wikidata", "Q17 "), ("wikidata", "Q17\n"),
        ("eurovoc", "c_04ae3ba"), ("eurovoc", "0743"), ("unbis", "779"), ("geonames", "1861060"),
        ("gnd", "4022153"), ("isni", "0000 0001 2248 3427"), ("isni", "0000000122483428"), ("loc", "79023147"),
        ("m49", "JPN"),
        ("eu-authority", "JPN"), ("eu-authority", "country/jpn"),
        ("stw", "16497"), ("viaf", "n79023147"), ("dbpedia", "Theresa May"), ("dbpedia", ""),
    ],
)  # fmt: skip
def test_other_forms_do_not_fit(name, local):
    """What is of another neighbour, cut short, padded or miswritten is of the wrong form."""
    assert not NEIGHBOURS[name].fits(local)


def test_dbpedia_takes_titles_as_they_are():
    """A title may hold brackets and commas; letters with accents other readers lose, so they do not fit."""
    assert NEIGHBOURS["dbpedia"].fits("Ben_Wallace_(politician)")
    assert NEIGHBOURS["dbpedia"].fits("Tokyo,_Japan")
    assert not NEIGHBOURS["dbpedia"].fits("António_Guterres")


@pytest.mark.parametrize("number", ["0000000122483427", "0000000123315230", "000000012146438X"])
def test_check_characters(number):
    """The check character is that of ISO 7064 MOD 11-2; any other last character is wrong."""
    assert isni_checks(number)
    assert [c for c in "0123456789X" if isni_checks(number[:-1] + c)] == [number[-1]]


def test_what_is_nobody_s():
    """An address in no neighbour's namespace has no neighbour."""
    assert neighbour_of("https://example.org/Q17") is None
