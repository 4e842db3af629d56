"""An article and its parses: what is parsed, what is not, and what stands inside a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest

from briefing.language.base import Parse, ParserIdentity, Token
from briefing.language.document import Document
from briefing.types import Article, Role, Sentence


class FakeParser:
    """A parser for which each sentence is one word."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def identity(self) -> ParserIdentity:
        return ParserIdentity("fake", "0" * 64)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        self.asked += texts
        return [Parse(text, (Token(0, len(text), text, "X", "XX", "ROOT", 0),)) for text in texts]


def _article(*lines: str, **roles: Role) -> Article:
    """Return an article of one sentence a line; `roles` names the lines that are not body, as l2=Role.TITLE."""
    text = "\n".join(lines)
    spans, start = [], 0
    for n, line in enumerate(lines, start=1):
        spans.append(Sentence(number=n, start=start, end=start + len(line), paragraph=n, role=roles.get(f"l{n}", Role.BODY)))
        start += len(line) + 1
    return Article(id="a", path="a.txt", sha256=sha256(text.encode()).hexdigest(), text=text, sentences=tuple(spans))


LINES = (
    "Council of Orvane to vote",
    "Advertisement",
    "The mayor said that it is not for sale.",
    "“It is the end,” she said.",
    "He was not there.",
)
ENGLISH = _article(*LINES, l1=Role.TITLE, l2=Role.FURNITURE)
GERMAN = _article("Die Bürgermeisterin sagte, dass der Rat das Angebot der Firma nicht annehmen werde.", "Er war nicht da.")


def test_title_and_body_are_parsed_and_furniture_is_not() -> None:
    parser = FakeParser()
    found = Document(ENGLISH, parser)
    assert parser.asked == []
    assert [found.parse(n).text for n in range(1, 6)] == list(LINES)
    assert [len(found.parse(n).tokens) for n in range(1, 6)] == [1, 0, 1, 1, 1]
    assert parser.asked == [LINES[0], *LINES[2:]]
    assert list(found.body()) == [3, 4, 5]
    assert list(found.before(5)) == [4, 3]
    assert list(found.before(3)) == []
    assert found.text(4) == LINES[3]
    assert found.sentence(2).role is Role.FURNITURE


def test_another_language_has_no_tokens_and_stays_whole() -> None:
    parser = FakeParser()
    german = Document(GERMAN, parser)
    assert not german.english
    assert german.parse(1).tokens == ()
    assert not set(parser.asked) & {GERMAN.quote(1), GERMAN.quote(2)}
    assert german.parse(1) == Parse(GERMAN.quote(1))
    assert german.parse(1).root == -1
    assert list(german.body()) == [1, 2]
    assert Document(ENGLISH, parser).parse(3).tokens


def test_of_a_very_long_article_the_first_thousand_sentences_are_parsed() -> None:
    parser = FakeParser()
    found = Document(_article("Council to vote", *(f"It is the end of day {n}, she said." for n in range(2, 1102)), l1=Role.TITLE), parser)
    assert found.parse(1000).tokens
    assert found.parse(1001) == Parse("It is the end of day 1001, she said.")
    assert len(parser.asked) == 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council said on Monday that it will not pay for the bridge.", True),
        ("“IT IS THE END,” SAID THE MAYOR OF ORVANE.", True),
        ("Der Rat sagte am Montag, dass er nicht für die Brücke zahlen werde.", False),
        ("Le conseil a dit lundi que la ville ne paiera pas pour le pont.", False),
        ("El consejo dijo el lunes que la ciudad no pagará por el puente.", False),
        ("市議会は橋の費用を払わないと述べた。", False),
        ("قالت الوزيرة ليند إن المجلس رفض العرض.", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, expected: bool) -> None:
    assert Document(_article(text), FakeParser()).english is expected


def test_what_stands_inside_a_quotation() -> None:
    document = Document(ENGLISH, FakeParser())
    text = ENGLISH.text
    start = text.index("It is the end")
    inside = document.quotation_at(start, start + len("It is the end"))
    assert inside is not None
    assert inside.inside(text) == "It is the end,"
    assert document.quotation_at(start - 2, start + 5) is None
    assert document.quotation_at(text.index("she said"), len(text)) is None
