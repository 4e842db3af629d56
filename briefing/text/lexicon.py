"""The reviewed list of loaded words: what each judges, what a neutral brief says instead, and where the same word judges nothing.

Words are judged, never outlets or people, and a word is on the list whoever it is used against. What was decided where it was not plain:

- "regime", "puppet", "terrorist(s)", "warmonger", "occupiers", "propaganda" are on it: each side gives them to the other. A listing or a
  sentence in law ("designated a terrorist organisation") is a fact and stays.
- "radical left" and "radical right" are on it, "far-left" and "far-right" are not: the one is a scare word, the other a place on a scale
  that is said of both wings, and without it a party would lose what tells it from others.
- "liberated" and "special military operation" are on it as much as "invaders": praise and prettifying take a side, too.
- "genocide", "war crime", "occupied", "coup" are not: they are charges and states of law, and stay with who makes them.
"""

from typing import NamedTuple


class Term(NamedTuple):
    """A reviewed entry: `word` in lower case, `instead` ("" means the word is left out), and the reason it is loaded."""

    word: str
    instead: str
    reason: str


def _terms(reason: str, **pairs: str) -> list[Term]:
    return [Term(word.replace("__", "-").replace("_", " "), instead, reason) for word, instead in pairs.items()]


RULERS: tuple[Term, ...] = (
    *_terms("names a ruler by a verdict", dictator="leader", tyrant="leader", despot="leader", strongman="leader", warlord="commander"),
    *_terms("denies a government its name", regime="government", regimes="governments", junta="government", puppet="", puppets="",
            clique="group", kleptocracy="government", zionist_regime="Israeli government", zionist_entity="Israel"),
    *_terms("takes a side in naming people", illegals="migrants", freedom_fighters="fighters", terrorist="", terrorists="militants",
            occupiers="troops", invaders="troops", liberators="troops", terror__state="state", warmongers="supporters of the war",
            warmonger="supporter of the war", globalists="", elites="", nazis="", fascists="", orcs="soldiers", libtards="", wingnuts="",
            radical_left="left", radical_right="right", mob="crowd"),
)  # fmt: skip
"""Words for rulers, governments and camps: a capital ("Dictator Zelensky") makes them no name."""

TERMS: tuple[Term, ...] = (
    *RULERS,
    *_terms("an insult", thug="person", thugs="people", crony="ally", cronies="allies", lackey="ally", lackeys="allies", goons="people",
            henchmen="associates", maniac="", lunatic="", madman="", stooge="", monster="", clown="", butcher="", idiot=""),
    *_terms("doubts a name without saying who doubts it", so__called="", self__styled="", self__proclaimed="", supposed=""),
    *_terms("judges a motive", hypocritically="", hypocritical="", cynically="", cynical="", shamelessly="", brazenly="", brazen="",
            cowardly="", treacherous="", treacherously="", sinister="", arrogantly="", arrogant="", recklessly="", reckless="", naively="",
            mere="", posturing="statements", grandstanding="statements", mere_posturing="statements for effect", grudgingly="", begrudgingly=""),
    *_terms("tells the reader what to feel", alarmingly="", alarming="", shockingly="", shocking="", stunning="", stunningly="", outrageous="",
            disgraceful="", horrifying="", horrific="", tragically="", sadly="", unfortunately="", thankfully="", ominously="", ominous="",
            unsurprisingly="", incredibly="", astonishingly="", astonishing="", chilling="", relentless="", ruthless="", ruthlessly="",
            brutal="", brutally="", savage="", savagely="", barbaric="", bloodthirsty="", evil="", heinous="", vicious="", viciously="",
            bloodbath="killings"),
    *_terms("dresses a statement up as a fight", slammed="criticised", slams="criticises", blasted="criticised", blasts="criticises",
            lashed_out_at="criticised", lashes_out_at="criticises", ripped="criticised", rips="criticises", skewered="criticised",
            eviscerated="criticised", destroyed_critics="answered critics", bashed="criticised", lambasted="criticised"),
    *_terms("judges a claim while reporting it", admitted_that="said that", baseless="", laughable="", absurd="", ridiculous="", preposterous="",
            bogus="", sham="", propaganda="statements", whined="said", ranted="said", babbled="said", bragged="said", boasted="said",
            gloated="said", parroted="repeated", spewed="said", peddled="repeated"),
    *_terms("weighs an event instead of describing it", catastrophic="", disastrous="", devastating="", historic="", unprecedented="",
            radical="", extremist="", fanatical="", notorious="", infamous="", controversial="", heroic="", heroically="", glorious="",
            humiliating="", humiliated="", embarrassing="", crushing="", desperate="", desperately="", massive="large", tense=""),
    *_terms("makes a deed look better than it is", liberated="captured", special_military_operation="military operation"),
)  # fmt: skip

HARMLESS: tuple[str, ...] = (
    r"(?:tax|sanctions?|trade|visa|legal|customs|inspections?|safeguards?|training|exercise|fitness|pricing|control|treaty|border|"
    r"non-proliferation|regulatory|pensions?|licensing|rate|tariff|testing|drug|dosing|nuclear|copyright|bail|maintenance) regimes?|regime of (?=[a-z])",
    r"(?<!is )(?<!was )(?<!are )(?<!were )(?<!as )(?<!him )(?<!her )(?<!’s )(?<!be )(?:a|an|the|one) (?:puppet|clown|butcher|monster)s?"
    r"(?! of (?-i:[A-Z])| (?-i:[A-Z])| (?:government|regime|state|leader|ruler|president|administration|authorit|parliament|minister))",
    r"puppet (?:show|theatre|theater|play|master|maker|festival)s?|(?:hand|finger|glove) puppets?",
    r"monster (?:trucks?|wave|hit|movie|film)|(?:sea|cookie|loch ness) monsters?",
    r"circus clowns?|clown ?fish",
    r"(?:local|village|master|family|pork) butchers?|butcher[’']?s?[’']? (?:shop|stall|block|knife)",
    r"(?:brutal|savage|vicious|massive|devastating|crushing) (?:\w+ )?(?:winter|cold|heat|heatwave|frost|storm|wind|earthquake|quake|stroke)s?",
    r"massive (?:heart attack|stroke|bleeding|stars?|black holes?)",
    r"historic (?:(?:city|town|old|village) )?(?:cent(?:re|er)|quarter|district|building|church|site|house|monument|castle|harbour|town|city)s?",
    r"unprecedented (?:\w+ )?(?:rain(?:fall|s)?|heat(?:wave)?|flood(?:s|ing)?|drought|snow(?:fall)?|temperatures?)",
    r"radical (?:surgery|prostatectomy|mastectomy|axis|sign)|free radicals?",
    r"(?:past|present|future|perfect) tense|tense muscles?",
    r"crushing (?:plant|machine|mill)s?",
    r"supposed to",
    r"self-proclaimed (?:\w+ )?(?:republic|state|caliphate|administration|government|independence)s?",  # a status: proclaimed by itself alone
    r"elites? (?:troops?|units?|forces?|soldiers?|squad|athletes?|runners?|school)",
    r"(?:counter|anti)-terrorist|terrorist (?:offen[cs]es?|financing|list|designation)|"
    r"(?:designat|list|proscrib|classif|ban|outlaw)\w*\s(?:\S+\s){0,4}terrorist (?:organi[sz]ation|group|entity|entities)s?",
    r"nazi(?:s)? (?:germany|party|era|occupation|regime|rule|camp|crimes?)|(?<!ian )(?<!’s )(?<!'s )(?<!kiev )(?<!kyiv )nazis|(?:german|austrian) nazis",
    r"(?:italian|spanish) fascists",
    r"(?:roman|roman empire’s) dictator",
    r"liberated\s(?:\S+\s){0,6}(?:in|since|by the (?:red army|allies)\D{0,20}) ?(?:\w+ )?19\d\d|liberated (?:women|woman)",
    r"mob (?:boss|bosses|trial|family)",
    r"(?:the|\d+|two|three|four|five|several|more|new|nuclear|gas|bomb|car|loud|deadly|powerful) blasts",
    r"blasts (?:that|which|were|had|have|killed|hit|hurt|rocked|shook|destroyed|damaged|at|in|near|on|across|around)|blasted (?:\w+ ){0,2}(?:doors?|walls?|rocks?|tunnel|bridge|roof|windows?|ship|tanks?|vehicles?)|blasted (?:a hole|holes|through|off|out|away|into)",
    r"slam(?:med|s) (?:into|shut|against|down|on|the (?:door|brakes))",
    r"rip(?:ped|s) (?:\S+ ){0,3}?(?:through|off|apart|up|from|down|open|out|away)",
    r"bashed (?:in|to death|with|his|her)",
    r"evil eye",
)
"""Phrases in which a listed word is meant literally, or is a term of law or of a trade."""

HONOURS: frozenset[str] = frozenset(
    """
    expert experts liberator liberators liberation referendum referendums election elections evidence proof ally allies friend friends peace
    victory win peacekeeper peacekeepers journalist journalists activist activists volunteer volunteers reform reforms democracy democrats
    freedom justice science scientist scientists fact-checker fact-checkers facts truth diplomacy help protection evacuation patriots hero
    heroes success doctor doctors president government parliament minister ministers republic court trial investigation confession accident
    independence aid refugees concern concerns values morality humanity solidarity
    """.split()
)
"""What is praised or claims an office: in quotation marks of the writer it is mocked."""

PRAISE: frozenset[str] = frozenset(
    """
    peace independent humanitarian democratic free moral rules-based victory fair moderate peaceful peacekeeping defensive friendly legal
    legitimate neutral objective unbiased scientific special big great freedom liberation precision surgical civilised civilized voluntary
    elected honest green solidarity
    """.split()
)
"""The same as words before a noun, which can do without them: the “independent” media, the “peace plan”."""
