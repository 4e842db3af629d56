"""The data of the pages: what stands where, what is shown of articles, what is known of the publisher's page, and how large it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief import Brief, Omission, Story
from briefing.errors import UsageError
from briefing.sources.files import read
from briefing.types import Article, Edit, Sentence
from briefing.web.addresses import address, to_sentence
from briefing.web.answer import answer_page
from briefing.web.brief import brief_page
from briefing.web.data import BriefPage, Run
from briefing.web.html import html
from briefing.web.shelf import edited_runs
from tests import briefs
from tests.properties import ROOT
from tests.web import example


@pytest.fixture
def articles(tmp_path: Path) -> dict[str, Article]:
    return example.articles(tmp_path / "articles")


def page_of(brief: Brief, articles: dict[str, Article], *, excerpts: bool = False) -> BriefPage:
    texts = {article.sha256: article for article in articles.values()}
    return brief_page(brief, lambda record: texts.get(record.sha256), excerpts=excerpts)


def test_what_is_agreed_contested_and_single_stands_apart(articles: dict[str, Article]) -> None:
    page = page_of(example.day(articles), articles)
    story, ferry = page.stories
    assert [claim.standing for claim in page.top] == ["agreed", "single"]
    assert [[side.who for side in sides] for sides in story.contested] == [
        ["The Aster Bell", "the union"],
        ["The Aster Bell", "Brell Courier"],
    ]
    assert [claim.text[:9] for claim in story.single] == ["The other", "“We were ", "[Ines Cal"]
    assert [(claim.text, claim.opinion) for claim in ferry.single] == [("It carried 85 passengers on its first trip.", True)]
    assert page.counts.model_dump() == {"all": 10, "agreed": 1, "contested": 4, "single": 5, "new": 4}
    assert (page.outlets, [row.counts for row in page.matrix]) == (("The Aster Bell", "Brell Courier", "wire"), [(5, 4, 0), (0, 0, 2)])
    assert page.since == "Since the brief of 20 November 2026: 2 new, 1 newly corroborated, 1 newly disputed"


def test_a_lead_stands_in_short_or_in_its_story_and_for_what_it_tells_whole(articles: dict[str, Article]) -> None:
    brief = example.day(articles)
    known = {claim.id: claim for claim in brief.claims}
    lead = known["c1"].model_copy(update={"id": "s1-lead-1", "text": "The port of Aster reopened.", "written": True, "edits": ()})
    stories = (brief.stories[0].model_copy(update={"lead": (lead.id,), "told": ("c10",)}), brief.stories[1])
    brief = brief.model_copy(update={"leads": (lead,), "stories": stories})
    page = page_of(brief, articles)
    assert [(claim.text, claim.written) for claim in page.top] == [(lead.text, True), (known["c8"].text, False)]
    assert page.stories[0].lead == ()
    assert [claim.text for claim in page.stories[0].agreed] == [known["c1"].text]
    assert [claim.text[:9] for claim in page.stories[0].single] == ["“We were ", "[Ines Cal"]
    below = page_of(brief.model_copy(update={"top": ()}), articles).stories[0]
    assert [(claim.text, claim.written) for claim in below.lead] == [(lead.text, True)]
    assert [claim.text for claim in below.agreed] == [known["c1"].text]


def test_a_contested_claim_at_the_top_stands_beside_the_other_side_too(articles: dict[str, Article]) -> None:
    brief = example.day(articles)
    page = page_of(brief.model_copy(update={"top": ("c2",)}), articles)
    assert [side.claim.text for side in page.stories[0].contested[0]] == [
        "Some 300 dock workers are back at work.",
        "The union counts only 180 workers who have returned.",
    ]


def test_loaded_wording_says_what_became_of_its_sentence(articles: dict[str, Article]) -> None:
    brief = example.day(articles)
    (term,) = page_of(brief, articles).wording
    assert term.term == "so-called"
    assert [fate for fate, _ in term.fates] == ["the sentence is left out: cannot be told without the loaded wording …"]
    told = brief.model_copy(update={"omitted": (), "language": (brief.language[0].model_copy(update={"sentence": 5, "term": "Some 300"}),)})
    assert [fate for fate, _ in page_of(told, articles).wording[0].fates] == ["told inside a quotation"]
    cut = brief.model_copy(update={"language": (brief.language[0].model_copy(update={"sentence": 5, "term": "many of whom"}),)})
    assert [fate for fate, _ in page_of(cut, articles).wording[0].fates] == ["the sentence is told without it"]


def test_every_target_is_on_the_page_and_every_anchor_once(articles: dict[str, Article]) -> None:
    for excerpts in (False, True):
        page = page_of(example.day(articles), articles, excerpts=excerpts)
        sentences = [sentence for article in page.articles for paragraph in article.paragraphs for sentence in paragraph]
        anchors = [sentence.anchor for sentence in sentences] + [version.anchor for s in sentences for version in s.versions]
        assert len(set(anchors)) == len(anchors)
        cites = [cite for claim in page.top for cite in claim.cites]
        assert {cite.target for cite in cites} <= set(anchors)
        places = [place for reason in page.left_out for place in reason.places]
        assert {place.target for place in places if place.target} <= set(anchors)
        assert excerpts or all(place.target for place in places)


def test_excerpts_have_cited_sentences_their_neighbours_and_nothing_else(articles: dict[str, Article]) -> None:
    page = page_of(example.day(articles), articles, excerpts=True)
    bell = next(article for article in page.articles if article.id == "bell")
    shown = [sentence for paragraph in bell.paragraphs for sentence in paragraph]
    cited = {sentence.number for sentence in shown if sentence.cited}
    assert {sentence.number for sentence in shown} == {
        n for c in cited for n in (c - 1, c, c + 1) if 1 <= n <= len(articles["bell"].sentences)
    }
    assert shown[0].gap
    assert not bell.whole
    text = html(page)
    assert "title: &#34;Port of Aster" not in text
    assert "Of the articles only the cited sentences" in text
    assert "title: &#34;Port of Aster" in html(page_of(example.day(articles), articles))


def test_an_article_that_nobody_knows_any_more_is_shown_by_its_quotations(articles: dict[str, Article]) -> None:
    page = page_of(example.day(articles), {})
    assert {article.known for article in page.articles} == {False}
    texts = ["".join(run.text for run in sentence.runs) for a in page.articles for paragraph in a.paragraphs for sentence in paragraph]
    assert "The union counts only 180 workers who have returned." in texts
    assert all(cite.target for claim in page.top for cite in claim.cites)


def test_sentences_that_are_split_otherwise_now_are_shown_by_their_quotations(articles: dict[str, Article]) -> None:
    """A file that is the same, but of which the program of today makes other sentences."""
    brief = example.day(articles)
    bell = articles["bell"]
    whole = Sentence(number=1, start=0, end=len(bell.text), paragraph=1)
    page = page_of(brief, {**articles, "bell": bell.model_copy(update={"sentences": (whole,)})})
    shown = next(article for article in page.articles if article.id == "bell")
    assert not shown.known
    assert {s.number for paragraph in shown.paragraphs for s in paragraph} == {
        c.sentence for k in brief.claims for c in k.citations if c.article == "bell"
    }


def test_no_path_of_a_file_is_on_a_page(articles: dict[str, Article], tmp_path: Path) -> None:
    assert str(tmp_path) not in html(page_of(example.day(articles), articles))


@given(st.text("ab. “é\u202e\u200b\n", min_size=1, max_size=30), st.data())
def test_runs_are_the_quotation_with_what_is_cut_and_without_what_is_put_in(quote: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(quote)), max_size=4, unique=True)))
    edits = [
        Edit(start=7 + a, end=7 + b, text=data.draw(st.sampled_from(["", "[x]"])), reason="aside")
        for a, b in zip(places[::2], places[1::2], strict=False)
        if a < b
    ]
    article = Article(
        id="a", path="", sha256="0" * 64, text=f"before {quote}", sentences=(Sentence(number=1, start=7, end=7 + len(quote), paragraph=1),)
    )
    runs = edited_runs(article.cite(1), edits)
    plain = not {"\n", "\u202e", "\u200b"} & set(quote)
    assert not plain or "".join(run.text for run in runs if run.kind != "added") == quote
    assert [run.text for run in runs if run.kind == "added"] == [edit.text for edit in edits if edit.text]


def test_edits_that_do_not_fit_are_not_shown() -> None:
    article = Article(id="a", path="", sha256="0" * 64, text="It rained.", sentences=(Sentence(number=1, start=0, end=10, paragraph=1),))
    assert edited_runs(article.cite(1), [Edit(start=5, end=90, reason="aside")]) == (Run(text="It rained."),)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z=2#part", "https://a.example/x?y=1&z=2#part"),
        (" http://a.example/ä b\"'<>", "http://a.example/%C3%A4%20b%22'%3C%3E"),
        *(
            (url, "")
            for url in (
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//a.example",
                "a.example",
                "",
                "http://",
                "http://[",
            )
        ),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str, shown: str) -> None:
    assert address(url) == shown


def test_a_text_fragment_names_the_sentence() -> None:
    assert to_sentence("https://a.example/", "It rained, again & well-nigh everywhere.") == (
        "https://a.example/#:~:text=It%20rained%2C%20again%20%26%20well%2Dnigh%20everywhere."
    )
    assert to_sentence("https://a.example/#x", "one two three four five six seven eight nine") == (
        "https://a.example/#x:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
    )
    assert to_sentence("", "It rained.") == ""


# Size


def many(number: int) -> tuple[Brief, dict[str, Article]]:
    """Make a brief of as many articles, the seeds over and over: 120 claims at most, and every other sentence left out."""
    seeds = [outcome.article for outcome in read([ROOT / "seeds"]) if outcome.article is not None]
    found: dict[str, Article] = {}
    for n in range(number):
        seed = seeds[n % len(seeds)]
        found[f"{n:04}-{seed.id}"] = seed.model_copy(
            update={"id": f"{n:04}-{seed.id}", "sha256": f"{n:064x}", "source": f"Outlet {n % 40}"}
        )
    some = list(found.values())[:120]
    claims = [briefs.claim(f"c{n}", article.quote(4), (article, 4), (some[n - 1], 5)) for n, article in enumerate(some)]
    stories = [Story(id=f"s{n}", headline=claims[n].text, claims=tuple(c.id for c in claims[n::20])) for n in range(min(20, len(claims)))]
    left = [Omission(article=a.id, sentence=s.number, reason=f"weighs less than {s.number}") for a in found.values() for s in a.sentences]
    return briefs.brief(list(found.values()), claims, stories, omitted=left), found


@pytest.mark.slow
def test_fifteen_articles_are_a_small_page_and_a_thousand_show_what_is_cited() -> None:
    page = page_of(*many(15))
    assert all(article.whole for article in page.articles)
    assert len(html(page).encode()) < 300_000
    page = page_of(*many(1000))
    assert page.excerpts
    assert len(page.articles) == 120
    assert len(page.outlets) == 12
    assert len(html(page).encode()) < 3_000_000


# Templates of one's own


def test_a_template_of_one_s_own_gets_the_data_and_nothing_else(articles: dict[str, Article], tmp_path: Path) -> None:
    page = page_of(example.day(articles), articles)
    own = tmp_path / "own.html.j2"
    own.write_text(
        "{{ title }}: {% for one in top %}<p>{{ one.text }}</p>{% endfor %}{{ stories[0].contested[0][1].who }}", encoding="utf-8"
    )
    assert html(page, own).startswith("Brief of 21 November 2026: <p>The port of Aster reopened on Monday [16 November 2026]")
    own.write_text('{% extends "brief.html.j2" %}{% block footer %}<p>Ours &amp; theirs</p>{% endblock %}', encoding="utf-8")
    assert "<p>Ours &amp; theirs</p>" in html(page, own)
    for text, said in (
        ("{{ nothing }}", "'nothing' is undefined"),
        ("\n{% if %}", "line 2"),
        ("{{ title.__class__ }}", "unsafe"),
        ("{{ top.append(1) }}", "unsafe|safely"),
        ('{% include "../pyproject.toml" %}', "pyproject"),
        ("{{ 1 / 0 }}", "division"),
    ):
        own.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=said):
            html(page, own)
    with pytest.raises(UsageError, match="no such file"):
        html(page, tmp_path / "none.j2")


def test_a_record_of_an_article_that_was_not_read_is_a_row_of_the_sources(articles: dict[str, Article]) -> None:
    rows = page_of(example.day(articles), articles).sources
    assert [(row.id, row.status, row.reason, bool(row.target)) for row in rows][-1] == ("photo", "skipped", "binary file (PNG)", False)
    assert all(row.target for row in rows[:-1])


@pytest.mark.parametrize("instead", [True, False])
def test_what_is_told_instead_of_an_answer_is_said_to_be(articles: dict[str, Article], instead: bool) -> None:
    told, _ = example.answers(articles)
    texts = {article.sha256: article for article in articles.values()}
    page = html(answer_page(told.model_copy(update={"instead": instead}), lambda record: texts.get(record.sha256)))
    assert ("They say instead" in page) is instead
