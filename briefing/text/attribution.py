"""Who is said to have said a sentence: the speaker and the words that attribute it, as spans of the sentence."""

import re
from bisect import bisect_right
from typing import NamedTuple

from briefing.text.names import OPENERS, names, titled
from briefing.text.quotations import without_quotations
from briefing.text.words import base, fold, words

VERBS = frozenset(
    """
    said says say told tells stated states noted notes argued argues claimed claims claim reported reports report suggested suggests
    emphasized emphasised emphasizes emphasises warned warns cautioned cautions announced announces confirmed confirms acknowledged
    acknowledges remarked remarks insisted insists contended contends indicated indicates maintained maintains countered counters
    alleged alleges alleging concluded concludes underscored underscores reiterated reiterates asserted asserts asserting added adds
    wrote writes explained explains declared declares described describes replied denied denies admitted believes believe predicted
    vowed promised pledged recalled testified estimated articulated stressed stresses
    """.split()
)
_NOUNS = frozenset(["claims", "claim", "report", "reports", "notes", "states", "estimates", "remarks", "promises"])
_REPORTERS = frozenset(
    """
    report paper newspaper outlet source sources officials analysts experts magazine agency he she they it who which
    """.split()
)
_VERB = "|".join(sorted(VERBS))
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+", re.UNICODE)
_INVERTED = re.compile(rf"(?<![”\"’])[”\"’]++,?\s++({_VERB})\s+(?=[A-Z])|,\s++(said|says)\s+(?=[A-Z])")
_TRAILING = re.compile(
    rf"(?<![”\"’])[”\"’]++,?\s++(?!according\b|by\b|in\b|to\b|and\b|but\b)(?P<np>(?:[Hh]e|[Ss]he|[Tt]hey|(?:the |a |an )?(?:[\w.’'-]++ ){{0,6}}?[\w.’'-]++))\s+(?P<verb>{_VERB})\b"
)
_CLAUSE = re.compile(r"[,;:—–]\s*|\s(?:but|while|though|as|that)\s")
_LONGEST = 400  # characters of a subject: what is longer names no speaker, and reading it again for every verb would take minutes


class Attribution(NamedTuple):
    """`speaker` as a span of the sentence, and the span of all the words that must stay for the attribution to stay."""

    speaker: str
    start: int
    end: int


def attributions(text: str, lower: frozenset[str] = frozenset()) -> list[Attribution]:
    """Return the attributions of a sentence, outermost first: those outside its quotations, then the others in order.

    A pronoun may be the speaker ("He"); `reference` says whom it means.
    """
    bare = without_quotations(text, closed_only=True)
    outer: list[Attribution] = []
    found: list[Attribution] = []
    if m := _INVERTED.search(text):
        speaker, end = _noun_phrase(text, m.end(), lower)
        if speaker:
            outer.append(Attribution(speaker, m.start(1) if m.group(1) else m.start(2), end))
    elif m := _TRAILING.search(text):
        outer.append(Attribution(_head(m.group("np"), lower), m.start("np"), m.end("verb")))
    for m in _ACCORDING.finditer(bare):
        speaker, end = _noun_phrase(text, m.end(), lower)
        if speaker:
            found.append(Attribution(speaker, m.start(), end))
    found.extend(_subjects(text, bare, lower))
    inner = [a for a in found if not any(o.start <= a.end and a.start <= o.end for o in outer)]
    return outer + sorted(inner, key=lambda a: a.start)


def _noun_phrase(text: str, start: int, lower: frozenset[str]) -> tuple[str, int]:
    """Return the speaker named at `start` and where the phrase ends (at a comma, a verb or the end)."""
    rest = re.split(r"[,;:.!?”\"](?:\s|$)|\s(?:who|which|that|while|but)\s", text[start : start + _LONGEST], maxsplit=1)[0]
    return _head(rest, lower), start + len(rest)


def _head(phrase: str, lower: frozenset[str]) -> str:
    """Return the name that heads a noun phrase without its titles; where no name does ("Russian officials"), the phrase itself."""
    phrase = phrase.strip()
    found = [n for n in names(phrase, lower) if titled(n)[1]]
    if found and (found[-1].end == len(phrase) or phrase[found[-1].end] == ","):
        cut = re.search(r"\s(?:of|from|in|at|for|on|to)\s", phrase)
        before = [n for n in found if not cut or n.end <= cut.start()]
        if before and cut and before[-1].end < cut.start():
            return _bare(phrase)
        several = re.fullmatch(r"(?:[Tt]he )?[\w.’' -]+ and (?:the )?[\w.’' -]+", phrase) and len(found) > 1 and not cut
        return _bare(phrase) if several else titled((before or found)[-1])[1]
    return _bare(phrase)


def _bare(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", phrase.strip(" ,"), flags=re.IGNORECASE)


def _subjects(text: str, bare: str, lower: frozenset[str]) -> list[Attribution]:
    """Find every "X said": the words from the start of the clause to a speech verb."""
    found: list[Attribution] = []
    previous = ""
    starts = [0, *(m.end() for m in _CLAUSE.finditer(bare))]
    for word in words(bare):
        before, previous = previous, word.text
        if word.text not in VERBS or not _finite(word.text, before):
            continue
        nearest = range(bisect_right(starts, word.start) - 1, -1, -1)
        at = next((starts[n] for n in nearest if re.search(r"\w", bare[starts[n] : word.start])), 0)
        if word.start - at > _LONGEST:
            continue
        phrase = re.sub(r"\s+(?:(?:also|further|since|then|has|have|had|\w+ly)\s*)+$", "", bare[at : word.start].rstrip() + " ").strip()
        if re.match(r"(?:who|which)\b", phrase) or not phrase:
            owner = [n for n in names(bare[max(0, at - _LONGEST) : at], lower) if titled(n)[1]]
            if owner:
                found.append(Attribution(titled(owner[-1])[1], word.start, word.end))
            continue
        phrase = re.sub(r"^(?:and|but|in|while|though|although|as|that)\b\s*", "", phrase)
        if not phrase or re.search(r"\b(?:and|but|or)$", phrase):  # the verb shares the subject of the clause before
            continue
        speaker = _head(phrase, lower)
        if speaker and len(speaker.split()) <= 8 and speaker in text[at:]:
            found.append(Attribution(speaker, text.index(speaker, at), word.end))
    return found


def _finite(verb: str, before: str) -> bool:
    """Return whether a word that can be a speech verb is one here, by the word before it ("the report" and "to claim" are not)."""
    folded = fold(before)
    if not before or before != base(before):
        return verb.endswith("ing")
    if folded in {"these", "those", "such"}:
        return False
    if verb in _NOUNS:
        return folded in _REPORTERS or (before[0].isupper() and folded not in OPENERS)
    return folded not in {
        "be",
        "to",
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "no",
        "of",
        "with",
        "for",
        "these",
        "was",
        "were",
        "been",
        "is",
    }
