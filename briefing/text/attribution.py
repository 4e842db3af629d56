"""Who is said to have said a sentence: the speaker and the words that attribute it, as spans of the sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from briefing.text.names import OPENERS, Name, is_person, names, titled
from briefing.text.quotations import without_quotations
from briefing.text.words import Word, base, fold, words

VERBS = frozenset(
    """
    said says say told tells stated states noted notes argued argues claimed claims claim reported reports report suggested suggests
    emphasized emphasised emphasizes emphasises warned warns cautioned cautions announced announces confirmed confirms acknowledged
    acknowledges remarked remarks insisted insists contended contends indicated indicates maintained maintains countered counters
    alleged alleges alleging concluded concludes underscored underscores reiterated reiterates asserted asserts asserting added adds
    wrote writes explained explains declared declares described describes replied denied denies admitted believes believe predicted
    vowed promised pledged recalled testified estimated articulated stressed stresses estimates conceded concedes hinted hints revealed
    reveals tweeted tweets posted accused accuses blamed blames cited cites quoted quotes found finds find showed shows show ruled rules
    complained complains commented lamented joked expect expects suspect suspects argue warn insist admit admits allege predict predicts
    fear fears contend acknowledge deny confirm
    """.split()
)
_BEFORE_THAT = frozenset("found finds find showed shows show ruled rules expect expects suspect suspects fears".split())
_OF_OTHERS = frozenset(["accused", "accuses", "blamed", "blames", "cited", "cites", "quoted", "quotes"])
_PLURAL = frozenset("argue warn insist admit allege fear contend acknowledge deny confirm predict".split())
_BASE = frozenset("find show expect suspect".split())
_AUXILIARIES = frozenset("will would can could may might must should do does did not".split())
_NOUNS = frozenset(["claims", "claim", "report", "reports", "notes", "states", "estimates", "remarks", "promises"])
_REPORTERS = frozenset(
    """
    report paper newspaper outlet source sources officials analysts experts magazine agency he she they it who which
    """.split()
)
_VERB = "|".join(sorted(VERBS))
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+", re.UNICODE)
_NAMED = r"(?=[A-Z]|(?:the|an?|one|two|three|some|several|another|his|her|their|its|local|senior|former)\s)"
_INVERTED = re.compile(rf"(?<![”\"’])[”\"’]++,?\s++({_VERB})\s+{_NAMED}|,\s++(said|says)\s+{_NAMED}")
_TRAILING = re.compile(
    rf"(?<![”\"’])[”\"’]++,?\s++(?!according\b|by\b|in\b|to\b|and\b|but\b)(?P<np>(?:[Hh]e|[Ss]he|[Tt]hey|(?:the |a |an )?(?:[\w.’'-]++ ){{0,6}}?[\w.’'-]++))\s+(?P<verb>{_VERB})\b"
)
_PASSIVE = re.compile(r"\b(?:accused|blamed|reported|alleged|claimed|quoted) by\s+")
_CITED = re.compile(r"\b(?:[Cc]iting|[Qq]uoting|cited|quoted)\s+(?!by\b|as\b|sources,)(?=\w)")
_AS_SAYING = re.compile(r"\s+as (?:saying|telling|writing|warning)\b")
_AFTER_PASSIVE = re.compile(r"\s(?:of \w+ing|for|over|as|in|on|at|to|after|during)\b")
_INSERTED = re.compile(r"(?:\w+ing|in|on|at|after|before|during|from|with|under|asked|quoted|like|as)\b", re.IGNORECASE)
_LED_IN = re.compile(r"(?:in|on|at|after|before|during|under|by|with|from)\b", re.IGNORECASE)
_IDIOM = re.compile(r"\s+(?:goodbye|farewell|mass\b|yes\b|no\b|(?:the|a|its|his|her|their) (?:\w+ )?(?:story|stories|tale)s?\b)")
_VERBAL = re.compile(rf"\b(?:\w\w+ed|called|met|left|took|gave|went|came|held|made|is|are|was|were|has|have|had|will|would|{_VERB})\b")
_CLAUSE = re.compile(r"[,;:—–]\s*|\s(?:but|while|though|as|that)\s")
_WORDS = 8  # of a speaker
_NEAR = 30  # characters after a verb that are looked at
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
    return list(_attributions(text, lower) if len(text) <= _LONGEST else _attributions.__wrapped__(text, lower))


@lru_cache(maxsize=1 << 12)  # every gate that asks who speaks asks for the same few sentences
def _attributions(text: str, lower: frozenset[str]) -> tuple[Attribution, ...]:
    bare = without_quotations(text, closed_only=True)
    outer: list[Attribution] = []
    found: list[Attribution] = []
    if m := next((m for m in _INVERTED.finditer(text) if m.group(1) or _subject_follows(text, m.end())), None):
        speaker, end = _noun_phrase(text, m.end(), lower)
        if speaker:
            outer.append(Attribution(speaker, m.start(1) if m.group(1) else m.start(2), end))
    elif m := _TRAILING.search(text):
        outer.append(Attribution(_head(m.group("np"), lower), m.start("np"), m.end("verb")))
    for pattern in (_ACCORDING, _PASSIVE):
        for m in pattern.finditer(bare):
            speaker, end = _noun_phrase(text, m.end(), lower, _AFTER_PASSIVE if pattern is _PASSIVE else None)
            if speaker:
                found.append(Attribution(speaker, m.start(), end))
    found.extend(_subjects(text, bare, lower) or ([] if outer or found else _shared_subject(bare, lower)))
    inner = [a for a in found if not any(o.start <= a.end and a.start <= o.end for o in outer)]
    return (*outer, *sorted(inner, key=lambda a: a.start), *_cited(text, bare, lower))


def _cited(text: str, bare: str, lower: frozenset[str]) -> Iterator[Attribution]:
    """Find whom a report rests on ("citing Bild", "quoted the governor as saying"): the inner speakers of a nested report."""
    for m in _CITED.finditer(bare):
        speaker, end = _noun_phrase(text, m.end(), lower, _AS_SAYING)
        if speaker:
            saying = _AS_SAYING.match(text, end)
            yield Attribution(speaker, m.start(), saying.end() if saying else end)


def _noun_phrase(text: str, start: int, lower: frozenset[str], until: re.Pattern[str] | None = None) -> tuple[str, int]:
    """Return the speaker named at `start` and where the phrase ends (at a comma, a verb, at `until` or the end)."""
    rest = re.split(r"[,;:.!?”\"](?:\s|$)|\s(?:who|which|that|while|but)\s", text[start : start + _LONGEST], maxsplit=1)[0]
    rest = until.split(rest, maxsplit=1)[0] if until else rest
    return _head(rest, lower), start + len(rest)


def _head(phrase: str, lower: frozenset[str]) -> str:
    """Return the name that heads a noun phrase without its titles; where no name does ("Russian officials"), the phrase itself."""
    phrase = phrase.strip()
    found = [n for n in names(phrase, lower) if titled(n)[1]]
    if found and not phrase[: found[0].start].strip() and (person := _person(found[0], phrase)):
        return person
    if found and (found[-1].end == len(phrase) or phrase[found[-1].end] == ","):
        cut = re.search(r"\s(?:of|from|in|at|for|on|to|without|against|between|under|near|behind|over)\s", phrase)
        before = [n for n in found if not cut or n.end <= cut.start()]
        whole = not (before or _LED_IN.match(phrase) or re.search(r"\bwhich\b", phrase)) or _many(before)
        if cut and (whole or (before and before[-1].end < cut.start())):
            return _bare(phrase)
        several = re.fullmatch(r"(?:[Tt]he )?[\w.’' -]+ and (?:the )?[\w.’' -]+", phrase) and len(found) > 1 and not cut
        return _bare(phrase) if several else titled((before or found)[-1])[1]
    return _bare(phrase)


def _person(name: Name, phrase: str) -> str:
    """Return the person that a phrase begins with ("Joan Bell after the vote", "Lena Ortiz of Delft University"), or ""."""
    title, rest = titled(name)
    first = re.split(r"\s(?:of|from|in|at|the)\s", rest, maxsplit=1)[0]
    whole = Name(f"{title} {first}".strip(), name.start, name.end - len(rest) + len(first))
    ends = whole.end < name.end or re.match(
        r"\s(?:of|after|before|in|on|at|during|when|as|while|from|to|this|last|late)\b", phrase[name.end :]
    )
    return first if ends and is_person(whole, phrase) and len(first.split()) > 1 else ""


def _many(found: Sequence[Name]) -> bool:
    """Return whether a name is only the capital of a plural at the head of a sentence: "Prosecutors in Milan"."""
    return bool(found) and len(found[-1].text.split()) == 1 and re.fullmatch(r"Police|[A-Z][a-z]+[^aeious’']s", found[-1].text) is not None


def _bare(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", phrase.strip(" ,"), flags=re.IGNORECASE)


def _subjects(text: str, bare: str, lower: frozenset[str]) -> list[Attribution]:
    """Find every "X said": the words from the start of the clause to a speech verb."""
    found: list[Attribution] = []
    previous = ""
    starts = [0, *(m.end() for m in _CLAUSE.finditer(bare))]
    for word in words(bare):
        before, previous = previous, word.text
        if word.text not in VERBS or not _finite(word.text, before, bare[word.end : word.end + _NEAR]):
            continue
        at, stop = _clause(bare, starts, word.start)
        if word.start - at > _LONGEST:
            continue
        phrase = re.sub(
            r"\s+(?:(?:also|further|since|then|has|have|had|(?!(?:fami|al|ita|assemb|ju|supp|monopo|ral)ly\b)\w+ly)\s*)+$",
            "",
            bare[at:stop].rstrip(" ,—–") + " ",
        ).strip()
        if re.match(r"(?:who|which)\b", phrase) or not phrase:
            owner = [n for n in names(bare[max(0, at - _LONGEST) : at], lower) if titled(n)[1]]
            speaker = titled(owner[-1])[1] if owner else _head(re.split(r"[,;:—–]", bare[:at].rstrip(" ,—–"))[-1], lower)
            if phrase and speaker and len(speaker.split()) <= _WORDS:
                found.append(Attribution(speaker, word.start, word.end))
            continue
        phrase = re.sub(r"^(?:and|but|in|while|though|although|as|that)\b\s*", "", phrase)
        if not phrase or re.search(r"\b(?:and|but|or)$", phrase):  # the verb shares the subject of the clause before
            continue
        speaker = _head(phrase, lower)
        if speaker and len(speaker.split()) <= _WORDS and speaker in text[at:]:
            found.append(Attribution(speaker, text.index(speaker, at), word.end))
    return found


def _shared_subject(bare: str, lower: frozenset[str]) -> list[Attribution]:
    """Find the speech verb that shares the subject of its sentence: "The ministry dismissed the report and said"."""
    first = _VERBAL.search(bare[:_LONGEST])
    for said in re.finditer(rf"\band ({_VERB})\b", bare) if first else []:
        speaker = _head(re.split(r"[,;:—–]|\swho\b|\swhich\b", bare[: first.start()])[0], lower) if first else ""
        if speaker and len(speaker.split()) <= _WORDS and _finite(said[1], "", bare[said.end() : said.end() + _NEAR], shared=True):
            return [Attribution(speaker, said.start(1), said.end(1))]
    return []


def _clause(bare: str, starts: Sequence[int], verb: int) -> tuple[int, int]:
    """Return where the subject of a verb starts and ends; words inserted after it ("RT, citing Bild, reported") are passed over."""
    nearest = (starts[n] for n in range(bisect_right(starts, verb) - 1, -1, -1))
    own = list(islice((at for at in nearest if re.search(r"\w", bare[at:verb])), 2)) or [0]
    if len(own) > 1 and bare[own[0] : verb].rstrip().endswith((",", "—", "–")) and _INSERTED.match(bare, own[0]):
        return own[1], own[0]
    return own[0], verb


def _subject_follows(text: str, start: int) -> bool:
    """Return whether who spoke stands after ", said" ("said the coast guard,"), rather than what was said ("said the ship had sunk")."""
    rest = re.split(r"[,;:.!?”\"](?:\s|$)|\swho\s", text[start : start + _LONGEST], maxsplit=1)[0]
    return not re.search(r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should|\w\w+ed)\b", rest)


def _finite(verb: str, before: str, after: str, *, shared: bool = False) -> bool:
    """Return whether a word that can be a speech verb is one here, by the words around it ("the report" and "to claim" are not)."""
    folded = fold(before)
    following = fold(next(iter(words(after)), Word("", 0, 0)).text)
    if verb in _BEFORE_THAT and following != "that":
        return False
    if verb in _OF_OTHERS and following in {"of", "by", "for", "on", "in", "as", "at"}:
        return False
    if _IDIOM.match(after):
        return False
    if shared:
        return verb not in _NOUNS
    if verb == "posted" and following not in {"that", "on"}:
        return False
    if verb in _PLURAL and not (folded.endswith("s") or folded in {"police", "people", "they"}):
        return False
    if verb in _BASE and folded in _AUXILIARIES:
        return False
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
        "are",
        "been",
        "is",
    }
