"""Which words may name the same thing: countries with their people and capitals, acronyms, spellings of one name.

A variant licenses a name in a check; it never rewrites one. A capital stands for its government as news English uses it ("Moscow said").
The table is a plain list of countries that news writes about most, without any judgement; what is not in it has only its own spelling.
"""

import itertools
import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from briefing.text.words import fold, words

_COUNTRIES = """
us usa america american americans washington united-states
uk britain british briton britons london united-kingdom england english
russia russian russians moscow kremlin
ukraine ukrainian ukrainians kyiv kiev
france french paris elysee
germany german germans berlin
italy italian italians rome
spain spanish madrid
poland polish poles warsaw
hungary hungarian hungarians budapest
slovakia slovak slovaks bratislava
czech czechs czechia prague
austria austrian austrians vienna
switzerland swiss bern
belgium belgian belgians
netherlands dutch hague
luxembourg
denmark danish danes copenhagen
sweden swedish swedes stockholm
norway norwegian norwegians oslo
finland finnish finns helsinki
estonia estonian estonians tallinn
latvia latvian latvians riga
lithuania lithuanian lithuanians vilnius
ireland irish dublin
portugal portuguese lisbon
greece greek greeks athens
turkey turkiye turkish turks ankara
bulgaria bulgarian bulgarians sofia
romania romanian romanians bucharest
serbia serbian serbs belgrade
croatia croatian croats zagreb
moldova moldovan moldovans chisinau
belarus belarusian belarusians minsk
georgia georgian georgians tbilisi
armenia armenian armenians yerevan
azerbaijan azerbaijani azerbaijanis baku
kazakhstan kazakh kazakhs astana
china chinese beijing
taiwan taiwanese taipei
japan japanese tokyo
india indian indians delhi
pakistan pakistani pakistanis islamabad
afghanistan afghan afghans kabul
iran iranian iranians tehran
iraq iraqi iraqis baghdad
israel israeli israelis jerusalem
palestine palestinian palestinians
egypt egyptian egyptians cairo
syria syrian syrians damascus
lebanon lebanese beirut
jordan jordanian jordanians amman
qatar qatari qataris doha
saudi saudis riyadh
yemen yemeni yemenis sanaa
libya libyan libyans tripoli
sudan sudanese khartoum
ethiopia ethiopian ethiopians
nigeria nigerian nigerians abuja
kenya kenyan kenyans nairobi
congo congolese kinshasa
canada canadian canadians ottawa
mexico mexican mexicans
brazil brazilian brazilians brasilia
argentina argentine argentinian argentines
venezuela venezuelan venezuelans caracas
colombia colombian colombians bogota
cuba cuban cubans havana
australia australian australians canberra
korea korean koreans
vietnam vietnamese hanoi
indonesia indonesian indonesians jakarta
philippines philippine filipino filipinos manila
europe european europeans
eu european-union european brussels
un united-nations
""".strip().splitlines()
_LIKE = 0.85  # of two spellings of one name, by difflib's ratio
_LONG = 5  # letters of a name that may be spelt in two ways
_PLURAL = re.compile(r"[A-Z]{2,}s")
_LETTERS = 8  # of an acronym
_SMALL = {"of", "the", "and", "for", "in", "on"}


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for n, line in enumerate(_COUNTRIES):
        for name in line.split():
            found.setdefault(name, set()).add(n)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def country(word: str) -> frozenset[int]:
    """Return the countries (by their place in the table) that a folded word may mean."""
    return _groups().get(word, frozenset())


def acronyms(text: str) -> frozenset[str]:
    """Return the folded initials of runs of capitalised words in `text` ("New York Times" gives "nyt"), small words left out."""
    found: set[str] = set()
    run: list[str] = []
    for word in words(text):
        if word.text[0].isupper():
            run = [*run[-_LETTERS + 1 :], word.text[0].casefold()]
            found.update("".join(run[k:]) for k in range(len(run) - 1))
        elif word.text not in _SMALL:
            run = []
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def same_spelling(one: str, other: str) -> bool:
    """Return whether two folded words look like spellings of one name ("zelensky", "zelenskyy")."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or one[0] != other[0]:
        return False
    return abs(len(one) - len(other)) <= 1 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


class Known:
    """The names that a text licenses: its words, their variants and acronyms."""

    def __init__(self, text: str) -> None:
        found = [word.text for word in words(text)]
        folded = [fold(word) for word in found]
        self._words = frozenset(folded) | {part for word in folded for part in word.split("-")}
        self._named = frozenset(f for word, f in zip(found, folded, strict=True) if word[0].isupper())
        pairs = {f"{a}-{b}" for a, b in itertools.pairwise(folded)}
        self.countries = frozenset(n for word in self._words | pairs for n in country(word))
        self._acronyms = acronyms(text)
        self._short = frozenset(f for word, f in zip(found, folded, strict=True) if word.isupper() and len(word) > 1)
        self._plurals = frozenset(f for word, f in zip(found, folded, strict=True) if _PLURAL.fullmatch(word))

    def holds(self, word: str) -> bool:
        """Return whether a folded capitalised word is in the text, as itself or as a variant."""
        if word in self._words or all(part in self._words or self._variant(part) for part in word.split("-")):
            return True
        return self._variant(word)

    def holds_acronym_of(self, name: str) -> bool:
        """Return whether the text has the initials of a name of several words ("NYT" for "New York Times")."""
        return bool(acronyms(name) & self._short)

    def _variant(self, word: str) -> bool:
        if f"{word}s" in self._plurals or (word.endswith("s") and word[:-1] in self._short):
            return True
        return bool(country(word) & self.countries) or word in self._acronyms or any(same_spelling(word, named) for named in self._named)


@lru_cache(maxsize=64)
def known(text: str) -> Known:
    """Return the names that `text` licenses; those of the last texts are kept, because many claims rest on the same articles."""
    return Known(text)
