"""One form for each name: which spellings of a person, a body or a place stand in the articles, and which of them to use.

A form is made of what the articles write, or is one of a small table. Where they name two people of one surname, or two bodies of the same
initials, nothing is chosen. Quotations in whatever marks are never changed; nor are surnames with a hyphen, or abbreviations with stops.

articles ─ names ─► people, bodies ─ same? ─► form of each spelling ─ unified ─► text
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, product
from typing import NamedTuple

from briefing.text.names import OPENERS, TITLES, Name, is_person, names, titled
from briefing.text.quotations import without_quotations
from briefing.text.variants import country, same_spelling
from briefing.text.words import fold

# Problem: articles disagree where usage is settled. Choice: Ukraine's cities as AP, Reuters and the BBC have spelt them since 2019; "U.S." and
# "U.K.", because a bare "US" is also a word. "Odessa" is a city in Texas too, and "Britain" is no spelling of "U.K.": they are left alone.
# What would change it: a house style.
_SETTLED = {"Kiev": "Kyiv", "Kharkov": "Kharkiv", "Lvov": "Lviv", "US": "U.S.", "UK": "U.K."}
_SETTLED |= {"United States": "U.S.", "United States of America": "U.S."}
# Two initials fit too many names: they stand for one only here, or where an article explains them, "European Union (EU)".
_BODIES = {"EU": "European Union", "UN": "United Nations", "AP": "Associated Press", "FT": "Financial Times"}
_FIRST_NAMES = """
vladimir=volodymyr=volodymr=volodimir alexander=aleksandr=aleksander=oleksandr alexei=aleksei=oleksii andrei=andrii dmitry=dmytro
evgeny=yevgeny=yevhen mikhail=mykhailo mohammed=mohammad=muhammad nikolai=mykola sergei=sergii=serhii vasily=vasyl
"""
_PEOPLES = frozenset(  # they name no place, though `country` knows them
    """
    american americans british britons english russian russians ukrainian ukrainians french german germans italian italians spanish polish
    hungarian hungarians european europeans israeli israelis iranian iranians chinese japanese indian indians turkish
    """.split()
)
_OFFICES = frozenset({"president", "chancellor", "minister", "premier", "king", "queen", "pope"})  # of one person, unlike "senator"
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "da", "di", "du", "bin", "ibn", "al", "el"})
_CLEAR = 0.9  # share of one first name beside a surname, from which the others are slips ("Oval Zelensky")
_LONG = 5  # letters of a surname that may be spelt in two ways
_MANY = 12  # spellings that are compared with each other
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'][^\W\d_]{2,})*")
_CAPITAL = re.compile(r"[^\W\d_a-z](?<![\w$].)(?<!\w[’'].)[^\W_]*(?:[’'][^\W\d_]{2,})*")
_END = re.compile(r"(?P<ending>[’']s|s[’']|[’']|s)?(?![\w$@\"‘]|[’']\w|\.[a-z])")
_ABBREVIATION = re.compile(r"[A-Z]{2,8}")
_EXPLAINED = re.compile(r" \(([A-Z]{2,8})\)")
_ARTICLE = re.compile(r"\b([Aa])n? $")
_VOWEL = re.compile(r"[AIO]|E(?!u)|U(?!ni)")
_SHOUTED = re.compile(r"^(?=[^a-z\n]*$)[^\n]*[A-Z]{4}[^\n]*$", re.MULTILINE)  # "JOIN US TODAY"
# Addresses, a dish, abbreviations where they are explained, single quotation marks. Each begins with a character, which is what makes it fast.
_HIDDEN = re.compile(
    r"[@#]\w+|(?:https?://|www\.)\S+|chicken Kievs?|Chicken Kievs?|\((?<=\S \()[A-Z]{2,8}\)"
    r"|‘(?<!\w‘)(?!\d)(?:[^‘\n]*?[^\ss]’(?!\w)|[^‘\n]*s’(?!\w)|[^\n]*)"
    r"|'(?<![\w'’]')(?!s\b)(?=[^\W\d])(?:[^\n]*?[^\ss]'(?!\w)|[^\n]*s'(?!\w)|[^\n]*)"
)


def forms(texts: Sequence[str]) -> dict[str, str]:
    """Return for each spelling of a name in `texts` that differs from the form to use, that form. `texts` are whole articles."""
    counts = Counter(chain.from_iterable(map(_WORD.findall, texts)))
    lower = frozenset(filter(str.islower, counts))
    people: Counter[tuple[str, str]] = Counter()
    bodies: dict[str, set[str]] = defaultdict(set)
    explained: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for name in names(text, lower):
            if " " not in name.text:
                continue
            if person := _is_person(name, text):
                people[titled(name)] += 1
            short, parts = _apart(name.text)
            said = _EXPLAINED.match(text, name.end)
            for initials in _initials(parts) if not short else ():
                if said and said[1] == initials:
                    explained[initials].add(" ".join(parts))
                elif not person or text.endswith(("the ", "The "), 0, name.start):  # "DVD" is not "Dick Van Dyke"
                    bodies[initials].add(" ".join(parts))
    chosen = {name: form for name, form in _SETTLED.items() if counts[name] or (" " in name and any(name in text for text in texts))}
    for one in (bodies.keys() | explained.keys()) & counts.keys() - _SETTLED.keys():
        clear = len(one) > 2 and counts[one] > counts[one.lower()]  # unlike "WHO"
        fit = explained.get(one) or bodies[one] & {_BODIES.get(one, "")} or (bodies[one] if clear else set())
        if len(fit) == 1 and _ABBREVIATION.fullmatch(one) and not fit & _SETTLED.keys():  # "USA" stays
            chosen[one] = min(fit)
    chosen |= {name: form for name, form in _people(people, counts) if name != form}
    index = _index(chosen)
    return {name: made for name, form in sorted(chosen.items()) if (made := _replaced(form, chosen, index)) != name}


def unified(text: str, chosen: Mapping[str, str]) -> str:
    """Return `text` with the names outside quotation marks in their chosen form. Possessives and plural endings are kept."""
    return _replaced(text, chosen, _index(chosen))


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


def _index(chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names by their first words, the longest first."""
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(chosen, key=len, reverse=True):
        if first := _CAPITAL.match(name):
            index[first.group()].append(name)
    return index


def _replaced(text: str, chosen: Mapping[str, str], index: Mapping[str, Sequence[str]]) -> str:
    bare = without_quotations(text)
    for pattern in (_SHOUTED, _HIDDEN):
        bare = pattern.sub(lambda m: "_" * len(m.group()), bare)
    parts, done = [], 0
    for word in _CAPITAL.finditer(bare):
        for name in (*index.get(word.group(), ()), *index.get(word.group().removesuffix("s"), ())):
            end = _END.match(bare, word.start() + len(name))
            if word.start() < done or not end or not bare.startswith(name, word.start()):
                continue
            form, ending, before = chosen[name], end["ending"] or "", text[done : word.start()]
            if name.isupper() and " " in form:
                before = _ARTICLE.sub(r"\1n " if _VOWEL.match(form) else r"\1 ", before)
            if ending in {"’", "'"} and name.endswith("s") and not form.endswith("s"):
                ending += "s"
            parts += [before, form, ending]
            done = end.end()
            if form.endswith(".") and not ending and bare.startswith(".", done) and not bare.startswith("..", done):
                done += 1  # one stop ends both the name and the sentence
    return "".join(parts) + text[done:]


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


def _initials(parts: Sequence[str]) -> set[str]:
    """Return the initials of a name, with small words and without ("DOJ", "DJ")."""
    return {"".join(p[0] for p in parts if p[0].isupper()), "".join(p[0].upper() for p in parts)}


def _sound(word: str) -> str:
    """Return what the spellings of a Slavic name have in common ("zelensky", "zelenskyy", "zelenskii"). "Jan" is not "Ian"."""
    return re.sub(r"^[iy]+|\B[ijy]+", "i", word).replace("kh", "h")


def _plain(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", _sound(fold(word)))


@lru_cache(maxsize=1 << 14)
def _first(word: str) -> str:
    """Return the key of a first name: its sound without double letters, or that of the name of which it is a form."""
    return _FIRST.get(_plain(word), _plain(word))


_KEYS = {fold(name): fold(form) for name, form in _SETTLED.items()} | {fold(full): fold(name) for name, full in _BODIES.items()}
_KEYS |= {key: key for key in _KEYS.values()} | {"usa": "us", "united kingdom": "uk"}
_FIRST = {_plain(name): _plain(line.split("=")[0]) for line in _FIRST_NAMES.split() for name in line.split("=")}


class _Surname(NamedTuple):
    """A spelling, the offices it stands with, and the key of its one first name: "" if it has none, None if it has several."""

    spelling: str
    offices: frozenset[str] = frozenset()
    first: str | None = ""


def _people(told: Counter[tuple[str, str]], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield spellings of surnames, and of first names with surnames, with the form to use."""
    full: Counter[tuple[str, str, str]] = Counter()  # first name, what is between, surname
    offices: dict[str, set[str]] = {}
    for (title, rest), times in told.items():
        *parts, last = rest.split()
        if not _naming(last, counts):
            continue
        office = " ".join(fold(part) for part in title.split() if fold(part) in TITLES)
        offices.setdefault(last, set()).update({office} if _OFFICES & set(office.split()) else ())
        n = max((n for n, part in enumerate(parts) if part[0].isupper()), default=-1)
        if n >= 0 and _naming(parts[n], counts) and names(parts[n]):  # no name: a day, a month
            full[parts[n], " ".join(["", *parts[n + 1 :], ""]), last] += times
    spellings: dict[str, list[str]] = defaultdict(list)
    for name, best in _surnames(full, offices, counts):
        spellings[best].append(name)
    form = {name: best for best, group in spellings.items() for name in group}
    yield from ((name, best) for name, best in form.items() if not counts[name.lower()])  # "Prior to" names nobody
    people: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for one in full:
        people[form.get(one[2], one[2]), _first(one[0])].append(one)
    for (last, _), group in people.items():
        if len(group) == 1 and not spellings[last]:
            continue
        firsts: Counter[str] = Counter()
        for one in [one for one in group if one[2] == last] or group:
            firsts[one[0]] += full[one]
        (best, most), *others = firsts.most_common(2)
        even = any(times == most for _, times in others)  # the articles do not agree on the first name: the surname is enough
        for first, between, surname in product({one[0] for one in group}, {one[1] for one in group}, [last, *spellings[last]]):
            yield f"{first}{between}{surname}", f"{'' if even else best}{between}{last}".strip()


def _naming(word: str, counts: Counter[str]) -> bool:
    """Return whether a word is part of a person's name rather than a country, a title, an abbreviation, or a word in a headline."""
    folded = fold(word)
    common = folded in OPENERS or folded in TITLES or bool(country(folded)) or counts[word.lower()] > counts[word]
    return not common and len(folded) > 1 and not word.isupper() and bool(_WORD.fullmatch(word))


def _surnames(full: Counter[tuple[str, str, str]], offices: Mapping[str, set[str]], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield spellings of surnames with the form to use."""
    firsts: dict[str, Counter[str]] = defaultdict(Counter)
    for (first, _, last), times in full.items():
        firsts[last][_first(first)] += times
    near: dict[str, list[_Surname]] = {f"={_sound(fold(name))}": [] for name in offices}
    for name in counts:
        folded = fold(name)
        sound = f"={_sound(folded)}"
        one = _Surname(name)
        if name in offices:
            key, times = firsts[name].most_common(1)[0] if name in firsts else ("", 0)
            one = _Surname(name, frozenset(offices[name]), key if times >= _CLEAR * firsts[name].total() else None)
            for key in {folded[:n] + folded[n + 1 :] for n in range(len(folded))} | {folded}:
                near.setdefault(key, []).append(one)
        if sound in near and (name in offices or (name[0].isupper() and _naming(name, counts))):
            near[sound].append(one)
    group = {one: [one] for one in chain.from_iterable(near.values())}
    for a, b in chain.from_iterable(combinations(bucket[:_MANY], 2) for bucket in near.values()):
        if group[a] is not group[b] and _same(a, b):
            group[a] += group[b]
            group.update(dict.fromkeys(group[b], group[a]))
    for members in {id(members): members for members in group.values()}.values():
        best = min((one.spelling for one in members), key=lambda name: (-counts[name], len(name), name))
        if len({one.first for one in members if one.first}) < 2:
            yield from ((one.spelling, best) for one in members if one.spelling != best)


def _same(one: _Surname, other: _Surname) -> bool:
    """Return whether two spellings name one person, for all that the articles say."""
    a, b = fold(one.spelling), fold(other.spelling)
    if one.first is None or other.first is None or (one.first and other.first and one.first != other.first):
        return False
    if a == b or min(len(a), len(b)) < _LONG:
        return a == b
    if _sound(a) == _sound(b):
        return True
    ends = {a[-1], b[-1]}
    if a.startswith(b) or b.startswith(a) or ("a" in ends and ends - {"a", "o"}):
        return False  # Peter and Peters, Lanka and Lankan; Zelensky and Zelenska
    return (bool(one.first and other.first) or bool(one.offices & other.offices)) and same_spelling(a, b)
