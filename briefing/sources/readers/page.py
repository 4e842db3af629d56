"""A web page to its article: text by trafilatura, with what the page hides taken out first; its title, outlet, date and address.

Comments, tables and menus are left out. Whether it is the whole article is said by `briefing.sources.readers.whole`.
"""

from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.sources.readers.base import Extract, UnreadableError
from briefing.sources.readers.whole import lacking

if TYPE_CHECKING:
    from trafilatura.settings import Document

_LAST = re.compile(r"(.+\S)\s+[-–—|·:»]\s+([^-–—|·»]{2,40})")
_DATED = {"original_date": True, "extensive_search": False}


class PageReader:
    """Reads .html: one article, or none."""

    name = "page"
    apart = True

    @property
    def version(self) -> str:
        """Return the version of trafilatura, and of our own part behind it."""
        return f"{metadata.version('trafilatura')}+1"

    def read(self, data: bytes, address: str = "") -> list[Extract]:
        """Return the article of a page; none where it has no text."""
        return article(data, address)


def article(data: bytes, address: str = "", *, layout: bool = False) -> list[Extract]:
    """Return the article of a page's bytes. With `layout`, tables only lay it out, as in mail. Raises UnreadableError."""
    from lxml import html
    from trafilatura import load_html

    from briefing.sources.readers.hidden import shown

    tree = load_html(data)
    if tree is None:
        raise UnreadableError("no HTML that can be read")
    page = html.tostring(shown(tree), encoding="unicode")
    found = None if layout else _extracted(page, address)
    if found is None or not found.text:  # old pages are laid out by tables, too
        found = _extracted(page, address, layout=True)
    text = paragraphs(found.text or "") if found is not None else ""
    if found is None or not text:
        return []
    own = address or found.url  # a page may call itself anything
    outlet = _outlet(line(found.sitename or ""))
    values = {"title": _title(line(found.title or ""), outlet, own or ""), "source": outlet, "published": found.date, "url": own}
    fields = {name: line(value) for name, value in values.items() if value and line(value)}
    return [Extract(text, fields, "" if layout else lacking(text, tree.text_content(), data))]


def _extracted(page: str, address: str, *, layout: bool = False) -> Document | None:
    """Return what trafilatura finds; with `layout`, tables are taken for the blocks that they lay out."""
    from lxml import html
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = html.fromstring(page)
    for element in tree.iter("table", "tbody", "thead", "tr", "td", "th", "center") if layout else ():
        element.tag = "div"
    found = bare_extraction(
        tree,
        url=address or None,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATED,
    )
    return found if isinstance(found, Document) else None


def _outlet(name: str) -> str:
    """Return the name of an outlet; of one that is an address, its host."""
    return (urlsplit(name).hostname or name).removeprefix("www.") if "://" in name else name


def _title(title: str, outlet: str, address: str) -> str:
    """Return a title without the name of its outlet at its end ("Harbour closes – The Lind Post")."""
    match = _LAST.fullmatch(title)
    if not match:
        return title
    host = (urlsplit(address).hostname or "").removeprefix("www.").split(".")[0]
    names = {_squashed(outlet), _squashed(outlet.split(".")[0]), _squashed(host)} - {""}
    return match[1].strip() if _squashed(match[2]) in names else title


def _squashed(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("the")


def paragraphs(text: str) -> str:
    """Return a text of one paragraph a line as paragraphs with an empty line between them."""
    return "\n\n".join(told for one in text.splitlines() if (told := " ".join(one.split())))


def line(value: str) -> str:
    """Return a value in one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", value).strip()
