"""When it happened: by the verb a time belongs to and its tense, and nothing where that is in doubt."""

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.times import day_of, insertions, times

Parsed = Callable[[str], Parse]
WEDNESDAY = "2026-11-25"


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Schools in Velm were closed on Monday after a flood.", WEDNESDAY, "2026-11-23"),
        ("Schools in Velm will reopen on Monday.", WEDNESDAY, "2026-11-30"),
        ("Osk beat Brell 3-1 on Saturday night to reach the final.", WEDNESDAY, "2026-11-21"),
        ("On Tuesday, the judge sentenced Ivo Lind to nine years.", WEDNESDAY, "2026-11-24"),
        ("Shares of Norrbus rose 4 percent on Wednesday.", WEDNESDAY, "2026-11-25"),
        ("The match kicks off on Saturday.", WEDNESDAY, "2026-11-28"),
        ("Enrolment will begin Nov. 8, the office said.", "2021-10-15", "2021-11-08"),
        ("The new tax takes effect on 1 January.", WEDNESDAY, "2027-01-01"),
        ("The mayor resigned on Dec. 28.", "2026-01-05", "2025-12-28"),
        ("The mayor resigned on Nov. 8.", WEDNESDAY, "2026-11-08"),
        ("The probe landed on the moon in March 2024.", WEDNESDAY, "2024-03"),
        ("The bank raised its rate last month.", WEDNESDAY, "2026-10"),
        ("The storm hit the coast last year.", WEDNESDAY, "2025"),
        ("Two people died last night in a fire.", WEDNESDAY, "2026-11-24"),
        ("The tremor was felt three days ago.", WEDNESDAY, "2026-11-22"),
        ("The trial will begin tomorrow.", WEDNESDAY, "2026-11-26"),
        # in doubt
        ("The mayor resigned on Dec. 28.", WEDNESDAY, ""),  # a paper gives the year of what is so long ago
        ("The board will meet on Wednesday.", WEDNESDAY, ""),  # today or in a week
        ("The company announced a strike on Monday.", WEDNESDAY, ""),
        ("Ivo Lind agreed to meet the union on Friday.", WEDNESDAY, ""),
        ("Ivo Lind resigned on Thursday.", WEDNESDAY, ""),  # tomorrow's: the date of the article is a day early, or nobody knows
        ("Maren Sol said that the pier would reopen on Friday.", WEDNESDAY, ""),
        ("The festival typically takes place in August.", WEDNESDAY, ""),
        ("The strike lasted from Monday to Friday.", WEDNESDAY, ""),
        ("The board will meet next Monday.", WEDNESDAY, ""),
        ("The shop opens every Sunday.", WEDNESDAY, ""),
        ("The shop was closed until Monday.", WEDNESDAY, ""),
        ("Maren Sol said on Monday that two men were arrested on Sunday.", WEDNESDAY, ""),
        ("The law was passed in 2019 and takes effect in January.", WEDNESDAY, ""),
        ("Two crew members were detained after a barge struck a sightseeing boat at Kolmar lock late on Tuesday.", WEDNESDAY, ""),
        ("A guard tells the paper on Friday that the gate was open.", WEDNESDAY, ""),
        ("Ivo Lind is accused of the theft on Monday.", WEDNESDAY, ""),
        ("A man is recovering after he was shot on Monday.", WEDNESDAY, ""),
        ("Ivo Lind will be tried for killing a guard on Sunday.", WEDNESDAY, ""),
        ("The cup final is held on Sunday.", WEDNESDAY, "2026-11-29"),
        ("Today, the town is home to 300 people.", WEDNESDAY, ""),
        # of something else
        ("Ivo Lind, who died on Sunday, played for Osk.", WEDNESDAY, ""),
        ("The trial, due to begin on Monday, was put off.", WEDNESDAY, ""),
        ("Monday’s vote was close.", WEDNESDAY, ""),
        ("The Monday vote was close.", WEDNESDAY, ""),
        ("Revenue rose 3 percent in fiscal 2025.", WEDNESDAY, ""),
        ("The shop sold 300 coats on Black Friday.", WEDNESDAY, ""),
        ("The Sunday Herald reported the deal.", WEDNESDAY, ""),
        ("Osk won the 2022 Harbour Cup.", WEDNESDAY, ""),
        ("Ivo Lind told reporters “we leave on Monday”.", WEDNESDAY, ""),
        ("The mayor may resign.", WEDNESDAY, ""),
        ("Schools were closed on Monday.", "", ""),
    ],
)
def test_day_of(parsed: Parsed, text: str, published: str, day: str) -> None:
    assert day_of(parsed(text), published) == day


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Schools were closed on Monday after a flood.", "Schools were closed on Monday [23 November 2026] after a flood."),
        (
            "Maren Sol said on Tuesday that the pier will reopen on Friday.",
            "Maren Sol said on Tuesday [24 November 2026] that the pier will reopen on Friday [27 November 2026].",
        ),
        ("The new tax takes effect on 1 January.", "The new tax takes effect on 1 January [1 January 2027]."),
        ("The mayor resigned on Nov. 8.", "The mayor resigned on Nov. 8."),
        ("The mayor resigned on Nov. 8, 2025.", "The mayor resigned on Nov. 8, 2025."),
        ("The bank raised its rate last month.", "The bank raised its rate last month."),
        ("Schools are closed until Friday.", "Schools are closed until Friday [27 November 2026]."),
        ("Ivo Lind told reporters “we leave on Monday”.", "Ivo Lind told reporters “we leave on Monday”."),
        ("A poll released yesterday shows Ivo Lind ahead.", "A poll released yesterday [24 November 2026] shows Ivo Lind ahead."),
        ("A poll released on Tuesday shows Ivo Lind ahead.", "A poll released on Tuesday shows Ivo Lind ahead."),
        ("Ivo Lind, who died on Sunday, played for Osk.", "Ivo Lind, who died on Sunday, played for Osk."),
    ],
)
def test_insertions(parsed: Parsed, text: str, made: str) -> None:
    for at, what in reversed(insertions(parsed(text), WEDNESDAY)):
        text = text[:at] + what + text[at:]
    assert text == made


def test_times_are_spans_of_the_sentence(parsed: Parsed) -> None:
    text = "The court plans to rule on Dec. 3, and the board met yesterday at 9 a.m."
    found = times(parsed(text), WEDNESDAY)
    assert [(text[t.start : t.end], t.date) for t in found][:2] == [("Dec. 3", "2026-12-03"), ("yesterday", "2026-11-24")]
    assert all(t.relative for t in found)


def test_without_a_parse_there_is_no_time() -> None:
    assert times(Parse("It closed on Monday."), WEDNESDAY) == []
    assert day_of(Parse("It closed on Monday."), WEDNESDAY) == ""
