"""Any IRI, any literal and any triple term, for tests of properties."""

from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode, Triple

from ukjapan_graph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
LOCALS = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,6}[A-Za-z0-9_-])?", fullmatch=True)
IRIS = st.one_of(
    st.builds(
        lambda prefix, local: NamedNode(PREFIXES[prefix] + local), st.sampled_from(sorted(PREFIXES)), LOCALS
    ),
    st.builds(
        lambda path: NamedNode("http://example.org/" + path),
        st.from_regex(r"[a-zé0-9/~]{0,6}#?[a-z.]{0,4}", fullmatch=True),
    ),
    st.just(NamedNode(PREFIXES["rdf"] + "type")),
)
STRINGS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")),
    st.text(st.sampled_from("\"\\\n\t\r\x7f' a#@.")),
)
LITERALS = st.one_of(
    st.builds(Literal, STRINGS),
    st.builds(
        lambda value, tag: Literal(value, language=tag), STRINGS, st.sampled_from(["en", "EN-gb", "ja-Latn"])
    ),
    st.builds(
        lambda value, kind: Literal(value, datatype=NamedNode(XSD + kind)),
        st.one_of(
            STRINGS,
            st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}", fullmatch=True),
            st.sampled_from(["true", "1"]),
        ),
        st.sampled_from(["integer", "decimal", "boolean", "date", "double", "nonNegativeInteger", "anyURI"]),
    ),
)
#: What RDF 1.2 adds to these too: the direction of a text, and triples as objects.
TERMS = st.recursive(
    st.one_of(
        IRIS,
        LITERALS,
        st.builds(
            lambda value, direction: Literal(value, language="ar", direction=direction),
            STRINGS,
            st.sampled_from([BaseDirection.LTR, BaseDirection.RTL]),
        ),
    ),
    lambda objects: st.builds(Triple, IRIS, IRIS, objects),
    max_leaves=3,
)
