"""Small words that a claim may not add: cause, quantity, time, certainty. Each kind has words that need a licence and words that give one.

"Because" needs something in the source that gives a reason; "only" needs something that limits; "again" needs something that repeats. The
lists are wide where they license and narrow where they ask, so that an honest paraphrase passes: what they refuse is new in meaning.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefing.text.words import fold, words

_YEAR = r"(?:19|20)\d\d"
_COUNTED = r"(?:\d[\d.,]*|a|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundreds?|thousands?|half)"


class Cue(NamedTuple):
    """What a kind of word looks like in a claim, and what in its source licenses it: regular expressions over whole words."""

    asks: str
    licence: str


_CAUSE = (
    Cue(
        r"because|due to|owing to|thanks to|as a (?:result|consequence)|therefore|thus|hence|out of|for fear|fear(?:ing|s)|on account of|"
        r"result(?:ed|ing|s)? (?:in|from)|led to|leading to|prompt(?:ed|ing|s)|caus(?:ed|ing|es)|forc(?:ed|ing)|trigger(?:ed|ing)|thereby|blam(?:ed|ing|es)",
        r"because|due to|owing|thanks|as a (?:result|consequence)|response|led|lead(?:s|ing)? to|prompt\w*|caus\w+|therefore|thus|hence|fear\w*|account of|"
        r"result\w*|forc\w+|trigger\w*|blam\w+|accus\w+|responsib\w+|reason\w*|motiv\w+|retaliat\w+|over|amid|afraid|as part of",
    ),
    Cue(
        r"in (?:response|retaliation|reaction|return|exchange|protest|reprisal)|to (?:punish|retaliate|reward)|retaliation|punishment",
        r"respon[ds]\w*|retaliat\w*|react\w*|return|exchange|protest\w*|reprisal|punish\w*|follow\w*|after",
    ),
    Cue(
        r"so that|so as|in order (?:not )?to|in an? (?:effort|attempt|bid)|to (?:avoid|avert|appease|please|persuade)|with the aim|aimed at|designed to",
        r"so that|so as|in order|effort\w*|attempt\w*|bid|avert\w*|aim\w*|design\w*|intend\w*|intent\w*|purpose|try|trying|goal|meant|mean|seek\w*|hop\w+|"
        r"(?:to|and) (?:get|help|make|prevent|deter|end|force|secure|stop|pressure|facilitate|block)",
    ),
)
_QUANTITY = (
    Cue(
        r"only|solely|alone|exclusively|sole|nothing but|no one but|limited to",
        r"only|solely|alone|exclusive(?:ly)?|sole|just|limit\w*|merely|mere|except|specific\w*|nothing but",
    ),
    Cue(
        r"all|every|each|everyone|everybody|always|entire(?:ly)?|whole|unanimous(?:ly)?|in full|fully|completely|totally|wholly",
        r"all|every(?:one|body|thing|day|where)?|each|always|entire\w*|whol\w+|unanim\w+|any(?:one|thing|body)?|full\w*|complete\w*|total\w*|both|never",
    ),
    Cue(
        r"most|majority|mostly|mainly|largely|bulk|primarily|chiefly|more than half|over half",
        r"most|majority|mostly|main\w*|largely|bulk|primar\w+|chief\w*|predominant\w*|principal\w*|key|generally|broad\w*",
    ),
    Cue(
        r"some of|only some|a few|several|a handful|partly|partially|a minority|half of",
        r"some|few|several|handful|part|parts|partly|partial\w*|half|minority|many|multiple|various|number of|certain|numerous|one of|two|three|"
        r"four|five|couple",
    ),
    Cue(
        rf"(?:more|greater|higher|better) than {_COUNTED}|over {_COUNTED}|at least|upwards of|exceed(?:ed|ing|s)?|no (?:fewer|less) than|"
        rf"above {_COUNTED}|or more|well over",
        r"more|over|at least|upwards?|exceed\w*|no (?:fewer|less)|above|minimum|beyond|greater|surpass\w*|plus|outnumber\w*|majority",
    ),
    Cue(
        rf"(?:fewer|less|lower) than|under {_COUNTED}|below {_COUNTED}|up to {_COUNTED}|at most|(?:no|not) more than|just under|short of",
        r"fewer|less|under|below|up to|at most|(?:no|not) more|maximum|limit\w*|within|not even|short of|lower",
    ),
    Cue(
        rf"nearly|almost|close to|approximately|roughly|(?:about|around|some) {_COUNTED}",
        r"nearly|almost|close|approximately|roughly|about|around|some|estimated|virtually|near|practically|up to|just (?:over|under)",
    ),
    Cue(r"every single|every day|each day|daily", r"(?<!nearly )(?<!almost )every|each|daily|nearly every(?= day)"),
)
_TIME = (
    Cue(
        r"before|prior to|ahead of|beforehand|in advance|on the eve|preced(?:ed|es|e|ing)",
        r"before|prior|ahead|earlier|previous\w*|beforehand|preced\w+|advance|until|run-up|yet|eve|precondition\w*",
    ),
    Cue(
        r"earlier|previously|formerly",
        r"before|prior|earlier|previous\w*|already|had|ago|former\w*|last|past|once|used to",
    ),
    Cue(
        r"after|following|since|later|afterwards?|subsequently|thereafter|in the wake|upon|as soon as",
        r"after|follow\w*|since|later|latest|afterwards?|subsequen\w*|thereafter|wake|upon|once|then|when|response|past|in light|result\w*|"
        r"additionally|receiving|as",
    ),
    Cue(r"(?:for the )?(?:very )?first time|first(?:-| )ever|never before", r"first|never|unprecedented|debut|inaugural"),
    Cue(
        r"again|once more|for the second time|anew|renewed|repeated(?:ly)?|still|resum(?:ed|es|ing)|reiterat\w+|no longer|stopped|ceased|last time",
        r"again|once more|second|anew|renew\w*|repeat\w*|continu\w*|still|remain\w*|resum\w*|reopen\w*|rebuil\w*|re-?elect\w*|reiterat\w*|persist\w*|no longer|never|stop\w*|"
        r"ceas\w*|end(?:ed|s|ing)?|ongoing|another|further|return\w*|regular\w*|frequent\w*|consistent\w*|always|keep\w*|kept|maintain\w*|yet|"
        r"every|multiple|restart\w*|back|halt\w*|phase\w*|unchanged|constant\w*|sustained|new",
    ),
    Cue(
        r"no longer|not any more|any longer|stopped|ceased",
        r"no longer|any ?more|any longer|stop\w*|ceas\w*|end(?:ed|s|ing)?|halt\w*|quit|phase\w*|former\w*|abandon\w*|suspend\w*|stall\w*|standstill",
    ),
    Cue(
        r"definitely|certainly|undoubtedly|officially|formally|conclusively|proven|proved|guaranteed|without (?:a )?doubt|inevitabl[ey]|"
        r"immediately|at once|has (?:already|now) \w+|already|decided|permanently|final(?:ly|ised|ized)?",
        r"definite\w*|certain(?:ly)?(?! \w+ (?:discussions|areas))|undoubted\w*|sure\w*|official(?:ly)?|confirm\w*|conclusive\w*|prov\w+|guaranteed|formal\w*|"
        r"final\w*|decid\w*|decision\w*|agreed|sign\w*|approv\w*|immediate\w*|at once|instant\w*|inevitabl\w*|already|chose\w*|choice|opt\w*|determin\w*|"
        r"prompt\w*|refus\w*|reject\w*|permanent\w*|now|acknowledg\w*|admit\w*|accept\w*",
    ),
)
_UNITS = {
    "minute": r"minutes?",
    "hour": r"hours?|hourly",
    "day": r"days?|daily|overnight|today|yesterday|tomorrow|nights?|hours|\w+day",
    "week": r"weeks?|weekly|weekend|seven days",
    "month": r"months?|monthly|30-day",
    "year": rf"years?|yearly|annual(?:ly)?|{_YEAR}",
    "decade": r"decades?",
    "century": r"centur(?:y|ies)",
    "quarter": r"quarter(?:ly)?s?",
    "summer": r"summer",
    "winter": r"winter",
    "spring": r"spring",
    "autumn": r"autumn|fall",
}
_RELATIVE = re.compile(
    r"\b(?:(?P<back>last|past|previous)|(?P<on>next|coming|following)|this) (?:day|week|month|year|night|summer|winter|spring|autumn|decade)s?\b|"
    r"\b(?P<day>yesterday|tomorrow|tonight)\b",
    re.IGNORECASE,
)
_BACK, _ON = r"last|past|previous|ago|recent\w*|since|over", r"next|coming|following|upcoming|will|soon"
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december
    """.split()
)
_CONTRARY = """
increas: decreas reduc lower fall fell declin drop eas
decreas: increas rais rise rose
rais: lower cut reduc
reduc: increas rais expand
accept: reject refus rebuff declin dismiss
support: oppos reject resist
oppos: support back endors welcom
agree: refus disagree reject
includ: exclud
exclud: includ
rise: fall declin drop decreas
rose: fell declin drop
strengthen: weaken
weaken: strengthen
begin: end stop
start: end stop halt
allow: ban forbid prohibit block
ban: allow permit
block: allow facilitat
willing: unwilling reluct refus
unwilling: willing ready eager
ready: unready unwilling
unready: ready
able: unable
satisf: dissatisf frustrat disappoint
pleas: frustrat disappoint dissatisf
fail: succeed success manag
succeed: fail
deni: confirm admit
deny: confirm admit
admit: deny deni
reject: accept welcom agree approv embrac
welcom: reject criti condemn dismiss
prais: criti condemn
critici: prais
condemn: prais welcom
attack: defend
less: more
fewer: more
lenient: strict tough harsh
softer: strict tough harsh
milder: strict tough harsh
looser: strict tough
eas: tighten impos strict
optimis: pessimis skeptic sceptic
pessimis: optimis
indirect: direct
direct: indirect
public: privat
privat: public
conditional: unconditional
unconditional: conditional
impossib: possib
illegal: legal
improv: worsen deteriorat
worsen: improv
accelerat: slow delay
clos: open reopen
withdraw: remain stay
buy: sell sold
sell: buy bought
import: export
export: import
gain: los lost
victor: defeat
defeat: victor
rejoic: distress
flexib: inflexib
inflexib: flexib
clear: unclear
unclear: clear
likely: unlikely
unlikely: likely
high: low
low: high
same: differ
similar: differ
differ: same similar
strong: weak
weak: strong
safe: danger unsafe
major: minor
minor: major
temporar: permanent
permanent: temporar
voluntar: forc mandator
enthusias: reluct
reluct: eager enthusias
trust: distrust mistrust
"""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


def _gained(claim: str, source: str, cues: Sequence[Cue]) -> str:
    for cue in cues:
        for match in _compiled(cue.asks).finditer(claim):
            if not _compiled(cue.licence).search(source) and not _says(source, claim, match):
                return match.group()
    return ""


def _says(source: str, claim: str, match: re.Match[str]) -> bool:
    """Return whether `source` says the same to the letter, with the word after it ("out of the", "to avoid a")."""
    following = next(iter(words(claim[match.end() :])), None)
    phrase = claim[match.start() : match.end() + (following.end if following else 0)]
    return re.search(rf"\b{re.escape(phrase)}\b", source, re.IGNORECASE) is not None


def new_cause(claim: str, source: str) -> str:
    """Return the words by which `claim` gives a cause or purpose while `source` gives none, or ""."""
    return _gained(claim, source, _CAUSE)


def new_quantity(claim: str, source: str) -> str:
    """Return the word by which `claim` limits or widens a quantity ("only", "all", "over") while `source` does nothing like it, or ""."""
    return _gained(claim, source, _QUANTITY)


def new_time(claim: str, source: str) -> str:
    """Return the words by which `claim` orders, dates or repeats in time, or makes certain, what `source` does not, or ""."""
    if found := _gained(claim, source, _TIME):
        return found
    for unit, licence in _UNITS.items():
        match = re.search(rf"\b{unit}s?\b", claim, re.IGNORECASE)
        if match and not _compiled(licence).search(source):
            return match.group()
    for match in _RELATIVE.finditer(claim):
        licence = _BACK if match["back"] else _ON if match["on"] else match["day"] or match.group().split()[-1]
        if not _compiled(licence).search(source):
            return match.group()
    known = {fold(word.text) for word in words(source) if word.text[0].isupper()}
    return next(
        (w.text for w in words(claim) if w.text[0].isupper() and (f := fold(w.text)) in _DATES and not known & {f, f[:3], f[:4]}), ""
    )


@cache
def _contraries() -> list[tuple[str, tuple[str, ...]]]:
    pairs = (line.split(":") for line in _CONTRARY.strip().splitlines())
    return [(word, tuple(others.split())) for word, others in pairs]


def contrary(claim: str, source: str) -> tuple[str, str] | None:
    """Return a word of `claim` that `source` does not have, and the one of opposite meaning that it has, or None."""
    told = list(dict.fromkeys(fold(word.text) for word in words(claim)))
    given = list(dict.fromkeys(fold(word.text) for word in words(source)))
    for word in told:
        for stem, others in _contraries():
            if _of(word, stem) and not any(_of(other, stem) for other in given):
                against = next((other for other in given if other.startswith(others)), None)
                if against is not None:
                    return word, against
    return None


def _of(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) <= len(stem) + 5
