"""The reviewed loaded wording: what judges persons, governments, motives or claims in news of any kind, and why.

Words are judged, never outlets or people, and a word is here whoever it is used against. What describes as often as it judges ("massive",
"tense", "brutal", "historic", "reckless") is not: in sport, weather, markets and courts it is plain description. An entry is a pattern, so
that a word is found only where it judges: "lashed out at", "slammed the bill as", not "slammed into". What was decided where it was not plain:

- "regime", "puppet", "terrorist(s)", "warmonger", "occupiers", "propaganda" are here: each side gives them to the other. A tax regime is
  none, and a listing or a sentence in law ("designated a terrorist organisation") is a fact.
- "radical left" and "radical right" are here, "far-left" and "far-right" are not: the one is a scare word, the other a place on a scale.
- "liberated" and "special military operation" are here as much as "invaders": praise and prettifying take a side, too.
- "genocide", "war crime", "occupied", "coup", "junta" are not: they are charges, states of law or kinds of government.
"""

from typing import NamedTuple


class Term(NamedTuple):
    """A reviewed entry: the pattern of its words in lower case, and the reason it is loaded."""

    pattern: str
    reason: str


def _terms(reason: str, *patterns: str) -> tuple[Term, ...]:
    return tuple(Term(pattern, reason) for pattern in patterns)


_IN_LAW = r"(?!\s(?:organi[sz]ations?|groups?|entit(?:y|ies)|offen[cs]es?|financing|list|designation|charges?)\b)"
_TARGET = r"(?=\s(?!(?:into|through|off|open|apart|away|down|out|shut|against|up|in|a hole)\b)(?:\S+\s){1,6}?(?:(?:as|over)\s|for\s(?!\d|an?\b|\w+\s(?:minutes|hours|days|weeks)\b)))"
_SPEECH = r"(?=\s(?:that|about|of)\b)"

RULERS: tuple[Term, ...] = (
    *_terms("names a ruler by a verdict", r"(?<!roman )dictators?", "tyrants?", "despots?", "strongm[ae]n", "warlords?"),
    *_terms("denies a government its name", r"zionist (?:regime|entity)", "clique", "kleptocracy",
            r"puppets?(?=\s(?:regime|government|state|president|leader|minister)\b|\sof\s(?:(?:the|two|three)\s)?(?-i:[A-Z])|\s(?<=s\s)in\s(?-i:[A-Z]))"),
    *_terms("takes a side in naming people", "illegals", r"illegal (?:immigrants?|migrants?|aliens?)", "freedom fighters", "occupiers", "invaders", "warmongers?", "globalists", "orcs",
            "libtards", "wingnuts", "radical left(?!-)", "radical right", r"(?<!german )(?<!italian )(?<!spanish )fascists",
            rf"(?<!counter-)(?<!anti-)terrorists?{_IN_LAW}", r"mob(?!\s(?:boss(?:es)?|trial|family|of)\b)"),
)  # fmt: skip
"""Words for rulers, governments and camps: a capital ("Dictator Zelensky") makes them no name."""

TERMS: tuple[Term, ...] = (
    *RULERS,
    *_terms("an insult", "thugs?", "cron(?:y|ies)", "lackeys?", "goons", "henchm[ae]n", "lunatic", "madman", "stooges?", "idiots?"),
    *_terms("doubts a name without saying who doubts it", "so-called", "self-styled", r"supposed(?! to\b)"),
    *_terms("judges a motive", "hypocritical(?:ly)?", "cynical(?:ly)?", "shameless(?:ly)?", "brazenly", "cowardly", "arrogant(?:ly)?", "naively",
            "(?:mere )?posturing", "grandstanding", "(?:be)?grudgingly"),
    *_terms("tells the reader what to feel", "alarmingly", "shockingly", "outrageous(?:ly)?", "disgraceful(?:ly)?", "tragically", "sadly",
            "unfortunately", "thankfully", "ominously", "unsurprisingly", "incredibly", "astonishingly", "barbaric", "bloodthirsty", "evil(?= regime)",
            "ruthlessly", "bloodbath"),
    *_terms("dresses a statement up as a fight", r"lash(?:ed|es) out at", "lambast(?:ed|s)", "eviscerat(?:ed|es)", "destroyed critics",
            rf"(?:slam(?:med|s)|blast(?:ed|s)|ripp?(?:ed|s)|bash(?:ed|es)){_TARGET}"),
    *_terms("judges a claim while reporting it", "baseless", "laughable", "absurd", "ridiculous", "preposterous", "bogus", "propaganda",
            r"sham(?= (?:election|vote|referendum|trial)s?\b)", f"whined{_SPEECH}", f"ranted{_SPEECH}", f"bragged{_SPEECH}",
            f"boasted{_SPEECH}", "gloated", "parroted"),
    *_terms("weighs a person or a deed", "fanatical", "notorious", "infamous", "heroic(?:ally)?"),
    *_terms("makes a deed look better than it is", r"liberated(?!\s(?:women|woman)|[^.]{0,80}\b19\d\d)", "special military operation"),
)  # fmt: skip

REGIME = Term("regimes?", "denies a government its name")
"""A regime of a place or a person: "the Velm regime", "the general’s regime", "the regime"; a tax regime, or one of tests, is a set of rules."""

HONOURS: frozenset[str] = frozenset(
    """
    expert experts liberator liberators liberation referendum election elections evidence proof ally allies friends peace victory
    win peacekeepers journalist journalists activists volunteers reform reforms democracy freedom justice science scientists facts truth help
    evacuation patriots hero heroes trial independence refugees
    """.split()
)
"""What is praised or claims an office: in quotation marks of the writer it is mocked."""

PRAISE: frozenset[str] = frozenset(
    """
    peace independent humanitarian democratic free moral rules-based victory fair moderate peaceful peacekeeping defensive friendly legal
    legitimate neutral objective special big great freedom liberation precision surgical civilised voluntary elected honest green solidarity
    """.split()
)
"""The same as words before a noun: the “independent” media, the “peace plan”."""
