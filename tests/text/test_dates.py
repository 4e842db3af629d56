"""Times as dates: what is read, what is found but not resolved, and what is only a name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.dates import differ, moments
from tests.cpu import within
from tests.editions import date_of

PUBLISHED = "2025-05-21"  # a Wednesday


def read(text: str, published: str = PUBLISHED) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.date) for m in moments(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 4 September 2025", [("4 September 2025", "2025-09-04")]),
        ("On September 4, 2025, it began", [("September 4, 2025", "2025-09-04")]),
        ("on Sept. 4, 2025.", [("Sept. 4, 2025", "2025-09-04")]),
        ("SEPTEMBER 4, 2025", [("SEPTEMBER 4, 2025", "2025-09-04")]),
        ("September 4 , 2025", [("September 4 , 2025", "2025-09-04")]),
        ("the 4th of September 2025", [("4th of September 2025", "2025-09-04")]),
        ("since 2025-09-04T10:15", [("2025-09-04", "2025-09-04")]),
        ("on Monday, 19 May 2025,", [("Monday, 19 May 2025", "2025-05-19")]),
        ("the May 2025 deal", [("May 2025", "2025-05")]),
        ("by Sept. 2025", [("Sept. 2025", "2025-09")]),
        ("in 1994", [("1994", "1994")]),
        ("Since 2014 Russia has", [("2014", "2014")]),
        ("in early 2025", [("2025", "2025")]),
        ("from 2014 to 2022", [("2014", "2014"), ("2022", "2022")]),
        ("3–5 September 2025", [("3–5 September 2025", "2025-09")]),
        ("on May 3, 4 and 5, 2025", [("May 3, 4 and 5, 2025", "2025-05")]),
        ("from September to November 2023", [("September", "2023-09"), ("November 2023", "2023-11")]),
        ("between 28 December and 3 January 2024", [("28 December", "2023-12-28"), ("3 January 2024", "2024-01-03")]),
    ],
)
def test_what_names_its_own_year_needs_no_article(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected
    assert read(text, "") == expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("on 4 Sep", "4 Sep", "2024-09-04"),
        ("on May 21", "May 21", "2025-05-21"),
        ("on Monday, May 19", "Monday, May 19", "2025-05-19"),
        ("On May 20 people died", "May 20", "2025-05-20"),
        ("In May 20 people died", "May", "2025-05"),
        ("on 29 February", "29 February", "2024-02-29"),
        ("in November", "November", "2024-11"),
        ("since May", "May", "2025-05"),
        ("by June", "June", "2024-06"),
        ("in mid-March", "March", "2025-03"),
        ("in March last year", "March last year", "2024-03"),
        ("in November this year", "November this year", "2025-11"),
        ("on Monday", "Monday", "2025-05-19"),
        ("On Monday Ukraine said", "Monday", "2025-05-19"),
        ("Monday morning", "Monday morning", "2025-05-19"),
        ("Thursday’s attack", "Thursday", "2025-05-15"),
        ("Trump said Wednesday", "Wednesday", "2025-05-21"),
        ("Today Kyiv said", "Today", "2025-05-21"),
        ("yesterday evening", "yesterday evening", "2025-05-20"),
        ("tomorrow", "tomorrow", "2025-05-22"),
        ("the day before yesterday", "the day before yesterday", "2025-05-19"),
        ("this morning", "this morning", "2025-05-21"),
        ("last night", "last night", "2025-05-20"),
        ("last month", "last month", "2025-04"),
        ("later this month", "this month", "2025-05"),
        ("Last year, Kyiv", "Last year", "2024"),
        ("this year’s", "this year", "2025"),
        ("next year", "next year", "2026"),
        ("two days ago", "two days ago", "2025-05-19"),
        ("100 days ago", "100 days ago", "2025-02-10"),
    ],
)
def test_the_article_resolves_what_is_told_by_its_day(text: str, span: str, expected: str) -> None:
    assert read(text) == [(span, expected)]
    assert read(text, "") == [(span, "")]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("last week", "last week"),
        ("this week", "this week"),
        ("on Monday last week", "Monday last week"),
        ("next Monday", "Monday"),
        ("last May", "May"),
        ("in March of that year", "March of that year"),
        ("the following day", "the following day"),
        ("a week ago", "a week ago"),
        ("several days ago", "several days ago"),
        ("about two days ago", "two days ago"),
        ("twenty-two days ago", "two days ago"),
        ("in 2014-2015", "2014-2015"),
        ("31 February", "31 February"),
        ("32 May 2025", "32 May 2025"),
        ("since October 7", "October 7"),
    ],
)
def test_what_can_be_read_in_two_ways_is_found_and_not_resolved(text: str, span: str) -> None:
    assert read(text) == [(span, "")]


@pytest.mark.parametrize(
    "text",
    [
        "the 1994 Budapest Memorandum",
        "of 2015 Minsk agreements",
        "in 2,000 homes",
        "by 1930 GMT",
        "in the 1990s",
        "Resolution 1701",
        "2025-13-04",
        "He may 5",
        "Theresa May said",
        "It May Rain",
        "Thousands March in Kyiv",
        "in August Wilson’s play",
        "COVID-19 May spread",
        "the Sunday Times said",
        "on Saturday Night Live",
        "On Black Friday",
        "every Monday, on Mondays",
        "Russia Today said, USA TODAY",
        "over the last year",
        "the last week of the war",
        "",
    ],
)
def test_names_numbers_verbs_and_lengths_of_time_are_no_times(text: str) -> None:
    assert read(text) == []


def test_a_day_that_has_become_an_event_is_resolved_only_soon_after() -> None:
    assert read("on February 24", "2025-02-25") == [("February 24", "2025-02-24")]
    assert read("since February 24") == [("February 24", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 19 May 2025, they met.", "2025-05-19"),
        ("On Monday, in May 2025, this year, they met.", "2025-05-19"),
        ("They met on Monday and on Tuesday.", ""),
        ("They met on Monday, a week ago.", ""),
        ("They met in 1994.", "1994"),
        ("They met.", ""),
    ],
)
def test_the_date_of_a_sentence_is_the_only_one_it_gives(text: str, expected: str) -> None:
    assert date_of(text, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2025-05", "2025-05-19", False),
        ("2025", "2025-05-19", False),
        ("2025-05-19", "2025-05-20", True),
        ("2025-04", "2025-05-19", True),
        ("2024", "2025-05", True),
        ("", "2025-05", False),
        ("", "", False),
    ],
)
def test_dates_differ_only_where_they_cannot_be_the_same(one: str, other: str, expected: bool) -> None:
    assert differ(one, other) is expected
    assert differ(other, one) is expected


@pytest.mark.parametrize("published", ["x", "2025-02-31", "2025-05", "21 May 2025", "\ud800", "٢٠٢٥-٠٥-٢١", " "])
def test_a_malformed_date_of_the_article_is_an_unknown_one(published: str) -> None:
    assert read("on Monday", published) == [("Monday", "")]


WORDS = st.sampled_from(
    "4 31 99 0 2025 1994 0000-00-00 9999-12-31 999 May March Sept. Monday Friday in on since and to , - of the last next this that year "
    "month week night Today yesterday tomorrow days ago a few couple later Times Morning".split()
)
TEXTS = st.text() | st.lists(WORDS, max_size=12).map(" ".join)
DATES = st.dates().map(str)


@given(TEXTS, st.text(max_size=12) | DATES | st.sampled_from(["0001-01-01", "9999-12-31"]))
def test_moments_lie_in_the_text_in_order_and_are_dates(text: str, published: str) -> None:
    at = 0
    for moment in moments(text, published):
        assert at <= moment.start < moment.end <= len(text)
        assert moment.date == "" or len(moment.date) in {4, 7, 10}
        at = moment.end
    date_of(text, published)


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y"]), DATES)
def test_a_full_date_is_read_in_every_form(told: date, form: str, published: str) -> None:
    assert date_of(f"On {told.strftime(form)} they met.", published) == told.isoformat()


@given(DATES | st.sampled_from(["", "2025", "2025-05"]) | st.text(), DATES | st.sampled_from(["", "2025", "2025-05"]) | st.text())
def test_differ_is_symmetric_and_never_of_one_date(one: str, other: str) -> None:
    assert differ(one, other) is differ(other, one)
    assert not differ(one, one)


@pytest.mark.parametrize("unit", ["1 ", "May ", "4" + " " * 9, "4, 5, 6 and ", "May and\n", "Monday, May ", "last\t", "a few "])
def test_a_long_text_takes_linear_time(unit: str) -> None:
    with within(5):
        moments(unit * (100_000 // len(unit)), PUBLISHED)
