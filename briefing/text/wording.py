"""The generic wording of page furniture: patterns that name what a sentence is when it is not the article.

Only wording is judged here, one sentence at a time; where it stands and what surrounds it is judged in `furniture`. A
pattern may match only what prose never says: a lost sentence of the article is worse than a kept line of the page.
"""

import re

LONGEST = 600  # characters of a sentence that are looked at

# -- dates -----------------------------------------------------------------------------------------------------------

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_ZONE = r"\(?(?:z|utc|gmt|[a-z]{1,4}t|[+-]\d\d:?\d\d)\)?"
_TIME = rf"(?:,?\s*(?:at\s+|[|·•–—-]\s*)?\d{{1,2}}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:{_ZONE})?)"
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}))"
)
_STAMP = r"(?:published|updated|modified|posted|date|issued|created|released)(?: (?:on|at))?\s*:?\s*"
DATE_LINE = re.compile(
    rf"(?:(?:first |last )?{_STAMP})?{_DATE}t?{_TIME}?"
    rf"(?:\s*[|·•/,;–—-]?\s*(?:\(?(?:last )?{_STAMP}{_DATE}?{_TIME}?\)?|\d+ min(?:ute)?s? read))?\.?",
    re.IGNORECASE,
)
"""A line that is nothing but a date (and time), perhaps with "Published" or "Updated" before it."""

ATTRIBUTED = re.compile(
    r"[,!?][”\"’']* (?:[\w.’'-]+ ){1,6}"
    r"(?:said|says|told|asked|added|urged|wrote|warned|prayed|shouted|announced|found|heard)\b"
)
"""Speech with its speaker, which no prompt has: "Stay informed, the governor told residents.\""""

# -- lines that stand alone: the whole line must match ----------------------------------------------------------------

_MEDIUM = r"(?:article|content|information|material|web ?site|site|page|newsletter|publication|platform|post|app|service)s?"
_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|e-?mail|instagram|youtube|reddit|pinterest|google(?: news)?"
    r"|flipboard|threads|bluesky|tiktok|social (?:media|networks?))"
)
AGENCY = r"(?:ap|afp|reuters|getty(?: images)?|epa(?:-efe)?|xinhua|tass|anadolu|bloomberg|shutterstock|file)"
CREDIT = r"(?:file )?(?:photo|photograph|image|picture|video|caption|graphic|illustration)s?"
_SECTION = (
    r"(?:world|politics|business|sports?|opinion|tech(?:nology)?|culture|science|health|entertainment|videos?|photos"
    r"|podcasts?|weather|local|europe|asia|africa|americas?|middle east|news)"
)
_NAMED = r"[A-Z][\w.’'-]*(?:(?: and| &|,| \||) (?:de|van|von|der|al|bin|in|for|of|the|at|our|[A-Z][\w.’'-]*)){0,10}"

_Table = dict[str, tuple[str, ...]]
_CASED: _Table = {
    "code line": (
        r"[A-Z]{2,}[-_/]?\d{6,}[A-Z0-9_-]*",
        r"[A-Z0-9]{2,}(?:[-_/][A-Z0-9]+){2,}",
        r"[0-9a-f]{16,}",
    ),
    "byline": (rf"(?i:by|written by|reported by|words by)\s+(?:our\s+)?{_NAMED}",),
}
ALONE: _Table = {
    "label": (r".{2,60} \(@\w{2,30}\)(?:\s*[·•|,—–-].{0,60})?",),  # of a post
    "link": (r"(?:(?:source|url|link|original|via)\s*:\s*)?(?:https?://|www\.)\S+",),
    "source line": (r"(?:sources?|publisher|outlet|via)\s*:\s*[^\s.!?]+(?: [^\s.!?]+){0,5}\.?",),
    "byline": (
        r"by (?:our )?(?:staff|news desk|web desk|agencies|correspondents?|the editorial board)(?: \w+){0,3}",
        r"(?:staff (?:writer|reporter)s?|(?:news|web) desk|(?:\w+ ){0,3}correspondent)",
        r".{2,40} is an? [\w\s-]{0,40}\b(?:reporter|correspondent|journalist|editor|columnist)"
        r" (?:at|for|with|based in) .{2,60}",
    ),
    "page data": (
        r"\d+[- ]min(?:ute)?s?(?: (?:read|listen|watch))?",
        r"reading time:?.{0,20}",
        r"listen(?: to (?:this )?(?:article|story))?(?:\s*\d+ min(?:ute)?s?)?",
        r"(?:\d+|no) comments?",
        r"\d[\d.,]*[km]? (?:views|(?:re)?posts|shares|likes|replies)(?:\s*[·•|,]\s*\d[\d.,]*[km]? \w+)*",
        r"\d+ (?:minute|hour|day|week)s? ago",
    ),
    "photo credit": (
        rf"{CREDIT}(?: (?:credit|source|by|courtesy(?: of)?|via))?s?\s*[:/©|].{{1,120}}",
        rf"{CREDIT} (?:by|courtesy of|via|credit) .{{2,80}}",
        rf"(?:photo )?credits?\s*:.{{1,80}}|\(?{AGENCY} (?:photo|images?)(?:[/ ].{{0,60}})?\)?",
        rf"[^.]{{2,60}}/{AGENCY}(?: via .{{2,40}})?",
        r"\[[^\]/]{2,60}/[^\]/]{2,60}\]",
        rf"\([^()]{{2,80}}(?:/| via ){AGENCY}(?: photos?)?(?:, file)?\)|enlarge this image(?: toggle caption)?\b.{{0,120}}",
    ),
    "navigation": (
        r"skip to (?:main )?(?:content|navigation)|(?:toggle|main) navigation|menu|search|home ?(?:page)?|close",
        r"back(?: to (?:top|home|news))?|next(?: article| story)?|previous(?: article| story)?|log ?in|log ?out",
        r"sign (?:in|out|up)|my account|register|see (?:more|all|other brands)|see all .{2,30}",
        r"view (?:all|more|comments?|gallery|in app)|show (?:more|less|comments?)|load more|all news",
        r"more (?:news|stories|from .{2,40})|latest(?: news| headlines| stories)?",
        r"(?:the )?latest (?:news|headlines|updates|stories)(?: (?:from|on|about|in) .{2,40})?",
        r"(?:top|most read|most popular|trending|popular|recommended|featured|breaking|live)"
        r"(?: (?:news|stories|now|articles|posts|videos|today|updates))?",
        r"no,? thanks|not now|maybe later|accept(?: all)?(?: cookies)?|reject all|continue(?: reading)?|ok|got it",
        r"manage (?:preferences|cookies|options)|dismiss|print|copy link|save|bookmark|contact(?: us)?|about(?: us)?",
        r"careers|help|faqs?|advertise(?: with us)?|(?:privacy|cookie)s?(?: (?:policy|settings))?|sitemap|rss",
        r"terms(?: (?:of (?:use|service)|(?:and|&) conditions))?|e-?paper|subscribe(?: now)?|newsletters?",
        rf"{_SECTION}(?:\s*[|/>»·•]\s*.{{1,60}})?",
        r"[^.!?|]{1,30}(?:\s*[|>»·•]\s*[^.!?|>»·•]{1,30}){2,}",
        r"[^.!?>»|]{1,25}\s[>»|]\s[^.!?>»|]{1,40}",
    ),
    "share prompt": (
        rf"(?:share|follow|tweet|like|join|connect|find)(?:[\s,:|/&]+(?:us|this|now|on|via|to|with|friends|your|our"
        rf"|article|story|post|and|media|networks?|channels?|{_NETWORK}))*[\s:!.]*",
        rf"(?:on|via|to) (?:your )?{_NETWORK}\s*:?",
        rf"{_NETWORK}(?:[\s,|/·•]+(?:and )?(?:{_NETWORK}|print|copy link|link|messenger|sms))*",
    ),
    "advertisement": (
        r"[-–—\s]*(?:advertisement|advertising|advert|ads?|sponsored(?: (?:content|by.{0,40}))?|promoted(?: content)?"
        r"|paid (?:content|post|partnership)|remove ads|ads? by \w+)[-–—\s.]*",
        r"(?:story|article) continues (?:below|after)(?: (?:this )?ad(?:vertisement)?)?\.?",
    ),
    "related link": (
        r"(?:(?:also |further |related |more |suggested |recommended )?(?:read|reading|see|watch|listen)"
        r"(?: (?:more|also|next|this|here|it))?)\s*[:|»>–—].{0,200}",
        r"(?:read (?:also|next|more)|read (?:the )?full (?:story|article)(?: here)?|what to read next|more like this"
        r"|(?:you )?(?:may|might) (?:also )?like|keep reading|more (?:on|about) this(?: (?:story|topic))?|don[’']t miss"
        r"|related(?: (?:articles?|stories|topics?|news|links?|content|coverage|posts?))?|recommended(?: for you)?"
        r"|in other news|editor[’']?s[’']? picks?|topics?|tags?|keywords?|filed under|categor(?:y|ies))"
        r"(?:\s*[:|»>].{0,200})?",
        r"list of \d+ items?|list \d+ of \d+ .{0,200}|end of list|in case you missed it\s*:.{0,200}",  # as screen readers say them
    ),
    "legal notice": (r"(?:(?:legal|editor[’']s) )?(?:disclaimer|notice)\s*:?|copyright notice\s*:?",),
    "end mark": (r"[-–—\s]*(?:ends?|30)[-–—\s]*", r"\(ends\)"),
}

# -- sentences that are furniture wherever they stand: found anywhere, unless anchored ---------------------------------

_ANYWHERE: _Table = {
    "copyright": (
        r"^(?:©|\(c\)\s|copyright\s+(?:©|\(c\)|\d{4}|by\b))",
        r"\ball rights reserved\b",
    ),
    "legal notice": (
        r"\b(?:no|not?|without|any)\b.{0,80}\b(?:responsibility|liability|warrant(?:y|ies)|liable|responsible)\b"
        rf".{{0,160}}\b(?:accuracy(?:,| or| and| of (?:the|any|this|its) {_MEDIUM})|(?:of|in|on) (?:this|our) {_MEDIUM}"
        r"|external (?:sites|links|websites))\b",
        rf"\bprovides? (?:the|this|its|all)\s(?:\w+\s){{0,3}}{_MEDIUM}\s*[“\"'‘]?as[ -]is\b",
        rf"\b{_MEDIUM} (?:is|are) (?:provided|published|supplied|offered) [“\"'‘]?as[ -]is\b",
        r"\b(?:complaints?|copyright issues?|corrections?|concerns?)\b.{0,60}\brelated to this article\b",
        r"\bviews?(?: and opinions?)? (?:expressed|presented|stated)\b.{0,60}\b(?:article|column|piece|author|op-ed"
        r"|commentary)s?\b.{0,60}\b(?:own|alone|solely|not (?:necessarily )?(?:reflect|represent))",
        r"\b(?:article|column|piece|author|op-ed|commentary|views|opinions)\b.{0,80}"
        r"\bdo(?:es)? not (?:necessarily )?(?:reflect|represent)\b",
        r"\b(?:material|content|article|story|report|text|page|photo)s?\b.{0,60}\b(?:may|must|can) ?not be"
        r" (?:published|broadcast|reproduced|redistributed|republished|rewritten|copied)\b",
        r"^this (?:article|story|content|material|report|piece) (?:was|has been|is) (?:originally |first )?"
        r"(?:published|republished|syndicated|produced|generated|translated|sponsored|provided)\b.{0,30}"
        r"\b(?:by|on|in|at|from|with|under|using)\b",
        r"^(?:this|the) (?:article|content|information|website)\b.{0,60}\b(?:is|does) not .{0,60}\badvice\b",
        r"\bfor informational purposes only\b",
    ),
    "cookie or privacy notice": (
        r"\b(?:we|this (?:site|website)|our (?:site|website)|(?:our|its) partners)\b.{0,30}\buses? (?:\w+ )?cookies\b",
        r"\bby (?:signing|clicking|continuing|subscribing|using|submitting|entering|registering|proceeding|joining)\b"
        r".{0,60}\b(?:you|i)\s+(?:\w+ ){0,3}(?:agree|accept|consent|acknowledge)\b",
        r"\b(?:agree|consent) to (?:our|the) (?:terms (?:of (?:service|use)|and conditions)|privacy policy"
        r"|use of cookies)\b",
        r"\b(?:agree|consent) to our terms\b",
        r"\bthis site is protected by recaptcha\b|\bread our (?:privacy policy|terms)\b",
        r"\bplease enable (?:javascript|cookies)\b|\byour browser (?:does not|doesn[’']t) support\b",
    ),
    "sign-up prompt": (
        r"^(?:please )?(?:sign up|subscribe|log ?in|sign in|become an? (?:member|subscriber)|unlock|register)"
        r"(?: (?:to|for|now|today|here|with|and)\b[^“”\"]{0,160}|[.!]?)$",
        r"^(?:start your (?:free )?(?:trial|subscription)|create an? (?:free )?account|enter your e-?mail)\b.{0,120}$",
        r"^(?:join|get|sign up|subscribe|try)\b.{0,60}\b(?:our|the|my) (?:\w+ ){0,3}(?:newsletters?|mailing list"
        r"|podcast|(?:youtube|telegram|whatsapp) channel)\b.{0,80}$",
        r"^get (?:the |our |all |more |your )?(?:\w+ ){0,3}(?:latest|top|best|news|headlines|stories|updates"
        r"|newsletter|briefing|alerts)\b.{0,120}$",
        r"^(?:stay (?:up[- ]to[- ]date|informed|tuned)|never miss (?:a|an|our)|don[’']t miss (?:an?|our))\b.{0,99}$",
        r"^(?:already an? (?:subscriber|member)|have an account|not a subscriber)\b.{0,60}$",
        r"^you(?: have|[’']ve) (?:reached|read|used)\b.{0,40}\b(?:limit|free articles?|articles?)\b.{0,60}$",
        r"^you(?: have|[’']ve)\b.{0,40}\b(?:free articles?|articles? (?:left|remaining))\b.{0,60}$",
        r"^to (?:continue|keep|go on|finish|read)\b.{0,60}[,:]? (?:please )?(?:unlock|subscribe|sign|log|register|buy)\b",
        r"^our (?:\w+ ){0,2}(?:newsletter|letter|briefing|podcast)s?\b",
        r"^this (?:article|content|story) is (?:only )?(?:for|available to|reserved for|exclusive to) (?:our )?"
        r"(?:\w+ )?(?:subscribers|members)\b",
        r"\b(?:delivered|straight|sent|direct(?:ly)?) (?:\w+ ){0,2}(?:to|into|in) your (?:inbox|e-?mail)\b",
        r"\bsign up (?:for free|for our|for the .{0,30}newsletter|here)\b",
    ),
    "support appeal": (
        r"^(?:please )?(?:support (?:our|independent|quality|us|this|\w+ journalism)|donate|make a (?:donation"
        r"|contribution)|consider (?:supporting|donating|subscribing|making))\b.{0,160}\b(?:journalism|newsroom"
        r"|reporting|us|today|now|work|here|donation|subscri\w+)\b.{0,60}$",
        r"\b(?:our|independent) (?:\w+ )?journalism (?:depends|relies|is (?:only )?possible|needs)\b",
    ),
    "share prompt": (
        r"^(?:please )?(?:follow|like|find|join|connect with|add) (?:us|our|@?\w+(?: \w+){0,3}) (?:on|in|at|page on"
        rf"|channel on|as a preferred source)\b.{{0,20}}\b{_NETWORK}\b.{{0,100}}$",
        r"^share (?:this (?:article|story|post|page|on|with)|your (?:thoughts|opinion|views)"
        r"|the (?:article|story|post))\b.{0,100}$",
        r"^(?:what do you think\?|tell us what you think|let us know|leave a (?:comment|reply)|comments? are closed"
        r"|join the (?:conversation|discussion))\b.{0,100}",
    ),
    "related link": (
        r"^(?:also )?(?:read|see|watch|listen|related)(?: (?:more|also|now|live|next|stories))?\s*[:»>].{0,200}$",
        r"^(?:click|tap) (?:here|above|below|to)\b.{0,200}$",
        r"^(?:learn|find out|read) more(?: (?:here|about .{2,80}|on .{2,80}))?[.!]?$",
        r"^read (?:the|our) (?:full|rest|latest|complete|original)\b.{0,120}$",
        r"^for more (?:information|news|stories|on this|details|coverage|updates)\b.{0,40}\b(?:visit|click|see|go to"
        r"|follow|check|contact|subscribe|read)\b.{0,120}$",
        r"^(?:visit|go to|check out) (?:our|us at|(?:https?://|www\.))\b.{0,120}$",
    ),
    "byline": (rf"^[—–]\s*(?-i:{_NAMED})\.?$",),
    "live-blog aside": (
        r"^(?:stay with us|follow along|thank(?:s| you) for (?:joining|reading|following|checking)|that[’']s (?:it|all) (?:from|for))\b",
        r"\b(?:this|our|the) (?:live ?(?:blog|page|feed|coverage|updates)|coverage)\b.{0,40}\b(?:clos(?:ed|ing)|paus(?:ed|ing)"
        r"|ended|wrapping|over|finished)\b",
    ),
    "correction": (
        r"^\(?(?:correction|clarification)s?\b[^:]{0,40}[:—–]",
        r"^\(?(?:an|the|in an) (?:earlier|previous|original) (?:version|edition) of this\b",
        r"^\(?(?:updated?|note|amended)\s*[:—–-].{0,200}\b(?:has|have) been (?:changed|corrected|amended|updated|clarified|removed|revised)\b",
        r"^\(?this (?:article|story|post|report|page) (?:has been|was) (?:corrected|amended)\b",
    ),
    "editorial note": (
        r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|translated|edited|written|produced)"
        r"(?: and (?:writing|editing|reporting))? by (?-i:[A-Z]|our |agenc|staff)[^“”\"]{2,200}$",
        r"^\(?with (?:additional )?(?:inputs?|reporting|files|contributions?|material) (?:from|by)\b.{0,100}$",
        r"^[^“”\"]{2,300}\bcontributed (?:to this|reporting|to the reporting)\b",
        r"^\(?contribut(?:ing|ors?)(?: (?:writers?|reporters?))?\s*:|^(?-i:CONTRIBUTING|SOURCES?) (?=.*(?-i:[a-z]))(?-i:[A-Z])",
        r"^\(?(?:editor[’']?s[’']? note|note to (?:readers|editors)|about the author)\s*[:—–-]",
        r"^\(?this (?:article|story|post|report|page) (?:has been|was) (?:last )?(?:updated|edited)\b",
        r"^\(?(?:the following|what follows|below) (?:is|are) (?:an? |the )?(?:\w+ ){0,2}(?:excerpts?|extracts?|transcripts?)\b",
        r"\b(?:has|have|was|were) (?:been )?(?:lightly )?(?:edited|condensed|shortened|cut)\b.{0,30} for (?:length|clarity|brevity|space)\b",
        r"^(?:this is )?a? ?(?:developing|breaking(?: news)?) story\b.{0,100}$",
        r"^(?:have|got|do you have) (?:a|any) (?:news |confidential )?(?:tip|story|question)s?\b.{0,120}$",
        r"^(?:contact|e-?mail|reach|write to) (?:the (?:author|reporter|writer|editor|newsroom)|us|him|her"
        r"|\w+ \w+) (?:at|via) .{0,100}$",
        r"^(?:reach|follow|contact|e-?mail|find|connect with|write to|message|send|let (?:me|us) know)\b[^“”\"]*"
        r"(?:@\w|\w\.com/|https?://)",
        r"\b(?:you can|can be) (?:\w+ )?(?:reach|contact|e-?mail|follow|find|found)(?:ed)?\b[^“”\"]*@",
        r"^our standards\s*:|^click to (?:view|enlarge|share|play|expand)\b",
    ),
}


def _compiled(table: _Table, whole: bool, flags: int = 0) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile one pattern per name; `whole` makes it match the whole line, but for a mark at its end."""
    frame = r"(?:{})\s*[>»]?\Z" if whole else "{}"
    return tuple((name, re.compile(frame.format("|".join(parts)), flags)) for name, parts in table.items())


_WHOLE = (*_compiled(_CASED, whole=True), *_compiled(ALONE, whole=True, flags=re.IGNORECASE))
_HASHTAGS = re.compile(r"(?:[^\w\s]*\s*#\w+\s*)+")
_FOUND = _compiled(_ANYWHERE, whole=False, flags=re.IGNORECASE)


_PROMPTS = frozenset({"sign-up prompt", "support appeal", "share prompt", "related link", "editorial note"})


def furniture(sentence: str, alone: bool) -> str:
    """Name the page furniture that a sentence is by its wording ("legal notice"), "" for prose.

    `sentence` has single spaces; `alone` says whether it is a paragraph of its own, as bylines and labels always are.
    """
    sentence = sentence[:LONGEST]
    if _HASHTAGS.fullmatch(sentence):
        return "no words"
    spoken = ATTRIBUTED.search(sentence)
    for name, pattern in _FOUND:
        if pattern.search(sentence) and not (spoken and name in _PROMPTS):
            return name
    if alone and len(sentence) <= LONGEST // 2:
        if DATE_LINE.fullmatch(sentence):
            return "date line"
        for name, pattern in _WHOLE:
            if pattern.match(sentence):
                return name
    return ""
