"""Which sentences of an article are never a claim, and on what the others rest."""

import pytest

from briefing.text.articles import article
from briefing.types import Article, Role

FIRST = "The port of Velm closed on Monday after a fire, the harbour master said."
LAST = "It will open again in two weeks, the city said."


def read(text: str, markdown: bool = False) -> Article:
    return article("x", "x.txt", "0" * 64, text, markdown=markdown)


def noted(text: str, markdown: bool = False) -> dict[str, str]:
    """Return the notes of the sentences between the first and the last; page furniture is called so."""
    found = read(text, markdown)
    told = {found.quote(s.number): s.note if s.role is Role.BODY else "furniture" for s in found.sentences}
    return {text: note for text, note in told.items() if text not in (FIRST, LAST)}


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("How did the fire start?", "question"),
        ("Is the port safe? Nobody knows.", "question"),
        ("**Will it burn again?**", "question"),
        ("Here's what to know.", "lead-in"),
        ("Since the port feeds three towns, here’s what to know about food.", "lead-in"),
        ("Here are the piers that burned:", "lead-in"),
        ("Bring your papers to the gate.", "addresses the reader"),
        ("If you are near the port, close your windows.", "addresses the reader"),
        ("Check out the new page with puzzles and more!", "addresses the reader"),
        ("Also, remember to thank the crews.", "addresses the reader"),
        ("Happy Thursday, sailors!", "addresses the reader"),
        ("9:30 a.m. - The first ship leaves.", "table"),
        ("Velm FC are favourites at +150 with most bookmakers.", "odds"),
        ("The map below shows the piers.", "refers to the page"),
        ("Correction: An earlier version said that 14 people died.", "correction"),
        ("UPDATE: The number of injured has been changed from nine to two.", "correction"),
        ("An earlier version of this article said that 14 people died.", "correction"),
    ],
)
def test_what_is_no_claim(line: str, note: str) -> None:
    assert note in noted(f"{FIRST}\n\n{line}\n\n{LAST}").values()


@pytest.mark.parametrize(
    "line",
    [
        "“How did the fire start?” Marta Quill asked the crew.",
        "‘Will it burn again?’ he asked.",
        "“You will all be paid,” the mayor said.",
        "“Bring your boats,” she told them.",
        "Watch the Gulls, a choir, has left the hall.",
        "Here the fire burned longest.",
        "The port said here is where its money went in 2019: into three cranes and a wall.",
        "At 9:30 a.m. the first ship left.",
        "Share prices of the port fell by 3 percent.",
        "The earlier version of the ferry was slower.",
        "The rate fell to −3 percent.",
    ],
)
def test_what_may_be_a_claim(line: str) -> None:
    assert noted(f"{FIRST}\n\n{line}\n\n{LAST}") == {line: ""}


def under(text: str, markdown: bool = False) -> list[tuple[str, int]]:
    found = read(text, markdown)
    return [(found.quote(s.number), s.under) for s in found.sentences if s.under]


BULLETS = f"""{FIRST}

The crew are on strike. The union listed three demands:

- Wages must rise by 9 percent.
- The night shift is to be cut. It is too long.
- The port pays for heating.

The port rejected the demands.
"""


def test_bullets_rest_on_the_lead_in() -> None:
    assert [n for _, n in under(BULLETS)] == [3, 3, 3, 3]
    assert read(BULLETS).sentences[2].note == "lead-in"
    assert "The port rejected the demands." not in dict(under(BULLETS))


@pytest.mark.parametrize("lead", ["In the claim the tenants allege the following.", "They put the charges as follows."])
def test_the_rest_of_a_paragraph_rests_on_what_says_that_it_follows(lead: str) -> None:
    text = f"{FIRST}\n\nThe tenants sue the city. {lead} The boilers failed in May. A clerk forged the papers.\n\n{LAST}\n"
    assert [text for text, _ in under(text)] == ["The boilers failed in May.", "A clerk forged the papers."]


def test_who_claims_something_over_bullets_is_no_heading() -> None:
    text = f"{FIRST}\n\nWhistleblowers also claim that:\n\n- the owner told staff to lie;\n- inspectors were shown a fake rota.\n\n{LAST}\n"
    assert len(under(text)) == 2


def test_a_list_without_bullets_ends_where_the_number_says() -> None:
    text = BULLETS.replace("- ", "").replace(" It is too long.", "")
    assert [text for text, _ in under(text)] == [
        "Wages must rise by 9 percent.",
        "The night shift is to be cut.",
        "The port pays for heating.",
    ]


def test_items_without_an_end_are_items_under_a_lead_in_and_headings_elsewhere() -> None:
    listed = "Signs of smoke poisoning include:\n\nA cough that stays\n\nBurning eyes"
    text = f"{FIRST}\n\n{listed}\n\n{LAST}\n\nWhat the city does now\n\nIt pays."
    assert [item for item, _ in under(text)] == ["A cough that stays", "Burning eyes"]
    assert noted(text)["What the city does now"] == "furniture"


def test_a_quotation_rests_on_what_announces_it() -> None:
    assert under(f"{FIRST}\n\nThe mayor added:\n\n“We will build it again.”\n\n{LAST}") == [("“We will build it again.”", 2)]


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("The city has also asked three banks to…", True),
        ("The city has also asked Dr....", True),
        ("The city has also asked three banks for money in the", True),
        ("The city said so on Friday....", False),
        ("“We asked three banks, but...”", False),
        ("The city has also asked three banks.", False),
    ],
)
def test_a_text_that_breaks_off(end: str, cut: bool) -> None:
    for offer in ("", "\n\nTo continue reading, unlock this article from 1 crown\n\nAlready a subscriber? Log in"):
        assert (noted(f"{FIRST}\n\n{LAST} {end}{offer}")[end] == "cut off") is cut
    assert "cut off" not in noted(f"{FIRST}\n\n{LAST} {end}\n\nNobody was hurt in the fire.").values()


def test_an_answer_of_one_word_is_none_alone() -> None:
    assert noted(f"{FIRST}\n\nWas anybody hurt?\n\nNo. {LAST}")["No."] == "answer"


def test_a_whole_box_of_corrections_is_one() -> None:
    text = f"{FIRST}\n\n{LAST}\n\nCorrection: An earlier version said that 14 people died. Nobody died."
    assert [s.note for s in read(text).sentences][-2:] == ["correction", "correction"]
