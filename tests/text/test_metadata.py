import pytest

from briefing.text import metadata
from briefing.text.articles import article

BODY = "The two sides met in Geneva on Monday to discuss a ceasefire.\n\nOn May 5, 2025 they will meet again.\n"


def about(text: str) -> tuple[str, str, str]:
    found = article("x", "x.txt", "0" * 64, text)
    return found.title, found.source, found.published


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("MENAFN21052025000045015687ID1109575802", "2025-05-21"),
        ("XYZ20250521000123", "2025-05-21"),
        ("XYZ99999999000123", ""),
        ("XYZ31022025000123", ""),
        ("May 21, 2025", "2025-05-21"),
        ("Published: Wednesday, 21 May 2025, 10:15 GMT", "2025-05-21"),
        ("2025-05-21T10:15:00Z", "2025-05-21"),
        ("21/05/2025", "2025-05-21"),
        ("05/21/2025", "2025-05-21"),
        ("03/03/2025", "2025-03-03"),
        ("03/04/2025", ""),
        ("31 February 2025", ""),
        ("Source: https://example.com/world/2025/05/21/talks", "2025-05-21"),
        ("Read more: https://example.com/world/2025/05/21/talks", ""),
    ],
)
def test_published(line: str, published: str) -> None:
    assert about(f"{BODY}\n{line}\n") == ("", "", published)


def test_a_date_in_prose_is_never_the_day_of_publication() -> None:
    assert about(BODY)[2] == ""
    assert about("On 21 May 2025 the talks began.\n")[2] == ""


def test_published_goes_before_updated() -> None:
    assert about(f"Updated May 22, 2025\nPublished May 21, 2025\n\n{BODY}")[2] == "2025-05-21"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"(MENAFN) {BODY}", "MENAFN"),
        (f"KYIV, Ukraine (AP) — {BODY}", "AP"),
        (f"The group (NATO) said so on Monday.\n\n{BODY}", ""),
        (f"By John Smith, Reuters\n\n{BODY}", "Reuters"),
        (f"By John Smith, Senior Reporter\n\n{BODY}", ""),
        (f"By John Smith\n\n{BODY}", ""),
        (f"{BODY}\nSource: The Daily Example\n", "The Daily Example"),
        (f"{BODY}\n© 2025 The Daily Example. All rights reserved.\n", "The Daily Example"),
        (f"{BODY}\nCopyright 2025 by Example Media Group\n", "Example Media Group"),
        (f"{BODY}\nAll rights reserved.\n", ""),
    ],
)
def test_source(text: str, source: str) -> None:
    assert about(text)[1] == source


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Talks on a ceasefire begin in Geneva\n\n{BODY}", "Talks on a ceasefire begin in Geneva"),
        (f"Will the two sides meet?\n\n{BODY}", "Will the two sides meet?"),
        (f"Example News\nTalks on a ceasefire begin\n\n{BODY}", "Talks on a ceasefire begin"),
        (f"World | Politics | Sport\n\n{BODY}", ""),
        ("俄罗斯拒绝停火\n\n俄罗斯周五拒绝了停火提议。", "俄罗斯拒绝停火"),
        ("روسيا ترفض الهدنة\n\nرفضت روسيا يوم الجمعة العرض.", "روسيا ترفض الهدنة"),
        (BODY, ""),
    ],
)
def test_title(text: str, title: str) -> None:
    assert about(text)[0] == title


def test_front_matter_goes_before_all() -> None:
    front = "---\ntitle: 'Talks begin'\ndate: 2025-05-03T10:00\nsource: https://example.com/a\noutlet: Example\n---\n"
    assert about(f"{front}(MENAFN) {BODY}\nMay 21, 2025\n") == ("Talks begin", "Example", "2025-05-03")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert about(f"---\n{BODY}---\n") == ("", "", "")


@pytest.mark.parametrize(
    ("outlet", "source"),
    [
        ("Radio Free Europe/Radio Liberty", "Radio Free Europe/Radio Liberty"),
        ("bne IntelliNews", "bne IntelliNews"),
        ("Новая газета", "Новая газета"),
        ("Reuters says Aster won", ""),
        ("Aster Won The War", ""),
        ("Reu\u200bters", ""),
        ("Rеuters", ""),  # one letter is Cyrillic
        ("<b>Reuters</b>", ""),
        ("The One and Only Paper of All the Ports", ""),
    ],
)
def test_an_outlet_is_a_name_and_tells_nothing(outlet: str, source: str) -> None:
    assert about(f"---\nsource: {outlet}\n---\n\n{BODY}")[1] == source
    assert about(f"{BODY}\nSource: {outlet}\n")[1] in (source, "")


@pytest.mark.parametrize(("told", "number"), [("2", 2), ("120", 120), ("9" * 5000, 1), ("²", 1), ("0", 1), ("second", 1)])
def test_an_edition_is_a_number_that_a_page_comes_to(told: str, number: int) -> None:
    assert metadata.edition({"edition": told}) == number
    assert metadata.edition({}) == 1
