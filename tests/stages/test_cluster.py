"""Articles of one event come together, those of other events or other days never; every article is in exactly one event."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.similarity import Rarity, cosine
from briefing.stages import cluster
from briefing.stages.cluster import events, opening
from tests.cpu import within
from tests.stages.fakes import document, embed

DAY = "2026-11-25"
FERRY = (
    "Ferry sinks off Tarn\n\nThe ferry Marit sank in a storm off Tarn on Tuesday night. Six people died when the ferry sank. "
    "Police arrested the captain of the ferry.",
    "Six dead as ferry sinks\n\nSix people were killed when the ferry Marit sank off Tarn in a storm. "
    "The captain of the ferry was arrested.",
    "Captain of sunken ferry held\n\nThe captain of the ferry Marit, which sank off Tarn with six dead, was arrested by police on Tuesday.",
)
BANK = (
    "Bank of Orlin keeps its rate\n\nThe central bank of Orlin left its key rate at 4.25 percent. Its governor warned of weak growth.",
    "Key rate unchanged in Orlin\n\nOrlin’s central bank kept the key rate at 4.25 percent and warned of weak growth in the economy.",
)
MATCH = ("Osk win the cup\n\nOsk beat Brell 3-1 in the final of the Harbour Cup. The goalkeeper of Osk saved a penalty.",)


def grouped(texts: list[tuple[str, str, str]], parser: Parser) -> list[list[str]]:
    documents = [document(text, parser, name, published=day) for name, text, day in texts]
    return events(documents, embed([opening(one) for one in documents]))


def names(prefix: str, texts: tuple[str, ...], day: str = DAY) -> list[tuple[str, str, str]]:
    return [(f"{prefix}{n}", text, day) for n, text in enumerate(texts)]


def test_each_event_is_one_group(parser: Parser) -> None:
    found = grouped([*names("f", FERRY), *names("b", BANK), *names("m", MATCH)], parser)
    assert found == [["f0", "f1", "f2"], ["b0", "b1"], ["m0"]]


def test_the_order_of_the_articles_changes_no_group(parser: Parser) -> None:
    texts = [*names("f", FERRY[:2]), *names("b", BANK), *names("m", MATCH)]
    groups = {frozenset(map(frozenset, grouped(list(order), parser))) for order in list(permutations(texts))[::17]}
    assert len(groups) == 1


@pytest.mark.parametrize(("other", "together"), [("2026-11-26", True), ("2026-11-28", True), ("2026-11-29", False), ("2025-11-25", False)])
def test_articles_of_other_days_are_never_one_event(parser: Parser, other: str, together: bool) -> None:
    found = grouped([("old", FERRY[0], DAY), ("new", FERRY[0], other)], parser)
    assert (len(found) == 1) is together


def test_no_chain_of_days_joins_what_lies_far_apart(parser: Parser) -> None:
    days = ["2026-11-01", "2026-11-04", "2026-11-07", "2026-11-10"]
    for group in grouped([(day, FERRY[0], day) for day in days], parser):
        assert int(group[-1][-2:]) - int(group[0][-2:]) <= 3


def test_an_undated_article_joins_by_what_it_tells(parser: Parser) -> None:
    assert grouped([("a", FERRY[0], DAY), ("u", FERRY[1], ""), ("b", BANK[0], DAY)], parser) == [["a", "u"], ["b"]]


def test_one_article_and_none(parser: Parser) -> None:
    assert grouped([("a", FERRY[0], DAY)], parser) == [["a"]]
    assert events([], np.zeros((0, 384), np.float32)) == []


def test_an_article_without_words_is_an_event_of_its_own(parser: Parser) -> None:
    assert grouped([("a", "", DAY), ("b", "— . …", DAY), ("c", FERRY[0], DAY)], parser) == [["a"], ["b"], ["c"]]


def test_the_opening_is_the_title_and_the_first_words(parser: Parser) -> None:
    one = document("Ferry sinks off Tarn\n\n" + "The ferry sank in a storm off Tarn. " * 60, parser)
    assert opening(one).startswith("Ferry sinks off Tarn. The ferry sank")
    assert len(opening(one).split()) < 70


@given(st.lists(st.tuples(st.sampled_from([*FERRY, *BANK, *MATCH, ""]), st.sampled_from([DAY, "2026-11-29", ""])), max_size=9))
@pytest.mark.slow
def test_every_article_is_in_exactly_one_event(parser: Parser, drawn: list[tuple[str, str]]) -> None:
    found = grouped([(f"{n:02}", text, day) for n, (text, day) in enumerate(drawn)], parser)
    flat = [name for group in found for name in group]
    assert sorted(flat) == [f"{n:02}" for n in range(len(drawn))]
    assert all(group == sorted(group) for group in found)
    assert found == sorted(found)
    days = {f"{n:02}": day for n, (_, day) in enumerate(drawn)}
    for group in found:
        assert len({days[name] for name in group if days[name]}) <= 1


@pytest.mark.slow
def test_hundreds_of_articles_take_seconds(parser: Parser) -> None:
    documents: list[Document] = []
    for n in range(300):
        text = f"Vote in town {n}\n\nThe council of Town{n} voted to spend {n * 13 + 7} crowns on school Alpha{n % 50}."
        documents.append(document(text, parser, f"{n:03}", published=DAY))
    for one in documents:
        one.parse(1)
    with within(20):
        found = events(documents, embed([opening(one) for one in documents]))
    assert sum(map(len, found)) == 300


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_groups_are_those_of_average_link_over_all_pairs(number: int, seed: int) -> None:
    """Pairs that are not near count as not alike at all; what is of other days is in no group together."""
    chance = np.random.default_rng(seed)
    days = [cluster.Days({int(day)} if day else ()) for day in chance.integers(0, 9, number)]
    near: list[dict[int, float]] = [
        {m: float(chance.random()) for m in range(n + 1, number) if chance.random() < 0.6 and cluster._same_days(days[n], days[m])}
        for n in range(number)
    ]
    never = 1e6
    distances = [
        2 - near[n].get(m, 0) if cluster._same_days(days[n], days[m]) else never for n in range(number) for m in range(n + 1, number)
    ]
    labels = fcluster(linkage(np.array(distances), method="average"), t=2 - 0.35, criterion="distance") if number > 1 else np.array([1])
    groups = [[n for n in range(number) if labels[n] == label] for label in dict.fromkeys(labels.tolist())]
    assert cluster.average(near, days, cluster._same_days, 0.35) == groups


def test_a_long_chain_of_pairs_is_joined_in_time_that_does_not_run_away() -> None:
    near = [{n + 1: 0.5} for n in range(20_000)] + [{}]
    with within(5):
        groups = cluster.average(near, [cluster.Days()] * len(near), cluster._same_days, 0.35)
    assert {len(group) for group in groups} <= {1, 2, 3}


# The numbers of this stage


def two(parser: Parser, day: str) -> list[Document]:
    """Return two articles that share a few words; the other one is of `day`."""
    return [
        document("The ferry Marit sank off Tarn. Six people of Velm died in the night.", parser, "a", published=DAY),
        document("The ferry Marit left Orlin for Osk. Waves were high on the coast.", parser, "b", published=day),
    ]


def words_alike(documents: list[Document]) -> float:
    """Return how alike the first two are in words."""
    counted = [cluster.head_terms(one) for one in documents]
    rarity = Rarity(counted)
    found = cosine(rarity.vector(counted[0]), rarity.vector(counted[1]))
    assert 0.1 < found < 0.3
    return found


@pytest.mark.parametrize(
    ("day", "likeness", "together"),
    [(DAY, 0.51, 1), (DAY, 0.49, 0), ("", 0.81, 1), ("", 0.79, 0), ("2026-11-27", 0.77, 1), ("2026-11-27", 0.75, 0)],
)
def test_two_articles_are_one_event_by_their_meaning_and_half_their_words(parser: Parser, day: str, likeness: float, together: int) -> None:
    """From 0.5 on, by three tenths more where one has no date, and by 0.13 for each day between them."""
    documents = two(parser, day)
    meant = likeness - words_alike(documents) / 2
    vectors = np.array([[1, 0], [meant, (1 - meant**2) ** 0.5]], np.float32)
    assert len(events(documents, vectors)) == 2 - together


@pytest.mark.parametrize(
    ("crowd", "likeness", "together"), [(0.5, 0.51, 1), (0.5, 0.49, 0), (0.6, 0.61, 1), (0.6, 0.59, 0), (0.75, 0.67, 1), (0.75, 0.65, 0)]
)
def test_in_a_crowd_only_what_is_more_alike_is_one_event(parser: Parser, crowd: float, likeness: float, together: int) -> None:
    """By as much as the five nearest are alike by more than half in the mean, at most by 0.16."""
    documents = [*two(parser, DAY), *(document("", parser, f"{n}", published="2026-01-01") for n in range(4))]
    meant = likeness - words_alike(documents) / 2
    alike = np.full((6, 6), 0.75)  # of the four to each other
    alike[:2, 2:] = alike[2:, :2] = (5 * crowd - meant) / 4
    alike[0, 1] = alike[1, 0] = meant
    np.fill_diagonal(alike, 1)
    vectors = np.linalg.cholesky(alike).astype(np.float32)
    assert len(events(documents, vectors)) == 6 - together


def test_a_small_pile_is_no_crowd(parser: Parser) -> None:
    """Two articles that are one event by themselves are so with a third beside them that is as near."""
    documents = [*two(parser, DAY), document("", parser, "c", published=DAY)]
    alike = np.full((3, 3), 0.6)
    np.fill_diagonal(alike, 1)
    assert events(documents, np.linalg.cholesky(alike).astype(np.float32)) == [["a", "b"], ["c"]]


@pytest.mark.parametrize(("day", "together"), [("2026-11-24", 1), ("2026-11-25", 0)])
def test_articles_of_one_event_lie_three_days_apart_at_most(parser: Parser, day: str, together: int) -> None:
    text = "The ferry Marit sank off Tarn. Six people of Velm died in the night."
    documents = [document(text, parser, "a", published="2026-11-21"), document(text, parser, "b", published=day)]
    assert len(events(documents, np.ones((2, 1), np.float32))) == 2 - together


def test_an_article_is_known_by_its_first_sixty_words_and_forty_sentences(parser: Parser) -> None:
    one = document(" ".join(f"Diver Orla{n} swam." for n in range(45)), parser)
    assert opening(one).split()[-60:] == " ".join(f"Diver Orla{n} swam." for n in range(20)).split()
    assert {term for term in cluster.head_terms(one) if term.startswith("orla")} == {f"orla{n}" for n in range(40)}
