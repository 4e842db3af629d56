"""The pages as HTML: one file each, which asks for nothing else. Promises that no string of the data becomes HTML, style or script.

The templates run in a sandbox and get plain values only (`data`, dumped). A page allows the style and the script of this program by
their hashes, and nothing besides: no address, no image, no frame, no form.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.resources import resource
from briefing.web.data import Page

_FOLDER = "templates"


def html(page: Page) -> str:
    """Return a page as HTML. The same data gives the same text."""
    return environment().get_template(f"{page.kind}.html.j2").render(values(page))


def values(page: Page) -> dict[str, object]:
    """Return what a template gets: the data of the page, as plain values, under their names."""
    return page.model_dump(mode="json", by_alias=True)


def policy(*more: str) -> str:
    """Return the Content-Security-Policy of a page, with `more` that it allows."""
    allowed = [f"style-src '{_hash(_asset('page.css'))}'", f"script-src '{_hash(_asset('page.js'))}'"]
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", *(more or ("form-action 'none'",))))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return what HTML templates run in: autoescaped, sandboxed, and strict about names."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource(_FOLDER)), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"style": Markup(_asset("page.css")), "script": Markup(_asset("page.js")), "policy": policy()}  # noqa: S704 - ours
    return made


def _asset(name: str) -> str:
    return Path(resource(_FOLDER), name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
