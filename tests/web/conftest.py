"""A real browser for the pages: Debian's Chromium, driven by Playwright. Without it tests are skipped, or where CI=true they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

Opened = Callable[..., Page]

# What is marked: its text without what a claim puts in, its edits, and whether it begins in view of its article.
MARKED = """() => {
  const mark = document.querySelector("#articles :target");
  if (!mark) return null;
  const shown = (node) => node.getClientRects().length > 0;
  const plain = (node) => node.nodeType === 3 ? node.data
    : node.nodeName === "INS" || !shown(node) ? "" : [...node.childNodes].map(plain).join("");
  const edits = (name) => [...mark.querySelectorAll(name)].filter(shown).map((one) => one.textContent);
  const box = mark.getBoundingClientRect(), shelf = document.querySelector("#articles").getBoundingClientRect();
  const bar = document.querySelector("#articles .bar").getBoundingClientRect();
  return {
    text: plain(mark).replace(/\\s+/g, " ").trim(), ins: edits("ins"), del: edits("del"), color: getComputedStyle(mark).backgroundColor,
    seen: box.top >= bar.bottom && box.top < Math.min(shelf.bottom, innerHeight) - 20 && box.left >= shelf.left && box.right <= innerWidth,
    articles: [...document.querySelectorAll("#articles article")].filter(shown).length,
  };
}"""
CLICK = """(name) => {
  const cite = document.getElementById(name);
  cite.scrollIntoView({ block: "center" });
  cite.click();
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    if CHROMIUM is None:
        missing = "no Chromium: `apt-get install chromium`"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Return what opens HTML from a file. At the end, nothing but the file was asked for, and the console is empty."""
    asked: list[str] = []
    said: list[str] = []
    files: list[str] = []
    contexts = []

    def request(one: Request) -> None:
        asked.append(one.url.partition("#")[0])

    def message(one: ConsoleMessage) -> None:
        said.append(one.text)

    def dialog(one: object) -> None:
        said.append(f"dialog: {one}")

    def open_(html: str, **options: object) -> Page:
        file = tmp_path / f"page{len(files)}.html"
        file.write_text(html, encoding="utf-8")
        files.append(file.as_uri())
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", request)
        page.on("console", message)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", dialog)
        page.on("popup", lambda popup: said.append(f"popup: {popup.url}"))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert set(asked) <= set(files)
    assert said == []


def violations(page: Page) -> list[object]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def flat(text: str) -> str:
    return " ".join(text.split())


def marked(page: Page, anchors: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Click on citations one after the other, and yield what is marked then. A script may take its turn in between, and none is needed."""
    for anchor in anchors:
        page.evaluate(CLICK, anchor)
        yield page.evaluate(MARKED)
