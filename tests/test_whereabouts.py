"""Where breaches stand."""

import pytest
from pyoxigraph import NamedNode

from judged_project import DOCUMENT, make
from small_project import FIRST_LINE, put
from ukjapan_graph.data.build import assemble
from ukjapan_graph.data.sources import Source
from ukjapan_graph.judging.verdicts import Breach
from ukjapan_graph.judging.whereabouts import Whereabouts
from ukjapan_graph.namespaces import expand

LOG, BOATS = "graph/documents/log.trig", "graph/entities/boats.ttl"


@pytest.fixture
def root(tmp_path):
    """A small project."""
    return make(tmp_path)


def place(where, focus, path="", value=""):
    """The place of a breach of prefixed names."""
    thing = NamedNode(expand(value)) if value else None
    return where.of(Breach(expand(focus), expand(path) if path else "", thing, "shape:x", "mend it"))


def test_a_fact_is_found_where_it_is_stated(root):
    """A breach with a value stands in the block of the passage that states it."""
    where = Whereabouts(root, assemble(root)[0])
    line = FIRST_LINE + DOCUMENT[: DOCUMENT.index("event:red ukj:carries")].count("\n")
    assert place(where, "event:red", "ukj:carries", "event:blue") == (LOG, line)


def test_too_much_is_found_where_some_of_it_is_stated(root):
    """A breach without a value stands where the thing has the property at all."""
    where = Whereabouts(root, assemble(root)[0])
    line = FIRST_LINE + DOCUMENT[: DOCUMENT.index("event:red ukj:carries")].count("\n")
    assert place(where, "event:red", "ukj:carries") == (LOG, line)


def test_what_is_missing_is_found_where_its_thing_is_described(root):
    """A breach without a value, or whose fact only follows, stands where the thing has its class."""
    where = Whereabouts(root, assemble(root)[0])
    assert place(where, "event:red", "ukj:start") == (BOATS, FIRST_LINE + 1)
    assert place(where, "event:blue", "rdf:type", "ukj:Boat") == (BOATS, FIRST_LINE)


def test_what_no_file_names_has_no_place(root):
    """A thing that occurs nowhere is nowhere; a saved query is its file."""
    where = Whereabouts(root, assemble(root)[0])
    assert place(where, "event:white") == ("", 0)
    assert place(where, "query:carried") == ("queries/carried.rq", 1)


def test_a_draft_goes_first(root, tmp_path_factory):
    """A thing that a draft describes stands in the draft, though the project describes it too."""
    draft = put(tmp_path_factory.mktemp("drafts"), "boats.ttl", "\n\nevent:red a ukj:Ferry .")
    where = Whereabouts(root, assemble(root)[0], [Source(str(draft), expand("graph:entities"))])
    assert where.of_name(expand("event:red")) == (str(draft), FIRST_LINE + 2)
    assert where.of_name(expand("event:blue")) == (BOATS, FIRST_LINE)
