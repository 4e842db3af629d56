"""Markdown that tells of other texts, and is no article: highlights as Readwise and Zotero write them, and the views of our own briefs.

A page that was clipped whole (Obsidian's clipper) is an article like any other, its front matter read as such.
"""

import re

_READWISE = re.compile(
    r"^(?:## (?:Metadata|Highlights|New highlights added [^\n]*)[ \t]*\r?$|- (?:Category|Full Title): [^\n]+)"
    r"|\(\[View Highlight\]\(http|\(\[Location \d+\]\(",
    re.MULTILINE,
)
_ZOTERO = re.compile(r"\(\[(?:pdf|snapshot|web page)?[^\]\n]*\]\(zotero://(?:open|open-pdf|select)/")
_SAID = re.compile(r"^#(?:highlights|readwise|zotero)\b|^tags:.*\b(?:highlights|readwise|zotero)\b", re.MULTILINE | re.IGNORECASE)
_VIEW = re.compile(r"# Brief of [^\n]+\n.*^## How this was made$", re.DOTALL | re.MULTILINE)
_MARKS = 2


def no_article(text: str) -> str:
    """Return why a Markdown text is none: a brief as `generate` writes it, or two of the marks of exports of highlights; else ""."""
    if _VIEW.match(text):
        return "a brief, not an article"
    marks = len(_READWISE.findall(text)) + len(_ZOTERO.findall(text)) + bool(_SAID.search(text[:2000]))
    return "highlights of other texts, not an article" if marks >= _MARKS else ""
