"""What a question asks for, what cannot answer it, and how one follows another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.questions import followed, kind, lacking, several


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many ships sailed?", "number"),
        ("ships sunk how many", "number"),
        ("What percentage voted?", "number"),
        ("When did the port reopen?", "time"),
        ("On what day did the port reopen?", "time"),
        ("Since when is it closed?", "time"),
        ("Who closed the port?", "person"),
        ("To whom did the mayor speak?", "person"),
        ("Where is the ferry going?", "place"),
        ("In which city do they meet?", "place"),
        ("Why was it closed?", "reason"),
        ("Did the mayor resign?", "yes or no"),
        ("Isn’t the port closed?", "yes or no"),
        ("What did the mayor say when she resigned?", "anything"),
        ("harbour strike", "anything"),
    ],
)
def test_what_is_asked_for(question: str, asked: str) -> None:
    assert kind(question) == asked


@pytest.mark.parametrize(
    ("question", "passage", "missing"),
    [
        ("How many ships sailed?", "Ships sailed to Brell.", "gives no number"),
        ("How many ships sailed?", "Twelve ships sailed to Brell.", ""),
        ("How many of the 12 ships sailed?", "The 12 ships belong to Brell.", "gives no number"),
        ("How many ships sailed?", "No ships sailed to Brell.", ""),
        ("How long was the port closed?", "The port was closed for a week.", ""),
        ("How many ships sailed?", "Ships sailed to Brell for a week.", "gives no number"),
        ("When did the port reopen?", "The port of Aster reopened.", "names no time"),
        ("When did the port reopen?", "The port of Aster reopened on Monday.", ""),
        ("When did the port reopen?", "The port reopened after the strike.", ""),
        ("Who closed the port of Aster?", "The port of Aster was closed.", "names nobody else"),
        ("Who closed the port of Aster?", "Ines Calder closed the port of Aster.", ""),
        ("Who closed the port?", "Police closed the port.", ""),
        ("Where does the ferry of Aster go?", "The ferry of Aster goes at noon.", "names no other place"),
        ("Why was it closed?", "It was closed.", ""),
    ],
)
def test_what_a_passage_lacks(question: str, passage: str, missing: str) -> None:
    assert lacking(question, passage) == missing


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("Which countries refuse?", True),
        ("What do both sides say?", True),
        ("Do the newspapers agree?", True),
        ("What is the mayor’s name?", False),
        ("Who resigned?", False),
        ("What does the mayor say?", False),
    ],
)
def test_which_ask_for_several_things(question: str, more: bool) -> None:
    assert several(question) is more


@pytest.mark.parametrize(
    ("question", "before", "meant"),
    [
        ("what about Germany?", "Will Bulgaria send troops?", "Will Germany send troops?"),
        ("And Poland?", "Will Bulgaria send troops?", "Will Poland send troops?"),
        ("and Lavrov?", "What did Peskov say?", "What did Lavrov say?"),
        ("what about the oil?", "Will Bulgaria send troops?", "Will Bulgaria send troops, and what about the oil?"),
        ("why does it refuse?", "Will Bulgaria send troops?", "why does Bulgaria refuse?"),
        ("When did he say so?", "What did Viktor Orban tell Trump?", "When did Viktor Orban say so?"),
        ("Who is the king of Spain?", "Will Bulgaria send troops?", "Who is the king of Spain?"),
        ("what about Germany?", "", "what about Germany?"),
    ],
)
def test_a_question_after_another(question: str, before: str, meant: str) -> None:
    assert followed(question, before) == meant


@given(st.text(), st.text())
def test_no_text_breaks_them(question: str, other: str) -> None:
    kind(question)
    lacking(question, other)
    several(question)
    followed(question, other)
