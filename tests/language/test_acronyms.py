"""What letters stand for, as their article spells them out."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from briefing.language.acronyms import spelled_out
from briefing.language.document import Document

Build = Callable[..., Document]
OFFICE = "Ole Lind wrote to the nonpartisan Velm Budget Office in May."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("VBO said that taxes would rise.", "The Velm Budget Office"),
        ("Ada Kell said that the VBO had erred.", "Velm Budget Office"),
        ("Ada Kell read a VBO report.", "Velm Budget Office"),
        ("Ada Kell doubted VBO’s numbers.", "the Velm Budget Office"),
        ("“The VBO has erred,” Ada Kell said.", "Velm Budget Office"),
        ("By then V.B.O. had erred.", "the Velm Budget Office"),
        ("The mayor closed the VBO office.", "Velm Budget"),
    ],
)
def test_letters_stand_for_what_their_article_spells_out(document: Build, text: str, told: str) -> None:
    one = document(f"{OFFICE} {text}")
    assert [found.name for found in spelled_out(one, 2)] == [told]


@pytest.mark.parametrize(
    "article",
    [
        "Ole Lind wrote to Ada Kell. VBO said that taxes would rise.",  # spelled out nowhere
        f"{OFFICE} The Velm Budget Office (VBO) said that taxes would rise.",  # there it is
        f"{OFFICE} The Vorn Bus Organisation struck. VBO said that taxes would rise.",  # one of two
        "The North Atlantic Treaty Organization met. NATO said that it would stay.",  # better known by its letters
        f"{OFFICE} VBOX said that taxes would rise.",
    ],
)
def test_where_it_is_not_sure_or_known_letters_stay(document: Build, article: str) -> None:
    one = document(article)
    assert not [found for number in one.body() for found in spelled_out(one, number)]


def test_a_word_of_a_hundred_thousand_capitals_and_a_thousand_acronyms_are_read_at_once(document: Build) -> None:
    letters = [f"{a}{b}Q" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    one = document(f"{OFFICE} VBO said that taxes would rise. {'V' * 100_000} {' '.join(letters)}.")
    started = time.process_time()
    assert [found.name for found in spelled_out(one, 2)] == ["Velm Budget Office"]  # such a text is not parsed
    assert time.process_time() - started < 10
