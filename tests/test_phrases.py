"""Words with links in them."""

from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.phrases import Code, Ref, listing, plain


def test_a_phrase_reads_as_plain_words() -> None:
    """A reference is its words or its short name, code is itself."""
    phrase = ["is ", Ref(expand("ukj:State")), " or ", Ref("https://example.org/x", "that"), Code(" [a]")]
    assert plain(phrase) == "is ukj:State or that [a]"


def test_a_listing_has_commas_and_one_and() -> None:
    """One, two and more parts, whether words or phrases."""
    assert plain(listing(["a"])) == "a"
    assert plain(listing(["a", "b"])) == "a and b"
    assert plain(listing([["a", "1"], ["b"], ["c"]], "or")) == "a1, b or c"
    assert listing([]) == []
