"""The pages of a diff, an answer and a timeline in a real browser, and articles that attack: nothing runs, is fetched, or hides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.brief import ArticleRecord, LoadedTerm, Omission, Story
from briefing.sources.files import read
from briefing.stages.retold import Source
from briefing.text.escape import visible
from briefing.types import Article
from briefing.web.answer import answer_page
from briefing.web.brief import brief_page
from briefing.web.data import AnswerPage, Cite, DiffPage, TimelinePage
from briefing.web.diff import diff_page
from briefing.web.html import html
from briefing.web.timeline import timeline_page
from tests import briefs
from tests.test_attacks import ATTACKS, FOLDER
from tests.text.test_escape import NASTY
from tests.web import example
from tests.web.conftest import Opened, flat, marked, violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("lent")]


def known(days: Sequence[Source]) -> Callable[[ArticleRecord], Article | None]:
    return lambda record: next((text for text in (day.text(record) for day in days) if text), None)


@pytest.fixture(scope="module")
def difference() -> DiffPage:
    found, days = example.two_days()
    return diff_page(found, known(days))


@pytest.fixture(scope="module")
def story() -> TimelinePage:
    found, days = example.story()
    records = {(day.brief.date, record.id): record for day in days for record in day.brief.articles}
    return timeline_page(found, lambda date, name: records[date, name], known(days))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[AnswerPage, AnswerPage]:
    articles = example.articles(tmp_path_factory.mktemp("day") / "articles")
    texts = {article.sha256: article for article in articles.values()}
    one, other = example.answers(articles)
    return answer_page(one, lambda record: texts.get(record.sha256)), answer_page(other, lambda record: texts.get(record.sha256))


def shows(page: Page, cites: Sequence[Cite]) -> None:
    """Assert that each citation shows its quotation."""
    found = list(marked(page, (cite.anchor for cite in cites)))
    assert [one["text"] for one in found] == [flat(cite.quote) for cite in cites]
    assert all(one["seen"] for one in found)


def test_a_diff_shows_both_sides_with_the_value_that_changed(difference: DiffPage, opened: Opened) -> None:
    page = opened(html(difference))
    assert page.locator("h2").filter(visible=True).all_inner_texts() == ["NEW", "CHANGED", "DROPPED", "AS BEFORE", "EDITED ARTICLES"]
    change = page.locator(".group", has_text="Changed").locator(".change").first
    assert change.locator(".detail").inner_text() == "26 ships → 31 ships"
    assert change.locator(".old del").all_inner_texts() == ["26"]
    assert change.locator(".claim:not(.old) ins").all_inner_texts() == ["31"]
    left, right = change.locator(".claim").nth(0).bounding_box(), change.locator(".claim").nth(1).bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    changes = [change for group in difference.groups for change in group.changes]
    shows(page, [cite for change in changes for side in (change.old, change.new) if side for cite in side.cites])
    editions = {article.edition for article in difference.articles if article.id == "harbour"}
    assert editions == {"20 November 2026", "21 November 2026"}
    assert violations(page) == []


def test_a_timeline_has_a_plot_with_named_axes_and_cited_values(story: TimelinePage, opened: Opened) -> None:
    page = opened(html(story), color_scheme="dark")
    assert {"ship", "date of the brief", "26", "31", "12"} <= set(page.locator("svg text").all_text_contents())
    assert page.locator(".value b").all_inner_texts() == ["26 ships", "31 ships", "12 ships"]
    (thread,) = story.threads
    shows(page, [cite for value in thread.series[0].points for cite in value.cites])
    shows(page, [cite for day in thread.days for entry in day.entries for cite in entry.claim.cites])
    assert violations(page) == []


def test_an_answer_and_what_comes_closest(answers: tuple[AnswerPage, AnswerPage], opened: Opened) -> None:
    answer, none = answers
    page = opened(html(answer))
    assert page.locator("h1").inner_text() == "How many workers are back?"
    shows(page, [cite for claim in answer.claims for cite in claim.cites])
    assert violations(page) == []
    page = opened(html(none), java_script_enabled=False)
    assert "Not in the sources." in page.locator("main").inner_text()
    shows(page, [near.cite for near in none.nearest])


# What attacks

HOSTILE = [
    *NASTY,
    "</style></script><script>alert(1)</script>",
    "<img src=http://evil.example/x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "--><svg onload=alert(1)>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)',
    "&lt;script&gt;",
    "]]><iframe srcdoc='<script>alert(1)</script>'>",
]


INSIDE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    scripts: document.scripts.length,
    styles: document.styleSheets.length,
    foreign: all("img, iframe, object, embed, video, audio, link, base, meta[http-equiv=refresh], svg, form[action]").length,
    handlers: all("*").flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith("on")),
    addresses: [...new Set(all("a").map((one) => one.protocol))].sort(),
    ids: all("[id]").length - new Set(all("[id]").map((one) => one.id)).size,
    dead: all('a[href^="#"]').filter((one) => !document.getElementById(one.hash.slice(1))).length,
  };
}"""


def attacked() -> tuple[list[Article], list[str]]:
    """Return the articles that attack, those of files first, and what each says in its sentences."""
    files = [outcome.article for outcome in read([FOLDER / name for name in ATTACKS]) if outcome.article is not None]
    made = [
        Article.model_validate(
            {
                "id": f"{n} {text[:40]}",
                "path": f"{n}.txt",
                "sha256": f"{n:064x}",
                "text": text,
                "title": text,
                "source": text,
                "published": text,
                "url": text if n % 2 else f"https://a.example/{text}",
                "sentences": [{"number": 1, "start": 0, "end": len(text), "paragraph": 1}],
            }
        )
        for n, text in enumerate(HOSTILE)
    ]
    return [*files, *made], HOSTILE


def test_articles_that_attack_are_text(opened: Opened, tmp_path: Path) -> None:
    articles, hostile = attacked()
    assert len(articles) >= 60
    claims = [
        briefs.claim(f"c{n}", visible(article.quote(number)).strip() or "x", (article, number), speaker=hostile[n % len(hostile)])
        for n, (article, number) in enumerate((article, min(2, len(article.sentences))) for article in articles)
    ]
    claims += [briefs.claim(f"d{n}", "It rained.", (articles[0], 1), conflicts=(f"d{1 - n}",), speaker=hostile[4]) for n in (0, 1)]
    brief = briefs.brief(
        articles,
        claims,
        [Story(id=f"s{n}", headline=text or "x", claims=tuple(c.id for c in claims[n :: len(hostile)])) for n, text in enumerate(hostile)],
        articles=[briefs.record(article).model_copy(update={"url": article.url, "reason": article.title}) for article in articles],
        language=[LoadedTerm(article=articles[n].id, sentence=1, term=text, instead=text) for n, text in enumerate(hostile) if text],
        omitted=[Omission(article=articles[n].id, sentence=1, reason=text) for n, text in enumerate(hostile)],
        top=("c0", "c1"),
    )
    texts = {article.id: article for article in articles}
    data = brief_page(brief, lambda record: texts.get(record.id))
    for script in (True, False):
        page = opened(html(data), java_script_enabled=script)
        found = page.evaluate(INSIDE)
        assert set(found.pop("addresses")) <= {"file:", "http:", "https:"}
        assert found == {"scripts": 1, "styles": 1, "foreign": 0, "handlers": [], "ids": 0, "dead": 0}
        cites = [cite for story in data.stories for claim in (*story.single, *story.agreed) for cite in claim.cites]
        for cite, one in zip(cites, marked(page, (cite.anchor for cite in cites)), strict=True):
            assert one["text"] == flat(cite.quote)
    shown = page.locator("body").inner_text()
    assert not [c for c in "\u202e\u202d\u2066\u200b\ufeff\x00\x1b" if c in shown]


def test_a_policy_stands_where_the_templates_would_fail(browser: Browser, tmp_path: Path) -> None:
    """A script that came into the page all the same would not run, and nothing could be fetched."""
    planted = "<script>document.title = 'run'</script><img src='https://a.example/x.png'><b onclick=\"document.title='run'\">b</b></main>"
    (tmp_path / "page.html").write_text(html(answer_of()).replace("</main>", planted), encoding="utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    page.get_by_text("b", exact=True).click()
    assert page.title() == "q"
    assert len([text for text in refused if "Content Security Policy" in text]) == 3
    page.close()


def answer_of() -> AnswerPage:
    return AnswerPage(schema="briefing-page/1", title="q", answerable=False, claims=(), nearest=(), made="m", excerpts=False, articles=())
