"""Who says it, read from the parse: speakers, their phrases and the words that attribute."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.attribution import Attribution, attributions
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.phrases import lemmas
from briefing.language.speakers import Voice, speakers_of, voice

Parses = Callable[[str], Parse]
Documents = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Engineer Anna Reth said the dam was safe.", ["Anna Reth"]),
        ("The mine is closed, said the union.", ["union"]),
        ("“The dam is safe,” Mayor Ida Lind told the Courier.", ["Ida Lind"]),
        ("The plan was dropped, according to the ministry.", ["ministry"]),
        ("The bank will close, governor Rolf Adler’s office said.", ["governor Rolf Adler’s office"]),
        ("Hugo Marn was accused by prosecutors of fraud.", ["prosecutors"]),
        ("Police suspect Karl Ost of arson.", ["Police"]),
        ("Mayor Ida Lind called the plan overdue.", ["Ida Lind"]),
        ("The bridge at Tarn, engineers warned on Monday, could close for two years.", ["engineers"]),
        ("That, a union official told the Courier, would take nine days.", ["union official"]),
        ("Tolliver, now a county commissioner, said he was “a good cop in a bad job”.", ["Tolliver"]),
        ("Lind wrote on X that the tunnel will be late.", ["Lind"]),
        ("Marn denies having moved any money.", ["Marn"]),
        ("Kell, who has been ill, told the Courier he would resign.", ["Kell"]),
        ("The ministry dismissed the report and said the port was open.", ["ministry"]),
        ("The mine is closed, said the union, citing Bild.", ["union", "Bild"]),
        ("‘It is a bad plan,’ Anna Reth said.", ["Anna Reth"]),
        ("Russian officials deny the charge.", ["Russian officials"]),
        ("Fares will rise, the company’s chief executive, Ida Lind, told Reuters on Monday.", ["Ida Lind"]),
        ("Anna Reth and David Kell said the dam was safe.", ["Anna Reth", "David Kell"]),
        ("The mayor of Paris, Ida Lind, said the bridge was open.", ["Ida Lind"]),
        ("The ship, said the coast guard, was carrying 300 tons of diesel.", ["coast guard"]),
        ("“They fired on the crowd,” a witness who fled the square told Reuters.", ["witness"]),
        ("The company said goodbye to its last coal plant in 2021.", []),
        ("Banks should report every transfer.", []),
        ("A spokesman declined to comment.", []),
        ("The minister refused to say whether he would resign.", []),
        ("Communities have been told to leave.", []),
        ("Norrbus bought forty buses in March.", []),
        ("The crews made sure that the boats were safe.", []),
    ],
)
def test_who_says_it(parse: Parses, text: str, speakers: list[str]) -> None:
    assert [one.speaker for one in attributions(parse(text))] == speakers


def test_two_speakers_of_one_sentence_stay_apart(parse: Parses) -> None:
    text = (
        "“The dam is too weak,” engineer Anna Reth said on Tuesday, while council member Boris Kell replied: “It has been safe since 2019.”"
    )
    found = attributions(parse(text))
    assert [(one.phrase, one.quoted) for one in found] == [("engineer Anna Reth", True), ("council member Boris Kell", True)]
    assert [text[one.start : one.end] for one in found] == ["engineer Anna Reth said", "council member Boris Kell replied"]


def test_the_words_that_attribute_hold_phrase_and_verb(parse: Parses) -> None:
    text = "The board’s director, Anna Reth, said the closures would save money, according to a memo."
    for one in attributions(parse(text)):
        assert one.phrase in text[one.start : one.end]
        assert one.start <= parse(text).tokens[one.verb].start < one.end
    assert {one.kind for one in attributions(parse(text))} == {"said", "according"}


def test_a_sentence_without_a_parse_has_no_attributions() -> None:
    assert attributions(Parse("Anna Reth said so.")) == ()


def test_no_set_of_lemmas_is_long() -> None:
    for group in ("say", "clause", "never", "accuse", "call", "cite", "documents", "evidence", "people", "things"):
        assert 0 < len(lemmas(group)) <= 45, group


WARD = (
    "Miriam Hale, a surgeon at the hospital, said: “We were told that the wards would shut. Nobody asked the staff.\n\n"
    "“The cancer unit will lose 18 beds. Patients will have to travel.”\n\nThe board’s director said the closures would save money."
)


def test_a_quotation_over_paragraphs_has_one_voice(document: Documents) -> None:
    doc = document(WARD)
    assert [voice(doc, n) for n in (1, 2, 3, 4)] == [Voice("Miriam Hale", 1)] * 4
    assert voice(doc, 5) is None


def test_a_quotation_after_an_attribution_is_the_same_speaker(document: Documents) -> None:
    doc = document("“The boats are old,” Helen Morrow said. “We will sell three of them.”")
    assert voice(doc, 2) == Voice("Helen Morrow", 1)


def test_words_of_the_speaker_of_the_next_sentence(document: Documents) -> None:
    doc = document("“The boats are old. We will sell three of them,” Helen Morrow said on Monday.")
    assert voice(doc, 1) == Voice("Helen Morrow", 2)


def test_between_two_speakers_nobody_is_named(document: Documents) -> None:
    doc = document("“It is weak,” Anna Reth said, while Boris Kell replied: “It is safe.” “Cracks have grown since May.”")
    last = doc.article.sentences[-1].number
    assert voice(doc, last) == Voice("", last)


def test_a_label_is_its_speaker(document: Documents) -> None:
    doc = document("Fares on the Tarn route will rise in March.", labels={1: "Helen Morrow"})
    assert voice(doc, 1) == Voice("Helen Morrow", 1)


def test_a_sentence_that_is_not_speech_has_no_voice(document: Documents) -> None:
    assert voice(document("Two ships collided off Tarn. Nobody was hurt."), 2) is None


def test_a_pronoun_that_speaks_gets_its_name(document: Documents) -> None:
    doc = document("Helen Morrow left the company on Monday. “It was time,” she said.")
    (found,) = speakers_of(doc, 2)
    assert isinstance(found[0], Attribution)
    assert (found[0].speaker, found[1]) == ("she", "Helen Morrow")


def test_a_pronoun_that_two_could_be_gets_none(document: Documents) -> None:
    doc = document("Judge Peter Lund met harbour master Emil Varga on Wednesday. He said the hearing was fair.")
    assert [name for _, name in speakers_of(doc, 2)] == [""]
