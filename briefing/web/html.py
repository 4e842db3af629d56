"""The pages as HTML: one file each, which asks for nothing else. Promises that no string of the data becomes HTML, style or script.

The templates run in a sandbox and get plain values only (`data`, dumped). A page allows the style and the script of this program by
their hashes, and nothing besides: no address, no image, no frame, and a form only where a server gives the page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.page import OURS, template_text, told
from briefing.resources import resource
from briefing.text.escape import visible
from briefing.web.data import AnswerPage, Page

_FOLDER = "templates"
_MAIN = '<main id="main" tabindex="-1">\n'
_HINT = "the data of a page is described by `briefing schema page`"


def html(page: Page, template: Path | None = None, *, home: str = "") -> str:
    """Return a page as HTML, by a `template` of one's own if it is named. The same data gives the same text.

    `home` is the address of the list of days where a server gives the page: it then has a field for questions, and may send them there.
    Raises UsageError for a template that cannot be read, or that asks for what is not there.
    """
    view = {**values(page), "home": home, "policy": policy("form-action 'self'" if home else "form-action 'none'")}
    if template is None:
        name = f"{page.kind}.html.j2"
        with told(resource(_FOLDER) / name, OURS):
            return environment().get_template(name).render(view)
    text = template_text(template, _HINT)
    with told(template, _HINT):
        return environment().from_string(text).render(view)


def begun(title: str, home: str) -> str:
    """Return the beginning of the page of an answer, up to where its text begins: it can be sent before there is an answer."""
    waiting = AnswerPage(
        schema="briefing-page/1", title=title, answerable=False, claims=(), nearest=(), made="", excerpts=False, articles=()
    )
    before, mark, _ = html(waiting, home=home).partition(_MAIN)
    return before + mark


def ended(page: AnswerPage, home: str) -> str:
    """Return the rest of the page that `begun` began."""
    return html(page, home=home).partition(_MAIN)[2]


def progress(line: str) -> str:
    """Return a line that says how far an answer is. It is gone from the page when the answer is there."""
    return str(Markup('<p class="progress">{}</p>\n').format(visible(line)))


def values(page: Page) -> dict[str, object]:
    """Return what a template gets: the data of the page, as plain values, under their names."""
    return page.model_dump(mode="json", by_alias=True)


def policy(*more: str) -> str:
    """Return the Content-Security-Policy of a page, with `more` than its style and its script."""
    allowed = f"style-src '{_hash(_asset('page.css'))}'", f"script-src '{_hash(_asset('page.js'))}'"
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", *more))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return what HTML templates run in: autoescaped, sandboxed, and strict about names."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource(_FOLDER)), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"style": Markup(_asset("page.css")), "script": Markup(_asset("page.js"))}  # noqa: S704 - ours
    return made


def _asset(name: str) -> str:
    return Path(resource(_FOLDER), name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
