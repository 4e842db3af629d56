"""The parser of these tests: the folder of its model is named by the environment, and where it is missing they are skipped."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.language.base import Parse, ParserIdentity
from briefing.language.english import SpacyParser


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    folder = Path(os.environ.get("BRIEFING_PARSER", ""))
    if not (folder / "meta.json").is_file():
        pytest.skip("BRIEFING_PARSER names no folder of a parser's model")
    return SpacyParser(folder, ParserIdentity(folder.name, "0" * 64))


@pytest.fixture(scope="session")
def parsed(parser: SpacyParser) -> Callable[[str], Parse]:
    return lambda text: parser.parse([text])[0]
