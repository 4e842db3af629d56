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


def view(text: str) -> bool:
    """Return whether a Markdown text is a brief as `generate` writes it: its folder may lie in that of the articles."""
    return _VIEW.match(text) is not None


def highlights(text: str) -> bool:
    """Return whether a Markdown text is an export of highlights: two or more of the marks that such exports carry."""
    marks = len(_READWISE.findall(text)) + len(_ZOTERO.findall(text)) + bool(_SAID.search(text[:2000]))
    return marks >= 2
