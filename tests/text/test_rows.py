"""Tables: which lines are rows under a header, how a row reads, and that what is no table stays what it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.index import words_of
from briefing.text.rows import labelled, passage
from briefing.types import Article, Role
from tests.stages.fakes import made

FRAME = "The council of Velm was elected on Sunday, officials said.\n\n{}\n\nThe count ended on Monday, officials said.\n"


def framed(table: str, *, markdown: bool = False) -> Article:
    return made(FRAME.format(table), markdown=markdown)


def read(table: str, *, markdown: bool = False) -> list[str]:
    found = framed(table, markdown=markdown)
    return [passage(found, s.number) for s in found.sentences if s.role is Role.ROW]


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "table",
    [
        "| Party | Seats | Votes |\n|---|---:|:---:|\n| Greens | 14 | 4,000 |\n| Labour | 9 | 2,500 |",
        "Party | Seats | Votes\n--- | --- | ---\nGreens | 14 | 4,000\nLabour | 9 | 2,500",
        "Party\tSeats\tVotes\nGreens\t14\t4,000\nLabour\t9\t2,500",
        "Party     Seats   Votes\nGreens    14      4,000\nLabour    9       2,500",
        "Party     Seats   Votes\n--------  ------  -----\nGreens    14      4,000\nLabour    9       2,500",
        "| Party | Seats | Votes |\n| Greens | 14 | 4,000 |\n| Labour | 9 | 2,500 |",
        "+---+---+\n| Party | Seats | Votes |\n+===+===+\n| Greens | 14 | 4,000 |\n| Labour | 9 | 2,500 |\n+---+---+---+",
    ],
)
def test_a_row_reads_by_its_header(table: str, newline: str, markdown: bool) -> None:
    assert read(table.replace("\n", newline), markdown=markdown) == [
        "Party: Greens; Seats: 14; Votes: 4,000",
        "Party: Labour; Seats: 9; Votes: 2,500",
    ]


@pytest.mark.parametrize(
    ("above", "before"),
    [
        ("Seats by party\n\n", "Seats by party: "),
        ("## Seats by party\n\n", "Seats by party: "),
        ("These are the seats of the parties:\n\n", "These are the seats of the parties: "),
        ("The parties sit in the old town hall of Velm.\n\n", ""),
        ("Advertisement\n\n", ""),
    ],
)
def test_a_caption_directly_above_stands_before_it(above: str, before: str) -> None:
    assert read(f"{above}| Party | Seats |\n|---|---|\n| Greens | 14 |", markdown=True) == [f"{before}Party: Greens; Seats: 14"]


def test_rows_of_other_lengths_and_blank_cells() -> None:
    rows = "| Greens | 14 |\n| Labour | | 2,500 |\n| A | 1 | 2 | 3 |\n| Europe | | |\n| Party | Seats | Votes |"
    assert read(f"| Party | Seats | Votes |\n|---|---|---|\n{rows}", markdown=True) == ["Party: Labour; Votes: 2,500"]
    assert read("\t2021\t2025\nGreens\t14\t20\nLabour\t9\t", markdown=False) == []  # a header of years alone
    assert read("\tSeats\tVotes\nGreens\t14\t20\nLabour\t9\t8") == ["Greens; Seats: 14; Votes: 20", "Labour; Seats: 9; Votes: 8"]


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "| Greens | 14 | 4,000 |\n| Labour | 9 | 2,500 |",
        "Mayor\tInes Calder\nPopulation\t4,000\nSchools\tnone",
        "Velm  2\nBrell  1",
        "Velm\t2\nBrell\t1\nOsk\t3\nTarn\t0",
        "The sea is  high and the wind is low\nThe ship is  gone and the men below\nThe bell is  still and nobody to know",
        "The ship sailed.  It was 9 a.m.\nThe sea was calm.  It was 10 a.m.\nThe port was shut.  Nobody knew.",
        "The song goes:\n\nThe sea is  high\nThe ship is  gone\nThe bell is  still",
        "Published: 21 May 2025\nUpdated: 22 May 2025\nBy: Ann Lee",
        "Results:\n\nQ: Who won?\nA: The Greens did.\nQ: By how much?",
        "| | | |\n|---|---|---|\n| Greens | 14 | 4,000 |",
        "World | Politics | Business | Sport\nHome | News | Video | More",
        "Name\tParty\tTown\nOlga Rehn\tGreens\tVelm\nIven Lund\tLabour\tBrell",
        "\tThe men came home at noon. They said nothing.\n\tThe sea was calm, and 300 ships left the port.",
        "1.\tThe council met in 2026.\n2.\tThe mayor spoke.\n3.\tNobody asked.",
    ],
)
def test_without_a_header_nothing_is_a_row(text: str, markdown: bool) -> None:
    found = framed(text, markdown=markdown)
    assert Role.ROW not in {s.role for s in found.sentences}
    assert {number for number, _ in words_of(found)} == {s.number for s in found.sentences if s.role is Role.BODY}


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "lines",
    [
        "Greens: 14\nLabour: 9\nLiberals: 3",
        "- Greens: 14\n- Labour: 9\n- Liberals: 3",
        "Greens: 14\n\nLabour: 9\n\nLiberals: 3",
        "Greens\t14\nLabour\t9\nLiberals\t3",
        "Greens    14\nLabour    9\nLiberals  3",
        "Greens | 14\nLabour | 9\nLiberals | 3",
    ],
)
def test_a_list_of_values_reads_under_its_caption(lines: str, newline: str, markdown: bool) -> None:
    assert read(f"Seats by party:\n\n{lines}".replace("\n", newline), markdown=markdown) == [
        "Seats by party: Greens: 14",
        "Seats by party: Labour: 9",
        "Seats by party: Liberals: 3",
    ]


def test_a_first_row_of_two_columns_may_be_a_header_or_not() -> None:
    assert read("Seats by party:\n\nParty    Seats\nGreens   14\nLabour   9\nLiberals  3") == [
        "Seats by party: Party – Seats: Greens: 14",
        "Seats by party: Party – Seats: Labour: 9",
        "Seats by party: Party – Seats: Liberals: 3",
    ]
    assert read("Town\tVelm\nPopulation\t4,000\nArea\t30\nSchools\t4")[0] == "Town – Velm: Population: 4,000"


@pytest.mark.parametrize(
    "text",
    ["Seats by party:\n\nGreens: 14\nLabour: 9", "The parties sit in the old town hall.\n\nGreens: 14\nLabour: 9\nLiberals: 3"],
)
def test_two_items_and_what_nothing_announces_are_no_list(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "turns",
    ["Lund: Was it safe\nRehn: The wall was old\nLund: Who said so", "Lund: I never lied\nRehn: The wall was old\nKell: Nobody knew"],
)
def test_what_is_said_in_turns_is_no_list(turns: str) -> None:
    assert read(f"At the hearing:\n\n{turns}") == []
    assert read("At the hearing:\n\nLund: silent\nRehn: ill\nKell: late") != []


def test_prose_that_tabs_indent_stays_the_article() -> None:
    text = "\tThe men came home at noon, officials said.\n\n\tThe sea was calm, and 300 ships left the port."
    assert [s.role for s in framed(text).sentences] == [Role.BODY] * 4


@pytest.mark.parametrize("markdown", [True, False])
def test_a_bar_in_a_headline_makes_no_table(markdown: bool) -> None:
    head = "Storm hits the coast of Velm and closes its port for days | The Herald"
    for below in ("-----\n", "By Ann Lee | Velm Post\nMay 21, 2025 | 10:03\n", "\n"):
        found = made(f"{head}\n{below}\nThe storm hit the coast of Velm on Monday.\n", markdown=markdown)
        assert found.sentences[0].role is Role.TITLE or below.startswith("By")
        assert all(s.note != "table" for s in found.sentences)


def test_code_and_front_matter_hold_no_tables() -> None:
    table = "| Party | Seats |\n|---|---|\n| Greens | 14 |"
    assert read(f"```\n{table}\n```", markdown=True) == []
    found = made(f"---\ntitle: Vote\nnote: x\n---\n{FRAME.format(table)}", markdown=True)
    assert [passage(found, s.number) for s in found.sentences if s.role is Role.ROW] == ["Party: Greens; Seats: 14"]


def test_a_row_is_one_sentence_whatever_stands_in_it() -> None:
    table = "| Place | Who won? It was close. | Seats |\n|---|---|---|\n| St. Olav. The port | Dr. A. Holm! Again? | 14 |"
    assert read(table, markdown=True) == ["Place: St. Olav. The port; Who won? It was close.: Dr. A. Holm! Again?; Seats: 14"]


def test_a_row_is_found_by_its_own_words() -> None:
    found = framed("| Party | Seats |\n|---|---|\n| Greens | 14 |", markdown=True)
    (number,) = (s.number for s in found.sentences if s.role is Role.ROW)
    assert any("green" in word for word in dict(words_of(found))[number])
    assert not any(word.startswith("seat") for word in dict(words_of(found))[number])
    assert labelled(found, 1) == ()
    assert passage(found, 1) == found.quote(1)


def test_a_long_table_is_read_in_no_time() -> None:
    rows = "\n".join(f"| Town {n} | {n} | {n * 7:,} |" for n in range(500))
    started = time.process_time()
    found = framed(f"| Town | Seats | Votes |\n|---|---|---|\n{rows}", markdown=True)
    assert [passage(found, s.number) for s in found.sentences if s.role is Role.ROW][-1] == "Town: Town 499; Seats: 499; Votes: 3,493"
    assert time.process_time() - started < 5


@given(
    st.lists(st.text("a1|\t-+ \n\r\u200b.\\", max_size=8) | st.sampled_from(["|---|---|", "| a | b |", "a\tb\t1"]), max_size=12),
    st.booleans(),
)
def test_any_text_will_do(lines: list[str], markdown: bool) -> None:
    found = made("\n".join(lines), markdown=markdown)
    for sentence in found.sentences:
        assert found.quote(sentence.number).strip()
        if sentence.role is Role.ROW:
            assert labelled(found, sentence.number)
            assert passage(found, sentence.number)
