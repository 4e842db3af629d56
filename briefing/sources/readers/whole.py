"""Whether a page has its whole article, or only the beginning that those see who do not pay. By what the page says, not by who runs it."""

from __future__ import annotations

import re

SENTENCES = 3  # fewer are a teaser, a picture's caption or a notice
BEGINNING = "only the beginning is there"
_WALLS = (
    r"to (?:continue|keep|go on) reading\b.{0,80}\b(?:subscri|sign|log ?in|regist|account|buy|member|trial)",
    r"(?:subscri\w+|sign (?:in|up)|log ?in|regist\w+|become an? \w+|free trial)\b.{0,60}\bto (?:continue|keep|go on) reading",
    r"(?:subscribe|sign (?:in|up)|log ?in|register|unlock)\b.{0,40}\bto (?:read|access|view|unlock) (?:the (?:full|whole|rest)|this|all)",
    r"this (?:article|story|content|page) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:\w+ )?(?:subscribers|members)",
    r"(?:read|unlock|view|access) (?:the )?(?:full|rest of (?:the|this)) (?:article|story)\b.{0,40}\b(?:subscri|member|trial|account)",
    r"you(?:’|')?ve? (?:have )?(?:reached|used|read) (?:your|all|the) .{0,40}\b(?:free|limit)",
    r"this (?:article|story) is behind a paywall",
    r"weiterlesen mit|jetzt weiterlesen|réservé (?:aux|à nos) abonnés|contenido exclusivo para suscriptores",
)
_WALL = re.compile(rf"\b(?:{'|'.join(_WALLS)})", re.IGNORECASE)
_NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_END = re.compile(r"[.!?…]['\"’”»)\]]*(?:\s|$)")
_SHORT = 120  # words: an article of fewer, on a page that calls itself not free, is its beginning
_FULL = 300  # words of an article beside which a notice of the page counts for nothing
_FULL_PAID = 600  # the same on a page that calls itself not free


def lacking(text: str, visible: str, data: bytes) -> str:
    """Return why an article is not whole, "" where it seems to be. `visible` is all that the page shows, `data` its bytes."""
    if len(_END.findall(text)) < SENTENCES:
        return BEGINNING
    paid = bool(_NOT_FREE.search(data))
    walled = bool(_WALL.search(" ".join(visible.split())))
    most = (_FULL_PAID if paid else _FULL) if walled else (_SHORT if paid else 0)
    return BEGINNING if len(text.split()) < most else ""
