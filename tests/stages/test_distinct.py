"""Nothing is said twice, and what two articles say is never taken for the same, nor for one matter."""

from briefing.pipeline import tasks
from briefing.stages.distinct import distinct
from briefing.stages.ground import Grounded, Tally
from briefing.stages.matters import matters
from briefing.stages.plan import Plan, plan
from briefing.stages.select import Pick
from briefing.text.reference import Reader
from briefing.types import Claim
from tests.stages.fakes import FakeModel, made

TEXT = (
    "Aster sold 40 ships to the company of Brell on Monday. The company of Brell bought 40 ships from Aster at last. "
    "Mayor Ines Calder opened a school for 85 children in Dorn."
)


def grounded(*names: str) -> list[Grounded]:
    found = []
    for name in names:
        reader = Reader(made(TEXT, name))
        for sentence in reader.article.sentences:
            planned = plan(reader, sentence.number)
            assert isinstance(planned, Plan)
            text = reader.text(sentence.number)
            claim = Claim(id="-", text=text, kind="fact", support=0.9, citations=(reader.article.cite(sentence.number),))
            found.append(Grounded(Pick(reader, planned, 3.0 - sentence.number), claim))
    return found


def run(claims: list[Grounded], p: float | None) -> tuple[list[int], list[str], int]:
    model, tally = FakeModel(believe=lambda question: p), Tally()
    kept, omitted = distinct(claims, model=model, task=tasks()["same"], tally=tally)
    return [g.pick.plan.sentence for g in kept], [o.reason for o in omitted], len(model.questions)


def test_the_weightier_stays_and_the_other_names_it() -> None:
    assert run(grounded("a"), 0.9) == ([1, 3], ["says again what sentence 1 says"], 1)


def test_what_the_judge_does_not_confirm_stays() -> None:
    assert run(grounded("a"), 0.2)[0] == [1, 2, 3]
    assert run(grounded("a"), None)[0] == [1, 2, 3]
    assert run([], 0.9) == ([], [], 0)


def test_claims_of_two_articles_are_never_compared() -> None:

    assert run(grounded("a", "b"), 0.1)[2] == 2


def test_matters_hold_every_claim_once_and_never_two_articles() -> None:
    claims = grounded("a", "b")
    groups = matters(claims)
    assert sorted(n for group in groups for n in group) == list(range(6))
    for group in groups:
        assert group == sorted(group)
        assert len({claims[n].pick.reader.article.id for n in group}) == 1
    assert matters([]) == []
    assert matters(claims[:1]) == [[0]]
