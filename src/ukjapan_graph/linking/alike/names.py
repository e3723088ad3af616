"""Names made comparable: what makes no difference to who or what is meant is taken out of them.

Unicode is brought to NFKC and case-folded; accents and macrons of Latin letters go, the voicing marks of kana
stay; Chinese characters and kana are one word each run, however they are spaced. Titles before and after a
person's name are taken off a second form of the name, never off the first: an office is called by its title.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ACCENTS = re.compile("[\u0300-\u036f]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.K., H.E.
_PLUS = re.compile(r"(?<=\d)\s*\+\s*(?=\d)")  # 2 + 2
_POSSESSIVE = re.compile(r"['’`´]s?\b")
_WORD = re.compile(r"[^\W_]+(?:\+[^\W_]+)*")
_JAPANESE = re.compile("[\u3005\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uf900-\ufaff]+")
_LONG_VOWELS = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("ei", "e"))

#: Before a person's name. Not "gen": the Gen of Gen Nakatani is a given name.
_BEFORE = tuple(
    tuple(title.split())
    for title in (
        "the", "rt hon", "right honourable", "right honorable", "hon", "honourable", "honorable", "sir", "dame",
        "lord", "lady", "baron", "baroness", "dr", "mr", "mrs", "ms", "miss", "prof", "professor", "he",
        "his excellency", "her excellency", "former", "then", "prime minister", "foreign secretary",
        "foreign minister", "defence secretary", "defense secretary", "defence minister", "defense minister",
        "secretary of state", "secretary general", "minister", "ambassador", "president", "premier", "uk", "us",
        "british", "japanese", "un",
    )
)  # fmt: skip
#: After a person's name: letters that stand for orders, seats and degrees.
_AFTER = frozenset((
    "mp", "msp", "kc", "qc", "ch", "kg", "cbe", "obe", "mbe", "kbe", "dbe", "cmg", "kcmg", "gcmg", "kcb", "gcb",
    "phd", "san", "sama", "shi",
))  # fmt: skip
#: After a person's name in Japanese, longest first.
_AFTER_JAPANESE = (
    "内閣総理大臣", "総理大臣", "外務大臣", "防衛大臣", "国防大臣", "官房長官", "事務総長", "駐英大使", "駐日大使",
    "国務大臣", "担当大臣", "総理", "首相", "外相", "防衛相", "国防相", "大臣", "大使", "議員", "閣下", "さん", "氏",
    "様",
)  # fmt: skip
#: A title that one of these follows is part of the name of an office.
_OF_OFFICES = frozenset(("of", "for", "to", "at", "in"))
_SMALL = frozenset(("a", "an", "and", "at", "between", "for", "in", "of", "on", "the", "to", "with"))


class Name(NamedTuple):
    """A name as words.

    :ivar words: in their order
    :ivar bare: without the titles of a person; as ``words`` where nothing would be left
    """

    words: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in their order, with a space between."""
        return " ".join(self.words)


@lru_cache(maxsize=1024)
def name(text: str) -> Name:
    """``text`` made comparable; without words where it holds no letter or digit."""
    found = words(text)
    return Name(found, _bare(found))


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded; a leading "the" is none, and "&" is "and"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)
    plain = _POSSESSIVE.sub("", _PLUS.sub("+", plain.replace("&", " and ")))
    found: list[str] = []
    for word in _WORD.findall(plain):
        if found and _JAPANESE.fullmatch(word) and _JAPANESE.fullmatch(found[-1]):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found[1:] if len(found) > 1 and found[0] == "the" else found)


def plain(text: str) -> str:
    """``text`` of others on one line, of a length that a table bears, without signs that control anything."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= 200 else words[:199] + "…"


def _bare(found: tuple[str, ...]) -> tuple[str, ...]:
    rest = found
    while shorter := _without_title(rest):
        rest = shorter
    return rest


def _without_title(found: tuple[str, ...]) -> tuple[str, ...] | None:
    """``found`` without one title; None where it has none that can go."""
    for title in _BEFORE:
        rest = found[len(title) :]
        if rest and found[: len(title)] == title and rest[0] not in _OF_OFFICES:
            return rest
    if len(found) > 1 and found[-1] in _AFTER:
        return found[:-1]
    if found and _JAPANESE.fullmatch(found[-1]):
        for title in _AFTER_JAPANESE:
            rest = found[-1].removesuffix(title)
            if rest and rest != found[-1]:
                return (*found[:-1], rest)
    return None


def sounds(found: tuple[str, ...]) -> tuple[str, ...]:
    """Japanese names in Latin letters without what romanisations differ in: long vowels."""
    folded = []
    for word in found:
        for long, short in _LONG_VOWELS:
            word = word.replace(long, short)
        folded.append(word)
    return tuple(folded)


def initials(found: tuple[str, ...]) -> str:
    """The first letters of the words that count: ``raa`` of a Reciprocal Access Agreement; "" of fewer than two."""
    letters = "".join(word[0] for word in found if word not in _SMALL)
    return letters if len(letters) > 1 else ""


def scripts(found: tuple[str, ...]) -> frozenset[str]:
    """The scripts of the letters, as Unicode's names of characters begin: LATIN, CJK (kana too), CYRILLIC …"""
    named = set()
    for letter in "".join(found):
        if letter.isalpha():
            script = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
            named.add("CJK" if script in ("HIRAGANA", "KATAKANA") else script)
    return frozenset(named)
