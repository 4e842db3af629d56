"""The parser of the tests: the model's folder is named by BRIEFING_PARSER; without it, what needs a parse is skipped."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.language.base import Parse, Parser, ParserIdentity
from briefing.language.document import Document
from briefing.language.english import SpacyParser
from briefing.text.sentences import split
from briefing.types import Article, Form, Sentence


@pytest.fixture(scope="session")
def parser() -> Parser:
    folder = os.environ.get("BRIEFING_PARSER", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("BRIEFING_PARSER names no folder of a parser's model")
    return SpacyParser(Path(folder), ParserIdentity("en_core_web_sm", "0" * 64))


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Parse]:
    return lambda text: parser.parse([text])[0]


@pytest.fixture(scope="session")
def document(parser: Parser) -> Callable[..., Document]:
    """Make a Document of a text, every sentence of it body; `labels` are the speakers under which sentences stand."""

    def make(text: str, form: Form = "news", labels: dict[int, str] | None = None) -> Document:
        spans = split(text)
        known = labels or {}
        numbered = tuple(
            Sentence(number=n, start=span.start, end=span.end, paragraph=span.paragraph, speaker=known.get(n, ""))
            for n, span in enumerate(spans, start=1)
        )
        article = Article(id="001", path="a.txt", sha256="0" * 64, text=text, form=form, sentences=numbered)
        parses = parser.parse([article.quote(one.number) for one in numbered])
        return Document(article, dict(enumerate(parses, start=1)))

    return make
