"""Any text as literal Markdown: it shows what it is, and can become no mark-up and no HTML; and any text as it may be shown.

What Markdown cannot show exactly is shown as nearly as it can: line breaks become spaces, control characters become
visible, characters that show nothing are dropped, and one is put before the @ of a mail address.
"""

from __future__ import annotations

import re
import string
import unicodedata

from briefing.text.characters import BIDI, seen


def escape(text: str) -> str:
    r"""Return text as one line of Markdown that shows it literally, wherever in a line or a table cell it stands.

    Only what could be active gets a backslash: `snake_case`, `R&D`, `3.5 - 4` and `it's` stay as they are.
    """
    shown = _MAIL.sub(f"{_JOINER}@", visible(text).strip())
    shown = _ACTIVE.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), shown).replace(_JOINER, f"&#{ord(_JOINER)};")
    return _START.sub(r"\1\\\2", shown)


def visible(text: str) -> str:
    """Return text on one line in which nothing steers what shows it: controls are shown, and what shows nothing is dropped."""
    shown = _BREAKS.sub(" ", seen(text))
    return shown if shown.isprintable() else "".join(map(_visible, shown))


def _visible(character: str) -> str:
    """Return what is shown of a character: itself, a sign for a control character, or nothing for one that has none."""
    category, code = unicodedata.category(character), ord(character)
    if category == "Cc":
        return chr(0x2400 + code) if code < 32 else "␡" if code == 127 else f"⟨U+{code:04X}⟩"
    if character in BIDI:
        return f"⟨U+{code:04X}⟩"
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cf" and character not in _KEPT else character


_KEPT = "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"  # joiners, and signs that have a shape
_BREAKS = re.compile(r"[ \t]*[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_ACTIVE = re.compile(
    rf"""
      [`*\[|~^{{<>]                                        # code, emphasis, links, tables, notes, attributes, HTML
    | \\ (?= [{re.escape(string.punctuation)}] | $ )       # a backslash that would escape something
    | (?<! [^\W_] ) _ | _ (?! [^\W_] )                     # an underscore that is not inside a word
    | \] (?= [(\[:] )
    | & (?= \# | [A-Za-z][A-Za-z0-9]*; )                   # an entity
    | \$ (?! \d )                                          # mathematics in some renderers; not an amount of money
    | : (?= // ) | (?<= \b[Ww][Ww][Ww] ) \.                # an address that renderers link by themselves
    | \# $                                                 # at the end of a heading
    """,
    re.VERBOSE,
)
# The @ of a mail address, which GitHub makes a link even where it is escaped or an entity.
_MAIL = re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.\w)")
_JOINER = "\u2060"  # shows nothing, and no address holds it; one of the text itself is dropped before
# What begins a heading, a list, a rule, the line under a title or a definition, at the start of a block.
_START = re.compile(r"\A(\d{1,9}(?=[.)](?:\s|\Z))|(?=(?:#{1,6}|[+-])(?:\s|\Z)|--|=+\s*\Z|:))(.)")
