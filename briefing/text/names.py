"""Names in text: runs of capitalised words, and which of them look like people.

English capitalisation is the only evidence; nothing here knows a person, a country or an outlet.
"""

from functools import lru_cache
from typing import NamedTuple

from briefing.text.calendar import NAMES
from briefing.text.words import Word, base, fold, words

_SHORT = 1000  # characters of a text whose names are kept
_LINKS = {
    "of",
    "the",
    "von",
    "van",
    "der",
    "den",
    "de",
    "da",
    "di",
    "du",
    "la",
    "le",
    "bin",
    "al",
    "el",
    "ibn",
    "y",
    "&",
}
OPENERS = frozenset(
    """
    a about above according across add adding additionally after again against ahead all almost along already also although amid
    among an and another any anyone as asked at back because been before being below besides between both but by can citing
    commenting could critics currently despite did do does during each earlier either elsewhere even eventually every everyone few
    finally first following for former four from further furthermore generally given had has have having he hence her here his how
    however i if in indeed instead into is it its itself just last late later least less like likewise little many may maybe
    meanwhile might more moreover most much my nearly neither never nevertheless new next no nobody none nor not notably nothing now
    of off officials often on once one only or other others otherwise our out over overall part perhaps previously rather recent
    recently regarding reports respectively russian-language said same second separately several shall she should since so some
    someone something sometimes soon sources still such than that the their them then there therefore these they this those though
    three through throughout thus to today together tomorrow too two under unless unlike until up upon us very via was we were what
    when where whether which while who whom whose why will with within without would yes yesterday yet you your
    """.split()
)
TITLES = frozenset(
    """
    president minister chancellor secretary spokesman spokeswoman spokesperson senator governor general mr mrs ms dr sir king queen
    prince pope chief envoy leader ambassador commissioner mayor judge chairman chairwoman director editor premier prime foreign
    defence defense vice deputy commander captain colonel master professor congressman congresswoman representative king's analyst diplomat
    """.split()
)
_NOT_PEOPLE = frozenset(
    """
    times journal post news coalition union commission council palace house sea republic memorandum kingdom states states' street
    court army force forces ministry department agency party bank press television radio organisation organization nations treaty
    article office guardian university institute association federation company group corporation airport river ocean mountain bay
    island islands city county church parliament congress senate assembly committee alliance project administration disclaimer
    service services white black red north south east west central willing
    """.split()
)
_NEAR = 40  # characters before a word that are looked at


class Name(NamedTuple):
    """A name `text[start:end]` in its sentence, with the possessive ending left out."""

    text: str
    start: int
    end: int

    @property
    def last(self) -> str:
        """Return the folded last word, by which a person is named again ("Zelensky")."""
        return fold(self.text.split()[-1])


def _capital(word: Word) -> bool:
    return word.text[0].isupper()


def names(text: str, lower: frozenset[str] = frozenset()) -> list[Name]:
    """Return the names of `text` in order.

    `lower` holds the folded words that the article also writes in lower case; such a word at the start of a sentence is no name.
    """
    return list(_found(text, lower)) if len(text) <= _SHORT else _find(text, lower)


@lru_cache(maxsize=1 << 12)  # a sentence is asked for its names by every gate
def _found(text: str, lower: frozenset[str]) -> tuple[Name, ...]:
    return tuple(_find(text, lower))


def _find(text: str, lower: frozenset[str]) -> list[Name]:
    found: list[Name] = []
    run: list[Word] = []
    for word in words(text):
        joined = bool(run) and text[run[-1].end : word.start] in {" ", " & "}
        if joined and (_capital(word) or (word.text in _LINKS and _more(text, word))):
            run.append(word)
        else:
            found.extend(_name(text, run))
            run = [word] if _capital(word) and not _only_opens(text, word, lower) else []
        if run and run[-1].text != base(run[-1].text):  # a possessive ends a name: "Trump's President" are two
            found.extend(_name(text, run))
            run = []
    return [*found, *_name(text, run)]


def _only_opens(text: str, word: Word, lower: frozenset[str]) -> bool:
    """Return whether a capital is due to the start of a sentence or a quotation rather than to a name."""
    folded = fold(word.text)
    if "." in word.text or (word.text.isupper() and len(word.text) > 1):
        return False
    if word.text == "I" or word.text.startswith(("I’", "I'")):
        return True
    before = text[max(0, word.start - _NEAR) : word.start]
    opened = word.start <= _NEAR and not before.strip(" \t\n\"“”‘’'(—–-…[").strip()
    starts = opened or before.rstrip()[-1:] in {
        "“",
        '"',
        "‘",
        ".",
        ":",
        "?",
        "!",
    }
    return starts and (folded in OPENERS or folded in lower)


def _more(text: str, link: Word) -> bool:
    rest = words(text[link.end : link.end + 40])[:2]
    return any(w.text[0].isupper() for w in rest[:1]) or (len(rest) == 2 and rest[0].text in _LINKS and rest[1].text[0].isupper())


def _name(text: str, run: list[Word]) -> list[Name]:
    while run and run[-1].text in _LINKS:
        run = run[:-1]
    if not run or all(fold(w.text) in NAMES for w in run):
        return []
    end = run[-1].start + len(base(run[-1].text))
    return [Name(text[run[0].start : end], run[0].start, end)]


def titled(name: Name) -> tuple[str, str]:
    """Split leading titles from a name: "French President Emmanuel Macron" -> ("French President", "Emmanuel Macron")."""
    parts = name.text.split()
    last = max((i for i, part in enumerate(parts) if fold(part) in TITLES), default=-1)
    return " ".join(parts[: last + 1]), " ".join(parts[last + 1 :])


def is_person(name: Name, text: str) -> bool:
    """Return whether a name looks like a person's: after a title, or two to four words none of which names a body or a place."""
    title, rest = titled(name)
    if not rest:
        return False
    folded = [fold(part) for part in rest.split()]
    if any(part in _NOT_PEOPLE for part in folded) or any(part.isupper() and len(part) > 1 for part in rest.split()):
        return False
    before = words(text[max(0, name.start - _NEAR) : name.start])[-1:]
    return bool(title) or (bool(before) and fold(before[0].text) in TITLES) or len(folded) in {2, 3}


def name_words(text: str) -> set[str]:
    """Return the folded capitalised words of `text`, wherever they stand, but for words that only open sentences."""
    return {
        folded
        for word in words(text)
        if _capital(word)
        and (folded := fold(word.text)) not in NAMES
        and (folded not in OPENERS or (word.text.isupper() and len(word.text) > 1))
    }
