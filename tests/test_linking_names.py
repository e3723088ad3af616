"""Names made comparable."""

import pytest

from ukjapan_graph.linking.alike.names import initials, name, scripts, sounds, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｊａｐａｎ", "japan"),
        ("Shinzō Abe", "SHINZO ABE"),
        ("the U.K.", "UK"),
        ("2 + 2", "2+2"),
        ("Acquisition & Cross-Servicing", "acquisition and cross servicing"),
        ("O'Neill", "ONeill"),
        ("Japan’s", "Japan"),
        ("岸田 文雄", "岸田文雄"),
        ("ボリス・ジョンソン", "ﾎﾞﾘｽ ｼﾞｮﾝｿﾝ"),
        ("KISHIDA, Fumio", "Kishida Fumio"),
    ],
)
def test_what_makes_no_difference(one, other):
    """Width, case, accents, dots, hyphens, possessives and the spacing of Japanese are taken out."""
    assert words(one) == words(other) != ()


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("Abe", "Abbe"), ("2+2", "22"), ("日本", "日米")])
def test_what_makes_a_difference(one, other):
    """Voicing marks of kana, double letters and plus signs stay."""
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The Rt Hon Philip Hammond MP", "philip hammond"),
        ("Foreign Secretary Philip Hammond", "philip hammond"),
        ("His Excellency Mr Koji Tsuruoka", "koji tsuruoka"),
        ("H.E. Koji Tsuruoka", "koji tsuruoka"),
        ("Sir Michael Fallon KCB", "michael fallon"),
        ("UK Prime Minister Theresa May", "theresa may"),
        ("岸田文雄外務大臣", "岸田文雄"),
        ("安倍 首相", "安倍"),
        ("鶴岡氏", "鶴岡"),
    ],
)
def test_titles_come_off_the_second_form(text, bare):
    """A person's titles, orders and Japanese endings go; the first form keeps them."""
    found = name(text)
    assert " ".join(found.bare) == bare
    assert len("".join(found.words)) > len("".join(found.bare))


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Secretary of the UK",
        "Secretary of State for Defence",
        "Gen Nakatani",
        "Minister",
        "首相",
        "",
        "!!",
    ],
)
def test_what_is_no_title_stays(text):
    """An office keeps its name, a given name that looks like a rank too, and nothing is left without words."""
    assert name(text).bare == name(text).words


def test_romanisation():
    """Long vowels are written in several ways, and sound the same."""
    assert sounds(words("Ōta Kōtarō")) == sounds(words("Oota Koutarou"))


def test_initials():
    """Small words do not count, and one word has none."""
    assert initials(words("Reciprocal Access Agreement")) == "raa"
    assert initials(words("Ministry of Defence")) == "md"
    assert initials(words("Japan")) == ""


def test_scripts():
    """Kana and Chinese characters are one; digits are of none."""
    assert scripts(words("岸田ふみおジョン 2")) == {"CJK"}
    assert scripts(words("Fumio Кисида")) == {"LATIN", "CYRILLIC"}
