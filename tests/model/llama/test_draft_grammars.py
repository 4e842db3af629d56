"""Every grammar that a draft of the seeds is made under is one that the engine's library accepts."""

import llguidance
import pytest

from briefing.stages.draft import schema
from briefing.stages.plan import Plan, plan
from briefing.text.reference import Reader
from tests.stages.fakes import reader, seeds


def valid(constraint: str) -> str:
    """Return what the library says against a grammar, "" for nothing."""
    failed, messages = llguidance.LLMatcher.validate_grammar_with_warnings(llguidance.LLMatcher.grammar_from_json_schema(constraint))
    return " ".join(messages) if failed else ""


def test_the_grammars_of_the_seeds() -> None:
    count = 0
    for article in seeds():
        read = Reader(article)
        for sentence in article.sentences:
            made = plan(read, sentence.number)
            if isinstance(made, Plan) and made.parts:
                count += 1
                assert not valid(schema(made.parts)), made.text
    assert count > 50


@pytest.mark.parametrize(
    "text",
    [
        "He paid 50% of 3/4 [sic] (about $5) to A&B + C* in {Brell}^2 ~ now | then, back\\slash said.",
        "Мэр Астера заявил, что порт снова открыт для 300 рабочих.",
        "She said \"it's 'fine'\" and `left` #now @home; 5 < 6 > 4 = true — “yes” said Anna.",
    ],
)
def test_marks_that_mean_something_in_a_grammar(text: str) -> None:
    read = reader(text)
    for sentence in read.article.sentences:
        made = plan(read, sentence.number)
        if isinstance(made, Plan) and made.parts:
            assert not valid(schema(made.parts)), schema(made.parts)
