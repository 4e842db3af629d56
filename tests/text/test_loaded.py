"""Loaded wording: found outside quotation marks or as scare quotes, where it judges and not where it describes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.lexicon import TERMS
from briefing.text.loaded import loaded
from briefing.text.quotations import quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norland’s Dictator met them.", ["Dictator"]),
        ("the so-called peacekeepers", ["so-called"]),
        ("He called it “a barbaric regime.”", []),
        ("mere posturing, he said", ["mere posturing"]),
        ("An evil regime fell.", ["evil"]),
        ("The tax regime changed.", []),
        ("The so-called “experts” left.", ["so-called “experts”"]),
        ("Their “peace plan” failed.", ["“peace plan”"]),
        ("Dictators and regimental bands", ["Dictators"]),
        ("The senator slammed the bill as too costly.", ["slammed"]),
        ("The lorry slammed into a wall.", []),
        ("A massive, brutal storm left a tense town.", []),
        ("", []),
    ],
)
def test_loaded(text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in loaded(text)] == found


def test_every_entry_is_reviewed_once() -> None:
    assert len({term.pattern for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert term.reason
        re.compile(term.pattern)


@given(st.lists(st.sampled_from(["“", "”", " barbaric", " regime", " so-called", " port", ",", "  "])).map("".join))
def test_what_is_quoted_is_somebodys(text: str) -> None:
    spans = [(q.start, q.end) for q in quotations(text)]
    for hit in loaded(text):
        assert not any(start < hit.start and hit.end < end for start, end in spans)
