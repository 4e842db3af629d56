"""What in a sentence is no report: markup, orders to whoever reads or sums up, characters that deceive. Each has its reason.

A sentence that such a reason is found for is left out; its article goes on. Orders that are reported ("He told the ministry to ignore
earlier instructions") are news, and so are those that somebody gives in quotation marks, as long as they do not dictate what to write.
"""

import re

from briefing.text.attribution import says
from briefing.text.characters import bare, mixed, spelt, steering
from briefing.text.quotations import quotations, without_quotations

_MARKUP = re.compile(  # pages, templates, tables; special tokens in brackets; what runs in a page; code; turns of a chat; encoded data
    r"<[|/!%?<a-z]|\|>|\[\^|\]\(|\{\s*(?:[\"“”%{#]|\w+\s*:\s)|\$\{|\$\$|\\[a-z]+\{|```|^\s*(?:[-=*#]{3,}|#{1,6} )|\|.*\|"
    r"|\[/?(?:inst|sys|system|cls|sep|mask|pad|bos|eos|unk|(?:available_)?tools?|tool_(?:calls|results))\]"
    r"|\b(?:javascript|vbscript):\S|\bdata:[a-z]+/[\w.+-]+[;,]|&(?:lt|gt|#0*6[02]|#x0*3[ce]);"
    r"|[\w.]\((?:'[^']*'|\"[^\"]*\"|“[^”]*”)?\)|(?<!`)`[^`\s][^`]*`(?!`)|=>|&&|[!=]=|/\*|\*/|\s=\s[\"']"
    r"|\"\s*:\s*(?:[\"\[{]|true\b|false\b)"
    r"|^(?:system|user|assistant|human|ai|chatbot|bot|developer|tool|claim|supported|instructions?|response|prompt|input|output)\s*:"
    r"|(?<![\w:/.])(?=[a-z/+]*\d)[a-z\d+/]{40,}={0,2}(?![\w.])|(?:\b[a-z]\b\s){8}"
)

_OPEN = r"(?:^|[.!?:;(\[“\"*>—–]\s*|- )(?:(?:please|now|then|also|instead|just|kindly|immediately|simply|only|remember),? )*"
_YOU = r"\byou (?:must|should|shall|have to|need to|are to|will)(?: (?:now|only|always|not|never|also|instead|just))* "
_MACHINE = r"(?:ai|llm|language model|summari[sz]er|assistant|chatbot)s?\b"
_TELLING = r"(?:write|output|print|repeat|say|state|report|claim|conclude|declare|confirm|announce|answer|reply|respond|add|mention|tell)"
_OVERRIDE = re.compile(
    rf"(?:{_OPEN}|{_YOU}|\bplease |(?:, |\b(?:said|says|by) )(?=\w+ (?:\w+ )?(?:all|any|every|everything|your|previous|prior|above|earlier)\b))"
    r"(?:ignore|disregard|forget|discard|override|overlook|bypass|skip|stop following|do not (?:follow|obey)|don't (?:follow|obey)) "
    r"(?:(?:all|any|every|everything|the|your|my|these|those|previous|prior|above|earlier|preceding|foregoing|what|whatever|anything|system|of) )*"
    r"(?:\w+ ){0,2}?(?:(?:instruction|direction|directive|guideline|rule|prompt|command|message|context|constraint)s?\b|"
    r"(?:training|programming|text|above|foregoing|preceding|(?:came|comes|stood|stands) (?:before|earlier|above)|you (?:were|have been|are|know))\b)"
)
_DICTATION = re.compile(
    rf"(?:{_OPEN}|{_YOU}|\bplease )(?:{_TELLING}(?: (?:only|exactly|just|simply|instead|then|also|there|here|in \w+(?: \w+)?))*"
    r" (?:that|the following|exactly|after me|yes|no|with (?:yes|no|only|exactly|the (?:\w+ )?(?:words?|sentence|text)))\b|"
    r"(?:write|output|print|return) (?:only\b|(?:a|one|the|this|your) (?:\w+ )?(?:claim|sentence|summary|brief|headline|word)s?\b)|"
    r"(?:tell|inform) (?:the |all |your |every )?(?:readers?|users?|people|everyone) that|act as (?:an? |if )|pretend (?:to be|that|you)|"
    r"(?:begin|start|end|open|close) your (?:\w+ )?(?:reply|answer|response|summary|output|brief)|"
    r"(?:append|add|insert|include) the following|(?:summari[sz]e|translate|paraphrase|rewrite|rephrase) (?:this|it|the following|everything)\b|"
    r"(?:mark|treat|rate|score) (?:all|any|every|each|this|these|the) (?:\w+ )?(?:claim|sentence)s? (?:\w+ ){0,4}as\b|(?:do not|don't|never) (?:summari[sz]e|mention|cite|quote|reveal)\b|"
    r"(?:omit|remove|delete|exclude|leave out) (?:all |any |every )?(?:the )?other (?:claim|sentence|article|source)s?\b)|"
    r"\byou are (?:now|no longer) an? \w|\bfrom now on,? you\b|"
    r"\byour (?:new |real |actual |only )?(?:task|goal|objective|mission|job|role) is (?:now )?to\b|"
    r"\byour (?:summary|reply|response|output|instructions?)\b|\blet your answer\b|"
    rf"\bi (?:want|need|order|command|instruct|ask|require) (?:you to (?:only )?{_TELLING} that|the claim)\b|"
    r"\b(?:only|first|correct|right|generated) (?:summary|claim|brief) (?:of this|to be|must|should|states?\b|says?\b|is ?:)|\bmust be the (?:first|only) claim\b|"
    r"\bclaims? (?:\w+ ){0,4}(?:as|is|are) supported\b|"
    r"\b(?:instructions?|rules?|prompt|context) (?:above|before this)\b|"
    r"\bassign (?:\w+ )?(?:support|probability|score)"
)
_THEN = re.compile(rf"\band (?:to )?(?:{_TELLING}(?: \w+){{0,3}} that|(?:write|output|print|answer|reply)) ")
_ADDRESSED = re.compile(
    rf"{_OPEN}(?:to|dear|hey|hi|hello|attention|(?:note|message|instructions?) (?:to|for)) (?:any |all |the |every |an? |future |large )*(?:{_MACHINE}|chatgpt|gpt|claude|gemini|copilot|llama|qwen)|"
    rf"\b(?:if )?you(?:'re| are) (?:now )?(?:an? |the )(?:\w+ ){{0,2}}(?:{_MACHINE})(?! \w+er\b)|"
    rf"\byou, (?:the|an?|my) (?:\w+ ){{0,2}}(?:{_MACHINE}|model)|^(?:begin |end )?(?:system|admin|developer) (?:override|message|notice|instruction)|"
    r"\bas an ai (?:language )?model,? (?:i|you)\b|\bdeveloper mode (?:is )?(?:now )?(?:enabled|on|active)\b|"
    r"\b(?:new|next|updated) (?:task|instructions?|rules?|system prompt) ?:|"
    r"\b(?:reveal|print|show|output|repeat|display) (?:me )?your (?:\w+ )?prompt|"
    rf"\b(?:the|this|your|any|every|each) (?:(?:\w+ )?summary|brief|briefing|response|reply|output|model|{_MACHINE}) "
    rf"(?:\w+ ){{0,3}}?(?:must|should|shall|has to|have to|needs? to|is to) (?:only |not |now |always |never )?"
    rf"(?:{_TELLING}(?: \w+){{0,2}} (?:that|only|exactly)|ignore|disregard|omit)\b"
)
_PLEASE = r"(?:(?:bitte|por favor|veuillez|per favore|s'il vous plait|alstublieft|prosze),? )?"
_ELSEWHERE = re.compile(  # "ignore the earlier instructions" in other languages, as `bare` leaves them
    rf"{_OPEN}{_PLEASE}(?:ignor(?:a|es|ez|er|ad|ar|ate|iere|iert|ieren sie)|olvida|oublie[zs]?|vergiss|dimentica|negeer|zignoruj|abaikan|bo qua)\b"
    r".{0,40}\b(?:instruc|istruzion|anweisung|vorgabe|indicacion|consigne|instrukcj|instruksi|huong dan)|"
    rf"{_OPEN}{_PLEASE}(?:ignoren?|esqueca)\b.{{0,40}}\binstruc(?:oes|cion)|"
    r"(?:игнорируи|забудь|ігноруи)(?:те)?\b.{0,40}(?:инструкц|указани|інструкц|вказівк)|talimat.{0,30}(?:yok say|gormezden gel|unut)|"
    r"(?:忽略|无视|無視|忘记|忽視).{0,4}(?:之前|以上|先前|前面|上述|所有|以前).{0,8}(?:指令|指示|说明|提示|規則)|"
    r"(?:指示|命令|指令)を?.{0,3}(?:無視|忘れ)|(?:지시|명령).{0,12}무시|"
    r"تجاهل.{0,30}(?:تعليمات|اوامر|أوامر)|निर्द.{0,30}अनदेखा|התעלם.{0,30}הוראות"
)


def foreign(text: str) -> str:
    """Return why `text` is no sentence of a report, or ""."""
    if steering(text):
        return "hidden or steering characters"
    if mixed(text):
        return "letters of several alphabets in one word"
    if markup(text):
        return "markup, not prose"
    if instructing(text):
        return "an instruction, not a report"
    return ""


def markup(text: str) -> bool:
    """Return whether `text` holds markup of pages, chats or data rather than prose."""
    return bool(_MARKUP.search(bare(text)))


def instructing(text: str) -> bool:
    """Return whether `text` tells a reader or a model what to write, rather than what happened."""
    plain = _plain(text)
    if _ADDRESSED.search(plain) or _ELSEWHERE.search(plain):
        return True
    if _OVERRIDE.search(plain) and (_THEN.search(plain) or _DICTATION.search(plain)):
        return True
    reported = says(text) and any(q.closed for q in quotations(text))
    told = _plain(without_quotations(text, closed_only=True)) if reported else plain
    return bool(_OVERRIDE.search(told) or _DICTATION.search(told))


def _plain(text: str) -> str:
    """Return the words of `text` as an order is looked for: bare, digits read as letters, no marks that join words."""
    return re.sub(r"(?<=[a-z])[-_./|]+(?=[a-z])", " ", spelt(bare(text)))
