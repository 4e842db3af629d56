"""Which words only describe: without one the sentence is well formed, and follows from what it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.kept import carries
from briefing.language.modifiers import modifiers

Parsed = Callable[[str], Parse]


def left(parse: Parse) -> list[str]:
    """Return the sentence less each cut that may be made."""
    return [parse.text[: one.start] + one.text + parse.text[one.end :] for one in modifiers(parse)]


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("A fierce debate split the council on Monday.", "A debate split the council on Monday."),
        ("The brutal crackdown on the protests went on.", "The crackdown on the protests went on."),
        ("The mayor’s shameful silence lasted a week.", "The mayor’s silence lasted a week."),
        ("Two angry voters left.", "Two voters left."),
        ("These angry voters left.", "These voters left."),
        ("Kell had boundless trust in the plan.", "Kell had trust in the plan."),
        ("A well-known singer died on Monday.", "A singer died on Monday."),
        ("A politically motivated attack killed two men.", "An attack killed two men."),
        ("The minister staunchly defended the plan.", "The minister defended the plan."),
        ("The child was severely beaten in the school.", "The child was beaten in the school."),
        ("The mayor reacted angrily to the plan.", "The mayor reacted to the plan."),
        ("The mayor vehemently denied the charge.", "The mayor denied the charge."),
        ("A furious mayor rejected the plan.", "A mayor rejected the plan."),
        ("The court rejected the desperate appeal.", "The court rejected the appeal."),
        ("The mayor met the brutal killer in a “safe” house.", "The mayor met the killer in a “safe” house."),
        ("A massive\r\nfire destroyed the warehouse in Velm.", "A fire destroyed the warehouse in Velm."),
        ("A massive fire\r\ndestroyed the warehouse in Velm.", "A fire\r\ndestroyed the warehouse in Velm."),
        ("A fierce debate is raging in Osk.", "A debate is raging in Osk."),
    ],
)
def test_what_only_describes_may_go(parsed: Parsed, text: str, less: str) -> None:
    assert left(parsed(text)) == [less]


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("The museum showed works by controversial painter Ole Lind in Velm.", "The museum showed works by painter Ole Lind in Velm."),
        ("The court said that controversial painter Ole Lind left.", "The court said that painter Ole Lind left."),
        ("Disgraced banker Ole Lind was freed on Monday.", "banker Ole Lind was freed on Monday."),
        ("No one met former controversial mayor Ole Lind.", "No one met former mayor Ole Lind."),
    ],
)
def test_who_a_named_person_is_is_told_without_a_label(parsed: Parsed, text: str, less: str) -> None:
    assert left(parsed(text)) == [less]


@pytest.mark.parametrize(
    "text",
    [
        "The court met alleged killer Ole Lind in Velm.",
        "The museum in Velm met late painter Ole Lind.",
        "The sacked minister Ole Lind left Velm.",
        "The aspiring actor Ole Lind left Velm.",
        "The convicted killer Ole Lind left Velm.",
        "The mayor met the first black senator Ole Lind in Velm.",
        "The storm hit northern Osk on Monday.",
    ],
)
def test_what_makes_another_of_a_named_person_stays(parsed: Parsed, text: str) -> None:
    assert left(parsed(text)) == []


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("The court heard a harrowing account of the crash.", "The court heard an account of the crash."),
        ("An ugly row broke out in the council.", "A row broke out in the council."),
        ("A powerful earthquake struck the coast.", "An earthquake struck the coast."),
        ("The doctor made an awful error.", "The doctor made an error."),
    ],
)
def test_the_article_is_the_one_that_the_next_word_needs(parsed: Parsed, text: str, less: str) -> None:
    assert left(parsed(text)) == [less]


@pytest.mark.parametrize(
    "text",
    [
        "He met an arrogant FBI agent.",
        "The doctor took an ugly x-ray of the child.",
        "He met an arrogant union leader.",
        "A staggering four million people fled.",
        "A staggering 300 people fled.",
        "A whopping nine crowns were paid.",
    ],
)
def test_where_no_letter_tells_the_article_nothing_goes(parsed: Parsed, text: str) -> None:
    assert left(parsed(text)) == []


def test_the_letter_a_is_no_article_of_an_adverb(parsed: Parsed) -> None:
    assert left(parsed("Plan A dramatically improved the port.")) == ["Plan A improved the port."]


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("A costly, ugly affair ended on Monday.", ["An affair ended on Monday.", "A costly affair ended on Monday."]),
        (
            "The bank made an ugly bitter argument on Monday.",
            [
                "The bank made a bitter argument on Monday.",
                "The bank made an argument on Monday.",
                "The bank made an ugly argument on Monday.",
            ],
        ),
    ],
)
def test_of_two_adjectives_each_may_go_or_both_and_their_cuts_meet(parsed: Parsed, text: str, less: list[str]) -> None:
    parse = parsed(text)
    assert left(parse) == less
    spans = [(one.start, one.end) for one in modifiers(parse)]
    assert all(a < d and c < b for a, b in spans for c, d in spans), "two that were made together would leave a wrong article"


@pytest.mark.parametrize(
    "text",
    [
        # another thing is meant without the word, or a thing that has not come about
        "The alleged thief fled to Dorn.",
        "The former minister fled to Dorn.",
        "A bogus claim was paid.",
        "The self-proclaimed leader returned.",
        "The would-be killer was jailed.",
        "The army began a threatened siege of Osk.",
        "The prime minister resigned.",
        # facts of law, truth, intent and death
        "The police seized an illegal weapon from the flat.",
        "The firm illegally dumped waste into the river.",
        "The company deliberately misled its investors.",
        "The mayor falsely claimed the plant.",
        "The driver was fatally injured in the crash.",
        "The council unanimously approved the budget.",
        "The police forcibly removed the man.",
        "The deadly storm reached the coast on Tuesday.",
        # more is said without the word, or the contrary
        "The company nearly collapsed in 2008.",
        "The state practically owns the port.",
        "The plan was conditionally approved by the court.",
        "The bridge was temporarily closed after the flood.",
        "The bank initially rejected the offer.",
        "The shop usually opens on Monday.",
        "The gene is poorly understood by doctors.",
        "The mayor surely knew the plan on Monday.",
        "The mayor ruled with little open backing.",
        # which of its kind, and how many
        "The only peaceful solution was rejected.",
        "The average monthly wage rose to 400 crowns.",
        "The mayor closed the last rowdy bar in Osk.",
        "The army met little fierce resistance.",
        "Three brutal days of war ended in May.",
        "The judge passed a too lenient sentence.",
        "The best young player left the club.",
        "The rebels watched the longest unguarded coast in Norland.",
        "A more severe sentence than in 2019 was passed.",
        "No major damage was reported.",
        "Many brave firefighters died in the blaze.",
        "Only three serious errors were found.",
        "Fewer than ten violent crimes were reported.",
        "One in five angry voters left.",
        "Most of these poor families lost their homes.",
        "The bank spent a great deal of money.",
        # of several, those that the word tells apart
        "Violent protests broke out in Osk.",
        "The injured players were flown home.",
        "The company sacked its illegal workers.",
    ],
)
def test_what_tells_something_stays(parsed: Parsed, text: str) -> None:
    assert left(parsed(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not approve the controversial plan.",
        "The mayor never gave a clear answer.",
        "The mayor rarely gives a clear answer.",
        "The firm no longer has a clear plan.",
        "Nobody made a serious offer.",
        "No party made a serious offer.",
        "Few voters backed a radical ban.",
        "Only Kell made a serious offer.",
        "The mayor acted without a clear mandate.",
        "The team avoided a humiliating defeat in Osk.",
        "The firm lacks a clear plan.",
        "The court lifted a total ban on fishing.",
        "The mayor voted against a complete ban.",
        "The bank was too weak to survive a fierce fight.",
        "The bank is unlikely to survive a fierce fight.",
        "The firm stopped aggressively marketing the drug.",
        "She was charged with a grave breach of the law.",
        "The mayor was convicted of a malicious attack.",
        "If a hostile takeover succeeds, the firm will close the plant.",
        "Should a massive fire break out, the school closes.",
        "When a serious breach occurs, the bank pays.",
        "A serious breach leads to a fine.",
        "A serious breach will lead to a fine.",
        "When the bank makes a grave mistake, the state pays.",
        "Had the army lost a fierce battle, the king would have fled.",
        "The law hit those who owned a dangerous dog.",
        "Anyone who owns a dangerous dog faces jail.",
        "Whoever makes a grave mistake pays a fine.",
        "A massive fire destroyed the warehouse?",
    ],
)
def test_nothing_goes_from_what_is_denied_or_a_condition_or_always_so(parsed: Parsed, text: str) -> None:
    assert left(parsed(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The attack was described as a brutal crime.",
        "The court declared him an illegal resident.",
        "The offer was a generous gift.",
        "He worked in a cruel way.",
        "The firm worked at a furious pace.",
        "The team fared badly in Osk.",
        "The old pump worked unreliably on Monday.",
        "A poorly educated man was hired.",
        "A non-binding vote was held.",
        "The right-wing government fell.",
        "A bitter and costly dispute ended on Monday.",
        "The crowd angrily and loudly booed the mayor.",
        "The mayor left the room angrily.",
        "The judge said “the brutal attack” was planned.",
        "The mayor said the ‘brutal’ crackdown was over.",
        "The fiery President Ada Kell resigned.",
        "The brutal crackdown on the protests.",
        "A Massive fire destroyed the school.",
        "A Russian-born judge left.",
        "A brutal but short war ended.",
    ],
)
def test_what_would_not_be_a_sentence_or_is_somebody_s_own_word_stays(parsed: Parsed, text: str) -> None:
    assert left(parsed(text)) == []


def test_words_that_carry_something_by_their_letters() -> None:
    assert [carries(words) for words in ("no longer", "alleged", "40", "“ugly”", "a fierce")] == [True, True, True, True, False]


def test_of_three_adjectives_no_comma_is_left_before_the_noun(parsed: Parsed) -> None:
    less = left(parsed("The small, dirty, cold cell was closed."))
    assert less == ["The dirty, cold cell was closed.", "The small, cold cell was closed.", "The small, dirty cell was closed."]
