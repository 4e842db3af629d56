"""Whose voice a coloured word is in; which are cut; and how likely one that stays is struck."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import pytest

from briefing.language.base import Parse, Parser
from briefing.model.probes import probability
from briefing.model.wording import WORD, Coloured, Wording
from briefing.stages.check import check
from briefing.stages.edits import COLOUR
from briefing.stages.printing import Candidate
from briefing.stages.summarize import Chosen, claim_of
from briefing.stages.wording import CUT, PART, coloured, colours, plainer, voices
from tests.stages.fakes import document, told

SURE = 3.0


def marking(*words: str, odds: float = SURE, others: float = -9.0) -> Wording:
    """Read some words as coloured, and all others as plain."""

    def read(texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
        return [tuple(Coloured(*m.span(), odds if m.group() in words else others) for m in WORD.finditer(text)) for text in texts]

    return read


@pytest.fixture
def chosen(parser: Parser) -> Callable[[str], Chosen]:
    return lambda text: told(document(text, parser), 1).chosen


def less(one: Chosen, wording: Wording) -> tuple[str, float]:
    """Return how a sentence is told, and how likely one of its words is struck."""
    ((plain, struck),) = plainer([one], wording)
    return claim_of(plain).text, struck


def theirs(parse: Parse) -> dict[float, set[str]]:
    """Return the words of a sentence by what their log-odds count less."""
    found: dict[float, set[str]] = {}
    for n, much in enumerate(voices(parse)):
        found.setdefault(much, set()).update(re.findall(r"\w+", parse.word(n)))
    return found


# Voices


def test_what_somebody_says_is_theirs_and_what_describes_in_it_may_be(parser: Parser) -> None:
    (parse,) = parser.parse(["Kell insisted that the reckless plan betrays the harbour."])
    found = theirs(parse)
    assert found[0.0] >= {"Kell", "insisted"}
    assert found[1.0] == {"reckless"}
    assert found[math.inf] >= {"betrays", "plan", "harbour"}


def test_what_is_said_is_theirs_though_the_parse_shows_no_speaker(parser: Parser) -> None:
    (parse,) = parser.parse(["The pilot left the hall, said he betrayed the union and told the agency to wait."])
    found = theirs(parse)
    assert {"betrayed", "union"} <= found[math.inf]
    assert {"pilot", "left", "hall", "said"} <= found[0.0]


def test_what_stands_in_quotation_marks_is_no_word_of_the_article(parser: Parser) -> None:
    (parse,) = parser.parse(["The ugly row over the “brutal” plan went on."])
    found = theirs(parse)
    assert found[math.inf] == {"brutal"}
    assert "ugly" in found[0.0]


def test_odds_count_less_by_the_voice_and_theirs_not_at_all(parser: Parser) -> None:
    (parse,) = parser.parse(["Kell insisted that the reckless plan betrays the harbour."])
    (read,) = marking("insisted", "reckless", "betrays")([parse.text])
    found = {parse.text[one.start : one.end]: one.odds for one in coloured(parse, read) if one.odds > -9}
    assert found == {"insisted": SURE, "reckless": SURE - 1}
    assert all(math.isfinite(one.odds) for one in coloured(parse, read))
    assert coloured(parse, [Coloured(900, 905, SURE)]) == [], "behind the end of the sentence"


def test_a_sentence_that_may_be_told_in_two_ways_is_read_once(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("The council of Velm ended a fierce debate on Monday.")
    asked: list[str] = []

    def read(texts: Sequence[str]) -> Sequence[tuple[Coloured, ...]]:
        asked.extend(texts)
        return marking("fierce")(texts)

    assert len({claim_of(plain).text for plain, _ in plainer([one, one], read)}) == 1
    assert asked == [one.parse.text]


# Cuts


def test_what_only_describes_is_cut_and_recorded(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("The council of Velm ended a fierce debate on Monday.")
    ((plain, struck),) = plainer([one], marking("fierce"))
    claim = claim_of(plain)
    assert claim.text == "The council of Velm ended a debate on Monday."
    assert [edit.reason for edit in claim.edits if edit.text == ""] == [COLOUR]
    assert struck == 0
    assert all(gate.passed for gate in check(claim, {one.document.article.id: one.document}))
    assert Candidate(plain, 0).text == claim.text, "the model reads it as it is printed"


def test_the_article_changes_with_the_word_that_is_cut(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("An ugly row split the council of Velm on Monday.")
    assert less(one, marking("ugly")) == ("A row split the council of Velm on Monday.", 0.0)


@pytest.mark.parametrize(("odds", "text"), [(CUT - 0.01, "a fierce debate"), (CUT + 0.01, "a debate")])
def test_a_word_is_cut_from_some_odds_on(chosen: Callable[[str], Chosen], odds: float, text: str) -> None:
    assert text in less(chosen("The council of Velm ended a fierce debate on Monday."), marking("fierce", odds=odds))[0]


def test_a_word_that_may_be_another_s_is_not_cut(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("Mayor Ada Kell said that the council of Velm ended a fierce debate.")
    assert "a fierce debate" in less(one, marking("fierce", odds=9.0))[0]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        (("ugly", "bitter"), "The bank of Velm made an argument on Monday."),
        (("ugly",), "The bank of Velm made a bitter argument on Monday."),
        (("bitter",), "The bank of Velm made an ugly argument on Monday."),
        ((), "The bank of Velm made an ugly, bitter argument on Monday."),
    ],
)
def test_of_words_beside_each_other_no_plain_one_goes(chosen: Callable[[str], Chosen], marked: tuple[str, ...], text: str) -> None:
    assert less(chosen("The bank of Velm made an ugly, bitter argument on Monday."), marking(*marked))[0] == text


def test_what_is_told_of_a_word_stays_where_only_its_adverb_is_coloured(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("A heavily armed man robbed the bank of Velm on Monday.")
    assert less(one, marking("heavily"))[0].startswith("A heavily armed man")
    assert less(one, marking("heavily", "armed"))[0].startswith("A man")


def test_a_cut_that_meets_another_edit_is_not_made(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("However, the council of Velm ended a fierce debate on Monday.")
    start = one.document.sentence(1).start + one.parse.text.index("a fierce debate")
    other = one.rewrite.needed[0].model_copy(update={"start": start, "end": start + len("a fierce debate"), "text": "a row"})
    met = one._replace(rewrite=one.rewrite._replace(needed=(*one.rewrite.needed, other)))
    ((plain, _),) = plainer([met], marking("fierce"))
    assert COLOUR not in {edit.reason for edit in plain.rewrite.needed}


def test_nothing_is_cut_from_what_is_told_word_for_word(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("The council of Velm ended a fierce debate on Monday.")
    whole = one._replace(rewrite=one.rewrite._replace(verbatim=True))
    assert plainer([whole], marking("fierce"))[0][0] == whole


# What stays


def test_a_word_that_stays_says_how_likely_one_is_struck(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("The council of Velm crushed the offer of the bank on Monday.")
    assert less(one, marking())[1] == 0
    sure = less(one, marking("crushed"))[1]
    assert sure == pytest.approx((probability(SURE) - 0.12) / 0.88)
    assert less(one, marking("crushed", odds=1.0))[1] < sure


def test_what_is_cut_for_another_reason_is_not_counted(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("However, the council of Velm ended its debate on Monday.")
    assert less(one, marking("However"))[1] == 0


def test_where_nothing_is_read_nothing_is_struck(chosen: Callable[[str], Chosen]) -> None:
    assert less(chosen("The council of Velm ended a fierce debate on Monday."), lambda texts: [() for _ in texts])[1] == 0


# Parts that judge

HURTS = "The union attacked the mayor for defending a budget, which hurts the poor."


@pytest.mark.parametrize(("odds", "goes"), [(PART - 0.01, False), (PART + 0.01, True)])
def test_a_coloured_word_that_cannot_go_takes_its_part_with_it(chosen: Callable[[str], Chosen], odds: float, goes: bool) -> None:
    one = chosen(HURTS)
    text, struck = less(one, marking("hurts", odds=odds))
    assert text == ("The union attacked the mayor for defending a budget." if goes else HURTS)
    assert (struck == 0) is goes


def test_the_cut_of_a_part_is_recorded_and_licensed(chosen: Callable[[str], Chosen]) -> None:
    one = chosen(HURTS)
    ((plain, _),) = plainer([one], marking("hurts"))
    claim = claim_of(plain)
    assert [edit.reason for edit in claim.edits] == [COLOUR]
    assert plain.rewrite.optional == ()
    assert all(gate.passed for gate in check(claim, {"made": one.document}))
    cut = claim.edits[0]
    forged = cut.model_copy(update={"start": cut.start - len(" a budget")})
    wrong = claim.model_copy(update={"edits": (forged,), "text": "The union attacked the mayor for defending."})
    assert not all(gate.passed for gate in check(wrong, {"made": one.document}))


def test_even_though_goes_unread_and_although_does_not(chosen: Callable[[str], Chosen]) -> None:
    text = "Ole Lind called for a ban on flights in March, {} the driver was born in Velm."
    short = "Ole Lind called for a ban on flights in March."
    assert less(chosen(text.format("even though")), marking())[0] == short
    assert " although the driver was born in Velm." in less(chosen(text.format("although")), marking())[0]


def test_the_word_goes_alone_where_it_can(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("As a fierce brawl went on in Osk, Governor Ole Lind met union leaders.")
    assert less(one, marking("fierce"))[0] == "As a brawl went on in Osk, Governor Ole Lind met union leaders."
    assert less(one, marking("fierce", "brawl"))[0] == "Governor Ole Lind met union leaders."


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The mayor said that the union attacked him for a budget, which hurts the poor.", "hurts"),
        ("Ole Lind was charged with theft on Monday, though he denies the ugly charge.", "ugly"),
        ("The brutal killer hurt two men.", "hurt"),
    ],
)
def test_what_others_say_a_denial_and_the_main_clause_stay(chosen: Callable[[str], Chosen], text: str, marked: str) -> None:
    assert f" {marked} " in less(chosen(text), marking(marked))[0] or marked == "ugly"
    assert "denies" not in text or "though he denies" in less(chosen(text), marking(marked))[0]


def test_a_label_before_a_name_is_the_article_s(chosen: Callable[[str], Chosen]) -> None:
    one = chosen("The court said that controversial painter Ole Lind left.")
    assert less(one, marking("controversial"))[0] == "The court said that painter Ole Lind left."


def test_a_text_says_whether_its_own_words_are_coloured(chosen: Callable[[str], Chosen]) -> None:
    one = chosen(HURTS)
    told = [(one.document, "The ugly row went on."), (one.document, "The row went on."), (one.document, "Kell called the row “ugly”.")]
    assert colours(told, marking("ugly")) == [True, False, False]
