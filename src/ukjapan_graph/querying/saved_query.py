"""What a saved question is, wherever it was read from."""

from __future__ import annotations

from collections import namedtuple  # typing.NamedTuple would cost ``ukjapan ask`` some milliseconds


class Parameter(namedtuple("Parameter", "name type default about")):
    """A value the question can be asked for; four strings.

    :ivar name: its variable, without ``?``
    :ivar type: a kind of :data:`ukjapan_graph.namespaces.KINDS`, or entity, term, date, string, integer,
        language
    :ivar default: as typed by a person: ``instrument:acsa``, ``2017-08-31``, ``3``
    :ivar about: what it is, in English
    """

    __slots__ = ()


class SavedQuery(
    namedtuple("SavedQuery", "name summary description tags questions parameters columns silence text")
):
    """A question with its SPARQL.

    :ivar name: stem of the file
    :ivar summary: the question in one line
    :ivar description: one or two sentences more, or ""
    :ivar tags: words to find it by, a tuple
    :ivar questions: the competency questions it answers, a tuple
    :ivar parameters: a tuple of :class:`Parameter` in the order of the header
    :ivar columns: a tuple of (name, what it holds) in the order of the answer; read from the release file, a
        note is ""
    :ivar silence: what an answer without rows means, a clause or a sentence
    :ivar text: the SPARQL below the header, ending in one line feed
    """

    __slots__ = ()
