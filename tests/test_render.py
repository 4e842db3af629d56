"""The Markdown view: parts in order, nothing twice, footnotes that lead where they say, and text that stays text."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import arrange
from briefing import page as module
from briefing.brief import ArticleRecord, Brief, LoadedTerm, Omission, Story
from briefing.errors import UsageError
from briefing.render import render
from briefing.stages.edits import DATE
from briefing.types import Article, Edit, Sentence
from tests import briefs
from tests.markdown import Page
from tests.text.test_escape import NASTY, flat


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return briefs.example(tmp_path / "articles")


def hostile(text: str, identity: str = "a") -> Article:
    """An article of one sentence."""
    return Article(
        id=identity,
        path=f"{identity}.txt",
        sha256="00" * 32,
        text=text,
        title=text,
        source=text,
        published=text,
        sentences=(Sentence(number=1, start=0, end=len(text), paragraph=1),),
    )


def test_the_parts_stand_in_order(brief: Brief) -> None:
    assert Page(render(brief)).texts("heading") == [
        "Brief of 21 November 2026",
        "In short",
        "Stories",
        "The port of Aster is open again",
        "Also reported",
        "Who reports what",
        "Loaded language",
        "Left out",
        "Sources",
        "How this was made",
    ]
    assert "2 articles, 5 claims, 3 stories." in render(brief)


def test_every_claim_stands_once_and_a_story_told_above_is_not_told_again(brief: Brief) -> None:
    page = Page(render(brief))
    items = page.texts("list_item")
    for claim in brief.claims:
        assert sum(item.startswith(claim.text) for item in items) == 1
    assert items[:2] == [f"{brief.claims[0].text} (2 files, 1 origin)", brief.claims[3].text]  # the top, in its order
    assert "It carried 85 passengers" not in page.texts("heading")


def test_footnotes_lead_to_exact_quotations(brief: Brief) -> None:
    page = Page(render(brief))
    notes = page.notes()
    assert set(page.marks()) == set(notes) == page.defined()
    for claim in brief.claims:
        for citation in claim.citations:
            note = notes[f"{citation.article}-s{citation.sentence}"]
            assert note == f"{citation.article}, sentence {citation.sentence}: “{flat(citation.quote)}”"
    assert list(notes) == list(dict.fromkeys(page.marks()))  # in order of first use


def test_a_note_says_outlet_and_date_where_they_are_known() -> None:
    article = hostile("It rained in Aster.").model_copy(update={"source": "The Bell", "published": "2026-11-20"})
    story = Story(id="s", headline="Rain", claims=("c",))
    page = Page(render(briefs.brief([article], [briefs.claim("c", "It rained.", (article, 1))], [story])))
    assert page.notes() == {"a-s1": "a, sentence 1 (The Bell, 2026-11-20): “It rained in Aster.”"}


def test_two_claims_share_a_note_and_one_claim_has_each_mark_once() -> None:
    article = hostile("It rained in Aster.")
    claims = [briefs.claim("c", "It rained!", (article, 1), (article, 1)), briefs.claim("d", "Rain.", (article, 1))]
    markdown = render(briefs.brief([article], claims, [Story(id="s", headline="Wet", claims=("c", "d"))]))
    assert Page(markdown).marks() == ["a-s1", "a-s1"]
    assert markdown.count("[^a-s1]:") == 1
    assert Page(markdown).texts("list_item")[:2] == ["It rained!", "Rain."]


def test_opinions_and_conflicts_are_marked() -> None:
    article = hostile("It rained in Aster.").model_copy(update={"source": "", "published": ""})
    claims = [
        briefs.claim("c", "Rain is good.", (article, 1), kind="opinion"),
        briefs.claim("d", "It rained.", (article, 1), conflicts=("e",)),
        briefs.claim("e", "It did not rain.", (article, 1), conflicts=("d",)),
        briefs.claim("f", "He said so.", (article, 1), kind="statement"),
    ]
    story = Story(id="s", headline="Wet", claims=("c", "d", "e", "f"))
    page = Page(render(briefs.brief([article], claims, [story])))
    assert page.texts("list_item")[:2] == ["Rain is good. (opinion)", "He said so."]
    assert page.texts("td")[:6] == ["a", "It rained.", "undated", "a", "It did not rain.", "undated"]


def test_what_several_origins_tell_is_marked_and_counted() -> None:
    first, second = (hostile("It rained in Aster.").model_copy(update={"id": name}) for name in "ab")
    cited = ((first, 1), (second, 1))
    claims = [
        briefs.claim("c", "It rained.", *cited, origins=2, date="2025-05-19"),
        briefs.claim("d", "It poured.", *cited, passed_on=("Bild",), date="2025-05"),
    ]
    told = briefs.brief([first, second], claims, [Story(id="s", headline="Wet", claims=("c", "d"), origins=2, passed_on=("Bild",))])
    page = Page(render(told))
    assert page.texts("list_item")[:2] == [
        "Agreed: It rained. (2 files, 2 origins; 19 May 2025)",
        "It poured. (2 files, 1 origin: Bild; May 2025)",
    ]
    assert "1 agreed on by independent sources, 0 contested" in render(told)
    assert "2 files, 2 origins: Bild" in " ".join(page.texts("paragraph"))
    assert page.texts("td")[:3] == ["Wet", "2", "2"]


def test_loaded_terms_and_omissions_are_grouped(brief: Brief) -> None:
    terms = [
        LoadedTerm(article="harbour", sentence=2, term="Regime", instead="government"),
        LoadedTerm(article="ferry", sentence=1, term="regime", instead="government"),
        LoadedTerm(article="harbour", sentence=4, term="regime", instead="government"),
        LoadedTerm(article="harbour", sentence=4, term="thugs", instead=""),
    ]
    left = [Omission(article="harbour", sentence=n, reason="less important") for n in (5, 1, 2, 3)]
    left.append(Omission(article="ferry", sentence=1, reason="failed the gate of names"))
    page = Page(render(brief.model_copy(update={"language": tuple(terms), "omitted": tuple(left)})))
    cells = page.texts("td")
    cells = cells[cells.index("Regime") :]
    assert cells[:6] == ["Regime", "government", "harbour s2, s4; ferry s1", "thugs", "(not said)", "harbour s4"]
    items = page.texts("list_item")
    assert "Less important (4): harbour s1–s3, s5" in items
    assert items.index("Less important (4): harbour s1–s3, s5") < items.index("Failed the gate of names (1): ferry s1")


def test_reasons_are_grouped_without_their_details(brief: Brief) -> None:
    reasons = [
        "no draft passed (judge: support 0.22); it cannot be quoted",
        "no draft passed (doubt: lost the “may” in “it may (they say) rain”); it cannot be quoted",
        "repeats sentence 3",
        "repeats sentence 12",
        "whom or what “It” means is not clear",
        "says again what 001-bell, sentence 4, says",
        "says again what the second file, sentence 12, says",
        "a copy of 001-bell, sentence 5",
    ]
    left = [Omission(article="harbour", sentence=n, reason=reason) for n, reason in enumerate(reasons, start=1)]
    items = Page(render(brief.model_copy(update={"omitted": tuple(left)}))).texts("list_item")
    assert "No draft passed; it cannot be quoted (2): harbour s1–s2" in items
    assert "Repeats sentence … (2): harbour s3–s4" in items
    assert "Whom or what … means is not clear (1): harbour s5" in items
    assert "Says again what another sentence says (2): harbour s6–s7" in items
    assert "A copy of another sentence (1): harbour s8" in items


def test_rare_reasons_share_a_line(brief: Brief) -> None:
    left = [Omission(article="ferry", sentence=n, reason=reason) for n, reason in enumerate(("a", "b", "c", "d"), 1)]
    left.append(Omission(article="harbour", sentence=1, reason="d"))
    items = Page(render(brief.model_copy(update={"omitted": tuple(left)}))).texts("list_item")
    at = items.index("D (2): ferry s4; harbour s1")
    assert items[at + 1] == "Other (3): ferry s1, a; ferry s2, b; ferry s3, c"


@pytest.mark.parametrize("top", [True, False])
def test_a_claim_that_its_headline_tells_is_not_printed_below_it(brief: Brief, top: bool) -> None:
    first, *others = brief.stories
    claim = brief.claims[0]
    same = first.model_copy(update={"headline": claim.text.rstrip(".")})
    page = Page(render(brief.model_copy(update={"stories": (same, *others), "top": (claim.id,) if top else ()})))
    assert sum(text.startswith(claim.text.rstrip(".")) for text in page.texts("heading")) == 1
    assert sum(text.startswith(claim.text.rstrip(".")) for text in page.texts("list_item")) == top


def test_the_sources_and_how_it_was_made(brief: Brief) -> None:
    lost = ArticleRecord(id="photo", path="photo.png", status="skipped", reason="binary file (PNG)")
    page = Page(render(brief.model_copy(update={"articles": (*brief.articles, lost)})))
    cells = page.texts("td")
    first = brief.articles[0]
    at = cells.index("harbour", 3)
    assert cells[at : at + 7] == ["harbour", "", "", "undated", str(first.sentences), first.sha256[:12], "used"]
    assert cells[-7:] == ["photo", "", "", "", "", "", "skipped: binary file (PNG)"]
    made = page.texts("list_item")[-4:]
    assert made == [
        f"Written by made-by-hand (SHA-256 abababababab) with briefing {brief.run.version} in 1 min 1 s; "
        "tokens: 1,200 read, 300 written, 40 cached.",
        "Drafts that passed each gate: numbers 87 % (7 of 8).",
        "Prompts (SHA-256): draft cdcdcdcdcdcd.",
        "Every claim was checked against the sentences it cites; `briefing verify 2026-11-21.json` checks them again.".replace("`", ""),
    ]


@pytest.mark.parametrize("text", [*NASTY, "[<*_`" * 2000])
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    article = hostile(text)
    story = Story(id="s", headline=text, claims=("c", "d"))
    claims = [briefs.claim("c", text, (article, 1), speaker=text), briefs.claim("d", "It rained.", (article, 1))]
    terms = [LoadedTerm(article="a", sentence=1, term=text, instead=text)]
    left = [Omission(article="a", sentence=1, reason=text)]
    lost = ArticleRecord(id=text, path=text, status="failed", reason=text)
    made = briefs.brief([article], claims, [story], language=terms, omitted=left, articles=[briefs.record(article), lost])
    page = Page(render(made))
    assert page.foreign() == set()
    assert page.marks() == ["a-s1", "a-s1"]
    assert page.defined() == {"a-s1"}
    assert flat(page.texts("list_item")[0]) == "It rained."  # the claim says no more than the headline, and is told by it
    assert flat(text) in [flat(heading) for heading in page.texts("heading")]
    assert f"“{flat(text)}”" in flat(page.notes()["a-s1"])
    assert flat(page.texts("td")[0]) == flat(text)
    assert len(page.texts("td")) == 3 + 2 * 7


def test_odd_file_ids_give_labels_that_are_safe_and_unlike() -> None:
    names = ["a b", "a]b", "a_b", "A_B", "a/b", "статья", "a\nb", ""]
    found = [hostile(f"Sentence of {n}.", name) for n, name in enumerate(names)]
    claims = [briefs.claim("c", "All of them.", *((article, 1) for article in found))]
    markdown = render(briefs.brief(found, claims, [Story(id="s", headline="All", claims=("c",))]))
    page = Page(markdown)
    marks = page.marks()
    assert len({mark.casefold() for mark in marks}) == len(names) == len(page.notes())
    assert marks[:2] == ["a_b-s1", "a_b-2-s1"]
    assert "статья-s1" in marks
    assert page.foreign() == set()


def test_a_brief_without_claims_or_extras_is_still_a_page() -> None:
    page = Page(render(briefs.brief([], [], [])))
    assert page.texts("heading") == ["Brief of 21 November 2026", "Sources", "How this was made"]
    assert page.foreign() == set()


def test_what_the_template_does_not_know_is_fatal(brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, error in (("{{ nothing }}", "'nothing' is undefined"), ("{{ run.tokens }}", "a template prints strings and numbers, not")):
        (tmp_path / "t.j2").write_text(text, encoding="utf-8")
        monkeypatch.setattr(module, "resource", lambda name: tmp_path / "t.j2")
        with pytest.raises(UsageError, match=f"t.j2, line 1: {error}"):
            render(brief)
    (tmp_path / "t.j2").unlink()
    with pytest.raises(UsageError, match=r"t.j2: the template cannot be read: .*No such file"):
        render(brief)


def test_thirty_claims_are_two_pages(tmp_path: Path) -> None:
    """About fifty lines of ninety characters a page, without the footnotes."""
    texts = [f"Claim number {n} says who did what to whom, when, and where, in some fifteen words." for n in range(30)]
    article = hostile("It rained in Aster.")
    claims = [briefs.claim(f"c{n}", text, (article, 1)) for n, text in enumerate(texts)]
    stories = [
        Story(id=f"s{n}", headline=f"A headline of some six words, number {n}", claims=[f"c{3 * n + k}" for k in range(3)])
        for n in range(10)
    ]
    markdown = render(briefs.brief([article] * 5, claims, stories, top=("c0", "c3", "c6")))
    page = Page(markdown)
    blocks = [text for kind in ("heading", "list_item") for text in page.texts(kind)]
    lines = sum(-(-len(text) // 90) for text in blocks) + len(page.texts("heading")) + len(page.texts("td")) // 7
    assert lines <= 110


def test_articles_of_which_nothing_is_told_are_named(brief: Brief) -> None:
    silent = ArticleRecord(id="quiet", path="quiet.txt", sha256="0" * 64, title="A *quiet* day", source="Post", sentences=3, status="used")
    told = render(brief.model_copy(update={"articles": (*brief.articles, silent)}))
    assert "## Not told" in told
    assert "“A *quiet* day” (quiet, Post, undated)" in Page(told).texts("list_item")
    assert "## Not told" not in render(brief)


def test_a_claim_that_has_only_a_date_more_than_its_headline_is_told_by_it(brief: Brief) -> None:
    ferry = brief.claims[3]
    at = ferry.text.index(" for") if " for" in ferry.text else len(ferry.text) - 1
    edit = Edit(start=at, end=at, text=" [20 November 2026]", reason=DATE)
    dated = ferry.model_copy(update={"text": f"{ferry.text[:at]} [20 November 2026]{ferry.text[at:]}", "edits": (edit,)})
    assert arrange.told(ferry.text.rstrip("."), [dated]) is dated
    assert arrange.told(ferry.text.rstrip("."), [dated.model_copy(update={"edits": ()})]) is None
