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
_DENYING = re.compile(  # beside the negators and refusals: words in which a paraphrase denies
    r"\b(?:unwilling\w*|reluctan\w+|hesita\w+|refus\w+|reject\w*|declin\w+|instead of|rather than|exclud\w+|far from|yet to|little|few|free of|"
    r"stop\w*|end(?:ed|ing)?|dissatisf\w+|disappoint\w*|frustrat\w*|unready|not|none|turn(?:s|ed|ing)? down|ruled? out|ruling out|doubt\w*|"
    r"in\w*flexib\w+|im\w*possible|un\w+(?:ed|ing|able|ful|ready|clear|likely|happy)|dis\w+(?:ed|ing|s)|non-\w+|opposi\w+|against|lack\w*|skeptic\w*|"
    r"sceptic\w*|no longer|out of)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:(?:is|are|was|were|been) (?:said|alleged|reported|thought|believed|understood|rumou?red|quoted|described|cited) (?:to|as|by|of|that)|"
    r"according to|reports?|allegation\w*|allegedly|reportedly|apparently|claims?|seemingly|seem\w*|appear\w*|suspected)\b",
    re.IGNORECASE,
)
_TELLINGS = re.compile(
    r"\b(?:[Aa]ccording|sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|stat(?:e|es|ed|ing|ement)|claim\w*|report\w*|accus\w+|criti\w+|prais\w+|"
    r"urg(?:e|es|ed|ing)|blam\w+|call(?:s|ed|ing)?|voic\w+|express\w*|stress\w*|warn\w*|argu\w+|insist\w*|maintain\w*|contend\w*|suggest\w*|"
    r"indicat\w+|announc\w+|declar\w+|describ\w+|emphasi\w+|highlight\w*|not(?:es|ed|ing)\b|add(?:s|ed|ing)|remark\w*|comment\w*|conclu\w+|explain\w*|"
    r"demand\w*|ask\w*|request\w*|propos\w+|offer\w*|promis\w+|pledg\w+|vow\w*|deni\w+|deny\w*|reject\w*|refus\w+|dismiss\w*|admit\w*|acknowledg\w+|"
    r"concede\w*|confirm\w*|reiterat\w+|repeat\w*|repl(?:y|ies|ied)|respon[ds]\w*|answer\w*|wrote|writ(?:e|es|ing)|cit(?:e|es|ed|ing)|quot\w+|"
    r"interview|statement|view(?:s|ed|ing)?|opinion|believ\w+|think\w*|thought|assert\w*|alleg\w+|liken\w*|compar\w+|thank\w*|convey\w*|signal\w*|"
    r"agree\w*|commit\w*|hop(?:e|es|ed|ing)|want\w*|like|seek\w*|sought|complain\w*|condemn\w*|welcom\w*|oppos\w+|question\w*|portray\w*|present\w*|"
    r"fram(?:e|es|ed|ing)|attribut\w+|predict\w*|forecast\w*|estimat\w+|clear|plain|spoke|speak\w*|held .{0,30}responsible|lament\w*|briefed)\b"
)
_OPEN = re.compile(  # beside the possibilities: words in which a paraphrase leaves open whether something came about
    r"\b(?:(?:is|are|was|were) (?:about )?to|would like|weigh\w*|mull\w*|try\w*|tri(?:es|ed)|sought|hop(?:e|es|ed|ing)|aim\w*|push\w*|effort\w*|bid|demand\w*|"
    r"condition\w*|possib\w+|potential\w*|need\w*|necess\w+|request\w*|urg\w+|propos\w+|offer\w*|plan\w*|intend\w*|intention\w*|read(?:y|iness)|willing\w*|"
    r"eager|commit\w*|pledg\w*|prepar\w*|working (?:to|on|towards?)|open to|consider\w*|whether|unclear|likely|going to|set to|due to|towards?|in order|"
    r"seek\w*|desir\w*|wish\w*|want\w*|call(?:s|ed|ing)? (?:for|on)|appeal\w*|threat\w*|ambition\w*|vow\w*|promis\w*|suggest\w*|reluctan\w*|hesita\w*|"
    r"predict\w*|anticipat\w+|foresee\w*|forecast\w*|project(?:ed|ion\w*)|estimat\w+|guidance|expect\w*|outlook|improv\w*|"
    r"tentative\w*|prospect\w*|eventual\w*|future|mean(?:t|s)?|to (?:secure|end|help|get|deter|prevent|reach|pressure|stop|send|deploy|provide))\b",
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


def denials(text: str) -> set[str]:
    """Return every word of `text` in which a paraphrase may deny: negations, refusals, and words such as "unwilling" or "instead of"."""
    return negations(text) | refusals(text) | _found(_DENYING, text)


def hedges(text: str) -> set[str]:
    """Return the words of `text` that leave open whether something is so, by themselves or as hearsay ("was said to")."""
    return doubts(text) | _found(_HEDGES, text)


_PLANS = {
    "may", "might", "could", "possibly", "potentially", "perhaps", "considering", "considers", "plan", "plans", "planned", "planning", "will",
    "intends", "going", "merely", "hopes", "prepares", "preparing",
}  # fmt: skip


def plans(text: str) -> set[str]:
    """Return the words of `text` that make something no more than possible, planned or to come."""
    return _hits(text, _PLANS)


def openings(text: str) -> set[str]:
    """Return every word of `text` that may leave open whether something came about: possibilities, and words such as "trying" or "is to"."""
    return possibilities(text) | _found(_OPEN, text)


def tellings(text: str) -> set[str]:
    """Return the words of `text` by which somebody says, asks, promises, accuses or means something."""
    return _found(_TELLINGS, text)


def possibilities(text: str) -> set[str]:
    """Return the words of `text` that speak of the possible, planned, wanted or promised."""
    return _hits(text, _POSSIBLE)
