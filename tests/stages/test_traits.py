"""What is counted of a sentence: each trait by a sentence that has it and one that has not."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.edits import Rewrite
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen
from briefing.stages.traits import Traits, traits
from tests.stages.fakes import document

TOLD = "Mayor Ada Kell opened the harbour of Kessin on Monday."


def counted(sentence: str, parser: Parser, *, title: str = "", before: str = "") -> Traits:
    one = document(f"{sentence} A second sentence follows it here.", parser, title=title)
    told = rewrite(one, next(iter(one.body())))
    assert isinstance(told, Rewrite), told
    return traits(Chosen(one, told, 2.5), sentence, rank=3, before=before)


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("definite", "The deal was signed in Kessin on Monday.", "The deal over the harbour of Kessin was signed on Monday."),
        ("acting", "The deal was signed in Kessin on Monday.", "Kessin signed the deal on Monday."),
        ("names", TOLD, "Kessin opened a harbour on Monday."),
        ("places", "Officials in Germany closed a harbour on Monday.", "Officials closed a harbour on Monday."),
        ("dates", TOLD, "Mayor Ada Kell opened the harbour of Kessin."),
        ("pointing", "Kessin signed this deal on Monday.", "Kessin signed a deal on Monday."),
        ("past", "Kessin signed a deal on Monday.", "Kessin signs a deal on Monday."),
        ("present", "Kessin signs a deal on Monday.", "Kessin signed a deal on Monday."),
        ("modal", "Kessin will sign a deal on Monday.", "Kessin signed a deal on Monday."),
        ("says", "Mayor Ada Kell said the harbour of Kessin was open.", TOLD),
        ("copula", "Kessin is a town with a harbour.", "Kessin built a harbour in the town."),
        ("quoted", "Mayor Ada Kell called the harbour “a miracle” on Monday.", TOLD),
    ],
)
def test_each_trait(name: str, more: str, less: str, parser: Parser) -> None:
    assert getattr(counted(more, parser), name) > getattr(counted(less, parser), name)


def test_shares_of_words(parser: Parser) -> None:
    found = counted(TOLD, parser, title="Harbour of Kessin opened", before="The harbour of Kessin")
    assert found.title == 1
    assert found.own == pytest.approx(0.4)
    assert found.before == pytest.approx(0.4)
    assert (found.weight, found.first, found.follows) == (2.5, 0, 1)


def test_without_a_title_a_sentence_is_taken_for_an_ordinary_one(parser: Parser) -> None:
    found = counted(TOLD, parser)
    assert (found.title, found.own) == (0.27, 0.13)
    assert counted(TOLD, parser, title="Rain").title == 0


def test_what_is_cut_is_not_counted(parser: Parser) -> None:
    one = document("However, the deal was signed on Monday.", parser)
    told = rewrite(one, next(iter(one.body())))
    assert isinstance(told, Rewrite)
    assert traits(Chosen(one, told, 1.0), "The deal was signed on Monday.", rank=0, before="").joining == 0


def test_without_a_parse(parser: Parser) -> None:
    one = document("Die Brücke wurde am Montag gesperrt, teilte die Stadt mit.", parser)
    told = rewrite(one, next(iter(one.body())))
    assert isinstance(told, Rewrite)
    assert traits(Chosen(one, told, 1.0), "x", rank=0, before="").words == 1
