"""Characters that deceive: those that show nothing, those that steer what shows them, and letters that pass for others.

Says where they are and which of them no honest sentence holds. What is done about them is the caller's matter: `foreign` refuses a
sentence, `escape` and `console` show it so that nothing acts.
"""

import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import bidirectional, category, name, normalize

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They reorder what follows."""

_OVERRIDES = "\u202d\u202e"
_JOINING = re.compile("[\u034f\u180b-\u180d\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # they shape the sign before them
_NOTHING = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SLIGHT = "\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"  # honest pages have them, but not inside words of cased letters
_MARKS = 4  # on one letter; no script piles up more
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ALIKE = frozenset("АВЕЅІЈКМНОРСТУХҮԌԜасеіјорѕухһԁԛԝѵ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον")  # Cyrillic, Greek
_DIGITS = str.maketrans("013457", "oieast")
_DISGUISED = re.compile(r"\b(?=\d*[a-z])(?=[a-z]*\d)[a-z\d]+\b")


def hidden(text: str) -> list[int]:
    """Return where `text` holds characters that show nothing where they stand, and marks beyond the fourth on one letter."""
    if text.isascii():
        return []
    return [n for run in _NOT_ASCII.finditer(text) for n in _hidden(text, *run.span())]


def _hidden(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the same of a part of the text, before which no mark stands."""
    marks = 0
    for n in range(start, end):
        marks = marks + 1 if category(text[n]) in ("Mn", "Me") else 0
        if marks > _MARKS or _NOTHING.match(text[n]) or (_JOINING.match(text[n]) and not _shaped(text[n - 1 : n])):
            yield n


def _shaped(before: str) -> bool:
    """Return whether what joins or selects a shape has something to act on: a letter without case, its mark, or a symbol."""
    if not before or before.isascii() or _JOINING.match(before):
        return False
    kind = category(before)
    return kind in ("Lo", "Mc", "So", "Sk") or before in "‼⁉〰" or (kind == "Mn" and not name(before, "").startswith("COMBINING"))


def acts(text: str) -> bool:
    """Return whether `text` holds what acts where it is read or shown: a control, what ends a line, or what reorders."""
    return any(character in BIDI or category(character) in ("Cc", "Zl", "Zp") for character in text)


def seen(text: str) -> str:
    """Return `text` without the characters that `hidden` finds."""
    gone = set(hidden(text))
    return "".join(character for n, character in enumerate(text) if n not in gone) if gone else text


def steering(text: str) -> bool:
    """Return whether `text` holds what no honest sentence does: controls, reordering without need, letters cut or filled unseen."""
    if any(category(character) == "Cc" and not character.isspace() for character in text):
        return True
    if text.isascii():
        return False
    if any(mark in text for mark in _OVERRIDES):
        return True
    if any(mark in text for mark in BIDI) and not any(bidirectional(character) in ("R", "AL") for character in text):
        return True
    unseen = set(hidden(text))
    return any(_deceives(text, n, unseen) for n in unseen)


def _deceives(text: str, n: int, unseen: set[int]) -> bool:
    """Return whether the hidden character at `n` is one that pages do not have, or begins a run of them inside a word."""
    if text[n] not in _SLIGHT:
        return text[n] != "\u00ad"
    if n - 1 in unseen:
        return False
    end = next((k for k in range(n, len(text)) if k not in unseen), len(text))
    letters = [*[c for c in text[max(0, n - _MARKS - 1) : n] if category(c) != "Mn"][-1:], *text[end : end + 1]]
    return len(letters) == 2 and all(category(c) in ("Lu", "Ll", "Lt", "Nd") and bidirectional(c) != "AN" for c in letters)


def mixed(text: str) -> str:
    """Return the first word of `text` that is made of several alphabets, or, among Latin words, of letters that only look Latin; or ""."""
    if text.isascii():
        return ""
    found = [(word, _alphabets(word)) for word in _LETTERS.findall(text)]
    latin = Counter(alphabet for _, alphabets in found for alphabet in alphabets)
    mostly = latin["LATIN"] > sum(latin.values()) / 2
    return next((word for word, alphabets in found if len(alphabets) > 1 or (mostly and _ALIKE.issuperset(word))), "")


def _alphabets(word: str) -> set[str]:
    """Return the alphabets of the letters of a word that have cases; scripts without them stand beside any other."""
    if word.isascii():
        return {"LATIN"}
    letters = (letter for letter in word if letter not in "µμ" and category(letter) in ("Lu", "Ll", "Lt"))  # μg is a unit
    return {name(letter, "").partition(" ")[0] for letter in letters}


def bare(text: str) -> str:
    """Return `text` as a search for words should see it: small, plain letters without accents, hidden signs or gaps."""
    plain = normalize("NFKC", "".join(c for c in normalize("NFKD", seen(text)) if not "\u0300" <= c <= "\u036f")).casefold()
    return " ".join(plain.replace("’", "'").replace("‘", "'").split())


def spelt(plain: str) -> str:
    """Return bare text with digits inside words as the letters they play: "1gn0re" as "ignore"."""
    return _DISGUISED.sub(lambda word: word.group().translate(_DIGITS), plain)
