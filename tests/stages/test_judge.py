"""The judge asks about a claim and its sentences, and keeps the order of what it was asked."""

from briefing.pipeline import tasks
from briefing.stages.judge import question, support
from tests.stages.fakes import FakeModel


def test_the_cited_sentences_are_the_shared_part_and_on_one_line() -> None:
    asked = question(tasks()["support"], "A claim.", ["One\nsentence.", "Another  one."])
    assert "One sentence. Another one." in asked.prompt.shared
    assert "A claim." in asked.prompt.text
    assert "A claim." not in asked.prompt.shared


def test_judgements_come_in_the_order_of_the_claims() -> None:
    model = FakeModel(believe=lambda q: 0.1 if "first" in q.prompt.text else None if "third" in q.prompt.text else 0.8)
    found = support(model, tasks()["support"], [("first", ["a"]), ("second", ["b"]), ("third", ["c"])])
    assert [j.probability for j in found] == [0.1, 0.8, None]
    assert support(model, tasks()["support"], []) == []
