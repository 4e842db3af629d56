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
    "unconfirmed", "believed", "thought", "suspected", "appears", "appeared", "seems", "seemed",
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


def possibilities(text: str) -> set[str]:
    """Return the words of `text` that speak of the possible, planned, wanted or promised."""
    return _hits(text, _POSSIBLE)


_JUDGING = re.compile(
    r"\b(?:many (?:are )?question(?:ing|s)|left many|raises? (?:serious )?questions|is (?:now )?(?:widely )?seen as|grinds? on|complex web|"
    r"find themselves|mounting challenges|perhaps|arguably|of course|needless to say|it is (?:clear|obvious|worth)|should be noted|"
    r"backdrop|speaks volumes|tip of the iceberg|reflect(?:s|ing) (?:broader|growing|a)|underscor(?:es|ing)|highlight(?:s|ed|ing) (?:the |growing )?"
    r"(?:divisions|need|importance|challenges|tensions)|generally promoted|remains to be seen|only time will tell|diplomatic overtures|"
    r"intense diplomatic week|a tense|policies to expand|nearly triggered|something (?:both )?\w+ (?:and \w+ )?(?:has|have|were|was))\b",
    re.IGNORECASE,
)


def judging(text: str) -> bool:
    """Return whether `text` weighs and interprets in the writer's own voice rather than tell what happened."""
    return bool(_JUDGING.search(text))


_MARKUP = re.compile(r"<[|/!a-z]|\|>|\[\^|\]\(|\{\s*[\"“”%{]|```|^\s*[-=*#]{3,}", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |every )*(?:previous|prior|above|earlier|preceding|foregoing|instructions?)\b|"
    r"\b(?:system prompt|as an ai\b|language model|you are (?:now )?(?:a|an) (?:ai|assistant|helpful)|you must (?:answer|reply|write|output|say|respond)|"
    r"(?:answer|reply|respond) (?:only )?(?:with )?[“\"']?(?:yes|no)\b|new instructions?|do not (?:summari[sz]e|mention|cite))\b|"
    r"(?:^|[.;:,] ?|and )(?:write|output|print|repeat) (?:that|the following|exactly|only)\b",
    re.IGNORECASE,
)


def markup(text: str) -> bool:
    """Return whether `text` holds markup of pages, chats or data rather than prose."""
    return bool(_MARKUP.search(text))


def instructing(text: str) -> bool:
    """Return whether `text` tells a reader or a model what to write, rather than what happened."""
    return bool(_INSTRUCTION.search(text))


_EVENTS = re.compile(
    r"\b(?:announc|agreed|launch|refus|reject|ruled out|met\b|meet(?:s|ing)? with|resum|damag|fired|down(?:ed|ing)|signal(?:l)?ed|sign(?:ed|s)\b|kill|"
    r"injur|wound|arrest|elect(?:ed|ion)|resign|appoint|sanction|attack|struck|strike|deploy|suspend|approv|vot(?:ed|e)|pass(?:ed|es)|withdr|sued|"
    r"charg|convict|seiz|captur|ceasefire|truce|propos|committed|phase out|pull(?:ed|s) out|postpon|delay|cancel|open(?:ed|s)|clos(?:ed|es)|"
    r"rose|fell|increas|cut(?:s|ting)?\b|accus|summon|expel|recogni[sz]|deni(?:ed|es)|block|ban(?:ned|s)\b)",
    re.IGNORECASE,
)


def happening(text: str) -> bool:
    """Return whether `text` tells of something done or decided, by its verbs."""
    return bool(_EVENTS.search(text))
