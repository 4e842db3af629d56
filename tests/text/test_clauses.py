"""A sentence in parts: what a claim may drop and what it may not."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.stages.gates import check
from briefing.text.attribution import attributions
from briefing.text.clauses import parts, timeless, without_filler
from briefing.text.loaded import loaded
from briefing.text.names import name_words, names
from briefing.text.numbers import numbers
from briefing.text.quotations import quotations


def needed(text: str) -> set[str]:
    return {piece.text for part in parts(text) for piece in part.pieces if piece.needed}


def cut(text: str) -> list[tuple[str, bool]]:
    return [(" ".join(piece.text for piece in part.pieces), part.main) for part in parts(text)]


def test_list_commas_cut_nothing() -> None:
    assert cut("Germany, Italy, Hungary and Poland sent troops.") == [("Germany Italy Hungary and Poland sent troops", True)]


def test_side_remarks_may_go_and_commentary_goes() -> None:
    found = cut("The coalition, which includes many nations, met in Paris, underscoring the divisions.")
    assert found == [("The coalition", True), ("which includes many nations", False), ("met in Paris", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia used over 574 drones.", {"over", "574", "drones"}),
        ("Oslo did not sell the port.", {"not"}),
        ("Trump reportedly left the talks.", {"reportedly"}),
        ("Trump may leave the talks.", {"may"}),
        ("Bulgaria repeated its refusal.", {"refusal"}),
        ("Trump told CBS that he left.", {"Trump", "told"}),
        ("According to the New York Times, he left.", {"According", "to", "New", "York", "Times"}),
        ("He hopes that peace comes.", {"hopes"}),
        ("Only Hungary and Slovakia import oil.", {"Only"}),
    ],
)
def test_needed_words_are_kept(text: str, words: set[str]) -> None:
    assert words <= needed(text)


def test_what_describes_a_thing_is_not_what_is_said() -> None:
    assert "figure" not in needed("It is a figure that has grown.")


def test_a_quotation_is_one_piece() -> None:
    found = [piece.text for part in parts("He said the talks “went nowhere, at all” in Paris.") for piece in part.pieces]
    assert "“went nowhere, at all”" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last week, talks resumed in Istanbul.", "Talks resumed in Istanbul."),
        ("Trump met them on Monday in Paris.", "Trump met them in Paris."),
        ("He left “last week,” he said.", "He left “last week,” he said."),
        ("A recent call was long.", "A call was long."),
        ("The republic (DPR) fired.", "The republic fired."),
        ("", ""),
    ],
)
def test_relative_time_goes_but_not_from_quotations(text: str, expected: str) -> None:
    assert timeless(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("However, the report is late.", "The report is late."),
        ("In other updates, Bulgaria left.", "Bulgaria left."),
        ("(MENAFN) European leaders met.", "European leaders met."),
        ("Android phones sold.", "Android phones sold."),
        ("", ""),
    ],
)
def test_filler_goes(text: str, expected: str) -> None:
    assert without_filler(text) == expected


@given(
    st.text() | st.lists(st.sampled_from(["He said ", "“", "” ", ", ", "who ", "35 ", "not ", "— ", "U.S. ", "port ", '"'])).map("".join)
)
def test_pieces_are_substrings_in_order(text: str) -> None:
    at = 0
    for part in parts(text):
        assert part.pieces
        for piece in part.pieces:
            found = text.find(piece.text, at)
            assert found >= 0
            at = found + len(piece.text)
    assert not parts(text) or any(part.main for part in parts(text))


ADVERSARIAL = [
    "A" * 20_000, "Aa " * 6_600, '"' * 20_000, "“" * 20_000, "”" * 20_000, "’" * 20_000, "‘" * 20_000, "," * 20_000, "a, " * 6_600,
    "said " * 4_000, "He said, " * 2_200, "9" * 20_000, "1," * 10_000, "—" * 20_000, "U.S. " * 4_000, "Trump, who said " * 1_250,
    " " * 20_000,    "according to " * 1_500, "”a " * 6_600, "“a” said " * 2_200, "Adding to the " + "a " * 10_000, "Aa’s and Bb " * 1_600,
    "\u0301" * 20_000,
]  # fmt: skip


def gated(text: str) -> object:
    return check(text, [text], [text])


READ: list[Callable[[str], object]] = [
    attributions,
    names,
    name_words,
    numbers,
    quotations,
    loaded,
    timeless,
    without_filler,
    parts,
    gated,
]


@pytest.mark.parametrize("text", ADVERSARIAL, ids=lambda text: repr(text[:14]))
def test_no_text_takes_long(text: str) -> None:
    for read in READ:
        started = time.process_time()
        read(text)
        assert time.process_time() - started < 12, read
