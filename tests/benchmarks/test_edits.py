"""Labelled claims are what their labels say, on invented sentences; the same input gives the same claims, and length tells no label."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.text.articles import article
from tests.benchmarks import edits
from tests.benchmarks.edits import FALSE, TRUE, Claim, Names, Scene

BRIDGE = (
    "Anna Reth opened the new bridge. Peter Lund said the work took four years. "
    "Anna Reth said the bridge was safe. Ida Moss said it was late."
)
ARTICLE = """---
title: A bridge opens
source: The Velm Courier
date: 2026-03-02
---

# A bridge opens

Ida Moss, the mayor of Velm, thanked the drivers on Monday. The city spent $7.5 million on five bridges in Velm.

Anna Reth opened the new library on Tuesday. She praised the builders and closed the old library in Velm.

Peter Lund, an engineer in Osk, said the work took four years and cost more than 300 jobs. The company plans to sell its ships in Osk.

The union sued the company over unpaid wages on Friday, and the court closed two shops. Prosecutors said the banker stole three paintings.
"""


def document(text: str, parser: Parser, path: str = "day/a.md") -> Document:
    return Document(article(path, path, "0" * 64, text, markdown=True), parser)


def scene(text: str, parser: Parser, number: int = 1, base: str = "whole") -> Scene:
    read = document(text, parser)
    context = tuple(sentence.number for sentence in read.article.sentences)
    return Scene(read.parse(number), read, number, context, Names([read]), random.Random(1), base)


@pytest.mark.parametrize(
    ("kind", "text", "claim"),
    [
        ("cut", "Anna Reth, a judge in Brell, closed the old port.", "Anna Reth closed the old port."),
        ("main_clause", "However, Anna Reth, a judge in Brell, closed the port.", "Anna Reth closed the port."),
        ("attribution_reworded", "Anna Reth said the bridge was safe for cars.", "According to Anna Reth, the bridge was safe for cars."),
        ("attribution_reworded", "Anna Reth said the bridge was safe for cars.", "The bridge was safe for cars, Anna Reth said."),
        ("attribution_off", "Anna Reth, who leads the harbour board, said the bridge was safe.", "Anna Reth leads the harbour board."),
        ("adjunct_off", "The council approved the budget on Monday.", "The council approved the budget."),
        ("clause_fact", "The mayor left because the council had rejected the budget.", "The council had rejected the budget."),
        ("voice", "The police arrested three men in the harbour.", "Three men were arrested by the police in the harbour."),
        ("voice", "Three men were arrested by the police in the harbour.", "The police arrested three men in the harbour."),
        ("reordered", "On Monday, the council approved the budget.", "The council approved the budget on Monday."),
        ("number_form", "The city spent $7.5 million on five bridges.", "The city spent $7,500,000 on five bridges."),
        ("number_form", "The city spent $7.5 million on five bridges.", "The city spent $7.5 million on 5 bridges."),
        ("short_form", "The court did not close the factory.", "The court didn’t close the factory."),
        ("split", "The company closed two shops and hired 40 drivers.", "The company hired 40 drivers."),
        ("appositive_fact", "Anna Reth, the mayor of Velm, closed the old port.", "Anna Reth is the mayor of Velm."),
        ("dropped_words", "The guard met the thief who robbed the bank in Osk.", "The guard robbed the bank in Osk."),
        ("dropped_words", "The mayor was praised by the voters in Velm.", "The mayor praised the voters in Velm."),
        ("dropped_words", "Most of the drivers signed the letter.", "The drivers signed the letter."),
        ("dropped_constituent", "The council will close the school if the roof leaks again.", "The council will close the school."),
        ("dropped_constituent", "The company will hire up to 500 workers in Osk.", "The company will hire 500 workers in Osk."),
        ("dropped_constituent", "Prosecutors said the banker stole three paintings.", "The banker stole three paintings."),
        ("roles", "The union sued the company over unpaid wages.", "The company sued the union over unpaid wages."),
        ("agents", BRIDGE, "Peter Lund opened the new bridge."),
        (
            "names",
            "The train runs from Paris to the port. Ships sail to Madrid. Paris and Madrid share a railway.",
            "from Madrid to the port.",
        ),
        ("numbers", "The storm damaged 340 houses in the valley.", "houses in the valley."),
        ("units", "The repair cost $25 million last year.", "The repair cost $25 billion last year."),
        ("units", "The repair cost $25 million last year.", "The repair cost €25 million last year."),
        ("negation", "The council approved the budget on Monday.", "The council did not approve the budget on Monday."),
        ("negation", "The court did not close the factory.", "The court closed the factory."),
        ("hedge", "The army may close the road to the port.", "The army will close the road to the port."),
        ("hedge", "The driver was charged with fraud.", "The driver was convicted of fraud."),
        ("hedge", "The company plans to sell the ship.", "The company has sold the ship."),
        (
            "attribution_moved",
            "Anna Reth said the bridge was safe. Peter Lund said the work took years.",
            "Peter Lund said the bridge was safe.",
        ),
        ("time_moved", "The bridge fell after the storm hit the coast.", "The bridge fell before the storm hit the coast."),
        (
            "joined",
            "The ferry sank near Osk, and the mayor opened a new library.",
            "The ferry sank near Osk because the mayor opened a new library.",
        ),
        ("comparison", "Prices rose 5% in the last quarter.", "Prices fell 5% in the last quarter."),
        ("comparison", "More than 300 people joined the march.", "Fewer than 300 people joined the march."),
        ("ordinal", "The team won its first title in the spring.", "The team won its second title in the spring."),
    ],
)
def test_each_kind_makes_its_edit(kind: str, text: str, claim: str, parser: Parser) -> None:
    made = list({**TRUE, **FALSE}[kind](scene(text, parser)))
    assert any(one.endswith(claim) for one in made), made
    assert text not in made


def test_a_neighbour_lends_its_subject_and_is_joined(parser: Parser) -> None:
    text = "Peter Lund left the stadium early. Anna Reth opened the new library."
    assert list(FALSE["subject_borrowed"](scene(text, parser, 2))) == ["Peter Lund opened the new library."]
    both = next(TRUE["two_sentences"](scene(text, parser, 2)))
    assert both.startswith("Peter Lund left the stadium early, ")
    assert both.endswith(" Anna Reth opened the new library.")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("roles", "The minister met the ambassador."),
        ("dropped_words", "Ida Moss is a baker who studies bees."),
        ("dropped_constituent", "The two men who robbed the bank were arrested."),
        ("attribution_off", "Anna Reth said the bridge, which spans the Osk, was safe."),
        ("split", "The company did not close two shops and hire 40 drivers."),
        ("adjunct_off", "Nobody closed the port on Monday."),
        ("units", "About 40 percent of voters agreed."),
    ],
)
def test_what_could_stay_true_or_say_more_is_left_out(kind: str, text: str, parser: Parser) -> None:
    assert list({**TRUE, **FALSE}[kind](scene(text, parser))) == []


def test_verbs_are_inflected() -> None:
    assert [edits.past(v) for v in ("sell", "plan", "deny", "close", "panic", "visit")] == [
        "sold",
        "planned",
        "denied",
        "closed",
        "panicked",
        "visited",
    ]
    assert [edits.inflected("see", tag) for tag in ("VBD", "VBN", "VBZ", "VB", "NN")] == ["saw", "seen", "sees", "see", ""]


def test_texts_are_tidied() -> None:
    assert edits.tidy("the port ,  , closed") == "The port, closed."
    assert edits.changed("He is an officer.", (9, 16, "doctor")) == "He is a doctor."
    assert edits.changed("Ships sail.", (0, 5, "a"), (3, 8, "b")) == ""


@pytest.mark.slow
def test_the_claims_of_an_article(parser: Parser) -> None:
    documents = {"day/a.md": document(ARTICLE, parser)}

    def made() -> list[list[Claim]]:
        return edits.claims(edits.sources(documents, 1), Names(documents.values()), parser, 1)

    found = made()
    assert found == made()
    every = [claim for known in found for claim in known]
    assert {claim.kind for claim in every if claim.label} <= {"whole", *TRUE}
    assert {claim.kind for claim in every if not claim.label} <= set(FALSE)
    told = {claim.text: claim.label for claim in every}
    assert told["Ida Moss is the mayor of Velm."] == 1
    assert told["The company has sold its ships in Osk."] == 0
    assert any(text.startswith("Anna Reth praised the builders") and label for text, label in told.items())
    assert all(text[0].isupper() or not text[0].isalpha() for text in told)


def synthetic() -> list[list[Claim]]:
    """Return claims of which the false ones are shorter as a rule."""
    rng = random.Random(0)
    found = []
    for n in range(300):
        of = rng.randint(10, 40)
        known = [Claim("whole", 1, f"whole {n}", of, of)]
        for kind, label, low in (("cut", 1, 0.4), ("voice", 1, 0.8), ("negation", 0, 0.3), ("roles", 0, 0.2), ("names", 0, 0.5)):
            words = max(4, round(of * rng.uniform(low, 1.1)))
            known += [Claim(kind, label, f"{kind} {n} {m}", words, of) for m in range(2)]
        found.append(known)
    return found


def test_length_tells_nothing_about_the_label() -> None:
    made = synthetic()
    taken = edits.sample(made, 600, 1)
    assert taken == edits.sample(made, 600, 1)
    labels = Counter(claim.label for _, claim in taken)
    assert labels[0] == labels[1] > 100
    assert max(Counter((n, claim.kind) for n, claim in taken).values()) <= edits.PER_KIND
    figures = edits.told(taken, [{"context": [claim.text]} for _, claim in taken])
    for name in ("length", "ratio to the source"):
        assert edits.BAND[0] <= figures[name] <= edits.BAND[1]
    assert edits.below_floor(made, taken) == []
    assert edits.below_floor(made, [one for one in taken if one[1].kind != "roles"]) == ["roles"]


@pytest.mark.slow
def test_records_hold_what_is_learned_from(parser: Parser, tmp_path: Path) -> None:
    folder = tmp_path / "2026-03-02"
    folder.mkdir()
    (folder / "a.md").write_text(ARTICLE, encoding="utf-8")
    documents = edits.documents_of([folder, tmp_path / "none"], parser)
    some = edits.sources(documents, 1)
    taken = edits.sample(edits.claims(some, Names(documents.values()), parser, 1), 60, 1)
    lines = edits.records(some, taken)
    assert lines
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        assert set(line) == {"id", "document", "kind", "label", "context", "claim"}
        assert line["document"] == "2026-03-02/a.md"
        assert isinstance(line["context"], list)
        assert 1 <= len(line["context"]) <= 3
        assert json.loads(json.dumps(line)) == line
    contexts = {
        (n, tuple(map(str, line["context"]))) for (n, _), line in zip(taken, lines, strict=True) if isinstance(line["context"], list)
    }
    assert len(contexts) == len({n for n, _ in contexts})  # one context for all claims of a source
    assert "false" in edits.table(taken)
