"""What a sentence may join of several claims, and what it may not: invented claims, true leads and false ones."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.merging import rests, shared

FIRE = "A fire in a paper mill killed four workers in the port town of Aster on Monday, the fire service said, adding that it began late."
OWNER = "Dorn Paper, which owns the mill, closed two other plants until Friday so that their alarms can be tested."
LIND = "Mayor Ines Lind told reporters that she had warned Dorn Paper of old machines in the spring."
RAID = "A man was killed by a gunman who was arrested as armed police swooped in on a church in Kessin."
VOTE = "Parliament in Velm voted 61 to 40 on Tuesday to lower the tax on bread after a debate of nine hours."
RETH = "President Anna Reth, a former judge, plans to sign the law in May."
TARN = "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday, and she refused to lift the ban on grain."
HELD = "The man was held in Kessin for an hour and was released without charge."
ALLEGED = "Prosecutors allege that Marn took 40 million crowns from the bank of Tarn."
CLAIMS = [FIRE, OWNER, LIND, RAID, VOTE, RETH, TARN, HELD, ALLEGED]

TRUE = {
    "A fire in a paper mill killed four workers in the port town of Aster on Monday, the fire service said.": {FIRE},
    "Dorn Paper closed two other plants until Friday.": {OWNER},
    "Dorn Paper, which owns the mill, closed two other plants until Friday.": {OWNER},
    "Parliament in Velm voted 61 to 40 on Tuesday to lower the tax on bread, and President Anna Reth plans to sign the law in May.": {
        VOTE,
        RETH,
    },
    "Anna Reth met Jo Marn in Tarn on Wednesday, and Dorn Paper closed two other plants until Friday.": {TARN, OWNER},
    "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday and plans to sign the law in May.": {TARN, RETH},
}

FALSE = {
    "words dropped one by one": "A man was killed by armed police in Kessin.",
    "whose act": "A gunman was killed by a man in Kessin.",
    "roles": "Prime Minister Jo Marn met President Anna Reth in Tarn on Wednesday.",
    "a name put in": "A fire in a paper mill killed four workers in the port town of Kessin on Monday, the fire service said.",
    "a number exchanged": "A fire in a paper mill killed two workers in the port town of Aster on Monday, the fire service said.",
    "a word of nobody's": "Dorn Paper tragically closed two other plants until Friday.",
    "a speaker dropped": "A fire in a paper mill killed four workers in the port town of Aster on Monday.",
    "another speaker": "A fire in a paper mill killed four workers in the port town of Aster on Monday, Mayor Ines Lind said.",
    "told as done": "President Anna Reth signed the law in May.",
    "refused": "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday, and she lifted the ban on grain.",
    "only alleged": "Marn took 40 million crowns from the bank of Tarn.",
    "a subject of one claim, a verb of another": "Dorn Paper voted 61 to 40 on Tuesday to lower the tax on bread.",
    "a cause put in": "Dorn Paper closed two other plants until Friday because President Anna Reth plans to sign the law in May.",
    "an order put in": "President Anna Reth plans to sign the law in May after Dorn Paper closed two other plants until Friday.",
    "two men made one": "A man was killed by a gunman in Kessin, and the man was released without charge.",
    "a limit dropped": "The man was held in Kessin for an hour and was released.",
    "a time moved": "Parliament in Velm voted 61 to 40 on Wednesday to lower the tax on bread.",
    "a place moved": "President Anna Reth met Prime Minister Jo Marn in Velm on Wednesday.",
    "who she is": "She had warned Dorn Paper of old machines in the spring.",
    "of its noun": "A fire in a port town killed four workers in the paper mill of Aster on Monday, the fire service said.",
    "another's plan": "Parliament in Velm plans to sign the law in May.",
    "how much is said": "Mayor Ines Lind told reporters that she had warned Dorn Paper of old machines in the spring, and President"
    " Anna Reth plans to sign the law in May.",
}


@pytest.mark.parametrize("text", TRUE)
def test_what_claims_say_may_be_joined_by_and(text: str, parser: Parser) -> None:
    told, *given = parser.parse([text, *CLAIMS])
    found = rests(told, given)
    assert found.refused == ""
    assert {CLAIMS[n] for n in found.claims} == TRUE[text]


@pytest.mark.parametrize("why", FALSE)
def test_what_no_claim_says_is_refused(why: str, parser: Parser) -> None:
    told, *given = parser.parse([FALSE[why], *CLAIMS])
    assert rests(told, given).refused


def test_a_sentence_that_was_not_parsed_rests_on_nothing(parser: Parser) -> None:
    from briefing.language.base import Parse

    assert rests(Parse("Dorn Paper closed two plants."), parser.parse(CLAIMS)).refused


def test_a_surname_alone_is_whom_the_other_claim_names_in_full(parser: Parser) -> None:
    full, bare, other = parser.parse(
        [
            "Council Leader Ines Marold was chosen again on Wednesday.",
            "Marold beat her rival by a vote of 61 to 40.",
            "Parliament beat the bill by a vote of 61 to 40.",
        ]
    )
    (head,) = bare.below(bare.root, "nsubj")
    assert not bare.tokens[head].entity  # the parser takes it for no person
    assert shared(full, bare) == "beat her rival by a vote of 61 to 40."
    assert shared(full, other) == shared(bare, full) == ""
    (told,) = parser.parse([f"{full.text.rstrip('.')} and {shared(full, bare)}"])
    assert rests(told, [full, bare]).claims == (0, 1)
