"""Whom and what a text names, as keys that are the same for the usual forms of one name: "Kiev" and "Kyiv", "EU" and "European Union".

Only for finding what may be about the same: no name is ever written in another form than its own sentence has.
"""

import re

from briefing.text.names import OPENERS, Name, is_person, names, titled
from briefing.text.variants import country
from briefing.text.words import fold

_FORMS = {"kiev": "kyiv", "kharkov": "kharkiv", "lvov": "lviv", "united states": "us", "united states of america": "us", "usa": "us"}
_FORMS |= {"united kingdom": "uk", "european union": "eu", "united nations": "un", "associated press": "ap", "financial times": "ft"}
_KEYS = _FORMS | {key: key for key in _FORMS.values()}
_PEOPLES = frozenset(  # they name no place, though `country` knows them
    """
    american americans british britons english russian russians ukrainian ukrainians french german germans italian italians spanish polish
    hungarian hungarians european europeans israeli israelis iranian iranians chinese japanese indian indians turkish
    """.split()
)
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "da", "di", "du", "bin", "ibn", "al", "el"})
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'][^\W\d_]{2,})*")


def entities(text: str) -> frozenset[str]:
    """Return keys of the persons, bodies and places that a text names: forms of one name have one key.

    A person's key is the surname, that of a body of three words or more its initials: one text alone cannot tell namesakes apart.
    """
    found: set[str] = set()
    lower = frozenset(filter(str.islower, _WORD.findall(text)))
    for name in names(text, lower):
        title, rest = titled(name)
        short, full = _apart(name.text)
        found.update(one for one in short if one == "US" or one.lower() not in lower)
        if " " in name.text and _is_person(name, text):
            found.update(part for part in title.split() if country(fold(part)))
            full = rest.split()[-1:]
        capitals = [fold(part) for part in full if part[0].isupper()] if rest else []
        if (whole := fold(" ".join(full))) in _KEYS or len(capitals) == 1:
            found.add(whole if whole in _KEYS else _sound(capitals[0]))
        elif capitals:
            found.add("".join(word[0] for word in capitals) if len(capitals) > 2 else "-".join(capitals))
    return frozenset(_KEYS.get(fold(key), fold(key)) for key in found) - _PEOPLES


def _is_person(name: Name, text: str) -> bool:
    """Return whether a name looks like a person's, however many particles it has ("Ursula von der Leyen")."""
    return is_person(name._replace(text=" ".join(part for part in name.text.split() if part not in _PARTICLES)), text)


def _apart(name: str) -> tuple[list[str], list[str]]:
    """Return the abbreviations in a name, also of "US-led" and "Russia-China", and its other words, but for those that open a sentence."""
    short: list[str] = []
    full: list[str] = []
    for part in name.split():
        pieces = part.split("-")
        apart = [p for p in pieces if (p.isupper() and len(p) > 1) or (len(pieces) > 1 and country(fold(p)))]
        short += apart
        if not apart and part[0].isalpha() and (full or part == "New" or fold(part) not in OPENERS):
            full.append(part)
    return short, full


def _sound(word: str) -> str:
    """Return what the spellings of a Slavic name have in common ("zelensky", "zelenskyy", "zelenskii"). "Jan" is not "Ian"."""
    return re.sub(r"^[iy]+|\B[ijy]+", "i", word).replace("kh", "h")
