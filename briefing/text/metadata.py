"""Title, outlet and date of an article, only where its text gives them.

A date that stands in prose is never the day of publication, and a date that can be read in two ways is not read at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from briefing.text.attribution import VERBS
from briefing.text.calendar import NUMBERED
from briefing.text.foreign import foreign
from briefing.text.markup import Markup
from briefing.text.wording import DATE_LINE
from briefing.text.words import fold, words
from briefing.types import Role, Sentence

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_URL_DATE = re.compile(r"https?://\S*?/(\d{4})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|\b)|https?://\S*?[/-](\d{4})-(\d{2})-(\d{2})(?:[/-]|\b)")
_CODE = re.compile(r"([A-Z]{2,12})[-_/]?(\d{8})[A-Z0-9_-]*")

_NAME = r"[A-Z][\w&.’'-]*(?: (?:of|the|and|&|[A-Z][\w&.’'-]*)){0,5}"
_DATELINE = re.compile(rf"(?:[A-Z][^()\n]{{0,60}}?)?\(({_NAME})\)\s*[-–—:]*\s*\S")
_DATELINE_CITY = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]+(?:,\s*[^()]{0,40})?\Z|\Z")
_SOURCE = re.compile(r"(?:source|publisher|outlet|via)\s*:\s*(?!https?:|www\.)(\S[^|\n]{1,59}?)\.?\Z", re.IGNORECASE)
_BYLINE = re.compile(rf"(?:[Bb]y|BY)\s+{_NAME}(?:(?:,| and| &) {_NAME})*?\s*(?:,|\||/|[-–—]| for| of)\s*({_NAME})\Z")
_COPYRIGHT = re.compile(rf"(?:©|\([cC]\)|[Cc]opyright)\s*(?:©|\([cC]\))?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?\s*(?:by\s+)?({_NAME})")
_ROLES = frozenset({
    "staff", "reporter", "correspondent", "writer", "editor", "columnist", "senior", "political", "chief",
    "foreign", "diplomatic", "special",
})  # fmt: skip
_OWN_ADDRESS = re.compile(r"(?:source|url|link|original|canonical)\s*:\s*(https?://\S{4,500})\s*\Z", re.IGNORECASE)
_URL = 500  # characters of a line that are searched for an address with a date; in a long line that takes minutes
_EDITION = re.compile(r"[1-9][0-9]{0,8}")
_LONGEST = 7  # words of an outlet's name
_TELLING = frozenset("is are was were has have had will would must should won wins lost loses killed dead that you".split())


class Metadata(NamedTuple):
    """`published` is an ISO date, `url` the article's own address; each is empty where the text does not give it.

    `edition` counts the versions of a page that was fetched more than once.
    """

    title: str
    source: str
    published: str
    url: str
    edition: int = 1


def find(text: str, sentences: Sequence[Sentence], markup: Markup) -> Metadata:
    """Return what the text says of itself: in front matter, title, furniture, and the dateline of its body."""
    furniture = [" ".join(text[s.start : s.end].split()) for s in sentences if s.role is Role.FURNITURE]
    body = next((text[s.start : s.end] for s in sentences if s.role is Role.BODY), "")
    headlines = [s for s in sentences if s.role is Role.TITLE]
    title = " ".join(markup.view[headlines[0].start : headlines[-1].end].split()) if headlines else ""
    return Metadata(
        title=_field(markup, "title", "headline") or title,
        source=next((name for name in _outlets(markup, furniture, body) if _is_name(name)), ""),
        published=next(_dates(markup, furniture, _page_top(text, sentences)), ""),
        url=next(_addresses(markup, furniture), ""),
        edition=edition(markup.front),
    )


def edition(front: Mapping[str, str]) -> int:
    """Return which version of its page an article is, by its front matter; 1 where that does not say so, or what no page comes to."""
    told = front.get("edition", "")
    return int(told) if _EDITION.fullmatch(told) else 1


def _addresses(markup: Markup, furniture: Sequence[str]) -> Iterator[str]:
    """Yield the addresses that the text gives as its own."""
    values = (markup.front.get(name, "") for name in ("url", "link", "canonical", "source"))
    lines = (match[1] for line in furniture if (match := _OWN_ADDRESS.match(line)))
    yield from (value for value in (*values, *lines) if value.startswith(("http://", "https://")))


def _field(markup: Markup, *names: str) -> str:
    """Return the first of these front matter fields that says something in plain words."""
    values = (" ".join(markup.front.get(name, "").split()) for name in names)
    return next((value for value in values if value and not value.startswith(("http", "{", "[", "|", ">"))), "")


def _page_top(text: str, sentences: Sequence[Sentence]) -> list[str]:
    """Return the furniture above the article, where a URL is the article's own."""
    top: list[str] = []
    for sentence in sentences:
        if sentence.role is Role.BODY:
            break
        top.append(text[sentence.start : sentence.end])
    return top


def _is_name(outlet: str) -> bool:
    """Return whether this can be the name of an outlet: a brief says "NAME reports", and a name that is a sentence would be told."""
    found = words(outlet)
    told = any(word.text in VERBS or fold(word.text) in _TELLING for word in found)
    return 0 < len(found) <= _LONGEST and not told and not foreign(outlet)


def _outlets(markup: Markup, furniture: Sequence[str], body: str) -> Iterator[str]:
    """Yield the outlets that the text names, the surest first."""
    yield _field(markup, "source", "publisher", "outlet", "site_name", "site")
    yield from (match[1] for line in furniture if (match := _SOURCE.match(line)))
    match = _DATELINE.match(body)
    if match and _DATELINE_CITY.match(body[: match.start(1) - 1].strip()):
        yield match[1]
    for line in furniture:
        match = _BYLINE.match(line)
        if match and not _ROLES & {word.lower() for word in match[1].split()}:
            yield match[1]
    yield from (match[1].rstrip(".") for line in furniture if (match := _COPYRIGHT.match(line)))


def _dates(markup: Markup, furniture: Sequence[str], top: Sequence[str]) -> Iterator[str]:
    """Yield the dates of publication that the text gives, the surest first."""
    for name in ("published", "date", "pubdate", "publish_date", "published_at", "datepublished"):
        yield from _readings(markup.front.get(name, ""))
    for name in ("url", "link", "canonical", "source"):
        yield from _in_url(markup.front.get(name, ""))
    lines = [line for line in furniture if DATE_LINE.fullmatch(line)]
    for line in sorted(lines, key=lambda line: line.lower().startswith(("updated", "last", "modified"))):
        yield from _readings(line)
    for line in furniture:
        code = _CODE.fullmatch(line)
        if code:
            digits = code[2]
            yield from _valid(digits[4:], digits[2:4], digits[:2])
            yield from _valid(digits[:4], digits[4:6], digits[6:])
    for line in [
        *top,
        *(line for line in furniture if re.match(r"(?:source|url|link|original)\s*:", line, re.IGNORECASE)),
    ]:
        yield from _in_url(line)


def _in_url(line: str) -> Iterator[str]:
    for match in _URL_DATE.finditer(line[:_URL]):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        yield from _valid(year, str(NUMBERED.get(month, month)), day)


def _readings(line: str) -> Iterator[str]:
    """Yield the first date of a line, unless it can be read in two ways."""
    if match := _ISO.search(line):
        yield from _valid(*match.groups())
    elif match := _DAY_FIRST.search(line):
        yield from _valid(match[3], str(NUMBERED.get(match[2][:3].lower(), 0)), match[1])
    elif match := _MONTH_FIRST.search(line):
        yield from _valid(match[3], str(NUMBERED.get(match[1][:3].lower(), 0)), match[2])
    elif match := _NUMERIC.search(line):
        readings = {*_valid(match[3], match[2], match[1]), *_valid(match[3], match[1], match[2])}
        if len(readings) == 1:
            yield from readings


def _valid(year: str, month: str, day: str) -> Iterator[str]:
    """Yield the date if it exists and an article could be of it."""
    if not (year.isascii() and month.isdecimal() and day.isdecimal() and 1990 <= int(year) <= 2099):
        return
    try:
        yield date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return
