"""Which properties only hold words and addresses."""

import pytest

from ukjapan_graph.changes.words import is_address, is_word
from ukjapan_graph.namespaces import expand


@pytest.mark.parametrize(
    ("name", "word", "address"),
    [
        ("skos:prefLabel", True, False),
        ("ukj:gloss", True, False),
        ("ukj:reason", True, False),
        ("ukj:fingerprint", False, True),
        ("ukj:start", False, True),
        ("ukj:buildsOn", False, False),
        ("ukj:refersTo", False, False),
        ("ukj:alsoCalled", False, False),
        ("rdf:type", False, False),
    ],
)
def test_words_and_addresses(name, word, address):
    """Glosses and labels are words, ranges and fingerprints addresses; what a document says is neither."""
    assert (is_word(expand(name)), is_address(expand(name))) == (word, address)
