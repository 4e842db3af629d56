"""What a gate sees of a claim: whether it copies its sentence, where its order differs, and what a signal governs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.stages.material import Material, stems, ungoverned
from briefing.text.signals import denials, negations, openings, possibilities

QUOTE = "Mayor Ines Calder told Pat Quill of the union on Tuesday that 300 workers returned to the port of Aster."


def material(text: str, *quotes: str) -> Material:
    cited = quotes or (QUOTE,)
    return Material(text, cited, [" ".join(cited)])


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (QUOTE, True),
        ("Mayor Ines Calder told Pat Quill that 300 workers returned to the port.", True),
        ("300 workers returned to the port of Aster, Ines Calder said.", True),
        ("The mayor says that 300 people are at work in Aster again.", False),
        ("Workers returned to Calder.", False),
        ("", True),
    ],
)
def test_a_claim_copies_where_its_words_are_its_sentence_s_in_their_order(text: str, copied: bool) -> None:
    assert material(text).copied is copied


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (QUOTE, None),
        ("300 workers returned to the port of Aster, Ines Calder told them.", None),
        ("The return of 300 workers was announced to Pat Quill by Ines Calder.", "Pat"),
        ("Aster returned to the workers.", "returned"),
    ],
)
def test_the_first_word_in_another_order(text: str, word: str | None) -> None:
    found = material(text).misplaced
    assert (found.text if found else None) == word


def test_a_name_from_another_cited_sentence_may_stand_at_the_head_for_a_pronoun() -> None:
    quotes = "She returned to Aster on Monday.", "Ines Calder spoke in Brell."
    assert material("Ines Calder returned to Aster.", *quotes).misplaced is None
    assert material("Ines Calder returned to Aster.", *quotes).copied


def test_the_main_sentence_is_the_first_where_it_is_copied_and_else_the_nearest() -> None:
    quotes = "The mayor spoke.", "Many workers came home to the port of Aster."
    assert material("The mayor spoke.", *quotes).main == quotes[0]
    assert material("A lot of workers have gone home to Aster again.", *quotes).main == quotes[1]
    assert Material("It is so.", [], []).main == ""


def test_names_are_licensed_by_the_sentences_or_the_article() -> None:
    made = Material("x", ["The mayor spoke."], ["Mayor Ines Calder of Aster. The mayor spoke."])
    assert not made.known.holds("calder")
    assert made.background.holds("calder")
    assert made.cited == "The mayor spoke."


def test_stems_are_the_beginnings_of_words_that_say_something() -> None:
    assert stems("The 300 workers are working at Aster; it is so.") == {"300", "worke", "worki", "aster"}
    assert stems("Élan") == stems("elan") == {"elan"}
    assert stems("") == set()


def test_what_a_signal_governs_keeps_a_licence_near_it() -> None:
    denied = "Oslo is not open to long negotiations with Brell."
    assert ungoverned(denied, negations, "Oslo is open to long negotiations with Brell.", denials) == "not open to long negotiations with"
    assert ungoverned(denied, negations, "Oslo is hardly open to long negotiations with Brell.", denials) == ""
    assert ungoverned(denied, negations, "The weather is fine.", denials) == ""
    assert ungoverned("It may send long trains to Brell.", possibilities, "It sent long trains to Brell.", openings).startswith("may send")
    assert ungoverned("It may send, trains to Brell.", possibilities, "It sent trains to Brell.", openings) == ""


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_text_breaks_it(text: str, quotes: list[str]) -> None:
    made = Material(text, quotes, quotes)
    assert made.main in [*quotes, ""]
    assert not (made.copied and made.misplaced)
    ungoverned(text, negations, made.cited, denials)


@given(st.text())
def test_a_text_copies_itself(text: str) -> None:
    assert Material(text, [text], [text]).copied
