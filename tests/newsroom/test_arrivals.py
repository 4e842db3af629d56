"""An article arrives once: copies are found over desks and days, events grow by one article at a time. On memory and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg
import pytest

from briefing.address import PostgresAddress
from briefing.newsroom.arrivals import Arrivals
from briefing.register import Arrival, Register
from briefing.types import Article
from tests.newsroom.registers import MemoryRegister
from tests.stages.fakes import embed, made

DAY = "2026-11-25"
FERRY = (
    "The ferry Marit sank in a storm off Tarn on Tuesday night. Six people died when the ferry sank, the coast guard of Tarn said. "
    "Police arrested the captain of the ferry in Velm. Divers from Osk looked for two children all night."
)
FERRY_AGAIN = (
    "Six people were killed when the ferry Marit sank off Tarn in a storm, the coast guard said. The captain of the ferry was arrested "
    "by police in Velm, and two children are missing."
)
BANK = (
    "The central bank of Orlin left its key rate at 4.25 percent on Tuesday. Its governor Pell Brask warned of weak growth in the economy. "
    "Economists had expected the rate to fall, and the crown lost a tenth of its value against the dollar within an hour."
)
OTHERS = [
    f"In Alna{n} the bera{n} of Gorm{n} dellined{n} its epsa{n}, and no zeta{n} will etan{n} what thule{n} and iotan{n} did. "
    f"Before, kappel{n} had lamberted{n} with our munin{n} for the nagel{n}, and they orlo{n} over a pelm{n} of the quist{n}."
    for n in range(12)
]


def article(text: str, name: str = "", *, title: str = "", day: str = DAY) -> Article:
    whole = f"{title}\n\n{text}" if title else text
    return made(whole, name or "made", published=day).model_copy(update={"sha256": f"{abs(hash((whole, name, day))):064x}"[:64]})


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def register(request: pytest.FixtureRequest) -> Iterator[Register]:
    if request.param == "memory":
        yield MemoryRegister()
        return
    from briefing.postgres.register import PostgresRegister

    opened = PostgresRegister(request.getfixturevalue("postgres"))
    yield opened
    opened.close()


class Counted:
    """An embedder that says how many texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Any:
        self.texts += texts
        return embed(texts)


def arrive(register: Register, *articles: Article, today: str = DAY) -> list[Arrival]:
    return Arrivals(register, embed).arrive(articles, today)


def settled(register: Register) -> None:
    """Let some articles arrive that tell of other things: without them no word is rarer than another."""
    arrive(register, *(article(text, f"o{n}") for n, text in enumerate(OTHERS)))


def test_an_article_joins_its_event_or_opens_one(register: Register) -> None:
    settled(register)
    one, bank = arrive(register, article(FERRY), article(BANK))
    again = arrive(register, article(FERRY_AGAIN))[0]
    assert again.event == one.event != bank.event
    assert [arrival.original for arrival in (one, again, bank)] == ["", "", ""]
    others = arrive(register, *(article(text, f"o{n}") for n, text in enumerate(OTHERS)))
    assert len({arrival.event for arrival in others}) == len(OTHERS)


def test_what_came_before_is_found_as_it_was_and_asks_for_nothing(register: Register) -> None:
    settled(register)
    first = arrive(register, article(FERRY), article(FERRY_AGAIN))
    counted = Counted()
    assert Arrivals(register, counted).arrive([article(FERRY_AGAIN), article(FERRY)], "2026-12-24") == first[::-1]
    assert counted.texts == []


def test_a_copy_is_word_for_word_or_it_is_none(register: Register) -> None:
    """Another title, another outlet and other marks change no word; a denial, a number or its sign does."""
    long = f"{FERRY} {BANK} {OTHERS[0]} {OTHERS[1]}"
    counted = Counted()
    original = arrive(register, article(long, "wire"))[0]
    marks = long.replace(". ", ".\n\n").replace("’", "'")
    for n, (text, same) in enumerate(
        [
            (marks, True),
            (long.replace("arrested the captain", "never arrested the captain"), False),
            (long.replace("4.25", "4.52"), False),
            (long.replace("4.25", "−4.25"), False),
            (long.replace("4.25 percent", "4.25% percent"), False),
        ]
    ):
        found = Arrivals(register, counted).arrive([article(text, f"desk{n}", title="Ferry sinks")], DAY)[0]
        assert found.original, text
        assert (found.original == original.content) or not same
        assert found.same is same, text
        assert (found.likeness == 1.0) or not same
        assert found.event == original.event
    assert counted.texts == []  # a copy needs no vector


def test_an_agencys_report_cut_and_with_another_opening_is_a_near_copy(register: Register) -> None:
    long = " ".join([FERRY, BANK, *OTHERS[:4]])
    original = arrive(register, article(long))[0]
    cut = f"Our reporters in Tarn contributed to this. {long[: int(len(long) * 0.85)]}"
    found = arrive(register, article(cut))[0]
    assert found.original == original.content
    assert not found.same
    assert 0.7 <= found.likeness < 1
    half = arrive(register, article(f"{long[: len(long) // 3]} {' '.join(OTHERS[6:])}"))[0]
    assert not half.original


def test_a_near_copy_is_no_original_of_others_so_none_drift_away(register: Register) -> None:
    sentences = " ".join([FERRY, BANK, *OTHERS]).split(". ")
    versions = [". ".join(sentences[n:]) for n in range(0, 20, 2)]
    found = arrive(register, *(article(text, f"v{n}") for n, text in enumerate(versions)))
    originals = {arrival.content: arrival for arrival in found if not arrival.original}
    assert all(arrival.original in originals for arrival in found if arrival.original)
    assert len(originals) > 1


def test_short_texts_are_no_copies(register: Register) -> None:
    one, other = arrive(register, article("Read the whole story in our app.", "a"), article("Read the whole story in our app.", "b"))
    assert one.original == other.original == ""
    assert arrive(register, article("", "c"), article("— . …", "d"))[0].original == ""


@pytest.mark.parametrize(("day", "together"), [("2026-11-28", True), ("2026-11-22", True), ("2026-11-29", False), ("2026-11-21", False)])
def test_an_event_spans_three_days_copies_too(register: Register, day: str, together: bool) -> None:
    settled(register)
    one = arrive(register, article(FERRY))[0]
    assert (arrive(register, article(FERRY_AGAIN, day=day))[0].event == one.event) is together
    copied = arrive(register, article(FERRY, "copy", day=day))[0]
    assert copied.original == one.content
    assert (copied.event == one.event) is together


@pytest.mark.parametrize(("day", "together"), [(DAY, True), ("2026-11-27", False), ("2026-11-23", False)])
def test_the_more_days_lie_between_the_less_it_is_one_event(register: Register, day: str, together: bool) -> None:
    settled(register)
    one = arrive(register, article(FERRY))[0]
    text = "The captain of the Marit stood before a judge in Velm. A lawyer said the coast guard never warned anybody of high waves."
    assert (arrive(register, article(text, day=day))[0].event == one.event) is together


def test_no_chain_of_days_grows_an_event(register: Register) -> None:
    settled(register)
    events = [arrive(register, article(FERRY_AGAIN if n % 2 else FERRY, f"d{n}", day=f"2026-11-{10 + 2 * n}"))[0].event for n in range(5)]
    assert events[0] == events[1]
    assert len(set(events)) >= 3


def test_an_undated_article_is_of_the_day_it_came(register: Register) -> None:
    settled(register)
    one = arrive(register, article(FERRY))[0]
    assert arrive(register, article(FERRY, "u", day=""), today="2026-11-27")[0].event == one.event
    assert arrive(register, article(FERRY, "w", day=""), today="2026-12-27")[0].event != one.event
    late = arrive(register, article(BANK, day="20-11-2026 or so"), today=DAY)[0]
    assert arrive(register, article(BANK.replace("left", "kept"), day=DAY))[0].event == late.event


def test_the_order_of_arrival_changes_no_group_here(register: Register) -> None:
    settled(register)
    texts = [FERRY, BANK, FERRY_AGAIN, BANK.replace("Economists had expected the rate to fall", "Nobody had foreseen it")]
    for day, order in (("2026-01-10", (0, 1, 2, 3)), ("2026-02-10", (3, 2, 1, 0)), ("2026-03-10", (2, 3, 0, 1))):
        found = {n: arrive(register, article(texts[n], f"{n}", day=day))[0].event for n in order}
        assert found[0] == found[2] != found[1] == found[3]


def test_copies_that_come_together_are_found_as_those_that_come_one_by_one(register: Register) -> None:
    settled(register)
    long = " ".join([FERRY, BANK, *OTHERS[:4]])
    near = f"Our reporters in Tarn contributed to this. {long[: int(len(long) * 0.85)]}"
    first, nearly, word_for_word, again = arrive(register, article(long, "a"), article(near, "b"), article(long, "c"), article(near, "d"))
    assert [first.original, nearly.original, word_for_word.original] == ["", *[first.content] * 2]
    assert [arrival.same for arrival in (nearly, word_for_word, again)] == [False, True, True]
    assert again.original == nearly.content  # whose words are its own
    assert {arrival.event for arrival in (nearly, word_for_word, again)} == {first.event}
    assert arrive(register, article(near, "e"))[0].original == nearly.content


def test_swept_articles_come_anew_and_their_events_are_gone(register: Register) -> None:
    settled(register)
    one = arrive(register, article(FERRY))[0]
    assert register.sweep(1) == 0
    assert arrive(register, article(FERRY))[0] == one
    assert register.sweep(0) == len(OTHERS) + 1
    again = arrive(register, article(FERRY, "again"))[0]
    assert not again.original
    assert again.event != one.event
    assert register.sweep(0) == 1


def test_a_failure_in_a_turn_leaves_nothing(register: Register) -> None:
    if isinstance(register, MemoryRegister):
        pytest.skip("memory has no transactions")
    with pytest.raises(UnicodeEncodeError):
        arrive(register, article(FERRY), article(BANK).model_copy(update={"sha256": "\ud800"}))
    assert not arrive(register, article(FERRY, "other"))[0].original


@pytest.mark.postgres
def test_workers_that_come_at_once_open_an_event_once(postgres: PostgresAddress) -> None:
    from briefing.postgres.register import PostgresRegister

    with closing(PostgresRegister(postgres)) as register:
        settled(register)

    def work(n: int) -> list[Arrival]:
        with closing(PostgresRegister(postgres)) as register:
            return arrive(register, article(FERRY, f"w{n}"), article(BANK), article(FERRY_AGAIN, f"w{n}"))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(work, range(4)))
    assert len({arrivals[0].event for arrivals in found} | {arrivals[2].event for arrivals in found}) == 1
    assert len({arrivals[1] for arrivals in found}) == 1
    assert sum(not arrivals[0].original for arrivals in found) == 1


@pytest.mark.postgres
def test_a_private_desks_articles_are_found_by_it_alone(postgres: PostgresAddress) -> None:
    from briefing.postgres.register import PostgresRegister

    with psycopg.connect(postgres.url) as db:
        db.execute("INSERT INTO briefing.desks VALUES ('leaks', true), ('energy', false)")
    with closing(PostgresRegister(postgres, "leaks")) as private, closing(PostgresRegister(postgres, "energy")) as shared:
        settled(shared)
        one = arrive(private, article(FERRY, "secret"))[0]
        other = arrive(shared, article(FERRY, "public"))[0]
        assert other.original == ""
        assert other.event != one.event
        assert shared.read(lambda known: known.arrivals([one.content])) == {}
        assert shared.read(lambda known: known.counts(["ferry"])).articles == {"ferry": 1}
        assert arrive(private, article(FERRY, "again"))[0].original == one.content
        assert shared.sweep(0) == len(OTHERS) + 1
        assert private.sweep(0) == 2
