"""Deeds as nouns: who does them to whom, whether a possessive or a preposition says it, or a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.nominals import turned
from briefing.stages.plain import refused

Reading = Callable[[str], Parse]

PAIRS = [  # what is told, the same in other words, the parties exchanged
    ("The attack of Velm on Tarn killed nine.", "Velm's attack on Tarn killed nine.", "Tarn's attack on Velm killed nine."),
    (
        "Norrline's sale of a port to Halden is done.",
        "The sale of a port to Halden by Norrline is done.",
        "Halden's sale of a port to Norrline is done.",
    ),
    (
        "The acquisition of Brell by Osk was approved.",
        "Osk's acquisition of Brell was approved.",
        "Brell's acquisition of Osk was approved.",
    ),
    (
        "Marsk's defeat by Halden surprised fans.",
        "The defeat of Marsk by Halden surprised fans.",
        "The defeat of Halden by Marsk surprised fans.",
    ),
    ("The criticism of Lund by Rehn was published.", "Rehn's criticism of Lund was published.", "Lund's criticism of Rehn was published."),
    ("Velm invaded Tarn in May.", "Velm's invasion of Tarn was in May.", "Tarn's invasion of Velm was in May."),
    ("Rehn's criticism of Lund came in a letter.", "Rehn criticised Lund in a letter.", "Lund criticised Rehn in a letter."),
    ("The loan from Velm to Tarn was agreed.", "Velm's loan to Tarn was agreed.", "Tarn's loan to Velm was agreed."),
    ("Halden beat Marsk in the final.", "Halden's victory over Marsk came in the final.", "Marsk's victory over Halden came in the final."),
    ("Osk bought Brell in May.", "The purchase of Brell by Osk was in May.", "The purchase of Osk by Brell was in May."),
    ("Lund's replacement by Haan was decided.", "The replacement of Lund by Haan was decided.", "Haan's replacement by Lund was decided."),
    (
        "The union's criticism of the company was sharp.",
        "Criticism of the company by the union was sharp.",
        "Criticism of the union by the company was sharp.",
    ),
    ("Velm's exports to Tarn fell.", "Exports from Velm to Tarn fell.", "Exports from Tarn to Velm fell."),
    ("Lund's support for Rehn ended.", "Support for Rehn by Lund ended.", "Rehn's support for Lund ended."),
    ("Velm apologised to Tarn in May.", "The apology of Velm to Tarn came in May.", "Tarn's apology to Velm came in May."),
    ("Tarn's debt to Velm fell.", "The debt of Tarn to Velm fell.", "Velm's debt to Tarn fell."),
]


@pytest.mark.parametrize(("told", "same", "exchanged"), PAIRS)
def test_parties_of_a_noun_have_their_places(told: str, same: str, exchanged: str, parse: Reading) -> None:
    for one, other in ((told, same), (same, told)):
        assert turned(parse(one), (parse(other),)) == ""
    assert turned(parse(exchanged), (parse(told),))
    assert refused(parse(exchanged), [parse(told)])
    assert not refused(parse(same), [parse(told)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The road from Velm to Tarn is closed.", "The road from Tarn to Velm is closed."),
        ("Velm's talks with Tarn ended.", "Tarn's talks with Velm ended."),
        ("The capital of Velm is near the border of Tarn.", "The border of Velm is near the capital of Tarn."),
        ("Velm's defeat was told to Tarn.", "Tarn defeated Osk."),
    ],
)
def test_what_has_no_two_parts_is_not_exchanged(one: str, other: str, parse: Reading) -> None:
    assert turned(parse(one), (parse(other),)) == ""


def test_one_party_alone_has_its_place(parse: Reading) -> None:
    told = parse("Tarn's attack on Velm killed nine.")
    assert turned(parse("The attack on Tarn killed nine."), (told,))
    assert turned(parse("The attack on Velm killed nine."), (told,)) == ""
    assert turned(parse("The ferry sank."), (parse("Jan Kell's sinking of the ferry was told."),)) == ""


def test_what_is_told_rightly_elsewhere_is_borne_out(parse: Reading) -> None:
    claim = parse("Tarn's attack on Velm killed nine.")
    first, second = parse("Velm's attack on Tarn killed two."), parse("The attack of Tarn on Velm killed nine.")
    assert turned(claim, (first,))
    assert turned(claim, (first, second)) == ""
