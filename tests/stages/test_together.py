"""A claim that is put together of two sentences: what is refused, and what rests on both rightly."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.compared import Pair
from briefing.stages.plain import refusals
from briefing.stages.together import elsewhere

TUNNEL = "Mayor Ida Lind criticised the council over the delayed tunnel in Kessin, and asked for a report."
BRIDGE = "Norrline closed the harbour bridge after a storm damaged two of its pillars."
FERRY = "Ferry captain Jon Vale told the court that the radar had failed twice in March."


def why(parser: Parser, claim: str, *evidence: str) -> str:
    told, *parses = parser.parse([claim, *evidence])
    return elsewhere(Pair(told, tuple(parses)))


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("Mayor Ida Lind criticised the council over the damaged pillars of the bridge.", "Mayor Ida Lind"),
        ("Norrline told the court that the radar had failed twice in March.", "Norrline"),
        ("Norrline closed the harbour bridge and criticised the council over the delayed tunnel.", "Norrline"),
        ("Norrline closed the harbour bridge, criticising the council over the delayed tunnel.", "Norrline"),
        ("Ida Lind, who closed the harbour bridge, criticised the council.", "Ida Lind, who closed the harbour bridge,"),
        ("Ferry captain Jon Vale closed the harbour bridge after a storm.", "Ferry captain Jon Vale"),
    ],
)
def test_a_part_that_another_sentence_has_in_the_place_of_the_own_one_is_refused(parser: Parser, claim: str, part: str) -> None:
    assert why(parser, claim, TUNNEL, BRIDGE, FERRY) == f"“{part}” stands in another of the cited sentences than the rest"


@pytest.mark.parametrize(
    ("claim", "part", "evidence"),
    [
        (  # of a place, whatever the preposition
            "Protesters burnt two buses in Velm on Friday.",
            "in Velm",
            ("Protesters burnt two buses outside the station of Kessin on Friday.", "A fair opened in Velm with forty stalls."),
        ),
        (  # what it is done to, in the passive as in the active
            "The supply of milk to Tarn was hit by the 40 drones and 9 balloons that Velm sent up in a night.",
            "The supply of milk to Tarn",
            (
                "The war went on as Velm launched attacks on Aster, sending up 40 drones and 9 balloons in a night.",
                "A Kessin drone strike damaged a dairy in the region of Aster, significantly hitting the milk supply to Tarn.",
            ),
        ),
    ],
)
def test_a_part_in_other_words_or_another_voice(parser: Parser, claim: str, part: str, evidence: tuple[str, ...]) -> None:
    assert why(parser, claim, *evidence) == f"“{part}” stands in another of the cited sentences than the rest"


def test_it_is_a_gate_of_every_claim(parser: Parser) -> None:
    told, *parses = parser.parse(["Mayor Ida Lind criticised the council over the damaged pillars of the bridge.", TUNNEL, BRIDGE])
    assert {gate.name for gate in refusals(told, parses) if not gate.passed} == {"together"}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Ida Lind criticised the council and asked for a report.", (BRIDGE, TUNNEL)),
        ("Norrline closed the harbour bridge, and Ida Lind criticised the council over the delayed tunnel.", (BRIDGE, TUNNEL)),
        ("Ida Lind asked for the names of all divers.", (TUNNEL, "The mayor also asked for the names of all divers.")),
        ("Ida Lind asked for the names of all divers.", (TUNNEL, "She also asked for the names of all divers.")),
        ("Jon Vale accepted a proposal of the court to hear the radar’s maker.", (
            "The court proposed to hear the maker of the radar.", "Jon Vale agreed.",
        )),
        ("Norrline closed the harbour bridge in Velm.", (BRIDGE, "A storm hit Velm at noon.")),
        ("Norrbus was fined after a leak in Velm harbour.", (
            "A ferry company was fined after a leak in Velm harbour.", "Norrbus admitted the charge.",
        )),
    ],
)  # fmt: skip
def test_two_clauses_and_what_a_sentence_only_points_to_may_rest_on_two_sentences(
    parser: Parser, claim: str, evidence: tuple[str, ...]
) -> None:
    assert why(parser, claim, *evidence) == ""


def test_of_one_sentence_nothing_is_said(parser: Parser) -> None:
    assert why(parser, "Norrline criticised the council over the delayed tunnel.", TUNNEL) == ""
