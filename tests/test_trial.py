"""Small inputs with difficulties that people met elsewhere, and the right outcome of each, as properties of the brief.

The articles in `tests/trial/` are invented. The right outcomes were written before anything was run; the model is made by hand, once
leaving every sentence whole and once leaving out all that may go, so what holds here holds whatever a model chooses. It says yes to every
question whether a claim is supported or contradicts another one: what keeps apart what must stay apart is plain code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.brief import Brief
from briefing.errors import NothingToBriefError
from briefing.language.base import Parser
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.types import Article, Claim, Outcome
from briefing.verify import verify
from tests.stages.fakes import FakeModel, embed, made, outcome, shortest, whole

FOLDER = Path(__file__).parent / "trial"


class Told(NamedTuple):
    """A brief and what it was made of."""

    brief: Brief
    articles: dict[str, Article]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.brief.claims

    @property
    def lines(self) -> list[str]:
        """Return everything that the brief says: claims and headlines."""
        return [claim.text for claim in self.brief.claims] + [story.headline for story in self.brief.stories]

    def about(self, *words: str) -> list[Claim]:
        """Return the claims that hold any of some words."""
        return [claim for claim in self.brief.claims if any(word in claim.text for word in words)]

    def one(self, words: str) -> Claim:
        """Return the only claim with some words."""
        (claim,) = self.about(words)
        return claim

    def top(self) -> list[str]:
        return [claim.text for claim in self.brief.claims if claim.id in self.brief.top]


Trial = Callable[..., Told]


@pytest.fixture(params=[whole, shortest], ids=["whole", "shortest"])
def told(request: pytest.FixtureRequest, parser: Parser) -> Trial:
    return partial(tell, parser=parser, write=request.param)


def tell(name: str, *, parser: Parser, write: Callable[..., str], outcomes: Iterable[Outcome] | None = None) -> Told:
    """Return the brief of a case, after `verify` found nothing in it."""
    known = list(outcomes if outcomes is not None else read([FOLDER / name]))
    brief = generate(known, parser=parser, embed=embed, model=FakeModel(write, lambda question: 0.95), date="2026-11-26", progress=Silent())
    by_id = {one.id: one for one in known}
    assert verify(brief, lambda record: by_id[record.id], parser=parser) == ()
    return Told(brief, {one.id: one.article for one in known if one.article is not None})


def none_says(told: Told, *words: str) -> None:
    for line in told.lines:
        assert not any(word in line for word in words), line


def no_conflict(told: Told) -> None:
    assert not any(claim.conflicts for claim in told.claims)


# Whose words


def test_a_speech_over_paragraphs_is_its_speaker_s(told: Trial) -> None:
    found = told("quote_over_paragraphs")
    spoken = found.about("told on Friday", "Nobody asked", "18 of its 40", "70 kilometres")
    assert spoken
    assert all(claim.speaker == "Miriam Hale" and "“" in claim.text for claim in spoken)
    assert found.one("2.4 million").speaker != "Miriam Hale"


def test_two_speakers_of_one_sentence_keep_their_words(told: Trial) -> None:
    for line in told("two_speakers_one_sentence").lines:
        for words, verb in (("too dangerous", "Anna Reth said"), ("safe since 2019", "Boris Kell replied")):
            assert words not in line or verb in line
        assert not re.match(r".*Reth\W+(?:said|added)\W+“It has been safe|.*Kell (?:said|replied): “The dam", line)


def test_what_he_did_is_told_of_the_right_man_or_of_nobody(told: Trial) -> None:
    found = told("he_two_men")
    for claim in found.about("fined"):
        assert "Lund] fined" in claim.text
    for claim in found.about("not resign", "left for Tarn"):
        assert "Varga" in claim.text
    none_says(found, "He said", "He fined", "he left")


def test_premises_of_questions_are_no_claims_and_answers_are_given_to_who_answers(told: Trial) -> None:
    found = told("interview_qa")
    none_says(found, "You sold", "40 boats", "critics", "bankrupt")
    answers = found.about("three boats", "12 million", "5 per cent")
    assert answers
    assert all((claim.speaker, claim.verbatim) == ("Ilse Morrow", True) for claim in answers)


def test_bold_questions_without_labels_are_questions(told: Trial) -> None:
    found = told("interview_markdown")
    none_says(found, "You moved", "Two council members say", "paid them", "4.1 million")
    assert {claim.speaker for claim in found.claims if claim.kind == "statement"} == {"Hugo Marn"}
    assert found.about("never moved any money")


def test_a_post_and_what_it_passes_on_keep_their_authors(told: Trial) -> None:
    found = told("quoted_post")
    for claim in found.about("8.1 billion"):
        assert "TransportMinistry said: “" in claim.text
    for claim in found.about("honesty"):
        assert claim.text.startswith("Orban Tull said: “")
    none_says(found, "likes", "reposts")


def test_a_reporter_s_i_is_nobody_of_ours(told: Trial) -> None:
    found = told("first_person_reporter")
    assert found.about("nearest hospital")
    for line in found.lines:
        assert not re.search(r"\b(?:I|we|We|my|our|Our|me)\b", line), line


def test_an_office_is_told_with_its_time(told: Trial) -> None:
    found = told("former_office")
    assert found.about("Iven Strook became foreign minister")
    for claim in found.about("oreign minister Holm", "oreign minister Dara Holm"):
        assert claim.text.startswith("Former")
    for claim in found.about("Foreign Minister Dara Holm"):
        assert claim.published == "2026-11-20"


@pytest.mark.parametrize("words", ["Marn moved", "two council members", "account books"])
def test_what_is_alleged_in_a_list_stays_alleged(told: Trial, words: str) -> None:
    found = told("list_leadin")
    for line in found.lines:
        assert words not in line or line.startswith("Prosecutors in Kessin accuse former treasurer Hugo Marn")
    assert found.about("accuse former treasurer")


def test_demands_are_told_as_demands(told: Trial) -> None:
    found = told("list_of_demands")
    claim = found.one("9 percent")
    assert claim.text.startswith("The union listed three demands: “")
    assert all(words in claim.text for words in ("must rise by 9 percent for all 1,400 drivers", "is to be cut", "pays for new heating"))
    assert found.about("Norrbus rejected the demands")
    for line in found.lines:
        assert not line.startswith(("Wages", "The night shift", "Norrbus pays"))


def test_a_column_is_its_author_s(told: Trial) -> None:
    for claim in told("opinion").claims:
        assert claim.kind == "opinion"
        assert re.match(r"(?:An opinion article|[\w ]+) writes: “", claim.text)
    assert told("opinion").top() == []


# Page text


def test_captions_are_not_news(told: Trial) -> None:
    found = told("captions")
    none_says(found, "2019", "Residents wait", "Photograph", "(right)", "map shows")
    assert found.about("Water returned")


def test_biographies_links_and_letters_are_not_news(told: Trial) -> None:
    found = told("tail_related_bio")
    none_says(found, "Foss", "dog", "resigns", "bans", "Ten dead", "letter", "readers")
    assert found.about("8.1 billion", "2031")


def test_a_teaser_gives_its_fact_and_no_cut_sentence(told: Trial) -> None:
    found = told("paywall_teaser")
    assert found.about("49 percent")
    none_says(found, "three banks", "unlock", "crown", "articles left")


def test_a_list_of_headlines_is_no_article(told: Trial) -> None:
    try:
        found = told("index_page")
    except NothingToBriefError:
        return
    for claim in found.claims:
        assert claim.text.endswith(".")
        assert "2026" not in claim.text


def test_a_headline_alone_gives_no_claim_and_is_listed(told: Trial) -> None:
    found = told("headline_only")
    none_says(found, "200 jobs", "Norrline")
    (record,) = (record for record in found.brief.articles if record.id == "head")
    assert record.status != "used" or {o.reason for o in found.brief.omitted if o.article == record.id}


def test_a_headline_alone_is_nothing_to_brief(parser: Parser) -> None:
    only = [one for one in read([FOLDER / "headline_only"]) if one.id == "head"]
    assert only
    with pytest.raises(NothingToBriefError):
        tell("headline_only", parser=parser, write=whole, outcomes=only)


def test_a_correction_is_not_told_as_the_fact(told: Trial) -> None:
    found = told("correction_note")
    assert found.about("Four people were hurt")
    none_says(found, "14 people", "had died")


# Short, whole and exact


def test_short_sentences_are_the_news(told: Trial) -> None:
    found = told("short_key_facts")
    for words in ("Six people died.", "Police arrested the captain.", "Norrline denied any blame."):
        assert found.about(words)


def test_encodings_are_read_exactly(told: Trial) -> None:
    found = told("windows1252_utf16")
    assert found.about("The mayor of Grünau, Jörg Müßig, resigned on Monday.")
    assert found.about("Straßenbau – was found in a café")
    assert found.about("café “Ö”")
    assert any("“I did not take the €500,000,” he said." in article.text for article in found.articles.values())


def test_another_language_is_quoted_and_never_translated(told: Trial) -> None:
    found = told("german_quotes")
    for claim in found.claims:
        if claim.citations[0].article.startswith("de"):
            assert claim.verbatim
            assert claim.citations[0].quote.rstrip(".") in claim.text
    assert found.about("Udo Hahn said")
    for claim in found.about("Wann wird"):
        assert "Ekman" in claim.text


def test_foreign_words_in_an_english_sentence_stay(told: Trial) -> None:
    found = told("foreign_words_in_english")
    for claim in found.about("céderons"):
        assert "«Nous ne céderons pas»" in claim.text
        assert "Luc Morel" in claim.text
    assert found.about("The Bundesamt für Seeverkehr said two ships had turned back.")


def test_items_of_a_roundup_stay_apart(told: Trial) -> None:
    found = told("roundup")
    assert len(found.brief.stories) == 4
    none_says(found, "[Nils Arden] warned", "Arden warned", "He warned")
    assert found.about("Two ships collided")
    for claim in found.about("ill since May"):
        assert "Haan" in claim.text


def test_fragments_of_weather_are_no_claims_and_losses_stay_losses(told: Trial) -> None:
    found = told("weather_markets")
    none_says(found, "Cloudy", "high 4", "−9", "snow", "sunny")
    for claim in found.about("1,204.6"):
        assert "closed down 2.5%" in claim.text
    for line in found.lines:
        assert "11%" not in line or "lost 11%" in line
        assert "3%" not in line or "gained 3%" in line


def test_what_is_planned_or_conditional_stays_so(told: Trial) -> None:
    found = told("forecast_as_fact")
    for line in found.lines:
        assert "2,000 people" not in line or (line.startswith("If the river rises above five metres") and "county said" in line)
        assert "bridge" not in line or "is expected to open in spring" in line
        assert "army" not in line or "would have" in line
        assert "40 buses" not in line or line.startswith("Under the plan")


# Days


def test_an_anniversary_keeps_its_year_and_is_no_news_of_today(told: Trial) -> None:
    found = told("anniversary")
    assert not any("31 people" in line or "fire burns" in line or "emergency" in line for line in found.top())
    for claim in found.claims:
        if claim.citations[0].article == "history":
            assert "1986" in claim.text
            assert claim.date.startswith("1986")
    assert found.about("harbour of Kessin reopened")


def test_one_moment_in_two_zones_is_no_conflict(told: Trial) -> None:
    found = told("timezones")
    no_conflict(found)
    for line in found.lines:
        assert not ("Tuesday" in line and "05:40" in line)
        assert not ("Wednesday" in line and "11:40" in line)


def test_what_lies_ahead_has_no_past_date(told: Trial) -> None:
    found = told("future_dates")
    assert "[30 November 2026]" in found.one("will reopen").text
    for claim in found.about("will rule"):
        assert "3 December" in claim.text
        assert claim.date in {"2026-12-03", ""}
    for claim in found.about("fuel tax"):
        assert claim.date in {"2027-01-01", ""}
    none_says(found, "2025", "23 November", "22 November")


def test_each_toll_of_a_live_blog_has_its_time(told: Trial) -> None:
    found = told("live_blog")
    for words, time in (("risen to seven", "16:40"), ("Five people", "14:15"), ("Three people", "12:05")):
        for claim in found.about(words):
            assert claim.text.startswith(f"[{time}]")
    assert found.about("risen to seven")
    assert all("risen to seven" in line for line in found.top())
    no_conflict(found)


def test_two_strikes_of_one_firm_stay_apart(told: Trial) -> None:
    found = told("several_events_same_people")
    for line in found.lines:
        assert "nine days" not in line or "2024" in line
        assert "300 drivers" not in line or "2024" in line
        assert "two-day" not in line or "2024" not in line
    no_conflict(found)


def test_that_strike_is_told_only_behind_the_one_it_means(told: Trial) -> None:
    found = told("several_events_same_people")
    order = [claim.text for story in found.brief.stories for name in story.claims for claim in found.claims if claim.id == name]
    for n, text in enumerate(order):
        assert "That strike" not in text or order[n - 1].startswith("In 2024 a strike at Norrbus")


def test_spellings_of_one_name_are_no_conflict(told: Trial) -> None:
    found = told("spelling_variants")
    no_conflict(found)
    assert len(found.about("explosion near Orlin")) in {1, 2}


# Many

TOWNS = (
    "Aldmoor Brenn Calder Dunsk Elmar Fosse Garn Hoster Ilven Jarrow Kester Lund Morven Nessa Orrin Pellam Quarn Rosk Selby Tarn"
).split()


def sixty() -> list[Article]:
    """Return 60 articles of three templates in 20 towns, each with another number."""
    return [
        made("Published: 25 November 2026\n\n" + template.format(town=town, count=first + 7 * n), f"{kind}{n:02}")
        for kind, first, template in (
            (
                "a",
                100,
                "The council of {town} voted on Tuesday to spend {count},000 crowns on a new school. Mayor Holm of {town} was absent.",
            ),
            (
                "b",
                240,
                "Police in {town} arrested {count} people at a march on Tuesday. The march was against the closure of the {town} mill.",
            ),
            (
                "c",
                380,
                "A fire destroyed {count} hectares of forest near {town} on Tuesday, the fire service said. Nobody in {town} was hurt.",
            ),
        )
        for n, town in enumerate(TOWNS)
    ]


@pytest.mark.slow
def test_no_number_of_thirty_articles_lands_in_another_town(told: Trial) -> None:
    found = told("thirty", outcomes=map(outcome, sixty()[::2]))
    texts = {article.id: article.text for article in found.articles.values()}
    assert found.claims
    for claim in found.claims:
        towns = [town for town in TOWNS if re.search(rf"\b{town}\b", claim.text)]
        assert all(town in texts[citation.article] for town in towns for citation in claim.citations)
        assert len({citation.article for citation in claim.citations}) == 1


def test_counts_of_other_towns_are_no_conflict(told: Trial) -> None:
    no_conflict(told("thirty", outcomes=map(outcome, sixty()[::2])))


@pytest.mark.xfail(reason="reports of one template about 20 towns are taken for one event")
@pytest.mark.slow
def test_each_of_twenty_towns_has_its_story(parser: Parser) -> None:
    found = tell("sixty", parser=parser, write=whole, outcomes=map(outcome, sixty()[:20]))
    assert all(len(story.event) == 1 for story in found.brief.stories)


def test_a_budget_says_what_it_did_not_reach(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr("briefing.pipeline.time.monotonic", lambda: next(clock))
    brief = generate(
        list(map(outcome, sixty())), parser=parser, embed=embed, model=FakeModel(), date="2026-11-26", progress=Silent(), budget=3
    )
    assert brief.claims
    assert {a.reason for a in brief.articles if a.status == "skipped"} == {"not reached within the budget"}
