"""What tests of the language modules share: parses and Documents of invented texts, by the real parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse, Parser
from briefing.language.document import Document
from briefing.text.sentences import split
from briefing.types import Article, Form, Sentence


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Parse]:
    return lambda text: parser.parse([text])[0]


@pytest.fixture(scope="session")
def parsed(parse: Callable[[str], Parse]) -> Callable[[str], Parse]:
    return parse


@pytest.fixture(scope="session")
def document(parser: Parser) -> Callable[..., Document]:
    """Make a Document of a text, every sentence of it body; `labels` are the speakers under which sentences stand."""

    def make(text: str, form: Form = "news", labels: dict[int, str] | None = None) -> Document:
        known = labels or {}
        numbered = tuple(
            Sentence(number=n, start=span.start, end=span.end, paragraph=span.paragraph, speaker=known.get(n, ""))
            for n, span in enumerate(split(text), start=1)
        )
        return Document(Article(id="001", path="a.txt", sha256="0" * 64, text=text, form=form, sentences=numbered), parser)

    return make
