"""Quantities in other languages than English, which have no parser here: values, percent, money and bounds, by the tables of `data/`.

Decimals have a comma in all of them. A number word that is a part of a longer one that the tables do not spell is not read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from briefing.language.bounds import Bound
from briefing.language.document import english
from briefing.language.numerals import DIGITS, valued
from briefing.language.quantities import Quantity
from briefing.language.units import CODE, SIGNS, unit_of

_MARKED, _FEWEST = 0.12, 3  # share of a text's words that tell its language, and how many different ones they are
_MONEY = {
    "euro": "euro", "euros": "euro", "eur": "euro", "dollar": "dollar", "dollars": "dollar", "dólares": "dollar", "dollari": "dollar",
    "franken": "franc", "francs": "franc", "franchi": "franc", "pfund": "pound", "libras": "pound", "sterline": "pound", "yen": "yen",
}  # fmt: skip
_BOUNDS: dict[str, tuple[Bound, bool]] = {
    "up": ("up", True), "least": ("up", False), "down": ("down", True), "most": ("down", False), "near": ("near", False),
}  # fmt: skip
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d\b| ?h ?\d\d\b)")


class _Grammar(NamedTuple):
    """How one language writes quantities, as patterns and values."""

    words: dict[str, Decimal]
    scales: dict[str, int]
    number: re.Pattern[str]
    bound: re.Pattern[str]


def language(text: str) -> str:
    """Return the language of a text ("de"), "" for English, and for one that is in no table or cannot be told."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    held = {name: [word for word in words if word in marks] for name, marks in _marks().items()}
    best = max(held, key=lambda name: len(held[name]))
    told = len(held[best]) >= _MARKED * len(words) and len({*held[best]}) >= _FEWEST
    return best if told and not english(text) else ""


@lru_cache(maxsize=1 << 12)  # a source's sentences are asked for again with every claim
def abroad(text: str, name: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in the language of a table."""
    return tuple(_each(text, _grammar(name)))


def _each(text: str, grammar: _Grammar) -> Iterator[Quantity]:
    clock = [m.span() for m in _CLOCK.finditer(text)]
    found = [m for m in grammar.number.finditer(text) if not any(a <= m.start() < b for a, b in clock)]
    for k, m in enumerate(found):
        spelt = not m["value"][0].isdigit()
        beside = [n for n in (k - 1, k + 1) if 0 <= n < len(found) and _adjacent(text, *sorted((m, found[n]), key=lambda one: one.start()))]
        if (spelt and beside) or any(not found[n]["value"][0].isdigit() for n in beside):
            continue
        whole = m["value"].lower()  # as in the table: "ß" stays
        value = valued(m["value"], comma=True) if not spelt else grammar.words.get(whole, Decimal(0))
        if m["ten"]:
            value = grammar.words[m["ten"].lower()] + grammar.words[m["one"].lower()]
        elif m["a"] or m["half"]:
            value = Decimal("0.5") if m["half"] else Decimal(1)
        value += Decimal("0.5") if m["rest"] or m["late"] else 0
        for scale in re.findall(r"[^\W\d_]+", (m["scales"] or "").casefold()):
            value *= 10 ** grammar.scales[scale]
        sign, after = m["sign"] or m["after"] or "", (m["money"] or "").casefold()
        unit = SIGNS.get(sign, unit_of(sign) if sign else _MONEY.get(after, ""))
        unit = "point" if m["point"] else "%" if m["percent"] else unit
        before = grammar.bound.search(text[: m.start()])
        bound, strict = _BOUNDS[before.lastgroup or ""] if before else ("", False)
        yield Quantity(value, value, unit, "", bound, strict, "", -1, m.start(), m.end())


def _adjacent(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether two numbers are parts of a longer one: nothing but a space stands between them."""
    return one.end() < len(text) and re.fullmatch(r"[ -]?(?:(?:e|y|und|en|et) )?", text[one.end() : other.start()]) is not None


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("briefing.language") / "data" / "abroad.toml").read_text(encoding="utf-8"))


@cache
def _marks() -> dict[str, frozenset[str]]:
    """Return for each language the words by which it is told."""
    return {name: frozenset(table["marks"].split()) for name, table in _tables().items()}


@cache
def _grammar(name: str) -> _Grammar:
    table = _tables()[name]
    ones, tens = dict(_counting(table["ones"], 1)), dict(_counting(f"20= {table['tens']}", 10))
    words = {**ones, **tens, **{word: Decimal(str(value)) for word, value in table["words"].items()}}
    joiners, kind = table["joiner"].split(), table["joined"]
    small = {word: value for word, value in ones.items() if value < 10}
    if kind == "ones-tens":
        first = {**small, ("ein" if "und" in joiners else "een"): Decimal(1)}
        words |= {f"{one}{j}{ten}": a + b for one, a in first.items() for ten, b in tens.items() for j in joiners}
    elif kind == "tens-ones":
        words |= {
            f"{ten[:-1] if one[0] in 'uo' else ten}{one.replace('tre', 'tré')}": a + b
            for ten, b in tens.items()
            for one, a in {**small, "uno": Decimal(1)}.items()
        }
    if table["hundreds"]:
        words |= {f"{one}{table['hundreds']}": 100 * value for one, value in small.items()}
    scales: dict[str, int] = {word.rstrip("."): power for word, power in table["scales"].items()}
    scale = _any(table["scales"])
    join = "|".join(re.escape(j.replace("_", " ")) for j in joiners) if kind == "apart" else "(?!)"
    a, half, late = (_any(table[field].split()) for field in ("a", "half", "and_half"))
    sign = "|".join((*map(re.escape, SIGNS), CODE))
    number = re.compile(
        rf"(?<![\w.,])(?:(?P<sign>(?-i:{sign}))[ \u00a0]?(?=\d))?(?P<value>{DIGITS}|"
        rf"(?P<ten>{_any(tens)})(?:{join})(?P<one>{_any(ones)})|{_any(words)}|"
        rf"(?P<half>{half})(?=[ -](?:{scale})(?!\w))|(?P<a>{a})(?= (?:{scale})(?!\w)))(?!\w)(?P<rest> (?:{late})\b)?"
        rf"(?P<scales>(?:[ \u00a0-](?:{scale})(?!\w))*)(?P<late> (?:{late})\b)?"
        rf"(?:[ \u00a0]?(?:(?P<point>(?:{_any(table['point'].split())})\b)|(?P<percent>%|(?:{_any(table['percent'].split())})\b))|"
        rf"[ \u00a0]?(?P<after>(?-i:{sign}))|(?: de| d['’]| di)?[ \u00a0]?(?P<money>{_any(_MONEY)})\b)?",
        re.IGNORECASE,
    )
    kinds = "|".join(rf"(?P<{name}>{_any(table[name].split())})" for name in _BOUNDS)
    return _Grammar(words, scales, number, re.compile(rf"(?<!\w)(?:{kinds}) ?$", re.IGNORECASE))


def _counting(text: str, step: int) -> Iterator[tuple[str, Decimal]]:
    """Yield words with their values: they count on by a step, from what "=" and "|" say ("|70" is a value that has no word)."""
    value = 0
    for word in text.split():
        if word.endswith("="):
            value = int(word[:-1])
        elif word.startswith("|"):
            value = int(word[1:]) + step
        else:
            yield word, Decimal(value)
            value += step


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; of none where there are none."""
    return "|".join(re.escape(word.replace("_", " ")) for word in sorted(words, key=len, reverse=True)) or "(?!)"
