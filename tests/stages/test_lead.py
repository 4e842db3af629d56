"""A lead joins two claims, shorter than they are, and nothing but what they say; where it cannot, there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from briefing.brief import Story, one_of
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.language.loose import loose
from briefing.model.base import Call, Question
from briefing.pipeline import tasks
from briefing.stages.compared import content
from briefing.stages.introduce import introduce
from briefing.stages.judging import Judge
from briefing.stages.lead import LEAD, _needless, accepted, led
from briefing.stages.merging import rests
from briefing.stages.summarize import Made
from briefing.stages.support import JUDGE
from briefing.types import Claim
from tests.stages.fakes import FakeModel, document, shortest_lead, told

HERALD = """President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday, after a week of quarrels over grain.

The harbour of Aster sold 40 boats in the spring."""
LENS = """President Anna Reth plans to sign the law on bread in May, after bakers in Velm went on strike."""
POST = """The harbour of Tarn was closed for an hour on Wednesday.

Prime Minister Jo Marn said: “We are friends.”"""


@pytest.fixture(scope="module")
def documents(parser: Parser) -> dict[str, Document]:
    texts = {"herald": HERALD, "lens": LENS, "post": POST}
    return {name: document(text, parser, name, published="2026-11-26", source=name) for name, text in texts.items()}


@pytest.fixture(scope="module")
def group(documents: dict[str, Document]) -> list[Made]:
    places = [("herald", 1), ("herald", 2), ("lens", 1), ("post", 1), ("post", 2)]
    return [introduce(told(documents[name], number), "") for name, number in places]


@pytest.fixture(scope="module")
def story(group: list[Made]) -> Story:
    names = tuple(one.claim.id for one in group)
    return Story(id="story-1", headline="Reth met Marn", claims=names, heading=names[0], event=("herald", "lens", "post"))


def judge(lead: Callable[[Call], Mapping[str, str]] = shortest_lead, believe: Callable[[Question], float | None] = lambda q: 0.9) -> Judge:
    return Judge(FakeModel(lead=lead, believe=believe), tasks(("lead", "support")))


def write(story: Story, group: list[Made], documents: dict[str, Document], by: Judge | None = None) -> tuple[Story, list[Claim]]:
    (found,), leads = led([story], group, documents, judge=by or judge())
    return found, leads


def test_two_claims_about_one_person_become_one_sentence(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    found, leads = write(story, group, documents, judge(lambda call: pick(call, "plans to sign")))
    (one,) = leads
    assert one.text == (
        "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday [25 November 2026] and plans to sign the law on bread in May."
    )
    assert found.lead == (one.id,) == ("story-1-lead-1",)
    assert [(c.article, c.sentence) for c in one.citations] == [("herald", 1), ("lens", 1)]
    assert (one.written, one.origins, one.gates, one.support) == (True, 1, (LEAD, JUDGE), 0.9)
    assert found.told == ("herald-s1", "lens-s1")  # or a claim would be told twice


def pick(call: Call, words: str) -> dict[str, str]:
    texts = json.loads(call.constraint.schema)["properties"]
    return {
        "first": min(texts["first"]["enum"], key=len),
        "second": min((text for text in texts["second"]["enum"] if words in text), key=len),
    }


def test_two_claims_about_different_things_stay_two_sentences(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    found, leads = write(story, group, documents, judge(lambda call: pick(call, "was closed")))
    assert [one.text for one in leads] == [
        "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday [25 November 2026].",
        "The harbour of Tarn was closed for an hour on Wednesday [25 November 2026].",
    ]
    assert leads[1].gates == (LEAD,)  # it is its claim, word for word
    assert found.told == ("herald-s1", "post-s1")


def test_the_model_chooses_among_texts_that_plain_code_let_pass(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    by = judge()
    write(story, group, documents, by)
    (call,) = by.model.calls  # type: ignore[attr-defined]
    texts = json.loads(call.constraint.schema)["properties"]
    assert texts["first"]["enum"] == ["President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday."]  # shorter than its claim
    assert not any("friends" in text for text in texts["second"]["enum"])  # a quotation is told in its own line
    for text in (*texts["first"]["enum"], *texts["second"]["enum"]):
        assert not accepted(story, [text], group, documents).sentences  # alone it joins nothing


@pytest.mark.parametrize("believe", [lambda q: 0.2, lambda q: None])
def test_what_the_judge_does_not_let_stand_is_not_told(
    believe: Callable[[Question], float | None], story: Story, group: list[Made], documents: dict[str, Document]
) -> None:
    assert write(story, group, documents, judge(believe=believe)) == (story, [])


@pytest.mark.parametrize("reply", [{}, {"first": "Reth met Marn."}, {"first": "Anna Reth died.", "second": "Jo Marn wept in Tarn."}])
def test_a_reply_that_is_no_lead_costs_nothing(
    reply: Mapping[str, str], story: Story, group: list[Made], documents: dict[str, Document]
) -> None:
    assert write(story, group, documents, judge(lambda call: reply)) == (story, [])


def test_contested_claims_and_quotations_are_not_written_from(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    contested = [one._replace(claim=one.claim.model_copy(update={"conflicts": ("x",)})) for one in group]
    by = judge()
    assert write(story, contested, documents, by) == (story, [])
    assert by.model.calls == []  # type: ignore[attr-defined]


def test_what_shares_nothing_is_not_joined(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    by = judge()
    write(story.model_copy(update={"claims": story.claims[:2]}), group, documents, by)  # the boats of Aster, and who met in Tarn
    assert by.model.calls == []  # type: ignore[attr-defined]


FORGED = {
    "exchanged roles": "Prime Minister Jo Marn met President Anna Reth in Tarn on Wednesday and plans to sign the law on bread in May.",
    "another name": "President Anna Reth met Prime Minister Ida Marn in Tarn on Wednesday and plans to sign the law on bread in May.",
    "another number": "President Anna Reth met 2 prime ministers in Tarn on Wednesday and plans to sign the law on bread in May.",
    "told as done": "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday and signed the law on bread in May.",
    "another's plan": "President Anna Reth met Prime Minister Jo Marn, who plans to sign the law on bread in May.",
    "a day moved": "President Anna Reth met Prime Minister Jo Marn in Tarn in May and plans to sign the law on bread on Wednesday.",
    "one claim": "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday.",
    "no shorter": "President Anna Reth met Prime Minister Jo Marn in Tarn on Wednesday, after a week of quarrels over grain, and President"
    " Anna Reth plans to sign the law on bread in May, after bakers in Velm went on strike.",
    "nothing": "",
}


@pytest.mark.parametrize("why", FORGED)
def test_plain_code_refuses_a_lead_that_no_claims_give(why: str, story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    assert accepted(story, [FORGED[why]], group, documents).refused


def test_a_sentence_too_many_is_no_lead(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    texts = [one.claim.text.replace(" [25 November 2026]", "") for one in group[:3]]
    assert accepted(story, texts, group, documents).refused


def test_the_worked_example_is_what_the_constraint_would_allow(parser: Parser) -> None:
    for example in tasks(("lead",))["lead"].examples:
        claims = parser.parse([line.removeprefix("- ") for line in example.fields["claims"].splitlines()])
        reply = json.loads(example.reply)
        for text in (reply["first"], reply["second"]):
            (n,) = rests(parser.parse([text])[0], claims).claims
            parts = loose(claims[n])
            assert text in {claims[n].text, *("".join(c for k, c in enumerate(claims[n].text) if not a <= k < b) for a, b in parts)}


def test_in_short_a_lead_is_one_line(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    _, leads = write(story, group, documents, judge(lambda call: pick(call, "was closed")))
    one = one_of([leads[0].model_copy(update={"state": "unchanged"}), leads[1].model_copy(update={"state": "new", "support": 0.8})])
    assert one.text == f"{leads[0].text} {leads[1].text}"
    assert one.citations == (*leads[0].citations, *leads[1].citations)
    assert (one.state, one.support) == ("new", 0.8)


# The numbers of this stage


def test_a_lead_stands_for_a_claim_of_which_it_has_two_fifths(parser: Parser) -> None:
    (claim,) = parser.parse(["Bakers in Velm sold bread to sailors."])
    own = sorted(content(claim))
    assert len(own) == 5
    assert _needless(claim, frozenset(own[:2]))
    assert not _needless(claim, frozenset(own[:1]))


def test_the_first_twenty_four_stories_get_a_lead(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    by = judge()
    several = [story.model_copy(update={"id": f"story-{n}"}) for n in range(26)]
    found, _ = led(several, group, documents, judge=by)
    assert len(by.model.calls) == 24  # type: ignore[attr-defined]
    assert [bool(one.lead) for one in found] == [True] * 24 + [False] * 2


def test_how_sure_the_judge_is_has_three_digits(story: Story, group: list[Made], documents: dict[str, Document]) -> None:
    _, leads = write(story, group, documents, judge(lambda call: pick(call, "plans to sign"), lambda question: 0.87654))
    assert [one.support for one in leads] == [0.877]
