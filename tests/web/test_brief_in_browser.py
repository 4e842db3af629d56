"""The page of a brief in a real browser: every citation leads to its words, and nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from briefing.brief import ArticleRecord, Brief
from briefing.sources.files import read
from briefing.text.escape import visible
from briefing.types import Article
from briefing.web.brief import brief_page
from briefing.web.data import BriefPage, Cite
from briefing.web.html import html
from tests.properties import ROOT
from tests.taped import RECORD
from tests.web import example
from tests.web.conftest import MARKED, Opened, flat, marked, violations

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# Whether each quotation stands beside its claim, in its right half, as high as the claim and no lower.
BESIDE = """(names) => names.map((name) => {
  const tip = document.getElementById(`${name}n`), claim = tip.closest(".claim, h3");
  const box = tip.getBoundingClientRect(), around = claim.getBoundingClientRect();
  return getComputedStyle(tip).visibility === "visible" && box.height > 0 && box.top >= around.top - 1 && box.bottom <= around.bottom + 1
    && box.left > around.left + around.width / 2 && box.right <= around.right + 12;
})"""

FOCUSED = "name => document.activeElement.id === name"  # the browser moves it a moment after the address changed


def known(articles: Mapping[str, Article]) -> Callable[[ArticleRecord], Article | None]:
    """Return what gives the texts of articles."""
    texts = {article.sha256: article for article in articles.values()}
    return lambda record: texts.get(record.sha256)


@pytest.fixture(scope="module")
def seeds() -> BriefPage:
    """The page of the seeds' recorded brief."""
    articles = {outcome.id: outcome.article for outcome in read([ROOT / "seeds"]) if outcome.article is not None}
    return brief_page(Brief.model_validate_json(RECORD.read_text(encoding="utf-8")), known(articles))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BriefPage:
    """The page of the day made by hand."""
    articles = example.articles(tmp_path_factory.mktemp("day") / "articles")
    return brief_page(example.day(articles), known(articles))


def cites(page: BriefPage) -> list[Cite]:
    """Return every citation of a page, in the order of the page."""
    found = [cite for claim in page.top for cite in claim.cites]
    for story in page.stories:
        sides = [side.claim for group in story.contested for side in group]
        found += [*story.cites, *(cite for claim in (*story.lead, *story.agreed, *sides, *story.single) for cite in claim.cites)]
    return found


@pytest.mark.parametrize("options", [{}, PHONE, {"java_script_enabled": False}], ids=["desk", "phone", "no script"])
def test_every_citation_shows_exactly_its_quotation_in_view(seeds: BriefPage, opened: Opened, options: dict[str, object]) -> None:
    page = opened(html(seeds), **options)
    expected = cites(seeds)
    assert len(expected) > 10
    for cite, found in zip(expected, marked(page, (cite.anchor for cite in expected)), strict=True):
        assert found["text"] == flat(visible(cite.quote)), cite.anchor
        assert found["seen"], (cite.anchor, cite.quote)
        assert found["color"] != "rgba(0, 0, 0, 0)"
        assert found["articles"] == 1


def test_the_edits_of_a_claim_are_shown_and_only_that_claim_s(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    edited = {cite.quote: cite for cite in cites(made) if cite.edited}
    for cite in edited.values():
        page.locator(f"#{cite.anchor}").click()
        found = page.evaluate(MARKED)
        assert found["ins"] == [run.text for run in cite.runs if run.kind == "added"]
        assert found["del"] == [run.text for run in cite.runs if run.kind == "cut"]
    assert len(edited) == 3
    heading = made.stories[0].cites[0]  # the same sentence, told without an edit
    page.locator(f"#{heading.anchor}").click()
    assert page.evaluate(MARKED)["ins"] == []


def test_the_quotation_shows_on_hover_and_on_focus_and_goes_with_escape(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    cite = made.top[0].cites[1]
    tip = page.locator(f"#{cite.anchor}n")
    assert not tip.is_visible()
    page.locator(f"#{cite.anchor}").hover()
    tip.wait_for(state="visible")
    assert cite.quote in tip.inner_text()
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    page.mouse.move(5, 5)
    page.locator(f"#{made.top[0].cites[0].anchor}").focus()
    page.keyboard.press("Tab")
    tip.wait_for(state="visible")
    assert page.locator(f"#{cite.anchor}").get_attribute("aria-describedby") == f"{cite.anchor}n"


def test_citations_of_a_claim_are_stepped_through_and_the_focus_is_kept(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    first, second = made.top[0].cites
    page.locator(f"#{first.anchor}").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Source 1 of 2").wait_for()
    page.wait_for_function(FOCUSED, arg=first.anchor)
    page.get_by_role("button", name="Next citation").click()
    page.get_by_text("Source 2 of 2").wait_for()
    assert page.evaluate(MARKED)["text"] == second.quote
    page.wait_for_function(FOCUSED, arg=second.anchor)
    assert page.get_by_role("button", name="Next citation").is_disabled()
    page.keyboard.press("Enter")  # once more: into the article
    assert page.evaluate("document.querySelector('#articles').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.locator("#articles").wait_for(state="hidden")
    page.wait_for_function(FOCUSED, arg=second.anchor)


def test_going_back_and_a_reload_show_what_the_address_says(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    first, second = made.top[0].cites
    page.locator(f"#{first.anchor}").click()
    page.locator(f"#{second.anchor}").click()
    page.go_back()
    assert page.evaluate(MARKED)["text"] == first.quote
    page.reload()
    assert page.evaluate(MARKED)["text"] == first.quote
    assert page.locator(".cite[aria-current]").count() == 1


def test_where_the_publisher_s_address_is_known_a_link_leads_to_the_sentence(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    cite = made.top[0].cites[0]
    page.locator(f"#{cite.anchor}").click()
    link = page.locator("#articles .out.at:visible")
    assert link.get_attribute("href") == (
        "https://bell.example/2026/port-opens?page=1&lang=en#story:~:text=The%20port%20of%20Aster,the%20harbour%20office%20said."
    )
    assert link.get_attribute("rel") == "noopener noreferrer"
    undated = made.top[1].cites[0]
    page.locator(f"#{undated.anchor}").click()
    assert page.locator("#articles .out:visible").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_filter_shows_these_claims_and_no_others(made: BriefPage, opened: Opened, script: bool) -> None:
    page = opened(html(made), java_script_enabled=script)
    for name in ("agreed", "contested", "single", "new"):
        page.locator(f"label:has(#show-{name})").click()
        shown = page.locator(".claim:not(h3):visible").evaluate_all("all => all.map((one) => one.className)")
        assert len(shown) == page.locator(f".claim:not(h3).{name}").count() > 0
        assert all(name in classes.split() for classes in shown)
        assert page.locator(".story:visible").count() == page.locator(f".story:has(.claim.{name})").count()
    page.locator("label:has([value=all])").click()
    assert page.locator(".claim:not(h3):visible").count() == page.locator(".claim:not(h3)").count()


def test_search_finds_claims_and_sentences_of_articles(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    page.keyboard.press("/")
    page.keyboard.type("bakér lind")
    assert page.locator(".claim:not(h3):visible").all_inner_texts()[0].startswith("“We were never told,”")
    assert page.locator(".claim:not(h3):visible").count() == 1
    assert page.locator(".hits a").all_inner_texts() == ["“We were never told,” said the baker Tove Lind."]
    page.locator(".hits a").click()
    assert page.evaluate(MARKED)["text"] == "“We were never told,” said the baker Tove Lind."
    page.locator(".search").fill("newsletter")
    assert page.locator(".nothing").inner_text() == "No claim says that; the articles have it."
    page.locator(".search").fill("zzz")
    assert page.locator(".nothing").inner_text() == "Nothing like that is here."
    page.locator(".search").press("Escape")
    assert page.locator(".claim:not(h3):visible").count() == page.locator(".claim:not(h3)").count()
    assert page.locator(".nothing:visible").count() == 0


def test_keys_move_and_are_quiet_with_a_modifier_and_in_a_field(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    at = "document.activeElement.closest('.claim, h3')?.id"
    page.keyboard.press("j")
    first = page.evaluate(at)
    page.keyboard.press("j")
    second = page.evaluate(at)
    assert (first, second) == (made.top[0].anchor, made.top[1].anchor)
    page.keyboard.press("k")
    assert page.evaluate(at) == first
    for key in ("Control+j", "Meta+j", "Alt+j", "Control+n", "Alt+/"):
        page.keyboard.press(key)
        assert page.evaluate(at) == first
    page.keyboard.press("n")
    page.wait_for_function(FOCUSED, arg=made.top[0].cites[0].anchor)
    page.keyboard.press("n")
    page.wait_for_function(FOCUSED, arg=made.top[0].cites[1].anchor)
    page.keyboard.press("n")
    page.wait_for_function(FOCUSED, arg=made.top[1].cites[0].anchor)
    page.keyboard.press("p")
    page.wait_for_function(FOCUSED, arg=made.top[0].cites[1].anchor)
    assert page.evaluate(MARKED)["text"] == made.top[0].cites[1].quote
    page.keyboard.press("Escape")
    assert page.evaluate(MARKED) is None
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jn?k")
    assert page.locator(".search").input_value() == "jn?k"
    assert not page.locator("dialog").is_visible()


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_no_violation(made: BriefPage, opened: Opened, options: dict[str, object]) -> None:
    page = opened(html(made), **options)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator(f"#{made.top[0].cites[0].anchor}").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert violations(page) == []


def test_dark_is_dark(made: BriefPage, opened: Opened) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    assert opened(html(made), color_scheme="dark").evaluate(colour) == "rgb(22, 22, 20)"
    assert opened(html(made)).evaluate(colour) == "rgb(252, 251, 248)"


def test_nothing_is_wider_than_the_window(made: BriefPage, opened: Opened) -> None:
    """A window of 640 is one of 1,280 at 200 %."""
    page = opened(html(made))
    for _ in range(2):
        for width in (320, 390, 640, 800, 1100):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        page.locator(f"#{made.top[0].cites[0].anchor}").click()


def test_print_has_the_sources_beside_the_claims_and_no_articles(made: BriefPage, opened: Opened) -> None:
    page = opened(html(made))
    page.locator(f"#{made.top[0].cites[0].anchor}").click()
    page.emulate_media(media="print")
    assert page.locator("#articles").is_hidden()
    assert page.locator(".tools").is_hidden()
    places = page.evaluate(BESIDE, [cite.anchor for cite in cites(made)])
    assert all(places), [cite.quote for cite, fits in zip(cites(made), places, strict=True) if not fits]
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
