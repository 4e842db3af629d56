"""The five seeds, sentence by sentence: whatever is not body is listed here in full."""

from collections import Counter
from pathlib import Path

import pytest

from briefing.text.articles import article
from briefing.types import Article

SEEDS = Path(__file__).parents[2] / "seeds"

PAGE = [
    "Italy News Dispatch",
    "SEE OTHER BRANDS",
    "The latest news from Italy",
    "MENAFN21052025000045015687ID1109575802",
    "Legal Disclaimer:",
    "MENAFN provides the information “as is” without warranty of any kind.",
    "We do not accept any responsibility or liability for the accuracy, content, images, videos, licenses, "
    "completeness, legality, or reliability of the information contained in this article.",
    "If you have any complaints or copyright issues related to this article, kindly contact the provider above.",
    "Legal Disclaimer:",
    'EIN Presswire provides this news content "as is" without warranty of any kind.',
    "We do not accept any responsibility or liability for the accuracy, content, images, videos, licenses, "
    "completeness, legality, or reliability of the information contained in this article.",
    "If you have any complaints or copyright issues related to this article, kindly contact the author above.",
    "Share us",
    "on your social networks:",
    "AGPs",
    "Get the latest news on this topic.",
    "SIGN UP FOR FREE TODAY",
    "No Thanks",
    "By signing to this email alert, you\nagree to our Terms of Service",
]


def seed(name: str) -> Article:
    path = next(SEEDS.glob(f"{name}_*.txt"))
    return article(path.stem, path.name, "0" * 64, path.read_bytes().decode())


def of_role(found: Article, role: str) -> list[str]:
    return [found.quote(s.number) for s in found.sentences if s.role.value == role]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("000", {"body": 12}),
        ("001", {"body": 14, "title": 1, "furniture": 19}),
        ("002", {"body": 29}),
        ("003", {"body": 16, "repeat": 14}),
        ("004", {"body": 17}),
    ],
)
def test_counts(name: str, counts: dict[str, int]) -> None:
    assert Counter(s.role.value for s in seed(name).sentences) == counts


def test_001_is_stripped_of_its_page() -> None:
    found = seed("001")
    assert of_role(found, "furniture") == PAGE
    assert of_role(found, "title") == ["EU secretly voices opposition to Ukraine is ‘all on us now’"]
    assert (found.title, found.source, found.published) == (of_role(found, "title")[0], "MENAFN", "2025-05-21")


def test_003_repeats_its_second_to_seventh_paragraph() -> None:
    found = seed("003")
    assert [s.note for s in found.sentences if s.note] == [f"repeats sentence {n}" for n in range(3, 17)]
    assert {s.paragraph for s in found.sentences if s.note} == set(range(8, 14))


@pytest.mark.parametrize("name", ["000", "002", "003", "004"])
def test_the_others_give_neither_title_nor_outlet_nor_date(name: str) -> None:
    found = seed(name)
    assert (found.title, found.source, found.published) == ("", "", "")


def test_002_has_a_lead_in_and_a_sentence_without_a_space_before_it() -> None:
    found = seed("002")
    notes = [found.quote(s.number) for s in found.sentences if s.note == "lead-in"]
    assert notes == ["Russian news provided a Russian prospective on Thursday’s developments:"]
    assert any(quote.startswith("Poletaev said the Trump administration’s") for quote in of_role(found, "body"))
