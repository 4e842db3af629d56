"""Loaded wording: words that judge what they report, each with what a neutral brief says instead and why it is on the list.

The list judges words, never outlets or people. A word inside quotation marks is somebody's and stays theirs; titles by which a person is
known ("President", "Supreme Leader") are not on it.
"""

import re
from functools import cache
from typing import NamedTuple

from briefing.text.quotations import quotations
from briefing.text.words import fold_text


class Term(NamedTuple):
    """A reviewed entry: `word` in lower case, `instead` ("" means the word is left out), and the reason it is loaded."""

    word: str
    instead: str
    reason: str


class Found(NamedTuple):
    """A loaded term at `text[start:end]` outside quotation marks."""

    start: int
    end: int
    term: Term


def _terms(reason: str, **pairs: str) -> list[Term]:
    return [Term(word.replace("_", " ").replace("  ", "-"), instead, reason) for word, instead in pairs.items()]


TERMS: tuple[Term, ...] = (
    *_terms("names a ruler by a verdict", dictator="leader", tyrant="leader", despot="leader", strongman="leader", warlord="commander"),
    *_terms("denies a government its name", regime="government", junta="government", puppet="", clique="group", kleptocracy="government"),
    *_terms("an insult", thug="person", thugs="people", crony="ally", cronies="allies", lackey="ally", lackeys="allies", goons="people",
            henchmen="associates", maniac="", lunatic="", madman="", stooge="", monster="", clown="", butcher="", idiot=""),
    *_terms("doubts a name without saying who doubts it", so__called="", self__styled="", self__proclaimed="", supposed="", would__be=""),
    *_terms("judges a motive", hypocritically="", hypocritical="", cynically="", cynical="", shamelessly="", brazenly="", brazen="",
            cowardly="", treacherous="", treacherously="", sinister="", arrogantly="", arrogant="", recklessly="", reckless="", naively="",
            mere="", posturing="statements", grandstanding="statements", mere_posturing="statements for effect", grudgingly="", begrudgingly=""),
    *_terms("tells the reader what to feel", alarmingly="", alarming="", shockingly="", shocking="", stunning="", stunningly="", outrageous="",
            disgraceful="", horrifying="", horrific="", tragically="", sadly="", unfortunately="", thankfully="", ominously="", ominous="",
            unsurprisingly="", incredibly="", astonishingly="", astonishing="", chilling="", relentless="", ruthless="", ruthlessly="",
            brutal="", brutally="", savage="", savagely="", barbaric="", bloodthirsty="", evil="", heinous="", vicious="", viciously=""),
    *_terms("dresses a statement up as a fight", slammed="criticised", slams="criticises", blasted="criticised", blasts="criticises",
            lashed_out_at="criticised", lashes_out_at="criticises", ripped="criticised", rips="criticises", skewered="criticised",
            torched="criticised", eviscerated="criticised", destroyed_critics="answered critics", bashed="criticised", lambasted="criticised"),
    *_terms("judges a claim while reporting it", admitted_that="said that", baseless="", laughable="", absurd="", ridiculous="", preposterous="",
            bogus="", sham="", propaganda="statements", whined="said", ranted="said", babbled="said", bragged="said", boasted="said",
            gloated="said", parroted="repeated", spewed="said", peddled="repeated"),
    *_terms("weighs an event instead of describing it", catastrophic="", disastrous="", devastating="", historic="", unprecedented="",
            radical="", extremist="", fanatical="", notorious="", infamous="", controversial="", heroic="", heroically="", glorious="",
            humiliating="", humiliated="", embarrassing="", crushing="", desperate="", desperately="", massive="large", tense=""),
    *_terms("takes a side in naming people", illegals="migrants", freedom_fighters="fighters", bloodbath="killings", terror__state="state",
            warmongers="supporters of the war", warmonger="supporter of the war", globalists="", elites="", nazis="", fascists=""),
)  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((t.word for t in TERMS), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace("\\ ", r"\s+") for w in words) + r")\b", re.IGNORECASE)


@cache
def _by_word() -> dict[str, Term]:
    return {t.word: t for t in TERMS}


def loaded(text: str) -> list[Found]:
    """Return the loaded terms of `text` outside double quotation marks, in order."""
    quoted = quotations(text)
    return [
        Found(m.start(), m.end(), _by_word()[fold_text(m.group()).casefold()])
        for m in _pattern().finditer(text)
        if not any(q.start <= m.start() and m.end() <= q.end for q in quoted)
    ]


def neutral(text: str) -> str:
    """Return `text` with its loaded terms replaced or left out; quotations stay as they are."""
    for hit in reversed(loaded(text)):
        instead = hit.term.instead
        if instead and text[hit.start].isupper():
            instead = instead[0].upper() + instead[1:] if hit.start == 0 else instead
        text = text[: hit.start] + instead + text[hit.end :] if instead else _joined(text[: hit.start], text[hit.end :])
    return text.strip()


def _joined(before: str, after: str) -> str:
    """Join what stood around a word that is left out: one space, no comma twice, a capital at the start."""
    if not before.strip():
        after = after.lstrip(" \t,;")
        return after[:1].upper() + after[1:]
    if before.rstrip().endswith(",") and after.lstrip().startswith(","):
        after = after.lstrip()[1:]
    if after.lstrip()[:1] in {",", ".", ";", ":"}:
        return before.rstrip() + after.lstrip()
    return before + after.lstrip(" \t") if before[-1].isspace() else before + after
