"""How alike two names are, from 0 to 100, by rules in plain sight over the string distance of rapidfuzz.

  100  the same words; of a person, in any order and without titles (Japanese names go family name first)
   98  the same but for titles, or for how long vowels are romanised
   97  the same words in another order, of anything but a person
to 95  spelt differently: normalised Indel similarity (rapidfuzz's ``ratio``), as it stands or with words sorted
   88  a person's family name with initials that fit
   85  an abbreviation made of first letters
54–81  one name of a person alone, misspelt
60–90  all words of the one are among those of the other: the more of it they are, the higher
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from ukjapan_graph.linking.alike.names import Name, initials, sounds

#: Below this, two names are not alike.
LEAST = 50.0
_SPELT, _INITIALS, _ABBREVIATED = 95.0, 88.0, 85.0
_LONGEST_ABBREVIATION = 6
# Of four letters or fewer, one that differs says more, and two that agree say less.
_SHORT, _SHORT_COUNTS = 4, 0.75
_MISSPELT, _MISSPELT_COUNTS = 80.0, 0.9


def similarity(asked: Name, known: Name, *, person: bool = False) -> float:
    """How alike ``asked`` and ``known`` are, from 0 to 100, rounded to two places; symmetric.

    :param person: whether ``known`` is the name of a person
    """
    best = _words(asked.words, known.words, person)
    if person and best < 100 and (asked.bare != asked.words or known.bare != known.words):
        best = max(best, 0.98 * _words(asked.bare, known.bare, person))
    if person and best < 98:
        one, other = sounds(asked.bare), sounds(known.bare)
        if one and sorted(one) == sorted(other):
            best = 98.0
    return round(best, 2)


def _words(one: tuple[str, ...], other: tuple[str, ...], person: bool) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 100.0
    sorted_one, sorted_other = sorted(one), sorted(other)
    if sorted_one == sorted_other:
        return 100.0 if person else 97.0
    if "".join(one) == "".join(other):
        return 97.0
    best = max(
        fuzz.ratio(" ".join(one), " ".join(other)),
        fuzz.ratio(" ".join(sorted_one), " ".join(sorted_other)),
    )
    best = min(best, _SPELT)
    if min(len("".join(one)), len("".join(other))) <= _SHORT:
        best *= _SHORT_COUNTS
    if person:
        best = max(best, _INITIALS if _fit(one, other) else 0, _part(one, other), _part(other, one))
    if _abbreviates(one, other) or _abbreviates(other, one):
        best = max(best, _ABBREVIATED)
    if set(one) < set(other) or set(other) < set(one):
        short, long = sorted((len("".join(one)), len("".join(other))))
        best = max(best, 60 + 30 * short / long)
    return best


def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both end in the same family name, and what is before it in the one begins that of the other."""
    if len(one) < 2 or len(one) != len(other) or one[-1] != other[-1]:
        return False
    pairs = list(zip(one[:-1], other[:-1], strict=True))
    return any(min(map(len, pair)) == 1 for pair in pairs) and all(a[0] == b[0] for a, b in pairs)


def _part(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike they are where ``one`` is a single word, and a word of ``other`` misspelt."""
    if len(one) != 1 or len(other) < 2 or len(one[0]) <= _SHORT:
        return 0.0
    best = max(fuzz.ratio(one[0], word) for word in other)
    if best < _MISSPELT:
        return 0.0
    return _MISSPELT_COUNTS * (60 + 30 * len(one[0]) / len("".join(other)))


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    word = short[0]
    return len(short) == 1 and len(long) > 1 and len(word) <= _LONGEST_ABBREVIATION and word == initials(long)


class Index:
    """Names to look others up in: the likely ones are found by rapidfuzz, and only those are weighed.

    :param names: in the order in which they are numbered
    :param persons: numbers of those that are names of persons
    """

    def __init__(self, names: Sequence[Name], persons: Iterable[int] = ()) -> None:
        self._names, self._persons = names, frozenset(persons)
        self._texts = [known.text for known in names]
        self._short: dict[str, list[int]] = {}
        for number, known in enumerate(names):
            self._short.setdefault(initials(known.words), []).append(number)

    def alike(self, asked: Name) -> list[tuple[int, float]]:
        """Number and similarity of every name that is like ``asked``, by number."""
        if not asked.words:
            return []
        scorers = [fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio]
        if len(asked.words) == 1:
            scorers.append(fuzz.partial_ratio)
        likely = {*self._short.get("".join(asked.words), ())}
        for text in {asked.text, " ".join(asked.bare), " ".join(sounds(asked.bare))}:
            # Other orders, and words left out or added, are what a set of words does not mind.
            for scorer in scorers:
                found = process.extract(text, self._texts, scorer=scorer, limit=None, score_cutoff=LEAST)
                likely.update(number for _, _, number in found)
        if initials(asked.words):
            likely.update(n for n, text in enumerate(self._texts) if text == initials(asked.words))
        weighed = ((n, similarity(asked, self._names[n], person=n in self._persons)) for n in sorted(likely))
        return [(number, score) for number, score in weighed if score >= LEAST]
