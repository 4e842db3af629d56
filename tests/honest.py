"""Briefs of articles made by chance, each verified: `python -m tests.honest 2000` makes so many; the fast suite makes some dozens.

The sentences are those that went wrong somewhere, or could: two spellings of a name, "U.S." and "p.m." at an end, quotations that run on,
copies but for one word, labels, lists, entries of a live blog, columns, other scripts. The model is made by hand, and says by chance what
may go and what is supported. Property: `verify` finds nothing in a brief that `generate` wrote, as it was written and read again.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.brief import Brief
from briefing.errors import NothingToBriefError
from briefing.language.base import Parse, Parser, ParserIdentity
from briefing.model.base import Call, Question
from briefing.output import record_text
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.render import render
from briefing.stages.worth import HEADS
from briefing.types import Article, Finding, Outcome
from briefing.verify import load, verify
from tests.stages.fakes import Reader, choices, embed, made, outcome

DATE = "2026-11-26"
EMPTY = Outcome(id="empty", path="empty.txt", sha256="e" * 64, status="skipped", reason="empty file")
_VIEWS = 10  # of so many briefs one is verified with its view
TOWNS = ("Aster", "Brell", "Dorn", "Kyiv", "Kiev", "Niger", "Nigeria")
PEOPLE = ("Ines Calder", "Tomas Varga", "Volodymyr Zelenskyy", "Volodymyr Zelensky", "Mohammed Salem", "Muhammad Salem", "Miriam Hale")
OUTLETS = ("", "Aster Herald", "Brell Institute", "Reuters", "The Daily Lens")
DAYS = ("", "2026-11-26", "2026-11-25", "2026-11-24", "2026-11-02")
FORMS = ("news", "news", "news", "news", "opinion", "interview", "live blog", "satire", "list")
SENTENCES = (
    "{person}, who has led the town of {town} for many years and lives beside its harbour, said on Monday that {n} workers of the port "
    "are back at their cranes, and that the ferries to the islands will sail again before noon.",
    "{person} said on Tuesday that {n} soldiers had left {town}.",
    "{person} told reporters that the talks in {town} had failed.",
    "{surname} denied that {n} people had been hurt.",
    "He said the council would meet at 5 p.m..",
    "She left {town} on Sunday with {n} others.",
    "The court in {town} fined the company {n} million dollars in the U.S.",
    "Police in {town} arrested {n} people at a march on Tuesday.",
    "Police in {town} reportedly arrested {n} people at a march on Tuesday.",
    "A landslide near {town} killed {n} people on Monday, police said.",
    "A landslide near {town} killed about {n} people on Monday, medics said.",
    "The so-called rebels of {town}, who are thugs, shelled the harbour on Monday.",
    "“We will not leave {town},” {person} said. “Nobody asked us for {n} million.",
    "“The dam at {town} is too dangerous,” {person} said, but {surname} replied: “It has been safe since 2019.”",
    "“{town} must pay {n} crowns,” the mayor said.",
    "However, the government of {town} approved the plan, according to the {outlet}.",
    "The government of {town} disapproved the plan, according to the {outlet}.",
    "The report of the {outlet}, detailed by Bild, says that {n} ships were sold.",
    "The union listed three demands:\n\n- a rise of {n} percent\n- shorter days\n- a new pier in {town}",
    "Mayor Lind: The bridge of {town} will be closed for {n} days.",
    "Q: Will {town} close the bridge?",
    "14:30\n\nThe ferry to {town} was cancelled, the company said.",
    "I think that {town} should never have sold {n} ships.",
    "You should bring water to {town}.",
    "Мэр {town} заявил, что порт снова открыт для {n} рабочих.",
    "The former mayor of {town}, a lawyer, will resign - and {n} others with him - before the end of the year, the {outlet} reported.",
    "**{person}** met the president of {town} in the U.S.",
    "The council of {town} did not vote on Tuesday to spend {n},000 crowns on a new school.",
    "The council of {town} voted on Tuesday to spend {n},000 crowns on a new school.",
    "It was the first strike in {town} since 2019, adding to fears of {n} more.",
    "Cafe\u0301s in {town} opened again\u200b on Monday, {person} wrote.",
)


class Remembering:
    """A parser that parses no sentence twice."""

    def __init__(self, parser: Parser) -> None:
        self._parser, self._known = parser, dict[str, Parse]()

    @property
    def identity(self) -> ParserIdentity:
        return self._parser.identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._parser.parse(new), strict=True))
        return [self._known[text] for text in texts]


def sentence(form: str, variant: int) -> str:
    """Return one of the variants of a sentence; the same number gives the same one."""
    chance = random.Random(f"{form} {variant}")
    person = chance.choice(PEOPLE)
    told = {"person": person, "surname": person.split()[-1], "outlet": chance.choice(OUTLETS[1:]), "town": chance.choice(TOWNS)}
    return form.format(**told, n=chance.randint(2, 40))


def article(chance: random.Random, name: str, variants: int) -> Article:
    """Return an article of a few sentences made by chance."""
    lines = [sentence(chance.choice(SENTENCES), chance.randrange(variants)) for _ in range(chance.randint(1, 6))]
    text = chance.choice((" ", "\n\n", "\n\n")).join(lines)
    if chance.random() < 0.5:
        text = f"{chance.choice(TOWNS)} is told of in the U.S.\n\n{text}"
    fields = {"source": chance.choice(OUTLETS), "published": chance.choice(DAYS), "form": chance.choice(FORMS)}
    return made(text, name, markdown=chance.random() < 0.2, **fields)


def near(chance: random.Random, other: Article, name: str) -> Article:
    """Return a copy of an article, word for word or with one word changed, under another outlet."""
    text = other.text
    for was, now in chance.sample(
        (("killed", "injured"), ("said", "denied"), ("million", "billion"), ("will", "may"), ("Monday", "Sunday")), 2
    ):
        text = text.replace(was, now) if chance.random() < 0.3 else text
    return made(text + "\n\nAll rights reserved.", name, source=chance.choice(OUTLETS), published=chance.choice(DAYS), form=other.form)


def brief(seed: int, parser: Parser, variants: int) -> tuple[Brief, dict[str, Article]] | None:
    """Return a brief of articles made by chance, and the articles; None where nothing of them could be told."""
    chance = random.Random(seed)
    several = [article(chance, f"a{n}", variants) for n in range(chance.randint(1, 4))]
    if chance.random() < 0.4:
        several.append(near(chance, several[0], "copy"))
    for n, one in enumerate(several):
        several[n] = one.model_copy(update={"sha256": f"{n:064x}"})

    def write(call: Call) -> str:
        return chance.choice(choices(call))

    def believe(question: Question) -> float | None:
        return chance.choice((None, 0.0, 0.3, 0.6, 0.7, 0.95, 0.99, 1.0))

    model = Reader(lambda text: [chance.uniform(-1, 6) for _ in HEADS], write)
    model.believe = believe
    every, budget = chance.random() < 0.5, chance.choice((1e9, 1e9, 0.0))
    try:
        given = [*map(outcome, several), *([EMPTY] if chance.random() < 0.2 else [])]
        found = generate(given, parser=parser, embed=embed, model=model, date=DATE, progress=Silent(), every=every, budget=budget)
    except NothingToBriefError:
        return None
    return found, {one.id: one for one in several}


def findings(found: Brief, articles: dict[str, Article], parser: Parser, *, view: bool) -> tuple[Finding, ...]:
    """Verify a brief as it is read again from its record, or also with its `view`, which takes as long as all the rest."""
    again = load(record_text(found), "brief")
    if not isinstance(again, Brief):
        return again
    return verify(
        again, lambda one: outcome(articles[one.id]) if one.id in articles else EMPTY, parser=parser, view=render(found) if view else None
    )


def refused(number: int, parser: Parser, first: int = 0, variants: int = 3) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """Make `number` briefs; yield the seed and the findings of each that `verify` refuses. Few `variants` of sentences are parsed soon."""
    parser = Remembering(parser)
    seed, done = first, 0
    while done < number:
        told = brief(seed, parser, variants)
        if told is not None:
            done += 1
            if wrong := findings(*told, parser, view=done % _VIEWS == 0):
                yield seed, wrong
        seed += 1


def main() -> int:
    """Make as many briefs as the command line says; print those that are refused, and how many."""
    from briefing.config import load_settings
    from briefing.language import english
    from briefing.model import catalog
    from briefing.resources import resource

    entries = catalog.load(resource("models.txt")).parser
    identity = english.identity(entries[0].name, [entry.sha256 for entry in entries])
    parser = english.SpacyParser(load_settings().models / Path(entries[0].place), identity)
    number, start, wrong = int(sys.argv[1]) if len(sys.argv) > 1 else 2000, time.monotonic(), 0
    for seed, found in refused(number, parser, int(sys.argv[2]) if len(sys.argv) > 2 else 0, variants=200):
        wrong += 1
        print(f"seed {seed}: " + "; ".join(f"{one.claim or 'brief'}: {one.check}: {one.detail}" for one in found), flush=True)
    print(f"{wrong} of {number} honest briefs refused, in {time.monotonic() - start:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
