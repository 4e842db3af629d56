"""Where a claim could stand: what carries it, what the judge reads, and that any text and any claim gives the same each time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.stages.evidence import Evidence, Index, window
from briefing.text.numbers import numbers
from briefing.types import Article, Role, Sentence
from tests.cpu import within
from tests.stages.fakes import made

TEXT = (
    "The port of Aster reopened on Monday after 12 days. The rain had stopped by then.\n\n"
    "Mayor Ines Calder said that 300 workers are back. She thanked the union of Brell.\n\n"
    "The ferry carried 85 passengers to the island. It was late by an hour."
)
OTHER = "Joan Bell is mayor of Dorn. The library of Dorn has 300 books. Workers painted it."


def find(claim: str, *texts: str) -> Evidence:
    return Index([made(text, f"a{n}") for n, text in enumerate(texts or (TEXT,))]).find(claim)


def places(evidence: Evidence) -> list[tuple[str, int]]:
    return [(carrier.article, carrier.sentence) for carrier in evidence.carriers]


def count(evidence: Evidence) -> int:
    return sum(len(excerpt.split()) for excerpt in evidence.context)


def test_the_sentence_that_says_it_carries_it_and_is_read() -> None:
    found = find("The port of Aster reopened after 12 days.")
    assert places(found) == [("a0", 1)]
    assert found.carriers[0].quote == "The port of Aster reopened on Monday after 12 days."
    assert found.carriers[0].quote in found.context


def test_carriers_hold_the_names_and_the_numbers_of_the_claim() -> None:
    claim = "After the port of Aster reopened, a ferry with 85 on board left, Calder said."
    found = find(claim)
    quotes = " ".join(carrier.quote for carrier in found.carriers)
    assert numbers(claim) <= numbers(quotes)
    assert "Aster" in quotes
    assert "Calder" in quotes
    assert len(found.carriers) <= 4


def test_a_name_is_looked_for_in_the_article_of_the_best_sentence() -> None:
    found = find("The library of Dorn has 300 books, Calder said.", OTHER, TEXT)
    assert {article for article, _ in places(found)} == {"a0"}


def test_a_variant_of_a_name_or_a_number_finds_its_sentence() -> None:
    text = "Rain fell for days. The British government sent thirty-five ships. Nobody was hurt."
    assert places(find("London gave 35 boats.", text)) == [("a0", 2)]


@pytest.mark.parametrize(
    ("claim", "text"), [("Oslo banned whaling.", TEXT), ("", TEXT), ("…", TEXT), ("It is so.", ""), ("Aster", "\n\n"), ("", "")]
)
def test_nothing_in_common_is_no_evidence(claim: str, text: str) -> None:
    assert find(claim, text) == Evidence((), (), close=False)
    assert Index([]).find(claim) == Evidence((), (), close=False)


def test_the_context_is_in_the_order_of_the_sources_and_within_its_words() -> None:
    lines = [f"Workers of the port {n} returned to the harbour of Aster after the long strike of the {n}th week." for n in range(200)]
    found = find("Workers of the port 150 returned to the harbour of Aster after the strike of the 7th week.", "\n\n".join(lines))
    assert [lines.index(line) for line in found.context] == sorted(lines.index(line) for line in found.context)
    assert 0 < count(found) <= 4 * 60
    assert lines[7] in found.context


def long(quote: str) -> Article:
    """Return an article of one sentence, which no reading of a file would leave that long."""
    sentence = Sentence(number=1, start=0, end=len(quote), paragraph=1)
    return Article(id="long", path="long.txt", sha256="0" * 64, text=quote, sentences=(sentence,))


def test_a_sentence_of_5000_words_is_read_in_part_and_cited_whole() -> None:
    told = [f"word{n}" for n in range(5000)]
    told[3210:3216] = "the harbour of Aster reopened today".split()
    quote = " ".join(told)
    found = Index([long(quote)]).find("The harbour of Aster reopened.")
    assert found.carriers[0].quote == quote
    (excerpt,) = found.context
    assert len(excerpt.split()) == 60
    assert "the harbour of Aster reopened" in excerpt
    assert excerpt in quote


def test_a_line_break_in_a_sentence_is_a_space_in_the_context_only() -> None:
    found = find("The port of Aster reopened.", "The port of Aster in the south,\r\nwhich was closed for many days,\r\nreopened.")
    assert found.context == ("The port of Aster in the south, which was closed for many days, reopened.",)
    assert "\r\n" in found.carriers[0].quote


def test_repeats_are_left_out() -> None:
    line = "The port of Aster reopened on Monday after 12 days of a strike by its workers."
    article = made("\n\n".join([line, "The rain had stopped by then.", line]))
    assert article.sentences[-1].role is Role.REPEAT
    found = Index([article]).find("The port of Aster reopened after 12 days.")
    assert places(found) == [("made", 1)]
    assert found.context == (line,)


@pytest.mark.slow
def test_a_huge_text_is_searched_quickly() -> None:
    said = random.Random(0)
    vocabulary = [
        f"{a}{b}{c}" for a in ("har", "min", "ves", "col", "bri") for b in ("bo", "ta", "lin", "ru") for c in ("ur", "est", "ing", "ald")
    ]
    lines = [f"The {' '.join(said.choices(vocabulary, k=12))} {n}." for n in range(8000)]
    lines[7000] = "The port of Aster reopened."
    quotes = "\n".join(lines)
    spans = [Sentence(number=1, start=0, end=len(lines[0]), paragraph=1)]
    for n, line in enumerate(lines[1:], start=2):
        start = spans[-1].end + 1
        spans.append(Sentence(number=n, start=start, end=start + len(line), paragraph=n))
    article = Article(id="huge", path="huge.txt", sha256="0" * 64, text=quotes, sentences=tuple(spans))
    with within(12):
        index = Index([article])
        assert places(index.find("The port of Aster reopened.")) == [("huge", 7001)]
        index.find(" ".join(vocabulary))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("وصلت 35 سفينة إلى الميناء", "وصلت ٣٥ سفينة إلى الميناء يوم الاثنين. كان الجو جميلا."),
        ("הספינה הגיעה לנמל", "הספינה הגיעה לנמל ביום שני. ירד גשם."),
        ("Ferry ⛴️ sailed 🎉🎉", "🎉🎉🎉 The ferry ⛴️ sailed! 👩‍👩‍👧‍👦 Everyone cheered 🎉."),
        ("港が再開した。", "港が再開した。雨が降った。"),
    ],
)
def test_scripts_and_signs_of_every_kind(claim: str, text: str) -> None:
    found = find(claim, text)
    assert places(found)[:1] == [("a0", 1)] if "🎉" not in claim else found.carriers
    assert count(found) <= 4 * 60


WORDS = st.lists(
    st.sampled_from("Aster Calder port workers returned 300 12 ferry Brell the of said . ? \n\n “ ” 🎉".split(" ")), max_size=60
).map(" ".join)


@given(st.text() | WORDS, st.lists(st.text() | WORDS, max_size=3))
def test_any_text_gives_sentences_of_it_and_the_same_each_time(claim: str, texts: list[str]) -> None:
    articles = [made(text, f"a{n}") for n, text in enumerate(texts)]
    found = Index(articles).find(claim)
    assert found == Index(articles).find(claim)
    assert len(set(places(found))) == len(found.carriers) <= 4
    assert bool(found.carriers) == bool(found.context)
    assert all(carrier == next(a for a in articles if a.id == carrier.article).cite(carrier.sentence) for carrier in found.carriers)
    assert count(found) <= 4 * 60


def test_what_weighs_the_same_comes_in_the_order_of_the_sources() -> None:
    """Words of equal weight are added up in an order that is another in every process: the sums must not tell."""
    made_up = random.Random(3)

    def word() -> str:
        return "".join(made_up.choice("bcdfgklmnprst") + made_up.choice("aeiou") for _ in range(3))

    for _ in range(60):
        pairs = [(word(), word()) for _ in range(made_up.randint(3, 6))]
        first, second = (" ".join(made_up.sample(side, len(side))) for side in zip(*pairs, strict=True))
        lines = [f"The {first}.", f"The {second}."]
        for n, pair in enumerate(pairs):  # as often elsewhere as its partner
            lines += [f"{one} {word()}.".capitalize() for _ in range(n) for one in pair]
        found = find(f"The {first} and the {second}.", "\n\n".join(lines))
        assert places(found)[:2] == [("a0", 1), ("a0", 2)]


# The numbers of this stage

SUN = "Sun shone over hills, lakes, forests, fields, meadows and roads."
GREY = [f"The day number {n} was grey and nothing was told of it." for n in range(400)]


@pytest.mark.parametrize(
    ("claim", "close"), [("Sun shone over hills, lakes, forests, swamps.", True), ("Sun over hills, swamps, deserts.", False)]
)
def test_a_claim_is_close_to_what_holds_two_thirds_of_its_words(claim: str, close: bool) -> None:
    assert find(claim, SUN).close is close


def test_a_quantity_in_another_form_is_none_of_the_words() -> None:
    assert find("The group bought Aster for 31 million pounds.", "Aster was bought by the group for £31m.").close


def test_four_sentences_at_most_carry_a_claim_and_none_far_from_the_best_one() -> None:
    towns = "Aster Brell Dorn Elsby Tarn Velm".split()
    lines = [f"A bakery opened in {town}." for town in towns]
    found = find(f"The storm closed the port: {', '.join(towns)}.", "\n\n".join(["The storm closed the port.", *lines]))
    assert len(found.carriers) == 4
    rain = [f"It rained on day {n}." for n in range(12)]
    for between, carriers in ((4, 2), (5, 1), (8, 1)):
        text = "\n\n".join(["The storm closed the port.", *rain[:between], "A bakery opened in Velm."])
        assert len(find("The storm closed the port of Velm.", text).carriers) == carriers


def test_a_further_sentence_carries_a_fifth_of_the_claim_or_more() -> None:
    storm = "The storm closed ports, markets, schools"
    assert len(find(f"{storm}, and killed bakers, nurses.", f"{storm}.\n\nIt killed bakers, nurses.").carriers) == 2
    assert len(find(f"{storm}, bridges, tunnels, and lions.", f"{storm}, bridges, tunnels.\n\nThere were lions.").carriers) == 1


def test_forty_sentences_are_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def context(_: Index, near: Sequence[int], wanted: object) -> list[int]:
        looked.append(len(near))
        return []

    monkeypatch.setattr(Index, "_context", context)
    find("A ship carried bricks, copper, timber, granite.", "\n\n".join(f"Ship number {n} left." for n in range(100)))
    assert looked == [40]


def test_what_is_read_of_a_free_claim_is_a_hundred_and_ten_words() -> None:
    lines = [f"Farmer{n} of the north sold horses to the south in the spring of the year." for n in range(60)]
    found = find("Horses brought plague, famine, ruin and war.", "\n\n".join(lines))
    assert not found.close
    assert 90 <= count(found) <= 110 + 15


def test_a_word_that_comes_again_is_worth_less_and_a_short_sentence_wins_little() -> None:
    index = Index([made("Rain fell. The long rain of the whole autumn fell in the town of Aster on the grey harbour front.")])
    once, long = (index._worth(n, {"rain": 1.0}, Counter()) for n in (0, 1))
    assert index._worth(0, {"rain": 1.0}, Counter(rain=1)) == pytest.approx(0.4 * once)
    lengths = [passage.length for passage in index._passages]
    assert (once / long) ** 2 == pytest.approx((lengths[1] + 12) / (lengths[0] + 12))


def test_a_stretch_of_a_long_text_is_where_most_of_the_claim_s_rarer_words_are() -> None:
    there = "The quarry of Velm sold granite to Dorn."
    for at in (5, 200, 390):
        found = window(" ".join([*GREY[:at], there, *GREY[at:]]), "Granite of the quarry was sold to Dorn.")
        assert there in found
        assert 1500 < len(found) <= 2500
        assert found.startswith("The day number")
    short = " ".join(GREY[:40])
    assert 2000 < len(short) <= 2500
    assert window(short, "Granite was sold.") == short


def test_words_of_three_letters_tell_nothing_of_where_a_claim_rests() -> None:
    text = " ".join([*GREY[:100], "An oil rig hit one red tug.", *GREY[100:300], "The granite went to Dorn.", *GREY[300:]])
    assert "granite" in window(text, "An oil rig hit one red tug, and granite.")


def test_stretches_begin_eight_hundred_characters_apart() -> None:
    lines = [f"{n:03}." for n in range(1000)]  # of five characters, with the space
    lines[900] = "Granite."
    assert window(" ".join(lines), "Granite was sold.").startswith("480. ")  # the third step is the first from which it is reached


@pytest.mark.parametrize(("left", "short"), [(22, False), (23, True)])
def test_where_a_fifth_of_the_words_is_left_no_shorter_sentence_is_looked_for(left: int, short: bool) -> None:
    lengths = {"Granite": 50, "Timber": 110 - 50 - left, "Copper": 40, "Bricks": 5}
    index = Index([made("\n\n".join(f"{word} {' '.join(['was'] * (length - 2))} sold." for word, length in lengths.items()))])
    (granite, timber, copper, bricks) = (min(passage.stems - {"sold"}) for passage in index._passages)
    chosen = index._context(range(4), {granite: 9.0, timber: 8.0, copper: 7.0, bricks: 0.1})
    assert chosen == ([0, 1, 3] if short else [0, 1])
