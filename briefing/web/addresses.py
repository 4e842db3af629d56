"""Addresses of articles at their publishers, down to the sentence. Promises that only http and https ever come out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_SAFE = "%/:=&?~#+!$,;'@()*[]"
_WHOLE = 8  # words of a sentence that are looked for as they are; of a longer one its first and its last
_END = 4


def address(url: str) -> str:
    """Return an address that a page may link to: of the web, with no character that is not one's; "" for any other."""
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return quote(url.strip(), safe=_SAFE, errors="replace") if known else ""


def to_sentence(url: str, sentence: str) -> str:
    """Return the address with a text fragment, by which a browser shows the sentence; "" where there is no address."""
    place, words = address(url), sentence.split()
    if not place or not words:
        return place
    found = [" ".join(words)] if len(words) <= _WHOLE else [" ".join(words[:_END]), " ".join(words[-_END:])]
    sign = "" if "#" in place else "#"
    return f"{place}{sign}:~:text={','.join(_coded(part) for part in found)}"


def _coded(text: str) -> str:
    """Return text as it stands in a text fragment: its hyphens, commas and ampersands are signs there."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
