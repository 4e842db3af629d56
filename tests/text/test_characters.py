"""Characters that deceive are found, and those that a script needs are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.characters import hidden, mixed, seen, steering


@pytest.mark.parametrize(
    "text",
    [
        "Mayor\x1b[31m Calder",
        "a\x00b",
        "the \u202eroyaM\u202c",
        "the \u2067mayor\u2069",
        "Tru\u200bmp",
        "1\u200b000",
        "Tru\u0301\u200dmp",
        "May\u3164or",
        "12 days.\U000e0077",
        "days\ufffab",
        "po" + "\u0301" * 5 + "rt",
        "d\ufe00ays \U000e0177",
    ],
)
def test_what_no_honest_sentence_holds(text: str) -> None:
    assert steering(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Calder\tsaid\r\nso.",
        "می‌رفت",
        "श्री\u200dमान",
        "👩\u200d🚀 ❤\ufe0f 葛\U000e0100",
        "Ver\u00adfassung",
        "workers\u200b are \ufeffback\u200e.",
        "العبارة\u200f \u206785\u2069 راكبا",
        "Việt Nam, naïve",
        "שָׁלוֹם",
        "ภาษา\u200bไทย",
    ],
)
def test_what_pages_and_scripts_need(text: str) -> None:
    assert not steering(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("President Рutin left", "Рutin"),
        ("President Jοe left", "Jοe"),
        ("The роре said so", "роре"),
        ("The Trｕmp office", "Trｕmp"),
        ("Товариш Pутін пішов", "Pутін"),
    ],
)
def test_words_of_several_alphabets(text: str, word: str) -> None:
    assert mixed(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "The paper “Правда” said so",
        "IT-компания NATO и Nordlys",
        "NATO加盟 AP통신은 said",
        "25 μg of β-carotene",
        "Ines Calder (Инес Кальдер) said",
        "Он и она в Москве",
        "ＮＡＴＯ said so",
        "Søren Ñúñez Łódź",
    ],
)
def test_alphabets_beside_each_other(text: str) -> None:
    assert mixed(text) == ""


@given(st.text(max_size=80))
def test_what_is_seen_hides_nothing(text: str) -> None:
    shown = seen(text)
    assert len(shown) == len(text) - len(hidden(text))
    assert "\u200b" not in shown
