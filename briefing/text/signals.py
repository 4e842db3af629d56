"""Small words that turn the meaning of a sentence: negation, doubt, possibility, time."""

import re

from briefing.text.words import fold, words

_NEGATORS = {
    "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly", "unlikely", "barely",
}  # fmt: skip
_REFUSALS = {
    "refuse", "refuses", "refused", "refusing", "refusal", "deny", "denies", "denied", "denying", "denial", "reject", "rejects", "rejected",
    "rejecting", "rejection", "fail", "fails", "failed", "failing", "failure", "unable", "unwilling", "unwillingness", "decline", "declined",
    "declines", "avoid", "avoids", "avoided", "avoiding", "rule", "rules", "ruled", "reluctant", "reluctance", "hesitant", "lack", "lacks",
    "lacked", "doubt", "doubts", "doubted", "unclear", "ban", "bans", "banned", "block", "blocks", "blocked", "prevent", "prevents",
    "prevented", "halt", "halted", "dismiss", "dismissed", "dismisses", "rebuff", "rebuffed", "oppose", "opposed", "opposes", "opposition",
}  # fmt: skip
_DOUBTS = {
    "reportedly", "allegedly", "alleged", "alleges", "alleging", "purportedly", "supposedly", "apparently", "rumored", "rumoured",
    "unconfirmed", "believed", "thought", "suspected", "appears", "appeared", "seems", "seemed", "accused", "charged",
}  # fmt: skip
_POSSIBLE = {
    "help", "helps", "helped", "helping", "may", "might", "could", "would", "can", "should", "possible", "possibly", "potential", "potentially", "perhaps", "likely", "if",
    "considering", "considers", "considered", "consider", "weighing", "plan", "plans", "planned", "planning", "propose", "proposed",
    "proposes", "proposing", "seek", "seeks", "sought", "seeking", "want", "wants", "wanted", "aim", "aims", "aimed", "hope", "hopes",
    "hoped", "expect", "expects", "expected", "intend", "intends", "intended", "threatens", "threatened", "threatening", "proposal",
    "proposals", "readiness", "ready", "willing", "willingness", "try", "tries", "tried", "trying", "attempt", "attempts", "attempted",
    "called", "demand", "demands", "demanded", "ask", "asked", "asks", "urged", "urges", "offered", "offers",
    "suggests", "suggested", "suggesting", "insist", "insists", "insisted", "desire", "agree", "agreed", "agrees", "commit", "committed",
    "will", "must", "promise", "promised", "until", "unless", "vow", "vowed", "pledge", "pledged", "opting", "whether",
}  # fmt: skip
_HEDGES = re.compile(
    r"\b(?:(?:is|are|was|were|been) (?:said|alleged|reported|thought|believed|understood|rumou?red|quoted|described|cited) (?:to|as|by|of|that)|"
    r"according to|reports?|allegation\w*|allegedly|reportedly|apparently|claims?|seemingly|seem\w*|appear\w*|suspected)\b",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)


def _hits(text: str, among: set[str]) -> set[str]:
    return {folded for word in words(text) if (folded := fold(word.text)) in among}


def negations(text: str) -> set[str]:
    """Return the words of `text` that deny, "not" for "n't"."""
    return _hits(text, _NEGATORS) | ({"not"} if _CONTRACTED.search(text) else set())


def refusals(text: str) -> set[str]:
    """Return the words of `text` that refuse something or miss it."""
    return _hits(text, _REFUSALS)


def doubts(text: str) -> set[str]:
    """Return the words of `text` that mark something as not established."""
    return _hits(text, _DOUBTS)


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group().casefold() for match in pattern.finditer(text)}


def hedges(text: str) -> set[str]:
    """Return the words of `text` that leave open whether something is so, by themselves or as hearsay ("was said to")."""
    return doubts(text) | _found(_HEDGES, text)


def possibilities(text: str) -> set[str]:
    """Return the words of `text` that speak of the possible, planned, wanted or promised."""
    return _hits(text, _POSSIBLE)
