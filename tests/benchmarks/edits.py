"""Labelled claims about sentences of articles, made by program: what a judge of support learns from. No model is asked.

    python -m tests.benchmarks.edits FOLDER... --out FILE [--number N] [--seed N] [--show N] [--parses FILE]

article ─ sentences that can be told ─ true texts of each: cut, reworded, turned ─ false texts of all of those: one edit each ─►
parse again, as a check ─► a sample in which neither the length of a claim nor its ratio to the source tells the label ─► JSON lines

FOLDER is a day of articles in Markdown (other paths are passed over). A line is a claim: {"id", "document", "kind", "label" (1:
supported), "context" (one to three sentences in order, the source among them, the same ones for every claim of a source), "claim"}.
Prints the kinds with their counts, and how well length, ratio and overlap alone would tell the label (0.5: not at all); `--show N` prints
N claims of each kind, to be read. The same folders, number and seed give the same file. An edit that could leave a claim true, or a true
text that could say more than its source, is left out: nothing is lost but one of many claims.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from briefing.console import watcher
from briefing.language.attribution import Attribution, attributions
from briefing.language.base import Parse, Parser
from briefing.language.cached import CachedParser
from briefing.language.connectors import DATELINE
from briefing.language.cuts import TICKER, cuts, main_clause
from briefing.language.document import Document
from briefing.language.phrases import human
from briefing.language.pronouns import open_references
from briefing.language.reference import resolve
from briefing.language.verbs import SAYING, SUBJECTS, finite, quoted, sound, within
from briefing.sqlite.store import SqliteStore
from briefing.stages.edits import EMPHASIS
from briefing.stages.rewrite import rewrite
from briefing.text.articles import article
from tests.benchmarks.scoring import area
from tests.model_here import default_parser

SHORTEST, LONGEST = 8, 45
"""Words of a source sentence."""

FLOOR = 150
"""Records of each kind in 6,000; fewer where fewer are asked for."""

PASSES = 6
PER_SOURCE = 10
PER_KIND = 2  # claims of one kind about one source
PER_BASE = 2  # edits of one kind of one true text
SOURCES = 1 / 4  # of the number of records
BAND = (0.45, 0.55)
WHOLE = 0.15  # share of the true claims that are their source

Change = tuple[int, int, str]


# -- words --------------------------------------------------------------------------------------------------

_IRREGULAR = {
    row.split()[0]: (row.split()[1], row.split()[2])
    for row in """
    arise arose arisen/be was been/beat beat beaten/become became become/begin began begun/bend bent bent/bet bet bet/bind bound bound/
    bite bit bitten/bleed bled bled/blow blew blown/break broke broken/breed bred bred/bring brought brought/build built built/
    burst burst burst/buy bought bought/cast cast cast/catch caught caught/choose chose chosen/cling clung clung/come came come/
    cost cost cost/creep crept crept/cut cut cut/deal dealt dealt/dig dug dug/do did done/draw drew drawn/drink drank drunk/
    drive drove driven/eat ate eaten/fall fell fallen/feed fed fed/feel felt felt/fight fought fought/find found found/flee fled fled/
    fly flew flown/forbid forbade forbidden/forget forgot forgotten/forgive forgave forgiven/freeze froze frozen/get got gotten/
    give gave given/go went gone/grind ground ground/grow grew grown/hang hung hung/have had had/hear heard heard/hide hid hidden/
    hit hit hit/hold held held/hurt hurt hurt/keep kept kept/know knew known/lay laid laid/lead led led/leave left left/lend lent lent/
    let let let/lie lay lain/light lit lit/lose lost lost/make made made/mean meant meant/meet met met/mislead misled misled/
    mistake mistook mistaken/outbid outbid outbid/overcome overcame overcome/oversee oversaw overseen/overtake overtook overtaken/
    overthrow overthrew overthrown/override overrode overridden/
    pay paid paid/put put put/quit quit quit/read read read/rebuild rebuilt rebuilt/
    redo redid redone/repay repaid repaid/rewrite rewrote rewritten/rid rid rid/ride rode ridden/ring rang rung/rise rose risen/run ran run/
    say said said/see saw seen/seek sought sought/sell sold sold/send sent sent/set set set/shake shook shaken/shed shed shed/
    shine shone shone/shoot shot shot/show showed shown/shrink shrank shrunk/shut shut shut/sing sang sung/sink sank sunk/sit sat sat/
    sleep slept slept/slide slid slid/speak spoke spoken/spend spent spent/spin spun spun/split split split/spread spread spread/
    spring sprang sprung/
    stand stood stood/steal stole stolen/stick stuck stuck/sting stung stung/strike struck struck/strive strove striven/
    swear swore sworn/sweep swept swept/swim swam swum/swing swung swung/take took taken/teach taught taught/tear tore torn/tell told told/
    think thought thought/throw threw thrown/undergo underwent undergone/understand understood understood/undertake undertook undertaken/
    undo undid undone/uphold upheld upheld/wake woke woken/wear wore worn/weep wept wept/win won won/wind wound wound/
    withdraw withdrew withdrawn/withhold withheld withheld/withstand withstood withstood/write wrote written
    """.replace("\n", "").split("/")
}
_DOUBLED = frozenset(
    """
    admit commit permit submit omit refer prefer occur transfer control expel compel propel rebel regret deter defer infer incur
    patrol equip ban plan stop drop plot rob slam grab slip skip ship trim strip snap wrap tap top tip rip zip chop shop crop hop pop
    mop scrap stab jog nod beg rig tug hug pin plug jam cram ram dim skim swap trap tag bar star stir scar spur spot knit pat fit
    scrub bug drag flag nab rub sob snub wed kidnap program
    """.split()
)


def past(lemma: str) -> str:
    """Return the simple past of a verb."""
    return _IRREGULAR[lemma][0] if lemma in _IRREGULAR else _regular(lemma)


def participle(lemma: str) -> str:
    """Return the past participle of a verb."""
    return _IRREGULAR[lemma][1] if lemma in _IRREGULAR else _regular(lemma)


def _regular(lemma: str) -> str:
    if lemma in _DOUBLED:
        return lemma + lemma[-1] + "ed"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    if lemma.endswith("c"):
        return lemma + "ked"
    return lemma + ("d" if lemma.endswith("e") else "ed")


def third(lemma: str) -> str:
    """Return the third person singular of a verb."""
    if lemma in {"be", "have"}:
        return {"be": "is", "have": "has"}[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def inflected(lemma: str, tag: str) -> str:
    """Return a verb in the form of a Penn tag, "" where none is known."""
    forms: dict[str, Callable[[str], str]] = {"VBD": past, "VBN": participle, "VBZ": third, "VB": str, "VBP": str}
    return forms[tag](lemma) if tag in forms else ""


_VOWEL = re.compile(r"(?!uni|use|usu|eu|one\b|once\b|U\.|UK|US|UN|ut)(?:[aeiou]|hour|honest|heir|8|11\b|18\b)", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Z.]+\b")
_ARTICLE = re.compile(r"\b([Aa])(n?) (?=[“\"‘]?(\$?[\w.’'-]+))")


def _agreed(text: str, before: str) -> str:
    """Return a text with "a" or "an" as the next word wants it, where that is a pair that did not stand in the text before."""

    def right(m: re.Match[str]) -> str:
        if m[0] + m[3] in before or m[3].startswith("$"):
            return m[0]
        word = m[3]
        vowel = word[0] in "AEFHILMNORSX" if _ACRONYM.fullmatch(word) else bool(_VOWEL.match(word.casefold()))
        return f"{m[1]}{'n' if vowel else ''} "

    return _ARTICLE.sub(right, text)


def tidy(text: str, before: str = "") -> str:
    """Return a text as a sentence is written: single spaces, no doubled or leading comma, a capital, a stop."""
    text = " ".join(text.split())
    text = re.sub(r" +([,.;:!?)”])", r"\1", text)
    text = re.sub(r"([(“]) +", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r"[,;:](?:\s*)([.;:])", r"\1", text)
    text = re.sub(r"\.\.+$", ".", text).lstrip(" ,;:–—-")
    text = _agreed(text, before)
    at = next((n for n, char in enumerate(text) if char.isalnum()), 0)
    text = text[:at] + text[at : at + 1].upper() + text[at + 1 :]
    if text.endswith(("”", '"')) and text[-2:-1] not in ".!?…":
        return f"{text[:-1]}.{text[-1]}"
    return text if text.endswith((".", "!", "?", "”", '"', ".)", ".’")) else text.rstrip(" ,;:–—-") + "."


def changed(text: str, *changes: Change) -> str:
    """Return a text with some spans replaced, tidied; "" where two of them overlap."""
    parts, at = [], 0
    for start, end, new in sorted(changes):
        if start < at:
            return ""
        parts += [text[at:start], new]
        at = end
    return tidy("".join([*parts, text[at:]]), text)


def same(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but marks and capitals."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w$%€£]+", text.casefold()))


# -- what a parse shows -------------------------------------------------------------------------------------

_NAMING = frozenset("PERSON ORG GPE NORP FAC LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE".split())
_MARKS = frozenset(',;:—–()[]“”"«»')


def drop(parse: Parse, first: int, last: int, new: str = " ") -> Change:
    """Return the change that takes tokens `first` to `last` (half open) out, or puts other words in their place."""
    tokens = parse.tokens
    end = tokens[last].start if last < len(tokens) and not new.strip() else tokens[last - 1].end
    return tokens[first].start, end, new


def word_at(parse: Parse, n: int) -> str:
    """Return token `n` in small letters, "" outside the sentence."""
    return parse.word(n).casefold() if 0 <= n < len(parse.tokens) else ""


def span_of(parse: Parse, n: int) -> tuple[int, int] | None:
    """Return the tokens of the constituent that `n` heads, without marks at its edges; None where something stands between them."""
    below = parse.subtree(n)
    while below and parse.tokens[below[-1]].pos == "PUNCT":
        below.pop()
    while below and parse.tokens[below[0]].pos == "PUNCT":
        below.pop(0)
    return (below[0], below[-1] + 1) if below and below[-1] + 1 - below[0] == len(below) else None


def noun_phrase(parse: Parse, head: int, longest: int = 9) -> tuple[int, int] | None:
    """Return the tokens of a plain noun phrase: in one piece, without clauses or marks in it; None where it is none."""
    span = span_of(parse, head)
    if span is None or span[1] - span[0] > longest or parse.tokens[head].pos not in {"NOUN", "PROPN"}:
        return None
    inside = range(*span)
    if any(parse.word(n) in _MARKS or parse.tokens[n].dep in {"relcl", "advcl", "ccomp", "acl", "appos"} for n in inside):
        return None
    return span if parse.tokens[span[0]].pos not in {"ADV", "CCONJ", "ADP"} and parse.tokens[span[1] - 1].tag != "POS" else None


def small(parse: Parse, first: int, last: int) -> str:
    """Return the text of some tokens as it stands inside a sentence: without the capital of its head, unless that is a name's."""
    text = parse.span(first, last)
    token, word = parse.tokens[first], parse.word(first)
    name = (
        token.pos == "PROPN"
        or (token.entity in _NAMING and token.pos not in {"DET", "PRON", "ADP", "ADV", "SCONJ"})
        or (word.isupper() and len(word) > 1)
        or word in {"I", "I’m"}
    )
    following = parse.word(first + 1) if first + 1 < len(parse.tokens) and first + 1 < last + 1 else ""
    name = name or (following[:1].isupper() and token.pos in {"NOUN", "ADJ", "NUM", "VERB", "INTJ"})
    if (name and word.casefold() not in {"the", "a", "an", "last", "next", "earlier", "late", "early"}) or not word[:1].isalpha():
        return text
    return text[:1].lower() + text[1:]


def subject(parse: Parse, verb: int) -> int:
    """Return the one subject of a verb, -1 where it has none or several."""
    found = parse.below(verb, "nsubj", "nsubjpass")
    return found[0] if len(found) == 1 else -1


def plural(parse: Parse, n: int) -> bool:
    """Return whether a noun is one for several: by its form, or joined by "and"."""
    joined = parse.below(n, "conj") and any(word_at(parse, m) == "and" for m in parse.below(n, "cc"))
    token = parse.tokens[n]
    many = token.tag in {"NNS", "NNPS"} and not (token.tag == "NNPS" and token.entity in {"ORG", "GPE", "PERSON"})
    return many or bool(joined) or word_at(parse, n) in {"they", "police", "people", "we", "these", "those"}


def helpers(parse: Parse, verb: int) -> list[int]:
    """Return the auxiliaries of a verb in order."""
    return parse.below(verb, "aux", "auxpass")


def group(parse: Parse, verb: int) -> int:
    """Return the first token of a verb's group: its first auxiliary, or itself, with an adverb before it."""
    first = min([verb, *helpers(parse, verb)])
    while first > 0 and parse.tokens[first - 1].dep in {"advmod", "neg"} and parse.tokens[first - 1].head == verb:
        first -= 1
    return first


def agrees(parse: Parse, verb: int, other: int, beside: Parse | None = None) -> bool:
    """Return whether a verb fits another subject (of `beside`): its form is one for both numbers, or that of this one."""
    finite_ones = [n for n in [verb, *helpers(parse, verb)] if parse.tokens[n].tag in {"VBD", "VBZ", "VBP"}]
    for n in finite_ones:
        word = word_at(parse, n)
        if parse.tokens[n].tag == "VBP" or word == "were":
            return plural(beside or parse, other)
        if parse.tokens[n].tag == "VBZ" or word == "was":
            return not plural(beside or parse, other)
    return True


def animate(parse: Parse, n: int) -> bool:
    """Return whether a noun may act: a person, a body, a country, a human role."""
    token = parse.tokens[n]
    if token.pos not in {"NOUN", "PROPN"}:
        return False
    return token.entity in {"PERSON", "ORG", "GPE", "NORP"} or (not token.entity and (human(token.lemma) or token.lemma in _ACTING))


_ACTING = frozenset(
    """
    police army court company government team club union court jury senate council board bank agency group party army troop force
    soldier officer prosecutor lawyer man woman people voter worker student family crowd state country ministry department protester
    lawmaker
    """.split()
)


def verbs(parse: Parse) -> list[int]:
    """Return the finite verbs of a sentence that have a subject of their own and stand outside its quotations."""
    spoken = quoted(parse.text)
    return [
        n
        for n, token in enumerate(parse.tokens)
        if token.pos in {"VERB", "AUX"}
        and token.dep in {"ROOT", "ccomp", "conj", "relcl", "advcl"}
        and finite(parse, n)
        and not within(token.start, spoken)
    ]


def relations(parse: Parse) -> set[tuple[str, str, str]]:
    """Return who does what in a sentence: the subjects of its verbs, active or passive."""
    return {
        (parse.tokens[s].lemma.casefold(), parse.tokens[s].dep, parse.tokens[n].lemma)
        for n in range(len(parse.tokens))
        for s in parse.below(n, "nsubj", "nsubjpass")
    }


# -- the names of an article --------------------------------------------------------------------------------

_ALIKE = [
    frozenset(row.split("|"))
    for row in """
    u.s.|us|united states|america|usa|u.s.a.|white house|trump administration|biden administration|administration|washington|american
    white house|administration|trump administration|biden administration|trump|donald trump|biden|joe biden|president|oval office|pentagon
    uk|u.k.|britain|united kingdom|great britain|england|british|london
    eu|e.u.|european union|europe|european|european commission|brussels
    un|u.n.|united nations|security council|world health organization|who
    russia|kremlin|moscow|russian|russians
    china|beijing|chinese|israel|israeli
    iran|tehran|iranian|iranians|islamic republic
    israel|israeli|israelis|israel defense forces|idf|jerusalem
    gop|republican|republicans|republican party|conservative|conservatives
    democrat|democrats|democratic|democratic party|dems
    congress|house|senate|capitol|house of representatives|u.s. senate|u.s. house|capitol hill
    supreme court|u.s. supreme court|high court|court
    fbi|justice department|doj|department of justice|federal bureau of investigation
    pentagon|defense department|department of defense|defense secretary|military|army|navy|u.s. military
    new york|nyc|new york city|manhattan|brooklyn|queens|bronx
    la|los angeles|l.a.|hollywood
    d.c.|dc|washington|washington d.c.|washington, d.c.|district of columbia
    north korea|pyongyang|dprk
    holland|netherlands|dutch
    palestine|palestinian|palestinians|gaza|west bank|gaza strip|hamas
    facebook|meta|instagram|whatsapp
    google|alphabet|youtube
    twitter|x
    christian|christians|catholic|catholics|evangelical|protestant
    """.strip().splitlines()
    for row in [row.strip()]
]
_COUNTRIES = frozenset(
    """
    afghanistan|albania|algeria|angola|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|belarus|belgium|bolivia|
    bosnia|brazil|britain|bulgaria|cambodia|cameroon|canada|cape verde|chad|chile|china|colombia|congo|costa rica|croatia|cuba|
    curacao|curaçao|cyprus|denmark|ecuador|egypt|england|eritrea|estonia|ethiopia|finland|france|georgia|germany|ghana|greece|
    guatemala|guinea|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|ivory coast|jamaica|japan|jordan|
    kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|libya|lithuania|luxembourg|malaysia|mali|malta|mexico|moldova|
    mongolia|montenegro|morocco|mozambique|myanmar|nepal|netherlands|new zealand|nicaragua|niger|nigeria|north korea|norway|oman|
    pakistan|panama|paraguay|peru|philippines|poland|portugal|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|
    singapore|slovakia|slovenia|somalia|south africa|south korea|spain|sri lanka|sudan|sweden|switzerland|syria|taiwan|tajikistan|
    tanzania|thailand|tunisia|turkey|uganda|uk|u.k.|ukraine|united arab emirates|uae|united kingdom|united states|u.s.|us|uruguay|
    uzbekistan|venezuela|vietnam|wales|yemen|zambia|zimbabwe
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_STATES = frozenset(
    """
    alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|
    kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|
    new jersey|new mexico|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|
    tennessee|texas|utah|vermont|virginia|west virginia|wisconsin|wyoming
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_WIDE = frozenset(
    "europe|asia|africa|america|north america|south america|middle east|latin america|west|east|south|north|earth|world".split("|")
)
_WITH_THE = frozenset(
    "u.s.|us|united states|u.k.|uk|united kingdom|philippines|netherlands|u.n.|un|united nations|eu|uae|fbi|cia|cdc|doj".split("|")
)
_SIDES = frozenset("republican republicans democrat democrats democratic gop conservative conservatives liberal liberals".split())
_TITLES = frozenset("mr mrs ms dr sir sen rep gov president judge mayor king queen prince princess pope lord lady gen col".split())
_NAME = re.compile(r"[A-Z][\w.’'&-]*\b\.?(?: (?:(?:of|the|and|for|de|la|al|bin|van|von|du|di) )*[A-Z0-9][\w.’'&-]*){0,4}")


class Name(NamedTuple):
    """A name of an article: `the` says whether an article stands before it, `rank` separates countries, states and places, or sides."""

    text: str
    kind: str
    rank: str
    the: bool


def _rank(text: str, kind: str) -> str:
    name = text.casefold()
    if kind == "GPE":
        return "country" if name in _COUNTRIES else "state" if name in _STATES else "wide" if name in _WIDE else "place"
    if kind == "NORP":
        side = "side" if name in _SIDES else "people" if name.endswith(("n", "ns", "ese", "sh", "i", "is", "ch", "k")) else ""
        return f"{side} {name.endswith('s')}" if side else f"only {name}"
    return str(len(text.split()) > 1) if kind == "PERSON" else ""


def bare(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """Return a name's tokens without the article, title and possessive ending at its edges."""
    while last - 1 > first and (parse.word(last - 1) in {"'s", "’s", "'", "’"} or parse.tokens[last - 1].pos == "PUNCT"):
        last -= 1
    while last - 1 > first and (word_at(parse, first) == "the" or word_at(parse, first).rstrip(".") in _TITLES):
        first += 1
    return first, last


def names_in(parse: Parse) -> Iterator[tuple[Name, int, int]]:
    """Yield the names of a sentence with their tokens, half open."""
    for entity in parse.entities:
        if entity.kind in {"PERSON", "ORG", "GPE", "NORP"}:
            first, last = bare(parse, entity.first, entity.last)
            text = parse.span(first, last)
            head = next((n for n in range(first, last) if parse.tokens[n].head not in range(first, last)), first)
            if any(m < first for m in parse.below(head, "poss")):  # "Norland's Guard" is no name by itself
                continue
            if _NAME.fullmatch(text) and len(text) > 1 and text[-1] not in "-’'":
                yield Name(text, entity.kind, _rank(text, entity.kind), word_at(parse, first - 1) == "the"), first, last


def alias(one: str, other: str) -> bool:
    """Return whether two names could mean the same, or one a part of the other."""
    a, b = (re.sub(r"^(?:the|u\.?s\.?|american) (?=\w)", "", re.sub(r"^the ", "", name.casefold())) for name in (one, other))
    if any(a in row and b in row for row in _ALIKE) or a in b or b in a:
        return True
    words = [{re.sub(r"\W", "", w)[:6] for w in name.split() if len(w) > 2} for name in (a, b)]
    if words[0] & words[1]:
        return True
    for short, long in ((one, other), (other, one)):
        letters = Counter(re.sub(r"\W", "", short))
        if re.sub(r"\W", "", short).isupper() and len(short) <= 6:
            initials = Counter(w[0] for w in long.split() if w[0].isupper())
            if sum((initials & letters).values()) >= min(2, len(short)) and len(long.split()) > 1:
                return True
    return a[:4] == b[:4]


def _akin(one: str, other: str) -> bool:
    """Return whether two phrases hold names that could mean the same."""
    a, b = (f" {re.sub(r'[^a-z. ]', ' ', text.casefold())} " for text in (one, other))
    return any(any(f" {name} " in a for name in row) and any(f" {name} " in b for name in row) for row in _ALIKE)


class Names:
    """The names of some documents: which kind a name is of by all of them, which ones each of them has, and which of those act or speak."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self._own: dict[str, Counter[Name]] = {}
        self._acting: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._small: set[str] = set()
        for document in documents:
            path = document.article.path
            own = self._own.setdefault(path, Counter())
            seen: Counter[str] = Counter()
            for number in document.body():
                parse = document.parse(number)
                seen.update(
                    parse.word(n)
                    for n in range(1, len(parse.tokens))
                    if parse.word(n - 1) not in _MARKS - {","} or parse.word(n)[:1].islower()
                )
                for name, first, last in names_in(parse):
                    own[name] += 1
                    self._kinds[name.text][name.kind] += 1
                    if _acts(parse, first, last):
                        self._acting[path].add(name.text.split()[-1])
            self._words[path] = frozenset(w for w in seen if w[:1].isupper()), frozenset(w for w in seen if w[:1].islower())
            self._small |= self._words[path][1]

    def known(self, name: Name) -> bool:
        """Return whether a name is of its kind wherever it stands, and stands more than once unless it is a person's in full."""
        kinds = self._kinds[name.text]
        total = sum(kinds.values())
        often = total > 1 or (name.kind == "PERSON" and " " in name.text) or name.rank in {"country", "state"}
        return kinds[name.kind] >= 0.8 * total and often

    def acts(self, document: Document, name: str) -> bool:
        """Return whether an article lets a name say or do something, or tells its office: no street, no storm, no ship does."""
        return name.split()[-1] in self._acting[document.article.path]

    def others(self, document: Document, name: Name) -> list[Name]:
        """Return the other names of a document that could stand in the place of this one, in order of the text, one form of each."""
        found: list[Name] = []
        outlet = document.article.source
        for other in self._own[document.article.path]:
            fit = (other.kind, other.rank) == (name.kind, name.rank) and self.known(other)
            fit = fit and (other.kind in {"GPE", "NORP"} or self.acts(document, other.text)) and not (outlet and alias(other.text, outlet))
            if fit and not alias(name.text, other.text) and not any(alias(other.text, one.text) for one in found):
                found.append(other)
        return found

    def written(self, document: Document, text: str) -> str:
        """Return a text with each word as its article writes it inside a sentence: names with their capital, others without."""
        inside, small_ones = self._words[document.article.path]

        def right(m: re.Match[str]) -> str:
            word = m[0]
            if word[0].islower():
                name = word.capitalize()
                known = name in inside or word not in self._small
                return name if known and word not in small_ones and re.search(rf"\b{name}\b", document.article.text) else word
            return word.casefold() if word not in inside and word.casefold() in small_ones else word

        return re.sub(r"(?<=[\w,] )[A-Z]?[a-z]+\b(?![-.’'])", right, text)


def _acts(parse: Parse, first: int, last: int) -> bool:
    """Return whether a name is the subject of a verb of saying or doing, or stands by an office."""
    inside = range(first, last)
    head = next((n for n in inside if parse.tokens[n].head not in inside), first)
    token = parse.tokens[head]
    if token.dep == "nsubj" and parse.tokens[token.head].lemma in SAYING | {
        "want",
        "decide",
        "vote",
        "sign",
        "resign",
        "write",
        "win",
        "play",
        "agree",
        "plan",
    }:
        return True
    beside = [*parse.below(head, "appos"), *(n for n in parse.below(head, "compound", "nmod") if n not in inside)]
    return any(human(parse.tokens[n].lemma.casefold()) for n in beside)


# -- a text and what an edit of it may look at --------------------------------------------------------------


class Scene(NamedTuple):
    """A true text about sentence `number` and what an edit of it may look at; `base` is the kind of true text that it is."""

    parse: Parse
    document: Document
    number: int
    context: tuple[int, ...]
    names: Names
    rng: random.Random
    base: str = "whole"

    def nearby(self) -> list[int]:
        """Return the other sentences of the context."""
        return [n for n in self.context if n != self.number]


Maker = Callable[[Scene], Iterator[str]]


# -- true texts ---------------------------------------------------------------------------------------------

_REPORTING = frozenset("say tell state report announce add note argue claim write explain".split())
_TIMED = frozenset(["DATE", "TIME"])
_LEADS = frozenset("after before when while as since because although though once despite during amid following if in on at".split())
_STATIVE = frozenset(
    """
    have be become cost weigh want mean last include contain resemble lack like love hate need know fit equal total remain seem appear
    join enter leave reach face get spend take say tell think let make lose follow mark give
    """.split()
)
_NUMBERS = dict(zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True))
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def whole(scene: Scene) -> Iterator[str]:
    """Yield the sentence itself."""
    yield scene.parse.text


def cut(scene: Scene) -> Iterator[str]:
    """Yield the text with some of the cuts that its grammar licenses."""
    licensed = [one for one in cuts(scene.parse) if one.reason not in {DATELINE, TICKER}]
    for one in licensed:
        yield changed(scene.parse.text, (one.start, one.end, " " if one.start == 0 else ""))


def shortest(scene: Scene) -> Iterator[str]:
    """Yield the main clause alone."""
    found = main_clause(scene.parse)
    if found:
        yield changed(scene.parse.text, *((one.start, one.end, " " if one.start == 0 else "") for one in found))


class Said(NamedTuple):
    """A reported clause apart: `clause` is what is said, `frame` who says it with the verb and what stands by it, `speaker` who."""

    clause: str
    frame: str
    speaker: str
    way: str
    leans: bool


def said(parse: Parse) -> Said | None:
    """Return what a sentence reports and who says it, where it is nothing but a report: a clause, and a frame before or after it."""
    found = attributions(parse)
    one = found[0] if found else None
    if one is None or parse.text.count("“") != parse.text.count("”") or '"' in parse.text or not sound(parse):
        return None
    return _reported(parse, one) if one.kind == "said" and one.verb == parse.root else None


def _speaks(parse: Parse, one: Attribution) -> bool:
    """Return whether a phrase names who speaks plainly: in one piece, no pronoun, no clause in it."""
    inside = range(one.first, one.last)
    plain = one.last - one.first <= 10 and not any(
        parse.word(n) in _MARKS - {","} or parse.tokens[n].dep in {"relcl", "acl"} for n in inside
    )
    return plain and parse.tokens[one.first].pos != "PRON" and sum(parse.word(n) == "," for n in inside) == 0


def _reported(parse: Parse, one: Attribution) -> Said | None:
    tokens, verb = parse.tokens, one.verb
    clauses = parse.below(verb, "ccomp")
    if tokens[verb].lemma not in _REPORTING or tokens[verb].tag not in {"VBD", "VBZ"} or len(clauses) != 1 or not _speaks(parse, one):
        return None
    if parse.below(verb, "aux", "neg", "conj", "advcl", "parataxis", "mark") or not finite(parse, clauses[0]):
        return None
    span = span_of(parse, clauses[0])
    if span is None:
        return None
    if clauses[0] > verb and any(finite(parse, n) and not parse.below(n, *SUBJECTS) for n in parse.below(clauses[0], "conj")):
        return None  # it may be joined to the verb of saying
    first, last = span
    marks = [n for n in range(first, last) if tokens[n].dep == "mark" and tokens[n].head == clauses[0]]
    end = len(tokens) - 1 if tokens[-1].pos == "PUNCT" else len(tokens)
    if first > verb:  # "Reth told reporters on Monday that …"
        if tokens[end - 1].pos == "PUNCT" and end - 1 == last:
            end -= 1
        if last != end or not one.first <= first:
            return None
        if not (marks and marks[0] == first and word_at(parse, first) == "that") and (marks or verb + 1 != first):
            return None
        clause, frame = (first + (1 if marks else 0), end), (0, first)
        told = parse.span(*frame).rstrip(" ,:")
        if one.first != 0 or (tokens[verb].lemma == "tell" and not parse.below(verb, "dobj", "dative")):
            return None
    else:  # "…, Reth told reporters" and "…, said Reth"
        if first != 0 and any(tokens[n].pos != "PUNCT" for n in range(first)):
            return None
        gap = [n for n in range(last, end) if tokens[n].pos == "PUNCT"]
        after = next((n for n in range(last, end) if tokens[n].pos != "PUNCT"), end)
        if after >= end or after not in {one.first, verb} or len(gap) > 2:
            return None
        clause = (0, after)
        rest = (max(one.last, verb + 1), end)
        told = f"{parse.span(one.first, one.last)} {parse.word(verb)} {parse.span(*rest) if rest[0] < rest[1] else ''}".strip()
        if "," in told:
            return None
    text = parse.text[tokens[clause[0]].start : tokens[clause[1] - 1].end].strip(" ,")
    text = re.sub(r",(”?)$", r"\1", small(parse, *clause) if clause[0] == 0 else text).strip()
    if text.count("“") != text.count("”") or not text or "“" in told:
        return None
    heads = [
        n
        for n in range(*clause)
        if tokens[n].pos == "PRON" and word_at(parse, n) in {"he", "she", "they", "it", "his", "her", "their", "its"}
    ]
    return Said(text, told, parse.span(one.first, one.last), tokens[verb].lemma, bool(heads))


_SECOND_THAT = re.compile(r"(?:,| and| but) that (?!is\b|was\b)")  # it needs the first one


def attribution_reworded(scene: Scene) -> Iterator[str]:
    """Yield a report in the other orders: "X said that Y", "Y, X said", "According to X, Y"."""
    parse = scene.parse
    found = said(parse)
    if found is None or len(found.clause.split()) < 4:
        return
    frame = found.frame[:1].upper() + found.frame[1:]
    led = re.sub(r"^that ", "", re.sub(r"^(?:but|and|so|yet|however|meanwhile|still),? ", "", found.clause))
    if _SECOND_THAT.search(led):
        return
    found = found._replace(clause=led, leans=found.leans or led != found.clause)
    closed_by = found.clause[:-1] + ",”" if found.clause.endswith("”") else found.clause + ","
    inner = small_of(parse, found.speaker)
    forms = [f"According to {inner}, {found.clause}"]
    if not found.clause.startswith("“"):
        forms.append(f"{frame} that {found.clause}")
    if not found.leans:
        forms += [f"{closed_by} {small_of(parse, found.frame)}", f"{closed_by} according to {inner}"]
    if len(found.clause.split()) > 30:
        forms = forms[:2]
    for form in forms:
        text = tidy(form, parse.text)
        if not same(text, parse.text):
            yield text


def small_of(parse: Parse, text: str) -> str:
    """Return words of a sentence as they stand inside one: those from its head without its capital, unless that is a name's."""
    if not parse.text.startswith(text):
        return text[:1].lower() + text[1:] if text.split()[0] in {"The", "A", "An", "Some", "Many"} else text
    return small(parse, 0, parse.at(len(text) - 1) + 1)


def attribution_off(scene: Scene) -> Iterator[str]:
    """Yield what the reporter says beside a report: who the speaker is, or where he spoke. What is reported is no part of it."""
    if attributions(scene.parse):
        yield from (*_beside(scene.parse), *_apposed(scene.parse), *_titled(scene.parse), *_spoke(scene.parse))


def appositive_fact(scene: Scene) -> Iterator[str]:
    """Yield what a sentence says of somebody by the way: "Reth, the mayor of Velm, resigned" is "Reth is the mayor of Velm"."""
    if not attributions(scene.parse):
        yield from (*_beside(scene.parse), *_apposed(scene.parse), *_titled(scene.parse))


_QUOTES = frozenset("“”\"‘'")


def _beside(parse: Parse) -> Iterator[str]:
    """Yield what a clause between commas says of a name, or of a definite description, that it stands by."""
    for n, token in enumerate(parse.tokens):
        if token.dep != "relcl" or not finite(parse, n) or not _own_words(parse, token.head):
            continue
        span = span_of(parse, n)
        anchor = token.head
        fit = span is not None and word_at(parse, span[0]) in {"who", "which"} and parse.below(n, *SUBJECTS) == [span[0]]
        if not fit or span is None or parse.tokens[anchor].pos not in {"PROPN", "NOUN"} or word_at(parse, span[0] - 1) != ",":
            continue
        whole_clause = word_at(parse, span[0]) == "which" and (
            token.lemma in {"make", "mean", "lead", "cause", "allow", "help", "raise", "give", "include", "come", "add"}
            or any(parse.tokens[m].tag == "MD" for m in helpers(parse, n))
        )
        common = parse.tokens[anchor].pos == "NOUN"
        if parse.below(anchor, "cc", "conj"):
            continue
        name = _described(parse, anchor, span[0] - 1) if common else _anchor(parse, anchor, span[0] - 1)
        if not name or whole_clause or any(parse.word(m) in _QUOTES for m in range(*span)) or not 4 <= span[1] - span[0] <= 30:
            continue
        yield tidy(f"{name} {parse.span(span[0] + 1, span[1])}", parse.text)


def _described(parse: Parse, anchor: int, end: int) -> str:
    """Return a definite description that ends with its noun: "the driver", "Norland’s largest bank"."""
    first = min(parse.subtree(anchor))
    before = range(first, anchor)
    plain = (
        anchor == end - 1 and 1 <= len(before) <= 4 and all(parse.tokens[n].pos in {"DET", "ADJ", "NOUN", "PROPN", "PART"} for n in before)
    )
    definite = word_at(parse, first) in {"the", "this"} or any(parse.tokens[n].tag == "POS" for n in before)
    return parse.span(first, end) if plain and definite and not parse.below(anchor, "conj", "cc") else ""


def _apposed(parse: Parse) -> Iterator[str]:
    dead = _dead(parse)
    for n, token in enumerate(parse.tokens):
        anchor = token.head
        span = span_of(parse, n) if token.dep == "appos" else None
        if span is None or not _own_words(parse, anchor) or word_at(parse, span[0] - 1) != "," or parse.below(anchor, "conj", "cc"):
            continue
        if any(parse.tokens[m].entity == "PERSON" for m in parse.below(n, "appos")) or parse.tokens[span[1] - 1].dep == "appos":
            continue
        if parse.below(anchor, "appos")[0] != n or "“" in parse.span(*span) or '"' in parse.span(*span):
            continue
        closing = word_at(parse, span[1]) in {",", "."}
        if token.entity == "PERSON" and parse.tokens[anchor].pos == "NOUN" and human(parse.tokens[anchor].lemma):
            office, first = _described(parse, anchor, span[0] - 1), span[0]
            if office and closing and span[1] - first <= 4 and n == span[1] - 1:
                yield tidy(f"{parse.span(*span)} {'was' if dead else 'is'} {office[:1].lower()}{office[1:]}", parse.text)
            continue
        name = _anchor(parse, anchor, span[0] - 1) if parse.tokens[anchor].pos == "PROPN" else ""
        if not name or not closing:
            continue
        if (
            parse.tokens[anchor].entity != "ORG"
            and token.pos == "NUM"
            and word_at(parse, span[1]) == ","
            and span[1] - span[0] == 1
            and re.fullmatch(r"[1-9]\d", parse.word(n))
            and not dead
        ):
            yield tidy(f"{name} is {parse.word(n)} years old", parse.text)
        elif token.pos == "NOUN" and 2 <= span[1] - span[0] <= 22:
            lead = word_at(parse, span[0])
            owned = any(parse.tokens[m].tag == "POS" for m in range(span[0], n))
            listed = word_at(parse, min(parse.subtree(anchor)) - 1) in {"including", "with", "as", ",", "include"} or ", " in parse.span(
                *span
            )
            if parse.tokens[span[0]].pos == "ADV":
                continue
            if (
                human(token.lemma)
                and (lead in {"a", "an", "the"} or owned or (span[0] == n and word_at(parse, n + 1) in {"of", "at", "for"}))
            ) or (parse.tokens[anchor].entity == "ORG" and not listed and not human(token.lemma) and lead in {"a", "an", "the"}):
                yield tidy(f"{name} {'was' if dead else 'is'} {parse.span(*span)}", parse.text)


def _dead(parse: Parse) -> bool:
    """Return whether somebody dies in a sentence, or something is told of long ago: then nobody "is" what he was."""
    old = any(_YEAR.fullmatch(parse.word(n)) and int(parse.word(n)) < 2000 for n in range(len(parse.tokens)))
    return old or any(t.lemma in {"die", "kill", "dead", "death", "murder", "late", "funeral", "bury"} for t in parse.tokens)


def _titled(parse: Parse) -> Iterator[str]:
    """Yield the office that stands before a name: "coach Ida Reth" is "Ida Reth is a coach"."""
    if _dead(parse):
        return
    for entity in parse.entities:
        first, last = bare(parse, entity.first, entity.last)
        head = next((n for n in range(first, last) if parse.tokens[n].head not in range(first, last)), first)
        if entity.kind != "PERSON" or last - first < 2 or not _own_words(parse, head) or word_at(parse, last) in {"'s", "’s", "and"}:
            continue
        start = first
        while (
            start > 0
            and parse.tokens[start - 1].pos in {"NOUN", "PROPN", "ADJ"}
            and parse.tokens[start - 1].head in range(start, last)
            and parse.tokens[start - 1].dep in {"compound", "nmod", "amod"}
        ):
            start -= 1
        while (
            start > 0
            and parse.tokens[start - 1].pos in {"PROPN", "ADJ", "NOUN"}
            and parse.tokens[start - 1].dep in {"compound", "amod", "nmod"}
            and parse.tokens[start - 1].head in range(start, first)
        ):
            start -= 1
        office = range(start, first)
        title = parse.tokens[first - 1] if start < first else None
        if (
            title is None
            or not (human(title.lemma.casefold()) or title.lemma.casefold() in _OFFICES)
            or parse.text[title.end - 1] == "."
            or len(office) > 5
        ):
            continue
        if (word_at(parse, start - 1) in {"-", "–", "the", "and", ",", "'s", "’s"} and start) or any(
            parse.word(n) in {"-", ".", "/"} for n in office
        ):
            continue
        if title.lemma.casefold() in _KIN | {"niece", "grandson", "granddaughter", "counterpart"}:
            continue
        if len(office) == 1 and title.lemma.casefold() in {
            "president",
            "king",
            "queen",
            "pope",
            "official",
            "spokesman",
            "spokeswoman",
            "spokesperson",
        }:
            continue
        capital = parse.word(first - 1)[:1].isupper() and first - 1 > 0
        words = [parse.word(n) for n in office]
        if capital or title.lemma.casefold() in {"president", "secretary", "governor", "mayor", "minister", "chancellor", "speaker"}:
            told = " ".join(words) if "former" not in words else f"a {' '.join(words)}"
        else:
            words[0] = small(parse, start, start + 1)
            told = f"a {' '.join(words)}"
        yield tidy(f"{parse.span(first, last)} is {told}")


_OFFICES = frozenset(
    "secretary president mayor minister governor senator representative congressman congresswoman speaker chancellor chairman".split()
)


_SPEECH = re.compile(
    r"(?:on \w+day )?(?:in|during) (?P<what>an? (?:\w+ ){0,2}(?:statement|interview|speech|email|letter|post|report|release))\b(?P<rest>.*)"
)


def _spoke(parse: Parse) -> Iterator[str]:
    """Yield to whom, where or when somebody spoke: "Reth told the Courier on Monday that" is "Reth spoke to the Courier on Monday"."""
    found = said(parse)
    if found is None or found.way not in {"say", "tell"}:
        return
    frame = re.fullmatch(r"(.+?) (?:said|told) (.+)", found.frame)
    if frame is None or frame[1] != found.speaker or len(frame[2].split()) > 14:
        return
    name = frame[1][:1].upper() + frame[1][1:]
    if found.way == "tell":
        yield tidy(f"{name} spoke to {frame[2]}", parse.text)
    elif m := _SPEECH.match(frame[2]):
        noun = m["what"].split()[-1]
        verb = {"interview": "gave", "speech": "gave", "statement": "made", "email": "sent", "letter": "wrote", "post": "wrote"}.get(
            noun, "issued"
        )
        yield tidy(f"{name} {verb} {m['what']}{m['rest']}", parse.text)
    elif re.match(r"(?:on|at|during) ", frame[2]):
        yield tidy(f"{name} spoke {frame[2]}", parse.text)


def _own_words(parse: Parse, n: int) -> bool:
    """Return whether a word stands in the reporter's own clause: not in a quotation, and not in what somebody is told to have said."""
    if within(parse.tokens[n].start, quoted(parse.text)):
        return False
    while parse.tokens[n].head != n:
        if parse.tokens[n].dep in {"ccomp", "advcl", "relcl"}:
            return False
        n = parse.tokens[n].head
    return not any(a.kind == "according" for a in attributions(parse))


def _anchor(parse: Parse, anchor: int, end: int) -> str:
    """Return the name that token `anchor` heads, as it stands up to token `end`."""
    entity = next((e for e in parse.entities if e.first <= anchor < e.last), None)
    if (
        entity is None
        or entity.last != end
        or anchor != end - 1
        or parse.below(anchor, "poss")
        or entity.kind not in {"PERSON", "ORG", "GPE", "FAC"}
    ):
        return ""
    words = range(entity.first, end)
    if any(parse.tokens[n].pos == "PUNCT" and parse.word(n) not in {".", "-", "’"} for n in words):
        return ""
    if entity.kind == "PERSON":
        return parse.span(*bare(parse, entity.first, end))
    return f"The {parse.span(entity.first, end)}" if word_at(parse, entity.first - 1) == "the" else parse.span(entity.first, end)


_NOT_ALONE = frozenset(
    "no not n't n’t never nobody none nothing nor neither without only hardly barely until unless if whether than every all each any "
    "most least first last ever fewer still again would could should might so such too".split()
)
_PLACING = frozenset(
    "put place base locate set schedule expect send bear move plan list see hold keep leave stand spend use find slate due live".split()
)
_ADJUNCT = frozenset("on in at during last this near earlier early".split())


def adjunct_off(scene: Scene) -> Iterator[str]:
    """Yield an event less its time, its place or what came before or after it, where it is told as one that happened or will."""
    root = scene.parse.root
    for verb in (root, *scene.parse.below(root, "ccomp")) if root >= 0 else ():
        yield from _without_adjunct(scene.parse, verb)


def _without_adjunct(parse: Parse, verb: int) -> Iterator[str]:
    tokens = parse.tokens
    below = range(len(tokens)) if verb == parse.root and not parse.below(verb, "ccomp") else parse.subtree(verb)
    helping = {word_at(parse, n) for n in helpers(parse, verb)}
    told = tokens[verb].tag == "VBD" or helping & {"was", "were", "has", "have", "had", "will"}
    plain = not {word_at(parse, n) for n in below} & _NOT_ALONE and not any(tokens[n].tag in {"JJS", "RBS"} for n in below)
    if not told or not plain or tokens[verb].lemma in _PLACING | {"be"} or parse.below(verb, "xcomp"):
        return
    whole_clause = bool(parse.below(verb, "dobj", "nsubjpass", "ccomp"))
    end = len(tokens) - 1 if tokens[-1].pos == "PUNCT" else len(tokens)
    spoken = quoted(parse.text)
    for n in parse.below(verb, "prep", "advcl", "npadvmod"):
        span = span_of(parse, n)
        if span is None or any(parse.word(m) in _MARKS for m in range(*span)) or not 1 <= span[1] - span[0] <= 14:
            continue
        first, last = span
        inside = {tokens[m].entity for m in ([n, *parse.below(n, "pobj")] if tokens[n].dep == "prep" else range(first, last))}
        dated = inside & set(_TIMED) and word_at(parse, first) in _ADJUNCT | _WEEK
        placed = inside & {"GPE", "FAC"} and word_at(parse, first) in {"in", "at", "near"} and whole_clause
        clause = tokens[n].dep == "advcl" and finite(parse, n) and word_at(parse, first) in {"after", "because", "when", "while", "before"}
        if not (dated or placed or (clause and parse.below(n, *SUBJECTS))) or within(tokens[first].start, spoken):
            continue
        if not whole_clause and (last - first > 6 or verb - first > 0):
            continue
        if first == 0 and word_at(parse, last) == ",":
            yield changed(parse.text, drop(parse, 0, last + 1))
        elif first > verb and (last == end or word_at(parse, last) not in {",", "and"}) and (whole_clause or last == end):
            start = first - 1 if word_at(parse, first - 1) == "," and last == end else first
            yield changed(parse.text, drop(parse, start, last))


_WEEK = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())


def clause_fact(scene: Scene) -> Iterator[str]:
    """Yield what a clause of time or cause tells as happened: "Reth left after the board met" is "The board met"."""
    parse = scene.parse
    tokens = parse.tokens
    for n, token in enumerate(tokens):
        if token.dep != "advcl" or token.head != parse.root or tokens[parse.root].lemma in SAYING:
            continue
        span, s = span_of(parse, n), subject(parse, n)
        if (
            span is None
            or s < 0
            or word_at(parse, span[0]) not in {"after", "because", "since", "while", "although", "though"}
            or tokens[s].pos not in {"NOUN", "PROPN"}
        ):
            continue
        told = token.tag == "VBD" or any(tokens[m].tag in {"VBD", "VBZ", "VBP"} for m in helpers(parse, n))
        inside = [word_at(parse, m) for m in range(*span)]
        if (
            not told
            or min(parse.subtree(s)) != span[0] + 1
            or {"he", "she", "it", "they", "his", "her", "its", "their", "if", "would"} & set(inside)
        ):
            continue
        if any(one.kind in {"said", "according"} and one.verb not in range(*span) for one in attributions(parse)):
            continue
        if span[1] - span[0] >= 6 and not any(parse.word(m) in '“”"()' for m in range(*span)):
            yield tidy(parse.span(span[0] + 1, span[1]), parse.text)


def voice(scene: Scene) -> Iterator[str]:
    """Yield an active clause in the passive and a passive one in the active, where its parts stand in the plain order."""
    for verb in (scene.parse.root, *scene.parse.below(scene.parse.root, "ccomp")):
        if verb >= 0 and not scene.parse.below(verb, "conj", "xcomp", "ccomp", "prt", "dative", "neg", "oprd"):
            yield from _passive(scene.parse, verb)
            yield from _active(scene.parse, verb)


def _passive(parse: Parse, verb: int) -> Iterator[str]:
    tokens = parse.tokens
    s, objects = subject(parse, verb), parse.below(verb, "dobj")
    aux = helpers(parse, verb)
    if s < 0 or len(objects) != 1 or tokens[s].dep != "nsubj" or tokens[verb].lemma in _STATIVE or len(aux) > 1:
        return
    doer, done = noun_phrase(parse, s), noun_phrase(parse, objects[0], 12)
    if doer is None or done is None or tokens[objects[0]].entity in {*_TIMED, "PERCENT"} or (tokens[objects[0]].tag == "NNP" and False):
        return
    if doer[1] != (aux[0] if aux else verb) or done[0] != verb + 1 or (aux and aux[0] != verb - 1):
        return
    if word_at(parse, doer[0]) in {"no", "few"} or any(word_at(parse, n) == "than" for n in range(*done)):
        return
    if word_at(parse, done[1]) == "," and word_at(parse, done[1] + 1) not in {
        "while",
        "after",
        "before",
        "as",
        "when",
        "because",
        "but",
        "and",
        "although",
    }:
        return
    if any(
        word_at(parse, n) in {"his", "her", "its", "their", "himself", "itself", "themselves", "herself"}
        for n in range(doer[0], len(tokens))
    ):
        return
    if any(parse.tokens[n].dep == "conj" and parse.tokens[n].pos in {"VERB", "AUX"} and n > done[1] for n in range(len(tokens))):
        return
    if any(tokens[n].tag == "VBG" and n > verb for n in parse.below(verb, "advcl")):
        return
    if tokens[verb].lemma in {
        "lie",
        "lay",
        "flee",
        "carry",
        "hit",
        "suffer",
        "sustain",
        "see",
        "watch",
        "connect",
        "feature",
        "border",
        "exceed",
        "mean",
        "show",
    }:
        return
    if (
        parse.below(objects[0], "prep")
        and any(tokens[n].dep == "prep" for n in parse.below(verb, "prep") if n == done[1])
        and "of" not in {word_at(parse, n) for n in parse.below(objects[0], "prep")}
    ):
        return
    if not _edged(parse, doer) or not _edged(parse, done):
        return
    if tokens[objects[0]].lemma in {
        "role",
        "place",
        "part",
        "step",
        "way",
        "time",
        "decision",
        "attention",
        "sense",
        "year",
        "home",
        "school",
    }:
        return
    many = plural(parse, objects[0])
    helper = word_at(parse, aux[0]) if aux else ""
    be = {"VBD": "were" if many else "was", "VBZ": "are" if many else "is", "VBP": "are" if many else "is"}.get(tokens[verb].tag, "")
    if helper in {"will", "could", "would", "can", "must", "may", "might", "should"}:
        be = f"{helper} be"
    elif helper in {"has", "have", "had"} and tokens[verb].tag == "VBN":
        be = ("had" if helper == "had" else "have" if many else "has") + " been"
    elif helper:
        return
    if not be:
        return
    new = f"{small(parse, *done)} {be} {participle(tokens[verb].lemma)} by {small(parse, *doer)}"
    yield changed(parse.text, (tokens[doer[0]].start, tokens[done[1] - 1].end, new))


def _active(parse: Parse, verb: int) -> Iterator[str]:
    tokens = parse.tokens
    s, agents, aux = subject(parse, verb), parse.below(verb, "agent"), helpers(parse, verb)
    if s < 0 or tokens[s].dep != "nsubjpass" or len(agents) != 1 or agents[0] < verb or not aux:
        return
    by = parse.below(agents[0], "pobj")
    doer = noun_phrase(parse, by[0], 10) if len(by) == 1 else None
    done = noun_phrase(parse, s, 12)
    if doer is None or done is None or not animate(parse, by[0]) or done[1] != aux[0] or doer[0] != agents[0] + 1:
        return
    if any(word_at(parse, n) in {"his", "her", "its", "their"} for n in range(done[0], len(tokens))):
        return
    if not _edged(parse, doer) or not _edged(parse, done):
        return
    form = " ".join(word_at(parse, n) for n in aux)
    lemma = tokens[verb].lemma
    many = plural(parse, by[0])
    made = {"was": past(lemma), "were": past(lemma), "is": lemma if many else third(lemma), "are": lemma if many else third(lemma)}
    made |= {"has been": ("have " if many else "has ") + participle(lemma), "have been": ("have " if many else "has ") + participle(lemma)}
    made |= {"had been": f"had {participle(lemma)}", "will be": f"will {lemma}", "would be": f"would {lemma}"}
    if form not in made or verb != aux[-1] + 1:
        return
    between = parse.span(verb + 1, agents[0]) if agents[0] > verb + 1 else ""
    new = f"{small(parse, *doer)} {made[form]} {small(parse, *done)} {between}"
    yield changed(parse.text, (tokens[done[0]].start, tokens[doer[1] - 1].end, new))


def reordered(scene: Scene) -> Iterator[str]:
    """Yield the text with a time or a clause at its head moved to its end, or one at its end to its head."""
    parse = scene.parse
    tokens, root = parse.tokens, parse.root
    if (
        root < 0
        or tokens[root].lemma in SAYING
        or parse.below(root, "ccomp", "conj", "parataxis")
        or "“" in parse.text
        or '"' in parse.text
    ):
        return
    end = len(tokens) - 1 if tokens[-1].pos == "PUNCT" else len(tokens)
    if len(parse.below(root, "advcl")) > 1 or tokens[root].lemma == "be":
        return
    for n in parse.below(root, "prep", "advcl", "npadvmod"):
        span = span_of(parse, n)
        if span is None or not _movable(parse, n, span):
            continue
        if tokens[n].dep == "advcl" and word_at(parse, span[0]) in {"when", "where"} and span[0] and word_at(parse, span[0] - 1) == ",":
            continue
        first, last = span
        if (
            subject(parse, root) < 0
            or tokens[subject(parse, root)].pos == "PRON"
            or any(word_at(parse, m) == "then" for m in range(len(tokens)))
        ):
            return
        if first == 0 and word_at(parse, last) == "," and last + 1 < end and subject(parse, root) > last:
            later = any(tokens[m].dep in {"relcl", "acl", "advcl", "ccomp"} and m > root for m in range(len(tokens)))
            if (tokens[n].dep != "advcl" and later) or "according to" in parse.text:
                continue
            joined = ", " if word_at(parse, first) in {"although", "though", "while", "despite"} else " "
            yield tidy(f"{parse.span(last + 1, end)}{joined}{small(parse, first, last)}", parse.text)
        elif tokens[first - 1].entity in _TIMED and word_at(parse, first) in {"after", "before"}:
            continue
        elif (
            last == end
            and first > root + 1
            and word_at(parse, 0) not in {"but", "and", "so"}
            and tokens[0].dep not in {"prep", "advcl", "npadvmod"}
        ):
            before = first - 1 if word_at(parse, first - 1) == "," else first
            yield tidy(f"{parse.span(first, last)}, {small(parse, 0, before)}", parse.text)


def _movable(parse: Parse, n: int, span: tuple[int, int]) -> bool:
    """Return whether a constituent may stand at either end: a time, or a finite clause, without a pronoun that looks elsewhere."""
    first, last = span
    inside = range(first, last)
    if any(
        word_at(parse, m) in {"he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "this", "that", "which", "where"}
        for m in inside
    ):
        return False
    if any(parse.word(m) in _MARKS for m in inside) or not 2 <= last - first <= 18:
        return False
    if parse.tokens[n].dep == "advcl":
        return finite(parse, n) and word_at(parse, first) in _LEADS - {"as"} and bool(parse.below(n, *SUBJECTS))
    timed = any(parse.tokens[m].entity in _TIMED for m in inside)
    if any(
        parse.tokens[m].pos == "NUM" and word_at(parse, m + 1) in {"years", "months", "days", "weeks", "hours", "minutes", "decades"}
        for m in inside
    ):
        return False
    return (
        timed and word_at(parse, first) in {"in", "on", "during", "since", "after", "before", "last", "earlier", "by"} and last - first <= 8
    )


_WITH_SCALE = re.compile(r"(?P<money>[$€£])?(?P<value>\d{1,3}(?:\.\d{1,2})?) (?P<scale>million|billion|thousand)(?![\w-])")
_PLAIN = re.compile(r"(?P<money>[$€£])?(?P<value>\d{1,3}(?:,000){2,3})(?![\w,-])")


def number_form(scene: Scene) -> Iterator[str]:
    """Yield the text with a number, a per cent sign or a sum written the other way."""
    text = scene.parse.text
    spoken = quoted(text)
    outside = [m for pattern in (_WITH_SCALE, _PLAIN) for m in pattern.finditer(text) if not within(m.start(), spoken)]
    for m in outside:
        named = {"$": "dollars", "€": "euros", "£": "pounds"}.get(m["money"] or "", "")
        if "scale" in m.re.groupindex and m["scale"]:
            value = float(m["value"]) * 10 ** _SCALES[m["scale"]]
            yield changed(text, (m.start(), m.end(), f"{m['money'] or ''}{value:,.0f}"))
            if named and text[m.end() : m.end() + 1] in " .,":
                follows = re.match(r" [a-z]+", text[m.end() :])
                if not follows or follows[0].strip() in {"in", "to", "for", "from", "on", "and", "by", "a", "last", "over", "of"}:
                    yield changed(text, (m.start(), m.end(), f"{m['value']} {m['scale']} {named}"))
        else:
            digits = int(m["value"].replace(",", ""))
            scale = "billion" if digits >= 10**9 else "million"
            yield changed(text, (m.start(), m.end(), f"{m['money'] or ''}{digits / 10 ** _SCALES[scale]:g} {scale}"))
    for m in re.finditer(r"(?<=\d)%(?![\w-])|(?<=\d) (?:percent|per cent)\b(?! (?:point|of age))", text):
        if not within(m.start(), spoken):
            yield changed(text, (m.start(), m.end(), " percent" if m[0] == "%" else "%"))
    for n, token in enumerate(scene.parse.tokens):
        word = word_at(scene.parse, n)
        if (
            within(token.start, spoken)
            or token.pos != "NUM"
            or "-" in text[token.start - 1 : token.start] + text[token.end : token.end + 1]
        ):
            continue
        counted = token.dep == "nummod" and scene.parse.tokens[token.head].tag == "NNS" and scene.parse.tokens[token.head].pos == "NOUN"
        counted = counted and not (n and scene.parse.word(n)[:1].isupper()) and token.entity in {"CARDINAL", "DATE", "TIME", "QUANTITY"}
        if counted and word in _NUMBERS and n and word_at(scene.parse, n + 1) not in {*_SCALES, "hundred"}:
            yield changed(text, (token.start, token.end, str(_NUMBERS[word])))
        elif counted and word.isdigit() and 2 <= int(word) <= 12 and text[token.start - 1] not in "$€£":
            yield changed(text, (token.start, token.end, next(w for w, v in _NUMBERS.items() if v == int(word))))


_CONTRACTED = {
    "didn’t": "did not", "don’t": "do not", "doesn’t": "does not", "wasn’t": "was not", "weren’t": "were not", "isn’t": "is not",
    "aren’t": "are not", "hasn’t": "has not", "haven’t": "have not", "hadn’t": "had not", "won’t": "will not", "wouldn’t": "would not",
    "couldn’t": "could not", "can’t": "cannot", "shouldn’t": "should not", "they’re": "they are", "they’ve": "they have",
    "they’ll": "they will",
}  # fmt: skip
_LONG_MONTHS = {
    "Jan.": "January",
    "Feb.": "February",
    "Aug.": "August",
    "Sept.": "September",
    "Oct.": "October",
    "Nov.": "November",
    "Dec.": "December",
}
_LONG = {
    "United States": "U.S.", "United Kingdom": "U.K.", "United Nations": "U.N.", "European Union": "EU", "miles per hour": "mph",
    "Gov.": "Governor", "Sen.": "Senator", "Rep.": "Representative", "Sens.": "Senators",
}  # fmt: skip


def short_form(scene: Scene) -> Iterator[str]:
    """Yield the text with a contraction, a month, a title or a state's name written out or shortened."""
    text = scene.parse.text
    spoken = quoted(text)

    def free(m: re.Match[str]) -> bool:
        return not within(m.start(), spoken)

    for short, long in _CONTRACTED.items():
        marked = short.replace("’", "[’']")
        for m in re.finditer(rf"\b{marked}\b|\b{long}\b(?! only)", text):
            if free(m):
                yield changed(text, (m.start(), m.end(), short.replace("’", "'" if "'" in text else "’") if m[0] == long else long))
    for short, long in _LONG_MONTHS.items():
        for m in re.finditer(rf"(?<!\w){re.escape(short)}(?= \d)|\b{long}(?= \d)", text):
            if free(m):
                yield changed(text, (m.start(), m.end(), long if m[0] == short else short))
    for long, short in _LONG.items():
        for m in re.finditer(
            rf"(?<![\w.]){re.escape(short)}(?= [A-Za-z])(?! (?:President|Steel|Bank|Open))|\b{re.escape(long)}\b(?! of)", text
        ):
            if free(m) and (m[0] == long or (short.endswith(".") and len(short) > 4)):
                yield changed(text, (m.start(), m.end(), short if m[0] == long else long))


def split(scene: Scene) -> Iterator[str]:
    """Yield one of two joined predicates, or one of two joined clauses."""
    parse = scene.parse
    if scene.base == "two_sentences":
        return
    tokens, root = parse.tokens, parse.root
    if root < 0 or not sound(parse) or quoted(parse.text) or "(" in parse.text:
        return
    speakers = [one.speaker for one in attributions(parse) if one.kind in {"said", "according"}]
    for over in (root, *(parse.below(root, "ccomp") if tokens[root].lemma in _REPORTING else ())):
        yield from (text for text in _conjuncts(parse, over) if all(speaker in text for speaker in speakers))


def _conjuncts(parse: Parse, verb: int) -> Iterator[str]:
    tokens = parse.tokens
    end = len(tokens) - 1 if tokens[-1].pos == "PUNCT" else len(tokens)
    joined = [n for n in parse.below(verb, "conj") if tokens[n].pos in {"VERB", "AUX"}]
    links = parse.below(verb, "cc")
    s = subject(parse, verb)
    if len(joined) != 1 or len(links) != 1 or word_at(parse, links[0]) not in {"and", "but"} or s < 0 or parse.below(joined[0], "conj"):
        return
    other, link = joined[0], links[0]
    span = span_of(parse, other)
    who = span_of(parse, s)
    if span is None or who is None or span[1] != end or span[0] != link + 1 or who[0] >= verb or who[1] - who[0] > 12:
        return
    if word_at(parse, link - 1) in {"both", "either"} or any(
        word_at(parse, n) in {"not", "n't", "n’t", "if", "unless", "neither"} for n in range(len(tokens))
    ):
        return
    before = link - 1 if word_at(parse, link - 1) == "," else link
    if tokens[before - 1].dep in {"aux", "auxpass"}:
        return
    if verb != parse.root and finite(parse, other) and (tokens[other].tag != tokens[verb].tag or not parse.below(other, *SUBJECTS)):
        return  # it may be joined to the verb of saying
    yield tidy(parse.span(0, before), parse.text)
    if parse.below(other, *SUBJECTS):  # a clause of its own
        open_words = {"he", "she", "it", "they", "his", "her", "their", "its", "this", "that"}
        if verb == parse.root and not any(word_at(parse, n) in open_words for n in range(*span)) and finite(parse, other):
            yield tidy(parse.span(*span), parse.text)
        return
    lead = parse.span(0, who[1])
    own, shared = helpers(parse, other), helpers(parse, verb)
    if tokens[other].tag in {"VBD", "VBZ", "VBP"} or own:
        if ((tokens[other].tag == "VBD" or own) and finite(parse, other)) or (
            tokens[other].tag in {"VBZ", "VBP"} and tokens[verb].tag in {"VBZ", "VBP", "VBD"}
        ):
            yield tidy(f"{lead} {parse.span(link + 1, end)}", parse.text)
    elif tokens[other].tag == tokens[verb].tag in {"VB", "VBN", "VBG"} and shared and shared[-1] < verb:
        yield tidy(f"{lead} {' '.join(parse.word(n) for n in shared)} {parse.span(link + 1, end)}", parse.text)


def two_sentences(scene: Scene) -> Iterator[str]:
    """Yield two short sentences of the context as one, the second one's pronoun told by the name where it has one."""
    clause, beside = _alone(scene.document, scene.number), [n for n in scene.nearby() if abs(n - scene.number) == 1]
    for other in beside:
        told = _alone(scene.document, other)
        first, second = (told, clause) if other < scene.number else (clause, told)
        if first and second and len(first.split()) + len(second.split()) <= 40:
            parse = scene.document.parse(max(other, scene.number))
            low = (
                second
                if not same(second, parse.text) and not parse.text.startswith(second[:8])
                else small(parse, 0, 1) + second[len(parse.word(0)) :]
            )
            later = scene.document.parse(max(other, scene.number))
            plain = (
                later.root >= 0 and min(later.subtree(subject(later, later.root)), default=1) == 0
                if subject(later, later.root) >= 0
                else False
            )
            link = scene.rng.choice(["and", "and", "while"]) if plain else "and"
            yield tidy(f"{first.rstrip('.')}, {link} {low}", first + second)


def _alone(document: Document, number: int) -> str:
    """Return a sentence that can be told without others: without quotations, with nothing open in it."""
    parse = document.parse(number)
    plain = sound(parse) and not quoted(parse.text) and not open_references(parse) and not any(mark in parse.text for mark in ';:—–(“"*[')
    text = parse.text.strip()
    told = plain and not isinstance(rewrite(document, number), str) and text.endswith(".")
    head = word_at(parse, 0) if parse.tokens else ""
    return (
        text
        if told
        and head not in {"but", "and", "so", "yet", "however", "meanwhile", "still", "also", "then", "instead"}
        and 5 <= len(text.split()) <= 24
        else ""
    )


def named(document: Document, number: int, context: Sequence[int]) -> str:
    """Return a sentence with its pronouns told by the name, where that stands in the context; "" where there is none or it does not."""
    meant = resolve(document, number)
    if not meant or any(one.sentence not in context for one in meant):
        return ""
    text, first = document.text(number), meant[0]
    pronoun = text[first.start : first.end].casefold()
    if pronoun in {"himself", "herself", "itself", "themselves"}:
        return ""
    parse = document.parse(number)
    own = pronoun in {"his", "its", "their"} or (pronoun == "her" and parse.tokens[parse.at(first.start)].dep == "poss")
    name = first.name
    if (
        name[:1].islower()
        or parse.tokens[parse.at(first.start)].pos not in {"PRON", "DET"}
        or pronoun not in {"he", "she", "his", "her", "it", "they", "their", "its", "him"}
    ):
        name = f"the {name}" if name[:1].islower() else name
    return changed(text, (first.start, first.end, f"{name}’s" if own and not name.endswith("s") else f"{name}’" if own else name))


TRUE: dict[str, Maker] = {
    "cut": cut,
    "main_clause": shortest,
    "attribution_reworded": attribution_reworded,
    "attribution_off": attribution_off,
    "adjunct_off": adjunct_off,
    "clause_fact": clause_fact,
    "voice": voice,
    "reordered": reordered,
    "number_form": number_form,
    "short_form": short_form,
    "split": split,
    "appositive_fact": appositive_fact,
    "two_sentences": two_sentences,
}
_TWICE = (
    "number_form",
    "short_form",
    "reordered",
    "voice",
    "attribution_reworded",
    "split",
    "adjunct_off",
    "cut",
    "main_clause",
)  # made of true texts too


# -- false texts: words and constituents left out -----------------------------------------------------------

_KIN = frozenset(
    """
    wife husband son daughter brother sister father mother lawyer attorney widow uncle aunt nephew cousin friend partner aide adviser
    advisor supporter critic opponent rival neighbor colleague mentor boss bodyguard girlfriend boyfriend fiance stepson driver
    assistant parent child predecessor successor deputy defender ally
    """.split()
)
_OTHER_PERSON = frozenset("former deputy vice acting interim assistant incoming outgoing ex would-be fake honorary retired then".split())
_SHELLS = frozenset(
    "ban halt end opposition lack threat risk fear absence refusal cancellation suspension removal rejection withdrawal denial".split()
)
_WEIGHING = frozenset(
    "support oppose back welcome criticize criticise demand seek want need reject consider discuss favor see fear propose urge".split()
)
_PARTS = frozenset("one two three four five six some most many half part third quarter majority several few any none percent dozen".split())
_ATTRIBUTING = frozenset(
    "allege claim argue believe think suspect fear predict insist contend speculate worry assert suggest hope expect".split()
)
_CHARGES = frozenset("prosecutor lawsuit complaint indictment affidavit plaintiff suit accuser defendant".split())


def dropped_words(scene: Scene) -> Iterator[str]:
    """Yield the text less a few words, so that somebody else does it, or is somebody else."""
    yield from _swallowed(scene.parse)
    yield from _unpassive(scene.parse)
    yield from _headless(scene.parse)
    yield from _lesser(scene.parse)


def _swallowed(parse: Parse) -> Iterator[str]:
    """Yield the text less a predicate and the subject of the verb after it, whose subject then is that of the predicate."""
    tokens = parse.tokens
    for verb in verbs(parse):
        s = subject(parse, verb)
        who = span_of(parse, s) if s >= 0 else None
        start = group(parse, verb)
        if who is None or who[1] > start or who[0] >= verb:
            continue
        for inner in verbs(parse):
            if inner <= verb or not _under(parse, inner, verb) or tokens[inner].dep == "conj":
                continue
            t = subject(parse, inner)
            if t <= verb or tokens[t].dep not in {"nsubj", "nsubjpass"}:
                continue
            relative = tokens[inner].dep == "relcl"
            anchor = tokens[inner].head if relative else t
            other = (t, t + 1) if relative else span_of(parse, t)
            if other is None or other[1] != group(parse, inner) or anchor == s or other[1] - start > 14:
                continue
            if relative and word_at(parse, t) not in {"who", "that", "which"}:
                continue
            if not relative and (
                tokens[t].pos == "PRON" or tokens[t].lemma == tokens[s].lemma or word_at(parse, t) in {"what", "who", "there"}
            ):
                continue
            if tokens[anchor].pos not in {"NOUN", "PROPN"} or not agrees(parse, inner, s) or tokens[inner].tag == "VBG":
                continue
            if relative and (
                tokens[anchor].dep not in {"dobj", "pobj"} or not _free_of(parse, anchor, verb) or tokens[inner].lemma in {"be", "have"}
            ):
                continue
            if (tokens[inner].lemma in SAYING and tokens[s].entity in {"ORG", "GPE"}) or any(parse.word(m) == "," for m in range(*who)):
                continue
            if tokens[anchor].lemma.casefold() in {"time", "way", "reason", "fact"} or (
                tokens[s].pos == "PRON" and word_at(parse, s) in {"who", "that", "which", "it"}
            ):
                continue
            yield changed(parse.text, drop(parse, start, other[1]))


def _free_of(parse: Parse, anchor: int, verb: int) -> bool:
    """Return whether a noun under a verb cannot be its subject once more: no apposition, no "is", no "as" leads to it."""
    n = anchor
    while n != verb and parse.tokens[n].head != n:
        if parse.tokens[n].dep in {"appos", "attr", "oprd", "conj", "agent", "nsubj", "nsubjpass"} or word_at(parse, n) in {
            "as",
            "of",
            "like",
            "than",
        }:
            return False
        n = parse.tokens[n].head
    return parse.tokens[verb].lemma not in {"be", "become", "remain", "have", "feature", "include"}


def _under(parse: Parse, n: int, above: int) -> bool:
    """Return whether a token hangs on another one, however far below."""
    while parse.tokens[n].head != n:
        n = parse.tokens[n].head
        if n == above:
            return True
    return False


def _unpassive(parse: Parse) -> Iterator[str]:
    """Yield the text in which who suffers does it, for want of "was" and "by"."""
    tokens = parse.tokens
    for verb in verbs(parse):
        aux, agents = helpers(parse, verb), parse.below(verb, "agent")
        if (
            tokens[verb].tag != "VBN"
            or len(agents) != 1
            or agents[0] != verb + 1
            or not aux
            or tokens[aux[-1]].dep != "auxpass"
            or aux[-1] != verb - 1
        ):
            continue
        if tokens[verb].lemma in {"base", "follow", "join", "meet", "accompany", "marry"} or not animate(
            parse, max(subject(parse, verb), 0)
        ):
            continue
        if len(aux) == 1 and word_at(parse, aux[0]) in {"was", "were"} and past(tokens[verb].lemma) == word_at(parse, verb):
            yield changed(parse.text, drop(parse, aux[0], verb), drop(parse, agents[0], agents[0] + 1))
        elif len(aux) == 2 and word_at(parse, aux[1]) == "been":
            yield changed(parse.text, drop(parse, aux[1], verb), drop(parse, agents[0], agents[0] + 1))


def _headless(parse: Parse) -> Iterator[str]:
    """Yield the text in which a person stands for his kin or his lawyer, a whole for its part, a thing for its ban."""
    tokens = parse.tokens
    for n, token in enumerate(tokens):
        if token.pos not in {"NOUN", "NUM", "DET", "PRON", "ADJ"}:
            continue
        lemma = token.lemma.casefold()
        owners = [m for m in parse.below(n, "poss") if tokens[m].pos in {"NOUN", "PROPN"}]
        role_fits = token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
        right = [m for m in parse.children[n] if m > n]
        if (
            lemma in _KIN
            and role_fits
            and owners
            and not right
            and (tokens[owners[0]].entity == "PERSON" or human(tokens[owners[0]].lemma))
        ):
            case = next((m for m in parse.below(owners[0], "case") if m > owners[0]), -1)
            if case > 0 and (token.dep not in SUBJECTS or agrees(parse, token.head, owners[0])):
                yield changed(parse.text, drop(parse, case, n + 1))
        of = [m for m in right if tokens[m].dep == "prep"]
        objects = parse.below(of[0], "pobj") if len(of) == 1 and of == right[:1] else []
        if not objects or not role_fits or of[0] != n + 1:
            continue
        inner = objects[0]
        if token.dep in SUBJECTS and not agrees(parse, token.head, inner):
            continue
        left = min(parse.subtree(n))
        if left > n or any(parse.word(m) in _MARKS for m in range(left, of[0])):
            continue
        word = word_at(parse, of[0])
        if lemma in _KIN and word == "of" and tokens[inner].entity == "PERSON":
            yield changed(parse.text, drop(parse, left, of[0] + 1))
        elif (
            lemma in _PARTS
            and word == "of"
            and word_at(parse, of[0] + 1) in {"the", "its", "his", "their", "her"}
            and tokens[inner].tag in {"NNS", "NN"}
        ):
            if lemma not in {"one", "any", "none"} or tokens[inner].tag == "NNS":
                yield changed(parse.text, drop(parse, left, of[0] + 1))
        elif lemma in _SHELLS and word in {"of", "on", "to", "in"} and tokens[token.head].lemma in _WEIGHING and token.dep == "dobj":
            yield changed(parse.text, drop(parse, left, of[0] + 1))


def _lesser(parse: Parse) -> Iterator[str]:
    """Yield the text less a word that makes another person of somebody, keeps an act from being done, or names who is asked to do it."""
    tokens = parse.tokens
    spoken = quoted(parse.text)
    for n, token in enumerate(tokens):
        word = word_at(parse, n)
        if within(token.start, spoken):
            continue
        if (
            word in _OTHER_PERSON
            and token.dep in {"amod", "compound"}
            and tokens[token.head].pos in {"NOUN", "PROPN"}
            and not parse.children[n]
        ):
            if "-" not in parse.text[token.start - 1 : token.start] + parse.text[token.end : token.end + 1]:
                yield changed(parse.text, drop(parse, n, n + 1))
        elif (word in {"nearly", "almost", "narrowly"} and token.dep == "advmod" and tokens[token.head].tag in {"VBD", "VBN"}) or (
            word == "not" and word_at(parse, n + 1) in {"only", "just"} and token.dep != "neg"
        ):
            yield changed(parse.text, drop(parse, n, n + 1))
        elif word in {"try", "attempt", "fail", "refuse", "decline", "threaten", "want", "hope", "struggle", "offer"} and token.tag in {
            "VB",
            "VBN",
        }:
            to = n + 1
            inner = [m for m in parse.below(n, "xcomp") if tokens[m].tag == "VB" and word_at(parse, to) == "to" and m == to + 1]
            if inner and token.tag == "VB" and any(tokens[m].tag == "MD" for m in helpers(parse, n)):
                yield changed(parse.text, drop(parse, n, to + 1))
            elif inner and helpers(parse, n) and word_at(parse, n - 1) in {"has", "have", "had"}:
                yield changed(parse.text, drop(parse, n, inner[0] + 1, participle(tokens[inner[0]].lemma)))
        elif token.lemma in {"ask", "want", "expect", "need", "prefer"} and token.tag in {"VBD", "VBZ", "VBP", "VB", "VBN"}:
            for deed in parse.below(n, "xcomp", "ccomp"):
                if tokens[deed].tag == "VB" and word_at(parse, deed - 1) == "to" and not parse.below(n, "auxpass"):
                    asked = parse.below(n, "dobj") or parse.below(deed, "nsubj")
                    span = span_of(parse, asked[0]) if asked else None
                    if span and span == (n + 1, deed - 1) and span[1] - span[0] <= 8:
                        yield changed(parse.text, drop(parse, n + 1, deed - 1))


def dropped_constituent(scene: Scene) -> Iterator[str]:
    """Yield the text less a whole constituent that no grammar licenses to go: a condition, a limit, which ones, whose charge it is."""
    yield from _unconditional(scene.parse)
    yield from _unlimited(scene.parse)
    yield from _unrestricted(scene.parse)
    yield from _uncharged(scene)


def _unconditional(parse: Parse) -> Iterator[str]:
    """Yield the text less a condition."""
    tokens = parse.tokens
    for n, token in enumerate(tokens):
        if token.dep not in {"advcl", "prep"}:
            continue
        span = span_of(parse, n)
        head = word_at(parse, span[0]) if span else ""
        if (
            span is None
            or head not in {"if", "unless", "except", "provided", "excluding"}
            or word_at(parse, span[0] - 1) in {"even", "only", "what", "as", "and", "or"}
        ):
            continue
        first, last = span
        if within(parse.tokens[first].start, quoted(parse.text)):
            continue
        if (
            word_at(parse, first + 1) == "not"
            or (head == "if" and token.dep == "prep")
            or any(parse.word(m) in '“”"' for m in range(first, last))
        ):
            continue
        if first == 0 and word_at(parse, last) == ",":
            yield changed(parse.text, drop(parse, 0, last + (2 if word_at(parse, last + 1) == "then" else 1)))
        elif first > 3:
            before = word_at(parse, first - 1) == ","
            after = word_at(parse, last) == ","
            yield changed(parse.text, drop(parse, first - 1 if before else first, last + 1 if before and after else last))


_LIMITS = re.compile(
    r"\b(?:up to|at least|at most|as many as|as much as|no more than|no fewer than|fewer than|less than) "
    rf"(?=\$?\d|[a-z]+(?:teen|ty)\b|(?:{'|'.join(_NUMBERS)})\b)"
)


def _unlimited(parse: Parse) -> Iterator[str]:
    """Yield the text less the limit of a number."""
    spoken = quoted(parse.text)
    for m in _LIMITS.finditer(parse.text):
        if not within(m.start(), spoken):
            yield changed(parse.text, (m.start(), m.end(), " "))
    for m in re.finditer(r"\b(?:partly|partially|temporarily|rarely|seldom|hardly ever|sometimes|occasionally) (?=[a-z])", parse.text):
        if not within(m.start(), spoken) and m[0].strip() != "temporarily":
            yield changed(parse.text, (m.start(), m.end(), " "))


def _unrestricted(parse: Parse) -> Iterator[str]:
    """Yield the text less what says which ones of many are meant, or among which something is the first or the largest."""
    tokens = parse.tokens
    for n, token in enumerate(tokens):
        span = span_of(parse, n)
        if span is None:
            continue
        first, last = span
        anchor = token.head
        left = parse.tokens[anchor]
        marked = (
            any(parse.word(m) in '“”"' for m in range(first, last))
            or word_at(parse, first - 1) == ","
            or word_at(parse, first) == "including"
        )
        if left.lemma in {"report", "claim", "news", "fact", "evidence", "idea", "allegation", "decision", "activity"}:
            continue
        if marked or last - first > 14 or first != anchor + 1 or left.pos != "NOUN" or left.entity:
            continue
        before = [word_at(parse, m) for m in parse.subtree(anchor) if m < anchor]
        top = any(tokens[m].tag in {"JJS", "RBS"} for m in parse.subtree(anchor) if m < anchor) and "the" in before
        every = bool({"all", "every", "each", "no", "most"} & set(before)) or ("any" in before and left.dep in SUBJECTS)
        if token.dep == "relcl" and not finite(parse, n):
            continue
        if left.dep in SUBJECTS and not (last == group(parse, left.head) or word_at(parse, last) == ","):
            continue  # something of the clause was lost by the parse
        if token.dep == "relcl" and (
            every or (left.tag == "NNS" and not {"some", "several", "many", "the", "these", "those", "few"} & set(before))
        ):
            clause_plain = left.dep in {*SUBJECTS, "dobj", "pobj"} and not any(
                tokens[m].pos == "NUM" or tokens[m].dep in {"nummod", "poss"} for m in parse.children[anchor]
            )
            if clause_plain and (every or left.dep in SUBJECTS):
                yield changed(parse.text, drop(parse, first, last))
        elif token.dep == "acl" and token.tag in {"VBN", "VBG"} and (every or (left.tag == "NNS" and not before and left.dep in SUBJECTS)):
            yield changed(parse.text, drop(parse, first, last))
        elif token.dep == "prep" and word_at(parse, first) in {"in", "from", "on", "at", "since", "under", "with", "without", "over"}:
            general = left.tag == "NNS" and not before and left.dep in SUBJECTS and tokens[left.head].tag in {"VB", "VBP"}
            if (top or general) and word_at(parse, last) != "-" and len(parse.below(anchor, "prep")) == 1:
                yield changed(parse.text, drop(parse, first, last))


def _uncharged(scene: Scene) -> Iterator[str]:
    """Yield what is only charged, believed or feared as a fact."""
    parse = scene.parse
    found = said(parse)
    if found is not None:
        names_charge = any(word.strip(",.") in _CHARGES or word.rstrip("s,.") in _CHARGES for word in found.speaker.casefold().split())
        heads = re.search(r"\bshould\b", found.clause)
        hedged = re.search(r"\b(?:alleg|report|suppos|purport|appar)\w*ly\b|\balleged\b", found.clause)
        if (
            (found.way in _ATTRIBUTING or names_charge or heads)
            and not (hedged or _SECOND_THAT.search(found.clause))
            and not found.clause.endswith(" that")
        ):
            if not found.clause.startswith("“"):
                yield tidy(found.clause, parse.text)
            return
    root = parse.root
    if (
        root >= 0
        and parse.tokens[root].lemma in _ATTRIBUTING
        and parse.tokens[root].tag in {"VBD", "VBZ", "VBP"}
        and not parse.below(root, "neg", "aux")
    ):
        for clause in parse.below(root, "ccomp"):
            span = span_of(parse, clause)
            if (
                span
                and span[0] > root
                and finite(parse, clause)
                and not any(word_at(parse, m) in {"may", "might", "could"} for m in range(*span))
                and "“" not in parse.text
                and word_at(parse, span[0]) not in {"if", "whether", "what", "how", "why"}
            ):
                first = span[0] + (word_at(parse, span[0]) == "that")
                if not any(word_at(parse, m) in {"he", "she", "it", "they"} for m in range(first, first + 2)):
                    yield tidy(parse.span(first, span[1]), parse.text)


# -- false texts: who ---------------------------------------------------------------------------------------

_SYMMETRIC = frozenset(
    """
    meet marry play face fight join resemble match equal divorce date kiss hug include be have become remain accompany border rival
    need know mean take make give get say connect link share reflect represent combine mark see cost want like
    """.split()
)
_COUNTS = frozenset(["DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"])
_LIGHT = frozenset(
    "role place part step way time decision attention sense year home school example look effect advantage interest issue visit".split()
)
_CAUSING = frozenset(
    """
    hurt cause boost drive trigger affect replace exceed outnumber precede damage destroy strike threaten overtake support fuel derail
    block delay prompt inspire influence protect spark worsen offset outweigh undermine limit reduce increase raise lower
    """.split()
)
_MOTION = frozenset(
    "move transfer shift rise fall go travel fly grow increase drop change switch convert relocate sail drive jump climb extend".split()
)


def _edged(parse: Parse, span: tuple[int, int]) -> bool:
    """Return whether a noun phrase begins and ends where its words do: no other noun, name or hyphen stands beside it."""
    tokens = parse.tokens
    before, after = span[0] - 1, span[1]
    left = before < 0 or (tokens[before].pos not in {"NOUN", "PROPN", "ADJ", "DET", "NUM"} and parse.word(before) not in {"-", "–"})
    right = after >= len(tokens) or (tokens[after].pos not in {"PROPN", "PART"} and parse.word(after) not in {"-", "–"})
    return left and right


def roles(scene: Scene) -> Iterator[str]:
    """Yield the text with who does and who suffers exchanged."""
    parse = scene.parse
    tokens = parse.tokens
    for verb in verbs(parse):
        s = subject(parse, verb)
        if s < 0 or s > verb or tokens[verb].lemma in _SYMMETRIC or tokens[s].pos not in {"NOUN", "PROPN"} or tokens[s].entity in _COUNTS:
            continue
        agents = [k for m in parse.below(verb, "agent") for k in parse.below(m, "pobj")]
        others = agents if tokens[s].dep == "nsubjpass" else [*parse.below(verb, "dobj", "dative"), *_opposed(parse, verb)]
        others += [m for k in parse.below(verb, "ccomp") if not finite(parse, k) for m in parse.below(k, "nsubj")]
        for o in others:
            one, other = noun_phrase(parse, s), noun_phrase(parse, o)
            if one is None or other is None or other[0] < one[1] or not agrees(parse, verb, o) or tokens[o].entity in _COUNTS:
                continue
            if not (animate(parse, s) and animate(parse, o)) and (
                tokens[verb].lemma not in _CAUSING or animate(parse, s) is not animate(parse, o)
            ):
                continue
            if tokens[o].lemma in _LIGHT or not (_edged(parse, one) and _edged(parse, other)):
                continue
            if tokens[s].lemma == tokens[o].lemma or any(
                word_at(parse, m) in {"his", "her", "their", "its", "himself", "itself"} for m in range(one[0], other[1])
            ):
                continue
            if any(parse.below(m, "conj") and tokens[m].pos == "VERB" for m in (verb,)) and tokens[verb].dep != "ROOT":
                continue
            yield changed(
                parse.text,
                (tokens[one[0]].start, tokens[one[1] - 1].end, small(parse, *other)),
                (tokens[other[0]].start, tokens[other[1] - 1].end, small(parse, *one)),
            )
    yield from _turned(parse)


def _opposed(parse: Parse, verb: int) -> list[int]:
    """Return the objects of prepositions by which one is set against another: "lost to", "sued over" is none."""
    pairs = {
        "lose": {"to"},
        "appeal": {"to"},
        "apologize": {"to"},
        "apologise": {"to"},
        "defeat": set(),
        "report": {"to"},
        "vote": {"against"},
        "testify": {"against"},
    }
    wanted = pairs.get(parse.tokens[verb].lemma, set())
    return [k for m in parse.below(verb, "prep") if word_at(parse, m) in wanted for k in parse.below(m, "pobj")]


def _turned(parse: Parse) -> Iterator[str]:
    """Yield the text with two places or things exchanged: "from A to B", "A instead of B", "A over B"."""
    tokens = parse.tokens
    for n in range(len(tokens)):
        if word_at(parse, n) == "from" and tokens[n].dep == "prep":
            one = parse.below(n, "pobj")
            tos = [m for m in parse.below(tokens[n].head, "prep") + parse.below(n, "prep") if m > n and word_at(parse, m) == "to"]
            other = parse.below(tos[0], "pobj") if tos else []
        elif (word_at(parse, n) == "of" and word_at(parse, n - 1) == "instead") or (
            word_at(parse, n) == "than" and word_at(parse, n - 1) == "rather"
        ):
            before = n - 2
            one = [m for m in range(before, max(before - 6, -1), -1) if tokens[m].dep in {"dobj", "pobj"}][:1]
            other = parse.below(n, "pobj")
        else:
            continue
        a, b = (noun_phrase(parse, one[0], 5) if one else None), (noun_phrase(parse, other[0], 5) if other else None)
        if a and b and a[1] <= b[0] and tokens[one[0]].lemma != tokens[other[0]].lemma and b[0] - a[1] <= 3:
            kinds = {tokens[one[0]].entity, tokens[other[0]].entity}
            moved = word_at(parse, n) != "from" or kinds <= {"GPE", "LOC", "FAC"} or tokens[tokens[n].head].lemma in _MOTION
            if len(kinds) == 1 and not kinds & {"DATE", "TIME"} and moved:
                yield changed(
                    parse.text,
                    (tokens[a[0]].start, tokens[a[1] - 1].end, parse.span(*b)),
                    (tokens[b[0]].start, tokens[b[1] - 1].end, parse.span(*a)),
                )


def agents(scene: Scene) -> Iterator[str]:
    """Yield the text with somebody else of its article as who does it."""
    yield from _renamed(scene, acting=True)


def names(scene: Scene) -> Iterator[str]:
    """Yield the text with another name of its article in a place that is not who does it."""
    yield from _renamed(scene, acting=False)


def _renamed(scene: Scene, *, acting: bool) -> Iterator[str]:
    parse, document = scene.parse, scene.document
    near = " ".join(document.text(n) for n in scene.context)
    own = document.text(scene.number)
    for name, first, last in names_in(parse):
        if not scene.names.known(name) or (acting and name.kind in {"PERSON", "ORG"} and not scene.names.acts(document, name.text)):
            continue
        head = next((n for n in range(first, last) if parse.tokens[n].head not in range(first, last)), first)
        doing = parse.tokens[head].dep in {"nsubj", "nsubjpass"} or (
            parse.tokens[head].dep == "pobj" and parse.tokens[parse.tokens[head].head].dep == "agent"
        )
        joined = parse.below(head, "conj", "appos", "cc") or parse.tokens[head].dep in {"conj", "appos"}
        hyphen = (
            "-"
            in parse.text[parse.tokens[first].start - 1 : parse.tokens[first].start]
            + parse.text[parse.tokens[last - 1].end : parse.tokens[last - 1].end + 1]
        )
        gendered = name.kind == "PERSON" and any(
            word_at(parse, n) in {"he", "she", "his", "her", "him", "hers"} for n in range(len(parse.tokens))
        )
        titled = (
            name.kind == "PERSON"
            and first > 0
            and parse.tokens[first - 1].dep in {"compound", "nmod"}
            and parse.tokens[first - 1].pos in {"NOUN", "PROPN"}
        )
        if doing is not acting or hyphen or (joined and acting) or (name.kind == "NORP" and acting) or (titled and not acting):
            continue
        if word_at(parse, first - 1) == "of" and parse.tokens[max(first - 2, 0)].pos == "PROPN":
            continue
        if parse.tokens[head].dep in {"compound", "nmod"} and name.kind in {"ORG", "GPE", "PERSON"}:
            continue
        # Two forms of one name in a sentence would leave half of it, and a place beside its state is half of a name.
        if len(re.findall(rf"\b{re.escape(name.text.split()[-1])}\b", parse.text)) > 1 or (
            name.kind == "GPE" and _beside_place(parse, first, last)
        ):
            continue
        here = [one.text for one, _, _ in names_in(parse)]
        others = [o for o in scene.names.others(document, name) if not _mentions(parse.text, o.text)]
        others = [o for o in others if not any(alias(o.text, one) for one in here)]
        if gendered:
            others = [o for o in others if _gender(document, o.text) == _gender(document, name.text) != ""]
        if parse.tokens[head].dep in SUBJECTS and acting:
            others = [o for o in others if not _does(scene, o, parse.tokens[parse.tokens[head].head].lemma)]
        others = [o for o in others if not (_mentions(own, o.text) and _joined_in(document, scene.number, o.text))]
        there = [o for o in others if o.text in near]
        for other in scene.rng.sample(there, min(1, len(there))) or scene.rng.sample(others, min(1, len(others))):
            yield _with_name(parse, first, last, name, other)


def _with_name(parse: Parse, first: int, last: int, name: Name, other: Name) -> str:
    """Return the text with one name for another, with the article that the other wants."""
    tokens = parse.tokens
    start = tokens[first].start
    new = other.text
    the = (other.the and other.kind != "GPE") or other.text.casefold() in _WITH_THE
    if name.the and not the and word_at(parse, first - 1) == "the" and tokens[first - 1].head in range(first, last):
        start = tokens[first - 1].start
    elif the and word_at(parse, first - 1) != "the" and other.kind != "NORP":
        new = f"the {new}"
    return changed(parse.text, (start, tokens[last - 1].end, new))


def _beside_place(parse: Parse, first: int, last: int) -> bool:
    """Return whether a place stands beside another: "Brell, Norland", "in Velm and Osk"."""
    near = {parse.tokens[n].entity for n in (first - 2, last + 1) if 0 <= n < len(parse.tokens)}
    marks = {word_at(parse, first - 1), word_at(parse, last)}
    return bool(near & {"GPE", "LOC"}) and bool(marks & {",", "and", "or"})


def _mentions(text: str, name: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in name.split() if len(word) > 2 and word[0].isupper())


def _gender(document: Document, name: str) -> str:
    he, she = document.genders.get(name.split()[-1], (0, 0))
    return "he" if he > she else "she" if she > he else ""


def _does(scene: Scene, name: Name, lemma: str) -> bool:
    """Return whether a sentence of the context says that a name does what a verb tells."""
    for n in scene.context:
        parse = scene.document.parse(n)
        for one, first, last in names_in(parse):
            if alias(one.text, name.text) or one.text == name.text:
                above = {parse.tokens[m].head for m in range(first, last)}
                if any(parse.tokens[v].lemma == lemma for v in above):
                    return True
    return False


def _joined_in(document: Document, number: int, name: str) -> bool:
    """Return whether a name is one of several that are joined in a sentence."""
    parse = document.parse(number)
    return any(
        one.text == name and any(parse.tokens[m].dep in {"conj", "appos"} or parse.below(m, "conj", "appos") for m in range(first, last))
        for one, first, last in names_in(parse)
    )


# -- false texts: how much, and whether ---------------------------------------------------------------------

_UNITS = [
    ("million", "billion"),
    ("billion", "million"),
    ("thousand", "million"),
    ("trillion", "billion"),
    ("kilometers", "miles"),
    ("kilometres", "miles"),
    ("miles", "kilometers"),
    ("feet", "meters"),
    ("meters", "feet"),
    ("metres", "feet"),
    ("pounds", "kilograms"),
    ("tons", "pounds"),
    ("hours", "days"),
    ("minutes", "hours"),
    ("days", "weeks"),
    ("weeks", "months"),
    ("months", "years"),
    ("years", "months"),
    ("acres", "square miles"),
    ("degrees", "percent"),
    ("dollars", "euros"),
    ("hundreds", "thousands"),
    ("thousands", "hundreds"),
    ("millions", "thousands"),
    ("dozens", "hundreds"),
    ("decades", "years"),
    ("mph", "kilometers per hour"),
    ("inches", "feet"),
]
_UNIT = dict(_UNITS)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AT_LEAST = frozenset("least than over fewer".split())


def numbers(scene: Scene) -> Iterator[str]:
    """Yield the text with another number."""
    parse, rng = scene.parse, scene.rng
    for n, token in enumerate(parse.tokens):
        word = parse.word(n)
        if token.entity not in {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"} and not (
            token.entity == "DATE" and word_at(parse, n + 1) in {"years", "-", "days", "months", "weeks"}
        ):
            continue
        if token.pos != "NUM" or (
            n
            and parse.tokens[n - 1].pos == "PROPN"
            and parse.tokens[n - 1].entity not in {"CARDINAL", "MONEY"}
            and parse.word(n - 1) != "$"
        ):
            continue
        near = parse.text[max(0, token.start - 1) : token.start] + parse.text[token.end : token.end + 1]
        if any(mark in near for mark in "-/:.–’'") and not re.fullmatch(r"[ $€£]?\.?", near):
            continue
        if word[:1].isupper() and n:
            continue
        new = _another(word, rng, rising=bool(_AT_LEAST & {word_at(parse, m) for m in range(max(0, n - 3), n)}))
        percent = word_at(parse, n + 1) in {"%", "percent"}
        if percent and re.fullmatch(r"[\d.]+", new) and float(new) > 100 >= float(word):
            new = f"{100 - float(word):g}" if 0 < float(word) < 100 and float(word) != 50 else ""
        if not new.isalpha() and (near_ones := _near(scene, word)) and rng.random() < 0.35:
            new = rng.choice(near_ones)
        if new and not _mentions_number(scene, new):
            yield changed(parse.text, (token.start, token.end, new))


def _near(scene: Scene, word: str) -> list[str]:
    """Return the other numbers of the context that are of the form and size of one."""
    found = re.findall(r"(?<![\w$€£.,:/-])\d+(?:[.,]\d+)*(?![\w:/-]|[.,]\d)", " ".join(scene.document.text(n) for n in scene.context))
    fit = [n for n in dict.fromkeys(found) if n != word and len(n) == len(word) and ("." in n) == ("." in word) and not _YEAR.fullmatch(n)]
    return [n for n in fit if n[0] != "0" and not _mentions_number(scene, n)]


def _mentions_number(scene: Scene, number: str) -> bool:
    return re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d,]|\.\d)", scene.parse.text) is not None


def _another(word: str, rng: random.Random, *, rising: bool) -> str:
    """Return another number in the form of this one, "" where it is none that may vary; a rising one is above it."""
    if word.casefold() in _NUMBERS:
        value = _NUMBERS[word.casefold()]
        options = [w for w, v in _NUMBERS.items() if v != value and abs(v - value) <= 5 and (v > value or not rising)]
        return rng.choice(options) if options else ""
    if (
        not re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d+|\d*\.\d+", word)
        or (len(word) == 4 and _YEAR.fullmatch(word))
        or word in {"0", "1", "911", "360"}
    ):
        return ""
    digits = word.replace(",", "")
    factor = rng.choice([1.25, 1.5, 2, 3] if rising else [0.3, 0.5, 0.7, 1.3, 1.5, 2, 3])
    if "." in digits:
        places = len(digits.partition(".")[2])
        made = f"{float(digits) * factor:.{places}f}"
        return made if float(made) != float(digits) else ""
    value = int(digits)
    made_int = max(2, round(value * factor))
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros and value >= 20:
        step = 10 ** min(zeros, max(1, len(str(made_int)) - 1))
        made_int = max(step, round(made_int / step) * step)
    if made_int == value:
        made_int += 1 + value // 5
    return f"{made_int:,}" if "," in word or made_int >= 10000 else str(made_int)


def units(scene: Scene) -> Iterator[str]:
    """Yield the text with another unit or scale of a number."""
    parse = scene.parse
    for n, token in enumerate(parse.tokens):
        word = word_at(parse, n)
        before = parse.tokens[n - 1] if n else None
        counted = before is not None and (
            before.pos == "NUM" or (word_at(parse, n - 1) == "-" and n > 1 and parse.tokens[n - 2].pos == "NUM")
        )
        if word_at(parse, n + 2) in {"thousands", "millions"} or word_at(parse, n - 1) == "of":
            continue
        several = word in {"hundreds", "thousands", "millions", "dozens", "decades"} and word_at(parse, n + 1) == "of"
        if word in _UNIT and (counted or several):
            rising = {word_at(parse, m) for m in range(max(0, n - 4), n)}
            if not (
                rising & _AT_LEAST
                and _UNIT[word] in {"hours", "million", "thousands", "months", "years", "hundreds"}
                and word in {"billion", "days", "years"}
            ):
                yield changed(parse.text, (token.start, token.end, _UNIT[word]))
        elif word in {"%", "percent"} and counted and _changes(parse, n):
            yield changed(parse.text, (token.start, token.end, " percentage points"))
        elif word == "points" and word_at(parse, n - 1) == "percentage":
            yield changed(parse.text, (parse.tokens[n - 1].start, token.end, "percent"))
        elif word in {"$", "€", "£"} and n + 1 < len(parse.tokens) and parse.tokens[n + 1].pos == "NUM":
            yield changed(parse.text, (token.start, token.end, {"$": "€", "€": "$", "£": "$"}[word]))


def _changes(parse: Parse, n: int) -> bool:
    """Return whether a per cent figure is by how much something rises or falls: only there are points something else."""
    token = parse.tokens[n]
    head = parse.tokens[token.head]
    by = token.dep == "pobj" and word_at(parse, token.head) == "by"
    verb = parse.tokens[head.head] if by else head
    after = parse.tokens[n + 1] if n + 1 < len(parse.tokens) else None
    follows = after is None or (after.pos in {"ADP", "PUNCT", "CCONJ", "SCONJ"} and word_at(parse, n + 1) != "of")
    return follows and verb.pos == "VERB" and verb.lemma in _RISING and (by or token.dep in {"dobj", "npadvmod"})


_RISING = frozenset("rise fall increase drop decline climb jump gain grow decrease surge slide plunge".split())
_MASS = frozenset("evidence information doubt money damage progress contact interest comment time support need trace sign".split())
_POLAR = {
    "unable": "able", "able": "unable", "unlikely": "likely", "impossible": "possible", "illegal": "legal", "legal": "illegal",
    "illegally": "legally", "unclear": "clear", "unaware": "aware", "unknown": "known", "unsuccessful": "successful",
    "unsuccessfully": "successfully", "unconstitutional": "constitutional", "unharmed": "hurt", "unfair": "fair", "unsafe": "safe",
    "safe": "unsafe", "unarmed": "armed", "armed": "unarmed", "unvaccinated": "vaccinated", "vaccinated": "unvaccinated",
    "guilty": "innocent", "innocent": "guilty", "alive": "dead", "dead": "alive", "unrelated": "related", "unnecessary": "necessary",
    "necessary": "unnecessary", "untrue": "true", "public": "secret", "legally": "illegally", "successfully": "unsuccessfully",
    "willing": "unwilling", "unwilling": "willing", "dangerous": "harmless", "approved": "rejected", "available": "unavailable",
    "unavailable": "available",
}  # fmt: skip
_ANTONYMS = {
    "deny": "confirm", "confirm": "deny", "reject": "accept", "accept": "reject", "oppose": "support", "support": "oppose",
    "approve": "reject", "ban": "allow", "allow": "forbid", "acquit": "convict", "convict": "acquit", "block": "allow", "impose": "lift",
    "praise": "criticize", "criticize": "praise", "condemn": "praise",
    "condone": "condemn", "welcome": "condemn", "open": "close", "close": "open", "succeed": "fail", "pass": "reject",
    "endorse": "oppose", "back": "oppose", "refuse": "agree", "agree": "refuse", "dismiss": "uphold", "uphold": "overturn",
    "overturn": "uphold", "love": "hate", "include": "exclude", "defend": "criticize", "protect": "endanger", "strengthen": "weaken",
    "weaken": "strengthen", "hire": "fire", "fire": "hire", "remember": "forget", "buy": "sell", "sell": "buy", "survive": "die",
    "begin": "end", "start": "end", "end": "begin", "prevent": "cause", "encourage": "discourage", "discourage": "encourage",
    "deploy": "withdraw", "withdraw": "deploy", "accelerate": "slow", "ease": "worsen",
}  # fmt: skip
_DENIED = frozenset(
    "not n't n’t no never nobody none nothing nor neither without only hardly barely until anymore any unless if whether".split()
)


def negation(scene: Scene) -> Iterator[str]:
    """Yield the text with a denial put in or taken out, or with a verb or adjective for its contrary."""
    inserted, removed = list(_denied(scene.parse)), list(_affirmed(scene.parse))
    yield from scene.rng.sample(removed, min(2, len(removed)))
    yield from scene.rng.sample(inserted, min(1, len(inserted)))
    turned = list(_turned_words(scene.parse, _POLAR, _ANTONYMS))
    yield from scene.rng.sample(turned, min(1, len(turned)))


def _denied(parse: Parse) -> Iterator[str]:
    """Yield the text with a "not"."""
    tokens = parse.tokens
    for verb in verbs(parse):
        below = {word_at(parse, m) for m in parse.subtree(verb)}
        reports = tokens[verb].lemma in SAYING and parse.below(verb, "ccomp")
        if (
            below & _DENIED
            or reports
            or tokens[verb].dep in {"advcl", "relcl"}
            or tokens[verb].dep == "conj"
            or parse.below(verb, "conj")
            or subject(parse, verb) < 0
        ):
            continue
        aux = helpers(parse, verb)
        if aux and word_at(parse, aux[0])[:1] not in {"'", "’"} and tokens[aux[0]].tag in {"MD", "VBD", "VBZ", "VBP"}:
            first = aux[0]
            new = "cannot" if word_at(parse, first) == "can" else f"{parse.word(first)} not"
            yield changed(parse.text, (tokens[first].start, tokens[first].end, new))
        elif not aux and tokens[verb].lemma == "be" and word_at(parse, verb) in {"is", "are", "was", "were"}:
            yield changed(parse.text, (tokens[verb].start, tokens[verb].end, f"{parse.word(verb)} not"))
        elif not aux and tokens[verb].pos == "VERB" and tokens[verb].tag in {"VBD", "VBZ", "VBP"}:
            do = {"VBD": "did", "VBZ": "does", "VBP": "do"}[tokens[verb].tag]
            yield changed(parse.text, (tokens[verb].start, tokens[verb].end, f"{do} not {tokens[verb].lemma}"))


def _affirmed(parse: Parse) -> Iterator[str]:
    """Yield the text less a denial."""
    tokens, text = parse.tokens, parse.text
    spoken = quoted(text)
    for n, token in enumerate(tokens):
        word = word_at(parse, n)
        if within(token.start, spoken):
            continue
        head = token.head
        if token.dep == "neg" and word in {"not", "n't", "n’t"} and tokens[head].pos in {"VERB", "AUX"}:
            before = n - 1
            helper = word_at(parse, before)
            if word_at(parse, n + 1) in {"only", "just", "all", "yet", "every", "necessarily", "even"} or before < 0:
                continue
            if tokens[before].lemma == "do" and tokens[before].head == head and tokens[head].tag == "VB" and head == n + 1:
                form = {"did": past(tokens[head].lemma), "does": third(tokens[head].lemma), "do": tokens[head].lemma}.get(helper, "")
                if form:
                    yield changed(text, (tokens[before].start, tokens[head].end, form))
            elif (tokens[before].lemma != "do" and tokens[before].head in {head, before}) or before == head:
                whole_word = {"ca": "can", "wo": "will", "sha": "shall"}.get(helper, parse.word(before))
                yield changed(text, (tokens[before].start, token.end, whole_word))
        elif word == "never" and token.dep in {"neg", "advmod"} and tokens[head].tag in {"VBD", "VBN"}:
            yield changed(text, drop(parse, n, n + 1))
        elif (
            word == "no"
            and token.dep in {"det", "neg"}
            and tokens[head].pos == "NOUN"
            and head - n <= 3
            and word_at(parse, n + 1) not in {"longer", "more", "fewer", "less", "matter", "doubt"}
        ):
            several = tokens[head].tag == "NNS" or tokens[head].lemma in _MASS
            yield changed(text, drop(parse, n, n + 1) if several else (token.start, token.end, "a"))
        elif word == "no" and word_at(parse, n + 1) == "longer":
            yield changed(text, drop(parse, n, n + 2, "still"))
        elif token.lemma in {"refuse", "fail", "decline"} and token.tag in {"VBD", "VBZ", "VBP"}:
            inner = [m for m in parse.below(n, "xcomp") if tokens[m].tag == "VB" and m == n + 2 and word_at(parse, n + 1) == "to"]
            if inner and tokens[inner[0]].lemma not in {"say", "comment", "be", "name", "respond", "elaborate", "answer", "discuss"}:
                yield changed(text, drop(parse, n, inner[0] + 1, inflected(tokens[inner[0]].lemma, token.tag)))
        elif (
            word == "without"
            and parse.below(n, "pobj")
            and tokens[parse.below(n, "pobj")[0]].tag in {"NNS", "NN"}
            and word_at(parse, n + 1) not in {"any", "a", "an"}
        ):
            yield changed(text, (token.start, token.end, "with"))


def _turned_words(parse: Parse, adjectives: Mapping[str, str], contraries: Mapping[str, str]) -> Iterator[str]:
    """Yield the text with a word for its contrary, where nothing denies it."""
    spoken = quoted(parse.text)
    for n, token in enumerate(parse.tokens):
        word = word_at(parse, n)
        hyphen = "-" in parse.text[token.start - 1 : token.start] + parse.text[token.end : token.end + 1]
        if hyphen or within(token.start, spoken) or token.pos == "PROPN" or token.entity in _NAMING:
            continue
        if (
            word in adjectives
            and token.pos in {"ADJ", "ADV", "VERB", "NOUN", "ADP", "SCONJ", "NUM"}
            and token.dep
            in {"acomp", "amod", "advmod", "attr", "oprd", "prt", "dobj", "prep", "nsubj", "pobj", "conj", "ROOT", "nmod", "quantmod"}
        ):
            if not any(word_at(parse, m) in {"not", "n't", "n’t", "no", "more", "less", "most", "least"} for m in range(max(0, n - 2), n)):
                yield changed(parse.text, (token.start, token.end, adjectives[word]))
        elif token.lemma in contraries and (new := inflected(contraries[token.lemma], token.tag)) and _turns(parse, n, contraries):
            yield changed(parse.text, (token.start, token.end, new))


def _turns(parse: Parse, n: int, contraries: Mapping[str, str]) -> bool:
    """Return whether a verb stands as its contrary could: with an object, or alone as one that has none but an amount."""
    token = parse.tokens[n]
    if token.pos != "VERB" or parse.below(n, "neg", "prt") or (token.tag == "VBN" and not helpers(parse, n)):
        return False
    moves = contraries is _MOVED and (token.lemma in _ALONE or contraries[token.lemma] in _ALONE)
    if moves and not (all(_counted(parse, m) for m in parse.below(n, "dobj")) and any(_counted(parse, m) for m in parse.subtree(n))):
        return False
    return bool(parse.below(n, "dobj", "nsubjpass", "ccomp", "xcomp")) or token.lemma in _ALONE


def _counted(parse: Parse, n: int) -> bool:
    """Return whether a noun is an amount."""
    return parse.tokens[n].entity in _COUNTS or parse.word(n) == "%" or any(parse.tokens[m].pos == "NUM" for m in parse.children[n])


_ALONE = frozenset("rise fall decline climb grow shrink jump surge plunge soar slide tumble open close begin end start".split())

_DOUBTS = frozenset(
    "allegedly reportedly purportedly supposedly apparently possibly probably perhaps potentially presumably likely".split()
)
_DOUBTED = frozenset("alleged suspected purported presumed accused would-be attempted supposed apparent".split())
_SETTLED = {
    "proposed": "approved",
    "planned": "completed",
    "possible": "confirmed",
    "potential": "confirmed",
    "expected": "confirmed",
    "likely": "confirmed",
    "preliminary": "final",
}
_AHEAD = frozenset(
    "plan intend expect hope aim want threaten try attempt seek vow pledge promise offer prepare set schedule slate appear seem".split()
)
_CHARGED = re.compile(
    r"\b(?P<be>was|were|is|are|been|being|be) "
    r"(?P<verb>charged with|accused of|suspected of|indicted on|charged in|arrested on suspicion of|investigated for)\b"
)


def hedge(scene: Scene) -> Iterator[str]:
    """Yield what is doubted, planned or charged as what is, will be, or was proved."""
    parse = scene.parse
    tokens, text = parse.tokens, parse.text
    spoken = quoted(text)
    for n, token in enumerate(tokens):
        word = word_at(parse, n)
        if within(token.start, spoken):
            continue
        if (
            token.tag == "MD"
            and word in {"may", "might", "could", "should"}
            and token.dep == "aux"
            and tokens[token.head].tag == "VB"
            and word_at(parse, n + 1) != "not"
        ):
            verb = token.head
            if word_at(parse, n + 1) == "have" or word_at(parse, n + 1) in {"n't", "n’t"}:
                continue
            if not any(word_at(parse, m) in {"if", "whether", "how", "what", "who", "that", "which"} for m in parse.subtree(verb)[:2]):
                yield changed(text, (token.start, token.end, "will"))
        elif token.tag == "MD" and word in {"may", "might"} and word_at(parse, n + 1) == "have" and tokens[token.head].tag == "VBN":
            s = subject(parse, token.head)
            if s >= 0:
                yield changed(
                    text,
                    (
                        token.start,
                        tokens[n + 1].end,
                        "have" if plural(parse, s) or (tokens[s].pos == "PRON" and word_at(parse, s) in {"they", "that", "who"}) else "has",
                    ),
                )
        elif (word in _DOUBTS and token.pos == "ADV" and not parse.children[n]) or (
            word in _DOUBTED and token.dep == "amod" and not parse.children[n] and parse.text[token.end : token.end + 1] == " "
        ):
            yield changed(text, drop(parse, n, n + 1))
        elif (
            word in _SETTLED
            and token.dep == "amod"
            and not parse.children[n]
            and parse.text[token.end : token.end + 1] == " "
            and tokens[token.head].pos == "NOUN"
            and n < token.head
        ):
            yield changed(text, (token.start, token.end, _SETTLED[word]))
        elif token.lemma in _AHEAD and token.pos in {"VERB", "ADJ"}:
            yield from _done(parse, n)
        elif word == "likely" and token.dep == "acomp" and word_at(parse, n + 1) == "to" and word_at(parse, n - 1) in {"is", "are"}:
            yield changed(text, (tokens[n - 1].start, tokens[n + 1].end, "will"))
        elif token.lemma == "accuse":
            yield from _deed(parse, n)
    for m in _CHARGED.finditer(text):
        new = "convicted on" if "indicted" in m["verb"] else "convicted in" if m["verb"] == "charged in" else "convicted of"
        if not within(m.start(), spoken):
            yield changed(text, (m.start("verb"), m.end("verb"), new))


def _done(parse: Parse, n: int) -> Iterator[str]:
    """Yield what is planned, expected or tried as done: "plans to sell" is "has sold", "tried to flee" is "fled"."""
    tokens = parse.tokens
    inner = [m for m in parse.below(n, "xcomp", "ccomp", "acomp") if tokens[m].tag == "VB" and word_at(parse, n + 1) == "to" and m == n + 2]
    if not inner or parse.below(n, "neg") or word_at(parse, n + 3) == "not":
        return
    lemma, aux = tokens[inner[0]].lemma, helpers(parse, n)
    one = subject(parse, n)
    if lemma in {"be", "have", "become"} or one < 0:
        return
    many = plural(parse, one)
    words = [word_at(parse, m) for m in aux]
    if tokens[n].tag in {"VBZ", "VBP"} and not aux:
        if tokens[n].lemma in {"appear", "seem"}:
            yield changed(parse.text, drop(parse, n, inner[0] + 1, inflected(lemma, tokens[n].tag)))
        elif tokens[n].lemma not in {"want", "hope", "offer"}:
            yield changed(parse.text, drop(parse, n, inner[0] + 1, ("have " if many else "has ") + participle(lemma)))
        else:
            yield changed(parse.text, drop(parse, n, inner[0] + 1, f"will {lemma}"))
    elif tokens[n].tag == "VBD" and not aux:
        yield changed(parse.text, drop(parse, n, inner[0] + 1, past(lemma)))
    elif words in (["is"], ["are"], ["was"], ["were"]) and aux[0] == n - 1:
        now = words[0] in {"is", "are"}
        new = (("have " if many else "has ") + participle(lemma)) if now else past(lemma)
        yield changed(parse.text, drop(parse, aux[0], inner[0] + 1, new))


def _deed(parse: Parse, n: int) -> Iterator[str]:
    """Yield as done what somebody is accused of having done."""
    tokens = parse.tokens
    for of in parse.below(n, "prep"):
        deeds = [m for m in parse.below(of, "pcomp") if tokens[m].tag == "VBG" and m == of + 1]
        if word_at(parse, of) != "of" or not deeds or tokens[deeds[0]].lemma in {"be", "have"}:
            continue
        done = past(tokens[deeds[0]].lemma)
        aux = helpers(parse, n)
        if parse.below(n, "auxpass") and of == n + 1 and subject(parse, n) >= 0:
            yield changed(parse.text, drop(parse, min([*aux, n]), deeds[0] + 1, done))
        elif not parse.below(n, "auxpass") and (objects := parse.below(n, "dobj")):
            who, blamer = noun_phrase(parse, objects[0]), subject(parse, n)
            if who and blamer >= 0 and tokens[blamer].pos in {"NOUN", "PROPN"} and n == parse.root and who[1] == of:
                yield changed(parse.text, (0, tokens[deeds[0]].end, f"{small(parse, *who)} {done}"))
                yield changed(parse.text, (tokens[min([n, *aux])].start, tokens[deeds[0]].end, done))


# -- false texts: who says it, when, and after what ----------------------------------------------------------


def attribution_moved(scene: Scene) -> Iterator[str]:
    """Yield a report with somebody else of the article as who says it."""
    parse, document = scene.parse, scene.document
    for one in attributions(parse)[:2]:
        inside = range(one.first, one.last)
        if one.kind not in {"said", "according"} or not 0 < one.last - one.first <= 14 or parse.tokens[one.first].pos == "PRON":
            continue
        if (
            any(parse.word(n) in '“”"()' for n in inside)
            or sum(parse.word(n) == "," for n in inside) > 2
            or any(parse.tokens[n].dep == "relcl" for n in inside)
        ):
            continue
        head = next((n for n in inside if parse.tokens[n].head not in inside), one.first)
        outside = [n for n in range(len(parse.tokens)) if n not in inside]
        gendered = any(word_at(parse, n) in {"he", "she", "his", "her", "him"} for n in outside)
        if not parse.tokens[head].entity and word_at(parse, one.first) == "the" and not plural(parse, head):
            continue  # "the New York Democrat" may be anybody of the context
        if any(parse.tokens[n].tag == "VBP" or word_at(parse, n) == "were" for n in helpers(parse, one.verb)):
            continue
        if parse.tokens[head].dep in SUBJECTS and plural(parse, head) and parse.tokens[one.verb].tag == "VBP":
            continue
        kind = parse.tokens[head].entity
        clause = parse.below(one.verb, "ccomp")
        about = [word_at(parse, n) for n in outside if parse.tokens[n].dep in {"nsubj", "nsubjpass", "poss"}]
        if clause and kind != "PERSON" and {"it", "its", "they", "their"} & set(about):
            continue
        others = [o for o in _speakers(scene) if not alias(o, one.phrase) and not _mentions(parse.text, o) and not _mentions(one.phrase, o)]
        if gendered:
            others = [o for o in others if _gender(document, o) == _gender(document, one.speaker) != ""]
        near = [o for o in others if any(_mentions(document.text(n), o) for n in scene.context)]
        chosen = scene.rng.sample(near, min(1, len(near))) or scene.rng.sample(others, min(1, len(others)))
        outlet = document.article.source
        if (
            outlet
            and not gendered
            and scene.rng.random() < 0.15
            and not _mentions(" ".join(document.text(n) for n in scene.context), outlet)
            and kind != "PERSON"
        ):
            chosen = [outlet]
        for other in chosen:
            tail = "," if parse.word(one.last - 1) == "," else ""
            yield changed(parse.text, (parse.tokens[one.first].start, parse.tokens[one.last - 1].end, other + tail))


def _speakers(scene: Scene) -> list[str]:
    """Return the names of those who could have spoken in an article: its persons, in full, and the bodies that say something in it."""
    document = scene.document
    found = [
        forms[0].text
        for forms in document.people.values()
        if scene.names.acts(document, forms[0].text) and scene.names.known(Name(forms[0].text, "PERSON", "True", the=False))
    ]
    return [name for n, name in enumerate(found) if not any(alias(name, other) for other in found[:n])]


_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_SHORT = {"Jan.": "Feb.", "Feb.": "Oct.", "Aug.": "Nov.", "Sept.": "Dec.", "Oct.": "Jan.", "Nov.": "Feb.", "Dec.": "Aug."}
_TURNS = {
    "last": "next",
    "next": "last",
    "yesterday": "tomorrow",
    "tomorrow": "yesterday",
    "morning": "evening",
    "evening": "morning",
    "afternoon": "morning",
    "earlier": "later",
    "later": "earlier",
}


def time_moved(scene: Scene) -> Iterator[str]:
    """Yield the text with another day, month or year, or with before and after exchanged."""
    parse, rng = scene.parse, scene.rng
    text = parse.text
    spoken = quoted(text)
    for n, token in enumerate(parse.tokens):
        word = parse.word(n)
        if within(token.start, spoken):
            continue
        dated = token.entity in _TIMED
        if dated and word in _DAYS:
            yield changed(text, (token.start, token.end, rng.choice([d for d in _DAYS if d != word and d not in text])))
        elif dated and word in _MONTHS:
            yield changed(
                text, (token.start, token.end, rng.choice([m for m in _MONTHS if m != word and m not in text and m != "February"]))
            )
        elif dated and word in _SHORT and _SHORT[word] not in text:
            yield changed(text, (token.start, token.end, _SHORT[word]))
        elif dated and _YEAR.fullmatch(word) and parse.text[token.end : token.end + 1] not in {"-", "/", "s", "–"}:
            year = int(word) + rng.choice([-4, -3, -2, -1, 1, 2] if int(word) < 2024 else [-4, -3, -2, -1])
            if str(year) not in text:
                yield changed(text, (token.start, token.end, str(year)))
        elif (
            dated
            and word.casefold() in {"last", "next"}
            and word_at(parse, n + 1) in {"week", "month", "year", "summer", "fall", "spring", "winter", *map(str.casefold, _DAYS)}
        ):
            if word_at(parse, n - 1) != "the":
                yield changed(text, (token.start, token.end, _TURNS[word.casefold()]))
        elif (dated and word.casefold() in {"morning", "evening", "afternoon", "yesterday", "tomorrow"}) or (
            dated and word.casefold() in {"earlier", "later"} and parse.tokens[n - 1].entity in _TIMED if n else False
        ):
            yield changed(text, (token.start, token.end, _TURNS[word.casefold()]))
        elif word.casefold() in {"before", "after"} and token.dep in {"mark", "prep"} and _timely(parse, n):
            yield changed(text, (token.start, token.end, {"before": "after", "after": "before"}[word.casefold()]))


def _timely(parse: Parse, n: int) -> bool:
    """Return whether "before" or "after" tells the order of two events."""
    head = parse.tokens[parse.tokens[n].head]
    if parse.tokens[n].dep == "mark":
        return head.dep == "advcl" and (head.tag == "VBG" or finite(parse, parse.tokens[n].head))
    objects = parse.below(n, "pobj", "pcomp")
    if (
        head.lemma
        in {"name", "look", "go", "come", "run", "take", "appear", "testify", "stand", "ask", "be", "day", "month", "year", "week"}
        or not objects
    ):
        return False
    one = parse.tokens[objects[0]]
    return head.pos == "VERB" and (
        one.tag == "VBG"
        or (one.pos == "NOUN" and one.entity in {"", "DATE", "EVENT"} and one.lemma not in _ACTING and not human(one.lemma))
    )


def joined(scene: Scene) -> Iterator[str]:
    """Yield two facts of the context with a cause or an order between them that nobody tells."""
    parse = scene.parse
    if scene.base == "two_sentences":
        yield from _because(scene)
        return
    root = parse.root
    if root < 0 or subject(parse, root) < 0 or quoted(parse.text):
        return
    for other in parse.below(root, "conj", "advcl"):
        if not finite(parse, other) or subject(parse, other) < 0 or not _unrelated(parse, root, other):
            continue
        links = [m for m in (*parse.below(root, "cc"), *parse.below(other, "mark")) if root < m < other]
        if links and word_at(parse, links[0]) in {"and", "while", "but", "although", "though", "before"}:
            comma = word_at(parse, links[0] - 1) == ","
            start = parse.tokens[links[0] - 1].start if comma else parse.tokens[links[0]].start - 1
            yield changed(parse.text, (start, parse.tokens[links[0]].end, " because"))


def _because(scene: Scene) -> Iterator[str]:
    """Yield two sentences that were made one with another link between them."""
    known = {_plain(scene.document.text(n)) for n in scene.context}
    for m in re.finditer(r", (?:and|while) ", scene.parse.text):
        if _plain(scene.parse.text[: m.start()]) in known:
            link = scene.rng.choice([" because ", ", so ", " because ", ", and as a result "])
            yield changed(scene.parse.text, (m.start(), m.end(), link))


def _unrelated(parse: Parse, verb: int, other: int) -> bool:
    """Return whether two clauses share no noun."""
    inner = set(parse.subtree(other))
    one = {parse.tokens[n].lemma for n in parse.subtree(verb) if n not in inner and parse.tokens[n].pos in {"NOUN", "PROPN"}}
    return not one & {parse.tokens[n].lemma for n in inner if parse.tokens[n].pos in {"NOUN", "PROPN"}}


def subject_borrowed(scene: Scene) -> Iterator[str]:
    """Yield what the sentence tells with the subject of a sentence beside it in the place of its own."""
    parse, document = scene.parse, scene.document
    s = subject(parse, parse.root) if parse.root >= 0 else -1
    own = noun_phrase(parse, s) if s >= 0 else None
    if own is None or s > parse.root or not animate(parse, s) or any(parse.tokens[n].tag == "POS" for n in range(*own)):
        return
    gendered = any(word_at(parse, n) in {"he", "she", "his", "her", "him"} for n in range(len(parse.tokens)) if not own[0] <= n < own[1])
    for number in [n for n in scene.nearby() if abs(n - scene.number) == 1]:
        beside = document.parse(number)
        heads = [subject(beside, v) for v in [beside.root, *beside.below(beside.root, "ccomp")]] if beside.root >= 0 else []
        for other in heads:
            span = noun_phrase(beside, other) if other >= 0 else None
            if (
                span is None
                or not animate(beside, other)
                or not agrees(parse, parse.root, other, beside)
                or not _apart(scene, s, beside, other)
            ):
                continue
            new = small(beside, *span)
            office = any(human(parse.tokens[m].lemma) for m in parse.below(parse.root, "attr"))
            if _akin(parse.span(*own), new) or (office and beside.tokens[other].entity != "PERSON"):
                continue
            if beside.tokens[span[1] - 1].tag == "POS" or beside.tokens[span[0]].tag == "PRP$":
                continue
            if word_at(beside, span[0]) in {"both", "all", "some", "many", "most"} or beside.tokens[span[0]].pos == "NUM":
                continue
            if gendered and not (_gender(document, beside.word(other)) == _gender(document, parse.word(s)) != ""):
                continue
            if any(_mentions(parse.text, w) for w in new.split() if w[:1].isupper()):
                continue
            yield changed(parse.text, (parse.tokens[own[0]].start, parse.tokens[own[1] - 1].end, new))


def _apart(scene: Scene, s: int, beside: Parse, other: int) -> bool:
    """Return whether two subjects are certainly two: two persons by name, or a name and a group or body of another kind."""
    one, two = scene.parse.tokens[s], beside.tokens[other]
    names = [
        next((p.text[e.start : e.end] for e in p.entities if e.first <= n < e.last), p.word(n))
        for p, n in ((scene.parse, s), (beside, other))
    ]
    if alias(*names) or one.lemma == two.lemma:
        return False
    kinds = {one.entity, two.entity}
    verb = scene.parse.tokens[one.head].lemma
    if "PERSON" in kinds and kinds & {"ORG", "GPE"}:
        return verb not in SAYING
    if "" in kinds and kinds & {"ORG", "GPE"} and {one.tag, two.tag} & {"NNS"} and verb not in SAYING:
        return True
    if kinds == {"PERSON"}:
        return True
    if one.entity == two.entity and one.entity in {"GPE", "ORG"}:
        return True
    return "PERSON" in kinds and (scene.parse.tokens[s].tag == "NNS" or beside.tokens[other].tag == "NNS") and "" in kinds


# -- false texts: more or less, first or last ----------------------------------------------------------------

_COMPARED = {
    "higher": "lower", "lower": "higher", "largest": "smallest", "biggest": "smallest", "smallest": "largest", "highest": "lowest",
    "lowest": "highest", "best": "worst", "worst": "best", "better": "worse", "worse": "better", "oldest": "youngest",
    "youngest": "oldest", "older": "younger", "younger": "older", "longest": "shortest", "longer": "shorter", "faster": "slower",
    "slower": "faster", "larger": "smaller", "bigger": "smaller", "smaller": "larger", "above": "below", "below": "above",
    "majority": "minority", "minority": "majority", "stronger": "weaker", "weaker": "stronger", "earliest": "latest",
    "deadliest": "least deadly", "richest": "poorest", "increase": "decrease", "decrease": "increase", "increases": "decreases",
    "decline": "rise", "rise": "fall", "drop": "rise", "gain": "loss", "gains": "losses", "hotter": "cooler", "warmer": "colder",
    "colder": "warmer", "cheaper": "more expensive", "heavier": "lighter", "closer": "farther", "fewer": "more", "inside": "outside",
    "outside": "inside", "busiest": "quietest", "tallest": "shortest", "newest": "oldest", "hottest": "coldest", "stricter": "looser",
    "maximum": "minimum", "minimum": "maximum", "victory": "defeat", "defeat": "victory", "win": "loss", "loss": "win",
}  # fmt: skip
_MOVED = {
    "rise": "fall", "fall": "rise", "increase": "decrease", "decrease": "increase", "decline": "rise", "drop": "rise", "climb": "fall",
    "grow": "shrink", "shrink": "grow", "win": "lose", "lose": "win", "gain": "lose", "jump": "drop", "surge": "plunge",
    "plunge": "surge", "soar": "plunge", "tumble": "climb", "slide": "climb", "raise": "lower", "lower": "raise", "expand": "reduce",
    "reduce": "increase", "cut": "raise", "double": "halve", "exceed": "miss", "boost": "reduce", "lengthen": "shorten",
}  # fmt: skip
_THAN = [
    (re.compile(r"\b(more|less|fewer) than\b(?! not| a year ago)", re.IGNORECASE), {"more": "fewer", "fewer": "more", "less": "more"}),
    (re.compile(r"\bat (least|most) (?=\$?\d|[a-z]+)"), {"least": "most", "most": "least"}),
    (re.compile(r"\b(over|under) (?=\$?\d)"), {"over": "under", "under": "over"}),
    (re.compile(r"\b(up|down) (?=\$?\d|from|about|nearly|more)"), {"up": "down", "down": "up"}),
]


def comparison(scene: Scene) -> Iterator[str]:
    """Yield the text with more for less, higher for lower, rose for fell."""
    parse, text = scene.parse, scene.parse.text
    spoken = quoted(text)
    for pattern, turned in _THAN:
        for m in pattern.finditer(text):
            if within(m.start(), spoken):
                continue
            new = turned[m[1].casefold()]
            money = text[m.end() :].lstrip()[:1] in "$€£" or re.match(
                r"\s*[\d.,]+ ?(?:percent|%|million|billion|miles|years|hours|days)", text[m.end() :]
            )
            new = "less" if new == "fewer" and money else new
            if m[1].casefold() in {"up", "down"} and text[m.start() - 2 : m.start()] not in {", ", "s ", "e ", "d "}:
                continue
            yield changed(text, (m.start(1), m.end(1), new))
    yield from _turned_words(parse, _COMPARED, _MOVED)


_ORDER = {
    "first": "second",
    "second": "third",
    "third": "second",
    "fourth": "third",
    "fifth": "sixth",
    "sixth": "fifth",
    "seventh": "eighth",
    "eighth": "seventh",
    "ninth": "tenth",
    "final": "first",
}
_DIGITS = re.compile(r"(\d{1,3})(st|nd|rd|th)")


def ordinal(scene: Scene) -> Iterator[str]:
    """Yield the text with another place in an order."""
    parse, text = scene.parse, scene.parse.text
    spoken = quoted(text)
    for n, token in enumerate(parse.tokens):
        word = word_at(parse, n)
        if within(token.start, spoken) or token.pos == "PROPN" or (parse.word(n)[:1].isupper() and n):
            continue
        after, before = word_at(parse, n + 1), word_at(parse, n - 1)
        if n and parse.tokens[n - 1].pos == "PROPN":
            continue
        if (
            word in _ORDER
            and (token.pos in {"ADJ", "NOUN"} or (token.pos == "ADV" and token.head < n))
            and after not in {"lady", "responders", "responder", "amendment", "degree", "hand", "of", "and", "-", "place", "round"}
            and before not in {"at", "-", "from"}
        ):
            options = [_ORDER[word]]
            if (
                word == "first"
                and after in {"time", "day", "game", "match", "year", "person", "woman", "man", "week", "stop", "phase", "test", "month"}
                and before == "the"
            ):
                options.append("last")
            yield changed(text, (token.start, token.end, scene.rng.choice(options)))
        elif (
            word == "last"
            and before in {"the", "its", "his", "her", "their"}
            and after
            not in {
                "year",
                "week",
                "month",
                "few",
                "two",
                "three",
                "decade",
                "several",
                "minute",
                "five",
                "four",
                "ten",
                "10",
                "century",
                "name",
                "day",
                "six",
                "seven",
                "eight",
                "24",
                "decades",
                "30",
                "12",
                "20",
                "15",
                "50",
            }
            and token.dep == "amod"
        ):
            yield changed(text, (token.start, token.end, "first"))
        elif (m := _DIGITS.fullmatch(parse.word(n))) and token.pos in {"ADJ", "NOUN"} and "-" not in text[token.end : token.end + 1]:
            value = int(m[1]) + scene.rng.choice([1, 2, 10, 20])
            yield changed(
                text,
                (
                    token.start,
                    token.end,
                    f"{value}{'th' if value % 100 in {11, 12, 13} else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}",
                ),
            )


FALSE: dict[str, Maker] = {
    "dropped_words": dropped_words,
    "dropped_constituent": dropped_constituent,
    "roles": roles,
    "agents": agents,
    "names": names,
    "numbers": numbers,
    "units": units,
    "negation": negation,
    "hedge": hedge,
    "attribution_moved": attribution_moved,
    "time_moved": time_moved,
    "joined": joined,
    "subject_borrowed": subject_borrowed,
    "comparison": comparison,
    "ordinal": ordinal,
}


# -- claims of a source -------------------------------------------------------------------------------------


class Claim(NamedTuple):
    """A claim about one source: `words` are those of the claim, `of` those of its source sentences."""

    kind: str
    label: int
    text: str
    words: int
    of: int


UNCLEAR = "whom or what it means is not clear without the sentences before it"


class Source(NamedTuple):
    """A sentence of a document, its context, and the true text that everything else is made of.

    In that text a pronoun is told by the name where it is `meant`; where one stays `open`, only parts without it are claims.
    """

    document: Document
    name: str
    number: int
    context: tuple[int, ...]
    text: str
    meant: bool
    open: bool


def fit(document: Document, number: int) -> bool:
    """Return whether a sentence can be told at all, and is one that an edit is sure of."""
    text, parse = document.text(number), document.parse(number)
    plain = (
        SHORTEST <= len(text.split()) <= LONGEST
        and "\n" not in text
        and not re.search(r"https?:|[\[\]|{}*_@#]|\d\)|--|Share this|\d [ap]m ET ", text)
    )
    if not plain or EMPHASIS.search(text) or not sound(parse) or document.sentence(number).note or text[-1:] not in {".", "”", '"'}:
        return False
    told = rewrite(document, number)
    return told == UNCLEAR if isinstance(told, str) else not told.verbatim


def sources(documents: Mapping[str, Document], seed: int) -> list[Source]:
    """Return the sentences that claims are made of, each with its context: alone half of the time, else with a sentence beside it."""
    found: list[Source] = []
    for name, document in documents.items():
        if document.article.form != "news" or not document.english:
            continue
        body = list(document.body())
        for at, number in enumerate(body):
            if not fit(document, number):
                continue
            rng = random.Random(f"{seed} {name} {number}")
            before = [n for n in body[max(0, at - 1) : at] if number - n == 1]
            after = [n for n in body[at + 1 : at + 2] if n - number == 1]
            beside = [n for n in [*before, *after] if 4 <= len(document.text(n).split()) <= 60 and "\n" not in document.text(n)]
            meant = named(document, number, [number, *before])
            if meant:
                context = tuple(sorted({number, *before, *(after if rng.random() < 0.3 else [])}))
            elif rng.random() < 0.42 or not beside:
                context = (number,)
            else:
                context = tuple(sorted({number, *(beside if rng.random() < 0.4 else rng.sample(beside, 1))}))
            lost = not meant and bool(open_references(document.parse(number)))
            text = meant or tidy(_undated(document, number), document.text(number))
            found.append(Source(document, name, number, context, text, bool(meant), lost))
    return found


def _undated(document: Document, number: int) -> str:
    """Return a sentence less its dateline."""
    parse = document.parse(number)
    found = [one for one in cuts(parse) if one.reason in {DATELINE, TICKER}]
    text = parse.text
    for one in reversed(found):
        text = text[: one.start] + text[one.end :]
    return text.strip()


def claims(some: Sequence[Source], names_: Names, parser: Parser, seed: int) -> list[list[Claim]]:
    """Return what can be claimed of each source, true and false, each text parsed and found sound."""
    scenes = [
        [scene]
        for scene in _scenes(
            some, [one.text for one in some], names_, parser, seed, ["two_sentences" if one.meant else "whole" for one in some]
        )
    ]
    for kinds in (tuple(TRUE), _TWICE):
        made: list[tuple[int, str, str]] = []
        for n, known in enumerate(scenes):
            for scene in known if kinds is _TWICE else known[:1]:
                if kinds is _TWICE and (scene.base in _TWICE[:4] or scene is known[0]):
                    continue
                seen = {_plain(one.parse.text) for one in known} | {_plain(some[n].text)}
                for kind in scene.rng.sample(kinds, len(kinds)):
                    texts = [text for text in dict.fromkeys(TRUE[kind](scene)) if text and _plain(text) not in seen]
                    rng = random.Random(f"{seed} {kind} {scene.parse.text}")
                    made += [(n, kind, text) for text in rng.sample(texts, min(PER_BASE + 1, len(texts)))]
        new = _scenes([some[n] for n, _, _ in made], [text for _, _, text in made], names_, parser, seed, [kind for _, kind, _ in made])
        for (n, _, _), scene in zip(made, new, strict=True):
            if some[n].open and open_references(scene.parse):
                continue
            if reads(scene.parse, scenes[n][0].parse) and _plain(scene.parse.text) not in {_plain(one.parse.text) for one in scenes[n]}:
                scenes[n].append(scene)
    return _with_false(some, [known[one.open :] for one, known in zip(some, scenes, strict=True)], parser)


def _scenes(some: Sequence[Source], texts: Sequence[str], names_: Names, parser: Parser, seed: int, kinds: Sequence[str]) -> list[Scene]:
    texts = [names_.written(one.document, text) for one, text in zip(some, texts, strict=True)]  # moved words lose or get their capital
    parses = parser.parse(texts)
    return [
        Scene(parse, one.document, one.number, one.context, names_, random.Random(f"{seed} {one.name} {text}"), kind)
        for one, text, parse, kind in zip(some, texts, parses, kinds, strict=True)
    ]


def _with_false(some: Sequence[Source], scenes: Sequence[Sequence[Scene]], parser: Parser) -> list[list[Claim]]:
    made: list[tuple[int, Scene, str, str]] = []
    for n, known in enumerate(scenes):
        true = {_plain(scene.parse.text) for scene in known} | {_plain(some[n].document.text(m)) for m in some[n].context}
        for scene in known:
            for kind, maker in FALSE.items():
                texts = [text for text in dict.fromkeys(maker(scene)) if text and _plain(text) not in true]
                made += [(n, scene, kind, text) for text in scene.rng.sample(texts, min(PER_BASE, len(texts)))]
    made = [(n, scene, kind, scene.names.written(scene.document, text) if kind in _MOVING else text) for n, scene, kind, text in made]
    parses = parser.parse([text for _, _, _, text in made])
    found: list[list[Claim]] = []
    for one, known in zip(some, scenes, strict=True):
        of = len(one.document.text(one.number).split())
        found.append(
            [
                Claim(s.base, 1, s.parse.text, len(s.parse.text.split()), of * (1 + (s.base == "two_sentences" and not one.meant)))
                for s in known
            ]
        )
    seen: set[tuple[int, str]] = set()
    for (n, scene, kind, text), parse in zip(made, parses, strict=True):
        if (
            (n, _plain(text)) not in seen
            and reads(parse, scene.parse)
            and (kind != "dropped_words" or relations(parse) != relations(scene.parse))
        ):
            seen.add((n, _plain(text)))
            of = len(some[n].document.text(some[n].number).split()) * (1 + (scene.base == "two_sentences" and not some[n].meant))
            found[n].append(Claim(kind, 0, text, len(text.split()), of))
    return found


_MOVING = frozenset(["dropped_words", "dropped_constituent", "roles", "subject_borrowed", "hedge"])
_DOUBLE = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)


def reads(parse: Parse, before: Parse) -> bool:
    """Return whether an edited text is still one statement, with what belongs together in it."""
    text = parse.text
    balanced = text.count("(") == text.count(")") and text.count("“") == text.count("”") and text.count('"') % 2 == 0
    doubled = [m[1].casefold() for m in _DOUBLE.finditer(text) if m[1].casefold() != "had" and m[0] not in before.text]
    odd = re.search(r" ,|,,|\ba the\b|\bthe (?:a|an|the)\b|\b(?:of|in|on|at|to|by|from|with|and|or|the|a|an)[.,]", text)
    if odd and odd[0] in before.text:
        odd = None
    return sound(parse) and balanced and not doubled and odd is None and 4 <= len(text.split()) <= 60 and text[:1] != "’"


# -- the sample ---------------------------------------------------------------------------------------------

_LENGTHS = (8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 31, 34, 38)
_RATIOS = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.93, 0.999, 1.001, 1.07, 1.15)


def _bin(claim: Claim) -> tuple[int, int]:
    return bisect_right(_LENGTHS, claim.words), bisect_right(_RATIOS, claim.words / claim.of)


def sample(some: Sequence[Sequence[Claim]], number: int, seed: int) -> list[tuple[int, Claim]]:
    """Return about `number` claims, with the source of each: as many true as false in each bin of length and ratio.

    Kinds that come out below their floor are asked for with more weight, and the sample is drawn again.
    """
    rng = random.Random(seed)
    counts = Counter(claim.kind for known in some for claim in known)
    worth = [sum(1 / counts[kind] for kind in {claim.kind for claim in known}) + rng.random() / 10**6 for known in some]
    order = sorted(sorted(range(len(some)), key=lambda n: -worth[n])[: max(1, round(number * SOURCES))])
    kinds = Counter(claim.kind for n in order for claim in some[n])
    weights = {kind: max(0.2, (count / 300) ** 0.8) for kind, count in kinds.items()}
    taken: list[tuple[int, Claim]] = []
    for _ in range(PASSES):
        taken = _drawn(some, order, number, weights, random.Random(seed))
        got = Counter(claim.kind for _, claim in taken)
        weights = {kind: weight * (0.5 if got[kind] < 1.1 * _floor(kinds[kind], number) else 1.0) for kind, weight in weights.items()}
    return taken


def _floor(supply: int, number: int) -> float:
    return min(FLOOR * number / 6000, supply / 2)


def _drawn(
    some: Sequence[Sequence[Claim]], order: Sequence[int], number: int, weights: Mapping[str, float], rng: random.Random
) -> list[tuple[int, Claim]]:
    wholes = WHOLE * number / 2 / len(order)
    bins: dict[tuple[int, int], list[list[tuple[float, int, Claim]]]] = defaultdict(lambda: [[], []])
    for n in order:
        for claim in some[n]:
            if claim.kind != "whole" or rng.random() < wholes:
                bins[_bin(claim)][claim.label].append((rng.random() * weights[claim.kind], n, claim))
    fits = {key: min(len(false), len(true)) for key, (false, true) in bins.items()}
    scale = min(1.0, number / 2 / max(1, sum(fits.values())) * 1.05)
    taken: list[tuple[int, Claim]] = []
    texts: Counter[str] = Counter()
    per: Counter[tuple[int, str]] = Counter()
    load: Counter[int] = Counter()
    for key in sorted(bins, key=lambda key: (sum(map(len, bins[key])), key)):
        want = round(fits[key] * scale)
        got: list[list[tuple[int, Claim]]] = [[], []]
        for label in (1, 0):
            for _, n, claim in sorted(bins[key][label], key=lambda one: one[0]):
                if len(got[label]) < min(want, len(got[1]) if not label else want) and _room(per, load, texts, n, claim):
                    per[n, claim.kind] += 1
                    load[n] += 1
                    texts[claim.text] += 1
                    got[label].append((n, claim))
        both = min(len(got[0]), len(got[1]))
        taken += got[0][:both] + got[1][:both]
    keep = taken if len(taken) <= number else _evenly(taken, number, rng)
    return sorted(keep, key=lambda one: (one[0], one[1].label, one[1].kind, one[1].text))


def _room(per: Mapping[tuple[int, str], int], load: Mapping[int, int], texts: Mapping[str, int], n: int, claim: Claim) -> bool:
    return per[n, claim.kind] < PER_KIND and load[n] < PER_SOURCE and texts[claim.text] < 2


def _evenly(taken: Sequence[tuple[int, Claim]], number: int, rng: random.Random) -> list[tuple[int, Claim]]:
    """Return `number` claims, half of them true, of too many."""
    return [one for label in (0, 1) for one in rng.sample([one for one in taken if one[1].label == label], number // 2)]


def records(some: Sequence[Source], taken: Sequence[tuple[int, Claim]]) -> list[dict[str, object]]:
    """Return the lines to be written."""
    found: list[dict[str, object]] = []
    for n, claim in taken:
        one = some[n]
        key = sha256(f"{one.name}\n{one.number}\n{claim.text}".encode()).hexdigest()[:12]
        context = [" ".join(one.document.text(m).split()) for m in one.context]
        found.append({"id": key, "document": one.name, "kind": claim.kind, "label": claim.label, "context": context, "claim": claim.text})
    return found


def told(taken: Sequence[tuple[int, Claim]], lines: Sequence[Mapping[str, object]]) -> dict[str, float]:
    """Return how well single figures tell the label: the area under the curve of each, 0.5 where it tells nothing."""
    y = np.array([float(claim.label) for _, claim in taken])
    shared = []
    for (_, claim), line in zip(taken, lines, strict=True):
        words = set(re.findall(r"\w+", claim.text.casefold()))
        context = set(re.findall(r"\w+", " ".join(map(str, line["context"])).casefold())) if isinstance(line["context"], list) else set()
        shared.append(len(words & context) / max(1, len(words)))
    figures = {
        "length": [float(claim.words) for _, claim in taken],
        "ratio to the source": [claim.words / claim.of for _, claim in taken],
        "ratio to the context": [
            claim.words / len(" ".join(map(str, line["context"])).split()) if isinstance(line["context"], list) else 0.0
            for (_, claim), line in zip(taken, lines, strict=True)
        ],
        "overlap": shared,
    }
    return {key: round(area(np.array(values), y), 3) for key, values in figures.items()}


def documents_of(folders: Sequence[Path], parser: Parser) -> dict[str, Document]:
    """Return the articles of some folders by folder and file."""
    found: dict[str, Document] = {}
    for folder in sorted(folder for folder in folders if folder.is_dir()):
        for path in sorted(folder.glob("*.md")):
            text = path.read_text(encoding="utf-8")
            name = f"{folder.name}/{path.name}"
            found[name] = Document(article(name, name, sha256(text.encode()).hexdigest(), text, markdown=True), parser)
    return found


def table(taken: Sequence[tuple[int, Claim]]) -> str:
    """Return the kinds with their counts."""
    counts = Counter((claim.label, claim.kind) for _, claim in taken)
    rows = [f"{'true' if label else 'false':6} {kind:24} {count:6}" for (label, kind), count in sorted(counts.items())]
    labels = Counter(claim.label for _, claim in taken)
    return "\n".join([*rows, f"{labels[1]} true, {labels[0]} false, {len({n for n, _ in taken})} sources"]) + "\n"


def below_floor(made: Sequence[Sequence[Claim]], taken: Sequence[tuple[int, Claim]]) -> list[str]:
    """Return the kinds that have fewer claims than they should: than FLOOR, or than a third of what there is of them."""
    supply = Counter(claim.kind for known in made for claim in known)
    got = Counter(claim.kind for _, claim in taken)
    return [kind for kind in ("whole", *TRUE, *FALSE) if got[kind] < min(FLOOR * len(taken) / 6000, supply[kind] / 3)]


def main() -> None:
    """Make, check and write the claims."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="+")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--number", type=int, default=6000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=0, help="print so many claims of each kind")
    options.add_argument(
        "--parses", type=Path, default=Path(tempfile.gettempdir()) / "briefing-edits.sqlite3", help="where parses are kept"
    )
    given = options.parse_args()
    inner = default_parser()
    with closing(watcher()) as progress, closing(SqliteStore(given.parses)) as store:
        parser = CachedParser(lambda: inner, inner.identity, store, progress)
        documents = documents_of(given.folder, parser)
        some = sources(documents, given.seed)
        made = claims(some, Names(documents.values()), parser, given.seed)
    taken = sample(made, given.number, given.seed)
    lines = records(some, taken)
    given.out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    sys.stdout.write(f"{len(some)} sources, {sum(map(len, made))} claims of them\n{table(taken)}")
    figures = told(taken, lines)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    missed = [name for name in ("length", "ratio to the source") if not BAND[0] <= figures[name] <= BAND[1]]
    missed += below_floor(made, taken)
    if given.show:
        show(lines, given.show, given.seed)
    if missed:
        sys.exit(f"error: out of bounds: {', '.join(missed)}")


def show(lines: Sequence[Mapping[str, object]], number: int, seed: int) -> None:
    """Print some claims of each kind under their contexts."""
    rng = random.Random(seed)
    for kind in dict.fromkeys([*TRUE, "whole", *FALSE]):
        own = [line for line in lines if line["kind"] == kind]
        sys.stdout.write(f"\n== {kind}\n")
        for line in rng.sample(own, min(number, len(own))):
            context = line["context"]
            sys.stdout.write(f"   {' | '.join(map(str, context)) if isinstance(context, list) else ''}\n=> {line['claim']}\n")


if __name__ == "__main__":
    main()
