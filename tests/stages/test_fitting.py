"""A question beside a passage: parts, denials, what is counted, years, and what is taken for granted."""

from __future__ import annotations

import pytest

from briefing.language.base import Parse, Parser
from briefing.stages.fitting import elliptical, premise, unfit

SIGNED = "Four countries signed the fishing treaty in Kessin on Monday: Orlin, Velm, Tarn and Harbin."
CATCH = "The treaty cuts the catch of cod to 40,000 tonnes in Orlin and 55,000 tonnes in Velm."
OLD = "In 2024 a strike at Norrbus lasted nine days, and 300 drivers took part."


@pytest.mark.parametrize(
    ("question", "passage", "why"),
    [
        ("Which country did not sign the fishing treaty?", SIGNED, "tells who did, not who did not"),
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign.", ""),
        ("Which country signed the treaty?", "Sandvik did not sign the treaty.", "tells who did not, not who did"),
        ("Who was killed?", "Nobody was killed.", ""),
        ("Who sued Norrbus?", "Norrbus sued the city of Velm.", "tells of it with other parts: who does it, and to whom"),
        ("Whom did Norrbus sue?", "Norrbus sued the city of Velm.", ""),
        ("Who beat Velm?", "Harbin lost to Velm 3-0.", "tells of it with other parts: who does it, and to whom"),
        ("Who beat Harbin?", "Harbin lost to Velm 3-0.", ""),
        ("Whom did Dara Holm succeed?", "Iven Strook replaced Dara Holm.", "tells of it with other parts: who does it, and to whom"),
        ("How many countries signed the treaty?", SIGNED, ""),
        ("How many tonnes of herring may Orlin catch?", CATCH, "gives no number of tonnes of herring"),
        ("How many tonnes of cod may Orlin catch?", CATCH, ""),
        ("How many points does Velm United have?", "Velm United lead by one point after a 3-0 win.", "gives no number of points"),
        ("By how many points does Velm United lead?", "Velm United lead by one point after a 3-0 win.", ""),
        ("How many children were hurt?", "Two adults and three children were hurt.", ""),
        ("How many children live in Velm?", "The children of Velm have 40 teachers.", "gives no number of children"),
        ("How many children were hurt?", "Many children were hurt in two towns.", ""),
        ("How many minutes did they talk?", "They talked for two hours.", ""),
        ("How many minutes did they talk?", "They talked to 20 ministers.", "gives no number of minutes"),
        ("How many dollars did it cost?", "It cost 20 euros.", ""),
        ("How long did the strike in 2024 last?", "The two-day strike ended on 25 November 2026.", "tells of 2026"),
        ("How long did the strike in 2024 last?", OLD, ""),
        ("How many drivers took part in the strike that ended on Wednesday?", OLD, "tells of 2024"),
        ("How many drivers took part in the strike that ended on Wednesday?", OLD.replace("2024", "2026"), ""),
        ("How many drivers took part?", OLD, ""),
    ],
)
def test_what_is_no_answer(parser: Parser, question: str, passage: str, why: str) -> None:
    one, other = parser.parse([question, passage])
    assert unfit(one, other, "2026-11-25") == why


@pytest.mark.parametrize(
    ("question", "passage", "taken"),
    [
        ("Why did Tarn refuse to sign the treaty?", SIGNED, False),
        ("Why did Tarn refuse to sign the treaty?", "Tarn did not sign the treaty.", True),
        ("Why did Velm resign from the union?", "Velm did not resign from the union.", False),
        ("When did Kell leave Norrbus?", "Kell will not leave Norrbus.", False),
        ("When did Kell leave Norrbus?", "Kell left Norrbus in May.", True),
        ("When did Kell leave Norrbus?", "Holt will not leave Norrbus.", None),
        ("Why did Tarn reject the treaty?", "Tarn accepted the treaty in May.", False),
        ("Why did Tarn reject the treaty?", "Velm accepted the treaty in May.", None),
        ("Why did Tarn reject the treaty?", "Tarn did not accept the treaty.", None),
        ("When did the bank release Otho Selk?", "The police arrested Otho Selk.", None),
        ("Who left Norrbus?", "Kell did not leave Norrbus.", None),
        ("Why did Kell leave Norrbus?", "The weather was fine.", None),
    ],
)
def test_what_a_question_takes_for_granted(parser: Parser, question: str, passage: str, taken: bool | None) -> None:
    one, other = parser.parse([question, passage])
    assert premise(one, other) is taken


@pytest.mark.parametrize(
    ("question", "passage", "left_out"),
    [
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign.", True),
        ("Which country signed the fishing treaty?", "Sandvik did not sign.", False),
        ("Which country did not sign the fishing treaty?", "Sandvik did not sign the fishing treaty.", False),
        ("Which country did not sign the fishing treaty?", "It did not sign.", False),
        ("Who resigned?", "Kell resigned.", False),
        ("Who voted against the bridge?", "Kell abstained.", False),
    ],
)
def test_what_a_passage_leaves_out(parser: Parser, question: str, passage: str, left_out: bool) -> None:
    assert elliptical(*parser.parse([question, passage])) is left_out


def test_of_what_was_not_parsed_nothing_is_said() -> None:
    assert unfit(Parse("Qui a signé ?"), Parse("Personne.")) == ""
    assert premise(Parse("Pourquoi ?"), Parse("Personne.")) is None
    assert not elliptical(Parse("Qui ?"), Parse("Personne."))
