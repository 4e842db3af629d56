"""What may be cut: whole constituents, and nothing that a sentence needs to stay true."""

from collections.abc import Callable, Sequence

import pytest

from briefing.language.base import Parse
from briefing.language.constituents import Cut
from briefing.language.cuts import cuts, main_clause

Parsed = Callable[[str], Parse]


def _without(text: str, found: Sequence[Cut]) -> str:
    """Return a text less some cuts, nested ones with what holds them: white space collapsed, a capital where its head is cut."""
    kept = "".join(char for n, char in enumerate(text) if not any(cut.start <= n < cut.end for cut in found))
    made = " ".join(kept.split())
    return made[:1].upper() + made[1:] if any(cut.start == 0 for cut in found) else made


def less(parse: Parse, reason: str) -> str:
    """Return the sentence less its cuts of one reason."""
    return _without(parse.text, [cut for cut in cuts(parse) if cut.reason == reason])


@pytest.mark.parametrize(
    ("reason", "text", "left"),
    [
        ("connector", "However, the council of Brell rejected the plan.", "The council of Brell rejected the plan."),
        ("connector", "Instead, the council of Brell rejected the plan.", "The council of Brell rejected the plan."),
        ("connector", "But the court in Osk dismissed the case.", "The court in Osk dismissed the case."),
        ("connector", "And the goalkeeper of Velm saved the penalty.", "The goalkeeper of Velm saved the penalty."),
        ("connector", "In addition, the ministry closed the port.", "The ministry closed the port."),
        ("connector", "The union, however, accepted the offer.", "The union accepted the offer."),
        ("connector", "The union, meanwhile, accepted the offer.", "The union accepted the offer."),
        ("connector", "The union also accepted the offer.", "The union accepted the offer."),
        ("connector", "The union has also said that it would strike.", "The union has said that it would strike."),
        ("comment", "Unsurprisingly, the minister kept his seat.", "The minister kept his seat."),
        ("comment", "Sadly, the lighthouse burned down.", "The lighthouse burned down."),
        ("comment", "Speaking to reporters after the match, the coach praised his side.", "The coach praised his side."),
        ("comment", "The talks collapsed, underscoring the rift between the parties.", "The talks collapsed."),
        ("comment", "Marn denied the charges, calling them baseless.", "Marn denied the charges."),
        ("comment", "Kell pleaded not guilty, describing the case as a disgrace.", "Kell pleaded not guilty."),
        ("comment", "The dam in Velm cracked, raising fears among residents.", "The dam in Velm cracked."),
        ("relative clause", "Maren Sol, who leads the harbour board, opened the pier.", "Maren Sol opened the pier."),
        ("relative clause", "The river, which runs through Velm, flooded the market.", "The river flooded the market."),
        ("relative clause", "The bank bought Norrbus, which makes buses.", "The bank bought Norrbus."),
        ("apposition", "Maren Sol, a judge in Brell, resigned.", "Maren Sol resigned."),
        ("apposition", "Ivo Lind, the founder and chief executive of Norrbus, resigned.", "Ivo Lind resigned."),
        ("apposition", "The court fined Ivo Lind, the mayor of Brell.", "The court fined Ivo Lind."),
        ("ticker", "The company Norrbus (OSLO: NRB) closed its plant.", "The company Norrbus closed its plant."),
        ("aside", "Senator Ivo Lind (R-Osk) opposed the bill.", "Senator Ivo Lind opposed the bill."),
        ("aside", "The board — a body of engineers — closed the school.", "The board closed the school."),
        ("dateline", "BRELL, Norland (AP) — The council closed the school.", "The council closed the school."),
        ("dateline", "Updated: Mayor Ole Lind closed the school.", "Mayor Ole Lind closed the school."),
        ("dateline", "⦁ Mayor Ole Lind closed the school.", "Mayor Ole Lind closed the school."),
        ("dateline", "🚨 BREAKING: Mayor Ole Lind closed the school.", "Mayor Ole Lind closed the school."),
        ("dateline", "☎️ 👉🏽 The council closed the school.", "The council closed the school."),
        ("connector", "But even so, the council closed the school.", "The council closed the school."),
        ("connector", "Brell and Osk have agreed to close the school as well.", "Brell and Osk have agreed to close the school."),
        ("connector", "The union subsequently accepted the offer.", "The union accepted the offer."),
        ("connector", "Subsequently, the council closed the school.", "The council closed the school."),
        ("connector", "In contrast, the council closed the school.", "The council closed the school."),
        ("connector", "Conversely, the council closed the school.", "The council closed the school."),
        ("connector", "Even so, the council closed the school.", "The council closed the school."),
        ("dateline", "Brell (CNN) The council closed the school.", "The council closed the school."),
        ("dateline", "New Brell, Nov 26 (PTI) The council closed the school.", "The council closed the school."),
        ("dateline", "Brell (Norland), Nov 26 (PTI) The council closed the school.", "The council closed the school."),
        ("dateline", "BRELL (AP) — 12 men closed the school.", "12 men closed the school."),
        ("dateline", "BREAKING: The council closed the school.", "The council closed the school."),
        ("connector", "Finally, in May, the council closed the school.", "In May, the council closed the school."),
        ("connector", "BRELL (AP) — And on Monday, the council closed it.", "BRELL (AP) — on Monday, the council closed it."),
        ("connector", "BRELL (AP) — However, the council closed it.", "BRELL (AP) — the council closed it."),
        ("dateline", "BRELL, Nov. 26 (Reuters) - The council closed the school.", "The council closed the school."),
        ("dateline", "NEW BRELL, Norland, September 3, 2026 — The council closed the school.", "The council closed the school."),
        ("dateline", "Brell ― As it turns ten, the council closed it.", "As it turns ten, the council closed it."),
    ],
)
def test_what_may_go(parsed: Parsed, reason: str, text: str, left: str) -> None:
    assert less(parsed(text), reason) == left


def test_a_name_with_its_letters_is_no_dateline(parsed: Parsed) -> None:
    assert less(parsed("Labour Office (LO) Director Ivo Lind left."), "dateline").startswith("Labour Office")
    assert less(parsed("Norland Times (AP) - a paper of Brell - closed the school."), "dateline").startswith("Norland Times")


@pytest.mark.parametrize(
    "text",
    [
        # a clause, a description or an aside that changes who or what it is
        "The man who stole the boat was arrested.",
        "People who live in Brell pay the tax.",
        "The ferry that sank in May was raised.",
        "Ivo Lind, the former mayor of Brell, was fined.",
        "Ivo Lind, the deputy mayor of Brell, was fined.",
        "Ivo Lind, acting head of the bank, was fined.",
        "Ivo Lind, son of the king, was fined.",
        "Maren Sol, wife of the minister, was fined.",
        "Maren Sol, a spokeswoman for the police, confirmed the arrest.",
        # what is done beside something else in the same sentence
        "The council closed the school and sold the hall as well.",
        "When Osk closed its school, Brell closed the hall as well.",
        "The new ferry of Brell did not sail as well.",
        "The vaccine did not work in Norland as well.",
        # denials, limits, numbers, times, agents
        "Ivo Lind, who never held office, was fined.",
        "Norrbus, which denies the charge, was fined.",
        "Norrbus, which lacks a licence, was fined.",
        "Norrbus, which employs 900 people, was fined.",
        "Ivo Lind, 52, was fined.",
        "The bridge, which opened on Monday, was closed.",
        "Norrbus, which is owned by the state, was fined.",
        "The board (at least six members) met in Velm.",
        # doubt, condition, contrast, attribution
        "Ivo Lind, who allegedly took bribes, was fined.",
        "The dam, which may collapse, was closed.",
        "The plan, if the council agrees, begins in May.",
        "The council cut pensions, but not military spending.",
        "The dam, according to engineers, is safe.",
        "The dam, police said, is safe.",
        "Norrbus, which said the buses were safe, was fined.",
        "Speaking on Monday, the coach praised his side.",
        # what is told
        "The test, which was negative, was taken in Osk.",
        "The song, which is illegal, was played in Osk.",
        "The guard shot Ivo Lind, who died.",
        "He was taken to a hospital, where he died.",
        "The lorry hit a wall, killing the driver.",
        # lists
        "Brell, a port, Osk and Velm were flooded.",
        "The mayor, a doctor and a nurse were hurt.",
        "The army shelled Brell, Osk, and Velm.",
        "Mara Sol, Ivo Lind and a nurse were hurt.",
        "Police found guns, drugs, and a map.",
        # quotations
        "“However, the plan, which is new, is bad,” Sol said.",
        "She said ‘the plan, which is new, is bad’ and left.",
        "The “plan, which is new,” failed.",
        "The plan, which is new, is bad,” Sol said.",
        'The plan, which is new, is bad," Sol said.',
        "The plan, which is new, is bad,” Sol said, calling it “a fraud”.",
        "The dam is safe, said Ivo Lind, chief engineer of Norrbus in a statement.",
        # what is called may be the news, or planned
        "Norrbus called the allegations absurd.",
        "Marn left the court, calling a lawyer.",
        "Orn agreed to the plan, calling it an offer that could save the yard.",
        # what was not done "subsequently" may have been done before; a turn and an answer are no joints
        "Subsequently, no ship left the port.",
        "The union has subsequently not left.",
        "The union left and subsequently accepted the offer.",
        "In response, the council closed the school.",
        # "also" that stays within its sentence, or holds more than the verb
        "The union left and also accepted the offer.",
        "While Norrbus left, the union also accepted the offer.",
        "Norrbus not only left, but also sold the ships.",
        "The union, also known as Osk One, accepted the offer.",
        "The court said that the union also accepted the offer.",
        "“The union also accepted the offer,” Sol said.",
        # no statement, no whole parse
        "However, what now?",
        "A judge, a doctor, a nurse.",
        "Sol, who leads.",
        "However hard they tried, the ship sank.",
        "But for the rain, the match was fair.",
        "",
    ],
)
def test_what_stays(parsed: Parsed, text: str) -> None:
    assert cuts(parsed(text)) == []


def test_without_a_parse_nothing_is_cut() -> None:
    assert cuts(Parse("However, the ship sank.")) == main_clause(Parse("However, the ship sank.")) == []


def test_a_comma_that_what_remains_needs_is_kept(parsed: Parsed) -> None:
    assert less(parsed("After a vote in Brell, a port on the coast, the board resigned."), "apposition") == (
        "After a vote in Brell, the board resigned."
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("However, Maren Sol, who leads the board, resigned, after the union filed a complaint.", "Maren Sol resigned."),
        ("The mayor closed the road, as lorries blocked both lanes.", "The mayor closed the road."),
        (
            "The road was closed, after the mayor refused to open the bridge.",
            "The road was closed, after the mayor refused to open the bridge.",
        ),
        ("The road opens in May, if the council agrees.", "The road opens in May, if the council agrees."),
        ("The road was closed, after at least six people died.", "The road was closed, after at least six people died."),
    ],
)
def test_main_clause(parsed: Parsed, text: str, left: str) -> None:
    found = main_clause(parsed(text))
    assert _without(text, found) == left


def test_cuts_do_not_cross(parsed: Parsed) -> None:
    for text in (
        "However, Maren Sol, a judge, who leads the board, opened the pier, which links two towns, underscoring the need.",
        "The board (of Norrbus, a bus maker) met Ivo Lind, the mayor, who leads the town.",
    ):
        found = cuts(parsed(text))
        for one in found:
            assert 0 <= one.start < one.end <= len(text)
            assert not any(one.start < other.start < one.end < other.end for other in found)
