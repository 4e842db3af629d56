"""Which sentence denies which accusation: the same name, an object that points back, and nothing in doubt."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.denials import denials
from briefing.stages.leaning import need, understood
from briefing.stages.rewrite import rewrite
from tests.stages.fakes import document, told

CHARGE = "Prosecutors charged Hugo Marn with fraud on Monday. "


@pytest.mark.parametrize(
    "text",
    [
        CHARGE + "Marn denied the charges.",
        "Hugo Marn was charged with fraud on Monday. He denied the charges.",
        CHARGE + "Marn has denied any wrongdoing.",
        CHARGE + "Marn pleaded not guilty.",
        "Hugo Marn was accused of fraud by two aides. Marn rejected the allegations.",
        "Hugo Marn was indicted on Monday on nine counts. Marn disputed the accusations in court.",
    ],
)
def test_a_denial_belongs_to_the_accusation_of_its_subject(parser: Parser, text: str) -> None:
    one = document(text, parser)
    assert denials([told(one, 1).chosen, told(one, 2).chosen]) == {1: [0]}


@pytest.mark.parametrize(
    "text",
    [
        CHARGE + "Ida Lund denied the charges.",
        CHARGE + "Marn rejected the offer.",
        CHARGE + "Marn pleaded guilty.",
        CHARGE + "Marn did not deny the charges.",
        CHARGE + "Marn denied that he had met Lund.",
        "Hugo Marn opened a bridge in Velm. Marn denied the charges.",
        "Marn denied the charges. " + CHARGE,
    ],
)
def test_what_denies_nothing_that_was_said_before(parser: Parser, text: str) -> None:
    one = document(text, parser)
    assert denials([told(one, 1).chosen, told(one, 2).chosen]) == {}


def test_who_denied_it_answers_the_sentence_right_before_and_is_told_behind_that_only(parser: Parser) -> None:
    one = document("Rebels seized the port, a rebel spokesman claimed on Tuesday. The army denied it.", parser)
    claimed, answer = (told(one, n, 2 / n).chosen for n in (1, 2))
    assert answer.rewrite.needed == ()
    assert denials([claimed, answer]) == {1: [0]}
    needed = need(answer, judged=True)
    assert not understood(answer, needed, ())
    assert understood(answer, needed, [claimed])


@pytest.mark.parametrize("text", ["Peter Lund bought a boat. The army denied it.", "Karl Ost said that the dam leaks. Ost denied it."])
def test_what_nobody_said_is_not_what_is_denied(parser: Parser, text: str) -> None:
    assert isinstance(rewrite(document(text, parser), 2), str)


def test_the_nearest_of_its_own_article_comes_first(parser: Parser) -> None:
    one = document("Hugo Marn was accused of fraud. Hugo Marn was charged with theft in Velm. Marn denied the charges.", parser, "a")
    other = document(CHARGE, parser, "b")
    assert denials([told(other, 1).chosen, *(told(one, n).chosen for n in (1, 2, 3))]) == {3: [2, 1, 0]}
