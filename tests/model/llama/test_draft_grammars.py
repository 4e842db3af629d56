"""Every constraint that a sentence is shortened under, a choice among whole texts, is a grammar that the engine's library accepts."""

from __future__ import annotations

import json

import llguidance
import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Call
from briefing.pipeline import tasks
from briefing.progress import Silent
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen, summarize
from briefing.types import Article, Edit
from tests.stages.fakes import FakeModel, choices, made, seeds


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask about short sentences too."""
    monkeypatch.setattr("briefing.stages.summarize.WHOLE", 0)


def valid(constraint: str) -> str:
    """Return what the library says against a grammar, "" for nothing."""
    failed, messages = llguidance.LLMatcher.validate_grammar_with_warnings(llguidance.LLMatcher.grammar_from_json_schema(constraint))
    return " ".join(messages) if failed else ""


def calls(article: Article, parser: Parser, cuts: int = 0) -> list[Call]:
    """Return the requests about all sentences of an article; with `cuts`, as if so many first words of each could go."""
    document = Document(article, parser)
    known, model = tasks(), FakeModel()
    chosen = []
    for sentence in article.sentences:
        told = rewrite(document, sentence.number)
        if isinstance(told, Rewrite):
            chosen.append(Chosen(document, told._replace(optional=_words(article, sentence.number, cuts)) if cuts else told, 1.0))
    summarize(chosen, judge=Judge(model, known), progress=Silent())
    return model.calls


def _words(article: Article, number: int, count: int) -> tuple[Edit, ...]:
    found, at = [], article.sentences[number - 1].start
    for word in article.quote(number).split()[:count]:
        start = article.text.index(word, at)
        at = start + len(word)
        found.append(Edit(start=start, end=at, reason="aside"))
    return tuple(found)


def test_the_grammars_of_the_seeds(parser: Parser) -> None:
    made = [call for article in seeds() for call in calls(article, parser)]
    assert len(made) >= 5
    for call in made:
        assert not valid(call.constraint.schema), call.prompt.text
        assert choices(call)[0] == call.prompt.text.strip()
        assert len(set(choices(call))) > 1


@pytest.mark.parametrize(
    "text",
    [
        "The clerk paid 50% of 3/4 [sic] (about $5) to A&B + C* in {Brell}^2 ~ now | then, back\\slash",
        "The clerk of Aster sent \"it's 'fine'\" as the #now @home list, 50% + 4 = true",
        "The clerk of Aster wrote \\u0041 \\n \t é 市 🎉 \u2028 of it",
    ],
)
def test_marks_that_mean_something_in_a_grammar(text: str, parser: Parser) -> None:
    (call,) = calls(made(f"{text} to the mayor of the port."), parser, cuts=5)
    assert not valid(call.constraint.schema)
    assert len(choices(call)) == 2**5
    assert all(json.loads(json.dumps(choice)) == choice for choice in choices(call))
