"""What kind of article a text is, as its headline, its section or address, and its layout tell it. No outlet is known by name.

In doubt it is news: the other forms are told otherwise or left out.
"""

import re
from collections.abc import Sequence

from briefing.text.furniture import Label
from briefing.text.labels import OF_ONESELF
from briefing.text.lines import Line
from briefing.text.markup import Markup
from briefing.text.metadata import Metadata
from briefing.text.stamps import stamp
from briefing.types import Form, Role

_HEADLINES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("satire", re.compile(r"^satire\b|[|(\[–—-] ?satire\b", re.IGNORECASE)),
    ("live blog", re.compile(r"\blive (?:updates?|blog|coverage|reporting)\b|\bas it happened\b|[–—|:-] ?live$|^live[:|]", re.IGNORECASE)),
    (
        "opinion",
        re.compile(
            r"^(?:opinion|column|columnist|editorial|commentary|op-ed|letters?(?: to the editor)?|guest essay|viewpoint|analysis and opinion|review)\s*[:|–—]"
            r"|[|–—] ?(?:opinion|column|editorial|commentary|op-ed|letters?|guest essay|viewpoint)\b[^|]{0,20}$|^letters to the editor\b",
            re.IGNORECASE,
        ),
    ),
    ("transcript", re.compile(r"\b(?:full )?transcript\b[:|]|^(?:full )?transcript\b|[|(–—] ?(?:full )?transcript\b", re.IGNORECASE)),
    ("interview", re.compile(r"\ban? interview with\b|^interview\s*[:|]|\bQ ?& ?A\b|[|–—] ?interview$", re.IGNORECASE)),
    (
        "list",
        re.compile(
            r"^(?:quiz|horoscopes?|crossword|in pictures|photos?|gallery|the week in pictures|puzzles?)\b\s*(?:[:|–—]|$)"
            r"|\b(?:best|top|shop)\b.{0,40}\bdeals\b|\b(?:prime day|black friday|cyber monday) deals\b"
            r"|\b(?:coupon|promo) codes?\b|\bfreebies\b|\bgift guide\b",
            re.IGNORECASE,
        ),
    ),
)
_SECTIONS: dict[str, Form] = {
    "satire": "satire", "humor": "satire", "humour": "satire",
    "live": "live blog", "live-blog": "live blog", "liveblog": "live blog", "live-updates": "live blog", "live-news": "live blog",
    "opinion": "opinion", "opinions": "opinion", "op-ed": "opinion", "editorial": "opinion", "editorials": "opinion", "columnist": "opinion",
    "columnists": "opinion", "columns": "opinion", "letters": "opinion", "commentary": "opinion", "commentisfree": "opinion",
    "transcripts": "transcript", "interview": "interview", "interviews": "interview",
    "picture-gallery": "list", "gallery": "list", "galleries": "list", "horoscopes": "list", "puzzles": "list", "quiz": "list", "quizzes": "list",
    "shopping": "list", "deals": "list", "coupons": "list", "reviewed": "list", "sponsored": "list", "advertorial": "list",
}  # fmt: skip
_LIVE = re.compile(r"-live(?:-updates|-blog|-news)?(?:-\w+)?/?$|[-/]live-(?:updates|blog)\b", re.IGNORECASE)
_OWN_SATIRE = re.compile(
    r"\bthis (?:is|was|article is|story is|piece is)(?: a(?: work of| piece of)?)? (?:satire|satirical|a satirical)\b", re.IGNORECASE
)
_SATIRICAL = re.compile(r"\bis an? (?:satirical|satire|parody)\b", re.IGNORECASE)  # as an outlet says of itself
_GUEST = re.compile(r"\b(?:opinion|op-?ed|editorial|guest writer|columnist|commentary)\b", re.IGNORECASE)  # as a source names itself
_JUDGES = re.compile(r"\b(?:should|must|ought|need to|needs to|it is time|deserves?)\b", re.IGNORECASE)
_STAMPS = 3  # times that head entries
_OPINION = 0.2  # of the sentences; reports in the first person have about as many, but judge nothing
_LISTED = 0.6


def form(lines: Sequence[Line], roles: Sequence[Label], markup: Markup, about: Metadata, spoken: Form | str) -> Form:
    """Return the form of an article; `spoken` is what its labels say it is ("" for prose)."""
    section = markup.front.get("section", "") or markup.front.get("category", "")
    labels = [line.text for line, (role, _) in zip(lines, roles, strict=True) if role is Role.FURNITURE and line.words <= 3][:4]
    told = next((name for name, pattern in _HEADLINES if pattern.search(about.title)), None)
    path = about.url.split("?")[0].split("/")[3:]
    parts = [part.casefold() for part in (*path[:-1], section, *labels)]
    placed = next((_SECTIONS[part] for part in parts if part in _SECTIONS), None)
    live = any(map(_LIVE.search, path)) or sum(line.first and stamp(line.text) is not None for line in lines) >= _STAMPS
    body = [line for line, (role, _) in zip(lines, roles, strict=True) if role is Role.BODY]
    own = [line.text for line in lines if about.source and about.source.casefold() in line.text.casefold()]
    if "satire" in {told, placed} or any(_OWN_SATIRE.search(line.text) for line in lines) or any(map(_SATIRICAL.search, own)):
        return "satire"
    if _GUEST.search(about.source):
        return "opinion"
    if told or placed:
        return told or placed or "news"
    if live and not spoken:
        return "live blog"
    if spoken == "interview":
        return "interview"
    if spoken == "transcript":
        return "transcript"
    return _by_layout(body)


def _by_layout(body: Sequence[Line]) -> Form:
    if len(body) > 4 and sum(line.item for line in body) > _LISTED * len(body):
        return "list"
    first = sum(bool(OF_ONESELF.search(line.plain)) for line in body)
    judged = sum(bool(_JUDGES.search(line.plain)) for line in body)
    return "opinion" if first >= 3 and judged >= 2 and first + judged > _OPINION * len(body) else "news"
