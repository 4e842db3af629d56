"""Who does what to whom in a sentence, and how it stands there, by the real parser."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib import resources

import pytest

from briefing.language.base import Parse
from briefing.language.facts import Fact, facts
from briefing.language.parties import same
from briefing.language.standing import Standing

Reading = Callable[[str], Parse]


def fact(parse: Parse, lemma: str) -> Fact:
    return next(one for one in facts(parse) if one.lemma == lemma)


def who(one: Fact) -> dict[str, list[str]]:
    return {place: [party.shown for party in several] for place, several in one.parties.items()}


@pytest.mark.parametrize(
    ("text", "lemma", "parties"),
    [
        ("Velm lent Tarn 40 million crowns.", "lend", {"s": ["Velm"], "to": ["Tarn"], "o": ["crowns"]}),
        ("The fund borrowed 80 crowns from the Dunholt bank.", "lend", {"to": ["fund"], "o": ["crowns"], "s": ["Dunholt bank"]}),
        ("Norrline was sued by the city of Kessin.", "sue", {"o": ["Norrline"], "s": ["city of Kessin"]}),
        ("Rosa Lund was succeeded by Piet Haan.", "succeed", {"o": ["Rosa Lund"], "s": ["Piet Haan"]}),
        ("The plan was approved by 61 votes to 38.", "approve", {"o": ["plan"], "by": ["votes"], "to": ["38"]}),
        ("Piet Haan replaced Rosa Lund.", "succeed", {"s": ["Piet Haan"], "o": ["Rosa Lund"]}),
        ("Marsk lost to Halden.", "beat", {"o": ["Marsk"], "s": ["Halden"]}),
        ("Lind denied reports that Rehn had resigned.", "resign", {"s": ["Rehn"]}),
        ("No one but the treasurer voted against it.", "vote", {"s": ["treasurer"], "against": ["it"]}),
        ("Orlo and Vale met in Kessin.", "meet", {"s": ["Orlo", "Vale"], "in": ["Kessin"]}),
    ],
)
def test_parties_stand_in_their_places_whatever_the_verb_and_its_voice(
    text: str, lemma: str, parties: dict[str, list[str]], parse: Reading
) -> None:
    assert who(fact(parse(text), lemma)) == parties


def test_whose_a_thing_is_and_whom_a_title_names(parse: Reading) -> None:
    assert who(fact(parse("The flag of Velm was burnt."), "flag of")) == {"of": ["Velm"]}
    assert who(fact(parse("He met judge Pia Orn."), "judge named")) == {"of": ["judge Pia Orn"]}


def test_a_predicate_is_the_fact(parse: Reading) -> None:
    assert who(fact(parse("The airport stayed open."), "open")) == {"s": ["airport"]}


def test_parties_that_can_be_one(parse: Reading) -> None:
    (full, short, other, people) = (
        fact(parse(text), "resign").parties["s"][0]
        for text in ("Donald Roth resigned.", "Mr Roth resigned.", "Ivana Lund resigned.", "Two ministers resigned.")
    )
    assert same(full, short)
    assert not same(full, other)
    assert not same(full, people)
    assert people.plural


CERTAIN = Standing()


@pytest.mark.parametrize(
    ("text", "lemma", "standing"),
    [
        ("They paid the workers.", "pay", CERTAIN),
        ("They did not pay the workers.", "pay", CERTAIN._replace(denied=True)),
        ("They didn’t pay the workers.", "pay", CERTAIN._replace(denied=True)),
        ("They no longer pay the workers.", "pay", CERTAIN._replace(denied=True)),
        ("They denied that they had not paid the workers.", "pay", CERTAIN),
        ("They failed to pay the workers.", "pay", CERTAIN._replace(denied=True)),
        ("Finch has no obligation to pay the workers.", "pay", CERTAIN._replace(denied=True)),
        ("Auditors found no evidence that Finch paid the workers.", "pay", CERTAIN._replace(denied=True)),
        ("Finch has no plans to pay the workers.", "pay", CERTAIN._replace(denied=True, open="ahead")),
        ("Finch had no choice but to pay the workers.", "pay", CERTAIN),
        ("Finch gave no reason for paying the workers.", "pay", CERTAIN),
        ("Police have no doubt that Finch paid the workers.", "pay", CERTAIN),
        ("Police did not doubt that Finch paid the workers.", "pay", CERTAIN),
        ("Police doubt that Finch paid the workers.", "pay", CERTAIN._replace(denied=True)),
        ("She stopped short of accusing Orlin.", "accuse", CERTAIN._replace(denied=True)),
        ("Neither the mayor nor the council approved it.", "approve", CERTAIN._replace(denied=True)),
        ("Police suspect Piet Haan of setting the fire.", "set", CERTAIN._replace(alleged=True)),
        ("A court acquitted Rosa Lund of poisoning the well.", "poison", CERTAIN._replace(alleged=True, denied=True)),
        ("He pleaded not guilty to stealing the money.", "steal", CERTAIN._replace(alleged=True, denied=True)),
        ("Prosecutors dropped the charge that Orlo forged it.", "forge", CERTAIN._replace(alleged=True, denied=True)),
        ("Two brothers are on trial for smuggling weapons.", "smuggle", CERTAIN._replace(alleged=True)),
        ("He is said to have left the bridge.", "leave", CERTAIN._replace(alleged=True)),
        ("The council plans to close the hall.", "close", CERTAIN._replace(open="ahead")),
        ("Nurses threatened to close the ward.", "close", CERTAIN._replace(open="ahead")),
        ("The council will close the hall.", "close", CERTAIN._replace(open="ahead")),
        ("The council might close the hall.", "close", CERTAIN._replace(open="may")),
        ("The airline will cancel flights unless it ends.", "cancel", CERTAIN._replace(open="ahead", condition=True)),
    ],
)
def test_how_it_stands(text: str, lemma: str, standing: Standing, parse: Reading) -> None:
    assert fact(parse(text), lemma).standing == standing


def test_what_was_not_parsed_has_no_facts() -> None:
    assert facts(Parse("Velm lent Tarn 40 million crowns.")) == ()


def test_a_group_of_lemmas_stands_in_one_file() -> None:
    folder = resources.files("briefing.language") / "data"
    several = [tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in ("saying", "standing", "asking")]
    groups = [group for held in several for group in held]
    assert sorted(groups) == sorted(set(groups))
