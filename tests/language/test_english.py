"""The adapter to spaCy: every token is a span of the very text, and no text, however odd, is lost or raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from briefing.language import english
from briefing.language.base import Parse
from briefing.language.english import SpacyParser
from tests.cpu import within

ODD = [
    "",
    " ",
    " \n\t ",
    "  Mayor Lind  spoke\nin Orvane.\u00a0She left.  ",
    "Mayor Lind left 🎉👩‍👩‍👧 the hall 🇺🇸 at 5 p.m.",
    "“We won’t pay,” Lind said. ‘Never’, she’d added.",
    "The U.S. and the U.K. met in Washington, D.C., on Jan. 5.",
    "قالت الوزيرة ليند إن المجلس رفض العرض.",
    "Lind said: \u202bقالت الوزيرة\u202c and left.",
    "e\u0301le\u0301vation n\u0303 \u200bzero\u200dwidth \ufeff",
    "\ud800 a lone surrogate",
    "\x00 \x1b[31m control",
    "word" * 250,
    "a " * 599,
    ". . . . !!! ???",
    "—",
    "東京で会議が開かれた。",
    "BRELL (AP) - A",
    "BRELL (AP) - “",
]


def _holds(parse: Parse) -> None:
    """Assert what must be true of any parse."""
    end = 0
    for n, token in enumerate(parse.tokens):
        assert end <= token.start < token.end <= len(parse.text)
        assert parse.text[end : token.start].strip() == ""  # only white space stands outside tokens
        assert not parse.word(n).isspace()
        assert 0 <= token.head < len(parse.tokens)
        assert token.lemma
        assert token.entity or not token.begins
        end = token.end
    if parse.tokens:
        assert parse.text[end:].strip() == ""
        assert sorted(m for n, token in enumerate(parse.tokens) if token.head == n for m in parse.subtree(n)) == list(
            range(len(parse.tokens))
        )
    for entity in parse.entities:
        assert parse.text[entity.start : entity.end] == parse.span(entity.first, entity.last)


@pytest.fixture
def parser(spacy: SpacyParser) -> SpacyParser:
    """The parser itself: here nothing is remembered."""
    return spacy


def test_tokens_are_spans_of_the_text_whatever_it_holds(parser: SpacyParser) -> None:
    parses = parser.parse(ODD)
    assert [parse.text for parse in parses] == ODD
    for parse in parses:
        _holds(parse)
    assert [len(parse.tokens) > 0 for parse in parses[:5]] == [False, False, False, True, True]


def test_a_sentence_has_heads_lemmas_and_entities(parser: SpacyParser) -> None:
    (parse,) = parser.parse(["Mayor Ilse Lind rejected the offer of the U.S. firm on Monday."])
    verb = parse.root
    assert (parse.word(verb), parse.tokens[verb].lemma, parse.tokens[verb].pos) == ("rejected", "reject", "VERB")
    assert [parse.word(n) for n in parse.below(verb, "nsubj")] == ["Lind"]
    assert [parse.word(n) for n in parse.below(verb, "dobj")] == ["offer"]
    kinds = {parse.span(entity.first, entity.last): entity.kind for entity in parse.entities}
    assert kinds["Ilse Lind"] == "PERSON"
    assert kinds["U.S."] == "GPE"
    assert kinds["Monday"] == "DATE"
    assert parse.word(parse.at(parse.text.index("firm"))) == "firm"


@pytest.mark.parametrize(
    "over",
    ["BRELL (AP) - ", "BRELL, N.Y. – ", "BRELL (Reuters) - ", "(CNN) — ", "Brell (CNN) ", "BRELL — ", "Updated: ", "🚨 ", "• ", "- "],
)
def test_what_stands_over_a_report_is_parsed_by_itself(parser: SpacyParser, over: str) -> None:
    text = "The council passed a sweeping school bill on Monday."
    plain, under = parser.parse([text, over + text])
    _holds(under)
    below = [token for token in under.tokens if token.start < len(over)]
    own = under.tokens[len(below) :]
    assert [token._replace(start=token.start - len(over), end=token.end - len(over), head=token.head - len(below)) for token in own] == [
        *plain.tokens
    ]
    assert {(token.dep, token.head) for token in below} == {("meta", under.root)}


def test_a_line_break_is_a_space(parser: SpacyParser) -> None:
    whole, broken = parser.parse(["Mayor Lind rejected the offer.", "Mayor Lind\nrejected\u2028the\u00a0offer."])
    assert whole.tokens == broken.tokens


@pytest.mark.slow
def test_a_sentence_is_parsed_alike_alone_and_among_others(parser: SpacyParser) -> None:
    texts = [f"Brell paid {n} crowns to the {n % 7}th guild, which Tarn had founded." for n in range(200)]
    together = parser.parse(texts)
    assert together[17] == parser.parse(texts[17:18])[0]
    assert together[199] == parser.parse(texts[199:] + texts[:5])[0]


def test_what_is_too_long_is_not_parsed(parser: SpacyParser) -> None:
    fits, long = parser.parse(["Lind spoke. " * 100, "Lind spoke. " * 101])
    assert fits.tokens
    assert long == Parse("Lind spoke. " * 101)


@pytest.mark.slow
def test_a_thousand_sentences(parser: SpacyParser) -> None:
    with within(30):
        parses = parser.parse([f"Number {n} was drawn." for n in range(1000)])
    assert [parse.word(1) for parse in parses] == [str(n) for n in range(1000)]


class _Breaks:
    """spaCy's pipeline, but for a word that it does not survive."""

    def __init__(self, inner: Any, error: type[BaseException]) -> None:
        self._inner = inner
        self._error = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __call__(self, text: str) -> Any:
        if "Quorb" in text:
            raise self._error("[E999] broken")
        return self._inner(text)

    def pipe(self, texts: Iterable[str], batch_size: int) -> Iterator[Any]:
        return map(self, texts)


@pytest.mark.parametrize("error", [ValueError, RuntimeError, IndexError, KeyError])
def test_a_text_on_which_the_parser_breaks_is_quoted_not_lost(
    parser: SpacyParser, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "_nlp", _Breaks(parser._nlp, error))
    before, broken, after = parser.parse(["Lind spoke.", "Quorb spoke.", "Tarn spoke."])
    assert broken == Parse("Quorb spoke.")
    assert [parse.word(parse.root) for parse in (before, after)] == ["spoke", "spoke"]


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_a_failure_of_the_machine_is_no_failure_of_the_text(
    parser: SpacyParser, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parser, "_nlp", _Breaks(parser._nlp, error))
        with pytest.raises(error):
            parser.parse(["Quorb spoke."])
    assert parser.parse(["Lind spoke."])[0].tokens  # and the parser is fit to go on


def test_the_identity_is_that_of_files_library_and_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    first = english.identity("demo", ["a" * 64, "b" * 64])
    assert first == english.identity("demo", ["a" * 64, "b" * 64])
    others = [english.identity("demo", ["a" * 64, "c" * 64])]
    monkeypatch.setattr(english, "version", lambda name: "3.8.999")
    others.append(english.identity("demo", ["a" * 64, "b" * 64]))
    monkeypatch.undo()
    monkeypatch.setattr(english, "_EDITION", "next")
    others.append(english.identity("demo", ["a" * 64, "b" * 64]))
    assert len({first.sha256, *(other.sha256 for other in others)}) == 4
