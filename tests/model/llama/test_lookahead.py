"""Where a guess is taken from and how far it goes; letters stand for tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.llama.lookahead import Lookahead

ALPHABET = "abcdefghijklmnopqrstuvwxyz" * 4
TOKENS = st.lists(st.integers(0, 3), max_size=40)


class Letters:
    """A lookahead that is asked and answers in letters."""

    def __init__(self, source: str) -> None:
        self.lookahead = Lookahead([ord(letter) for letter in source])

    def guess(self, reply: str, room: int = 99) -> str:
        return "".join(map(chr, self.lookahead.guess([ord(letter) for letter in reply], room)))


@pytest.mark.parametrize("reply", ["", "{", '{"?'])
def test_before_anything_was_found_the_source_is_guessed_from_its_beginning(reply: str) -> None:
    letters = Letters(ALPHABET)
    assert letters.guess(reply) == "abcdefgh"
    assert letters.guess(f"{reply}!") == "abcdefgh"


def test_what_was_found_is_followed() -> None:
    letters = Letters("the cat sat")
    assert letters.guess("{the") == " cat sat"
    assert letters.guess("{the cat") == " sat"
    assert letters.guess("{the cat sat") == ""


def test_words_left_out_are_passed_over() -> None:
    letters = Letters("the old cat sat")
    assert letters.guess("{the ") == "old cat "
    assert letters.guess("{the c") == "at sat"


def test_the_longest_end_is_followed() -> None:
    letters = Letters("b1 ab2 cab3")
    assert letters.guess("?b") == "1 ab2 ca"
    assert letters.guess("?cab") == "3"
    assert letters.guess("?ab") == "3"  # "ab" is there twice, and one of the two is ahead
    assert Letters("b1 ab2 cab3").guess("?ab") == "2 cab3"


def test_of_places_alike_the_next_one_ahead_is_followed() -> None:
    letters = Letters("a1a2a3")
    assert letters.guess("2") == "a3"
    assert letters.guess("?a") == "3"


def test_a_place_behind_is_followed_where_none_is_ahead() -> None:
    letters = Letters("a1a23")
    assert letters.guess("2") == "3"
    assert letters.guess("?a") == "1a23"


def test_a_longer_end_behind_counts_more_than_a_shorter_one_ahead() -> None:
    letters = Letters("ab1 2 b3")
    assert letters.guess("2") == " b3"
    assert letters.guess("ab") == "1 2 b3"


def test_nothing_is_guessed_where_the_reply_has_left_the_source() -> None:
    letters = Letters("the cat sat")
    assert letters.guess("{the")
    assert letters.guess("{the!") == ""
    assert letters.guess("{the! c") == "at sat"


def test_a_source_without_tokens_gives_no_guess() -> None:
    assert Letters("").guess("{the") == ""


@pytest.mark.parametrize(("room", "expected"), [(0, ""), (1, "c"), (7, "cdefghi"), (8, "cdefghij"), (9, "cdefghij")])
def test_a_guess_keeps_to_the_room_there_is(room: int, expected: str) -> None:
    assert Letters(ALPHABET).guess("ab", room) == expected


@pytest.mark.parametrize(
    ("outcomes", "depth"),
    [
        ([], 8),
        ([(8, 8)], 16),
        ([(8, 8), (16, 16), (32, 32)], 32),
        ([(8, 7)], 8),
        ([(8, 2)], 3),
        ([(8, 0)], 1),
        ([(8, 0), (1, 1), (2, 2)], 4),
        ([(8, 0), (0, 0)], 1),  # where nothing was guessed there is nothing to learn
    ],
)
def test_right_guesses_go_further_and_wrong_ones_less_far(outcomes: list[tuple[int, int]], depth: int) -> None:
    letters = Letters(ALPHABET)
    for guessed, right in outcomes:
        letters.lookahead.learn(guessed, right)
    assert len(letters.guess("ab")) == depth


@given(TOKENS, TOKENS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 40)), max_size=20))
def test_a_guess_is_a_piece_of_the_source_that_fits(source: list[int], reply: list[int], steps: list[tuple[int, int, int]]) -> None:
    """However the reply goes on: with what was guessed, or with tokens of its own."""
    lookahead = Lookahead(source)
    for token, room, right in steps:
        guess = lookahead.guess(reply, room)
        assert len(guess) <= room
        assert any(source[at : at + len(guess)] == guess for at in range(len(source) + 1))
        if guess and reply and reply[-1] in source:
            assert any(source[at : at + 1 + len(guess)] == [reply[-1], *guess] for at in range(len(source)))
        right = min(right, len(guess))
        lookahead.learn(len(guess), right)
        reply = [*reply, *guess[:right], token]
